/** Events of a site over several days, page by page, however long the days are. */
import type { Placed } from '@darmon/domain/care-facts';
import { Refusal } from '@darmon/domain/refusal';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { Day } from '@darmon/domain/time';
import type { Deps } from './deps.ts';

/** So many events are read for one answer, whatever of them is wanted; a page can then hold few, or none. */
const mostRead = 2_000;
/** A day that is empty costs a read, too. */
const mostDays = 100;
const perRead = 250;

interface Days {
  readonly site: string;
  readonly from: string;
  readonly through: string;
}

/** Where a page begins: a day, and in it the place that the table's own cursor names. */
const startOf = (cursor: string | undefined, { from, through }: Days): { day: string; inDay?: string } => {
  if (cursor === undefined) return { day: from };
  const [, year, month, date, inDay = ''] = /^(\d{4})(\d{2})(\d{2})-(.*)$/.exec(cursor) ?? [];
  const day = `${year}-${month}-${date}`;
  if (!Day.safeParse(day).success || day < from || day > through) throw new Refusal('bad-cursor');
  return { day, ...(inDay !== '' && { inDay }) };
};

/**
 * What `take` makes of the events of some days, oldest first: until there are `most`, or as many events were read as one
 * answer may. `next` goes on from there; it continues these days of this site and no others.
 * @throws Refusal `bad-cursor`
 */
export const pageOfDays = async <T>(
  deps: Pick<Deps, 'table'>,
  days: Days,
  { cursor, most }: { cursor?: string | undefined; most: number },
  take: (placed: readonly Placed[]) => T[] | Promise<T[]>,
): Promise<{ items: T[]; next?: string }> => {
  let { day, inDay } = startOf(cursor, days);
  const items: T[] = [];
  for (let read = 0; day <= days.through && items.length < most && read < mostRead; ) {
    const page = await deps.table.listPlacedEvents(days.site, day, { cursor: inDay, limit: perRead });
    items.push(...(await take(page.items)));
    read += Math.max(mostRead / mostDays, page.items.length);
    inDay = page.next;
    if (inDay === undefined) day = dayAfter(day, 1);
  }
  return { items, ...(day <= days.through && { next: `${day.replaceAll('-', '')}-${inDay ?? ''}` }) };
};
