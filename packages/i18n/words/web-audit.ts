import type { Words } from '../entry.ts';

/** The auditor's screens. */
export const webAudit = {
  title: { uz: 'Tekshiruv', ru: 'Проверка', en: 'Audit' },
} satisfies Words;
