/**
 * Rules that a ministry can change, as data: versions that begin at an instant and are never edited. A version is saved
 * at least a minute before it begins, so that every function has read it by then and none decides by the one before.
 */
import * as z from 'zod';
import { Analysis, firstAnalysis } from './analysis.ts';
import { type MedicineClass, medicineClasses, Storage } from './medicine.ts';
import { MarkUps } from './price-control.ts';
import { firstProcurement, Procurement } from './procurement-rules.ts';
import { refuseAt } from './refusal.ts';
import { firstRetention, Retention, requireRetention } from './retention.ts';
import { Instant, instant } from './time.ts';

/** Degrees Celsius, in tenths at the finest. */
const Degrees = z.number().min(-90).max(60).multipleOf(0.1);
const Days = z.int().min(1).max(366);

export const ClassRule = z
  .object({
    validityDays: Days,
    /** Never prescribed to an outpatient. */
    forbidden: z.boolean(),
    /** Stands on a prescription of its own. */
    alone: z.boolean(),
    /** The longest course of one prescription. */
    maxDays: Days.exactOptional(),
    /** May be prescribed by brand, not by INN only. */
    brand: z.boolean(),
    /** Another brand of the same INN, strength and form may be handed over, unless the prescriber forbids it. */
    substitution: z.boolean(),
  })
  .meta({ id: 'ClassRule', description: 'What holds for one class of medicines' });
export type ClassRule = z.infer<typeof ClassRule>;

const Money = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const rules = {
  maxLines: z.int().min(1).max(20),
  /** With the number of a medical board's decision. */
  maxLinesWithDecision: z.int().min(1).max(20),
  classes: z.object(
    Object.fromEntries(medicineClasses.map((c) => [c, ClassRule])) as Record<MedicineClass, typeof ClassRule>,
  ),
  reimbursed: z.object({ validityDays: Days, brand: z.boolean() }),
  /** Repeats for a chronic disease; by the beginning of an ATC code, the longest beginning counts. */
  chronic: z.object({
    validityDays: Days,
    byAtc: z.record(z.string().regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/), Days),
    maxIssues: z.int().min(2).max(12),
  }),
  /** Orphan medicines may be prescribed without being registered. */
  orphanUnregistered: z.boolean(),
  claimMinutes: z.int().min(1).max(1_440),
  undoHours: z.int().min(1).max(720),
  /** How many days back a paper prescription of an outage may have been written. */
  paperDays: z.int().min(1).max(60),
  /** How many complaints tied to a dispense of one lot raise a signal. */
  feedbackSignal: z.int().min(1).max(100),
  warehouse: z.object({
    /** How many days back an entry of stock may be dated, with a reason. */
    backdateDays: z.int().min(0).max(31),
    /** For how long whoever entered a movement may take it back alone. */
    reversalHours: z.int().min(0).max(720),
    /** A write-off worth more, in tiyin, needs a third signature. */
    thirdSignatureValue: z.int().min(0),
    /** A count that differs from the book by more is counted again. */
    countTolerance: z.object({ percent: z.number().min(0).max(100), value: z.int().min(0) }),
    /** Degrees Celsius, from and to, in which a medicine may lie. */
    storage: z.record(Storage, z.object({ from: Degrees, to: Degrees })),
    /** Without a dispense for so many days, a lot moves slowly. */
    slowMoverDays: z.int().min(7).max(730),
    /** Stock for fewer days than this will run out before long. */
    lowStockDays: z.int().min(1).max(180),
  }),
  requisitions: z.object({
    /** Up to so many tiyin one person of this role approves alone; above the highest two do. */
    limits: z.object({ approver: Money, chief: Money }),
  }),
  orders: z.object({
    /** So many percent more than was approved may be ordered for a requisition, since prices move meanwhile. */
    abovePercent: z.number().min(0).max(100).multipleOf(0.1),
  }),
  markUps: MarkUps,
  procurement: Procurement,
  retention: Retention,
  analysis: Analysis,
  closing: z.object({
    /** The schedule closes a month when this day of the next one begins, so that there is time for what comes late. */
    freezeDay: z.int().min(2).max(20),
  }),
};

export const Policy = z
  .object({ version: z.int().positive(), from: Instant, ...rules })
  .meta({ id: 'Policy', description: 'Rules that the ministry can change; the version holds from its instant on' });
export type Policy = z.infer<typeof Policy>;

/** What an administrator saves; without `from` it begins as soon as it may. */
export const PolicyFields = z
  .object({ from: Instant.exactOptional(), ...rules })
  .meta({ id: 'PolicyFields', description: 'A new version of the rules' });
export type PolicyFields = z.infer<typeof PolicyFields>;

const ordinary: ClassRule = { validityDays: 30, forbidden: false, alone: false, brand: false, substitution: true };

/**
 * The policy that holds until an administrator records another: Resolution 570 and, where it is silent, 30 days. A
 * narcotic stands alone and for a week at most.
 */
export const firstPolicy: Policy = {
  version: 1,
  from: '2020-01-01T00:00:00.000Z',
  maxLines: 5,
  maxLinesWithDecision: 20,
  classes: {
    otc: ordinary,
    rx: ordinary,
    potent: { ...ordinary, brand: true },
    psychotropic: { ...ordinary, brand: true },
    narcotic: { ...ordinary, alone: true, maxDays: 7 },
    anaesthetic: { ...ordinary, forbidden: true },
  },
  reimbursed: { validityDays: 30, brand: true },
  chronic: { validityDays: 90, byAtc: { A14A: 60 }, maxIssues: 12 },
  orphanUnregistered: true,
  claimMinutes: 30,
  undoHours: 24,
  paperDays: 7,
  feedbackSignal: 3,
  warehouse: {
    backdateDays: 5,
    reversalHours: 24,
    thirdSignatureValue: 1_000_000_000,
    countTolerance: { percent: 2, value: 5_000_000 },
    storage: {
      room: { from: 15, to: 25 },
      cool: { from: 8, to: 15 },
      cold: { from: 2, to: 8 },
      frozen: { from: -25, to: -15 },
    },
    slowMoverDays: 90,
    lowStockDays: 14,
  },
  requisitions: { limits: { approver: 10_000_000_000, chief: 100_000_000_000 } },
  orders: { abovePercent: 5 },
  markUps: { wholesalePercent: 15, retailPercent: 20 },
  procurement: firstProcurement,
  retention: firstRetention,
  analysis: firstAnalysis,
  closing: { freezeDay: 3 },
};

/** Functions know the policy of at most five seconds ago; a minute is more than any of them needs. */
export const policyLeadMs = 60_000;

/** The version that holds at `now`: the newest of those that have begun; the first policy where none has. */
export const policyAt = (versions: readonly Policy[], now: number): Policy =>
  versions
    .filter((p) => Date.parse(p.from) <= now)
    .reduce((newest, p) => (p.version >= newest.version ? p : newest), firstPolicy);

/** Those that may still count: what holds at `now`, and what begins later. */
export const livePolicies = (versions: readonly Policy[], now: number): Policy[] => {
  const current = policyAt(versions, now);
  return [current, ...versions.filter((p) => p.version > current.version)];
};

/**
 * The next version, as it is stored.
 * @throws Refusal `policy-invalid` where it would begin before everybody has read it, or its numbers contradict each other
 */
export const nextPolicy = (last: number, wanted: PolicyFields, now: number): Policy => {
  const earliest = now + policyLeadMs;
  const { from = instant(earliest), ...fields } = wanted;
  if (wanted.from !== undefined && Date.parse(from) < earliest)
    throw refuseAt('policy-invalid', '/from', { from: instant(earliest) });
  if (fields.maxLinesWithDecision < fields.maxLines)
    throw refuseAt('policy-invalid', '/maxLinesWithDecision', { max: fields.maxLines });
  for (const [storage, { from: coldest, to: warmest }] of Object.entries(fields.warehouse.storage))
    if (coldest >= warmest) throw refuseAt('policy-invalid', `/warehouse/storage/${storage}/to`, { min: coldest });
  const { approver, chief } = fields.requisitions.limits;
  if (chief < approver) throw refuseAt('policy-invalid', '/requisitions/limits/chief', { min: approver });
  for (const [atc, { minMonths, maxMonths }] of Object.entries(fields.procurement.groups))
    if ((minMonths === undefined) !== (maxMonths === undefined) || (minMonths ?? 0) > (maxMonths ?? 0))
      throw refuseAt('policy-invalid', `/procurement/groups/${atc}/maxMonths`, { min: minMonths ?? 0 });
  requireRetention(fields.retention);
  return { version: last + 1, from, ...fields };
};

/** The longest validity of a chronic prescription of these medicines, by ATC code. */
export const chronicDays = (policy: Policy, atcs: readonly string[]): number =>
  Math.min(
    ...atcs.map((atc) => {
      const beginning = Object.keys(policy.chronic.byAtc)
        .filter((b) => atc.startsWith(b))
        .reduce((longest, b) => (b.length > longest.length ? b : longest), '');
      return policy.chronic.byAtc[beginning] ?? policy.chronic.validityDays;
    }),
  );
