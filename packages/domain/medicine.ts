/**
 * The formulary: one medicine is one INN (or fixed combination) + strength + form. Packs of several makers serve it.
 */
import * as z from 'zod';

/** `anaesthetic` can stand in the formulary, and is never prescribed on an outpatient prescription. */
export const medicineClasses = ['otc', 'rx', 'potent', 'psychotropic', 'narcotic', 'anaesthetic'] as const;
export const MedicineClass = z.enum(medicineClasses).meta({ id: 'MedicineClass' });
export type MedicineClass = z.infer<typeof MedicineClass>;

/** The smallest unit that is counted; every quantity of the medicine is an integer of it. */
export const units = [
  'tablet',
  'capsule',
  'ml',
  'dose',
  'ampoule',
  'vial',
  'suppository',
  'sachet',
  'patch',
  'g',
  'drop',
  'pen',
  'piece',
] as const;
export const Unit = z.enum(units).meta({ id: 'Unit', description: 'The smallest unit that is counted' });
export type Unit = z.infer<typeof Unit>;

const forms = [
  'tablet',
  'tablet-coated',
  'tablet-prolonged',
  'tablet-orodispersible',
  'tablet-sublingual',
  'capsule',
  'capsule-prolonged',
  'solution-oral',
  'suspension-oral',
  'powder-oral',
  'syrup',
  'drops-oral',
  'solution-injection',
  'powder-injection',
  'solution-infusion',
  'ointment',
  'cream',
  'gel',
  'eye-drops',
  'eye-ointment',
  'ear-drops',
  'nasal-spray',
  'nasal-drops',
  'inhaler',
  'inhalation-powder',
  'solution-nebuliser',
  'suppository',
  'pessary',
  'patch',
  'pen-injection',
  'spray-oral',
  'lozenge',
] as const;
export const Form = z.enum(forms).meta({ id: 'Form', description: 'Pharmaceutical form' });
export type Form = z.infer<typeof Form>;

export const routes = [
  'oral',
  'sublingual',
  'buccal',
  'intramuscular',
  'intravenous',
  'subcutaneous',
  'rectal',
  'vaginal',
  'topical',
  'ophthalmic',
  'otic',
  'nasal',
  'inhalation',
  'transdermal',
] as const;
export const Route = z.enum(routes).meta({ id: 'Route', description: 'Route of administration' });
export type Route = z.infer<typeof Route>;

export const MedicineCode = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{1,15}$/)
  .meta({
    id: 'MedicineCode',
    description: 'Formulary code: one INN, strength and form; never reused',
    examples: ['AMOX500CAP'],
  });

export const Gtin = z
  .string()
  .regex(/^\d{14}$/)
  .meta({ id: 'Gtin', description: 'GTIN-14', examples: ['09520000000011'] });

export const Pack = z
  .object({
    gtin: Gtin,
    units: z.int().positive().max(10_000),
    brand: z.string().max(60),
    maker: z.string().max(60),
    /** A pack can be opened in parts of this many units; absent when it is only handed over whole. */
    divisibleBy: z.int().positive().exactOptional(),
  })
  .meta({ id: 'Pack', description: 'A pack of the medicine as it is sold' });
export type Pack = z.infer<typeof Pack>;

/** How warm a medicine may lie; the limits in degrees are policy. */
export const storages = ['room', 'cool', 'cold', 'frozen'] as const;
export const Storage = z.enum(storages).meta({ id: 'Storage', description: 'How warm a medicine may lie' });
export type Storage = z.infer<typeof Storage>;

/** INN in the four scripts that people type: Latin (also for uz-Latn and en) and Cyrillic (ru, uz-Cyrl). */
export const Medicine = z
  .object({
    code: MedicineCode,
    inn: z.string().max(100),
    innRu: z.string().max(100),
    innUz: z.string().max(100),
    atc: z.string().regex(/^[A-Z]\d{2}[A-Z]{2}\d{2}$/),
    form: Form,
    /** As printed, in international notation: "500 mg", "250 mg/5 ml". */
    strength: z.string().max(40),
    class: MedicineClass,
    reimbursed: z.boolean(),
    registered: z.boolean(),
    /** For a rare disease: may be prescribed without being registered, where the policy says so. */
    orphan: z.boolean().exactOptional(),
    unit: Unit,
    routes: z.array(Route).min(1),
    packs: z.array(Pack).min(1).max(20),
    /** Absent for what lies at room temperature. */
    storage: Storage.exactOptional(),
    /** Comes in as quarantined and is released by quality control. */
    qualityRelease: z.boolean().exactOptional(),
  })
  .meta({ id: 'Medicine', description: 'A medicine of the formulary' });
export type Medicine = z.infer<typeof Medicine>;

export const isControlled = (medicineClass: MedicineClass): boolean =>
  medicineClass === 'potent' ||
  medicineClass === 'psychotropic' ||
  medicineClass === 'narcotic' ||
  medicineClass === 'anaesthetic';
