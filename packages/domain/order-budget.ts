/** Which lines of an order are bought where the money does not reach for all: who needs it most goes first. */
import { packsWithin, type Ven } from './replenishment.ts';

export interface BudgetLine {
  readonly ven: Ven;
  /** Whole days for which what is there lasts; null: for years. */
  readonly daysOfStock: number | null;
  readonly packs: number;
  readonly minimumPacks: number;
  readonly multiplePacks: number;
  /** Tiyin for a pack. */
  readonly packPrice?: number;
}

export interface Granted<L extends BudgetLine> {
  readonly line: L;
  /** Packs that the money buys. */
  readonly packs: number;
  /** Tiyin. */
  readonly value: number;
  readonly reason?: 'capped-by-money' | 'price-missing';
}

const order: Readonly<Record<Ven, number>> = { V: 0, E: 1, N: 2 };

/**
 * Spends `money` (tiyin) on lines: vital ones first, then essential, then others; within a class the one whose stock
 * ends first; of equal ones the first given. A line that cannot be bought whole gets as many packs as the rest of the
 * money buys, in its multiples and not below its minimum; what remains goes on to the next. A line without a price gets
 * nothing. The answer is in the order of spending; together it never costs more than `money`, and `left` is the rest.
 */
export const withinBudget = <L extends BudgetLine>(
  lines: readonly L[],
  money: number,
): { granted: Granted<L>[]; left: number } => {
  let left = Math.max(0, money);
  const days = (line: L): number => line.daysOfStock ?? Number.MAX_SAFE_INTEGER;
  const granted = [...lines]
    .sort((a, b) => order[a.ven] - order[b.ven] || days(a) - days(b))
    .map((line): Granted<L> => {
      const { packPrice } = line;
      if (packPrice === undefined) return { line, packs: 0, value: 0, reason: 'price-missing' };
      const packs = Math.min(line.packs, packsWithin(left, { ...line, packPrice }));
      const value = packs * packPrice;
      left -= value;
      return packs < line.packs ? { line, packs, value, reason: 'capped-by-money' } : { line, packs, value };
    });
  return { granted, left };
};
