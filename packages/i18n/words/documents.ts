import type { Words } from '../entry.ts';

/** Words on the printed prescription. */
export const documents = {
  title: { uz: 'Elektron retsept', ru: 'Электронный рецепт', en: 'Electronic prescription' },
  number: { uz: 'Retsept raqami', ru: 'Номер рецепта', en: 'Prescription number' },
  issued: { uz: 'Berilgan sana', ru: 'Дата выписки', en: 'Issued' },
  validThrough: { uz: 'Amal qiladi (shu kun ham)', ru: 'Действует по (включительно)', en: 'Valid through' },
  licence: { uz: 'Litsenziya {{number}}', ru: 'Лицензия {{number}}', en: 'Licence {{number}}' },
  licenceOf: {
    uz: 'Litsenziya {{number}}, {{from}} – {{until}}',
    ru: 'Лицензия {{number}}, {{from}} – {{until}}',
    en: 'Licence {{number}}, {{from}} – {{until}}',
  },
  pinfl: { uz: 'JSHSHIR', ru: 'ПИНФЛ', en: 'PINFL', uzCyrl: 'ЖШШИР' },
  passport: { uz: 'Pasport', ru: 'Паспорт', en: 'Passport' },
  boardDecision: { uz: 'Komissiya qarori', ru: 'Решение комиссии', en: "Board's decision" },
  repeat: {
    uz: '{{count}} marta beriladi, har safar yuqoridagi miqdorda:',
    ru: {
      one: 'Отпускается {{count}} раз, каждый раз указанное выше:',
      few: 'Отпускается {{count}} раза, каждый раз указанное выше:',
      many: 'Отпускается {{count}} раз, каждый раз указанное выше:',
      other: 'Отпускается {{count}} раза, каждый раз указанное выше:',
    },
    en: { one: 'Handed over {{count}} time:', other: 'Handed over {{count}} times, each time the quantities above:' },
  },
  patient: { uz: 'Bemor', ru: 'Пациент', en: 'Patient' },
  birthDate: { uz: 'Tugʻilgan sana', ru: 'Дата рождения', en: 'Date of birth' },
  diagnosis: { uz: 'Tashxis (XKT-10)', ru: 'Диагноз (МКБ-10)', en: 'Diagnosis (ICD-10)' },
  prescriber: { uz: 'Shifokor', ru: 'Врач', en: 'Doctor' },
  signed: {
    uz: 'Elektron imzo bilan tasdiqlangan',
    ru: 'Подписан электронной подписью',
    en: 'Signed electronically',
  },
  quantity: { uz: 'Miqdori: {{quantity}}', ru: 'Количество: {{quantity}}', en: 'Quantity: {{quantity}}' },
  noSubstitution: { uz: 'ALMASHTIRILMASIN', ru: 'НЕ ЗАМЕНЯТЬ', en: 'DO NOT SUBSTITUTE' },
  bigCode: {
    uz: 'Katta kod: dorixona uni skanerlab, retseptning haqiqiyligini internetsiz ham tekshiradi.',
    ru: 'Большой код: аптека сканирует его и проверяет подлинность рецепта даже без интернета.',
    en: 'Large code: the pharmacy scans it and can check that the prescription is genuine, even offline.',
  },
  smallCode: {
    uz: 'Kichik kod: istalgan telefonda retsept sahifasini ochadi.',
    ru: 'Малый код: открывает страницу рецепта на любом телефоне.',
    en: 'Small code: opens the prescription’s page on any phone.',
  },
  keepSafe: {
    uz: 'Kodlarni begonalarga koʻrsatmang.',
    ru: 'Не показывайте коды посторонним.',
    en: 'Do not show the codes to strangers.',
  },
} satisfies Words;
