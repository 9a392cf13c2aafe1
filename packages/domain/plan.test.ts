import { expect, test } from 'vitest';
import { byRisk, type Outlook, type Plan, type PlanInput, planLine, planOf, shortOf, sitesByRisk } from './plan.ts';
import { failedWork, isFree, isGivenUp, nextOf, queuedWork, taken, weekOf } from './plan-run.ts';
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

test('an order has to be there when what is there and what is coming is used up, or already when the shelf is empty before', () => {
  const by = (about: Partial<PlanInput>) => planLine(input(about)).by;
  // ten units a day in November, 300 a month after that
  const alone = planLine(input({ rows: [row(100)] }));
  expect([alone.by, alone.by]).toEqual([alone.proposal.runsOut, '2026-11-30']);
  expect(by({ rows: [row(100)], onOrder: [{ quantity: 100, due: '2026-11-25' }] })).toBe('2026-12-10');
  expect(by({ rows: [row(100)], onOrder: [{ quantity: 100, due: '2026-12-20' }] })).toBe('2026-11-30');
  expect(by({ rows: [row(60)], inTransit: 40 })).toBe('2026-11-30');
  expect(by({ rows: [row(90_000, { expiryDate: '2099-01-31' })] })).toBeUndefined();
  expect(by({ outlook: { ...outlook, method: 'none', months: [] } })).toBeUndefined();
});

test('what deliveries took counts for more than what the supplier says, for the day of arrival and for safety stock', () => {
  const pack = { gtin: '09520000000011', packUnits: 10, packPrice: 5_000, leadDays: 14 };
  const learned = { ...pack, leadDays: 21, leadSpreadDays: 9, lead: { of: 'learned' as const, samples: 6 } };
  const stepOf = (line: ReturnType<typeof planLine>, name: string) =>
    line.proposal.steps.find(({ step }) => step === name)?.facts;
  const [said, known] = [planLine(input({ pack })), planLine(input({ pack: learned }))];
  expect(stepOf(said, 'lead-time')).toEqual({ days: 14, spreadDays: 4, of: 'promised', samples: 0 });
  expect(stepOf(known, 'lead-time')).toEqual({ days: 21, spreadDays: 9, of: 'learned', samples: 6 });
  expect(known.proposal.arrives).toBe('2026-12-11');
  expect(Number(stepOf(known, 'safety-stock')?.units)).toBeGreaterThan(Number(stepOf(said, 'safety-stock')?.units));
  const { leadDays: _, ...nobody } = pack;
  expect(stepOf(planLine(input({ pack: nobody })), 'lead-time')).toMatchObject({ of: 'rules', days: 14 });
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

test('a run wants workers while a site is free, a pause while one is held or rests, and its end when all are done or given up', () => {
  const at = Date.parse('2026-11-23T00:00:00Z');
  const sites = (count: number) =>
    Array.from({ length: count }, (_, i) => queuedWork('2026-W48', `PH-${String(i)}`, at));
  expect(nextOf(sites(1), at)).toEqual({ next: 'work', workers: [1] });
  expect(nextOf(sites(21), at)).toEqual({ next: 'work', workers: [1, 2, 3] });
  expect(nextOf(sites(5_000), at)).toMatchObject({ workers: Array.from({ length: 10 }, (_, i) => i + 1) });
  const [queued] = sites(1);
  if (!queued) throw new Error('no site');
  const held = taken(queued, at);
  const resting = failedWork(held, 'TypeError', at);
  const done = { ...held, state: 'done' as const };
  expect(nextOf([done, held], at)).toEqual({ next: 'rest', restSeconds: 360 });
  expect(nextOf([held, resting], at + 240_000)).toEqual({ next: 'rest', restSeconds: 60 });
  expect(nextOf([done, resting], at + 299_000)).toEqual({ next: 'rest', restSeconds: 15 });
  // three tries, the last of them a moment ago
  const over = failedWork({ ...held, attempts: 3 }, 'TypeError', at);
  expect([nextOf([done, over], at), isGivenUp(over, at)]).toEqual([{ next: 'close' }, true]);
  expect(nextOf([], at)).toEqual({ next: 'close' });
});
