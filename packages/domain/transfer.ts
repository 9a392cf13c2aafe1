/**
 * Transfers: goods on their way from one site to another. What was picked is promised to the transfer; what was shipped
 * lies in a place of its own until somebody takes it in, so that no unit is ever in two places or in none.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Arrival, Discrepancy, mergedDiscrepancies, Serial, Sscc } from './receiving.ts';
import { Refusal, refuseAt } from './refusal.ts';
import type { Site } from './standing.ts';
import { Lot, LotState, lotName, proposeFefo, ReceivedUnits, Shelf, type StockRow, stepOf, Zone } from './stock.ts';
import { Day, Instant } from './time.ts';

export const maxTransferLines = 400;
/** Picks of one request: each is a row, its line and its event in one transaction. */
export const maxPicks = 20;

export const TransferId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'TransferId', description: 'ULID' });

export const transferStates = [
  'requested',
  'approved',
  'picking',
  // what a long document moves is on its way into the ledger
  'posting',
  'shipped',
  'received',
  // nobody waits for more, and something never came
  'short',
  // all of it is accounted for, some of it by an act of write-off
  'written-off',
  'refused',
  'cancelling',
  'cancelled',
] as const;
export const TransferState = z.enum(transferStates).meta({ id: 'TransferState' });
export type TransferState = z.infer<typeof TransferState>;

export const TransferLine = z
  .object({
    line: z.int().positive(),
    medicine: MedicineCode,
    /** Only this pack will do. */
    gtin: Gtin.exactOptional(),
    asked: ReceivedUnits,
    /** What the sending site agreed to send: no more than was asked for, and perhaps nothing. */
    approved: z.int().nonnegative().exactOptional(),
  })
  .meta({ id: 'TransferLine', description: 'Units of one medicine' });
export type TransferLine = z.infer<typeof TransferLine>;

/** Units of one lot that were taken off the shelf for a line. */
export const Pick = z
  .object({
    line: z.int().positive(),
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    /** A last pack that cannot be divided may pass what anybody can ask for. */
    quantity: z.int().positive(),
    packUnits: z.int().positive(),
    controlled: z.boolean().exactOptional(),
    /** Packs that were scanned. */
    serials: z.array(Serial).exactOptional(),
    /** Why another lot than the first to expire. */
    reason: z.string().exactOptional(),
    person: PersonId,
    at: Instant,
  })
  .meta({ id: 'TransferPick' });
export type Pick = z.infer<typeof Pick>;

/** What was taken in, or came back to the sender. */
export const ArrivalLine = z.object({
  gtin: Gtin,
  medicine: MedicineCode,
  lot: Lot,
  expiryDate: Day,
  quantity: z.int().positive(),
  state: LotState,
  zone: Zone.exactOptional(),
  shelf: Shelf.exactOptional(),
  serials: z.array(Serial).exactOptional(),
});
export type ArrivalLine = z.infer<typeof ArrivalLine>;

export const Transfer = z.object({
  id: TransferId,
  from: SiteId,
  to: SiteId,
  state: TransferState,
  version: z.int().positive(),
  at: Instant,
  person: PersonId,
  lines: z.int().positive(),
  /** Between two pharmacies, or sooner than the ordinary way: the sending site alone agrees. */
  urgent: z.boolean().exactOptional(),
  reason: z.string().exactOptional(),
  /** The transfer whose goods go back with this one. */
  returns: TransferId.exactOptional(),
  approved: z.object({ person: PersonId, at: Instant }).exactOptional(),
  closed: z.object({ person: PersonId, at: Instant, reason: z.string() }).exactOptional(),
  shipment: z
    .object({ person: PersonId, at: Instant, sscc: Sscc.exactOptional(), celsius: z.number().exactOptional() })
    .exactOptional(),
  /** Acts of write-off over what is on its way, but for those that were refused or withdrawn. */
  writeOffs: z.array(z.string()).exactOptional(),
  /** Units that such acts have taken out for good. */
  writtenOff: z.int().positive().exactOptional(),
  /** The job that moves it, while its state is `posting`. */
  job: z.string().exactOptional(),
});
export type Transfer = z.infer<typeof Transfer>;

/** @throws Refusal `document-closed` with the state, where it is none of these */
export const requireTransferState = (transfer: Transfer, ...states: readonly TransferState[]): void => {
  if (!states.includes(transfer.state)) throw new Refusal('document-closed', { state: transfer.state });
};

const holdsStock = (site: Site | undefined): site is Site =>
  site?.active === true && (site.kind === 'pharmacy' || site.kind === 'warehouse');

/**
 * Two sites that keep stock. Between two pharmacies no warehouse agrees, so that such a transfer is an urgent one; what
 * is urgent says why.
 * @throws Refusal `transfer-same-site`, `site-unknown`, `reason-missing`
 */
export const requireRoute = (
  from: Site | undefined,
  to: Site | undefined,
  said: { urgent?: boolean; reason?: string },
): { urgent: boolean } => {
  if (!holdsStock(from)) throw refuseAt('site-unknown', '/from');
  if (!holdsStock(to)) throw refuseAt('site-unknown', '/to');
  if (from.id === to.id) throw refuseAt('transfer-same-site', '/to');
  const urgent = said.urgent === true || (from.kind === 'pharmacy' && to.kind === 'pharmacy');
  if (urgent && said.reason === undefined) throw refuseAt('reason-missing', '/reason');
  return { urgent };
};

/**
 * What the sending site agrees to: each line named with its units, the others as they were asked for.
 * @throws Refusal `line-unknown`, `line-repeated`, `quantity-invalid`
 */
export const approvedLines = (
  lines: readonly TransferLine[],
  smaller: readonly { line: number; quantity: number }[],
): TransferLine[] => {
  const units = new Map<number, number>();
  for (const [i, { line, quantity }] of smaller.entries()) {
    const asked = lines.find((l) => l.line === line)?.asked;
    if (asked === undefined) throw refuseAt('line-unknown', `/lines/${i}/line`, { line });
    if (units.has(line)) throw refuseAt('line-repeated', `/lines/${i}/line`, { line });
    if (quantity > asked) throw refuseAt('quantity-invalid', `/lines/${i}/quantity`, { line, max: asked });
    units.set(line, quantity);
  }
  return lines.map((l) => ({ ...l, approved: units.get(l.line) ?? l.asked }));
};

/** Rows that can serve a line: of its medicine, and of its pack where only that will do. */
const rowsOfLine = (line: TransferLine, rows: readonly StockRow[]): StockRow[] =>
  rows.filter((r) => r.medicine === line.medicine && (line.gtin === undefined || r.gtin === line.gtin));

export const pickedUnits = (picks: readonly Pick[]): number => picks.reduce((sum, p) => sum + p.quantity, 0);

/** The rows as if nothing of this line had been picked. */
const withPicks = (rows: readonly StockRow[], picks: readonly Pick[]): StockRow[] => {
  const own = new Map<string, number>();
  for (const p of picks) own.set(lotName(p), (own.get(lotName(p)) ?? 0) + p.quantity);
  return rows.map((r) => ({ ...r, free: r.free + (own.get(lotName(r)) ?? 0) }));
};

/** What is still to be picked, and where it lies. */
export const PickListItem = z
  .object({
    line: z.int().positive(),
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    quantity: ReceivedUnits,
    packUnits: z.int().positive(),
    brand: z.string(),
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
  })
  .meta({ id: 'PickListItem', description: 'Units to take from a shelf, in the order of the walk' });
export type PickListItem = z.infer<typeof PickListItem>;

const walk = new Intl.Collator('en', { numeric: true });
/** Zone by zone, shelf by shelf; what has no place comes last. */
const inWalkOrder = (a: PickListItem, b: PickListItem): number =>
  Number(a.zone === undefined) - Number(b.zone === undefined) ||
  walk.compare(a.zone ?? '', b.zone ?? '') ||
  walk.compare(a.shelf ?? '', b.shelf ?? '') ||
  walk.compare(a.medicine, b.medicine) ||
  walk.compare(a.expiryDate, b.expiryDate) ||
  walk.compare(a.lot, b.lot);

/**
 * The first to expire of each line as far as the shelves go, sorted for one walk along them, and the units of lines that
 * nothing on the shelf can serve.
 */
export const pickList = (
  lines: readonly TransferLine[],
  rows: readonly StockRow[],
  picks: readonly Pick[],
  today: string,
): { items: PickListItem[]; missing: { line: number; medicine: string; quantity: number }[] } => {
  const items: PickListItem[] = [];
  const missing: { line: number; medicine: string; quantity: number }[] = [];
  for (const line of lines) {
    const own = picks.filter((p) => p.line === line.line);
    const open = (line.approved ?? line.asked) - pickedUnits(own);
    if (open <= 0) continue;
    const there = rowsOfLine(line, rows);
    const found = proposeFefo(there, open, today);
    for (const { gtin, lot, expiryDate, quantity } of found) {
      const row = there.find((r) => r.gtin === gtin && r.lot === lot) as StockRow;
      items.push({
        line: line.line,
        medicine: line.medicine,
        gtin,
        lot,
        expiryDate,
        quantity,
        packUnits: row.packUnits,
        brand: row.brand,
        ...(row.zone !== undefined && { zone: row.zone }),
        ...(row.shelf !== undefined && { shelf: row.shelf }),
      });
    }
    const rest = open - found.reduce((sum, a) => sum + a.quantity, 0);
    if (rest > 0) missing.push({ line: line.line, medicine: line.medicine, quantity: rest });
  }
  return { items: items.sort(inWalkOrder), missing };
};

/**
 * Units of a lot for a line: usable today, in whole steps, free, no more than the line needs (a last pack that cannot be
 * divided may pass it), and not before one that expires earlier unless a reason is given.
 * @throws Refusal `lot-unknown`, `lot-expired`, `lot-recalled`, `lot-blocked`, `quantity-invalid`, `out-of-stock`,
 * `pick-over`, `lot-reason-missing`
 */
export const requirePick = (
  line: TransferLine,
  rows: readonly StockRow[],
  picks: readonly Pick[],
  wanted: { gtin: string; lot: string; quantity: number },
  of: { today: string; reason: string | undefined; pointer: string },
): StockRow => {
  const { today, reason, pointer } = of;
  const facts = { line: line.line };
  const there = rowsOfLine(line, rows);
  const row = there.find((r) => r.gtin === wanted.gtin && r.lot === wanted.lot);
  if (!row) throw refuseAt('lot-unknown', pointer, facts);
  requireMovable(row, today, pointer);
  const step = stepOf(row);
  if (wanted.quantity % step !== 0) throw refuseAt('quantity-invalid', `${pointer}/quantity`, { ...facts, step });
  const approved = line.approved ?? line.asked;
  const picked = pickedUnits(picks);
  if (picked + wanted.quantity > approved + step - 1)
    throw refuseAt('pick-over', `${pointer}/quantity`, { ...facts, left: Math.max(0, approved - picked) });
  if (wanted.quantity > row.free)
    throw refuseAt('out-of-stock', `${pointer}/quantity`, { ...facts, available: row.free });
  if (reason === undefined && passesEarlier(line, there, picks, { ...wanted, expiryDate: row.expiryDate }, today))
    throw refuseAt('lot-reason-missing', pointer, facts);
  return row;
};

/** @throws Refusal `lot-recalled`, `lot-blocked`, `lot-expired` for what may not leave the shelf for another site */
export const requireMovable = (row: StockRow, today: string, pointer: string): void => {
  if (row.state === 'recalled') throw refuseAt('lot-recalled', pointer, { lot: row.lot });
  if (row.state !== 'available') throw refuseAt('lot-blocked', pointer, { state: row.state, lot: row.lot });
  if (row.expiryDate < today) throw refuseAt('lot-expired', pointer, { expiryDate: row.expiryDate });
};

/** True where the first-expiring proposal for the whole line has units of an earlier lot that nobody picked yet, in place of these. */
const passesEarlier = (
  line: TransferLine,
  rows: readonly StockRow[],
  picks: readonly Pick[],
  wanted: { gtin: string; lot: string; quantity: number; expiryDate: string },
  today: string,
): boolean => {
  const unitsOf = (gtin: string, lot: string) => pickedUnits(picks.filter((p) => p.gtin === gtin && p.lot === lot));
  const proposed = proposeFefo(withPicks(rows, picks), line.approved ?? line.asked, today);
  const own = proposed.find((a) => a.gtin === wanted.gtin && a.lot === wanted.lot)?.quantity ?? 0;
  if (unitsOf(wanted.gtin, wanted.lot) + wanted.quantity <= own) return false;
  return proposed.some((a) => a.expiryDate < wanted.expiryDate && unitsOf(a.gtin, a.lot) < a.quantity);
};

/** What came, by lot. */
export interface Came {
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: number;
  readonly expiryDate?: string | undefined;
  readonly zone?: string | undefined;
  readonly shelf?: string | undefined;
  readonly serials?: readonly string[] | undefined;
  readonly pointer: string;
}

export interface TakenIn {
  readonly came: Came;
  readonly row: StockRow;
  /** No more than is on its way; what is over is a discrepancy. */
  readonly quantity: number;
}

const isTold = (told: readonly Discrepancy[], kind: Discrepancy['kind'], { gtin, lot }: Came): boolean =>
  told.some((d) => d.kind === kind && d.gtin === gtin && d.lot === lot);

/**
 * What of the goods that came is taken in, what differs, and how much stays on its way. Nothing can be taken in twice:
 * what was has left the way. With `final` nobody waits for the rest, which is then told as short.
 * Each lot stands in `came` once.
 * @throws Refusal `lot-unknown`, `expiry-mismatch`, `units-promised` of what an act of write-off holds, `received-over`,
 * `quantity-invalid`
 */
export const judgeArrival = (
  transit: readonly StockRow[],
  came: readonly Came[],
  told: readonly Discrepancy[],
  final: boolean,
): { taken: TakenIn[]; discrepancies: Discrepancy[]; left: number } => {
  const taken: TakenIn[] = [];
  for (const one of came) {
    const { gtin, lot, expiryDate, quantity, pointer } = one;
    const row = transit.find((r) => r.gtin === gtin && r.lot === lot);
    if (!row) throw refuseAt('lot-unknown', pointer, { lot });
    if (expiryDate !== undefined && expiryDate !== row.expiryDate && !isTold(told, 'wrong-expiry', one))
      throw refuseAt('expiry-mismatch', `${pointer}/expiryDate`, { lot, expiryDate: row.expiryDate });
    if (quantity > row.free && quantity <= row.free + row.held)
      throw refuseAt('units-promised', `${pointer}/quantity`, { lot, available: row.free });
    if (quantity > row.free && !isTold(told, 'over', one))
      throw refuseAt('received-over', `${pointer}/quantity`, { lot, available: row.free });
    const units = Math.min(quantity, row.free);
    if (units % stepOf(row) !== 0 && units !== row.free)
      throw refuseAt('quantity-invalid', `${pointer}/quantity`, { step: stepOf(row) });
    if (units > 0) taken.push({ came: one, row, quantity: units });
  }
  const takenOf = (row: StockRow) => taken.find((t) => t.row === row)?.quantity ?? 0;
  const missing = transit.filter((row) => row.free > takenOf(row));
  const short = missing.map(
    (row): Discrepancy => ({
      kind: 'short',
      gtin: row.gtin,
      lot: row.lot,
      expected: row.free,
      received: takenOf(row),
    }),
  );
  const explained = (d: Discrepancy) => told.some((t) => t.kind !== 'short' && t.gtin === d.gtin && t.lot === d.lot);
  return {
    taken,
    discrepancies: mergedDiscrepancies(told, final ? short.filter((d) => !explained(d)) : []),
    left: transit.reduce((sum, row) => sum + row.free + row.held - takenOf(row), 0),
  };
};

/** @throws Refusal `units-promised` where all that is on its way is in an act of write-off, `document-closed` for nothing */
export const requireOnTheWay = (transfer: Transfer, transit: readonly StockRow[]): void => {
  if (transit.some((row) => row.free > 0)) return;
  if (transit.some((row) => row.held > 0)) throw new Refusal('units-promised');
  throw new Refusal('document-closed', { state: transfer.state });
};

/** Where a transfer stands that has nothing on its way any more. */
export const closedState = ({ writtenOff = 0 }: { writtenOff?: number }): TransferState =>
  writtenOff > 0 ? 'written-off' : 'received';

/** Where a transfer stands once goods were taken in, with `left` units still on their way, promised to an act or not. */
export const stateAfterArrival = (
  left: number,
  final: boolean,
  before: { state: TransferState; writtenOff?: number },
): TransferState => {
  if (left === 0) return closedState(before);
  return final || before.state === 'short' ? 'short' : 'shipped';
};

/** A transfer once an act took units of it out for good, and `left` are still on their way. */
export const afterWriteOff = (transfer: Transfer, units: number, left: number): Transfer => {
  const writtenOff = (transfer.writtenOff ?? 0) + units;
  return {
    ...transfer,
    writtenOff,
    state: left === 0 ? closedState({ writtenOff }) : transfer.state,
    version: transfer.version + 1,
  };
};

/** An arrival as it is kept with the transfer. */
export const TransferArrival = z.object({
  id: z.string(),
  kind: z.enum(['receipt', 'return']),
  at: Instant,
  person: PersonId,
  lines: z.array(ArrivalLine),
  discrepancies: z.array(Discrepancy).exactOptional(),
  arrival: Arrival.exactOptional(),
  reason: z.string().exactOptional(),
  final: z.boolean().exactOptional(),
});
export type TransferArrival = z.infer<typeof TransferArrival>;
