import type { Words } from '../entry.ts';

/** What the server says of a row of any file. */
export const rowProblems = {
  'problem.value-missing': { uz: 'boʻsh', ru: 'пусто', en: 'is empty' },
  'problem.value-invalid': { uz: 'bunday qiymat boʻlmaydi', ru: 'такого значения не бывает', en: 'is no such value' },
  'problem.gtin-unknown': {
    uz: 'bu GTIN dorilar roʻyxatida yoʻq',
    ru: 'этого GTIN нет в перечне лекарств',
    en: 'this GTIN is not in the formulary',
  },
  'problem.medicine-unknown': {
    uz: 'bu kod dorilar roʻyxatida yoʻq',
    ru: 'этого кода нет в перечне лекарств',
    en: 'this code is not in the formulary',
  },
  'problem.pack-wrong-medicine': {
    uz: 'GTIN boshqa doriniki',
    ru: 'GTIN другого лекарства',
    en: 'the GTIN is of another medicine',
  },
  'problem.packs-and-quantity': {
    uz: 'dona soni yoki qadoqlar soni: bittasi kerak',
    ru: 'нужно одно: число единиц или упаковок',
    en: 'either units or packs are needed, not both',
  },
} as const satisfies Words;
