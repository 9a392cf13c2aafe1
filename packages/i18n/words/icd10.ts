import type { Words } from '../entry.ts';

/** Titles of ICD-10 codes in everyday use, by code. */
export const icd10 = {
  'J06.9': {
    uz: 'Yuqori nafas yoʻllarining oʻtkir infeksiyasi, aniqlanmagan',
    ru: 'Острая инфекция верхних дыхательных путей неуточнённая',
    en: 'Acute upper respiratory infection, unspecified',
  },
} satisfies Words;
