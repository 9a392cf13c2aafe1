import type { NonDispenseReason } from '@darmon/domain/prescription';
import type { Entry, Words } from '../entry.ts';

/** Why a line is not handed over, in a patient's words. */
const reasons = {
  'reason.not-required': { uz: 'kerak emas', ru: 'не требуется', en: 'not needed' },
  'reason.clinically-unsuitable': {
    uz: 'bemorga toʻgʻri kelmaydi',
    ru: 'не подходит пациенту',
    en: 'not suitable for the patient',
  },
  'reason.out-of-stock': { uz: 'dorixonada tugagan', ru: 'закончилось в аптеке', en: 'out of stock here' },
  'reason.product-unavailable': { uz: 'sotuvda yoʻq', ru: 'нет в продаже', en: 'not available' },
  'reason.prescription-cancelled': { uz: 'retsept bekor qilingan', ru: 'рецепт отменён', en: 'prescription cancelled' },
  'reason.patient-refused': { uz: 'bemor olmadi', ru: 'пациент отказался', en: 'the patient declined' },
  'reason.duplicate': { uz: 'takroriy tayinlov', ru: 'повторное назначение', en: 'prescribed twice' },
  'reason.not-allowed-here': {
    uz: 'bu dorixona bera olmaydi',
    ru: 'эта аптека не отпускает',
    en: 'this pharmacy may not hand it over',
  },
  'reason.illegible-or-wrong': { uz: 'retseptda xato', ru: 'ошибка в рецепте', en: 'a mistake in the prescription' },
  'reason.not-collected': { uz: 'bemor kelmadi', ru: 'пациент не пришёл', en: 'not collected' },
  'reason.other': { uz: 'boshqa sabab', ru: 'другая причина', en: 'another reason' },
} satisfies Record<`reason.${NonDispenseReason}`, Entry>;

/** Words on what a counter prints: a label for each medicine, and the receipt. */
export const counterPapers = {
  ...reasons,
  receipt: { uz: 'Dori berilgani haqida maʼlumot', ru: 'Сведения об отпуске', en: 'Dispensing receipt' },
  number: { uz: 'Retsept {{number}}', ru: 'Рецепт {{number}}', en: 'Prescription {{number}}' },
  lot: { uz: 'Seriya {{lot}}, {{day}} gacha', ru: 'Серия {{lot}}, до {{day}}', en: 'Lot {{lot}}, use by {{day}}' },
  handedOver: { uz: 'Berildi: {{quantity}}', ru: 'Отпущено: {{quantity}}', en: 'Handed over: {{quantity}}' },
  owed: {
    uz: 'Yana beriladi: {{quantity}}, {{day}} kuni',
    ru: 'Останется получить: {{quantity}}, {{day}}',
    en: 'Still to collect: {{quantity}}, on {{day}}',
  },
  rest: { uz: 'Qoldi: {{quantity}}', ru: 'Осталось: {{quantity}}', en: 'Left: {{quantity}}' },
  substituted: {
    uz: '«{{from}}» oʻrniga «{{to}}»: tarkibi bir xil',
    ru: '«{{to}}» вместо «{{from}}»: то же вещество',
    en: '“{{to}}” in place of “{{from}}”: the same substance',
  },
  notDispensed: { uz: 'Berilmadi: {{reason}}', ru: 'Не отпущено: {{reason}}', en: 'Not handed over: {{reason}}' },
  price: { uz: 'Narxi: {{sum}} soʻm', ru: 'Цена: {{sum}} сум', en: 'Price: {{sum}} soum' },
  total: { uz: 'Jami: {{sum}} soʻm', ru: 'Итого: {{sum}} сум', en: 'Total: {{sum}} soum' },
  pageCode: {
    uz: 'Qanday ichish va nima qolgani: telefonda oching',
    ru: 'Как принимать и что осталось: откройте на телефоне',
    en: 'How to take it and what is left: open on a phone',
  },
  feedbackCode: {
    uz: 'Fikringiz: rahmat yoki shikoyat',
    ru: 'Ваш отзыв: спасибо или жалоба',
    en: 'Your feedback: praise or complaint',
  },
  keepAway: {
    uz: 'Bolalardan uzoqda saqlang',
    ru: 'Хранить в недоступном для детей месте',
    en: 'Keep out of the reach of children',
  },
  promise: { uz: 'Qolgan dori uchun talon', ru: 'Талон на остаток', en: 'Slip for what is owed' },
} satisfies Words;
