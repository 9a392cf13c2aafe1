/** How a prescription is shown: to the clinic that issued it, to a pharmacy, to an auditor. */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { ControlledProof, DispensedLine, NotDispensed } from './dispense.ts';
import { Dosage } from './dosage.ts';
import { MedicineClass, MedicineCode, Unit } from './medicine.ts';
import { Brand, LineStatus, NonDispenseReason, PrescriptionId, PrescriptionStatus, Quantity } from './prescription.ts';
import { RepeatView } from './repeat.ts';
import { Licence } from './standing.ts';
import { Day, Instant } from './time.ts';

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
    brand: Brand.exactOptional(),
    /** The last time a pharmacy said why it hands nothing over. */
    notDispensed: z.object({ reason: NonDispenseReason, closed: z.boolean(), site: SiteId }).exactOptional(),
    /** The rest is promised by a pharmacy for a day. */
    owed: z.object({ site: SiteId, on: Day }).exactOptional(),
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
    repeat: RepeatView.exactOptional(),
    /** Nothing is handed over before: the window of the next issue. */
    opensAt: Instant.exactOptional(),
    /** Entered from a paper that the prescriber wrote in an outage. */
    paper: z.object({ writtenOn: Day, person: PersonId, site: SiteId }).exactOptional(),
    /** Dispenses that stand or were undone, oldest first; `undoableUntil` only where the caller's site may undo it now. */
    dispenses: z.array(
      z.object({
        id: z.string(),
        site: SiteId,
        at: Instant,
        lines: z.array(DispensedLine),
        notDispensed: z.array(NotDispensed).exactOptional(),
        issue: z.int().exactOptional(),
        controlled: ControlledProof.exactOptional(),
        undone: z.boolean(),
        undoableUntil: Instant.exactOptional(),
      }),
    ),
    /** Only for the clinic that issued it. */
    code: z.string().exactOptional(),
    /** For the clinic that issued it, and for a pharmacy through a look-up: what a person's document is compared with. */
    patient: z
      .object({
        fullName: z.string(),
        birthDate: z.string(),
        sex: z.string(),
        /** For the clinic that issued it alone: the paper has to name the document. */
        pinfl: z.string().exactOptional(),
        passport: z.string().exactOptional(),
      })
      .exactOptional(),
    /** Only for the clinic that issued it, as all that follows. */
    diagnosis: z.object({ icd10: Icd10 }).exactOptional(),
    boardDecision: z.string().exactOptional(),
    prescriberLicence: Licence.exactOptional(),
    clinicLicence: z.string().exactOptional(),
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

/** For the prescriber: what became of it. */
export const OwnPrescription = PrescriptionSummary.extend({
  lines: z.array(
    LineView.pick({
      medicine: true,
      quantity: true,
      dispensed: true,
      unit: true,
      status: true,
      notDispensed: true,
      owed: true,
    }),
  ),
  cancelRequested: z.boolean(),
  controlled: z.boolean(),
  repeat: RepeatView.exactOptional(),
  opensAt: Instant.exactOptional(),
  /** Pharmacies that handed something over and did not take it back. */
  servedAt: z.array(z.object({ site: SiteId, name: z.string() })),
}).meta({ id: 'OwnPrescription', description: 'A prescription of the own, with what became of it' });

export const Transition = z
  .object({
    id: PrescriptionId,
    status: PrescriptionStatus,
    cancelRequested: z.boolean(),
    claimedUntil: Instant.exactOptional(),
  })
  .meta({ id: 'PrescriptionState', description: 'What a change left' });
