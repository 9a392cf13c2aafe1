import { expect, test } from 'vitest';
import { byRisk, type Outlook, type Plan, type PlanInput, planLine, planOf, shortOf, sitesByRisk } from './plan.ts';
import { failedWork, isFree, isGivenUp, queuedWork, taken, weekOf } from './plan-run.ts';
import { firstProcurement, rulesFor } from './procurement-rules.ts';
import type { StockRow } from './stock.ts';

const today = '2026-11-20';
const row = (free: number, about: Partial<StockRow> = {}): StockRow => ({
  site: 'PH-1',
  medicine: 'A',
  gtin: '09520000000011',
  lot: 'L',
  expiryDate: '2028-01-31',
  free,
  held: 0,
  state: 'available',
  brand: 'Brand',
  packUnits: 10,
  ...about,
});
/** Three hundred units a month for a year. */
const outlook: Outlook = {
  method: 'combination',
  months: Array.from({ length: 13 }, (_, i) => ({
    month: `2026-${String(11 + i)}`,
    units: 300,
    low: 240,
    high: 360,
  })),
  wape: 0.1,
  mase: 0.9,
  bias: 0,
  sigma: 30,
  unusual: [],
};
const input = (about: Partial<PlanInput> = {}): PlanInput => ({
  medicine: 'A',
  atc: 'J01CA04',
  today,
  rules: firstProcurement,
  pack: { gtin: '09520000000011', packUnits: 10, packPrice: 5_000 },
  rows: [row(1_000)],
  onOrder: [],
  inTransit: 0,
  outlook,
  ...about,
});
const riskOf = (about: Partial<PlanInput>) => planLine(input(about)).risk;

test('the risk is whether anything can arrive before the shelf is empty, be it ordered now or already', () => {
  expect(riskOf({ rows: [] })).toBe('out');
  expect(riskOf({ rows: [row(50, { state: 'quarantined' })] })).toBe('out');
  // ten units a day, two weeks to arrive
  expect(riskOf({ rows: [row(100)] })).toBe('before-arrival');
  expect(riskOf({ rows: [row(100)], onOrder: [{ quantity: 500, due: '2026-11-25' }] })).toBe('low');
  expect(riskOf({ rows: [row(100)], onOrder: [{ quantity: 500, due: '2026-12-20' }] })).toBe('before-arrival');
  expect(riskOf({ rows: [row(100)], onOrder: [{ quantity: 500, due: '2026-11-01' }] })).toBe('low');
  // all that is ordered comes too late, and it is enough: nothing new is ordered that could come sooner
  expect(riskOf({ rows: [row(150)], onOrder: [{ quantity: 900, due: '2026-12-20' }] })).toBe('before-arrival');
  expect(riskOf({ rows: [row(180)] })).toBe('low');
  expect(riskOf({ rows: [row(1_000)] })).toBe('ok');
});

test('what nobody asks for is no risk, however empty its shelf is', () => {
  const nobody = { ...outlook, months: outlook.months.map((one) => ({ ...one, units: 0 })) };
  const line = planLine(input({ rows: [], outlook: nobody }));
  expect([line.risk, line.proposal.packs]).toEqual(['ok', 0]);
  expect(line.proposal.reasons).toContain('no-demand');
});

test('where nothing is known of what will be asked for, nothing is said to expire or to be asked for by nobody', () => {
  const none = { ...outlook, method: 'none', months: [] };
  const { risk, proposal } = planLine(input({ outlook: none }));
  expect([risk, proposal.packs, proposal.willExpire, proposal.runsOut]).toEqual(['ok', 0, 0, null]);
  expect(proposal.reasons).not.toContain('no-demand');
});

test('what may not be handed over, or is promised, lies there and does not count', () => {
  const rows = [row(100, { held: 20 }), row(50, { state: 'on-hold' }), row(30, { expiryDate: '2026-11-19' })];
  const { onHand, setAside } = planLine(input({ rows }));
  expect([onHand, setAside]).toEqual([100, 100]);
});

test('the terms of the supplier count for more than the rules', () => {
  const terms = { gtin: '09520000000011', packUnits: 10, packPrice: 5_000, leadDays: 60, minimumPacks: 100 };
  const line = planLine(input({ pack: terms, rows: [row(500)] }));
  expect(line.risk).toBe('before-arrival');
  expect(line.proposal.arrives).toBe('2027-01-19');
  expect(line.proposal.packs).toBeGreaterThanOrEqual(100);
});

test('a plan begins with what is worst: by risk, by class, by the day it ends', () => {
  const vital = { ...firstProcurement, groups: { J01: { ven: 'V' as const } } };
  const lines = [
    planLine(input({ medicine: 'OK' })),
    planLine(input({ medicine: 'SOON', rows: [row(100)] })),
    planLine(input({ medicine: 'SOONER', rows: [row(90)] })),
    planLine(input({ medicine: 'VITAL', rows: [row(120)], rules: vital })),
    planLine(input({ medicine: 'OUT', rows: [] })),
  ].sort(byRisk);
  expect(lines.map(({ medicine }) => medicine)).toEqual(['OUT', 'VITAL', 'SOONER', 'SOON', 'OK']);
  const about = { id: 'P', site: 'PH-1', name: 'N', kind: 'pharmacy', region: 'UZ-TK', at: '', policy: 1 } as const;
  const plan = planOf(about, lines);
  expect(plan.counts).toEqual({ out: 1, 'before-arrival': 3, low: 0, ok: 1 });
  expect(plan.worst).toEqual(lines.slice(0, 4).map(shortOf));
  expect([plan.toOrder, plan.value]).toEqual([4, lines.reduce((sum, l) => sum + (l.proposal.value ?? 0), 0)]);
});

test('sites with the most that is out come first', () => {
  const of = (site: string, out: number, soon: number) =>
    ({ site, counts: { out, 'before-arrival': soon, low: 0, ok: 0 } }) as Plan;
  const sites = [of('C', 0, 9), of('B', 2, 0), of('D', 0, 9), of('A', 2, 1)].sort(sitesByRisk);
  expect(sites.map(({ site }) => site)).toEqual(['A', 'B', 'C', 'D']);
});

test('the longest beginning of an ATC code says of which class a medicine is and how it is ordered', () => {
  const rules = {
    ...firstProcurement,
    groups: { J: { ven: 'N' as const }, J01CA: { ven: 'V' as const, minMonths: 1, maxMonths: 3 } },
  };
  expect(rulesFor(rules, 'J01CA04')).toEqual({
    ven: 'V',
    policy: { kind: 'max-min', minMonths: 1, maxMonths: 3 },
  });
  expect(rulesFor(rules, 'J02AC01').ven).toBe('N');
  expect(rulesFor(rules, undefined)).toEqual({
    ven: 'E',
    policy: { kind: 'service-level', levels: { V: 0.99, E: 0.97, N: 0.95 } },
  });
});

test('a week begins on Monday in Tashkent, and belongs to the year of its Thursday', () => {
  const week = (at: string) => weekOf(Date.parse(at));
  expect(week('2026-11-22T18:59:59.999Z')).toBe('2026-W47');
  expect(week('2026-11-22T19:00:00.000Z')).toBe('2026-W48');
  expect([week('2026-12-31T07:00:00Z'), week('2027-01-03T07:00:00Z')]).toEqual(['2026-W53', '2026-W53']);
  expect(week('2027-01-04T07:00:00Z')).toBe('2027-W01');
  expect(week('2029-12-31T07:00:00Z')).toBe('2030-W01');
});

test('work is free until somebody takes it, again when that one is silent too long or failed a while ago, and not for ever', () => {
  const at = Date.parse('2026-11-23T00:00:00Z');
  const minute = 60_000;
  const queued = queuedWork('2026-W48', 'PH-1', at);
  expect(isFree(queued, at)).toBe(true);
  const begun = taken(queued, at);
  expect([isFree(begun, at + 5 * minute), isFree(begun, at + 6 * minute)]).toEqual([false, true]);
  const failed = failedWork(begun, 'TypeError', at);
  expect([isFree(failed, at + 4 * minute), isFree(failed, at + 5 * minute)]).toEqual([false, true]);
  let last = failed;
  for (let n = 0; n < 2; n += 1) last = failedWork(taken(last, at), 'TypeError', at);
  expect([isFree(last, at + 60 * minute), isGivenUp(last, at + 60 * minute)]).toEqual([false, true]);
  expect(isGivenUp({ ...last, state: 'done' }, at + 60 * minute)).toBe(false);
});
