import type { Words } from '../entry.ts';

/** The pharmacist's screens. */
export const webDispense = {
  title: { uz: 'Dori berish', ru: 'Отпуск лекарств', en: 'Dispense' },
} satisfies Words;
