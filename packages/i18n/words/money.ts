import type { Words } from '../entry.ts';

/** Sums of money. */
export const money = {
  soum: { uz: '{{sum}} soʻm', ru: '{{sum}} сум', en: '{{sum}} soum' },
} satisfies Words;
