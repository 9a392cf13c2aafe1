import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of the warehouse: documents, counts, recalls, imports. */
export const warehouseRefusals = {
  'split-document': {
    title: {
      uz: 'Hujjatda qatorlar juda koʻp',
      ru: 'В документе слишком много строк',
      en: 'Too many lines in one document',
    },
    next: { uz: 'Hujjatni ikkiga boʻling.', ru: 'Разделите документ на два.', en: 'Divide it into two documents.' },
  },
  'backdate-too-far': {
    title: { uz: 'Bu sanaga yozib boʻlmaydi', ru: 'На эту дату записать нельзя', en: 'This date cannot be entered' },
    next: {
      uz: 'Bugundan oldingi, ruxsat etilgan kunni tanlang. Imzosini bir oydan ortiq kutgan hujjat faqat qaytarib olinadi.',
      ru: 'Выберите день до сегодняшнего, в пределах разрешённого срока. Акт, который ждал подписи больше месяца, можно только отозвать.',
      en: 'Choose a day before today that is within the allowed time. An act that waited over a month for its signature can only be withdrawn.',
    },
  },
  'past-negative': {
    title: {
      uz: 'Oʻsha kundan beri qoldiq yetmas edi',
      ru: 'С того дня остатка не хватало бы',
      en: 'The balance would have been negative since then',
    },
    next: {
      uz: 'Miqdorni kamaytiring yoki bugungi sana bilan yozing.',
      ru: 'Уменьшите количество или запишите сегодняшним днём.',
      en: 'Enter less, or enter it for today.',
    },
  },
  'serial-known': {
    title: {
      uz: 'Bu qadoq allaqachon hisobda',
      ru: 'Эта упаковка уже учтена',
      en: 'This pack is already accounted for',
    },
    next: {
      uz: 'Qadoqni chetga qoʻying va raqamini tekshiring: u boshqa joyda turibdi yoki ochilgan.',
      ru: 'Отложите упаковку и проверьте номер: она числится в другом месте или вскрыта.',
      en: 'Set the pack aside and check its number: it lies elsewhere or was opened.',
    },
  },
  'document-closed': {
    title: { uz: 'Hujjat yopilgan', ru: 'Документ закрыт', en: 'The document is closed' },
    next: {
      uz: 'Sahifani yangilang va holatini koʻring.',
      ru: 'Обновите страницу и посмотрите его состояние.',
      en: 'Reload the page and see where it stands.',
    },
  },
  'not-author': {
    title: {
      uz: 'Buni faqat hujjat muallifi qila oladi',
      ru: 'Это может только автор документа',
      en: 'Only its author may do this',
    },
    next: { uz: 'Muallifdan soʻrang.', ru: 'Попросите автора.', en: 'Ask the author.' },
  },
  'signer-repeated': {
    title: { uz: 'Siz allaqachon imzolagansiz', ru: 'Вы уже подписали', en: 'You have signed it already' },
    next: {
      uz: 'Boshqa xodim imzolashi kerak.',
      ru: 'Должен подписать другой сотрудник.',
      en: 'Another person has to sign.',
    },
  },
  'place-invalid': {
    title: { uz: 'Bunday joy yoʻq', ru: 'Такого места нет', en: 'There is no such place' },
    next: { uz: 'Zona va javonni tekshiring.', ru: 'Проверьте зону и полку.', en: 'Check the zone and the shelf.' },
  },
  'already-reversed': {
    title: {
      uz: 'Bu harakat allaqachon qaytarilgan',
      ru: 'Это движение уже отменено',
      en: 'This movement is already reversed',
    },
    next: {
      uz: 'Harakatlar roʻyxatini yangilang.',
      ru: 'Обновите список движений.',
      en: 'Reload the list of movements.',
    },
  },
  'not-reversible': {
    title: {
      uz: 'Bunday harakat qaytarma yozuv bilan tuzatilmaydi',
      ru: 'Такое движение не сторнируется',
      en: 'This kind of movement is not taken back this way',
    },
    next: {
      uz: 'Berilgan dori dorixonada bekor qilinadi, koʻchirish esa oʻz hujjatida tuzatiladi.',
      ru: 'Отпуск отменяют в аптеке, а перемещение исправляют в его документе.',
      en: 'A dispense is undone at the counter, and a transfer is put right in its own document.',
    },
  },
  'transfer-same-site': {
    title: {
      uz: 'Joʻnatuvchi va qabul qiluvchi bir xil',
      ru: 'Отправитель и получатель совпадают',
      en: 'Sender and receiver are the same',
    },
    next: { uz: 'Boshqa joyni tanlang.', ru: 'Выберите другое место.', en: 'Choose another site.' },
  },
  'not-picked': {
    title: { uz: 'Hali hech narsa terilmagan', ru: 'Ещё ничего не собрано', en: 'Nothing is picked yet' },
    next: {
      uz: 'Avval terish varagʻi boʻyicha qadoqlarni skanerlang.',
      ru: 'Сначала отсканируйте упаковки по листу сборки.',
      en: 'Scan the packs of the pick list first.',
    },
  },
  'pick-over': {
    title: { uz: 'Kerakligidan koʻp terildi', ru: 'Собрано больше нужного', en: 'More than is needed' },
    next: { uz: 'Ortiqchasini joyiga qoʻying.', ru: 'Верните лишнее на место.', en: 'Put back what is too much.' },
  },
  'received-over': {
    title: { uz: 'Kutilganidan koʻp', ru: 'Больше ожидаемого', en: 'More than was expected' },
    next: {
      uz: 'Farqni «ortiqcha» deb belgilang.',
      ru: 'Отметьте разницу как «излишек».',
      en: 'Record the difference as “over”.',
    },
  },
  'discrepancy-untyped': {
    title: { uz: 'Farqning turi koʻrsatilmagan', ru: 'Не указан вид расхождения', en: 'The discrepancy has no type' },
    next: {
      uz: 'Kam, ortiqcha, shikastlangan, boshqa seriya yoki boshqasini tanlang.',
      ru: 'Выберите: недостача, излишек, повреждение, другая серия или иное.',
      en: 'Choose short, over, damaged, wrong lot or another.',
    },
  },
  'temperature-missing': {
    title: { uz: 'Harorat yozilmagan', ru: 'Не указана температура', en: 'The temperature is missing' },
    next: {
      uz: 'Sovuqda saqlanadigan dori bor: keltirilgandagi haroratni yozing.',
      ru: 'Есть препарат холодной цепи: укажите температуру при поступлении.',
      en: 'A cold-chain product is among them: enter the temperature at arrival.',
    },
  },
  'photo-invalid': {
    title: {
      uz: 'Rasm oʻqilmadi yoki juda katta',
      ru: 'Снимок не читается или слишком велик',
      en: 'The photo cannot be read or is too large',
    },
    next: {
      uz: 'Boshqa rasm tanlang (JPEG yoki PNG).',
      ru: 'Выберите другой снимок (JPEG или PNG).',
      en: 'Choose another one (JPEG or PNG).',
    },
  },
  'not-in-transit': {
    title: {
      uz: 'Bu sabab faqat yoʻldagi dorilar uchun',
      ru: 'Эта причина только для того, что было в пути',
      en: 'This reason is for goods on their way alone',
    },
    next: {
      uz: 'Boshqa sababni tanlang yoki dalolatnomani koʻchirish sahifasidan tuzing.',
      ru: 'Выберите другую причину или составьте акт со страницы перемещения.',
      en: 'Choose another reason, or draw the act up from the page of the transfer.',
    },
  },
  'not-expired': {
    title: {
      uz: 'Bu seriyaning muddati oʻtmagan',
      ru: 'Срок годности этой серии не истёк',
      en: 'This lot has not expired',
    },
    next: {
      uz: 'Boshqa sababni tanlang yoki seriyani tekshiring.',
      ru: 'Выберите другую причину или проверьте серию.',
      en: 'Choose another reason, or check the lot.',
    },
  },
  'count-running': {
    title: { uz: 'Bu joyda sanoq ketmoqda', ru: 'Здесь уже идёт инвентаризация', en: 'A count is running here' },
    next: {
      uz: 'Avval uni yakunlang yoki bekor qiling.',
      ru: 'Сначала завершите или отмените её.',
      en: 'Finish or cancel it first.',
    },
  },
  'recount-needed': {
    title: { uz: 'Qayta sanash kerak', ru: 'Нужен пересчёт', en: 'A recount is needed' },
    next: {
      uz: 'Farqi katta yoki sanoq ostida harakatlangan qatorlarni yana bir marta sanang.',
      ru: 'Пересчитайте строки с большой разницей и те, под которыми было движение.',
      en: 'Count the lines with a large difference, and those that something moved under, once more.',
    },
  },
  'lines-uncounted': {
    title: { uz: 'Sanalmagan qatorlar bor', ru: 'Есть неподсчитанные строки', en: 'Some lines are not counted' },
    next: {
      uz: 'Ularni sanang yoki oʻzgarishsiz qoldirishni belgilang.',
      ru: 'Подсчитайте их или отметьте, что они остаются без изменений.',
      en: 'Count them, or say that they stay as they are.',
    },
  },
  'units-promised': {
    title: {
      uz: 'Bu birliklar hujjatga band qilingan',
      ru: 'Эти единицы обещаны документу',
      en: 'These units are promised to a document',
    },
    next: {
      uz: 'Avval ularni band qilgan terish yoki hisobdan chiqarish hujjatini bekor qiling, keyin qaytadan urining.',
      ru: 'Сначала отмените сборку или отзовите акт списания, которым они обещаны, затем повторите.',
      en: 'Undo the pick or withdraw the write-off that holds them first, then try again.',
    },
  },
  'count-too-large': {
    title: {
      uz: 'Bitta sanoq uchun qatorlar juda koʻp',
      ru: 'Слишком много строк для одной инвентаризации',
      en: 'Too many lines for one count',
    },
    next: {
      uz: 'Zonalar yoki ABC sinflari boʻyicha sanang.',
      ru: 'Считайте по зонам или по классам ABC.',
      en: 'Count zone by zone, or by ABC class.',
    },
  },
  'reason-missing': {
    title: { uz: 'Sabab yozilmagan', ru: 'Не указана причина', en: 'The reason is missing' },
    next: { uz: 'Sababni qisqa yozing.', ru: 'Кратко укажите причину.', en: 'Give the reason in a few words.' },
  },
  'lot-recalled': {
    title: { uz: 'Seriya chaqirib olingan', ru: 'Серия отозвана', en: 'The lot is recalled' },
    next: {
      uz: 'Uni chetga qoʻying va topilgan deb belgilang.',
      ru: 'Отложите её и отметьте как найденную.',
      en: 'Set it aside and mark it as found.',
    },
  },
  'recall-incomplete': {
    title: { uz: 'Chaqirib olish hali tugamagan', ru: 'Отзыв ещё не завершён', en: 'The recall is not complete yet' },
    next: {
      uz: 'Hamma birlik topilguncha kuting yoki hisobdan chiqaring.',
      ru: 'Дождитесь, пока найдут все единицы, или спишите их.',
      en: 'Wait until every unit is found or written off.',
    },
  },
  'recall-known': {
    title: {
      uz: 'Bu seriya allaqachon chaqirib olingan',
      ru: 'Эта серия уже отозвана',
      en: 'This lot is already recalled',
    },
    next: { uz: 'Mavjud chaqiruvni oching.', ru: 'Откройте существующий отзыв.', en: 'Open the recall that stands.' },
  },
  'import-invalid': {
    title: {
      uz: 'Faylda xato qatorlar bor',
      ru: 'В файле есть строки с ошибками',
      en: 'Some rows of the file are wrong',
    },
    next: {
      uz: 'Belgilangan qatorlarni tuzating va qayta yuklang: hech narsa yozilmadi.',
      ru: 'Исправьте отмеченные строки и загрузите снова: ничего не записано.',
      en: 'Mend the marked rows and load the file again: nothing was written.',
    },
  },
  'value-missing': {
    title: { uz: 'Qiymat yoʻq', ru: 'Значение не указано', en: 'A value is missing' },
    next: { uz: 'Katakni toʻldiring.', ru: 'Заполните ячейку.', en: 'Fill in the cell.' },
  },
  'value-invalid': {
    title: { uz: 'Qiymat notoʻgʻri', ru: 'Значение неверно', en: 'The value is not valid' },
    next: {
      uz: 'Katakni qadoqdagi yozuv bilan solishtiring.',
      ru: 'Сверьте ячейку с надписью на упаковке.',
      en: 'Compare the cell with what is written on the pack.',
    },
  },
  'pack-ambiguous': {
    title: {
      uz: 'Bu dorining bir nechta qadogʻi bor',
      ru: 'У этого препарата несколько упаковок',
      en: 'This medicine has several packs',
    },
    next: { uz: 'Qadoqning GTIN raqamini yozing.', ru: 'Укажите GTIN упаковки.', en: 'Give the GTIN of the pack.' },
  },
  'lot-known-here': {
    title: {
      uz: 'Bu seriya shu joyda allaqachon hisobda',
      ru: 'Эта серия здесь уже на учёте',
      en: 'This lot is on the books here already',
    },
    next: {
      uz: 'Qatorni oʻchiring: farqni sanoq bilan tuzating.',
      ru: 'Удалите строку: разницу исправит инвентаризация.',
      en: 'Take the row out; a count mends a difference.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
