import type { Words } from '../entry.ts';

/** The warehouse's screens. */
export const webWarehouse = {
  title: { uz: 'Ombor', ru: 'Склад', en: 'Warehouse' },
} satisfies Words;
