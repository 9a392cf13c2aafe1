/** One hand-over at a counter: what it was, and when it may still be taken back. Immutable but for its undo. */
import * as z from 'zod';
import { type Actor, PersonId, SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { HandedOver, PrescriptionStatus } from './prescription.ts';
import { Refusal } from './refusal.ts';
import type { Policy } from './standing.ts';
import { Lot } from './stock.ts';
import { Day, Instant } from './time.ts';

export const DispenseId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}\.[1-9]\d{0,3}$/)
  .meta({ id: 'DispenseId', description: '<prescription id>.<n>', examples: ['01KAGZ5V9YV1Q5T1M0E9J7R2CD.1'] });

export const DispensedLot = z
  .object({ gtin: Gtin, lot: Lot, expiryDate: Day, quantity: HandedOver })
  .meta({ id: 'DispensedLot' });

export const Dispense = z.object({
  id: DispenseId,
  prescription: z.string(),
  n: z.int().positive(),
  site: SiteId,
  person: PersonId,
  at: Instant,
  /** The prescription's status that this dispense left. */
  status: PrescriptionStatus,
  lines: z.array(
    z.object({
      line: z.int(),
      medicine: MedicineCode,
      quantity: HandedOver,
      lots: z.array(DispensedLot),
      reason: z.string().exactOptional(),
    }),
  ),
  undone: z.object({ at: Instant, person: PersonId, reason: z.string() }).exactOptional(),
});
export type Dispense = z.infer<typeof Dispense>;

/**
 * Refuses an undo that is too late (policy), repeated, or of another site (which is told that nothing is there).
 * @throws Refusal `not-found`, `already-undone`, `undo-too-late`
 */
export const requireUndoable = (d: Dispense, actor: Actor, policy: Policy, now: number): void => {
  if (d.site !== actor.site) throw new Refusal('not-found');
  if (d.undone) throw new Refusal('already-undone');
  if (now > Date.parse(d.at) + policy.undoHours * 3_600_000)
    throw new Refusal('undo-too-late', { hours: policy.undoHours });
};
