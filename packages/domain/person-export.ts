/** What Darmon holds about a patient, or about a member of staff, as one file for that person. */
import * as z from 'zod';
import { Role, SiteId } from './actor.ts';
import { Dosage } from './dosage.ts';
import { Event, EventType } from './event.ts';
import { PatientRecord } from './patient-record.ts';
import { HandedOver, PrescriptionId, PrescriptionStatus } from './prescription.ts';
import { Person } from './standing.ts';
import { Template } from './template.ts';
import { Day, Instant } from './time.ts';

/** Events that are somebody's look at a patient. */
export const lookTypes = [
  'patient-looked-up',
  'patient-history-read',
  'prescription-looked-up',
  'page-opened',
  'data-exported',
] as const satisfies readonly EventType[];

export const PatientExport = z
  .object({
    madeAt: Instant,
    patient: PatientRecord,
    prescriptions: z.array(
      z.object({
        id: PrescriptionId,
        number: z.string(),
        status: PrescriptionStatus,
        issuedAt: Instant,
        validUntil: Instant,
        clinic: z.string(),
        prescriber: z.string(),
        /** As it stood at issue, such as name, diagnosis and why warnings were passed; empty after its time. */
        personal: z.record(z.string(), z.string()),
        lines: z.array(
          z.object({
            line: z.int(),
            medicine: z.string(),
            name: z.string(),
            dosage: Dosage,
            unit: z.string(),
            quantity: z.int(),
            dispensed: z.int(),
          }),
        ),
        dispenses: z.array(
          z.object({
            at: Instant,
            site: z.string(),
            undone: z.boolean(),
            /** Who collected a controlled medicine, where it was not the patient. */
            collector: z.record(z.string(), z.string()),
            lines: z.array(
              z.object({ line: z.int(), medicine: z.string(), quantity: HandedOver, lots: z.array(z.string()) }),
            ),
          }),
        ),
        /** A paper's picture is kept; it is handed out at the pharmacy that entered it. */
        picture: z.boolean(),
      }),
    ),
    /** Who looked, in which role and where, when and why; colleagues are not named, as on the patient's own page. */
    looks: z.array(
      z.object({
        at: Instant,
        type: EventType,
        role: Role.exactOptional(),
        site: SiteId,
        siteName: z.string(),
        reason: z.string().exactOptional(),
      }),
    ),
    /** Praise and complaints that came with a receipt of this patient; their words are opened by auditors alone. */
    feedback: z.array(z.object({ id: z.string(), at: Instant, site: SiteId, kind: z.string() })),
    /** A FHIR R4 Bundle of what has an honest place there. */
    fhir: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'PatientExport', description: 'Everything that is held about a patient' });

export const StaffExport = z
  .object({
    madeAt: Instant,
    from: Day,
    to: Day,
    person: Person,
    templates: z.array(Template),
    drafts: z.int(),
    /** What was recorded about the account, and looks of theirs that found nobody. */
    account: z.array(Event),
    /** What the person did on these days at the site where the account belongs. */
    deeds: z.array(Event),
  })
  .meta({ id: 'StaffExport', description: 'What is held about a member of staff' });
