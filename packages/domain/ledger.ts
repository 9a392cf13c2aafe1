/**
 * The ledger of stock: movements by place and lot, appended and never changed. A mistake is reversed by a movement of
 * its own. What is on hand is their sum, at any instant, and it is never less than nothing, at no instant either.
 *
 * Why it cannot be: a row remembers when it was last added to (`raisedAt`), and whatever takes from it must be later. So
 * after any instant only takings can follow that were committed before the last addition was, and the sum at an instant
 * is never less than what lay there at some commit. What is dated back is compared with every balance since that day.
 */
import * as z from 'zod';
import { Gtin, MedicineCode } from './medicine.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Lot } from './stock.ts';
import { dayMs, dayStart, Instant, instant, tashkentDay } from './time.ts';

export const movementKinds = [
  'receipt',
  'opening',
  'dispense',
  'dispense-undone',
  'return',
  'transfer-out',
  'transfer-in',
  'write-off',
  'count',
  'correction',
  'reversal',
  // changes of state: nothing moves
  'hold',
  'release',
  'quarantine',
  'recall',
] as const;
export const MovementKind = z.enum(movementKinds).meta({ id: 'MovementKind' });
export type MovementKind = z.infer<typeof MovementKind>;

/** Kinds that change what the whole country holds of a lot; a transfer only moves it. */
export const countryKinds: ReadonlySet<MovementKind> = new Set([
  'receipt',
  'opening',
  'dispense',
  'dispense-undone',
  'return',
  'write-off',
  'count',
  'correction',
  'reversal',
]);

export const Movement = z
  .object({
    /** ULID of the instant at which it counts. */
    id: z.string(),
    site: z.string(),
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    kind: MovementKind,
    /** Signed units; 0 for a change of state. */
    quantity: z.int(),
    /** The document that moved it: a dispense, a receipt, an act. */
    reference: z.string(),
    person: z.string(),
    /** When it counts. */
    at: Instant,
    /** When it was written, where that is later: the entry is dated back, and `reason` says why. */
    recordedAt: Instant.exactOptional(),
    reason: z.string().exactOptional(),
    /** The movement that it takes back. */
    reverses: z.string().exactOptional(),
    /** Packs that moved with it, where they were scanned. */
    serials: z.array(z.string()).exactOptional(),
  })
  .meta({ id: 'Movement' });
export type Movement = z.infer<typeof Movement>;

/** What a movement of these kinds entered can be taken back; the others have documents of their own for it. */
export const reversibleKinds: ReadonlySet<MovementKind> = new Set([
  'receipt',
  'opening',
  'write-off',
  'count',
  'correction',
]);

/**
 * True where taking a movement back needs the yes of a second person: always of a controlled medicine, else of what
 * somebody else entered, or of what was written longer ago than the policy lets its author think better of it.
 */
export const reversalNeedsSecond = (
  { person, at, recordedAt = at }: Pick<Movement, 'person' | 'at' | 'recordedAt'>,
  by: { readonly person: string; readonly controlled: boolean; readonly hours: number },
  now: number,
): boolean => by.controlled || person !== by.person || now - Date.parse(recordedAt) > by.hours * 3_600_000;

/** Where the goods of a transfer are between two sites. No site has a name of this form. */
export const transitPlace = (transfer: string): string => `TRANSFER-${transfer}`;
export const isTransit = (place: string): boolean => /^TRANSFER-[0-9A-Z]{26}$/.test(place);

/** What people call a document by: the end of its id, which chance made. */
export const shortNumber = (id: string): string => id.slice(-8);

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The first ten characters of a ULID of that millisecond: they sort as time does. */
export const ulidTime = (ms: number): string => {
  let text = '';
  for (let rest = ms, i = 0; i < 10; i += 1) {
    text = `${crockford[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
};
/** The same chance, at another time. */
export const ulidAt = (ulid: string, ms: number): string => ulidTime(ms) + ulid.slice(10);

/** The Tashkent month of an instant, as YYYY-MM. */
export const monthOf = (ms: number): string => tashkentDay(ms).slice(0, 7);

/** The last millisecond of a Tashkent day: when an entry that is dated back to it counts. */
export const dayEnd = (day: string): number => dayStart(day) + dayMs - 1;

/** An entry for a day before today, and why it is written only now. */
export const Backdated = z
  .object({ day: z.iso.date(), reason: z.string().trim().min(3).max(300) })
  .meta({ id: 'Backdated', description: 'The Tashkent day it counts for, before today, and why it comes late' });
export type Backdated = z.infer<typeof Backdated>;

/**
 * When an entry counts: now, or at the end of an earlier day.
 * @throws Refusal `backdate-too-far` for today, a day to come, or one further back than the policy allows
 */
export const effectiveAt = (backdated: Backdated | undefined, backdateDays: number, now: number): number => {
  if (!backdated) return now;
  const earliest = tashkentDay(now - backdateDays * dayMs);
  if (backdated.day >= tashkentDay(now) || backdated.day < earliest)
    throw refuseAt('backdate-too-far', '/backdated/day', { earliest });
  return dayEnd(backdated.day);
};

/** How and when a movement counts, beside what moves. */
export const entryTime = (ulid: string, at: number, backdated: Backdated | undefined, now: number) =>
  backdated
    ? { id: ulidAt(ulid, at), at: instant(at), recordedAt: instant(now), reason: backdated.reason }
    : { id: ulid, at: instant(at) };

/**
 * The least that was on hand from `from` on, given what is on hand now and every movement after `from`: what an entry
 * dated back to `from` may take at most.
 */
export const leastSince = (onHand: number, after: readonly Pick<Movement, 'id' | 'quantity'>[]): number => {
  let balance = onHand;
  let least = onHand;
  for (const { quantity } of [...after].sort((a, b) => (a.id < b.id ? 1 : -1))) {
    balance -= quantity;
    least = Math.min(least, balance);
  }
  return least;
};

/** @throws Refusal `past-negative` with what could be taken, where some balance since then is less than `quantity` */
export const requireCovered = (least: number, quantity: number, pointer: string): void => {
  if (quantity > least)
    throw new Refusal('past-negative', { available: Math.max(0, least) }, [{ pointer, detail: 'past-negative' }]);
};

/** What a row gained or lost by month (YYYY-MM), and what of it patients were given and other sites were sent. */
export interface MonthSums {
  readonly net: Readonly<Record<string, number>>;
  readonly used: Readonly<Record<string, number>>;
  readonly sent: Readonly<Record<string, number>>;
}

/** What was on hand at the end of `month`, from the sums alone. */
export const atMonthEnd = ({ net }: MonthSums, month: string): number =>
  Object.entries(net).reduce((sum, [m, n]) => (m <= month ? sum + n : sum), 0);
