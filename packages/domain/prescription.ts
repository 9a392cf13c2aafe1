/**
 * The prescription's life: (state, command, now) -> state or a refusal. Time passes without anyone writing it down, so
 * a stored status is only a floor; `statusAt` says what it means now, and every decision begins there.
 */
import * as z from 'zod';
import { type Actor, PersonId, SiteId } from './actor.ts';
import { Dosage } from './dosage.ts';
import { MedicineClass, MedicineCode, Unit } from './medicine.ts';
import type { Policy } from './policy.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Repeat, windowAt, windowOf } from './repeat.ts';
import { Day, Instant, instant } from './time.ts';

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

/** Why a line was not handed over, with whether that closes it; the others leave it open for another day or pharmacy. */
export const nonDispenseReasons = {
  'not-required': true,
  'clinically-unsuitable': true,
  'out-of-stock': false,
  'product-unavailable': false,
  'prescription-cancelled': true,
  'patient-refused': true,
  duplicate: true,
  'not-allowed-here': false,
  'illegible-or-wrong': true,
  'not-collected': false,
  other: true,
} as const;
export type NonDispenseReason = keyof typeof nonDispenseReasons;
export const NonDispenseReason = z
  .enum(Object.keys(nonDispenseReasons) as [NonDispenseReason, ...NonDispenseReason[]])
  .meta({ id: 'NonDispenseReason', description: 'Why a line was not handed over' });

/** A brand as the formulary's packs name it. */
export const Brand = z.string().trim().min(1).max(60).meta({ id: 'Brand' });

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
  brand: Brand.exactOptional(),
  /** The last time a pharmacy said why it hands nothing over; `n` is the dispense that says so. */
  notDispensed: z.object({ reason: NonDispenseReason, closed: z.boolean(), site: SiteId, n: z.int() }).exactOptional(),
  /** The rest is promised by a pharmacy for a day. It keeps nobody else from serving it. */
  owed: z.object({ site: SiteId, on: Day, n: z.int() }).exactOptional(),
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
  /** Of a repeat prescription: the lines of the current issue. */
  lines: z.array(PrescriptionLine).min(1),
  repeat: Repeat.exactOptional(),
  /** Nothing is handed over before: the window of the next issue. */
  opensAt: Instant.exactOptional(),
  /** A medical board's decision, where there are more lines than usual. */
  boardDecision: z.string().exactOptional(),
  /** Entered by a pharmacy from a paper that a doctor wrote in an outage: nobody signed it here. */
  paper: z.object({ writtenOn: Day, person: PersonId, site: SiteId }).exactOptional(),
  /** Warnings that the prescriber went past; the reasons are sealed. */
  overridden: z.array(z.string()).exactOptional(),
  /** Which pharmacy each standing dispense was at. */
  served: z.array(z.object({ n: z.int(), site: SiteId })),
  /** Keyed hash of the birth date, which opens the patient's own page. */
  pageMac: z.string().exactOptional(),
  /** A claim that ran out needs no write: it counts only until its `until`. */
  claim: Claim.exactOptional(),
  /** While a claim is live this is a request; when the claim ends it holds. */
  cancel: Cancel.exactOptional(),
  /** How many dispenses were recorded, undone ones included: the last n of an id. */
  dispenses: z.int().nonnegative(),
  /**
   * Each field encrypted under the patient's key: name, birth date, sex, weight, diagnosis as they were at issue, the
   * code, which carries initials and birth year, and why warnings were passed.
   */
  sealed: z.record(z.string(), z.string()),
});
export type Prescription = z.infer<typeof Prescription>;

const isLive = (p: Prescription, now: number): boolean => p.claim !== undefined && now < Date.parse(p.claim.until);

const without = <T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = object;
  return rest;
};

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
  if (line.notDispensed?.closed) return 'not-dispensed';
  if (status === 'cancelled') return 'cancelled';
  if (lapsed || status === 'expired') return 'expired';
  if (line.owed) return 'owed';
  return line.dispensed > 0 ? 'partially-dispensed' : 'to-dispense';
};

/**
 * The prescription with the issue that `now` belongs to: of a repeat, what was left of earlier issues has lapsed. Every
 * decision begins here.
 */
export const asOf = (p: Prescription, now: number): Prescription => {
  if (!p.repeat) return p;
  const current = windowAt(p, p.repeat, now);
  if (current <= p.repeat.current) return p;
  const skipped = Array.from({ length: current - p.repeat.current - 1 }, () => p.lines.map(() => 0));
  const past = [...p.repeat.past, p.lines.map((l) => l.dispensed), ...skipped];
  const lines = p.lines.map((l) => ({ ...without(without(l, 'notDispensed'), 'owed'), dispensed: 0 }));
  return { ...without(p, 'opensAt'), lines, repeat: { ...p.repeat, current, past } };
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

/** Refuses before the window of the next issue. */
const requireWindow = (p: Prescription, now: number): void => {
  if (p.opensAt !== undefined && now < Date.parse(p.opensAt)) throw new Refusal('not-yet-open', { from: p.opensAt });
};

const requireNotClaimedElsewhere = (p: Prescription, site: string, now: number): void => {
  const claim = liveClaim(p, now);
  if (claim && claim.site !== site) throw new Refusal('claimed-elsewhere', { until: claim.until });
};

/**
 * One pharmacy takes the prescription for the policy's claim time; claiming again renews it.
 * @throws Refusal `prescription-*`, `claimed-elsewhere`, `cancel-requested`, `not-yet-open`
 */
export const claim = (stored: Prescription, actor: Actor, policy: Policy, now: number): Prescription => {
  const p = asOf(stored, now);
  requireOpen(p, now);
  requireWindow(p, now);
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

/** What one dispense hands over of one line, in units; `owedOn` promises the rest for a day. */
export interface LineHandOver {
  readonly line: number;
  readonly quantity: number;
  readonly owedOn?: string;
}

/** Why nothing is handed over of one line. */
export interface LineNotDispensed {
  readonly line: number;
  readonly notDispensed: NonDispenseReason;
  readonly owedOn?: string;
}

export type LineOutcome = LineHandOver | LineNotDispensed;

/** A dispense as far as the prescription needs it: its number, where it was, of which issue, and what became of the lines. */
export interface Outcome {
  readonly n: number;
  readonly site: string;
  readonly issue?: number | undefined;
  readonly lines: readonly LineOutcome[];
}

/** The line, or a refusal that points at its place in the request. */
export const lineOf = (p: Prescription, line: number, pointer: string): PrescriptionLine => {
  const found = p.lines.find((l) => l.line === line);
  if (!found) throw refuseAt('line-unknown', pointer, { line });
  return found;
};

/**
 * Refuses a dispense that the prescription does not allow now, before stock is looked at: closed, claimed elsewhere,
 * before its window, a cancellation asked for, a line that is not there, twice or closed, more than is owed.
 * @throws Refusal `prescription-*`, `claimed-elsewhere`, `cancel-requested`, `not-yet-open`, `line-unknown`,
 * `line-repeated`, `already-dispensed`, `line-closed`, `quantity-over-owed`
 */
export const requireDispensable = (
  stored: Prescription,
  actor: Actor,
  wanted: readonly LineOutcome[],
  now: number,
): void => {
  const p = asOf(stored, now);
  requireOpen(p, now);
  requireNotClaimedElsewhere(p, actor.site, now);
  if (cancelRequested(p, now)) throw new Refusal('cancel-requested');
  requireWindow(p, now);
  const seen = new Set<number>();
  for (const [i, outcome] of wanted.entries()) {
    const { line } = outcome;
    const found = lineOf(p, line, `/lines/${i}/line`);
    if (seen.has(line)) throw refuseAt('line-repeated', `/lines/${i}/line`, { line });
    seen.add(line);
    const owed = found.quantity - found.dispensed;
    if (owed <= 0) throw refuseAt('already-dispensed', `/lines/${i}/line`, { line });
    if (found.notDispensed?.closed) throw refuseAt('line-closed', `/lines/${i}/line`, { line });
    if ('quantity' in outcome && outcome.quantity > owed)
      throw refuseAt('quantity-over-owed', `/lines/${i}/quantity`, { line, owed });
  }
};

const isComplete = (lines: readonly PrescriptionLine[]): boolean =>
  lines.every((l) => l.dispensed >= l.quantity || l.notDispensed?.closed === true);

/** One line after one outcome: an earlier promise or reason holds no longer. */
const lineAfter = (l: PrescriptionLine, { n, site, lines }: Outcome): PrescriptionLine => {
  const outcome = lines.find((o) => o.line === l.line);
  if (!outcome) return l;
  const { owed: _owed, notDispensed: _said, ...line } = l;
  const dispensed = l.dispensed + ('quantity' in outcome ? outcome.quantity : 0);
  const reason = 'notDispensed' in outcome ? outcome.notDispensed : undefined;
  const isOwed = outcome.owedOn !== undefined && dispensed < l.quantity;
  return {
    ...line,
    dispensed,
    ...(reason && { notDispensed: { reason, closed: nonDispenseReasons[reason] && !isOwed, site, n } }),
    ...(isOwed && { owed: { site, on: outcome.owedOn, n } }),
  };
};

/** The stored status and the window that lines leave, the prescription being open. */
const standingOf = (p: Prescription): Pick<Prescription, 'status' | 'opensAt'> => {
  const done = isComplete(p.lines);
  const isLast = !p.repeat || p.repeat.current === p.repeat.issues;
  if (done && isLast) return { status: 'completed' };
  const started = [...(p.repeat?.past ?? []), p.lines.map((l) => l.dispensed)].some((ds) => ds.some((d) => d > 0));
  return {
    status: started ? 'partially-dispensed' : 'active',
    ...(done && p.repeat && { opensAt: windowOf(p, p.repeat, p.repeat.current + 1).from }),
  };
};

/** Records what became of lines at a counter; call `requireDispensable` first with what was asked for. Drops the claim. */
export const dispense = (stored: Prescription, outcome: Omit<Outcome, 'n' | 'issue'>, now: number): Prescription => {
  const p = asOf(stored, now);
  const n = p.dispenses + 1;
  const next = {
    ...without(without(p, 'claim'), 'opensAt'),
    version: p.version + 1,
    lines: p.lines.map((l) => lineAfter(l, { ...outcome, n })),
    dispenses: n,
    served: [...p.served, { n, site: outcome.site }],
  };
  return { ...next, ...standingOf(next) };
};

/**
 * Takes dispense `n` back: lines and states are made again from the dispenses that remain, never past a cancellation.
 * Whether it is in time and of the own site is the dispense's rule (`dispense.ts`).
 */
export const undo = (stored: Prescription, n: number, remaining: readonly Outcome[], now: number): Prescription => {
  const p = asOf(stored, now);
  const bare = p.lines.map((l) => ({ ...without(without(l, 'notDispensed'), 'owed'), dispensed: 0 }));
  const linesOf = (issue: number | undefined): PrescriptionLine[] =>
    remaining
      .filter((o) => o.n !== n && o.issue === issue)
      .reduce<PrescriptionLine[]>((lines, o) => lines.map((l) => lineAfter(l, o)), bare);
  const repeat = p.repeat && {
    ...p.repeat,
    past: p.repeat.past.map((_, i) => linesOf(i + 1).map((l) => l.dispensed)),
  };
  const next = {
    ...without(p, 'opensAt'),
    version: p.version + 1,
    lines: linesOf(p.repeat?.current),
    ...(repeat && { repeat }),
    served: p.served.filter((s) => s.n !== n),
  };
  return p.status === 'cancelled' ? next : { ...next, ...standingOf(next) };
};
