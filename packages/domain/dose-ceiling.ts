/** A dose against its ceilings: in a day, at one time, and how far apart. What cannot be compared is said, never guessed. */
import type { Dosage } from './dosage.ts';
import { type KnowledgeRow, subjectsOf } from './knowledge.ts';
import type { Medicine } from './medicine.ts';
import { type Amount, amountsInUnit } from './strength.ts';

type Ceiling = Extract<KnowledgeRow, { kind: 'ceiling' }>;

/** A child's dose goes by weight; without it nothing per kilogram can be said. */
const weighedMonths = 144;
/** Rounding of thousandths is not an overdose. */
const tolerance = 1.001;

const hoursBetween = ({ timesPerDay, everyHours }: Dosage): number => everyHours ?? 24 / (timesPerDay ?? 1);

/** Units of the dosage that are taken in a day at most; on average where doses are further apart. */
const perDay = (dosage: Dosage): number => {
  const { amount, asNeeded, maxPerDay } = dosage;
  if (asNeeded && maxPerDay !== undefined) return maxPerDay;
  return Math.min((amount * 24) / hoursBetween(dosage), maxPerDay ?? Number.POSITIVE_INFINITY);
};

/** A single dose has none after it. */
const isRepeated = (dosage: Dosage): boolean => dosage.days * 24 > hoursBetween(dosage);

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

type Facts = Readonly<Record<string, string | number>>;
type Why = 'strength-unknown' | 'weight-missing';
type Verdict = { readonly facts: Facts } | { readonly why: Why } | undefined;

/** The amount that a row speaks of: its substance in a combination, or the only one there is. */
const amountOf = (row: Ceiling, medicine: Medicine, amounts: readonly Amount[] | undefined): Amount | undefined => {
  const amount =
    amounts?.[subjectsOf(medicine).indexOf(row.subject)] ?? (amounts?.length === 1 ? amounts[0] : undefined);
  return amount?.unit === row.unit ? amount : undefined;
};

const verdictOf = (
  row: Ceiling,
  dosage: Dosage,
  amount: Amount | undefined,
  { months, weightKg }: { readonly months: number; readonly weightKg: number | undefined },
): Verdict => {
  const hours = hoursBetween(dosage);
  if (row.minHours !== undefined && hours < row.minHours && isRepeated(dosage))
    return { facts: { everyHours: rounded(hours), minHours: row.minHours } };
  if (!amount) return { why: 'strength-unknown' };
  if (row.perKg && weightKg === undefined) return months < weighedMonths ? { why: 'weight-missing' } : undefined;
  const factor = row.perKg ? (weightKg ?? 1) : 1;
  const { unit } = row;
  const daily = perDay(dosage) * amount.value;
  if (daily > row.maxPerDay * factor * tolerance)
    return { facts: { daily: rounded(daily), limit: rounded(row.maxPerDay * factor), unit } };
  const once = dosage.amount * amount.value;
  if (row.maxPerDose !== undefined && once > row.maxPerDose * factor * tolerance)
    return { facts: { once: rounded(once), limit: rounded(row.maxPerDose * factor), unit } };
  return undefined;
};

/**
 * Which of these ceilings a dosage is above, with the figures (`daily` or `once` against `limit` in `unit`, or
 * `everyHours` against `minHours`), and why one of them could not be compared.
 */
export const judgeDose = (
  rows: readonly Ceiling[],
  medicine: Medicine,
  dosage: Dosage,
  patient: { readonly months: number; readonly weightKg: number | undefined },
): { findings: { row: Ceiling; facts: Facts }[]; why?: Why } => {
  if (rows.length === 0) return { findings: [] };
  const amounts = amountsInUnit(medicine, dosage.unit);
  const findings: { row: Ceiling; facts: Facts }[] = [];
  let why: Why | undefined;
  for (const row of rows) {
    const verdict = verdictOf(row, dosage, amountOf(row, medicine, amounts), patient);
    if (verdict && 'facts' in verdict) findings.push({ row, facts: verdict.facts });
    if (verdict && 'why' in verdict) why ??= verdict.why;
  }
  return { findings, ...(why && { why }) };
};
