import type { Words } from '../entry.ts';

/** Words on the printed prescription. */
export const documents = {
  prescription: { uz: 'Elektron retsept', ru: 'Электронный рецепт', en: 'Electronic prescription' },
} satisfies Words;
