import type { Entry, Words } from '../entry.ts';

const unreadable: Entry = {
  uz: 'Kod toʻliq oʻqilmadi. Qaytadan skanerlang.',
  ru: 'Код прочитан не полностью. Отсканируйте ещё раз.',
  en: 'The code was not read whole. Scan it again.',
};
const forged: Entry = {
  uz: 'Imzo haqiqiy emas: bu retsept soxta boʻlishi mumkin. Dori bermang.',
  ru: 'Подпись неверна: рецепт может быть поддельным. Не отпускайте лекарство.',
  en: 'The signature is not right: this may be a forgery. Do not dispense.',
};
const unknownKey: Entry = {
  uz: 'Imzo kaliti nomaʼlum. Internetga ulanib, kalitlar roʻyxatini yangilang va qayta tekshiring.',
  ru: 'Ключ подписи неизвестен. Подключитесь к интернету, обновите список ключей и проверьте снова.',
  en: 'The signing key is not known. Go online to refresh the key list and check again.',
};
const deviceLimits: Entry = {
  uz: 'Shifokor qurilmasi internetsiz imzolash chegarasidan chiqqan. Dori berishdan oldin onlayn tekshiring.',
  ru: 'Устройство врача вышло за пределы подписи без интернета. Перед отпуском проверьте онлайн.',
  en: 'The doctor’s device went beyond what it may sign offline. Check online before dispensing.',
};

/** What a checked code means for the person at the counter, by the verifier's reasons. */
export const credential = {
  notValid: { uz: 'Retsept tasdiqlanmadi', ru: 'Рецепт не подтверждён', en: 'The prescription is not confirmed' },
  'invalid.too-large': unreadable,
  'invalid.not-a-code': {
    uz: 'Bu retsept kodi emas. Qogʻozdagi katta kodni skanerlang.',
    ru: 'Это не код рецепта. Отсканируйте большой код на бумаге.',
    en: 'This is not a prescription code. Scan the large code on the paper.',
  },
  'invalid.not-base45': unreadable,
  'invalid.malformed': unreadable,
  'invalid.not-canonical': forged,
  'invalid.wrong-algorithm': forged,
  'invalid.certificate-missing': forged,
  'invalid.certificate-holder': forged,
  'invalid.certificate-malformed': forged,
  'invalid.certificate-too-long': forged,
  'invalid.certificate-unknown-kid': unknownKey,
  'invalid.certificate-high-s': forged,
  'invalid.certificate-bad-signature': forged,
  'invalid.certificate-key-not-current': unknownKey,
  'invalid.unknown-kid': unknownKey,
  'invalid.high-s': forged,
  'invalid.bad-signature': forged,
  'invalid.key-not-current': unknownKey,
  'invalid.certificate-not-yet-valid': deviceLimits,
  'invalid.certificate-expired': deviceLimits,
  'invalid.certificate-count': deviceLimits,
  'invalid.certificate-controlled': {
    uz: 'Nazoratdagi dori internetsiz imzolanmaydi. Dori bermang.',
    ru: 'Контролируемые препараты не подписывают без интернета. Не отпускайте лекарство.',
    en: 'Controlled medicines cannot be signed offline. Do not dispense.',
  },
  'invalid.certificate-revoked': {
    uz: 'Shifokor qurilmasining ruxsati bekor qilingan. Dori bermang.',
    ru: 'Разрешение устройства врача отозвано. Не отпускайте лекарство.',
    en: 'The doctor’s device was revoked. Do not dispense.',
  },
  'invalid.not-yet-valid': {
    uz: 'Retsept sanasi kelajakda. Qurilmangizdagi sana va vaqtni tekshiring.',
    ru: 'Дата рецепта в будущем. Проверьте дату и время на устройстве.',
    en: 'The prescription is dated in the future. Check this device’s date and time.',
  },
  'invalid.expired': {
    uz: 'Retsept muddati oʻtgan. Bemorga yangi retsept kerak.',
    ru: 'Срок рецепта истёк. Пациенту нужен новый рецепт.',
    en: 'The prescription has expired. The patient needs a new one.',
  },
  'invalid.revoked': {
    uz: 'Retsept bekor qilingan. Dori bermang.',
    ru: 'Рецепт отменён. Не отпускайте лекарство.',
    en: 'The prescription was cancelled. Do not dispense.',
  },
  'invalid.clock-behind': {
    uz: 'Qurilmangiz soati orqada. Sana va vaqtni toʻgʻrilang.',
    ru: 'Часы устройства отстают. Исправьте дату и время.',
    en: 'This device’s clock is behind. Correct its date and time.',
  },
  'invalid.lists-too-old': {
    uz: 'Kalitlar roʻyxati juda eski. Internetga ulanib, uni yangilang.',
    ru: 'Список ключей слишком старый. Подключитесь к интернету и обновите его.',
    en: 'The key list is too old. Go online to refresh it.',
  },
  'invalid.lists-stale': {
    uz: 'Nazoratdagi dori uchun roʻyxatlar bir kundan eski boʻlmasligi kerak. Internetga ulaning.',
    ru: 'Для контролируемых препаратов списки должны быть не старше суток. Подключитесь к интернету.',
    en: 'For controlled medicines the lists must be less than a day old. Go online.',
  },
} satisfies Words;
