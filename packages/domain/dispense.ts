/** One hand-over at a counter: what it was, and when it may still be taken back. Immutable but for its undo. */
import * as z from 'zod';
import { type Actor, PersonId, SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Passport, Pinfl } from './patient.ts';
import type { Policy } from './policy.ts';
import { Brand, HandedOver, NonDispenseReason, type Outcome, PrescriptionStatus } from './prescription.ts';
import { Refusal } from './refusal.ts';
import { Lot } from './stock.ts';
import { Day, Instant, instant } from './time.ts';

export const DispenseId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[1-9]\d{0,3}$/)
  .meta({ id: 'DispenseId', description: '<prescription id>.<n>', examples: ['01KAGZ5V9YV1Q5T1M0E9J7R2CD.1'] });

/** A scanned pack that units came from. A pack that was opened keeps its serial until it is empty. */
const DispensedSerial = z.object({ serial: z.string().max(20), units: HandedOver }).meta({ id: 'DispensedSerial' });

export const DispensedLot = z
  .object({
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    quantity: HandedOver,
    serials: z.array(DispensedSerial).exactOptional(),
  })
  .meta({ id: 'DispensedLot' });
export type DispensedLot = z.infer<typeof DispensedLot>;

/** Another brand than the prescribed one was handed over; both as the formulary names them. */
const Substitution = z.object({ from: Brand, to: Brand }).meta({ id: 'Substitution' });

/** Who collected a controlled medicine, and by which kind of document; the number itself is sealed. */
export const ControlledProof = z
  .object({
    witness: PersonId,
    document: z.enum(['pinfl', 'passport']),
    collector: z.enum(['patient', 'other']),
  })
  .meta({ id: 'ControlledProof' });
export type ControlledProof = z.infer<typeof ControlledProof>;

const collector = z.enum(['patient', 'other']).exactOptional();
/** The document that a pharmacist read before handing over a controlled medicine. The patient collects unless told. */
export const IdentityChecked = z
  .union([z.strictObject({ pinfl: Pinfl, collector }), z.strictObject({ passport: Passport, collector })])
  .meta({ id: 'IdentityChecked', description: 'The document shown by who collects a controlled medicine' });
export type IdentityChecked = z.infer<typeof IdentityChecked>;

/** What was handed over of one line. */
export const DispensedLine = z
  .object({
    line: z.int(),
    quantity: HandedOver,
    lots: z.array(DispensedLot),
    /** Why another lot than the first expiring was taken. */
    reason: z.string().exactOptional(),
    substitution: Substitution.exactOptional(),
    /** The rest of the line is promised for this day. */
    owedOn: Day.exactOptional(),
    /** Of a controlled medicine: what the register says is left at the site. */
    balance: z.int().nonnegative().exactOptional(),
  })
  .meta({ id: 'DispensedLine' });

/** Why nothing was handed over of one line. */
export const NotDispensed = z
  .object({
    line: z.int(),
    reason: NonDispenseReason,
    note: z.string().exactOptional(),
    owedOn: Day.exactOptional(),
  })
  .meta({ id: 'NotDispensed' });

export const Dispense = z.object({
  id: DispenseId,
  prescription: z.string(),
  n: z.int().positive(),
  site: SiteId,
  person: PersonId,
  at: Instant,
  /** The prescription's status that this dispense left. */
  status: PrescriptionStatus,
  lines: z.array(DispensedLine.extend({ medicine: MedicineCode })),
  notDispensed: z.array(NotDispensed).exactOptional(),
  /** Of a repeat: which issue it served. */
  issue: z.int().exactOptional(),
  controlled: ControlledProof.exactOptional(),
  /** Makes the receipt's feedback code hard to guess. */
  receiptSecret: z.string().exactOptional(),
  /** What only the patient's key opens, such as the collector's document. */
  sealed: z.record(z.string(), z.string()).exactOptional(),
  undone: z.object({ at: Instant, person: PersonId, reason: z.string() }).exactOptional(),
  /** Units that the patient brought back in a recall; such a dispense can no longer be taken back whole. */
  returned: z.int().positive().exactOptional(),
});
export type Dispense = z.infer<typeof Dispense>;

/** A dispense as the prescription's rules see it. */
export const outcomeOf = (d: Dispense): Outcome => ({
  n: d.n,
  site: d.site,
  issue: d.issue,
  lines: [
    ...d.lines.map(({ line, quantity, owedOn }) => ({ line, quantity, ...(owedOn !== undefined && { owedOn }) })),
    ...(d.notDispensed ?? []).map(({ line, reason, owedOn }) => ({
      line,
      notDispensed: reason,
      ...(owedOn !== undefined && { owedOn }),
    })),
  ],
});

/** The last instant at which a dispense may be taken back, in milliseconds. */
const undoneBy = (d: Dispense, policy: Policy): number => Date.parse(d.at) + policy.undoHours * 3_600_000;

/** Until when a site may take a dispense back; nothing where it may not, or not any more. */
export const undoableUntil = (d: Dispense, site: string, policy: Policy, now: number): string | undefined =>
  !d.undone && !d.returned && d.site === site && now <= undoneBy(d, policy) ? instant(undoneBy(d, policy)) : undefined;

/**
 * Refuses an undo that is too late (policy), repeated, or of another site (which is told that nothing is there).
 * @throws Refusal `not-found`, `already-undone`, `units-returned`, `undo-too-late`
 */
export const requireUndoable = (d: Dispense, actor: Actor, policy: Policy, now: number): void => {
  if (d.site !== actor.site) throw new Refusal('not-found');
  if (d.undone) throw new Refusal('already-undone');
  if (d.returned) throw new Refusal('units-returned', { quantity: d.returned });
  if (now > undoneBy(d, policy)) throw new Refusal('undo-too-late', { hours: policy.undoHours });
};
