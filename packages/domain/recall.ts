/**
 * The recall of a lot: frozen everywhere at once, then counted place by place until two counts in a row agree and what
 * came in is what is there and what left. Pure: what movements say is added up here, and when a recall is complete.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { type Movement, MovementKind } from './ledger.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Lot } from './stock.ts';
import { Day, Instant, instant } from './time.ts';

/** GS1 character set 82, at most 20: what AI 21 can carry. */
const Serial = z.string().regex(/^[!-"%-?A-Z_a-z]{1,20}$/);
export const SerialRange = z
  .object({ from: Serial, to: Serial })
  .meta({ id: 'SerialRange', description: 'Packs of the lot that are meant; the whole lot is frozen all the same' });
export type SerialRange = z.infer<typeof SerialRange>;

/** 1 can kill or harm for life, 2 can harm for a time, 3 is unlikely to harm: WHO's three classes of urgency. */
export const RecallClass = z.union([z.literal(1), z.literal(2), z.literal(3)]).meta({ id: 'RecallClass' });

const digits = /^\d+$/;
/**
 * Whether a pack's serial number lies in the range: numbers by their value, others letter by letter where they have the
 * length of the bounds. One that cannot be compared counts as meant, because the other mistake harms.
 */
export const isInRange = (serial: string, { from, to }: SerialRange): boolean => {
  if ([serial, from, to].every((s) => digits.test(s)))
    return BigInt(serial) >= BigInt(from) && BigInt(serial) <= BigInt(to);
  return serial.length !== from.length || serial.length !== to.length || (serial >= from && serial <= to);
};

/** @throws Refusal `schema` where the range holds nothing */
export const requireRange = (range: SerialRange | undefined): void => {
  if (!range) return;
  const { from, to } = range;
  const backwards = digits.test(from) && digits.test(to) ? BigInt(from) > BigInt(to) : from > to;
  if (backwards) throw refuseAt('schema', '/serials/to');
};

/**
 * What the movements of a lot add up to, at one place or in the whole country. `moved` is signed units by kind;
 * `escaped` counts dispenses after the freeze, or so near before it that the freeze may have come first; `left` is what
 * went out by documents since the freeze and so is still to be accounted for.
 */
export const LotSums = z
  .object({
    moved: z.partialRecord(MovementKind, z.int()),
    dispenses: z.int(),
    escaped: z.int(),
    left: z.int(),
  })
  .meta({ id: 'LotSums' });
export type LotSums = z.infer<typeof LotSums>;

export const noSums = (): LotSums => ({ moved: {}, dispenses: 0, escaped: 0, left: 0 });

/**
 * No function that hands over runs longer than ten seconds, and none decides by a list older than five: a dispense that
 * began ten seconds before the freeze may have been committed after it, and fifteen seconds after it none is under way
 * that does not know of it. Twenty leave room for clocks that differ.
 */
export const underWayMs = 10_000;
export const settledMs = 20_000;

/** A dispense that the freeze did not stop. `underWay` where it began before, and may have been committed after. */
export const escapeOf = (m: Pick<Movement, 'kind' | 'at'>, frozenAt: number): { underWay: boolean } | undefined => {
  const at = Date.parse(m.at);
  return m.kind === 'dispense' && at >= frozenAt - underWayMs ? { underWay: at < frozenAt } : undefined;
};

const leaving: ReadonlySet<MovementKind> = new Set(['write-off', 'transfer-out']);

/** Adds movements to sums, in place: a lot can have a hundred thousand of them. */
export const addMovements = (
  sums: LotSums,
  movements: readonly Pick<Movement, 'kind' | 'quantity' | 'at'>[],
  frozenAt: number,
): void => {
  for (const m of movements) {
    if (m.quantity === 0) continue;
    sums.moved[m.kind] = (sums.moved[m.kind] ?? 0) + m.quantity;
    if (m.kind === 'dispense') sums.dispenses += 1;
    if (m.kind === 'dispense-undone') sums.dispenses -= 1;
    if (escapeOf(m, frozenAt)) sums.escaped += 1;
    if (leaving.has(m.kind) && Date.parse(m.at) >= frozenAt) sums.left -= m.quantity;
  }
};

export const joinSums = (a: LotSums, b: LotSums): LotSums => {
  const moved = { ...a.moved };
  for (const [kind, n] of Object.entries(b.moved) as [MovementKind, number][]) moved[kind] = (moved[kind] ?? 0) + n;
  return { moved, dispenses: a.dispenses + b.dispenses, escaped: a.escaped + b.escaped, left: a.left + b.left };
};

/** What the movements say should be there. */
export const bookOf = ({ moved }: Pick<LotSums, 'moved'>): number =>
  Object.values(moved).reduce((sum, n) => sum + (n ?? 0), 0);

/** What one count of all places found. */
export const RecallTotals = z
  .object({
    sums: LotSums,
    /** Units at sites, and on their way between them. */
    onHand: z.int(),
    inTransit: z.int(),
    /** Sites that ever held the lot, and transfers in which it was. */
    sites: z.int(),
    transfers: z.int(),
    /** Places where the movements do not make what is there. */
    wrong: z.int(),
  })
  .meta({ id: 'RecallTotals' });
export type RecallTotals = z.infer<typeof RecallTotals>;

export const noTotals = (): RecallTotals => ({
  sums: noSums(),
  onHand: 0,
  inTransit: 0,
  sites: 0,
  transfers: 0,
  wrong: 0,
});

/** The terms of the sum, in the order in which a person reads them. What moved between places is not one: it is nothing. */
export const recallTerms = [
  'receipt',
  'opening',
  'return',
  'dispense',
  'dispense-undone',
  'write-off',
  'count',
  'correction',
  'reversal',
] as const satisfies readonly MovementKind[];

/**
 * Whether what came in, less what left, is what lies at sites and is on its way: in the whole country and at each place,
 * with transfers that cancel each other.
 */
export const addsUp = ({ sums, onHand, inTransit, wrong }: RecallTotals): boolean =>
  wrong === 0 &&
  bookOf(sums) === onHand + inTransit &&
  (sums.moved['transfer-in'] ?? 0) + (sums.moved['transfer-out'] ?? 0) === 0;

/** How far a count of all places is: where it goes on, and what it has so far. */
export const RecallWork = z.object({
  pass: z.int().positive(),
  /** It begins no earlier: what was under way at the freeze has ended by then. */
  notBefore: Instant,
  /** The last place that is done. */
  after: z.string(),
  /** A place of very many movements, half done: where its reading goes on. */
  place: z.object({ site: z.string(), after: z.string(), sums: LotSums }).exactOptional(),
  totals: RecallTotals,
  /** Something is not as the count before found it. */
  changed: z.boolean(),
});
export type RecallWork = z.infer<typeof RecallWork>;

export const recallStates = ['working', 'complete', 'closed'] as const;
export const Recall = z.object({
  id: z.string(),
  gtin: Gtin,
  lot: Lot,
  medicine: MedicineCode,
  brand: z.string(),
  expiryDate: Day,
  serials: SerialRange.exactOptional(),
  class: RecallClass,
  reason: z.string(),
  person: PersonId,
  site: SiteId,
  /** The freeze. */
  at: Instant,
  state: z.enum(recallStates),
  /** Counts that were finished. */
  passes: z.int().nonnegative(),
  /** Of the last of them, and when it ended. */
  totals: RecallTotals.exactOptional(),
  asOf: Instant.exactOptional(),
  work: RecallWork.exactOptional(),
  /** Units that sites found and set aside. */
  found: z.int().nonnegative(),
  closed: z.object({ at: Instant, person: PersonId, reason: z.string().exactOptional() }).exactOptional(),
  version: z.int().positive(),
});
export type Recall = z.infer<typeof Recall>;

/** How long a count waits after one that did not agree: something still moves. */
const againMs = 30_000;

/** The next count of all places. The first begins at once; the deciding one when nothing that was under way can still end. */
export const beginPass = (recall: Pick<Recall, 'at' | 'passes'>, now: number): RecallWork => {
  const settled = Date.parse(recall.at) + settledMs;
  const notBefore = recall.passes === 0 ? now : recall.passes === 1 ? Math.max(now, settled) : now + againMs;
  return {
    pass: recall.passes + 1,
    notBefore: instant(notBefore),
    after: '',
    totals: noTotals(),
    changed: false,
  };
};

/**
 * The recall after a count of all places has ended: complete when it agrees with the one before, began when nothing was
 * under way any more, and adds up; else it is counted again. One that is complete stays so while it adds up.
 */
export const endPass = (recall: Recall, work: RecallWork, now: number): Recall => {
  const { work: _, ...rest } = recall;
  const counted = { ...rest, passes: work.pass, totals: work.totals, asOf: instant(now), version: recall.version + 1 };
  const settled = Date.parse(work.notBefore) >= Date.parse(recall.at) + settledMs;
  const agrees = work.pass >= 2 && settled && !work.changed;
  return addsUp(work.totals) && (agrees || recall.state === 'complete')
    ? { ...counted, state: 'complete' }
    : { ...counted, state: 'working', work: beginPass(counted, now) };
};

/** Units that sites should find: what was there, and what has gone out by documents since the freeze. */
export const dueOf = ({ sums, onHand }: { sums: Pick<LotSums, 'left'>; onHand: number }): number => onHand + sums.left;

/** How a place stands in a recall. */
export const RecallPlace = z.object({
  recall: z.string(),
  /** A site, or the transfer in which the lot is or was on its way. */
  place: z.string(),
  onHand: z.int().nonnegative(),
  held: z.int().nonnegative(),
  sums: LotSums,
  /** Units that the site found and set aside, and since when. */
  found: z.int().nonnegative(),
  foundAt: Instant.exactOptional(),
  foundBy: PersonId.exactOptional(),
  note: z.string().exactOptional(),
  asOf: Instant,
});
export type RecallPlace = z.infer<typeof RecallPlace>;

/** A dispense that the freeze did not stop, as it is listed. */
export const Escaped = z
  .object({
    dispense: z.string(),
    place: z.string(),
    quantity: z.int(),
    at: Instant,
    person: z.string(),
    /** It began before the freeze, and may have been committed after it. */
    underWay: z.boolean(),
    undoneAt: Instant.exactOptional(),
  })
  .meta({ id: 'EscapedDispense', description: 'A dispense that the freeze did not stop' });
export type Escaped = z.infer<typeof Escaped>;

/**
 * Ends a recall: every unit is found or has gone out by a document; else somebody says why not.
 * @throws Refusal `recall-incomplete` with what is open, `document-closed`
 */
export const closeRecall = (
  recall: Recall,
  by: { person: string; reason: string | undefined },
  now: number,
): Recall => {
  if (recall.state === 'closed') throw new Refusal('document-closed');
  const { totals } = recall;
  if (recall.state !== 'complete' || !totals || recall.work) throw new Refusal('recall-incomplete', { open: 0 });
  const open = Math.max(0, dueOf({ sums: totals.sums, onHand: totals.onHand + totals.inTransit }) - recall.found);
  if (open > 0 && by.reason === undefined) throw new Refusal('recall-incomplete', { open });
  return {
    ...recall,
    state: 'closed',
    closed: { at: instant(now), person: by.person, ...(by.reason !== undefined && { reason: by.reason }) },
    version: recall.version + 1,
  };
};

export const callOutcomes = ['reached', 'not-reached', 'returned'] as const;
export const CallOutcome = z.enum(callOutcomes).meta({ id: 'CallOutcome' });
export type CallOutcome = z.infer<typeof CallOutcome>;

/** What came of telling one patient. */
export const RecallCall = z.object({
  dispense: z.string(),
  site: SiteId,
  outcome: CallOutcome,
  person: PersonId,
  at: Instant,
  /** Units that came back. */
  returned: z.int().nonnegative(),
});
export type RecallCall = z.infer<typeof RecallCall>;

/** How many patients were told, and what they brought back. */
export const CallCounts = z
  .object({ reached: z.int(), notReached: z.int(), returned: z.int(), units: z.int() })
  .meta({ id: 'RecallCallCounts' });
export type CallCounts = z.infer<typeof CallCounts>;
