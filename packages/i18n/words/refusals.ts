import type { RefusalCode } from '@darmon/domain/refusal';
import type { Words } from '../entry.ts';

/** Starter. */
export const refusals = {
  'not-found.title': { uz: 'Topilmadi', ru: 'Не найдено', en: 'Not found' },
} satisfies Words & Partial<Record<`${RefusalCode}.title`, unknown>>;
