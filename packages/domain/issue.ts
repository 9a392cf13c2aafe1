/** What may be prescribed: from the lines a prescriber asks for to the lines that are signed, or a refusal that points at one. */
import { courseQuantity, type Dosage, doseUnits, type When } from './dosage.ts';
import { isControlled, type Medicine } from './medicine.ts';
import type { PatientIdentity } from './patient.ts';
import { parsePinfl } from './pinfl.ts';
import { maxQuantity, type PrescriptionLine } from './prescription.ts';
import { Refusal, refuseAt } from './refusal.ts';
import type { Policy } from './standing.ts';

export interface WantedLine {
  readonly medicine: string;
  readonly dosage: Dosage;
  readonly quantity?: number;
  readonly substitutionAllowed?: boolean;
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

/**
 * Decides every line by the formulary and the policy. `medicines` stand in the order of `wanted`, undefined where the
 * code is unknown. Controlled classes are refused until their own rules (second factor, witness, register) stand.
 * @throws Refusal `too-many-lines`, `medicine-unknown`, `medicine-not-allowed`, `duplicate-medicine`, `dosage-invalid`,
 * `quantity-missing`, `quantity-contradicts-dosage`
 */
export const decideLines = (
  wanted: readonly WantedLine[],
  medicines: readonly (Medicine | undefined)[],
  policy: Policy,
): { lines: PrescriptionLine[]; validityDays: number } => {
  if (wanted.length > policy.maxLines) throw new Refusal('too-many-lines', { limit: policy.maxLines });
  const known: Medicine[] = [];
  const lines = wanted.map((line, i): PrescriptionLine => {
    const pointer = `/lines/${i}`;
    const medicine = medicines[i];
    if (!medicine) throw refuseAt('medicine-unknown', `${pointer}/medicine`, { medicine: line.medicine });
    if (!medicine.registered || policy.forbiddenClasses.includes(medicine.class) || isControlled(medicine.class))
      throw refuseAt('medicine-not-allowed', `${pointer}/medicine`, { medicine: medicine.code });
    if (known.some((m) => m.code === medicine.code))
      throw refuseAt('duplicate-medicine', `${pointer}/medicine`, { medicine: medicine.code });
    known.push(medicine);
    if (!medicine.routes.includes(line.dosage.route))
      throw refuseAt('dosage-invalid', `${pointer}/dosage/route`, { medicine: medicine.code });
    if (isContradictory(line.dosage))
      throw refuseAt('dosage-invalid', `${pointer}/dosage`, { medicine: medicine.code });
    if (!doseUnits[medicine.unit].includes(line.dosage.unit))
      throw refuseAt('dosage-invalid', `${pointer}/dosage/unit`, { medicine: medicine.code });
    return {
      line: i + 1,
      medicine: medicine.code,
      class: medicine.class,
      unit: medicine.unit,
      dosage: line.dosage,
      quantity: quantityOf(line, medicine, pointer),
      dispensed: 0,
      substitutionAllowed: line.substitutionAllowed ?? true,
    };
  });
  const days = known.map((m) => (m.reimbursed ? policy.validityDaysReimbursed : policy.validityDays[m.class]));
  return { lines, validityDays: Math.min(...days) };
};
