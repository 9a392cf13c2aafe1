import { firstPolicy, nextPolicy, type Policy, policyLeadMs } from '@darmon/domain/policy';
import { expect, test } from 'vitest';
import {
  changesBetween,
  changesOfForm,
  firstDay,
  overtaken,
  type PolicyForm,
  policyBody,
  policyFaults,
  policyForm,
  rulesOf,
} from './policy-rules.ts';

const now = Date.parse('2026-11-20T09:30:00.000Z');
const form: PolicyForm = { ...policyForm(firstPolicy), reason: 'order of the ministry' };
const faultsOf = (change: Partial<PolicyForm>) => Object.fromEntries(policyFaults({ ...form, ...change }));
const byAtc = (...rows: { atc: string; days: number | undefined }[]) => ({
  chronic: { ...form.chronic, byAtc: rows },
});

test('a version that nobody changed is sent as it was read, and changes nothing', () => {
  const { reason, ...rules } = policyBody(form);
  const { version, from, ...same } = firstPolicy;
  expect([rules, reason, version, from]).toEqual([same, 'order of the ministry', 1, firstPolicy.from]);
  expect(faultsOf({})).toEqual({});
  expect(changesOfForm(firstPolicy, form)).toEqual([]);
});

test('each number that is missing or out of bounds is named with its bound', () => {
  expect(faultsOf({ claimMinutes: undefined, undoHours: 0, paperDays: 61, maxLines: 2.5 })).toEqual({
    '/claimMinutes': { word: 'number' },
    '/undoHours': { word: 'tooSmall', limit: 1 },
    '/paperDays': { word: 'tooBig', limit: 60 },
    '/maxLines': { word: 'number' },
  });
  const otc = { ...form.classes.otc, validityDays: undefined, maxDays: 367 };
  expect(faultsOf({ classes: { ...form.classes, otc } })).toEqual({
    '/classes/otc/validityDays': { word: 'number' },
    '/classes/otc/maxDays': { word: 'tooBig', limit: 366 },
  });
});

test('rules of the warehouse are typed in soums and degrees, and told at their place when they cannot be', () => {
  const { warehouse } = form;
  expect([warehouse.thirdSignatureValue, warehouse.toleranceValue]).toEqual([10_000_000, 50_000]);
  const { room, cold } = warehouse.storage;
  const storage = { ...warehouse.storage, room: { ...room, from: 25 }, cold: { ...cold, to: 8.25 } };
  expect(faultsOf({ warehouse: { ...warehouse, storage, backdateDays: 32, tolerancePercent: undefined } })).toEqual({
    '/warehouse/backdateDays': { word: 'tooBig', limit: 31 },
    '/warehouse/countTolerance/percent': { word: 'number' },
    '/warehouse/storage/cold/to': { word: 'tenths' },
    '/warehouse/storage/room/to': { word: 'colder', limit: 25 },
  });
  const changed = { ...form, warehouse: { ...warehouse, toleranceValue: 1234.5, lowStockDays: 21 } };
  expect(policyBody(changed).warehouse).toMatchObject({ countTolerance: { percent: 2, value: 123_450 } });
  expect(changesOfForm(firstPolicy, changed)?.map(({ id, before, after }) => [id, before, after])).toEqual([
    ['toleranceValue', 50_000, 1234.5],
    ['lowStockDays', 14, 21],
  ]);
});

test('fewer lines with a decision than without, and a change without a reason, are told before anything is sent', () => {
  expect(faultsOf({ maxLines: 6, maxLinesWithDecision: 5, reason: '  ' })).toEqual({
    '/maxLinesWithDecision': { word: 'decision', limit: 6 },
    '/reason': { word: 'reason' },
  });
});

test('a group of medicines is the beginning of an ATC code, stands once and has its days', () => {
  expect(faultsOf(byAtc({ atc: 'A1', days: 30 }, { atc: 'A10', days: undefined }, { atc: 'A10', days: 5 }))).toEqual({
    '/chronic/byAtc/0/atc': { word: 'atc' },
    '/chronic/byAtc/1/days': { word: 'number' },
    '/chronic/byAtc/2/atc': { word: 'twice' },
  });
  expect(policyBody({ ...form, ...byAtc({ atc: 'A10', days: 45 }) }).chronic.byAtc).toEqual({ A10: 45 });
});

test('a group is ordered by its class, its months or both, stands once, and says both ends of its months', () => {
  const row = { atc: 'J01', ven: 'V' as const, minMonths: 1, maxMonths: 2.5 };
  const none = { atc: 'A10', ven: '' as const, minMonths: undefined, maxMonths: undefined };
  const groups = [
    row,
    { ...row, ven: '' as const, minMonths: 3 },
    none,
    { ...none, atc: 'A1', minMonths: 1 },
    { ...none, atc: 'B', minMonths: 0.3, maxMonths: 61 },
  ];
  expect(faultsOf({ groups })).toEqual({
    '/procurement/groups/1/atc': { word: 'twice' },
    '/procurement/groups/1/maxMonths': { word: 'groupMonths' },
    '/procurement/groups/2/ven': { word: 'groupEmpty' },
    '/procurement/groups/3/atc': { word: 'atc' },
    '/procurement/groups/3/maxMonths': { word: 'groupMonths' },
    '/procurement/groups/4/minMonths': { word: 'months' },
    '/procurement/groups/4/maxMonths': { word: 'months' },
  });
  const two = [row, { ...none, ven: 'N' as const }];
  const { procurement } = policyBody({ ...form, groups: two });
  expect(procurement.groups).toEqual({ J01: { ven: 'V', minMonths: 1, maxMonths: 2.5 }, A10: { ven: 'N' } });
  expect(changesOfForm(firstPolicy, { ...form, groups: two })?.map(({ id, after }) => [id, after])).toEqual([
    ['group.J01.groupVen', 'V'],
    ['group.J01.groupMin', 1],
    ['group.J01.groupMax', 2.5],
    ['group.A10.groupVen', 'N'],
  ]);
});

test('a day begins at midnight here, is told when missing, and the first that can be chosen is tomorrow', () => {
  expect(faultsOf({ begins: 'day', day: '' })).toEqual({ '/from': { word: 'day' } });
  expect(policyBody({ ...form, begins: 'day', day: '2026-12-01' }).from).toBe('2026-11-30T19:00:00.000Z');
  expect(policyBody({ ...form, begins: 'soon', day: '2026-12-01' })).not.toHaveProperty('from');
  expect([firstDay(now), firstDay(Date.parse('2026-11-20T19:00:00.000Z'))]).toEqual(['2026-11-21', '2026-11-22']);
});

test('every rule of a version is shown, so that none can change unseen', () => {
  const leaves = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, one) => sum + leaves(one), 0)
      : 1;
  const classes = Object.fromEntries(
    Object.entries(firstPolicy.classes).map(([name, rule]) => [name, { ...rule, maxDays: 7 }]),
  );
  const groups = { J01: { ven: 'V' as const, minMonths: 1, maxMonths: 2 }, A10: { ven: 'N' as const } };
  const procurement = { ...firstPolicy.procurement, groups, holidays: ['2027-01-01'] };
  const analysis = { ...firstPolicy.analysis, watchedAtc: ['N02A'] };
  const full = { ...firstPolicy, classes: classes as Policy['classes'], procurement, analysis };
  expect(rulesOf(full).length).toBe(leaves(full) - 2); // version and beginning
  expect(new Set(rulesOf(full).map((rule) => rule.id)).size).toBe(rulesOf(full).length);
});

test('a difference names what was and what will be, also where only one of the two has a rule', () => {
  const after = {
    ...firstPolicy,
    claimMinutes: 20,
    classes: { ...firstPolicy.classes, rx: { ...firstPolicy.classes.rx, maxDays: 14 } },
    chronic: { ...firstPolicy.chronic, byAtc: { N05: 30 } },
  };
  const told = changesBetween(firstPolicy, after).map(({ id, before, after }) => [id, before, after]);
  expect(told).toEqual([
    ['rx.maxDays', undefined, 14],
    ['claimMinutes', 30, 20],
    ['atc.A14A', 60, undefined],
    ['atc.N05', undefined, 30],
  ]);
  expect(changesOfForm(firstPolicy, { ...form, claimMinutes: undefined })).toBeUndefined();
});

test('a version to come is overtaken by one that is newer and begins no later', () => {
  const { reason: _reason, ...rules } = policyBody(form);
  const coming = nextPolicy(1, { ...rules, from: '2026-11-30T19:00:00.000Z' }, now);
  const lost = (change: Partial<PolicyForm>, at = now) =>
    overtaken([coming], { ...form, ...change }, at).map((policy) => policy.version);
  expect(lost({})).toEqual([2]);
  expect(lost({ begins: 'day', day: '2026-12-01' })).toEqual([2]);
  expect(lost({ begins: 'day', day: '2026-12-02' })).toEqual([]);
  expect(lost({}, Date.parse(coming.from) - policyLeadMs + 1)).toEqual([]);
});

test('days without a counter are typed as a list, each counts once, and what is no day is told at its place', () => {
  const typed = { ...form, holidays: '21.03.2027, 01.01.2027\n21.03.2027;2027-01-02' };
  expect(policyFaults(typed)).toEqual(new Map());
  const { procurement } = policyBody(typed);
  expect(procurement.holidays).toEqual(['2027-01-01', '2027-01-02', '2027-03-21']);
  const saved: Policy = { ...firstPolicy, procurement };
  expect(policyForm(saved).holidays).toBe('01.01.2027  02.01.2027  21.03.2027');
  expect(changesOfForm(firstPolicy, typed)?.map(({ name, after }) => [name, after])).toEqual([
    ['holidays', '01.01.2027, 02.01.2027, 21.03.2027'],
  ]);
  expect(faultsOf({ holidays: '31.02.2027' })).toEqual({ '/procurement/holidays': { word: 'holidays' } });
});

test('what the analysis watches is typed as codes, each once, and told where it is none', () => {
  const typed = { ...form, watchedAtc: 'n02a, N05BA  n02a' };
  expect(policyBody(typed).analysis.watchedAtc).toEqual(['N02A', 'N05BA']);
  expect(faultsOf({ watchedAtc: 'N02A tramadol' })).toEqual({ '/analysis/watchedAtc': { word: 'atc' } });
  expect(faultsOf({ analysis: { ...form.analysis, nightMany: 0, largeTimes: 1.25 } })).toEqual({
    '/analysis/nightMany': { word: 'tooSmall', limit: 1 },
    '/analysis/largeTimes': { word: 'tenths' },
  });
});

test('the day on which the schedule closes a month leaves time for what comes late, and comes before the next one is over', () => {
  expect(faultsOf({ closing: { freezeDay: 1 } })).toEqual({ '/closing/freezeDay': { word: 'tooSmall', limit: 2 } });
  expect(faultsOf({ closing: { freezeDay: 21 } })).toEqual({ '/closing/freezeDay': { word: 'tooBig', limit: 20 } });
  const changed = { ...form, closing: { freezeDay: 7 } };
  expect(policyBody(changed).closing).toEqual({ freezeDay: 7 });
  expect(changesOfForm(firstPolicy, changed)?.map(({ id, before, after }) => [id, before, after])).toEqual([
    ['freezeDay', 3, 7],
  ]);
});
