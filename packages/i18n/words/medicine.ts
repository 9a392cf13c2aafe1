import type { Words } from '../entry.ts';

/** The formulary's closed lists in words, and the states of a prescription and its lines. */
export const medicine = {
  'prescription.active': { uz: 'Amalda', ru: 'Действует', en: 'Active' },
} satisfies Words;
