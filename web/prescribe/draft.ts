/**
 * A prescription while it is being written. It lives in memory only, because every field is personal. Pure: what a
 * choice means, what is still missing, and the request that is signed; it knows no screen and no network.
 */

import { courseQuantity, Dosage, doseUnits, type When } from '@darmon/domain/dosage';
import { isControlled, type Medicine, type Route, type Unit } from '@darmon/domain/medicine';
import type { Patient, PatientIdentity } from '@darmon/domain/patient';
import { firstPolicy, type Policy } from '@darmon/domain/policy';
import { maxQuantity } from '@darmon/domain/prescription';
import type { RepeatWanted } from '@darmon/domain/repeat';
import type { routes } from '@darmon/function-prescribing/routes';
import type { BodyOf } from '@darmon/http/route';

export type IssueRequest = BodyOf<typeof routes.issuePrescription>;

/** How often: `3/day` is three times a day, `8h` every eight hours. One choice, so that both can never stand together. */
export type Rhythm = `${number}/day` | `${number}h`;

export const rhythms: readonly Rhythm[] = [
  '1/day',
  '2/day',
  '3/day',
  '4/day',
  '5/day',
  '6/day',
  '4h',
  '6h',
  '8h',
  '12h',
  '48h',
  '72h',
  '168h',
];

/** One medicine as far as it is written. A number that is not there yet is undefined. */
export interface DraftLine {
  readonly key: string;
  readonly medicine: Medicine;
  readonly amount?: number;
  readonly unit: Unit;
  readonly rhythm?: Rhythm;
  readonly days?: number;
  readonly when: readonly When[];
  readonly asNeeded: boolean;
  readonly maxPerDay?: number;
  readonly route: Route;
  /** Only where it cannot be computed from the dosage. */
  readonly quantity?: number;
  readonly substitutionAllowed: boolean;
  /** Only this brand, where the class or the reimbursement allows one. */
  readonly brand?: string;
}

export interface Draft {
  readonly patient?: PatientIdentity;
  readonly icd10?: string;
  readonly lines: readonly DraftLine[];
  readonly repeat?: RepeatWanted;
  /** Number of a medical board's decision that allows more lines. */
  readonly boardDecision?: string;
}

export const emptyDraft: Draft = { lines: [] };

/**
 * Why a medicine cannot be chosen at all, so that nobody writes a line that is then refused.
 * @param rights the writer's own, as the API names them
 */
export const barOf = (
  medicine: Medicine,
  draft: Draft,
  rights: readonly string[] = [],
): 'already-there' | 'not-registered' | 'anaesthetic' | 'controlled' | undefined => {
  if (draft.lines.some((line) => line.medicine.code === medicine.code)) return 'already-there';
  if (!medicine.registered) return 'not-registered';
  if (medicine.class === 'anaesthetic') return 'anaesthetic';
  return isControlled(medicine.class) && !rights.includes('controlled') ? 'controlled' : undefined;
};

const dropped: readonly Route[] = ['ophthalmic', 'otic', 'nasal'];

/** Of the units that the rules allow, those in which doctors say a dose of the medicine; the first is the one expected. */
export const offeredUnits = ({ unit, form, routes }: Medicine): readonly Unit[] => {
  const isDropped = form === 'drops-oral' || routes.some((route) => dropped.includes(route));
  const usual: Readonly<Partial<Record<Unit, readonly Unit[]>>> = {
    ml: isDropped ? ['drop', 'ml'] : ['ml', 'drop'],
    g: ['g', 'dose'],
    pen: ['pen', 'dose'],
  };
  return (usual[unit] ?? [unit]).filter((one) => doseUnits[unit].includes(one));
};

/** A line as it begins: the commonest dose, everything else to be chosen. */
export const newLine = (medicine: Medicine, key: string): DraftLine => ({
  key,
  medicine,
  amount: 1,
  unit: offeredUnits(medicine)[0] ?? medicine.unit,
  when: [],
  asNeeded: false,
  route: medicine.routes[0] ?? 'oral',
  substitutionAllowed: true,
});

const rhythmOf = (rhythm: Rhythm): { timesPerDay: number } | { everyHours: number } =>
  rhythm.endsWith('h') ? { everyHours: Number.parseInt(rhythm, 10) } : { timesPerDay: Number.parseInt(rhythm, 10) };

/** The coded dosage, once it says everything; undefined while something is missing or out of bounds. */
export const dosageOf = (line: DraftLine): Dosage | undefined => {
  const { amount, unit, rhythm, days, when, asNeeded, maxPerDay, route } = line;
  if (amount === undefined || rhythm === undefined || days === undefined) return undefined;
  const parsed = Dosage.safeParse({
    amount,
    unit,
    ...rhythmOf(rhythm),
    days,
    ...(when.length > 0 && { when: [...when] }),
    ...(asNeeded && { asNeeded: true, maxPerDay }),
    route,
  });
  return parsed.success ? parsed.data : undefined;
};

/** Units that the dosage takes, where it can be computed; else the prescriber gives them. */
export const computedQuantity = (line: DraftLine): number | undefined => {
  const dosage = dosageOf(line);
  return dosage && courseQuantity(dosage, line.medicine.unit);
};

/** Whether the prescriber has to say how much to hand over. */
export const needsQuantity = (line: DraftLine): boolean => line.asNeeded || line.unit !== line.medicine.unit;

export const quantityOf = (line: DraftLine): number | undefined =>
  needsQuantity(line) ? line.quantity : computedQuantity(line);

/** Brands that may be asked for by name; none where only the INN is prescribed. */
export const offeredBrands = (medicine: Medicine, policy: Policy = firstPolicy): readonly string[] =>
  policy.classes[medicine.class].brand || (medicine.reimbursed && policy.reimbursed.brand)
    ? [...new Set(medicine.packs.map((pack) => pack.brand))]
    : [];

export type MissingPart = 'amount' | 'rhythm' | 'days' | 'max-per-day' | 'quantity' | 'dosage';

export type Missing =
  | { readonly part: 'patient' | 'diagnosis' | 'lines' | 'board-decision' }
  | { readonly part: MissingPart; readonly line: DraftLine };

/** What one line still lacks, in the order in which it is filled in. */
export const missingIn = (line: DraftLine): readonly MissingPart[] => {
  const missing: MissingPart[] = [];
  if (!line.amount) missing.push('amount');
  if (!line.rhythm) missing.push('rhythm');
  if (!line.days) missing.push('days');
  if (line.asNeeded && !line.maxPerDay) missing.push('max-per-day');
  if (!missing.length && !dosageOf(line)) missing.push('dosage');
  const quantity = quantityOf(line);
  const wrong = quantity === undefined || !Number.isInteger(quantity) || quantity < 1 || quantity > maxQuantity;
  if (wrong && (needsQuantity(line) || !missing.length)) missing.push('quantity');
  return missing;
};

/** Everything that still keeps the draft from being signed, from the top of the page to its end. */
export const missingFrom = (draft: Draft, { maxLines }: Pick<Policy, 'maxLines'> = firstPolicy): readonly Missing[] => [
  ...(draft.patient ? [] : [{ part: 'patient' as const }]),
  ...(draft.icd10 ? [] : [{ part: 'diagnosis' as const }]),
  ...(draft.lines.length ? [] : [{ part: 'lines' as const }]),
  ...(draft.lines.length > maxLines && !draft.boardDecision ? [{ part: 'board-decision' as const }] : []),
  ...draft.lines.flatMap((line) => missingIn(line).map((part) => ({ part, line }))),
];

/** The request that is signed, or undefined while `missingFrom` names anything. */
export const requestOf = (
  draft: Draft,
  { maxLines }: Pick<Policy, 'maxLines'> = firstPolicy,
): IssueRequest | undefined => {
  const { patient, icd10, lines, repeat, boardDecision } = draft;
  if (!patient || !icd10 || !lines.length) return undefined;
  const request: IssueRequest['lines'] = [];
  for (const line of lines) {
    const dosage = dosageOf(line);
    if (!dosage) return undefined;
    request.push({
      medicine: line.medicine.code,
      dosage,
      ...(needsQuantity(line) && line.quantity !== undefined && { quantity: line.quantity }),
      substitutionAllowed: line.substitutionAllowed,
      ...(line.brand !== undefined && { brand: line.brand }),
    });
  }
  return {
    patient,
    diagnosis: { icd10 },
    lines: request,
    ...(repeat && { repeat }),
    ...(boardDecision && lines.length > maxLines && { boardDecision }),
  };
};

/** A patient who was found, as a prescription names one: by PINFL where there is one. */
export const identityOf = (patient: Patient): PatientIdentity | undefined => {
  const { pinfl, passport, fullName, birthDate, sex, weightKg } = patient;
  const about = { fullName, birthDate, sex, ...(weightKg !== undefined && { weightKg }) };
  if (pinfl) return { pinfl, ...about };
  return passport ? { passport, ...about } : undefined;
};
