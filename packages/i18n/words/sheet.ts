import type { AsnProblem } from '@darmon/domain/asn';
import type { Field, SheetKind, SheetNote, SheetRefusalCode } from '@darmon/domain/sheet';
import type { RowNoteCode, RowProblemCode } from '@darmon/domain/sheet-rows';
import type { Entry } from '../entry.ts';
import { rowProblems } from './row-problems.ts';
import { sheetHelp } from './sheet-help.ts';

/** Files that people bring: the names of columns, why a file or a row is not taken, and what to do. */

interface Plain extends Entry {
  readonly uz: string;
  readonly ru: string;
  readonly en: string;
}

const fields: Record<`field.${Field}`, Plain> = {
  'field.gtin': { uz: 'GTIN', ru: 'GTIN', en: 'GTIN' },
  'field.medicine': { uz: 'Dori kodi', ru: 'Код лекарства', en: 'Medicine code' },
  'field.lot': { uz: 'Seriya', ru: 'Серия', en: 'Lot' },
  'field.expiryDate': { uz: 'Yaroqlilik muddati', ru: 'Годен до', en: 'Use until' },
  'field.quantity': { uz: 'Dona soni', ru: 'Количество единиц', en: 'Units' },
  'field.packs': { uz: 'Qadoqlar soni', ru: 'Упаковок', en: 'Packs' },
  'field.packPrice': { uz: 'Qadoq narxi, soʻm', ru: 'Цена упаковки, сум', en: 'Price of a pack, soʻm' },
  'field.zone': { uz: 'Zona', ru: 'Зона', en: 'Zone' },
  'field.shelf': { uz: 'Tokcha', ru: 'Полка', en: 'Shelf' },
  'field.id': { uz: 'Muassasa kodi', ru: 'Код учреждения', en: 'Site code' },
  'field.kind': { uz: 'Turi', ru: 'Вид', en: 'Kind' },
  'field.name': { uz: 'Nomi', ru: 'Название', en: 'Name' },
  'field.region': { uz: 'Hudud', ru: 'Регион', en: 'Region' },
  'field.address': { uz: 'Manzil', ru: 'Адрес', en: 'Address' },
  'field.licenceNumber': { uz: 'Litsenziya raqami', ru: 'Номер лицензии', en: 'Licence number' },
  'field.licenceFrom': { uz: 'Litsenziya boshlanishi', ru: 'Лицензия с', en: 'Licence from' },
  'field.licenceUntil': { uz: 'Litsenziya tugashi', ru: 'Лицензия по', en: 'Licence until' },
  'field.sscc': { uz: 'SSCC', ru: 'SSCC', en: 'SSCC' },
  'field.price': { uz: 'Qadoq narxi', ru: 'Цена упаковки', en: 'Price of a pack' },
  'field.currency': { uz: 'Valyuta', ru: 'Валюта', en: 'Currency' },
  'field.rate': { uz: 'Kurs, soʻm', ru: 'Курс, сум', en: 'Rate, soʻm' },
  'field.minPacks': { uz: 'Eng kam buyurtma, qadoq', ru: 'Минимальный заказ, уп.', en: 'Fewest packs' },
  'field.multiple': { uz: 'Karralilik, qadoq', ru: 'Кратность, уп.', en: 'In multiples of, packs' },
  'field.leadDays': { uz: 'Yetkazish, kun', ru: 'Срок поставки, дней', en: 'Delivery, days' },
  'field.validFrom': { uz: 'Qaysi kundan', ru: 'Действует с', en: 'Valid from' },
  'field.validUntil': { uz: 'Qaysi kungacha', ru: 'Действует по', en: 'Valid until' },
  'field.source': { uz: 'Asos', ru: 'Основание', en: 'Decision' },
  'field.site': { uz: 'Muassasa', ru: 'Учреждение', en: 'Site' },
  'field.period': { uz: 'Oy yoki kun', ru: 'Месяц или день', en: 'Month or day' },
  'field.daysOut': { uz: 'Dori boʻlmagan kunlar', ru: 'Дней без препарата', en: 'Days without stock' },
};

const kinds: Record<`kind.${SheetKind}`, Entry> = {
  'kind.opening': { uz: 'Boshlangʻich qoldiq', ru: 'Начальный остаток', en: 'Opening balance' },
  'kind.sites': { uz: 'Muassasalar', ru: 'Учреждения', en: 'Sites' },
  'kind.expected': { uz: 'Kutilayotgan tovar', ru: 'Ожидаемая поставка', en: 'Expected delivery' },
  'kind.prices': { uz: 'Narxlar roʻyxati', ru: 'Прайс-лист', en: 'List of prices' },
  'kind.references': { uz: 'Referent narxlar', ru: 'Референтные цены', en: 'Reference prices' },
  'kind.past': { uz: 'Oldingi sarf', ru: 'Прежний расход', en: 'Past use' },
};

const refused: Record<`refused.${SheetRefusalCode}`, Entry> = {
  'refused.too-large': {
    uz: 'Fayl {{size}} MB, eng koʻpi {{most}} MB. Rasm va ortiqcha varaqlarni olib tashlang yoki faylni boʻling.',
    ru: 'Файл {{size}} МБ, а можно не больше {{most}} МБ. Уберите картинки и лишние листы или разделите файл.',
    en: 'The file has {{size}} MB; at most {{most}} MB are taken. Remove pictures and other sheets, or divide the file.',
  },
  'refused.too-many-rows': {
    uz: 'Faylda {{most}} qatordan koʻp. Uni bir nechta faylga boʻling.',
    ru: 'В файле больше {{most}} строк. Разделите его на несколько.',
    en: 'The file has more than {{most}} rows. Divide it into several files.',
  },
  'refused.too-wide': {
    uz: 'Faylda ustunlar juda koʻp: eng koʻpi {{most}}. Ortiqchasini oʻchiring.',
    ru: 'В файле слишком много столбцов: можно до {{most}}. Удалите лишние.',
    en: 'The file has too many columns: at most {{most}}. Delete the others.',
  },
  'refused.unpacked-too-large': {
    uz: 'Bu fayl ochilganda haddan tashqari katta boʻlib ketadi va oʻqilmadi. Maʼlumotni yangi XLSX yoki CSV faylga koʻchiring.',
    ru: 'При распаковке этот файл становится слишком большим и не прочитан. Скопируйте данные в новый файл XLSX или CSV.',
    en: 'Unpacked, this file grows beyond all measure, so it was not read. Copy the values into a new XLSX or CSV file.',
  },
  'refused.encrypted': {
    uz: 'Faylga parol qoʻyilgan. Uni oching, parolni olib tashlab, qayta saqlang.',
    ru: 'Файл защищён паролем. Откройте его, снимите пароль и сохраните заново.',
    en: 'The file has a password. Open it, remove the password and save it again.',
  },
  'refused.old-format': {
    uz: 'Bu eski yoki ikkilik jadval fayli. Uni ochib, XLSX qilib saqlang.',
    ru: 'Это таблица в старом или двоичном формате. Откройте её и сохраните как XLSX.',
    en: 'This is a workbook of an older or binary kind. Open it and save it as XLSX.',
  },
  'refused.other-format': {
    uz: 'Bu jadval emas. XLSX yoki CSV fayl tanlang.',
    ru: 'Это не таблица. Выберите файл XLSX или CSV.',
    en: 'This is no sheet. Choose an XLSX or CSV file.',
  },
  'refused.damaged': {
    uz: 'Fayl buzilgan yoki toʻliq emas. Uni ochib, qayta saqlang yoki yana yuklab oling.',
    ru: 'Файл повреждён или не полон. Откройте и сохраните его заново или скачайте ещё раз.',
    en: 'The file is damaged or cut off. Open it and save it again, or download it once more.',
  },
  'refused.encoding-unclear': {
    uz: 'Matn kodlashini ishonchli aniqlab boʻlmadi. Faylni XLSX yoki UTF-8 kodli CSV qilib saqlang.',
    ru: 'Кодировку текста нельзя определить наверняка. Сохраните файл как XLSX или CSV в UTF-8.',
    en: 'The encoding of the text is not certain. Save the file as XLSX, or as CSV in UTF-8.',
  },
  'refused.open-quote': {
    uz: '{{line}}-qatorda qoʻshtirnoq ochilgan va yopilmagan. Shu qatorni tuzating.',
    ru: 'В строке {{line}} кавычка открыта и не закрыта. Исправьте эту строку.',
    en: 'On line {{line}} a quotation mark is opened and never closed. Mend that line.',
  },
  'refused.no-rows': {
    uz: 'Faylda bironta qator yoʻq.',
    ru: 'В файле нет ни одной строки.',
    en: 'The file has no rows.',
  },
};

const notes: Record<`note.${SheetNote['code']}`, Entry> = {
  'note.sheet-chosen': {
    uz: '{{sheets}} varaqdan “{{name}}” oʻqildi: toʻldirilgan birinchi varaq.',
    ru: 'Из {{sheets}} листов прочитан «{{name}}»: первый непустой.',
    en: 'Of {{sheets}} sheets “{{name}}” was read: the first that is not empty.',
  },
  'note.hidden-rows': {
    uz: 'Yashirilgan qatorlar ham olindi: {{count}} ta, birinchisi {{first}}-qator.',
    ru: 'Скрытые строки тоже взяты: {{count}}, первая — {{first}}.',
    en: 'Hidden rows are taken too: {{count}}, the first is row {{first}}.',
  },
  'note.hidden-columns': {
    uz: 'Faylda yashirilgan ustunlar bor.',
    ru: 'В файле есть скрытые столбцы.',
    en: 'The file has hidden columns.',
  },
  'note.encoding': {
    uz: 'Matn {{name}} kodlashida oʻqildi. Harflar toʻgʻri chiqqanini tekshiring.',
    ru: 'Текст прочитан в кодировке {{name}}. Проверьте, что буквы верны.',
    en: 'The text was read as {{name}}. Check that its letters are right.',
  },
};

const problems: Record<`problem.${RowProblemCode}`, Entry> = {
  'problem.missing': { uz: 'boʻsh', ru: 'пусто', en: 'is empty' },
  'problem.formula': {
    uz: 'formula: oʻrniga qiymatining oʻzini qoʻying',
    ru: 'формула: вставьте вместо неё значение',
    en: 'is a formula: paste its value in its place',
  },
  'problem.error': { uz: 'katakda xato yozuvi', ru: 'в ячейке ошибка', en: 'holds an error' },
  'problem.merged': {
    uz: 'birlashtirilgan kataklar ({{range}}): ajrating va har birini toʻldiring',
    ru: 'объединённые ячейки ({{range}}): разъедините и заполните каждую',
    en: 'merged cells ({{range}}): split them and fill in each',
  },
  'problem.bad-date': { uz: 'bunday sana yoʻq', ru: 'такой даты нет', en: 'is no date' },
  'problem.date-unclear': {
    uz: 'sanani ikki xil tushunish mumkin: yilni toʻrt raqam bilan yozing',
    ru: 'дату можно понять по-разному: напишите год четырьмя цифрами',
    en: 'the date can mean two things: write the year with four digits',
  },
  'problem.bad-period': {
    uz: 'oy ham, kun ham emas: masalan, 2026-08 deb yozing',
    ru: 'это не месяц и не день: напишите, например, 2026-08',
    en: 'is no month and no day: write such as 2026-08',
  },
  'problem.bad-number': { uz: 'raqam emas', ru: 'не число', en: 'is no number' },
  'problem.number-unclear': {
    uz: 'raqamni ikki xil tushunish mumkin: minglarni ajratmay yozing',
    ru: 'число можно понять по-разному: напишите без разделения тысяч',
    en: 'the number can mean two things: write it without marks between thousands',
  },
  'problem.not-whole': { uz: 'butun son boʻlishi kerak', ru: 'нужно целое число', en: 'has to be a whole number' },
  'problem.too-many-decimals': {
    uz: 'verguldan keyin ikkidan ortiq raqam: narx yaxlitlanmaydi',
    ru: 'больше двух цифр после запятой: цена не округляется',
    en: 'has more than two decimals: a price is never rounded',
  },
  'problem.out-of-range': {
    uz: '{{least}} dan {{most}} gacha boʻlishi kerak',
    ru: 'должно быть от {{least}} до {{most}}',
    en: 'has to be from {{least}} to {{most}}',
  },
  'problem.bad-gtin': {
    uz: 'GTIN emas yoki nazorat raqami mos kelmadi',
    ru: 'не GTIN, или не сходится контрольная цифра',
    en: 'is no GTIN, or its check digit is wrong',
  },
  'problem.gtin-shortened': {
    uz: 'dastur raqamni qisqartirgan, oxirgi raqamlar yoʻqolgan: ustunni matn qilib, qayta yozing',
    ru: 'программа сократила число, последние цифры потеряны: сделайте столбец текстовым и впишите заново',
    en: 'a program has shortened the number and its last digits are lost: make the column text and type it again',
  },
  'problem.bad-sscc': {
    uz: 'SSCC emas: 18 raqam matn sifatida kerak',
    ru: 'не SSCC: нужны 18 цифр текстом',
    en: 'is no SSCC: 18 digits are needed, as text',
  },
  'problem.bad-lot': {
    uz: 'bunday seriya boʻlmaydi: koʻpi bilan 20 ta lotin harfi, raqam yoki belgi',
    ru: 'такой серии не бывает: до 20 латинских букв, цифр и знаков',
    en: 'is no lot number: at most 20 Latin letters, digits and signs',
  },
  'problem.lot-is-date': {
    uz: 'dastur seriyani sanaga aylantirgan: ustunni matn qilib, qadoqdagidek yozing',
    ru: 'программа превратила серию в дату: сделайте столбец текстовым и впишите с упаковки',
    en: 'a program has turned the lot into a date: make the column text and type it from the pack',
  },
  'problem.bad-text': {
    uz: 'notoʻgʻri yozilgan yoki juda uzun',
    ru: 'записано неверно или слишком длинно',
    en: 'is not written as it should be, or is too long',
  },
  'problem.columns': {
    uz: 'qatorda {{found}} ta qiymat bor, {{expected}} ta kerak: ajratuvchi belgi qiymat ichida emasmi?',
    ru: 'в строке {{found}} значений вместо {{expected}}: нет ли разделителя внутри значения?',
    en: 'the row has {{found}} values in place of {{expected}}: is there a separator within a value?',
  },
  'problem.gtin-unknown': rowProblems['problem.gtin-unknown'],
  'problem.medicine-unknown': rowProblems['problem.medicine-unknown'],
  'problem.which-pack': {
    uz: 'bu dorining {{packs}} xil qadogʻi bor: GTIN yozing',
    ru: 'у этого лекарства {{packs}} вида упаковок: укажите GTIN',
    en: 'this medicine has {{packs}} packs: give the GTIN',
  },
  'problem.medicine-differs': {
    uz: 'GTIN boshqa doriniki: {{expected}}',
    ru: 'GTIN другого лекарства: {{expected}}',
    en: 'the GTIN is of another medicine: {{expected}}',
  },
  'problem.amounts-differ': {
    uz: '{{quantity}} dona va {{packs}} qadoq mos emas: bir qadoqda {{units}} dona',
    ru: '{{quantity}} единиц и {{packs}} упаковок не сходятся: в упаковке {{units}}',
    en: '{{quantity}} units and {{packs}} packs do not agree: a pack has {{units}}',
  },
  'problem.part-of-pack': {
    uz: '{{quantity}} dona boʻlmaydi: bu qadoq faqat {{step}} tadan boʻlinadi',
    ru: '{{quantity}} единиц не бывает: упаковка делится только по {{step}}',
    en: '{{quantity}} units cannot be: this pack is divided by {{step}} only',
  },
  'problem.expiry-differs': {
    uz: '{{first}}-qatorda shu seriyaning muddati boshqa. Qadoqni qarang',
    ru: 'в строке {{first}} у этой серии другой срок. Проверьте упаковку',
    en: 'row {{first}} has another date for this lot. Look at the pack',
  },
  'problem.site-twice': {
    uz: 'bu kod {{first}}-qatorda ham bor',
    ru: 'этот код уже есть в строке {{first}}',
    en: 'row {{first}} has this code too',
  },
  'problem.price-twice': {
    uz: 'bu qadoqning shu kundan narxi {{first}}-qatorda ham bor',
    ru: 'цена этой упаковки с того же дня уже есть в строке {{first}}',
    en: 'row {{first}} has a price of this pack from the same day too',
  },
  'problem.days-order': {
    uz: 'boshlanishidan oldin tugaydi',
    ru: 'заканчивается раньше, чем начинается',
    en: 'ends before it begins',
  },
  'problem.licence-order': {
    uz: 'litsenziya boshlanmasdan tugaydi',
    ru: 'лицензия кончается раньше, чем начинается',
    en: 'the licence ends before it begins',
  },
  'problem.licence-missing': {
    uz: 'litsenziya toʻliq emas: raqami va ikkala kuni kerak',
    ru: 'лицензия не полна: нужны номер и оба дня',
    en: 'the licence is not whole: its number and both days are needed',
  },
};

const rowNotes: Record<`rowNote.${RowNoteCode}`, Entry> = {
  'rowNote.days-as-months': {
    uz: 'Hamma kunlar oyning birinchisi: ular oy deb tushunildi',
    ru: 'Все дни — первые числа: они поняты как месяцы',
    en: 'All days are the first of a month: they were read as months',
  },
  'rowNote.lot-as-number': {
    uz: 'Seriya son sifatida saqlangan: oldida nol boʻlmaganmi?',
    ru: 'Серия хранится числом: не было ли впереди нулей?',
    en: 'The lot is kept as a number: were there zeros in front?',
  },
  'rowNote.expired': {
    uz: 'Muddati oʻtgan: qabul qilinadi, lekin berilmaydi',
    ru: 'Срок истёк: будет принято, но не выдаётся',
    en: 'Expired: it is taken in and never dispensed',
  },
  'rowNote.duplicate-summed': {
    uz: 'Shu seriya oldinroq ham bor: soni qoʻshildi',
    ru: 'Эта серия уже есть выше: количества сложены',
    en: 'The lot stands further up too: the amounts are added',
  },
  'rowNote.price-differs': {
    uz: 'Shu seriyaning narxi oldingi qatorda boshqa: birinchisi olindi',
    ru: 'У этой серии выше другая цена: взята первая',
    en: 'The lot has another price further up: the first is taken',
  },
  'rowNote.place-differs': {
    uz: 'Shu seriyaning joyi oldingi qatorda boshqa: birinchisi olindi',
    ru: 'У этой серии выше другое место: взято первое',
    en: 'The lot has another place further up: the first is taken',
  },
};

const asn: Record<`asn.${AsnProblem['code']}`, Entry> = {
  'asn.not-epcis': {
    uz: 'Bu EPCIS 2.0 hujjati emas',
    ru: 'Это не документ EPCIS 2.0',
    en: 'This is no EPCIS 2.0 document',
  },
  'asn.no-shipping': {
    uz: 'Hujjatda joʻnatish hodisasi yoʻq',
    ru: 'В документе нет события отгрузки',
    en: 'The document has no shipping event',
  },
  'asn.bad-epc': {
    uz: 'Tushunarsiz kod: {{value}}',
    ru: 'Непонятный код: {{value}}',
    en: 'A code that says nothing: {{value}}',
  },
  'asn.two-parents': {
    uz: 'Bitta narsa ikki yashikda: {{value}}',
    ru: 'Одно и то же лежит в двух коробах: {{value}}',
    en: 'One thing lies in two cartons: {{value}}',
  },
  'asn.cycle': {
    uz: 'Yashik oʻzining ichida: {{value}}',
    ru: 'Короб лежит сам в себе: {{value}}',
    en: 'A carton lies in itself: {{value}}',
  },
  'asn.too-deep': {
    uz: 'Yashiklar bir-birining ichida juda koʻp: {{most}} qavatdan ortiq',
    ru: 'Короба вложены слишком глубоко: больше {{most}}',
    en: 'Cartons lie too deep in each other: more than {{most}}',
  },
  'asn.too-many': {
    uz: 'Hujjat juda katta: eng koʻpi {{most}}',
    ru: 'Документ слишком велик: не больше {{most}}',
    en: 'The document is too large: at most {{most}}',
  },
  'asn.empty-unit': {
    uz: 'Ichida nima borligi aytilmagan: {{value}}',
    ru: 'Не сказано, что внутри: {{value}}',
    en: 'It is not said what is in it: {{value}}',
  },
  'asn.lot-missing': {
    uz: 'Seriyasi aytilmagan: {{gtin}}',
    ru: 'Не указана серия: {{gtin}}',
    en: 'No lot is named: {{gtin}}',
  },
  'asn.expiry-differs': {
    uz: 'Bitta seriyaning ikki muddati bor: {{first}} va {{second}}',
    ru: 'У одной серии два срока: {{first}} и {{second}}',
    en: 'One lot has two expiry dates: {{first}} and {{second}}',
  },
  'asn.bad-date': {
    uz: 'Bunday sana yoʻq: {{value}}',
    ru: 'Такой даты нет: {{value}}',
    en: 'This is no date: {{value}}',
  },
  'asn.bad-quantity': {
    uz: 'Miqdor butun son emas: {{at}}',
    ru: 'Количество не целое: {{at}}',
    en: 'A quantity is not a whole number: {{at}}',
  },
  'asn.not-counted': {
    uz: 'Miqdor dona emas, boshqa oʻlchovda: {{at}}',
    ru: 'Количество не в штуках: {{at}}',
    en: 'A quantity is not counted in pieces: {{at}}',
  },
  'asn.repeated': {
    uz: 'Bitta qadoq ikki marta: {{value}}',
    ru: 'Одна упаковка указана дважды: {{value}}',
    en: 'One pack is named twice: {{value}}',
  },
};

export const sheet = {
  ...fields,
  ...sheetHelp,
  ...kinds,
  ...refused,
  ...notes,
  ...problems,
  ...rowNotes,
  ...asn,
};
