/** ABC classes of a site's medicines by the value of their use: the few that make up most of it are looked at most often. */
import * as z from 'zod';
import type { MonthSums } from './ledger.ts';
import { type StockRow, stockValue } from './stock.ts';
import { tashkentDay } from './time.ts';

export const abcClasses = ['A', 'B', 'C'] as const;
export const AbcClass = z
  .enum(abcClasses)
  .meta({ id: 'AbcClass', description: 'Class by value of use: A is most of it' });
export type AbcClass = z.infer<typeof AbcClass>;

/** Classes A and B end with the medicine that reaches these shares of the whole value. */
const shares = { A: 0.8, B: 0.95 } as const;

/** The Tashkent months, as YYYY-MM, whose use counts at `now` (milliseconds): the present one and the three before it. */
export const monthsOfUse = (now: number): string[] => {
  const [year, month] = tashkentDay(now).split('-').map(Number) as [number, number, number];
  return [3, 2, 1, 0].map((back) => {
    const count = year * 12 + month - 1 - back;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  });
};

/** Units of a row that were used in these months: given to patients, or sent to other sites. */
export const usedIn = ({ used, sent }: Pick<MonthSums, 'used' | 'sent'>, months: readonly string[]): number =>
  months.reduce((sum, month) => sum + (used[month] ?? 0) + (sent[month] ?? 0), 0);

/** Tiyin that each medicine's use was worth in these months, each lot at its own price. */
export const valueOfUse = (
  rows: readonly { readonly row: StockRow; readonly sums: MonthSums }[],
  months: readonly string[],
): Map<string, number> => {
  const values = new Map<string, number>();
  for (const { row, sums } of rows) {
    const value = stockValue(Math.max(0, usedIn(sums, months)), row);
    values.set(row.medicine, (values.get(row.medicine) ?? 0) + value);
  }
  return values;
};

/** The class of each medicine, the dearest use first. What was not used, or has no price, is C. */
export const classify = (values: ReadonlyMap<string, number>): Map<string, AbcClass> => {
  const all = [...values].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = all.reduce((sum, [, value]) => sum + value, 0);
  let before = 0;
  return new Map(
    all.map(([medicine, value]) => {
      const reached = before;
      before += value;
      // what reaches the share still belongs to the class, so that one dear medicine is not left to C
      if (value === 0 || reached >= shares.B * total) return [medicine, 'C'] as const;
      return [medicine, reached >= shares.A * total ? 'B' : 'A'] as const;
    }),
  );
};
