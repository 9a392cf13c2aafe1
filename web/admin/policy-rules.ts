/** What an administrator types about the rules, what is still wrong with it, and what it changes. */
import { type MedicineClass, medicineClasses, type Storage, storages } from '@darmon/domain/medicine';
import { type ClassRule, type Policy, PolicyFields, policyLeadMs } from '@darmon/domain/policy';
import { tashkentDay } from '@darmon/domain/time';
import { dayText } from '@darmon/i18n/dates';
import { readDay } from '../shared/day-text.ts';
import {
  type GroupFault,
  type GroupRow,
  type GroupRuleName,
  groupFaults,
  groupRows,
  groupRules,
  groupsWanted,
} from './group-rules.ts';

/** A field of numbers: undefined while it is empty or half typed. */
export type Typed = number | undefined;

export type FlagName = 'brand' | 'substitution' | 'alone' | 'forbidden';
export const flagNames: readonly FlagName[] = ['brand', 'substitution', 'alone', 'forbidden'];
export const dayNames = ['validityDays', 'maxDays'] as const;

export interface ClassFields extends Readonly<Record<FlagName, boolean>> {
  readonly validityDays: Typed;
  /** Without a number a course is as long as the prescriber says. */
  readonly maxDays: Typed;
}

/** The rules that are one number, in the order of the form, by what they count. */
export const numberNames = {
  maxLines: 'lines',
  maxLinesWithDecision: 'lines',
  claimMinutes: 'minutes',
  undoHours: 'hours',
  paperDays: 'days',
  feedbackSignal: 'complaints',
} as const;
export type NumberName = keyof typeof numberNames;
export const numbers = Object.keys(numberNames) as NumberName[];

/** The warehouse's rules that are one number, in the order of the form, by what they count. */
export const warehouseNames = {
  backdateDays: 'days',
  reversalHours: 'hours',
  thirdSignatureValue: 'soum',
  tolerancePercent: 'percent',
  toleranceValue: 'soum',
  slowMoverDays: 'days',
  lowStockDays: 'days',
} as const;
export type WarehouseName = keyof typeof warehouseNames;
export const warehouseNumbers = Object.keys(warehouseNames) as WarehouseName[];
/** The rules of ordering, in the order of the form, by what they count, and where each stands in what is sent. */
export const orderingNames = {
  approverLimit: 'soum',
  chiefLimit: 'soum',
  abovePercent: 'percent',
  wholesalePercent: 'percent',
  retailPercent: 'percent',
  serviceV: 'percent',
  serviceE: 'percent',
  serviceN: 'percent',
  reviewDays: 'days',
  leadDays: 'days',
  leadSpreadDays: 'days',
  shelfDays: 'days',
} as const;
export type OrderingName = keyof typeof orderingNames;
export const orderingNumbers = Object.keys(orderingNames) as OrderingName[];
export const orderingPointers: Readonly<Record<OrderingName, string>> = {
  approverLimit: '/requisitions/limits/approver',
  chiefLimit: '/requisitions/limits/chief',
  abovePercent: '/orders/abovePercent',
  wholesalePercent: '/markUps/wholesalePercent',
  retailPercent: '/markUps/retailPercent',
  serviceV: '/procurement/servicePercent/V',
  serviceE: '/procurement/servicePercent/E',
  serviceN: '/procurement/servicePercent/N',
  reviewDays: '/procurement/reviewDays',
  leadDays: '/procurement/leadDays',
  leadSpreadDays: '/procurement/leadSpreadDays',
  shelfDays: '/procurement/shelfDays',
};
/** The thresholds of the daily analysis, in the order of the form, by what they count. */
export const analysisNames = {
  windowDays: 'days',
  overlaps: 'cases',
  largeTimes: 'times',
  largeMany: 'cases',
  nightMany: 'cases',
  overrideTimes: 'times',
  overrideMany: 'cases',
  pairMany: 'cases',
  pairTimes: 'times',
  idlePercent: 'percent',
  idleMany: 'cases',
  idleInDay: 'cases',
  refusedInHour: 'cases',
  refusedAtNight: 'cases',
  driftSeconds: 'seconds',
  driftDays: 'days',
  nightFrom: 'oclock',
  nightUntil: 'oclock',
} as const;
export type AnalysisName = keyof typeof analysisNames;
export const analysisNumbers = Object.keys(analysisNames) as AnalysisName[];
/** How long what names a person is kept, in the order of the form. */
export const retentionNames = ['prescriptionYears', 'controlledYears', 'pictureYears', 'feedbackYears'] as const;
export type RetentionName = (typeof retentionNames)[number];
export const bounds = ['from', 'to'] as const;

/** Where a rule of the warehouse stands in what is sent. */
export const warehousePointer = (name: WarehouseName): string => {
  if (name === 'tolerancePercent') return '/warehouse/countTolerance/percent';
  return name === 'toleranceValue' ? '/warehouse/countTolerance/value' : `/warehouse/${name}`;
};

/** Money is typed in soums, of which each is a hundred tiyin; temperatures in degrees Celsius. */
export interface WarehouseForm extends Readonly<Record<WarehouseName, Typed>> {
  readonly storage: Readonly<Record<Storage, { readonly from: Typed; readonly to: Typed }>>;
}

export interface PolicyForm extends Readonly<Record<NumberName, Typed>> {
  readonly classes: Readonly<Record<MedicineClass, ClassFields>>;
  readonly reimbursed: { readonly validityDays: Typed; readonly brand: boolean };
  readonly chronic: {
    readonly validityDays: Typed;
    readonly maxIssues: Typed;
    readonly byAtc: readonly { readonly atc: string; readonly days: Typed }[];
  };
  readonly orphanUnregistered: boolean;
  readonly warehouse: WarehouseForm;
  readonly ordering: Readonly<Record<OrderingName, Typed>>;
  readonly retention: Readonly<Record<RetentionName, Typed>>;
  readonly analysis: Readonly<Record<AnalysisName, Typed>>;
  readonly closing: { readonly freezeDay: Typed };
  /** Beginnings of ATC codes, with anything between them. */
  readonly watchedAtc: string;
  /** Groups of medicines that are ordered by rules of their own. */
  readonly groups: readonly GroupRow[];
  /** Days on which counters are closed, as `DD.MM.YYYY`, with anything between them. */
  readonly holidays: string;
  /** Begins a minute after it is saved, or with a day. */
  readonly begins: 'soon' | 'day';
  /** `YYYY-MM-DD`, or empty. */
  readonly day: string;
  readonly reason: string;
}

const mapClasses = <A, B>(classes: Readonly<Record<MedicineClass, A>>, change: (one: A) => B) =>
  Object.fromEntries(medicineClasses.map((name) => [name, change(classes[name])])) as Record<MedicineClass, B>;

const soum = (tiyin: number): number => tiyin / 100;
const tiyin = (typed: Typed): Typed => (typed === undefined ? undefined : Math.round(typed * 100));

const warehouseForm = ({ countTolerance, thirdSignatureValue, ...rest }: Policy['warehouse']): WarehouseForm => ({
  ...rest,
  thirdSignatureValue: soum(thirdSignatureValue),
  tolerancePercent: countTolerance.percent,
  toleranceValue: soum(countTolerance.value),
});

const warehouseWanted = ({ tolerancePercent, toleranceValue, thirdSignatureValue, ...rest }: WarehouseForm) => ({
  ...rest,
  thirdSignatureValue: tiyin(thirdSignatureValue),
  countTolerance: { percent: tolerancePercent, value: tiyin(toleranceValue) },
});

type OrderingRules = Pick<Policy, 'requisitions' | 'orders' | 'markUps' | 'procurement'>;
const orderingForm = ({ requisitions: { limits }, orders, markUps, procurement }: OrderingRules) => {
  const { servicePercent, reviewDays, leadDays, leadSpreadDays, shelfDays } = procurement;
  return {
    approverLimit: soum(limits.approver),
    chiefLimit: soum(limits.chief),
    ...orders,
    ...markUps,
    serviceV: servicePercent.V,
    serviceE: servicePercent.E,
    serviceN: servicePercent.N,
    reviewDays,
    leadDays,
    leadSpreadDays,
    shelfDays,
  };
};

/** The days of a text, each once and in order; what is no day is kept as it is, and so is wrong. */
const daysOf = (text: string): string[] => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  return [...new Set(words.map((word) => readDay(word) ?? word))].sort();
};

const orderingWanted = ({ ordering, groups, holidays }: Pick<PolicyForm, 'ordering' | 'groups' | 'holidays'>) => {
  const { approverLimit, chiefLimit, abovePercent, wholesalePercent, retailPercent, ...others } = ordering;
  const { serviceV, serviceE, serviceN, ...days } = others;
  return {
    requisitions: { limits: { approver: tiyin(approverLimit), chief: tiyin(chiefLimit) } },
    orders: { abovePercent },
    markUps: { wholesalePercent, retailPercent },
    procurement: {
      servicePercent: { V: serviceV, E: serviceE, N: serviceN },
      ...days,
      holidays: daysOf(holidays),
      groups: groupsWanted(groups),
    },
  };
};

/** The form as a version stands, to begin in a minute. */
export const policyForm = ({
  version: _version,
  from: _from,
  classes,
  chronic,
  warehouse,
  requisitions,
  orders,
  markUps,
  procurement,
  analysis: { watchedAtc, ...analysis },
  ...rest
}: Policy): PolicyForm => ({
  ...rest,
  analysis,
  watchedAtc: watchedAtc.join('  '),
  ordering: orderingForm({ requisitions, orders, markUps, procurement }),
  groups: groupRows(procurement.groups),
  holidays: procurement.holidays.map(dayText).join('  '),
  warehouse: warehouseForm(warehouse),
  classes: mapClasses(classes, (rule) => ({ ...rule, maxDays: rule.maxDays })),
  chronic: {
    ...chronic,
    byAtc: Object.entries(chronic.byAtc).map(([atc, days]) => ({ atc, days })),
  },
  begins: 'soon',
  day: '',
  reason: '',
});

/** The instant at which a day begins here. */
const beginningOf = (day: string): string => new Date(`${day}T00:00:00+05:00`).toISOString();

/** The first day that can be chosen: the day after `now`. */
export const firstDay = (now: number): string => tashkentDay(now + 86_400_000);

const codesOf = (text: string): string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((word) => word !== ''),
  ),
];

/** What is sent, without version and reason; some of it may still be missing. */
const wanted = ({
  classes,
  chronic,
  warehouse,
  ordering,
  groups,
  holidays,
  analysis,
  watchedAtc,
  begins,
  day,
  reason: _reason,
  ...rest
}: PolicyForm) => ({
  ...rest,
  analysis: { ...analysis, watchedAtc: codesOf(watchedAtc) },
  ...orderingWanted({ ordering, groups, holidays }),
  warehouse: warehouseWanted(warehouse),
  ...(begins === 'day' && { from: day && beginningOf(day) }),
  classes: mapClasses(classes, ({ maxDays, ...rule }) => ({ ...rule, ...(maxDays !== undefined && { maxDays }) })),
  chronic: { ...chronic, byAtc: Object.fromEntries(chronic.byAtc.map(({ atc, days }) => [atc, days])) },
});

export type FaultWord =
  | 'number'
  | 'tooSmall'
  | 'tooBig'
  | 'tenths'
  | 'colder'
  | 'atc'
  | 'twice'
  | 'day'
  | 'holidays'
  | 'reason'
  | 'decision'
  | GroupFault;
export interface Fault {
  readonly word: FaultWord;
  readonly limit?: number;
}

const numberFault = (issue: { code: string; minimum?: unknown; maximum?: unknown }): Fault => {
  if (issue.code === 'too_small') return { word: 'tooSmall', limit: Number(issue.minimum) };
  if (issue.code === 'too_big') return { word: 'tooBig', limit: Number(issue.maximum) };
  if (issue.code === 'not_multiple_of') return { word: 'tenths' };
  return { word: 'number' };
};

const { byAtc: ByAtc, validityDays: Days } = PolicyFields.shape.chronic.shape;

/** What is wrong, by JSON pointer; rows of ATC codes are counted, since two may say the same. */
export const policyFaults = (form: PolicyForm): ReadonlyMap<string, Fault> => {
  const faults = new Map<string, Fault>();
  const parsed = PolicyFields.safeParse(wanted(form));
  for (const issue of parsed.error?.issues ?? []) {
    const [first, second] = issue.path;
    if (first === 'from') faults.set('/from', { word: 'day' });
    else if (second === 'watchedAtc') faults.set('/analysis/watchedAtc', { word: 'atc' });
    else if (second === 'holidays') faults.set('/procurement/holidays', { word: 'holidays' });
    else if ((first !== 'chronic' || second !== 'byAtc') && (first !== 'procurement' || second !== 'groups'))
      faults.set(`/${issue.path.join('/')}`, numberFault(issue as Parameters<typeof numberFault>[0]));
  }
  for (const [at, { atc, days }] of form.chronic.byAtc.entries()) {
    const row = `/chronic/byAtc/${at}`;
    if (!ByAtc.safeParse({ [atc]: 1 }).success) faults.set(`${row}/atc`, { word: 'atc' });
    else if (form.chronic.byAtc.findIndex((one) => one.atc === atc) !== at) faults.set(`${row}/atc`, { word: 'twice' });
    const [issue] = Days.safeParse(days).error?.issues ?? [];
    if (issue) faults.set(`${row}/days`, numberFault(issue as Parameters<typeof numberFault>[0]));
  }
  for (const [pointer, word] of groupFaults(form.groups)) faults.set(pointer, { word });
  if ((form.maxLines ?? 0) > (form.maxLinesWithDecision ?? Number.POSITIVE_INFINITY))
    faults.set('/maxLinesWithDecision', { word: 'decision', limit: form.maxLines ?? 0 });
  const { approverLimit, chiefLimit } = form.ordering;
  if ((approverLimit ?? 0) > (chiefLimit ?? Number.POSITIVE_INFINITY))
    faults.set(orderingPointers.chiefLimit, { word: 'decision', limit: approverLimit ?? 0 });
  const { prescriptionYears, controlledYears } = form.retention;
  if ((prescriptionYears ?? 0) > (controlledYears ?? Number.POSITIVE_INFINITY))
    faults.set('/retention/controlledYears', { word: 'decision', limit: prescriptionYears ?? 0 });
  for (const storage of storages) {
    const { from, to } = form.warehouse.storage[storage];
    if (from !== undefined && to !== undefined && from >= to)
      faults.set(`/warehouse/storage/${storage}/to`, { word: 'colder', limit: from });
  }
  if (form.reason.trim().length < 3) faults.set('/reason', { word: 'reason' });
  return faults;
};

/**
 * The rules that a form asks for.
 * @throws ZodError for a form with faults
 */
export const policyBody = (form: PolicyForm): PolicyFields & { reason: string } => ({
  ...PolicyFields.parse(wanted(form)),
  reason: form.reason.trim(),
});

/** A text is the name of a class, or days. */
type Value = number | boolean | string | undefined;
export type RuleName =
  | NumberName
  | FlagName
  | (typeof dayNames)[number]
  | 'reimbursedDays'
  | 'reimbursedBrand'
  | 'chronicDays'
  | 'chronicAtc'
  | 'maxIssues'
  | 'orphanUnregistered'
  | WarehouseName
  | OrderingName
  | RetentionName
  | AnalysisName
  | 'freezeDay'
  | 'watchedAtc'
  | GroupRuleName
  | 'holidays'
  | 'storageFrom'
  | 'storageTo';

/** One rule as one value. */
export interface Rule {
  readonly id: string;
  readonly name: RuleName;
  readonly class?: MedicineClass;
  readonly atc?: string;
  readonly storage?: Storage;
  readonly value: Value;
}

type Rules = Omit<Policy, 'version' | 'from'>;

/** A version as single rules, in the order of the form. */
export const rulesOf = (policy: Rules): readonly Rule[] => [
  ...medicineClasses.flatMap((name) =>
    ([...dayNames, ...flagNames] as const).map((rule) => ({
      id: `${name}.${rule}`,
      name: rule,
      class: name,
      value: (policy.classes[name] as ClassRule)[rule],
    })),
  ),
  { id: 'reimbursedDays', name: 'reimbursedDays', value: policy.reimbursed.validityDays },
  { id: 'reimbursedBrand', name: 'reimbursedBrand', value: policy.reimbursed.brand },
  ...numbers.map((name) => ({ id: name, name, value: policy[name] })),
  { id: 'chronicDays', name: 'chronicDays', value: policy.chronic.validityDays },
  ...Object.entries(policy.chronic.byAtc).map(
    ([atc, days]): Rule => ({ id: `atc.${atc}`, name: 'chronicAtc', atc, value: days }),
  ),
  { id: 'maxIssues', name: 'maxIssues', value: policy.chronic.maxIssues },
  { id: 'orphanUnregistered', name: 'orphanUnregistered', value: policy.orphanUnregistered },
  ...warehouseRules(warehouseForm(policy.warehouse)),
  ...Object.entries(orderingForm(policy)).map(
    ([name, value]): Rule => ({ id: name, name: name as OrderingName, value }),
  ),
  ...retentionNames.map((name) => ({ id: name, name, value: policy.retention[name] })),
  ...analysisNumbers.map((name) => ({ id: name, name, value: policy.analysis[name] })),
  { id: 'watchedAtc', name: 'watchedAtc', value: policy.analysis.watchedAtc.join(', ') || undefined },
  { id: 'freezeDay', name: 'freezeDay', value: policy.closing.freezeDay },
  { id: 'holidays', name: 'holidays', value: policy.procurement.holidays.map(dayText).join(', ') || undefined },
  ...groupRules(policy.procurement.groups),
];

const warehouseRules = (warehouse: WarehouseForm): readonly Rule[] => [
  ...warehouseNumbers.map((name) => ({ id: name, name, value: warehouse[name] })),
  ...storages.flatMap((storage): Rule[] => [
    { id: `${storage}.from`, name: 'storageFrom', storage, value: warehouse.storage[storage].from },
    { id: `${storage}.to`, name: 'storageTo', storage, value: warehouse.storage[storage].to },
  ]),
];

export interface Change extends Omit<Rule, 'value'> {
  readonly before: Value;
  readonly after: Value;
}

/** Rule by rule, what is different; a rule that only one of the two has is undefined in the other. */
export const changesBetween = (before: Rules, after: Rules): readonly Change[] => {
  const old = new Map(rulesOf(before).map((rule) => [rule.id, rule]));
  const young = new Map(rulesOf(after).map((rule) => [rule.id, rule]));
  return [...new Map([...old, ...young]).values()]
    .map(({ value: _value, ...rule }) => ({
      ...rule,
      before: old.get(rule.id)?.value,
      after: young.get(rule.id)?.value,
    }))
    .filter((change) => change.before !== change.after);
};

/** What a form would change, or undefined while it is not complete. */
export const changesOfForm = (inForce: Policy, form: PolicyForm): readonly Change[] | undefined => {
  const parsed = PolicyFields.safeParse(wanted({ ...form, begins: 'soon' }));
  return parsed.success ? changesBetween(inForce, parsed.data) : undefined;
};

/** Those of the versions to come that would never hold, because the new one begins no later and is newer. */
export const overtaken = (coming: readonly Policy[], form: PolicyForm, now: number): readonly Policy[] => {
  const begins = form.begins === 'day' && form.day ? Date.parse(beginningOf(form.day)) : now + policyLeadMs;
  return coming.filter((policy) => begins <= Date.parse(policy.from));
};
