/** One prescription as a patient's history shows it: what was prescribed, and what was really handed over. */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { HandedOver, PrescriptionId, PrescriptionStatus } from './prescription.ts';
import { Icd10, LineView } from './prescription-view.ts';
import { Day, Instant } from './time.ts';

export const PatientHistoryItem = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    clinic: SiteId,
    clinicName: z.string(),
    /** The reader's clinic issued it, so it can be opened, renewed and copied. */
    own: z.boolean(),
    /** Of a repeat: the lines of the current issue. */
    lines: z.array(LineView),
    /** Hand-overs that stand, oldest first. */
    served: z.array(
      z.object({
        site: SiteId,
        siteName: z.string(),
        day: Day,
        lines: z.array(z.object({ line: z.int(), quantity: HandedOver, brands: z.array(z.string()) })),
      }),
    ),
    /** Only for the clinic that made it. */
    diagnosis: z.object({ icd10: Icd10 }).exactOptional(),
  })
  .meta({ id: 'PatientHistoryItem' });
