import type { Words } from '../entry.ts';

/** The frame of the web app: sign-in, navigation, progress and failure. */
export const webShared = {
  title: { uz: 'Darmon', ru: 'Darmon', en: 'Darmon' },
} satisfies Words;
