import type { Words } from '../entry.ts';

/** The parts from which a dosage sentence is put together; `../dosage.ts` knows how. */
export const dosage = {
  title: { uz: 'Qabul qilish tartibi', ru: 'Способ применения', en: 'Directions' },
} satisfies Words;
