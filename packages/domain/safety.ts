/**
 * Safety checks before signing. Pure: what is known comes in by subject, so the cost of a check follows the medicines
 * and not the size of what is known. What cannot be judged is said, never guessed; what is not harmful raises nothing,
 * because a list of warnings is read only while it is short.
 */
import * as z from 'zod';
import type { Dosage } from './dosage.ts';
import {
  type KnowledgeRow,
  type Severity,
  Severity as SeveritySchema,
  type Subject,
  severities,
  subjectsOf,
} from './knowledge.ts';
import { type Medicine, MedicineCode, type Route } from './medicine.ts';
import type { Allergy } from './patient-record.ts';
import { type Amount, amountsInUnit } from './strength.ts';

export type { Allergy };

export const alertKinds = [
  'allergy',
  'interaction',
  'duplicate-therapy',
  'dose-ceiling',
  'pregnancy',
  'lactation',
  'age-limit',
] as const;

export const Alert = z
  .object({
    id: z.string().max(160),
    kind: z.enum(alertKinds),
    severity: SeveritySchema,
    medicines: z.array(MedicineCode).min(1).max(2),
    /** The row that knows it; absent for what needs no knowledge. */
    row: z.string().exactOptional(),
    source: z.string().exactOptional(),
    /** What the words are filled with: an effect, a group, a limit. */
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'SafetyAlert', description: 'What speaks against a prescription; `id` is the same for the same reason' });
export type Alert = z.infer<typeof Alert>;

export const Unjudged = z
  .object({ medicine: MedicineCode, why: z.enum(['strength-unknown', 'weight-missing']) })
  .meta({ id: 'UnjudgedDose', description: 'A dose that no ceiling could be compared with, and why' });
export type Unjudged = z.infer<typeof Unjudged>;

/** What a check knows of the patient. */
export interface CheckedPatient {
  readonly birthDate: string;
  readonly weightKg?: number | undefined;
  readonly allergies: readonly Allergy[];
  readonly pregnancy?: 'pregnant' | 'lactating' | undefined;
}

export interface CheckedLine {
  readonly medicine: Medicine;
  readonly dosage: Dosage;
}

/** A medicine that the patient takes by another prescription. */
export interface ActiveMedicine {
  readonly medicine: Medicine;
  readonly route: Route;
  /** Days that its course still runs; a renewal at the end of a course is no duplicate. */
  readonly remainingDays: number;
}

export interface SafetyInput {
  readonly patient: CheckedPatient;
  /** The Tashkent day of the check. */
  readonly today: string;
  readonly lines: readonly CheckedLine[];
  readonly active: readonly ActiveMedicine[];
}

/** Rows that speak of a subject. */
export type Knowledge = (subject: Subject) => readonly KnowledgeRow[];

/** What stays on the surface: it neither meets other medicines in the body nor adds up to a dose. */
const surfaceRoutes: readonly Route[] = ['topical', 'ophthalmic', 'otic', 'nasal', 'vaginal', 'buccal'];
const meetsOthers = (route: Route): boolean => !surfaceRoutes.includes(route);
/** What is inhaled meets other medicines, but its doses and its risks are not those of the same substance swallowed. */
const isSystemic = (route: Route): boolean => meetsOthers(route) && route !== 'inhalation';

/** The end of a course, in which its renewal is written. */
const renewalDays = 7;

const rank = (severity: Severity): number => severities.indexOf(severity);

const alertOf = (
  kind: Alert['kind'],
  severity: Severity,
  medicines: readonly string[],
  row: KnowledgeRow | undefined,
  facts: Alert['facts'],
): Alert => {
  const codes = [...new Set(medicines)].sort();
  const name = row?.id ?? Object.values(facts).join('-');
  return {
    id: `${kind}:${name}:${codes.join('+')}`,
    kind,
    severity,
    medicines: codes,
    ...(row && { row: row.id, source: row.source }),
    facts,
  };
};

type Interaction = Extract<KnowledgeRow, { kind: 'interaction' }>;

const isWorse = (a: { severity: Severity; id: string }, b: { severity: Severity; id: string }): boolean =>
  rank(a.severity) < rank(b.severity) || (rank(a.severity) === rank(b.severity) && a.id < b.id);

/** What is known of one subject, apart: with what it must not meet, and everything else. */
interface Known {
  readonly partners: ReadonlyMap<Subject, Interaction>;
  readonly others: readonly KnowledgeRow[];
}

/** Rows of a set never change, so what is read of a subject is sorted once for all checks that use it. */
const sorted = new WeakMap<readonly KnowledgeRow[], Known>();

const knownOf = (subject: Subject, rows: readonly KnowledgeRow[]): Known => {
  const before = sorted.get(rows);
  if (before) return before;
  const partners = new Map<Subject, Interaction>();
  for (const row of rows) {
    if (row.kind !== 'interaction') continue;
    const other = row.a === subject ? row.b : row.a;
    const worst = partners.get(other);
    if (!worst || isWorse(row, worst)) partners.set(other, row);
  }
  const known = { partners, others: rows.filter((row) => row.kind !== 'interaction') };
  sorted.set(rows, known);
  return known;
};

/** Rows of one kind about a medicine, each once. */
const rowsOf = <K extends Exclude<KnowledgeRow['kind'], 'interaction'>>(
  known: Knowledge,
  medicine: Medicine,
  kind: K,
): Extract<KnowledgeRow, { kind: K }>[] => {
  const found = subjectsOf(medicine).flatMap((s) => knownOf(s, known(s)).others.filter((row) => row.kind === kind));
  return [...new Set(found)] as Extract<KnowledgeRow, { kind: K }>[];
};

/** Months of life on a day. */
const monthsOld = (birthDate: string, today: string): number => {
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number);
  const [ty = 0, tm = 0, td = 0] = today.split('-').map(Number);
  return (ty - by) * 12 + (tm - bm) - (td < bd ? 1 : 0);
};

const isOfAge = (row: { fromMonths?: number; untilMonths?: number }, months: number): boolean =>
  months >= (row.fromMonths ?? 0) && months < (row.untilMonths ?? Number.POSITIVE_INFINITY);

const allergyAlerts = ({ patient }: SafetyInput, { medicine }: CheckedLine, known: Knowledge): Alert[] => {
  const subjects = new Set<string>(subjectsOf(medicine));
  const memberships = rowsOf(known, medicine, 'cross-allergy');
  return patient.allergies.flatMap((allergy): Alert[] => {
    const facts = { allergy: allergy.code };
    const own =
      allergy.kind === 'atc'
        ? medicine.atc.startsWith(allergy.code.toUpperCase())
        : subjects.has(allergy.code.toLowerCase());
    if (allergy.kind !== 'group' && own)
      return [alertOf('allergy', 'contraindicated', [medicine.code], undefined, facts)];
    const groups = allergy.kind === 'group' ? [allergy.code] : groupsOf(allergy, known);
    const [worst] = memberships
      .filter((row) => groups.includes(row.group))
      .sort((a, b) => rank(a.severity) - rank(b.severity));
    return worst ? [alertOf('allergy', worst.severity, [medicine.code], worst, { ...facts, group: worst.group })] : [];
  });
};

/** Groups that the substance or class somebody is allergic to belongs to. */
const groupsOf = (allergy: Allergy, known: Knowledge): string[] => {
  const subject = allergy.kind === 'atc' ? `ATC:${allergy.code.toUpperCase()}` : allergy.code.toLowerCase();
  return known(subject).flatMap((row) => (row.kind === 'cross-allergy' ? [row.group] : []));
};

/** The most severe row about a pair, if any. */
const interactionOf = (
  a: readonly Known[],
  b: readonly Subject[],
  isOneSubstance: boolean,
): Interaction | undefined => {
  let worst: Interaction | undefined;
  for (const { partners } of a)
    for (const subject of b) {
      const row = partners.get(subject);
      // a class that must not meet itself says nothing of one substance in two forms: that is a duplicate
      if (!row || (isOneSubstance && row.a === row.b)) continue;
      if (!worst || isWorse(row, worst)) worst = row;
    }
  return worst;
};

interface Taken {
  readonly medicine: Medicine;
  readonly route: Route;
  readonly remainingDays?: number;
}

/** Each line with every later line and every active medicine; what was prescribed before is not judged again. */
const pairsOf = ({ lines, active }: SafetyInput): [Taken, Taken][] =>
  lines.flatMap(({ medicine, dosage }, i): [Taken, Taken][] => {
    const one = { medicine, route: dosage.route };
    const later = lines.slice(i + 1).map((l) => ({ medicine: l.medicine, route: l.dosage.route }));
    const others = active.filter((o) => !lines.some((l) => l.medicine.code === o.medicine.code && l !== lines[i]));
    return [...later, ...others].map((other): [Taken, Taken] => [one, other]);
  });

const interactionAlerts = (input: SafetyInput, known: Knowledge): Alert[] => {
  const knownByLine = new Map(
    input.lines.map(({ medicine }) => [medicine.code, subjectsOf(medicine).map((s) => knownOf(s, known(s)))]),
  );
  const byPair = new Map<string, Alert>();
  for (const [a, b] of pairsOf(input)) {
    if (a.medicine.code === b.medicine.code || !meetsOthers(a.route) || !meetsOthers(b.route)) continue;
    const ofLine = knownByLine.get(a.medicine.code) ?? [];
    const row = interactionOf(ofLine, subjectsOf(b.medicine), a.medicine.atc === b.medicine.atc);
    if (!row) continue;
    const alert = alertOf('interaction', row.severity, [a.medicine.code, b.medicine.code], row, { effect: row.effect });
    byPair.set(alert.medicines.join('+'), alert);
  }
  return [...byPair.values()];
};

const duplicateAlerts = (input: SafetyInput, known: Knowledge): Alert[] => {
  const found = pairsOf(input).flatMap(([a, b]): Alert[] => {
    const group = a.medicine.atc.slice(0, 5);
    const isSame = group === b.medicine.atc.slice(0, 5) && meetsOthers(a.route) && meetsOthers(b.route);
    if (!isSame || (b.remainingDays ?? Number.POSITIVE_INFINITY) <= renewalDays) return [];
    const others = new Set<string>(subjectsOf(b.medicine));
    const exempt = rowsOf(known, a.medicine, 'duplicate-exempt').some((row) => others.has(row.subject));
    if (exempt) return [];
    const severity = a.medicine.inn === b.medicine.inn ? 'serious' : 'moderate';
    return [alertOf('duplicate-therapy', severity, [a.medicine.code, b.medicine.code], undefined, { group })];
  });
  return [...new Map(found.map((alert) => [alert.id, alert])).values()];
};

/** Units of the dosage that are taken in a day, at most. */
const perDay = ({ amount, timesPerDay, everyHours, asNeeded, maxPerDay }: Dosage): number => {
  if (asNeeded && maxPerDay !== undefined) return maxPerDay;
  const planned = amount * (timesPerDay ?? Math.max(1 / 7, 24 / (everyHours ?? 24)));
  return maxPerDay === undefined ? planned : Math.min(planned, maxPerDay);
};

/** A child's dose goes by weight; without it nothing per kilogram can be said. */
const weighedMonths = 144;

const ceilingAlerts = (
  { patient, today }: SafetyInput,
  { medicine, dosage }: CheckedLine,
  known: Knowledge,
): { alerts: Alert[]; unjudged: Unjudged[] } => {
  const months = monthsOld(patient.birthDate, today);
  const rows = rowsOf(known, medicine, 'ceiling').filter(
    (row) => isOfAge(row, months) && (row.route === undefined ? isSystemic(dosage.route) : row.route === dosage.route),
  );
  if (rows.length === 0) return { alerts: [], unjudged: [] };
  const amounts = amountsInUnit(medicine, dosage.unit);
  if (!amounts) return { alerts: [], unjudged: [{ medicine: medicine.code, why: 'strength-unknown' }] };
  const names = subjectsOf(medicine);
  const judged = rows.map((row) => {
    const at = names.indexOf(row.subject);
    const amount: Amount | undefined = amounts[at] ?? (amounts.length === 1 ? amounts[0] : undefined);
    if (!amount || amount.unit !== row.unit) return { unjudged: 'strength-unknown' as const };
    if (row.perKg && patient.weightKg === undefined)
      return months < weighedMonths ? { unjudged: 'weight-missing' as const } : {};
    const limit = row.maxPerDay * (row.perKg ? (patient.weightKg ?? 1) : 1);
    const daily = perDay(dosage) * amount.value;
    // rounding of thousandths is not an overdose
    if (daily <= limit * 1.001) return {};
    const facts = { daily: Math.round(daily * 1000) / 1000, limit: Math.round(limit * 1000) / 1000, unit: row.unit };
    return { alert: alertOf('dose-ceiling', row.severity, [medicine.code], row, facts) };
  });
  const alerts = judged.flatMap((j) => (j.alert ? [j.alert] : []));
  const why = judged.flatMap((j) => (j.unjudged ? [j.unjudged] : []))[0];
  return { alerts, unjudged: why ? [{ medicine: medicine.code, why }] : [] };
};

const stateAlerts = ({ patient, today }: SafetyInput, { medicine, dosage }: CheckedLine, known: Knowledge): Alert[] => {
  const months = monthsOld(patient.birthDate, today);
  const systemic = isSystemic(dosage.route);
  const carrying = rowsOf(known, medicine, 'pregnancy')
    .filter((row) => systemic && row.when === patient.pregnancy)
    .map((row) => alertOf(row.when === 'pregnant' ? 'pregnancy' : 'lactation', row.severity, [medicine.code], row, {}));
  const age = rowsOf(known, medicine, 'age-limit')
    .filter((row) => systemic && !isOfAge(row, months))
    .map((row) =>
      alertOf('age-limit', row.severity, [medicine.code], row, {
        ...(row.fromMonths !== undefined && { fromMonths: row.fromMonths }),
        ...(row.untilMonths !== undefined && { untilMonths: row.untilMonths }),
      }),
    );
  return [...carrying, ...age];
};

/** Of alerts of one kind about the same medicines, the most severe says it all. */
const worstOfEach = (alerts: readonly Alert[]): Alert[] => {
  const worst = new Map<string, Alert>();
  for (const alert of alerts) {
    const name = `${alert.kind}:${alert.medicines.join('+')}`;
    const other = worst.get(name);
    if (!other || isWorse(alert, other)) worst.set(name, alert);
  }
  return [...worst.values()];
};

/**
 * The subjects that a check reads: those of the lines and of the allergies. A row about a pair lies with both of its
 * subjects, so the patient's other medicines need no reading of their own.
 */
export const subjectsOfCheck = ({ patient, lines }: Pick<SafetyInput, 'patient' | 'lines'>): Subject[] => [
  ...new Set([
    ...lines.flatMap((l) => subjectsOf(l.medicine)),
    ...patient.allergies.flatMap((a) => {
      if (a.kind === 'group') return [];
      return [a.kind === 'atc' ? `ATC:${a.code.toUpperCase()}` : a.code.toLowerCase()];
    }),
  ]),
];

/**
 * What speaks against these lines for this patient, most severe first, and which doses could not be judged. The same
 * reasons give the same ids, in whatever order the lines stand.
 */
export const checkSafety = (input: SafetyInput, known: Knowledge): { alerts: Alert[]; unjudged: Unjudged[] } => {
  const doses = input.lines.map((line) => ceilingAlerts(input, line, known));
  const alerts = worstOfEach([
    ...input.lines.flatMap((line) => [...allergyAlerts(input, line, known), ...stateAlerts(input, line, known)]),
    ...doses.flatMap((d) => d.alerts),
    ...interactionAlerts(input, known),
    ...duplicateAlerts(input, known),
  ]);
  return {
    alerts: alerts.sort((a, b) => rank(a.severity) - rank(b.severity) || a.id.localeCompare(b.id)),
    unjudged: doses.flatMap((d) => d.unjudged),
  };
};
