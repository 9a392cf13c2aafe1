import type { Words } from '../entry.ts';

/** The doctor's screens. */
export const webPrescribe = {
  title: { uz: 'Retsept yozish', ru: 'Выписать рецепт', en: 'Prescribe' },
} satisfies Words;
