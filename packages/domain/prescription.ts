/**
 * The prescription's life: (state, command, now) -> state or a refusal. Time passes without anyone writing it down, so
 * a stored status is only a floor; `statusAt` says what it means now, and every decision begins there.
 */
import * as z from 'zod';
import { type Actor, PersonId, SiteId } from './actor.ts';
import { Dosage } from './dosage.ts';
import { MedicineClass, MedicineCode, Unit } from './medicine.ts';
import { Refusal, refuseAt } from './refusal.ts';
import type { Policy } from './standing.ts';
import { Instant, instant } from './time.ts';

export const prescriptionStatuses = [
  'draft',
  'active',
  'claimed',
  'partially-dispensed',
  'completed',
  'cancelled',
  'expired',
] as const;
export const PrescriptionStatus = z.enum(prescriptionStatuses).meta({ id: 'PrescriptionStatus' });
export type PrescriptionStatus = z.infer<typeof PrescriptionStatus>;

const openStatuses = ['active', 'claimed', 'partially-dispensed'] as const;
type OpenStatus = (typeof openStatuses)[number];

/** True where something can still become of the prescription: it is handed over, or cancelled. */
export const isOpen = (status: PrescriptionStatus): status is OpenStatus => openStatuses.some((one) => one === status);

export const lineStatuses = [
  'to-dispense',
  'partially-dispensed',
  'dispensed',
  'not-dispensed',
  'owed',
  'cancelled',
  'expired',
] as const;
export const LineStatus = z.enum(lineStatuses).meta({ id: 'LineStatus' });
export type LineStatus = z.infer<typeof LineStatus>;

export const maxQuantity = 100_000;
/** Units of a medicine: a whole number, in the smallest unit. */
export const Quantity = z
  .int()
  .min(1)
  .max(maxQuantity)
  .meta({ id: 'Quantity', description: 'A whole number of the smallest unit' });

/** Units handed over: can pass what was asked for by less than a pack that cannot be divided. */
export const HandedOver = z
  .int()
  .positive()
  .meta({ id: 'HandedOver', description: 'A whole number of the smallest unit' });

export const PrescriptionId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'PrescriptionId', description: 'ULID', examples: ['01KAGZ5V9YV1Q5T1M0E9J7R2CD'] });

export const PrescriptionLine = z.object({
  line: z.int().positive(),
  medicine: MedicineCode,
  class: MedicineClass,
  unit: Unit,
  dosage: Dosage,
  quantity: Quantity,
  /** Can pass `quantity` by less than one pack, where no pack can be divided. */
  dispensed: z.int().nonnegative(),
  substitutionAllowed: z.boolean(),
});
export type PrescriptionLine = z.infer<typeof PrescriptionLine>;

const Claim = z.object({ site: SiteId, person: PersonId, until: Instant });
const Cancel = z.object({ reason: z.string(), at: Instant, person: PersonId });

/** What the table keeps. `status` is what the last change left; read it through `statusAt`. */
export const Prescription = z.object({
  id: PrescriptionId,
  number: z.string(),
  status: z.enum(['active', 'partially-dispensed', 'completed', 'cancelled']),
  version: z.int().positive(),
  prescriber: PersonId,
  clinic: SiteId,
  patient: z.string(),
  issuedAt: Instant,
  validUntil: Instant,
  policy: z.int(),
  lines: z.array(PrescriptionLine).min(1),
  /** A claim that ran out needs no write: it counts only until its `until`. */
  claim: Claim.exactOptional(),
  /** While a claim is live this is a request; when the claim ends it holds. */
  cancel: Cancel.exactOptional(),
  /** How many dispenses were recorded, undone ones included: the last n of an id. */
  dispenses: z.int().nonnegative(),
  /**
   * Each field encrypted under the patient's key: name, birth date, sex, weight, diagnosis as they were at issue, and
   * the code, which carries initials and birth year.
   */
  sealed: z.record(z.string(), z.string()),
});
export type Prescription = z.infer<typeof Prescription>;

const isLive = (p: Prescription, now: number): boolean => p.claim !== undefined && now < Date.parse(p.claim.until);

/** The claim that counts at `now`, if any. */
export const liveClaim = (p: Prescription, now: number): Prescription['claim'] =>
  isLive(p, now) ? p.claim : undefined;

/** True while a cancellation waits for the pharmacy that holds the claim. */
export const cancelRequested = (p: Prescription, now: number): boolean =>
  p.cancel !== undefined && p.status !== 'cancelled' && isLive(p, now) && now < Date.parse(p.validUntil);

/** The status at `now` (milliseconds): the stored one after what the clock alone has changed. */
export const statusAt = (p: Prescription, now: number): Exclude<PrescriptionStatus, 'draft'> => {
  if (p.status === 'completed' || p.status === 'cancelled') return p.status;
  const started = p.status === 'partially-dispensed';
  if (p.cancel && !isLive(p, Math.min(now, Date.parse(p.validUntil) - 1))) return 'cancelled';
  if (now >= Date.parse(p.validUntil)) return started ? 'completed' : 'expired';
  return isLive(p, now) ? 'claimed' : p.status;
};

/** What became of one line, given the prescription's own status. */
export const lineStatusAt = (line: PrescriptionLine, status: PrescriptionStatus, lapsed: boolean): LineStatus => {
  if (line.dispensed >= line.quantity) return 'dispensed';
  if (status === 'cancelled') return 'cancelled';
  if (lapsed || status === 'expired') return 'expired';
  return line.dispensed > 0 ? 'partially-dispensed' : 'to-dispense';
};

const closed = {
  completed: 'prescription-completed',
  cancelled: 'prescription-cancelled',
  expired: 'prescription-expired',
} as const;

/** Refuses a prescription that is closed at `now`. */
const requireOpen = (p: Prescription, now: number): OpenStatus => {
  const status = statusAt(p, now);
  // the rest of a started prescription lapses with its validity: nothing of it was refused for being dispensed
  if (status === 'completed' && p.status !== 'completed') throw new Refusal('prescription-expired');
  if (!isOpen(status)) throw new Refusal(closed[status]);
  return status;
};

const requireNotClaimedElsewhere = (p: Prescription, site: string, now: number): void => {
  const claim = liveClaim(p, now);
  if (claim && claim.site !== site) throw new Refusal('claimed-elsewhere', { until: claim.until });
};

const without = <T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = object;
  return rest;
};

/**
 * One pharmacy takes the prescription for the policy's claim time; claiming again renews it.
 * @throws Refusal `prescription-*`, `claimed-elsewhere`, `cancel-requested`
 */
export const claim = (p: Prescription, actor: Actor, policy: Policy, now: number): Prescription => {
  requireOpen(p, now);
  requireNotClaimedElsewhere(p, actor.site, now);
  if (cancelRequested(p, now)) throw new Refusal('cancel-requested');
  const until = instant(Math.min(now + policy.claimMinutes * 60_000, Date.parse(p.validUntil)));
  return { ...p, version: p.version + 1, claim: { site: actor.site, person: actor.person, until } };
};

/**
 * The claim is given back; a cancellation that waited for it takes effect.
 * @throws Refusal `not-claimed`, `claimed-elsewhere`, `prescription-*`
 */
export const release = (p: Prescription, actor: Actor, now: number): Prescription => {
  requireOpen(p, now);
  requireNotClaimedElsewhere(p, actor.site, now);
  if (!liveClaim(p, now)) throw new Refusal('not-claimed');
  return { ...without(p, 'claim'), version: p.version + 1, status: p.cancel ? 'cancelled' : p.status };
};

/**
 * The prescriber cancels what is still to be dispensed. Under a live claim it becomes a request that holds when the
 * claim ends, because the medicine may already be on the counter.
 * @throws Refusal `prescription-*`, `cancel-requested`
 */
export const cancel = (p: Prescription, actor: Actor, reason: string, now: number): Prescription => {
  const status = requireOpen(p, now);
  if (p.cancel) throw new Refusal('cancel-requested');
  const next = { ...p, version: p.version + 1, cancel: { reason, at: instant(now), person: actor.person } };
  return status === 'claimed' ? next : { ...without(next, 'claim'), status: 'cancelled' };
};

/** What one dispense hands over of one line, in units. */
export interface LineHandOver {
  readonly line: number;
  readonly quantity: number;
}

/** The line, or a refusal that points at its place in the request. */
export const lineOf = (p: Prescription, line: number, pointer: string): PrescriptionLine => {
  const found = p.lines.find((l) => l.line === line);
  if (!found) throw refuseAt('line-unknown', pointer, { line });
  return found;
};

/**
 * Refuses a dispense that the prescription does not allow now, before stock is looked at: closed, claimed elsewhere,
 * a cancellation asked for, a line that is not there or twice, more than is owed.
 * @throws Refusal `prescription-*`, `claimed-elsewhere`, `cancel-requested`, `line-unknown`, `already-dispensed`, `quantity-over-owed`
 */
export const requireDispensable = (
  p: Prescription,
  actor: Actor,
  wanted: readonly LineHandOver[],
  now: number,
): void => {
  requireOpen(p, now);
  requireNotClaimedElsewhere(p, actor.site, now);
  if (cancelRequested(p, now)) throw new Refusal('cancel-requested');
  const seen = new Set<number>();
  for (const [i, { line, quantity }] of wanted.entries()) {
    const found = lineOf(p, line, `/lines/${i}/line`);
    if (seen.has(line)) throw refuseAt('line-unknown', `/lines/${i}/line`, { line });
    seen.add(line);
    const owed = found.quantity - found.dispensed;
    if (owed <= 0) throw refuseAt('already-dispensed', `/lines/${i}/line`, { line });
    if (quantity > owed) throw refuseAt('quantity-over-owed', `/lines/${i}/quantity`, { line, owed });
  }
};

const isComplete = (lines: readonly PrescriptionLine[]): boolean => lines.every((l) => l.dispensed >= l.quantity);

/** Records what was handed over; call `requireDispensable` first with what was asked for. Drops the claim. */
export const dispense = (p: Prescription, handedOver: readonly LineHandOver[]): Prescription => {
  const lines = p.lines.map((l) => {
    const given = handedOver.find((h) => h.line === l.line);
    return given ? { ...l, dispensed: l.dispensed + given.quantity } : l;
  });
  return {
    ...without(p, 'claim'),
    version: p.version + 1,
    lines,
    dispenses: p.dispenses + 1,
    status: isComplete(lines) ? 'completed' : 'partially-dispensed',
  };
};

/**
 * Takes one dispense back: states follow from the dispenses that remain, never past a cancellation. Whether it is in
 * time and of the own site is the dispense's rule (`dispense.ts`).
 */
export const undo = (p: Prescription, handedOver: readonly LineHandOver[]): Prescription => {
  const lines = p.lines.map((l) => {
    const given = handedOver.find((h) => h.line === l.line);
    return given ? { ...l, dispensed: l.dispensed - given.quantity } : l;
  });
  const open = lines.some((l) => l.dispensed > 0) ? 'partially-dispensed' : 'active';
  return { ...p, version: p.version + 1, lines, status: p.status === 'cancelled' ? 'cancelled' : open };
};
