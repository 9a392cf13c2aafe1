/** What may be prescribed: from the lines a prescriber asks for to the lines that are signed, or a refusal that points at one. */
import * as z from 'zod';
import { courseQuantity, Dosage, doseUnits, type When } from './dosage.ts';
import { isControlled, type Medicine, MedicineCode } from './medicine.ts';
import type { PatientIdentity } from './patient.ts';
import { parsePinfl } from './pinfl.ts';
import { type ClassRule, chronicDays, type Policy } from './policy.ts';
import { Brand, maxQuantity, type PrescriptionLine, Quantity } from './prescription.ts';
import { Refusal, refuseAt } from './refusal.ts';
import type { RepeatWanted } from './repeat.ts';

/** One medicine as a prescriber asks for it. */
export const IssueLine = z
  .strictObject({
    medicine: MedicineCode,
    dosage: Dosage,
    quantity: Quantity.exactOptional(),
    substitutionAllowed: z.boolean().exactOptional(),
    brand: Brand.exactOptional(),
  })
  .meta({ id: 'IssueLine' });
export type WantedLine = Readonly<z.infer<typeof IssueLine>>;

/** What is asked for beside the lines. */
export interface Wanted {
  readonly lines: readonly WantedLine[];
  readonly repeat?: RepeatWanted;
  /** Number of a medical board's decision that allows more lines. */
  readonly boardDecision?: string;
}

/**
 * Refuses a PINFL that is none, or that contradicts the birth date or sex given beside it.
 * @throws Refusal `pinfl-invalid`, `patient-mismatch`
 */
export const requirePatient = (patient: PatientIdentity, today: string): void => {
  if (patient.birthDate > today) throw refuseAt('patient-mismatch', '/patient/birthDate');
  if (!('pinfl' in patient)) return;
  const reading = parsePinfl(patient.pinfl, today);
  if (reading.kind === 'refused') throw refuseAt('pinfl-invalid', '/patient/pinfl');
  if (reading.birthDate !== patient.birthDate) throw refuseAt('patient-mismatch', '/patient/birthDate');
  if (reading.sex !== patient.sex) throw refuseAt('patient-mismatch', '/patient/sex');
};

const meals: readonly When[] = ['before-meal', 'with-meal', 'after-meal'];

/** A dosage that contradicts itself: a dose over the day's most, more moments than doses, before and after the meal. */
const isContradictory = ({ amount, timesPerDay, everyHours, maxPerDay, asNeeded, when = [] }: Dosage): boolean => {
  const doses = asNeeded ? 1 : (timesPerDay ?? Math.max(1, 24 / (everyHours ?? 24)));
  const atMeals = when.filter((w) => meals.includes(w)).length;
  return (
    (maxPerDay !== undefined && amount * doses > maxPerDay + 1e-9) ||
    atMeals > 1 ||
    (timesPerDay !== undefined && when.length - atMeals > timesPerDay)
  );
};

/** The course, or what whole packs make of it: anything else contradicts the dosage. */
const quantityOf = (line: WantedLine, medicine: Medicine, pointer: string): number => {
  const course = courseQuantity(line.dosage, medicine.unit);
  if (course !== undefined && course > maxQuantity)
    throw refuseAt('quantity-invalid', `${pointer}/quantity`, { max: maxQuantity });
  if (line.quantity === undefined) {
    if (course === undefined) throw refuseAt('quantity-missing', `${pointer}/quantity`);
    return course;
  }
  if (course === undefined || line.quantity === course) return line.quantity;
  const rounded = medicine.packs.map(
    (p) => Math.ceil(course / (p.divisibleBy ?? p.units)) * (p.divisibleBy ?? p.units),
  );
  const whole = medicine.packs.map((p) => Math.ceil(course / p.units) * p.units);
  if (![...rounded, ...whole].includes(line.quantity))
    throw refuseAt('quantity-contradicts-dosage', `${pointer}/quantity`, { course, quantity: line.quantity });
  return line.quantity;
};

/** Refuses what the class of a medicine does not allow. */
const requireAllowed = (medicine: Medicine, policy: Policy, rights: readonly string[], pointer: string): void => {
  const at = `${pointer}/medicine`;
  const facts = { medicine: medicine.code };
  if (policy.classes[medicine.class].forbidden) throw refuseAt('medicine-not-allowed', at, facts);
  if (!medicine.registered && !(medicine.orphan && policy.orphanUnregistered))
    throw refuseAt('medicine-not-registered', at, facts);
  if (isControlled(medicine.class) && !rights.includes('controlled')) throw refuseAt('right-missing', at, facts);
};

/** Refuses a dosage that the medicine cannot be taken by, or that contradicts itself. */
const requireDosage = ({ dosage }: WantedLine, medicine: Medicine, pointer: string): void => {
  const facts = { medicine: medicine.code };
  if (!medicine.routes.includes(dosage.route)) throw refuseAt('dosage-invalid', `${pointer}/dosage/route`, facts);
  if (isContradictory(dosage)) throw refuseAt('dosage-invalid', `${pointer}/dosage`, facts);
  if (!doseUnits[medicine.unit].includes(dosage.unit))
    throw refuseAt('dosage-invalid', `${pointer}/dosage/unit`, facts);
};

/**
 * Units of the medicine that one unit of the dose takes at most, by both: a drop is never more than a millilitre, nor a
 * millilitre more than an ampoule; the other way round, and for a spoonful, what is large and still possible.
 */
const unitsOfDose: Readonly<Record<string, number>> = { 'drop ml': 40, 'ml dose': 30, 'g dose': 30 };
const mostUnits = (medicine: Medicine['unit'], dose: Medicine['unit']): number =>
  unitsOfDose[`${medicine} ${dose}`] ?? 1;

/** Units that a course of so many days takes at most, also where the dose is counted in another unit or as needed. */
const mostOf = ({ dosage }: WantedLine, medicine: Medicine, days: number): number => {
  const inDoses = dosage.asNeeded
    ? Math.ceil((dosage.maxPerDay ?? dosage.amount) * days)
    : (courseQuantity({ ...dosage, days }, dosage.unit) ?? 0);
  return inDoses * mostUnits(medicine.unit, dosage.unit);
};

/** Units rounded up to packs of the medicine, the largest way. */
const wholePacks = (units: number, { packs }: Medicine): number =>
  Math.max(units, ...packs.map((p) => Math.ceil(units / p.units) * p.units));

/** Refuses a course, or a quantity, beyond the longest that the class allows; a pack is no reason for more. */
const requireCourse = (line: WantedLine, quantity: number, medicine: Medicine, rule: ClassRule, pointer: string) => {
  const { maxDays } = rule;
  // a quantity that cannot be computed is no way round the course: of what is controlled no more than it can take
  if (maxDays === undefined) {
    const most = isControlled(medicine.class)
      ? wholePacks(mostOf(line, medicine, line.dosage.days), medicine)
      : quantity;
    if (quantity > most)
      throw refuseAt('quantity-contradicts-dosage', `${pointer}/quantity`, { course: most, quantity });
    return;
  }
  const most = mostOf(line, medicine, maxDays);
  if (line.dosage.days > maxDays) throw refuseAt('course-too-long', `${pointer}/dosage/days`, { days: maxDays });
  if (quantity > most) throw refuseAt('course-too-long', `${pointer}/quantity`, { days: maxDays, max: most });
};

/** The brand as the formulary writes it, where the class or the reimbursement allows one. */
const brandOf = (line: WantedLine, medicine: Medicine, policy: Policy, pointer: string): string | undefined => {
  if (line.brand === undefined) return undefined;
  const allowed = policy.classes[medicine.class].brand || (medicine.reimbursed && policy.reimbursed.brand);
  if (!allowed) throw refuseAt('brand-not-allowed', `${pointer}/brand`, { medicine: medicine.code });
  const wanted = line.brand.toLowerCase();
  const pack = medicine.packs.find((p) => p.brand.toLowerCase() === wanted);
  if (!pack) throw refuseAt('brand-unknown', `${pointer}/brand`, { medicine: medicine.code });
  return pack.brand;
};

/** Who pays lengthens nothing that is controlled. */
const reimbursedDays = (medicine: Medicine, { reimbursed, classes }: Policy): number =>
  isControlled(medicine.class)
    ? Math.min(reimbursed.validityDays, classes[medicine.class].validityDays)
    : reimbursed.validityDays;

/** Days of validity: the shortest of the lines; of repeats, all windows together, within what the disease allows. */
const validityOf = (wanted: Wanted, medicines: readonly Medicine[], policy: Policy): number => {
  const ordinary = medicines.map((m) =>
    m.reimbursed ? reimbursedDays(m, policy) : policy.classes[m.class].validityDays,
  );
  const { repeat } = wanted;
  if (!repeat) return Math.min(...ordinary);
  const most = chronicDays(
    policy,
    medicines.map((m) => m.atc),
  );
  const days = repeat.issues * repeat.everyDays;
  if (repeat.issues > policy.chronic.maxIssues)
    throw refuseAt('repeat-invalid', '/repeat/issues', { max: policy.chronic.maxIssues });
  if (days > most) throw refuseAt('repeat-invalid', '/repeat/everyDays', { days: most });
  for (const [i, m] of medicines.entries()) {
    if (isControlled(m.class)) throw refuseAt('repeat-invalid', `/lines/${i}/medicine`, { medicine: m.code });
    if ((wanted.lines[i]?.dosage.days ?? 0) > repeat.everyDays)
      throw refuseAt('repeat-invalid', `/lines/${i}/dosage/days`, { days: repeat.everyDays });
  }
  return days;
};

/**
 * Decides every line by the formulary, the policy and the prescriber's rights. `medicines` stand in the order of the
 * lines, undefined where the code is unknown.
 * @throws Refusal `too-many-lines`, `medicine-unknown`, `medicine-not-allowed`, `medicine-not-registered`,
 * `right-missing`, `duplicate-medicine`, `must-stand-alone`, `dosage-invalid`, `brand-not-allowed`, `brand-unknown`,
 * `quantity-missing`, `quantity-contradicts-dosage`, `course-too-long`, `repeat-invalid`
 */
export const decideLines = (
  wanted: Wanted,
  medicines: readonly (Medicine | undefined)[],
  policy: Policy,
  rights: readonly string[],
): { lines: PrescriptionLine[]; validityDays: number } => {
  const limit = wanted.boardDecision === undefined ? policy.maxLines : policy.maxLinesWithDecision;
  if (wanted.lines.length > limit) throw new Refusal('too-many-lines', { limit });
  const known: Medicine[] = [];
  const lines = wanted.lines.map((line, i): PrescriptionLine => {
    const pointer = `/lines/${i}`;
    const medicine = medicines[i];
    if (!medicine) throw refuseAt('medicine-unknown', `${pointer}/medicine`, { medicine: line.medicine });
    requireAllowed(medicine, policy, rights, pointer);
    const rule = policy.classes[medicine.class];
    if (known.some((m) => m.code === medicine.code))
      throw refuseAt('duplicate-medicine', `${pointer}/medicine`, { medicine: medicine.code });
    if (rule.alone && wanted.lines.length > 1)
      throw refuseAt('must-stand-alone', `${pointer}/medicine`, { medicine: medicine.code });
    known.push(medicine);
    requireDosage(line, medicine, pointer);
    const brand = brandOf(line, medicine, policy, pointer);
    const quantity = quantityOf(line, medicine, pointer);
    requireCourse(line, quantity, medicine, rule, pointer);
    return {
      line: i + 1,
      medicine: medicine.code,
      class: medicine.class,
      unit: medicine.unit,
      dosage: line.dosage,
      quantity,
      dispensed: 0,
      substitutionAllowed: rule.substitution && (line.substitutionAllowed ?? true),
      ...(brand !== undefined && { brand }),
    };
  });
  return { lines, validityDays: validityOf(wanted, known, policy) };
};
