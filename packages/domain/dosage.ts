/**
 * Coded dosage: the one form in which a dose is stored, signed and read back as a sentence in any language.
 */
import * as z from 'zod';
import { Route, Unit } from './medicine.ts';

export const whens = ['morning', 'noon', 'evening', 'night', 'before-meal', 'with-meal', 'after-meal'] as const;
export const When = z.enum(whens).meta({ id: 'When' });
export type When = z.infer<typeof When>;

const thousandths = (value: number): boolean =>
  Number.isInteger(Math.round(value * 1000)) && Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6;

export const Dosage = z
  .object({
    amount: z.number().positive().max(10_000).refine(thousandths, 'at most three decimals'),
    unit: Unit,
    timesPerDay: z.int().min(1).max(24).exactOptional(),
    everyHours: z.int().min(1).max(168).exactOptional(),
    days: z.int().min(1).max(365),
    when: z.array(When).max(4).exactOptional(),
    asNeeded: z.boolean().exactOptional(),
    /** The most of `unit` in 24 hours; required where `asNeeded` is set. */
    maxPerDay: z.number().positive().max(100_000).refine(thousandths, 'at most three decimals').exactOptional(),
    route: Route,
  })
  .refine((d) => (d.timesPerDay === undefined) !== (d.everyHours === undefined), {
    message: 'exactly one of timesPerDay and everyHours',
    path: ['timesPerDay'],
  })
  .refine((d) => !d.asNeeded || d.maxPerDay !== undefined, { message: 'needed with asNeeded', path: ['maxPerDay'] })
  .refine((d) => !d.when || new Set(d.when).size === d.when.length, { message: 'no repeats', path: ['when'] })
  .meta({
    id: 'Dosage',
    description: 'How a medicine is taken, coded; amounts have at most three decimals',
    examples: [{ amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' }],
  });
export type Dosage = z.infer<typeof Dosage>;

/** The units in which a dose of a medicine can be said, by the unit in which the medicine is counted. */
export const doseUnits: Readonly<Record<Unit, readonly Unit[]>> = {
  tablet: ['tablet'],
  capsule: ['capsule'],
  ml: ['ml', 'drop', 'dose'],
  dose: ['dose'],
  ampoule: ['ampoule', 'ml'],
  vial: ['vial', 'ml', 'dose'],
  suppository: ['suppository'],
  sachet: ['sachet'],
  patch: ['patch'],
  g: ['g', 'dose'],
  drop: ['drop', 'ml'],
  pen: ['pen', 'dose'],
  piece: ['piece', 'dose'],
};

/**
 * Units that the whole course takes, rounded up; undefined where the dose is only "as needed" or counted in another
 * unit than the medicine (drops of a solution in ml), so that the prescriber must give the quantity.
 */
export const courseQuantity = (dosage: Dosage, unit: Unit): number | undefined => {
  if (dosage.asNeeded || dosage.unit !== unit) return undefined;
  const amountThousandths = Math.round(dosage.amount * 1000);
  const doses =
    dosage.timesPerDay === undefined
      ? Math.ceil((dosage.days * 24) / (dosage.everyHours as number))
      : dosage.timesPerDay * dosage.days;
  return Math.ceil((amountThousandths * doses) / 1000);
};
