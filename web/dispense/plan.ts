/**
 * What would become of each line, decided here with the very rules of the server, so that a pharmacist learns beside the
 * field what the server would refuse: how much, from which lots, what is promised, or why nothing is handed over.
 */
import { Reason } from '@darmon/domain/event';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import type { NonDispenseReason } from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { type Allocation, allocateChosen, allocateFefo, type LotQuantity, type StockRow } from '@darmon/domain/stock';
import type { routes } from '@darmon/function-dispensing/routes';
import type { BodyOf } from '@darmon/http/route';
import { lotsByPacks, requireNamed, type TakenPack } from './packs.ts';
import { isSameBrand, lotKey, type ProposedLine, rowsOf } from './shelf.ts';

export type DispenseLine = BodyOf<typeof routes.dispensePrescription>['lines'][number];
type HandOverLine = Extract<DispenseLine, { quantity: number }>;
type WithheldLine = Exclude<DispenseLine, HandOverLine>;

/** What the pharmacist decided about one line; `lots` only where lots were chosen by hand, units by `lotKey`. */
export interface Choice {
  readonly included: boolean;
  /** Units, empty while the field is. */
  readonly quantity: number | undefined;
  readonly lots?: Readonly<Record<string, number>>;
  /** Packs that were scanned for the line, in their order. */
  readonly packs?: readonly TakenPack[];
  /** Why not the lot that expires first. */
  readonly reason: string;
  /** The day for which the rest is promised. */
  readonly owedOn?: string;
  /** Why nothing is handed over. */
  readonly withheld?: NonDispenseReason;
  readonly note?: string;
}

export type Fault =
  | { readonly kind: 'quantity' }
  | { readonly kind: 'over-owed' }
  | { readonly kind: 'short'; readonly available: number }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'sum'; readonly sum: number }
  | { readonly kind: 'reason' }
  | { readonly kind: 'packs' }
  | { readonly kind: 'note' };

export type Plan =
  /** Nothing is said of the line: `none` where there is nothing on the shelf. */
  | { readonly kind: 'none' | 'skipped' }
  | { readonly kind: 'withheld'; readonly request: WithheldLine }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly needsReason: boolean }
  | {
      readonly kind: 'ready';
      readonly request: HandOverLine;
      readonly lots: readonly Allocation[];
      /** Units handed over: what was asked for, or up to a pack more. */
      readonly given: number;
      readonly needsReason: boolean;
    };

/** The choice before anybody chose: all that is owed, or all that there is; of an empty shelf, that it is empty. */
export const firstChoice = (line: ProposedLine): Choice => {
  const proposed = line.lots.reduce((sum, lot) => sum + lot.quantity, 0);
  return {
    included: proposed > 0,
    quantity: Math.min(proposed, line.owed),
    reason: '',
    ...(line.available === 0 && { withheld: 'out-of-stock' as const }),
  };
};

const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Refusal)) throw error;
  const { facts, code } = error;
  if (code === 'out-of-stock') return { kind: 'short', available: Number(facts.available ?? 0) };
  if (code === 'quantity-invalid') return { kind: 'step', step: Number(facts.step ?? 1) };
  if (code === 'lots-sum-mismatch' && 'sum' in facts) return { kind: 'sum', sum: Number(facts.sum) };
  return code === 'lot-reason-missing' ? { kind: 'reason' } : { kind: 'packs' };
};

/** A line of which nothing is handed over: with the reason, where one was given. */
const withheldOf = (line: ProposedLine, choice: Choice): Plan => {
  const { withheld, owedOn } = choice;
  if (withheld === undefined) return { kind: line.available === 0 ? 'none' : 'skipped' };
  const note = Reason.safeParse(choice.note ?? '').data;
  if (withheld === 'other' && note === undefined) return { kind: 'fault', fault: { kind: 'note' }, needsReason: false };
  return {
    kind: 'withheld',
    request: {
      line: line.line,
      notDispensed: withheld,
      ...(note !== undefined && { note }),
      ...(owedOn !== undefined && { owedOn }),
    },
  };
};

/** The lots as a person named them; nothing where none were. */
const byHandOf = (rows: readonly StockRow[], choice: Choice): readonly LotQuantity[] | undefined =>
  choice.lots &&
  rows.flatMap((row) => {
    const quantity = choice.lots?.[lotKey(row)] ?? 0;
    return quantity > 0 ? [{ gtin: row.gtin, lot: row.lot, quantity }] : [];
  });

/** Judges one line: ready with the request that says it, or what is still wrong. `today` is `YYYY-MM-DD`. */
export const planOf = (line: ProposedLine, choice: Choice, medicine: Medicine | undefined, today: string): Plan => {
  const rows = rowsOf(line, medicine);
  if (line.available === 0 || rows.length === 0 || !choice.included) return withheldOf(line, choice);
  const mayRound = medicine !== undefined && !isControlled(medicine.class);
  const packs = choice.packs ?? [];
  const named = byHandOf(rows, choice);
  const sum = named?.reduce((total, lot) => total + lot.quantity, 0);
  const quantity = sum === undefined ? choice.quantity : Math.min(sum, line.owed);
  if (quantity === undefined || !Number.isInteger(quantity) || quantity < 1)
    return { kind: 'fault', fault: { kind: 'quantity' }, needsReason: false };
  if (quantity > line.owed) return { kind: 'fault', fault: { kind: 'over-owed' }, needsReason: false };
  const reason = Reason.safeParse(choice.reason).data;
  const options = { line: line.line, pointer: '', mayRound };
  let needsReason = false;
  try {
    if (named) requireNamed(line, rows, packs, named, today);
    const chosen =
      named ?? (packs.length > 0 ? lotsByPacks(line, rows, packs, quantity, { today, mayRound }) : undefined);
    const lots = chosen
      ? allocateChosen(rows, chosen, quantity, today, { ...options, reason: 'judged below' })
      : allocateFefo(rows, quantity, today, options);
    needsReason = chosen !== undefined && leavesEarlier(rivalsOf(line, rows, chosen), chosen, quantity, today, options);
    if (needsReason && reason === undefined) return { kind: 'fault', fault: { kind: 'reason' }, needsReason };
    const given = lots.reduce((total, lot) => total + lot.quantity, 0);
    return {
      kind: 'ready',
      lots,
      given,
      needsReason,
      request: {
        line: line.line,
        quantity,
        lots: lots.map(({ gtin, lot, quantity: units }) => ({ gtin, lot, quantity: units })),
        ...(packs.length > 0 && { scans: packs.map(({ raw }) => raw) }),
        ...(needsReason && reason !== undefined && { reason }),
        ...(choice.owedOn !== undefined && given < line.owed && { owedOn: choice.owedOn }),
      },
    };
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error), needsReason };
  }
};

/** Who hands over the prescribed brand passes over no lot of another one. */
const rivalsOf = (
  line: ProposedLine,
  rows: readonly StockRow[],
  chosen: readonly LotQuantity[],
): readonly StockRow[] => {
  const isPrescribed = (row: StockRow | undefined) => line.brand === undefined || isSameBrand(row?.brand, line.brand);
  const rowOf = (lot: LotQuantity) => rows.find((row) => lotKey(row) === lotKey(lot));
  return chosen.every((lot) => isPrescribed(rowOf(lot))) ? rows.filter(isPrescribed) : rows;
};

/** Whether the server would ask why an earlier expiring lot was left. */
const leavesEarlier = (
  rows: readonly StockRow[],
  chosen: readonly LotQuantity[],
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

/** What is left of a line after its plan, in units. */
export const restOf = (line: ProposedLine, plan: Plan): number =>
  plan.kind === 'ready' ? Math.max(0, line.owed - plan.given) : line.owed;
