/**
 * What would be handed over, decided here with the very rules of the server, so that a pharmacist learns beside the field
 * what the server would refuse: how much, from which lots, and what is still missing.
 */
import { Reason } from '@darmon/domain/event';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { Refusal } from '@darmon/domain/refusal';
import { type Allocation, allocateChosen, allocateFefo, type StockRow } from '@darmon/domain/stock';
import type { routes } from '@darmon/function-dispensing/routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';

type Proposal = AnswerOf<typeof routes.proposeLots>;
export type ProposedLine = Proposal['lines'][number];
type DispenseLine = Extract<BodyOf<typeof routes.dispensePrescription>['lines'][number], { quantity: number }>;

/** What the pharmacist decided about one line; `lots` only where lots were chosen by hand, units by `lotKey`. */
export interface Choice {
  readonly included: boolean;
  /** Units, empty while the field is. */
  readonly quantity: number | undefined;
  readonly lots?: Readonly<Record<string, number>>;
  readonly reason: string;
}

export type Fault =
  | { readonly kind: 'quantity' }
  | { readonly kind: 'over-owed' }
  | { readonly kind: 'short'; readonly available: number }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'sum'; readonly sum: number }
  | { readonly kind: 'reason' };

export type Plan =
  | { readonly kind: 'none' | 'skipped' }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly needsReason: boolean }
  | {
      readonly kind: 'ready';
      readonly request: DispenseLine;
      readonly lots: readonly Allocation[];
      /** Units handed over: what was asked for, or up to a pack more. */
      readonly given: number;
      readonly needsReason: boolean;
    };

export const lotKey = ({ gtin, lot }: { gtin: string; lot: string }): string => `${gtin}#${lot}`;

/** The usable lots of a line as rows of stock, first expiring first; packs as the formulary knows them. */
const rowsOf = (line: ProposedLine, medicine: Medicine | undefined): readonly StockRow[] =>
  line.others.map(({ gtin, lot, expiryDate, onHand, brand }) => {
    const pack = medicine?.packs.find((p) => p.gtin === gtin);
    return {
      site: '',
      medicine: line.medicine,
      gtin,
      lot,
      expiryDate,
      onHand,
      state: 'available' as const,
      brand,
      packUnits: pack?.units ?? 1,
      ...(pack?.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
    };
  });

/** The choice before anybody chose: all that is owed, or all that there is. */
export const firstChoice = (line: ProposedLine): Choice => {
  const proposed = line.lots.reduce((sum, lot) => sum + lot.quantity, 0);
  return { included: proposed > 0, quantity: Math.min(proposed, line.owed), reason: '' };
};

const faultOf = (error: unknown, quantity: number): Fault => {
  if (!(error instanceof Refusal)) throw error;
  const { facts, code } = error;
  if (code === 'out-of-stock') return { kind: 'short', available: Number(facts.available ?? 0) };
  if (code === 'quantity-invalid') return { kind: 'step', step: Number(facts.step ?? 1) };
  if (code === 'lots-sum-mismatch') return { kind: 'sum', sum: Number(facts.sum ?? quantity) };
  return { kind: 'reason' };
};

/** Judges one line: ready with the request that says it, or what is still wrong. `today` is `YYYY-MM-DD`. */
export const planOf = (line: ProposedLine, choice: Choice, medicine: Medicine | undefined, today: string): Plan => {
  const rows = rowsOf(line, medicine);
  if (line.available === 0 || rows.length === 0) return { kind: 'none' };
  if (!choice.included) return { kind: 'skipped' };
  const mayRound = medicine !== undefined && !isControlled(medicine.class);
  const chosen =
    choice.lots &&
    rows.flatMap((row) => {
      const quantity = choice.lots?.[lotKey(row)] ?? 0;
      return quantity > 0 ? [{ gtin: row.gtin, lot: row.lot, quantity }] : [];
    });
  const sum = chosen?.reduce((total, lot) => total + lot.quantity, 0);
  const quantity = sum === undefined ? choice.quantity : Math.min(sum, line.owed);
  if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1)
    return { kind: 'fault', fault: { kind: 'quantity' }, needsReason: false };
  if (quantity > line.owed) return { kind: 'fault', fault: { kind: 'over-owed' }, needsReason: false };
  const reason = Reason.safeParse(choice.reason).data;
  const options = { line: line.line, pointer: '', mayRound };
  let needsReason = false;
  try {
    const lots = chosen
      ? allocateChosen(rows, chosen, quantity, today, { ...options, reason: 'judged below' })
      : allocateFefo(rows, quantity, today, options);
    needsReason = chosen !== undefined && leavesEarlier(rows, chosen, quantity, today, options);
    if (needsReason && reason === undefined) return { kind: 'fault', fault: { kind: 'reason' }, needsReason };
    return {
      kind: 'ready',
      lots,
      given: lots.reduce((total, lot) => total + lot.quantity, 0),
      needsReason,
      request: {
        line: line.line,
        quantity,
        lots: lots.map(({ gtin, lot, quantity: units }) => ({ gtin, lot, quantity: units })),
        ...(needsReason && reason !== undefined && { reason }),
      },
    };
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error, quantity), needsReason };
  }
};

/** Whether the server would ask why an earlier expiring lot was left. */
const leavesEarlier = (
  rows: readonly StockRow[],
  chosen: readonly { gtin: string; lot: string; quantity: number }[],
  quantity: number,
  today: string,
  options: { line: number; pointer: string; mayRound: boolean },
): boolean => {
  try {
    allocateChosen(rows, chosen, quantity, today, { ...options, reason: undefined });
    return false;
  } catch (error) {
    return error instanceof Refusal && error.code === 'lot-reason-missing';
  }
};

/** Lots chosen by hand begin as they were proposed, so that only the difference has to be typed. */
export const byHand = (lots: readonly { gtin: string; lot: string; quantity: number }[]): Record<string, number> =>
  Object.fromEntries(lots.map((lot) => [lotKey(lot), lot.quantity]));
