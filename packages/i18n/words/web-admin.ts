import type { Words } from '../entry.ts';

/** The administrator's screens: people, sites, licences. */
export const webAdmin = {
  title: { uz: 'Boshqaruv', ru: 'Управление', en: 'Administration' },
} satisfies Words;
