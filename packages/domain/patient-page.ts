/** What a patient is shown of the own prescription without an account: nothing of who the patient is. */
import * as z from 'zod';
import { Role } from './actor.ts';
import { Dosage } from './dosage.ts';
import { Medicine, MedicineCode, Unit } from './medicine.ts';
import { Brand, LineStatus, NonDispenseReason, PrescriptionStatus, Quantity } from './prescription.ts';
import { RepeatView } from './repeat.ts';
import { Region } from './standing.ts';
import { Day, Instant } from './time.ts';

/** How often a birth date may be wrong before a counter has to open the page again. */
export const pageTries = 5;

/** Whether the page is closed until a counter opens it. A try counts before it is judged, so that many at once gain nothing. */
export const isPageLocked = (failures: number): boolean => failures >= pageTries;

const PageMedicine = z
  .object({
    line: z.int(),
    medicine: MedicineCode,
    /** As the formulary names it in each language; absent where it has left the formulary. */
    name: Medicine.pick({ inn: true, innRu: true, innUz: true, strength: true, form: true }).exactOptional(),
    unit: Unit,
    dosage: Dosage,
    quantity: Quantity,
    dispensed: z.int(),
    status: LineStatus,
    brand: Brand.exactOptional(),
    /** Pharmacies that hold a controlled medicine are told to nobody. */
    controlled: z.boolean(),
    owed: z.object({ site: z.string(), on: Day }).exactOptional(),
    notDispensed: z.object({ site: z.string(), reason: NonDispenseReason }).exactOptional(),
  })
  .meta({ id: 'PageMedicine', description: 'One medicine; sites are named as people know them' });

export const PatientPage = z
  .object({
    number: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    clinic: z.string(),
    region: Region,
    prescriber: z.string(),
    medicines: z.array(PageMedicine),
    repeat: RepeatView.exactOptional(),
    /** Nothing is handed over before. */
    opensAt: Instant.exactOptional(),
    dispenses: z.array(
      z.object({
        at: Instant,
        site: z.string(),
        lines: z.array(z.object({ line: z.int(), quantity: z.int(), brands: z.array(z.string()) })),
        undone: z.boolean(),
      }),
    ),
    /** Who looked at it, newest first; without a role it was opened by this very page. */
    looks: z.array(z.object({ at: Instant, role: Role.exactOptional(), site: z.string().exactOptional() })),
  })
  .meta({ id: 'PatientPage', description: 'A prescription for its patient; names no patient' });

/** Where medicines can be had: sites that hold some now, without how much. */
export const Holders = z
  .object({
    medicine: MedicineCode,
    pharmacies: z.array(z.object({ name: z.string(), address: z.string().exactOptional() })),
  })
  .meta({ id: 'Holders' });
