import type { RefusalCode } from '@darmon/domain/refusal';
import type { RefusalWords } from '../entry.ts';

/** Refusals of goods: lots, packs, scans, receipts. */
export const stockRefusals = {
  'lot-unknown': {
    title: { uz: 'Bu seriya sizda yoʻq', ru: 'Такой серии у вас нет', en: 'You do not hold this lot' },
    next: {
      uz: 'Qadoqdagi seriya raqamini tekshiring. Dori endi kelgan boʻlsa, avval uni qabul qiling.',
      ru: 'Проверьте номер серии на упаковке. Если товар только пришёл, сначала примите его.',
      en: 'Check the lot number on the pack. If it has just arrived, receive it first.',
    },
  },
  'lot-expired': {
    title: { uz: 'Seriyaning yaroqlilik muddati oʻtgan', ru: 'Срок годности серии истёк', en: 'The lot has expired' },
    next: {
      uz: 'Uni bermang va alohida qoʻying. Muddati oʻtmagan seriyani tanlang.',
      ru: 'Не отпускайте её и отложите отдельно. Выберите серию с действующим сроком.',
      en: 'Do not hand it over; set it aside. Choose a lot that is in date.',
    },
  },
  'lot-reason-missing': {
    title: {
      uz: 'Nega bu seriya tanlangani yozilmagan',
      ru: 'Не указано, почему выбрана эта серия',
      en: 'Say why this lot was chosen',
    },
    next: {
      uz: 'Muddati ertaroq tugaydigan seriya bor. Oʻshani bering yoki sababini yozing.',
      ru: 'Есть серия с более ранним сроком. Отпустите её или укажите причину.',
      en: 'Another lot expires sooner. Hand that one over, or give a reason.',
    },
  },
  'lots-sum-mismatch': {
    title: {
      uz: 'Seriyalar yigʻindisi miqdorga teng emas',
      ru: 'Сумма по сериям не равна количеству',
      en: 'The lots do not add up to the quantity',
    },
    next: {
      uz: 'Seriyalardagi sonlarni yoki umumiy miqdorni tuzating.',
      ru: 'Исправьте числа по сериям или общее количество.',
      en: 'Correct the lots’ figures or the quantity.',
    },
  },
  'pack-wrong-medicine': {
    title: {
      uz: 'Skanerlangan qadoq boshqa dori',
      ru: 'Отсканирована упаковка другого лекарства',
      en: 'The scanned pack is another medicine',
    },
    next: {
      uz: 'Bu qadoqni bermang. Retseptdagi dorining qadogʻini skanerlang.',
      ru: 'Не отпускайте эту упаковку. Отсканируйте упаковку нужного лекарства.',
      en: 'Do not hand this pack over. Scan a pack of the medicine prescribed.',
    },
  },
  'scan-unreadable': {
    title: { uz: 'Kodni oʻqib boʻlmadi', ru: 'Код не удалось прочитать', en: 'The code could not be read' },
    next: {
      uz: 'Yaqinroq tutib qayta skanerlang yoki maʼlumotni qoʻlda kiriting. Skaner klaviaturasi lotin harflarida boʻlsin.',
      ru: 'Поднесите ближе и отсканируйте снова или введите данные вручную. Раскладка сканера должна быть латинской.',
      en: 'Hold it closer and scan again, or type the details. The scanner must use a Latin keyboard layout.',
    },
  },
  'serial-repeated': {
    title: {
      uz: 'Bu qadoq allaqachon skanerlangan',
      ru: 'Эта упаковка уже отсканирована',
      en: 'This pack was scanned already',
    },
    next: {
      uz: 'Har bir qadoqning oʻz seriya raqami bor. Navbatdagi qadoqni skanerlang.',
      ru: 'У каждой упаковки свой серийный номер. Отсканируйте следующую упаковку.',
      en: 'Each pack has a serial number of its own. Scan the next pack.',
    },
  },
  'scan-contradicts': {
    title: {
      uz: 'Kod kiritilgan maʼlumotga zid',
      ru: 'Код противоречит введённому',
      en: 'The code contradicts what was typed',
    },
    next: {
      uz: 'Qadoqqa qarang: qaysi biri toʻgʻri boʻlsa, oʻshani qoldiring.',
      ru: 'Посмотрите на упаковку и оставьте верное.',
      en: 'Look at the pack and keep whichever is right.',
    },
  },
  'scan-inconsistent': {
    title: {
      uz: 'Yorliqdagi kod notoʻgʻri tuzilgan',
      ru: 'Код на этикетке составлен неверно',
      en: 'The label’s code is put together wrongly',
    },
    next: {
      uz: 'Kodda birga turishi mumkin boʻlmagan yoki yetishmaydigan maydon bor. Boshqa kodni skanerlang yoki maʼlumotni qoʻlda kiriting.',
      ru: 'В коде есть поля, которые не стоят вместе, или не хватает нужного. Отсканируйте другой код или введите данные вручную.',
      en: 'It has fields that do not belong together, or lacks one. Scan another code, or type the details.',
    },
  },
  'lot-blocked': {
    title: { uz: 'Seriya toʻxtatib qoʻyilgan', ru: 'Серия заблокирована', en: 'The lot is blocked' },
    next: {
      uz: 'Uni bermang. Boshqa seriyani tanlang yoki sifat nazoratchisidan soʻrang.',
      ru: 'Не отпускайте её. Выберите другую серию или спросите контролёра качества.',
      en: 'Do not hand it over. Choose another lot or ask the quality officer.',
    },
  },
  'out-of-stock': {
    title: { uz: 'Zaxirada yetarli emas', ru: 'На складе недостаточно', en: 'There is not enough in stock' },
    next: {
      uz: 'Borini bering, qolgani retseptda saqlanib turadi; yoki kamroq miqdor kiriting.',
      ru: 'Отпустите то, что есть, — остаток сохранится в рецепте; или уменьшите количество.',
      en: 'Hand over what there is, the rest stays owed; or lower the quantity.',
    },
  },
  'split-dispense': {
    title: {
      uz: 'Bir yoʻla berish uchun seriya juda koʻp',
      ru: 'Слишком много серий за один отпуск',
      en: 'Too many lots for one dispense',
    },
    next: {
      uz: 'Dorilarni ikki marta boʻlib bering.',
      ru: 'Разделите отпуск на два.',
      en: 'Dispense in two parts.',
    },
  },
  'split-receipt': {
    title: {
      uz: 'Bir kirim uchun nazoratdagi dorilar juda koʻp',
      ru: 'Слишком много подконтрольных лекарств в одном приходе',
      en: 'Too many controlled medicines in one receipt',
    },
    next: {
      uz: 'Kirimni ikkiga boʻlib kiriting.',
      ru: 'Разделите приход на два.',
      en: 'Receive them in two parts.',
    },
  },
  'promise-invalid': {
    title: {
      uz: 'Bu kunga vaʼda berib boʻlmaydi',
      ru: 'На этот день обещать нельзя',
      en: 'The rest cannot be promised for that day',
    },
    next: {
      uz: 'Bugundan retsept muddati tugagunicha boʻlgan kunni tanlang.',
      ru: 'Выберите день от сегодняшнего до конца срока рецепта.',
      en: 'Choose a day from today until the prescription ends.',
    },
  },
  'gtin-unknown': {
    title: {
      uz: 'Bu qadoq roʻyxatda yoʻq',
      ru: 'Такой упаковки нет в списке',
      en: 'This pack is not in the formulary',
    },
    next: {
      uz: 'GTIN raqamini tekshiring. Yangi qadoq boʻlsa, uni roʻyxatga qoʻshishni soʻrang va alohida saqlang.',
      ru: 'Проверьте GTIN. Если упаковка новая, попросите добавить её в список и храните отдельно.',
      en: 'Check the GTIN. If the pack is new, ask to have it added and keep it apart.',
    },
  },
  'expiry-mismatch': {
    title: {
      uz: 'Seriyaning muddati avvalgi yozuvga zid',
      ru: 'Срок серии расходится с записанным',
      en: 'This lot is recorded with another expiry date',
    },
    next: {
      uz: 'Qadoqdagi sanani qayta oʻqing. Sana toʻgʻri boʻlsa, tovarni alohida qoʻyib, sifat nazoratchisiga ayting.',
      ru: 'Прочитайте дату на упаковке ещё раз. Если она верна, отложите товар и сообщите контролёру качества.',
      en: 'Read the date on the pack again. If it is right, set the goods aside and tell the quality officer.',
    },
  },
  'expiry-missing': {
    title: { uz: 'Yaroqlilik muddati koʻrsatilmagan', ru: 'Не указан срок годности', en: 'The expiry date is missing' },
    next: {
      uz: 'Kodda u yoʻq: qadoqdagi sanani kiriting.',
      ru: 'В коде его нет: введите дату с упаковки.',
      en: 'The code does not carry it: type the date from the pack.',
    },
  },
  'lot-missing': {
    title: { uz: 'Seriya raqami koʻrsatilmagan', ru: 'Не указан номер серии', en: 'The lot number is missing' },
    next: {
      uz: 'Kodda u yoʻq: qadoqdagi seriya raqamini kiriting.',
      ru: 'В коде его нет: введите номер серии с упаковки.',
      en: 'The code does not carry it: type the lot number from the pack.',
    },
  },
  'already-expired': {
    title: {
      uz: 'Muddati oʻtgan tovarni qabul qilib boʻlmaydi',
      ru: 'Нельзя принять просроченный товар',
      en: 'Expired goods cannot be received',
    },
    next: {
      uz: 'Sanani qadoqdan tekshiring. Toʻgʻri boʻlsa, tovarni yetkazib beruvchiga qaytaring.',
      ru: 'Проверьте дату на упаковке. Если она верна, верните товар поставщику.',
      en: 'Check the date on the pack. If it is right, send the goods back to the supplier.',
    },
  },
  'packs-and-quantity': {
    title: {
      uz: 'Qadoq soni yoki miqdor: faqat bittasi kerak',
      ru: 'Нужно одно: упаковки или количество',
      en: 'Give packs or quantity, one of the two',
    },
    next: {
      uz: 'Qadoqlar sonini yoki donalab miqdorni qoldiring, ikkalasini birga emas.',
      ru: 'Оставьте число упаковок или количество в единицах, но не оба.',
      en: 'Keep the number of packs or the quantity in units, not both and not neither.',
    },
  },
  'document-known': {
    title: {
      uz: 'Bu hujjat allaqachon kiritilgan',
      ru: 'Этот документ уже внесён',
      en: 'This document is already recorded',
    },
    next: {
      uz: 'Tovar ikki marta kirim qilinmasligi uchun avvalgi kirimni tekshiring.',
      ru: 'Проверьте прежний приход, чтобы не принять товар дважды.',
      en: 'Look at the earlier receipt, so that the goods are not received twice.',
    },
  },
} satisfies Partial<Record<RefusalCode, RefusalWords>>;
