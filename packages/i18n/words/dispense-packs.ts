import type { Words } from '../entry.ts';

/** Packs scanned at the counter, and packs that are set aside. */
export const dispensePacks = {
  packField: { uz: 'Qadoq kodi', ru: 'Код упаковки', en: 'Code of a pack' },
  packFieldHint: {
    uz: 'Qadoqni skanerlang: oʻz doriga oʻzi yoziladi. Skanersiz ham berish mumkin.',
    ru: 'Отсканируйте упаковку: она сама попадёт к своему лекарству. Отпустить можно и без этого.',
    en: 'Scan a pack: it finds its own medicine. You can also hand over without.',
  },
  packLook: { uz: 'Ekranga qarang', ru: 'Посмотрите на экран', en: 'Look at the screen' },
  scannedPacks: { uz: 'Skanerlangan qadoqlar', ru: 'Отсканированные упаковки', en: 'Scanned packs' },
  serial: { uz: 'raqami {{serial}}', ru: 'номер {{serial}}', en: 'serial {{serial}}' },
  packOut: { uz: 'Olib tashlash: {{pack}}', ru: 'Убрать: {{pack}}', en: 'Take out: {{pack}}' },
  packForeignNamed: {
    uz: 'Bu boshqa dori: {{name}}. U retseptda yoʻq, bermang.',
    ru: 'Это другое лекарство: {{name}}. Его нет в рецепте, не отпускайте.',
    en: 'This is another medicine: {{name}}. It is not on the prescription, do not hand it over.',
  },
  packRepeated: {
    uz: 'Shu qadoq hozirgina skanerlangan. Boshqa qadoqni skanerlang.',
    ru: 'Эта упаковка уже отсканирована. Возьмите другую.',
    en: 'This very pack was scanned already. Scan another one.',
  },
  packNotNeeded: {
    uz: 'Bu qadoq ortiqcha: {{name}} yetarli. Javonga qaytaring.',
    ru: 'Эта упаковка лишняя: {{name}} уже достаточно. Верните на полку.',
    en: 'This pack is one too many: there is enough {{name}}. Put it back.',
  },
  packOtherBrand: {
    uz: 'Bu {{brand}}, shifokor esa faqat {{prescribed}} ni yozgan va almashtirishni taqiqlagan. Bermang.',
    ru: 'Это {{brand}}, а врач назначил только {{prescribed}} и запретил замену. Не отпускайте.',
    en: 'This is {{brand}}; the doctor prescribed {{prescribed}} alone and forbids another. Do not hand it over.',
  },
  packContradicts: {
    uz: 'Qadoqda yaroqlilik muddati {{pack}}, hisobda {{shelf}}. Bermang, qadoqni chetga oling.',
    ru: 'На упаковке срок {{pack}}, в учёте {{shelf}}. Не отпускайте, отложите упаковку.',
    en: 'The pack says {{pack}}, the stock says {{shelf}}. Do not hand it over, set it aside.',
  },
  packsDisagree: {
    uz: 'Skanerlangan qadoqlar tanlangan seriyalarga toʻgʻri kelmaydi. Qadoqni yoki seriyani oʻzgartiring.',
    ru: 'Отсканированные упаковки не совпадают с выбранными сериями. Измените упаковки или серии.',
    en: 'The scanned packs are not of the chosen lots. Change the packs or the lots.',
  },
  packLeave: { uz: 'Javonga qaytarish', ru: 'Вернуть на полку', en: 'Put it back' },
  whichLot: { uz: 'Qadoqda qaysi seriya yozilgan?', ru: 'Какая серия на упаковке?', en: 'Which lot is on the pack?' },
  whichLotHint: {
    uz: 'Kodda seriya yoʻq. Qadoqdan oʻqib tanlang yoki yozing.',
    ru: 'В коде серии нет. Прочтите на упаковке и выберите или впишите.',
    en: 'The code does not say. Read it from the pack, and choose or type it.',
  },
  lotOnPack: { uz: 'Qadoqdagi seriya', ru: 'Серия на упаковке', en: 'Lot on the pack' },
  expiryOnPack: { uz: 'Qadoqdagi muddat', ru: 'Срок на упаковке', en: 'Expiry on the pack' },
  compareLot: { uz: 'Solishtirish', ru: 'Сверить', en: 'Compare' },
  setAside: { uz: 'Chetga olish', ru: 'Отложить', en: 'Set aside' },
  setAsideTitle: { uz: 'Qadoqni chetga olish', ru: 'Отложить упаковку', en: 'Set the pack aside' },
  setAsideText: {
    uz: 'Qadoq yoki uning seriyasi karantinga olinadi va uni hech kim bera olmaydi. Qadoqni alohida joyga qoʻying.',
    ru: 'Упаковка или её серия попадёт в карантин, и никто её не отпустит. Положите упаковку отдельно.',
    en: 'The pack or its lot goes into quarantine and nobody can hand it over. Put the pack in a separate place.',
  },
  setAsideWhat: { uz: 'Nima notoʻgʻri?', ru: 'Что не так?', en: 'What is wrong?' },
  'setAsideNote.date': {
    uz: 'qadoqda boshqa muddat yozilgan',
    ru: 'на упаковке другой срок',
    en: 'another expiry date is on it',
  },
  'setAsideNote.lot': {
    uz: 'bunday seriya kelmagan',
    ru: 'такая серия не поступала',
    en: 'this lot was never received',
  },
  'setAsideNote.pack': { uz: 'qadoq shubhali', ru: 'упаковка вызывает сомнение', en: 'the pack looks doubtful' },
  setAsideLot: {
    uz: 'Chetga olindi: {{lot}} seriya bu dorixonada karantinda.',
    ru: 'Отложено: серия {{lot}} в этой аптеке в карантине.',
    en: 'Set aside: lot {{lot}} is in quarantine at this pharmacy.',
  },
  setAsidePack: {
    uz: 'Chetga olindi: bu qadoqni endi hech bir dorixona bera olmaydi.',
    ru: 'Отложено: эту упаковку больше не отпустит ни одна аптека.',
    en: 'Set aside: no pharmacy can hand over this pack any more.',
  },
  setAsideList: { uz: 'Chetga olingan qadoqlar', ru: 'Отложенные упаковки', en: 'Packs set aside' },
  blockedLot: { uz: 'seriya karantinda', ru: 'серия в карантине', en: 'lot in quarantine' },
  blockedPack: { uz: 'qadoq karantinda', ru: 'упаковка в карантине', en: 'pack in quarantine' },
} satisfies Words;
