/**
 * Safety checks before signing. Pure: what is known comes in by subject, so the cost of a check follows the medicines
 * and not the size of what is known. What cannot be judged is said, never guessed; what is not harmful raises nothing,
 * because a list of warnings is read only while it is short.
 */
import * as z from 'zod';
import type { Dosage } from './dosage.ts';
import { judgeDose } from './dose-ceiling.ts';
import {
  componentsOf,
  type KnowledgeRow,
  type Severity,
  Severity as SeveritySchema,
  type Subject,
  severities,
  subjectsOf,
} from './knowledge.ts';
import { type Medicine, MedicineCode, type Route } from './medicine.ts';
import type { Allergy } from './patient-record.ts';

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
  /** Days of the whole course; absent counts as long. */
  readonly courseDays?: number;
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

/** The end of a course, in which its renewal is written: a week, of a short one the second half. */
const renewalDays = 7;
const isEnding = ({ remainingDays, courseDays = 2 * renewalDays }: { remainingDays: number; courseDays?: number }) =>
  remainingDays <= Math.min(renewalDays, courseDays / 2);

const rank = (severity: Severity): number => severities.indexOf(severity);

/** A row that knows it, or a name for what is seen without one. */
type Ground = { readonly row: KnowledgeRow } | { readonly name: string };

const alertOf = (
  kind: Alert['kind'],
  severity: Severity,
  medicines: readonly string[],
  ground: Ground,
  facts: Alert['facts'],
): Alert => {
  const codes = [...new Set(medicines)].sort();
  const row = 'row' in ground ? ground.row : undefined;
  return {
    id: `${kind}:${'row' in ground ? ground.row.id : ground.name}:${codes.join('+')}`,
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
  readonly partners: ReadonlyMap<Subject, readonly Interaction[]>;
  readonly others: readonly KnowledgeRow[];
}

/** Rows of a set never change, so what is read of a subject is sorted once for all checks that use it. */
const none: readonly never[] = [];
const sorted = new WeakMap<readonly KnowledgeRow[], Known>();

const knownOf = (subject: Subject, rows: readonly KnowledgeRow[]): Known => {
  const before = sorted.get(rows);
  if (before) return before;
  const partners = new Map<Subject, Interaction[]>();
  for (const row of rows) {
    if (row.kind !== 'interaction') continue;
    const other = row.a === subject ? row.b : row.a;
    const before = partners.get(other);
    if (before) before.push(row);
    else partners.set(other, [row]);
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

type CrossAllergy = Extract<KnowledgeRow, { kind: 'cross-allergy' }>;

/** True where the allergy is one to a member of the row's group; a class is met by a part of it and by a wider one. */
const isWithin = (row: CrossAllergy, allergy: Allergy): boolean => {
  if (allergy.kind === 'group')
    return row.group === allergy.code || row.members.includes(`group:${allergy.code}` as never);
  if (allergy.kind === 'inn') return componentsOf(allergy.code).some((name) => row.members.includes(name));
  return row.members.some((member) => {
    if (!member.startsWith('ATC:')) return false;
    const atc = member.slice(4);
    return atc.startsWith(allergy.code) || allergy.code.startsWith(atc);
  });
};

/** The substance itself, alone or in a combination, or its class. */
const isOwn = (medicine: Medicine, allergy: Allergy): boolean => {
  if (allergy.kind === 'atc') return medicine.atc.startsWith(allergy.code);
  const names = componentsOf(medicine.inn);
  return allergy.kind === 'inn' && componentsOf(allergy.code).some((name) => names.includes(name));
};

/** The id says nothing of what the patient is allergic to: it may be kept where the facts may not. */
const allergyAlerts = ({ patient }: SafetyInput, { medicine }: CheckedLine, known: Knowledge): Alert[] => {
  const groups = rowsOf(known, medicine, 'cross-allergy');
  return patient.allergies.flatMap((allergy): Alert[] => {
    const facts = { allergy: allergy.code, allergyKind: allergy.kind };
    if (isOwn(medicine, allergy))
      return [alertOf('allergy', 'contraindicated', [medicine.code], { name: 'own' }, facts)];
    return groups
      .filter((row) => isWithin(row, allergy))
      .map((row) => alertOf('allergy', row.severity, [medicine.code], { row }, { ...facts, group: row.group }));
  });
};

interface Taken {
  readonly medicine: Medicine;
  readonly route: Route;
  readonly substances: readonly string[];
  readonly subjects: readonly Subject[];
  /** A renewal may be written: an active course that ends. */
  readonly ending: boolean;
}

const takenOf = (medicine: Medicine, route: Route, ending: boolean): Taken => ({
  medicine,
  route,
  substances: componentsOf(medicine.inn),
  subjects: subjectsOf(medicine),
  ending,
});

/** Each line with every later line and every active medicine; what was prescribed before is not judged again. */
const pairsOf = (input: SafetyInput): [Taken, Taken][] => {
  const lines = input.lines.map(({ medicine, dosage }) => takenOf(medicine, dosage.route, false));
  const active = input.active.map((a) => takenOf(a.medicine, a.route, isEnding(a)));
  // what another line says again is judged there, unless it is taken by another road
  const isLine = (a: Taken, but: Taken): boolean =>
    lines.some((l) => l !== but && l.medicine.code === a.medicine.code && l.route === a.route);
  return lines.flatMap((one, i): [Taken, Taken][] => {
    const others = active.filter((a) => !isLine(a, one));
    return [...lines.slice(i + 1), ...others].map((other): [Taken, Taken] => [one, other]);
  });
};

const holdsFor = ({ by }: Interaction, a: Route, b: Route): boolean => {
  if (by === 'any') return true;
  return by === 'mouth' ? a === 'oral' && b === 'oral' : meetsOthers(a) && meetsOthers(b);
};

/** The most severe row about a pair, if any. */
const interactionOf = (a: Taken, b: Taken, ofLine: readonly Known[]): Interaction | undefined => {
  // what is said of a substance and its class says nothing of two forms of it: they are double therapy
  if (a.medicine.inn === b.medicine.inn) return undefined;
  let worst: Interaction | undefined;
  for (const { partners } of ofLine)
    for (const subject of b.subjects)
      for (const row of partners.get(subject) ?? none)
        if (holdsFor(row, a.route, b.route) && (!worst || isWorse(row, worst))) worst = row;
  return worst;
};

const interactionAlerts = (pairs: readonly [Taken, Taken][], known: Knowledge): Alert[] => {
  const byLine = new Map<Taken, Known[]>();
  const knownByLine = (line: Taken): Known[] => {
    const before = byLine.get(line);
    if (before) return before;
    const found = line.subjects.map((s) => knownOf(s, known(s)));
    byLine.set(line, found);
    return found;
  };
  return pairs.flatMap(([a, b]): Alert[] => {
    const row = interactionOf(a, b, knownByLine(a));
    const medicines = [a.medicine.code, b.medicine.code];
    return row ? [alertOf('interaction', row.severity, medicines, { row }, { effect: row.effect })] : [];
  });
};

/** True where a row calls both together ordinary; of one substance only by its name. */
const isOrdinary = (a: Taken, b: Taken, shared: readonly string[], known: Knowledge): boolean =>
  rowsOf(known, a.medicine, 'duplicate-exempt').some((row) => {
    if (shared.length > 0 && !(row.a === row.b && shared.includes(row.a))) return false;
    const meets = (x: Subject, y: Subject) => a.subjects.includes(x) && b.subjects.includes(y);
    return meets(row.a, row.b) || meets(row.b, row.a);
  });

/** One substance twice, or two of a class (ATC level 4). */
const duplicateAlerts = (pairs: readonly [Taken, Taken][], known: Knowledge): Alert[] =>
  pairs.flatMap(([a, b]): Alert[] => {
    if (!meetsOthers(a.route) || !meetsOthers(b.route)) return [];
    if (b.ending) return [];
    const group = a.medicine.atc.slice(0, 5);
    const shared = a.substances.filter((name) => b.substances.includes(name));
    if (shared.length === 0 && group !== b.medicine.atc.slice(0, 5)) return [];
    if (isOrdinary(a, b, shared, known)) return [];
    const medicines = [a.medicine.code, b.medicine.code];
    const [substance] = shared;
    return substance === undefined
      ? [alertOf('duplicate-therapy', 'moderate', medicines, { name: group }, { group })]
      : [alertOf('duplicate-therapy', 'serious', medicines, { name: 'substance' }, { substance })];
  });

const ceilingAlerts = (
  { patient, today }: SafetyInput,
  { medicine, dosage }: CheckedLine,
  known: Knowledge,
): { alerts: Alert[]; unjudged: Unjudged[] } => {
  const months = monthsOld(patient.birthDate, today);
  const rows = rowsOf(known, medicine, 'ceiling').filter(
    (row) => isOfAge(row, months) && (row.route === undefined ? isSystemic(dosage.route) : row.route === dosage.route),
  );
  const { findings, why } = judgeDose(rows, medicine, dosage, { months, weightKg: patient.weightKg });
  return {
    alerts: findings.map(({ row, facts }) => alertOf('dose-ceiling', row.severity, [medicine.code], { row }, facts)),
    unjudged: why ? [{ medicine: medicine.code, why }] : [],
  };
};

const stateAlerts = ({ patient, today }: SafetyInput, { medicine, dosage }: CheckedLine, known: Knowledge): Alert[] => {
  const months = monthsOld(patient.birthDate, today);
  const holds = (row: { by?: 'any' }): boolean => row.by === 'any' || isSystemic(dosage.route);
  const effectOf = ({ effect }: { effect?: string }): Alert['facts'] => (effect === undefined ? {} : { effect });
  const carrying = rowsOf(known, medicine, 'pregnancy')
    .filter((row) => holds(row) && row.when === patient.pregnancy)
    .map((row) => {
      const kind = row.when === 'pregnant' ? 'pregnancy' : 'lactation';
      return alertOf(kind, row.severity, [medicine.code], { row }, effectOf(row));
    });
  const age = rowsOf(known, medicine, 'age-limit')
    .filter((row) => holds(row) && !isOfAge(row, months))
    .map((row) =>
      alertOf(
        'age-limit',
        row.severity,
        [medicine.code],
        { row },
        {
          ...(row.fromMonths !== undefined && { fromMonths: row.fromMonths }),
          ...(row.untilMonths !== undefined && { untilMonths: row.untilMonths }),
          ...effectOf(row),
        },
      ),
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
 * The subjects that a check reads: those of its lines. A row about a pair lies with both of its subjects, and a group of
 * shared allergies with each of its members, so neither the patient's other medicines nor the allergies are looked up.
 */
export const subjectsOfCheck = ({ lines }: Pick<SafetyInput, 'lines'>): Subject[] => [
  ...new Set(lines.flatMap((l) => subjectsOf(l.medicine))),
];

/**
 * What speaks against these lines for this patient, most severe first, and which doses could not be judged. The same
 * reasons give the same ids, in whatever order the lines stand.
 */
export const checkSafety = (input: SafetyInput, known: Knowledge): { alerts: Alert[]; unjudged: Unjudged[] } => {
  const doses = input.lines.map((line) => ceilingAlerts(input, line, known));
  const pairs = pairsOf(input);
  const alerts = worstOfEach([
    ...input.lines.flatMap((line) => [...allergyAlerts(input, line, known), ...stateAlerts(input, line, known)]),
    ...doses.flatMap((d) => d.alerts),
    ...interactionAlerts(pairs, known),
    ...duplicateAlerts(pairs, known),
  ]);
  return {
    alerts: alerts.sort((a, b) => rank(a.severity) - rank(b.severity) || (a.id < b.id ? -1 : 1)),
    unjudged: doses.flatMap((d) => d.unjudged),
  };
};
