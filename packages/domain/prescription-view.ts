/** How a prescription is shown: to the clinic that issued it, to a pharmacy, to an auditor. */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { DispensedLot } from './dispense.ts';
import { Dosage } from './dosage.ts';
import { MedicineClass, MedicineCode, Unit } from './medicine.ts';
import { HandedOver, LineStatus, PrescriptionId, PrescriptionStatus, Quantity } from './prescription.ts';
import { Instant } from './time.ts';

export const Icd10 = z
  .string()
  .regex(/^[A-Z]\d{2}(\.\d{1,2})?$/)
  .meta({ id: 'Icd10', examples: ['J02.9'] });

export const LineView = z
  .object({
    line: z.int(),
    medicine: MedicineCode,
    class: MedicineClass,
    unit: Unit,
    dosage: Dosage,
    quantity: Quantity,
    dispensed: z.int(),
    substitutionAllowed: z.boolean(),
    status: LineStatus,
  })
  .meta({ id: 'PrescriptionLine' });

export const PrescriptionView = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    prescriber: PersonId,
    prescriberName: z.string(),
    clinic: SiteId,
    clinicName: z.string(),
    lines: z.array(LineView),
    /** The live claim, if any. `own` tells whether it is the caller's site. */
    claim: z.object({ site: SiteId, until: Instant, own: z.boolean() }).exactOptional(),
    cancelRequested: z.boolean(),
    /** Dispenses that stand or were undone, oldest first; `undoableUntil` only where the caller's site may undo it now. */
    dispenses: z.array(
      z.object({
        id: z.string(),
        site: SiteId,
        at: Instant,
        lines: z.array(
          z.object({
            line: z.int(),
            quantity: HandedOver,
            /** Why another lot than the first expiring was taken. */
            reason: z.string().exactOptional(),
            lots: z.array(DispensedLot),
          }),
        ),
        undone: z.boolean(),
        undoableUntil: Instant.exactOptional(),
      }),
    ),
    /** Only for the clinic that issued it. */
    code: z.string().exactOptional(),
    /** For the clinic that issued it, and for a pharmacy through a look-up: what a person's document is compared with. */
    patient: z.object({ fullName: z.string(), birthDate: z.string(), sex: z.string() }).exactOptional(),
    /** Only for the clinic that issued it. */
    diagnosis: z.object({ icd10: Icd10 }).exactOptional(),
  })
  .meta({ id: 'Prescription' });

export const PrescriptionSummary = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    lines: z.array(z.object({ medicine: MedicineCode, quantity: Quantity, dispensed: z.int() })),
    patient: z.object({ fullName: z.string(), birthDate: z.string() }).exactOptional(),
  })
  .meta({ id: 'PrescriptionSummary' });

export const Transition = z
  .object({
    id: PrescriptionId,
    status: PrescriptionStatus,
    cancelRequested: z.boolean(),
    claimedUntil: Instant.exactOptional(),
  })
  .meta({ id: 'PrescriptionState', description: 'What a change left' });
