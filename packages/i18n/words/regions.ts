import type { Words } from '../entry.ts';

/** The regions of Uzbekistan. */
export const regions = {
  TK: { uz: 'Toshkent shahri', ru: 'Город Ташкент', en: 'Tashkent city' },
} satisfies Words;
