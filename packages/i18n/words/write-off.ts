import type { WriteOffReason, WriteOffState } from '@darmon/domain/write-off';
import type { Entry, Words } from '../entry.ts';

const reasons = {
  'reason.expired': { uz: 'Muddati oʻtgan', ru: 'Истёк срок годности', en: 'Expired' },
  'reason.damaged': { uz: 'Shikastlangan', ru: 'Повреждено', en: 'Damaged' },
  'reason.lost': { uz: 'Yoʻqolgan', ru: 'Утеряно', en: 'Lost' },
  'reason.lost-in-transit': { uz: 'Yoʻlda yoʻqolgan', ru: 'Утеряно в пути', en: 'Lost on the way' },
  'reason.theft': { uz: 'Oʻgʻirlangan', ru: 'Хищение', en: 'Theft' },
  'reason.quality-failure': { uz: 'Sifati yaroqsiz', ru: 'Брак по качеству', en: 'Quality failure' },
  'reason.cold-chain-break': { uz: 'Sovuq zanjir buzilgan', ru: 'Нарушена холодовая цепь', en: 'Cold chain broken' },
  'reason.recall': { uz: 'Chaqirib olingan', ru: 'Отозвано', en: 'Recalled' },
  'reason.contamination': { uz: 'Ifloslangan', ru: 'Загрязнено', en: 'Contaminated' },
  'reason.sample': { uz: 'Sinov uchun olingan', ru: 'Отобрано на анализ', en: 'Taken as a sample' },
  'reason.other': { uz: 'Boshqa', ru: 'Другое', en: 'Other' },
} satisfies Record<`reason.${WriteOffReason}`, Entry>;

const states = {
  'state.requested': { uz: 'Imzo kutilmoqda', ru: 'Ждёт подписи', en: 'Waits for a signature' },
  'state.posting': { uz: 'Chiqarilmoqda', ru: 'Списывается', en: 'Being written off' },
  'state.approved': { uz: 'Hisobdan chiqarilgan', ru: 'Списано', en: 'Written off' },
  'state.refused': { uz: 'Rad etilgan', ru: 'Отклонено', en: 'Refused' },
  'state.withdrawn': { uz: 'Qaytarib olingan', ru: 'Отозвано автором', en: 'Withdrawn' },
} satisfies Record<`state.${WriteOffState}`, Entry>;

/** Words of an act of write-off, on the screen and on paper. */
export const writeOff = {
  ...reasons,
  ...states,
  title: {
    uz: 'Hisobdan chiqarish dalolatnomasi',
    ru: 'Акт списания',
    en: 'Write-off act',
  },
  numbered: {
    uz: 'Hisobdan chiqarish dalolatnomasi №\u00a0{{number}}',
    ru: 'Акт списания №\u00a0{{number}}',
    en: 'Write-off act No.\u00a0{{number}}',
  },
  about: { uz: 'Maʼlumot', ru: 'Сведения', en: 'About it' },
  site: { uz: 'Muassasa', ru: 'Учреждение', en: 'Site' },
  onTheWay: { uz: 'Yoʻlda', ru: 'В пути', en: 'On the way' },
  transferNo: {
    uz: 'koʻchirish №\u00a0{{number}}',
    ru: 'перемещение №\u00a0{{number}}',
    en: 'transfer No.\u00a0{{number}}',
  },
  drawnUp: { uz: 'Tuzilgan', ru: 'Составлен', en: 'Drawn up' },
  countsFor: { uz: 'Shu kunga yoziladi', ru: 'Относится ко дню', en: 'Counts for' },
  lateBecause: { uz: 'Kech yozilish sababi', ru: 'Почему записано позже', en: 'Why it is entered late' },
  place: { uz: 'T/r', ru: '№', en: 'No.' },
  medicine: { uz: 'Dori vositasi', ru: 'Препарат', en: 'Medicine' },
  lot: { uz: 'Seriya', ru: 'Серия', en: 'Lot' },
  expiry: { uz: 'Yaroqlilik muddati', ru: 'Годен до', en: 'Expiry' },
  quantity: { uz: 'Miqdori', ru: 'Количество', en: 'Quantity' },
  price: { uz: 'Qadoq narxi', ru: 'Цена упаковки', en: 'Pack price' },
  value: { uz: 'Qiymati', ru: 'Стоимость', en: 'Value' },
  reason: { uz: 'Sababi', ru: 'Причина', en: 'Reason' },
  packs: { uz: 'Raqami yozilgan qadoqlar', ru: 'Упаковки по номерам', en: 'Packs by number' },
  packsOf: {
    uz: '{{place}}-qator, {{lot}} seriya',
    ru: 'строка {{place}}, серия {{lot}}',
    en: 'line {{place}}, lot {{lot}}',
  },
  noPrice: { uz: 'narxi nomaʼlum', ru: 'цена неизвестна', en: 'price unknown' },
  total: { uz: 'Jami', ru: 'Итого', en: 'Total' },
  note: { uz: 'Izoh', ru: 'Примечание', en: 'Note' },
  controlled: { uz: 'nazoratdagi dori', ru: 'контролируемый препарат', en: 'controlled medicine' },
  signatures: { uz: 'Imzolar', ru: 'Подписи', en: 'Signatures' },
  author: { uz: 'Tuzuvchi', ru: 'Составил(а)', en: 'Drawn up by' },
  signer: { uz: 'Tasdiqlagan', ru: 'Утвердил(а)', en: 'Approved by' },
  notSigned: { uz: 'hali imzolanmagan', ru: 'ещё не подписано', en: 'not signed yet' },
  approval: { uz: 'Tasdiq raqami: {{approval}}', ru: 'Номер утверждения: {{approval}}', en: 'Approval: {{approval}}' },
  hash: {
    uz: 'Dalolatnoma nazorat yigʻindisi: {{hash}}',
    ru: 'Контрольная сумма акта: {{hash}}',
    en: 'Checksum of the act: {{hash}}',
  },
  photos: { uz: 'Suratlar', ru: 'Фотографии', en: 'Photos' },
  photo: { uz: '{{n}}-surat', ru: 'Фото {{n}}', en: 'Photo {{n}}' },
  closedBecause: { uz: 'Sababi: {{reason}}', ru: 'Причина: {{reason}}', en: 'Reason: {{reason}}' },
  pageOf: { uz: '{{page}} / {{pages}} bet', ru: 'стр. {{page}} из {{pages}}', en: 'page {{page}} of {{pages}}' },
} satisfies Words;
