import type { Words } from '../entry.ts';

/** The fourteen regions of Uzbekistan by their ISO 3166-2 code, as a site names its region. */
export const regions = {
  'UZ-AN': { uz: 'Andijon viloyati', ru: 'Андижанская область', en: 'Andijan Region' },
  'UZ-BU': { uz: 'Buxoro viloyati', ru: 'Бухарская область', en: 'Bukhara Region' },
  'UZ-FA': { uz: 'Fargʻona viloyati', ru: 'Ферганская область', en: 'Fergana Region' },
  'UZ-JI': { uz: 'Jizzax viloyati', ru: 'Джизакская область', en: 'Jizzakh Region' },
  'UZ-NG': { uz: 'Namangan viloyati', ru: 'Наманганская область', en: 'Namangan Region' },
  'UZ-NW': { uz: 'Navoiy viloyati', ru: 'Навоийская область', en: 'Navoiy Region' },
  'UZ-QA': { uz: 'Qashqadaryo viloyati', ru: 'Кашкадарьинская область', en: 'Kashkadarya Region' },
  'UZ-QR': {
    uz: 'Qoraqalpogʻiston Respublikasi',
    ru: 'Республика Каракалпакстан',
    en: 'Republic of Karakalpakstan',
  },
  'UZ-SA': { uz: 'Samarqand viloyati', ru: 'Самаркандская область', en: 'Samarkand Region' },
  'UZ-SI': { uz: 'Sirdaryo viloyati', ru: 'Сырдарьинская область', en: 'Sirdarya Region' },
  'UZ-SU': { uz: 'Surxondaryo viloyati', ru: 'Сурхандарьинская область', en: 'Surkhandarya Region' },
  'UZ-TK': { uz: 'Toshkent shahri', ru: 'Город Ташкент', en: 'Tashkent city' },
  'UZ-TO': { uz: 'Toshkent viloyati', ru: 'Ташкентская область', en: 'Tashkent Region' },
  'UZ-XO': { uz: 'Xorazm viloyati', ru: 'Хорезмская область', en: 'Khorezm Region' },
} satisfies Words;
