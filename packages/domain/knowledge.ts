/**
 * What safety checks know: rows of a dated set, each with its source and whether an expert verified it. A row speaks of
 * subjects (an INN, or the beginning of an ATC code), and is stored with each of them, so that a check reads what its
 * medicines concern and nothing else, however large the set.
 */
import * as z from 'zod';
import { PersonId } from './actor.ts';
import { type Medicine, Route } from './medicine.ts';
import { Day, Instant } from './time.ts';

/** An INN in lower case, or `ATC:` and the beginning of a code of level 2 to 5. */
export const Subject = z
  .string()
  .max(80)
  .regex(/^(ATC:[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?|[a-z][a-z0-9 ,()'-]*)$/)
  .meta({ id: 'KnowledgeSubject', examples: ['warfarin', 'ATC:M01A'] });
export type Subject = z.infer<typeof Subject>;

/** What contradicts the prescription stops it; the others may be passed with a written reason. */
export const severities = ['contraindicated', 'serious', 'moderate'] as const;
export const Severity = z.enum(severities).meta({ id: 'Severity' });
export type Severity = z.infer<typeof Severity>;

/** What can come of it; the words, and what to do about it, are in `@darmon/i18n`. */
export const effects = [
  'bleeding',
  'qt-prolongation',
  'serotonin-syndrome',
  'sedation',
  'hypotension',
  'hypertension',
  'bradycardia',
  'hyperkalaemia',
  'hypokalaemia',
  'hypoglycaemia',
  'kidney-damage',
  'liver-damage',
  'muscle-damage',
  'bone-marrow',
  'seizures',
  'hearing-damage',
  'ergotism',
  'acidosis',
  'level-rises',
  'level-falls',
  'effect-lost',
  'ulcer',
  'absorption-falls',
  'birth-defects',
  'unborn-harm',
  'infant-harm',
  'breathing-stops',
  'teeth-damage',
  'reye-syndrome',
  'joint-damage',
  'movement-disorder',
  'jaundice',
  'suicidal-thoughts',
  'airway-block',
  'safety-unknown',
] as const;
export const Effect = z.enum(effects).meta({ id: 'Effect' });
export type Effect = z.infer<typeof Effect>;

/**
 * Groups whose members are known to share an allergy. Closed, because a patient's record names them for longer than any
 * set counts.
 */
export const allergyGroups = [
  'penicillins',
  'cephalosporins',
  'beta-lactams',
  'carbapenems',
  'macrolides',
  'lincosamides',
  'aminoglycosides',
  'fluoroquinolones',
  'tetracyclines',
  'glycopeptides',
  'rifamycins',
  'sulfonamide-antibiotics',
  'nitroimidazoles',
  'azole-antifungals',
  'aciclovirs',
  'nsaids',
  'pyrazolones',
  'opioids-phenanthrene',
  'ace-inhibitors',
  'heparins',
  'amide-anaesthetics',
  'ester-anaesthetics',
  'benzodiazepines',
  'aromatic-anticonvulsants',
  'phenothiazines',
  'proton-pump-inhibitors',
  'piperazine-antihistamines',
  'loratadines',
  'xanthines',
  'ambroxols',
  'thionamides',
  'sulfonylureas',
] as const;
export const AllergyGroup = z.enum(allergyGroups).meta({ id: 'AllergyGroup' });
export type AllergyGroup = z.infer<typeof AllergyGroup>;

const common = {
  id: z.string().regex(/^[A-Z]{1,3}-?[0-9A-Z]{1,12}$/),
  source: z.string().trim().min(3).max(200),
  state: z.enum(['verified', 'unverified']),
};
/** Absent: of what is taken into the body; `any`: also of what stays on the surface or is inhaled. */
const byAny = z.literal('any').exactOptional();
const Months = z.int().min(0).max(1_800);

export const KnowledgeRow = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('interaction'),
      ...common,
      a: Subject,
      b: Subject,
      severity: Severity,
      effect: Effect,
      /** Absent: of all that does not stay on the surface. `mouth`: where both are swallowed. */
      by: z.enum(['any', 'mouth']).exactOptional(),
    }),
    z.object({
      kind: z.literal('ceiling'),
      ...common,
      subject: Subject,
      /** Absent: by any route that takes it into the body. */
      route: Route.exactOptional(),
      fromMonths: Months.exactOptional(),
      untilMonths: Months.exactOptional(),
      unit: z.enum(['mg', 'IU']),
      /** The most in a day, on average where doses are further apart; with `perKg` for each kilogram. */
      maxPerDay: z.number().positive(),
      maxPerDose: z.number().positive().exactOptional(),
      perKg: z.boolean(),
      /** Hours that must lie between two doses, where a medicine for once a week is deadly by the day. */
      minHours: z.int().min(2).max(1_000).exactOptional(),
      severity: Severity,
    }),
    z.object({
      kind: z.literal('cross-allergy'),
      ...common,
      group: AllergyGroup,
      /** By name and by class: an allergy is recorded either way. `group:` takes in whoever is allergic to that group. */
      members: z.array(z.union([Subject, z.templateLiteral(['group:', AllergyGroup])])).min(1),
      severity: Severity,
    }),
    z.object({
      kind: z.literal('pregnancy'),
      ...common,
      subject: Subject,
      when: z.enum(['pregnant', 'lactating']),
      severity: Severity,
      effect: Effect.exactOptional(),
      by: byAny,
    }),
    z
      .object({
        kind: z.literal('age-limit'),
        ...common,
        subject: Subject,
        /** Not below, or not from this age on. */
        fromMonths: Months.exactOptional(),
        untilMonths: Months.exactOptional(),
        severity: Severity,
        effect: Effect.exactOptional(),
        by: byAny,
      })
      .refine((row) => row.fromMonths !== undefined || row.untilMonths !== undefined, {
        message: 'an age',
        path: ['fromMonths'],
      }),
    /** Both together are ordinary treatment. One substance twice is so only where both say its name. */
    z.object({ kind: z.literal('duplicate-exempt'), ...common, a: Subject, b: Subject }),
  ])
  .meta({ id: 'KnowledgeRow' });
export type KnowledgeRow = z.infer<typeof KnowledgeRow>;
export type KnowledgeKind = KnowledgeRow['kind'];
export const knowledgeKinds = [
  'interaction',
  'ceiling',
  'cross-allergy',
  'pregnancy',
  'age-limit',
  'duplicate-exempt',
] as const satisfies readonly KnowledgeKind[];

/** One set: when it was made, who brought it in, who approved it. Rows of a set never change. */
export const KnowledgeSet = z
  .object({
    version: z.int().positive(),
    name: z.string().trim().min(3).max(120),
    date: Day,
    rows: z.int().nonnegative(),
    unverified: z.int().nonnegative(),
    importedBy: PersonId,
    importedAt: Instant,
    state: z.enum(['importing', 'imported', 'approved']),
    /** Hash of its rows, by which an import that was cut off is found again. */
    content: z.string().exactOptional(),
    approvedBy: PersonId.exactOptional(),
    approvedAt: Instant.exactOptional(),
  })
  .meta({ id: 'KnowledgeSet', description: 'A dated set of what safety checks know' });
export type KnowledgeSet = z.infer<typeof KnowledgeSet>;

/** Where a row of a file is wrong: its line, counted as an editor does, and the column or rule. */
export interface KnowledgeProblem {
  readonly line: number;
  readonly what: string;
}

const numbers = ['fromMonths', 'untilMonths', 'maxPerDay', 'maxPerDose', 'minHours'];
const flags: Readonly<Record<string, boolean>> = { true: true, false: false, '': false };

/** Text cells as a row's values: empty is absent, numbers and flags are what they say, members stand between semicolons. */
const cellsOf = (cells: Readonly<Record<string, string>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(cells).flatMap(([name, text]): [string, unknown][] => {
      const value = text.trim();
      if (name === 'perKg') return [[name, flags[value] ?? value]];
      if (value === '') return [];
      if (name === 'members') return [[name, value.split(';').map((member) => member.trim())]];
      return [[name, numbers.includes(name) ? Number(value) : value]];
    }),
  );

interface Column {
  readonly name: string;
  readonly needed: boolean;
}

const columnsOf = (kind: KnowledgeKind): Column[] => {
  const option = KnowledgeRow.options.find((o) => o.shape.kind.value === kind);
  return Object.entries(option?.shape ?? {}).flatMap(([name, { _zod }]) =>
    name === 'kind' ? [] : [{ name, needed: _zod.optin !== 'optional' }],
  );
};

/** Columns that are not known, stand twice or are missing: with one that is missing no row can be read. */
const problemsOfHead = (columns: readonly string[], known: readonly Column[]): KnowledgeProblem[] => {
  const unknown = columns.filter((name) => !known.some((column) => column.name === name));
  const twice = columns.filter((name, at) => columns.indexOf(name) < at);
  const missing = known.filter(({ name, needed }) => needed && !columns.includes(name)).map(({ name }) => name);
  const say = (prefix: string) => (name: string) => ({ line: 1, what: `${prefix} ${name}` });
  return [...unknown.map(say('column')), ...twice.map(say('twice: column')), ...missing.map(say('no column'))];
};

const problemsOf = (error: z.ZodError): string =>
  error.issues.map((i) => (i.path.length ? i.path.join('.') : i.code)).join(', ');

/** A file as a CSV reader gives it: the names of its columns, and its rows with a cell for each. */
export interface KnowledgeTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Where each row begins; without it rows follow each other from the second line on. */
  readonly lines?: readonly number[];
}

/**
 * Rows of one kind from a table whose first line names the columns, or every line that is wrong. Two rows with one id,
 * or one pair twice, are wrong.
 */
export const readKnowledge = (
  kind: KnowledgeKind,
  table: KnowledgeTable,
): { rows: KnowledgeRow[]; problems: KnowledgeProblem[] } => {
  const problems = problemsOfHead(table.columns, columnsOf(kind));
  if (problems.some(({ what }) => what.startsWith('no column'))) return { rows: [], problems };
  const seen = new Set<string>();
  const once = (name: string, line: number): void => {
    if (seen.has(name)) problems.push({ line, what: `twice: ${name}` });
    seen.add(name);
  };
  const rows = table.rows.flatMap((cells, i): KnowledgeRow[] => {
    const line = table.lines?.[i] ?? i + 2;
    const row = KnowledgeRow.safeParse({ kind, ...cellsOf(cells) });
    if (!row.success) {
      problems.push({ line, what: problemsOf(row.error) });
      return [];
    }
    once(row.data.id, line);
    if ('b' in row.data) once([row.data.a, row.data.b].sort().join(' + '), line);
    return [row.data];
  });
  return { rows, problems };
};

/** The substances of an INN, as rows name them. */
export const componentsOf = (inn: string): string[] => inn.toLowerCase().split(/\s*\+\s*/);

/** What a row may speak of where it means this medicine: each substance, and its ATC code at levels 2 to 5. */
export const subjectsOf = ({ inn, atc }: Pick<Medicine, 'inn' | 'atc'>): Subject[] => [
  ...componentsOf(inn),
  ...[3, 4, 5, 7].map((length) => `ATC:${atc.slice(0, length)}`),
];

/** The subjects that a row is stored with. */
const subjectsOfRow = (row: KnowledgeRow): Subject[] => {
  if ('b' in row) return [...new Set([row.a, row.b])];
  if (row.kind !== 'cross-allergy') return [row.subject];
  return [...new Set(row.members.filter((member) => !member.startsWith('group:')))];
};

/** Rows by subject, as they are stored; a pair lies with both of its subjects, a group with each member. */
export const rowsBySubject = (rows: readonly KnowledgeRow[]): Map<Subject, KnowledgeRow[]> => {
  const by = new Map<Subject, KnowledgeRow[]>();
  for (const row of rows)
    for (const subject of subjectsOfRow(row)) {
      const known = by.get(subject);
      if (known) known.push(row);
      else by.set(subject, [row]);
    }
  return by;
};
