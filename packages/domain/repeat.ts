/**
 * Repeats for a chronic disease: one prescription of several issues, each with a window of whole Tashkent days. What is
 * not collected in its window lapses, so that nobody is handed two issues at once.
 */
import * as z from 'zod';
import { Day, type Instant, instant, tashkentDay, validUntil } from './time.ts';

/** What a prescriber asks for. */
export const RepeatWanted = z
  .strictObject({ issues: z.int().min(2).max(12), everyDays: z.int().min(1).max(90) })
  .meta({ id: 'Repeat', description: 'How many issues, and after how many days the next one opens' });
export type RepeatWanted = z.infer<typeof RepeatWanted>;

/** What is stored: the issue of the last change, and what was handed over of each line in the issues before it. */
export const Repeat = z.object({
  issues: z.int().min(2).max(12),
  everyDays: z.int().min(1),
  current: z.int().min(1),
  past: z.array(z.array(z.int().nonnegative())),
});
export type Repeat = z.infer<typeof Repeat>;

interface Dated {
  readonly issuedAt: z.infer<typeof Instant>;
  readonly validUntil: z.infer<typeof Instant>;
}

const beginOf = ({ issuedAt }: Dated, { everyDays }: RepeatWanted, issue: number): number =>
  issue === 1 ? Date.parse(issuedAt) : validUntil(Date.parse(issuedAt), (issue - 1) * everyDays - 1);

/** The window of an issue: from its first instant, until (exclusive) the next one opens or the validity ends. */
export const windowOf = (p: Dated, repeat: RepeatWanted, issue: number): { from: string; until: string } => ({
  from: instant(beginOf(p, repeat, issue)),
  until: issue >= repeat.issues ? p.validUntil : instant(beginOf(p, repeat, issue + 1)),
});

/** The issue whose window `now` lies in; the first before it, the last after it. */
export const windowAt = (p: Dated, repeat: RepeatWanted, now: number): number => {
  let issue = 1;
  while (issue < repeat.issues && now >= beginOf(p, repeat, issue + 1)) issue += 1;
  return issue;
};

/** How a reader sees a repeat. */
export const RepeatView = z
  .object({
    issues: z.int(),
    everyDays: z.int(),
    current: z.int(),
    windows: z.array(z.object({ issue: z.int(), from: Day, until: Day, dispensed: z.array(z.int()) })),
  })
  .meta({
    id: 'RepeatView',
    description: 'Each issue with its first and last day, and what was handed over of each line',
  });

/** Windows as days: the last day is the one on which the window still holds. */
export const repeatView = (p: Dated, repeat: Repeat, dispensed: readonly number[]): z.infer<typeof RepeatView> => ({
  issues: repeat.issues,
  everyDays: repeat.everyDays,
  current: repeat.current,
  windows: Array.from({ length: repeat.issues }, (_, i) => {
    const { from, until } = windowOf(p, repeat, i + 1);
    const now = i + 1 === repeat.current ? [...dispensed] : undefined;
    return {
      issue: i + 1,
      from: tashkentDay(Date.parse(from)),
      until: tashkentDay(Date.parse(until) - 1),
      dispensed: now ?? repeat.past[i] ?? dispensed.map(() => 0),
    };
  }),
});
