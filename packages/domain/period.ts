/** Months that are closed. What is entered late for a closed month counts in the next one and is marked there. */
import { monthOf } from './ledger.ts';
import { monthBeside } from './ledger-view.ts';

/** From this instant on nothing gets into the month any more. */
export interface Freeze {
  readonly month: string;
  readonly at: string;
}

/**
 * The month in which an entry counts: its own, or, where that was frozen before the entry was written, the first one
 * after it that was not. `late` marks what did not get into its own month.
 */
export const countsIn = (
  freezes: readonly Freeze[],
  { at, recordedAt = at }: { readonly at: string; readonly recordedAt?: string | undefined },
): { month: string; late: boolean } => {
  const own = monthOf(Date.parse(at));
  const isShut = (month: string) => freezes.some((one) => one.month === month && one.at <= recordedAt);
  let month = own;
  while (isShut(month)) month = monthBeside(month, 1);
  return { month, late: month !== own };
};
