import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type OrderInput,
  type OrderPolicy,
  OrderProposal,
  type OrderStep,
  packsWithin,
  proposeOrder,
  zOf,
} from './replenishment.ts';
import { dayAfter, demandFrom } from './stock-outlook.ts';

const service: OrderInput['policy'] = { kind: 'service-level', levels: { V: 0.98, E: 0.95, N: 0.9 } };
/** 300 units a month; an order takes 45 days, the next can be made 15 days later. */
const usual: OrderInput = {
  today: '2026-11-01',
  forecast: new Array<number>(12).fill(300),
  sigma: 50,
  ven: 'E',
  lots: [{ expiryDate: '2028-06-30', quantity: 200 }],
  setAside: 0,
  onOrder: [],
  inTransit: 0,
  leadDays: 45,
  leadSpreadDays: 15,
  reviewDays: 15,
  policy: service,
  packUnits: 20,
  minimumPacks: 1,
  multiplePacks: 1,
};
const factsOf = (proposal: { steps: OrderStep[] }, step: OrderStep['step']) =>
  proposal.steps.find((one) => one.step === step)?.facts;
const number = (proposal: { steps: OrderStep[] }, step: OrderStep['step'], fact: string): number =>
  Number(factsOf(proposal, step)?.[fact] ?? 0);

test('the normal quantile is that of printed tables', () => {
  for (const [level, z] of [
    [0.5, 0],
    [0.8, 0.842],
    [0.9, 1.282],
    [0.95, 1.645],
    [0.975, 1.96],
    [0.98, 2.054],
    [0.99, 2.326],
    [0.999, 3.09],
    [0.05, -1.645],
    [0.01, -2.326],
  ] as const)
    expect(zOf(level)).toBeCloseTo(z, 3);
});

test('safety stock is z times the root of the errors of each month and of the lead time, as done by hand', () => {
  const proposal = proposeOrder(usual);
  // 60 days from 1 November: 300 + 300 * 30 / 31
  expect(factsOf(proposal, 'demand')).toEqual({ days: 60, from: '2026-11-01', until: '2026-12-30', units: 591 });
  // 1.645 * sqrt(2 * 50^2 + 295.5^2 * 0.5^2) = 1.645 * sqrt(5000 + 21830.06) = 269.45
  expect(factsOf(proposal, 'safety-stock')).toMatchObject({ z: 1.645, months: 2, monthly: 295.5, units: 270 });
  expect(proposal.needed).toBe(591 + 270 - 200);
  expect([proposal.packs, proposal.quantity]).toEqual([34, 680]);
});

test('safety stock grows with the season and shrinks behind it, by what errors of such months are in a year', () => {
  // the root of the mean square of ten months of 100 and two of 500 is 223.6
  const flat = new Array<number>(10).fill(100);
  const during = proposeOrder({ ...usual, forecast: [500, 500, ...flat], leadSpreadDays: 0 });
  // 60 days of November and December: 500 + 500 * 30 / 31 = 984 units, 492 a month
  expect(factsOf(during, 'safety-stock')).toMatchObject({ sigmaOfYear: 50, season: 2.23, sigma: 111.5, units: 260 });
  const behind = proposeOrder({ ...usual, forecast: [...flat, 500, 500], leadSpreadDays: 0 });
  expect(factsOf(behind, 'safety-stock')).toMatchObject({ sigmaOfYear: 50, season: 0.45, sigma: 22.5, units: 53 });
  expect(factsOf(proposeOrder(usual), 'safety-stock')).toMatchObject({ season: 1, sigma: 50 });
});

test('what other sites could send is taken off before packs are counted, and never more than is needed', () => {
  const moves = [
    { from: 'PH-7', units: 300 },
    { from: 'PH-9', units: 61 },
  ];
  const proposal = proposeOrder({ ...usual, moves });
  // 591 + 270 - 200 are needed
  expect(factsOf(proposal, 'moves')).toEqual({ needed: 661, units: 361, from: 'PH-7, PH-9', left: 300 });
  expect([proposal.needed, proposal.packs, proposal.quantity]).toEqual([661, 15, 300]);
  expect(proposal.reasons).toContain('moved-first');
  const enough = proposeOrder({ ...usual, moves: [{ from: 'PH-7', units: 900 }] });
  expect([factsOf(enough, 'moves')?.left, enough.packs, enough.needed]).toEqual([0, 0, 661]);
  // it is there as well when nothing may expire
  const short = proposeOrder({ ...usual, shelfDays: 30, moves: [{ from: 'PH-7', units: 446 }] });
  expect(factsOf(short, 'expiry-cap')).toMatchObject({ before: 646, usable: 89 });
});

test('the steps begin with the lead time and where it is from, where that is known', () => {
  const { steps } = proposeOrder({ ...usual, lead: { of: 'learned', samples: 4 } });
  const { leadDays, leadSpreadDays } = usual;
  expect(steps[0]).toEqual({
    step: 'lead-time',
    facts: { days: leadDays, spreadDays: leadSpreadDays, of: 'learned', samples: 4 },
  });
});

test('a vital medicine is kept to a higher level of service than another', () => {
  const [vital, essential, other] = (['V', 'E', 'N'] as const).map((ven) => proposeOrder({ ...usual, ven }).needed);
  expect(vital).toBeGreaterThan(essential ?? 0);
  expect(essential).toBeGreaterThan(other ?? 0);
});

test('by max-min the order is average consumption times the months, less what is there and what is ordered', () => {
  const input: OrderInput = {
    ...usual,
    policy: { kind: 'max-min', minMonths: 2, maxMonths: 4 },
    averageMonthlyConsumption: 250,
    onOrder: [{ quantity: 100, due: '2026-11-20' }],
    inTransit: 40,
    packUnits: 1,
  };
  expect(proposeOrder(input).quantity).toBe(4 * 250 - 200 - 100 - 40);
});

test('by max-min nothing is ordered above the minimum, and something at it', () => {
  const policy = { kind: 'max-min', minMonths: 1, maxMonths: 3 } as const;
  const input = { ...usual, policy, averageMonthlyConsumption: 200, packUnits: 1 };
  expect(proposeOrder({ ...input, inTransit: 1 })).toMatchObject({ packs: 0, reasons: ['above-minimum'] });
  expect(proposeOrder(input)).toMatchObject({ packs: 400 });
});

test('what is held apart does not count, and neither does what will expire before it is used', () => {
  const lots = [
    { expiryDate: '2026-11-10', quantity: 150 },
    { expiryDate: '2028-06-30', quantity: 50 },
  ];
  const proposal = proposeOrder({ ...usual, setAside: 500, lots });
  // by 10 November 100 are asked for
  expect(proposal).toMatchObject({ willExpire: 50, needed: 591 + 270 - 150 });
  expect(proposal.reasons).toContain('stock-will-expire');
});

test('nothing is ordered that would expire before it is used', () => {
  const short = proposeOrder({ ...usual, shelfDays: 30 });
  // asked for in 75 days: 300 + 300 + 300 * 14 / 31; in the 45 before it arrives: 300 + 300 * 15 / 31
  expect(factsOf(short, 'expiry-cap')).toMatchObject({ days: 75, asked: 735, before: 446, usable: 289, packs: 14 });
  expect(short).toMatchObject({ packs: 14, reasons: ['capped-by-expiry', 'price-missing'] });
});

test('where the smallest order would expire it is made for a vital medicine that would be missing, and for no other', () => {
  const slow = {
    ...usual,
    forecast: new Array<number>(12).fill(2),
    sigma: 1,
    lots: [],
    minimumPacks: 5,
    shelfDays: 300,
  };
  expect(proposeOrder(slow)).toMatchObject({ packs: 0 });
  expect(proposeOrder(slow).reasons).toContain('minimum-would-expire');
  expect(proposeOrder({ ...slow, ven: 'V' })).toMatchObject({ packs: 5 });
  expect(proposeOrder({ ...slow, ven: 'V' }).reasons).toContain('minimum-despite-expiry');
});

test('the smallest order is made where other sites would use what this one cannot, and never for a site that uses none', () => {
  const slow = {
    ...usual,
    forecast: new Array<number>(12).fill(2),
    sigma: 1,
    lots: [],
    minimumPacks: 5,
    shelfDays: 300,
  };
  // 100 units; the site uses 19 in time
  expect(factsOf(proposeOrder({ ...slow, elsewhere: 80 }), 'expiry-cap')).toMatchObject({ usable: 19, packs: 0 });
  expect(proposeOrder({ ...slow, elsewhere: 81 })).toMatchObject({ packs: 5 });
  expect(proposeOrder({ ...slow, elsewhere: 81 }).reasons).toContain('minimum-shared');
  expect(proposeOrder({ ...slow, elsewhere: 500, shelfDays: 0 }).packs).toBe(0);
});

test('an order is rounded up to packs, to the minimum and to a multiple, and says so', () => {
  const proposal = proposeOrder({ ...usual, packUnits: 100, minimumPacks: 8, multiplePacks: 5 });
  expect(number(proposal, 'packs', 'packs')).toBe(7);
  expect(proposal).toMatchObject({ packs: 10, quantity: 1000 });
  expect(proposal.reasons).toEqual(['raised-to-minimum', 'raised-to-multiple', 'price-missing']);
});

test('money buys whole multiples, and none of it nothing; without a price nobody can say what it buys', () => {
  const priced = { ...usual, packPrice: 1000, multiplePacks: 2 };
  expect(proposeOrder(priced)).toMatchObject({ packs: 34, value: 34_000, reasons: [] });
  expect(proposeOrder({ ...priced, money: 11_500 })).toMatchObject({
    packs: 10,
    value: 10_000,
    reasons: ['capped-by-money'],
  });
  expect(proposeOrder({ ...priced, money: 0 })).toMatchObject({ packs: 0, value: 0, reasons: ['capped-by-money'] });
  expect(proposeOrder({ ...usual, money: 1_000_000 })).toMatchObject({
    packs: 0,
    value: null,
    reasons: ['price-missing'],
  });
  expect(proposeOrder({ ...priced, packPrice: 0, money: 0 })).toMatchObject({ packs: 34, value: 0 });
  expect(packsWithin(11_500, { packPrice: 1000, minimumPacks: 12, multiplePacks: 1 })).toBe(0);
});

test('nobody asks, nothing is ordered; nothing to wait for, nothing either', () => {
  for (const forecast of [[], new Array<number>(12).fill(0)])
    expect(proposeOrder({ ...usual, forecast, lots: [] })).toMatchObject({ packs: 0, needed: 0, runsOut: null });
  expect(proposeOrder({ ...usual, forecast: [], lots: [] }).reasons).toContain('no-demand');
  const now = proposeOrder({ ...usual, lots: [], leadDays: 0, leadSpreadDays: 0, reviewDays: 0 });
  expect(now).toMatchObject({ packs: 0, arrives: '2026-11-01', reasons: ['enough'] });
  expect(proposeOrder({ ...usual, lots: [], leadDays: 0 }).packs).toBeGreaterThan(0);
});

test('it says when the shelf is empty and when the order would be there', () => {
  expect(proposeOrder(usual)).toMatchObject({ runsOut: '2026-11-21', arrives: '2026-12-16' });
  expect(proposeOrder({ ...usual, lots: [] }).runsOut).toBe('2026-11-01');
  const spoils = [{ expiryDate: '2026-11-05', quantity: 200 }];
  expect(proposeOrder({ ...usual, lots: spoils }).runsOut).toBe('2026-11-06');
});

const anyInput: fc.Arbitrary<OrderInput> = fc
  .record({
    forecast: fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 14 }),
    sigma: fc.double({ min: 0, max: 3000, noNaN: true }),
    averageMonthlyConsumption: fc.nat(5000),
    ven: fc.constantFrom('V' as const, 'E' as const, 'N' as const),
    shelf: fc.array(fc.record({ ahead: fc.integer({ min: -5, max: 900 }), quantity: fc.nat(4000) }), { maxLength: 4 }),
    setAside: fc.nat(500),
    coming: fc.array(fc.nat(3000), { maxLength: 3 }),
    inTransit: fc.nat(1000),
    leadDays: fc.nat(120),
    leadSpreadDays: fc.nat(60),
    reviewDays: fc.nat(40),
    policy: fc.constantFrom<OrderPolicy>(
      { kind: 'service-level', levels: { V: 0.98, E: 0.95, N: 0.9 } },
      { kind: 'max-min', minMonths: 1.5, maxMonths: 3.5 },
    ),
    packUnits: fc.integer({ min: 1, max: 100 }),
    minimumPacks: fc.nat(20),
    multiplePacks: fc.nat(6),
    shelfDays: fc.option(fc.nat(800), { nil: undefined }),
    packPrice: fc.option(fc.nat(10_000_000), { nil: undefined }),
    money: fc.option(fc.nat(2_000_000_000), { nil: undefined }),
  })
  .map(({ shelf, coming, shelfDays, packPrice, money, ...input }) => ({
    ...input,
    today: '2026-11-21',
    lots: shelf.map(({ ahead, quantity }) => ({ expiryDate: dayAfter('2026-11-21', ahead), quantity })),
    onOrder: coming.map((quantity, i) => ({ quantity, due: dayAfter('2026-11-21', i) })),
    ...(shelfDays === undefined ? {} : { shelfDays }),
    ...(packPrice === undefined ? {} : { packPrice }),
    ...(money === undefined ? {} : { money }),
  }));

test('whatever is put in, an order is whole, a multiple at or above the minimum, paid for and used before it expires', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const proposal = proposeOrder(input);
      expect(OrderProposal.safeParse(proposal).success).toBe(true);
      const { packs } = proposal;
      expect(proposal.quantity).toBe(packs * input.packUnits);
      if (packs === 0) return;
      expect(packs).toBeGreaterThanOrEqual(input.minimumPacks);
      expect(packs % Math.max(1, input.multiplePacks)).toBe(0);
      if (input.money !== undefined)
        expect(proposal.value ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(input.money);
      // it passes what is needed by less than one multiple, or it is the smallest order there is
      const multiple = Math.max(1, input.multiplePacks);
      const smallest = Math.ceil(Math.max(1, input.minimumPacks) / multiple) * multiple;
      if (packs > smallest) expect((packs - multiple) * input.packUnits).toBeLessThan(proposal.needed);
      if (input.shelfDays !== undefined && !proposal.reasons.includes('minimum-despite-expiry')) {
        const demand = demandFrom(input.forecast, input.today);
        const later = demand(input.leadDays + input.shelfDays) - demand(input.leadDays);
        expect(proposal.quantity).toBeLessThanOrEqual(later + 1);
      }
    }),
    { numRuns: 1000 },
  );
});

test('whoever redoes the steps by hand comes to the same order', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const proposal = proposeOrder(input);
      const value = (step: OrderStep['step'], fact: string): number => number(proposal, step, fact);
      const target =
        input.policy.kind === 'max-min'
          ? Math.max(0, Math.ceil(value('maximum', 'monthly') * value('maximum', 'maxMonths') - 1e-6))
          : value('demand', 'units') +
            Math.max(
              0,
              Math.ceil(
                value('safety-stock', 'z') *
                  Math.sqrt(
                    value('safety-stock', 'months') * value('safety-stock', 'sigma') ** 2 +
                      value('safety-stock', 'monthly') ** 2 * value('safety-stock', 'leadSpreadMonths') ** 2,
                  ) -
                  1e-6,
              ),
            );
      const position =
        value('on-hand', 'units') -
        value('will-expire', 'units') +
        value('on-order', 'units') +
        value('in-transit', 'units');
      expect(value('position', 'units')).toBe(position);
      expect(value('needed', 'target')).toBe(target);
      const waits = proposal.reasons.includes('above-minimum');
      expect(value('needed', 'units')).toBe(waits ? 0 : Math.max(0, target - position));
      const packs = ['packs', 'minimum', 'multiple', 'expiry-cap', 'money-cap'] as const;
      const last = packs.filter((step) => factsOf(proposal, step)).at(-1);
      expect(value('result', 'packs')).toBe(last ? value(last, 'packs') : 0);
      expect(proposal.packs).toBe(value('result', 'packs'));
    }),
    { numRuns: 1000 },
  );
});

test('more on hand never asks for more, a longer wait never for less', () => {
  fc.assert(
    fc.property(anyInput, fc.nat(1000), fc.nat(30), (input, more, longer) => {
      const proposed = proposeOrder(input).needed;
      const lots = [...input.lots, { expiryDate: '2040-01-01', quantity: more }];
      expect(proposeOrder({ ...input, lots }).needed).toBeLessThanOrEqual(proposed);
      if (input.policy.kind === 'service-level' && input.sigma === 0 && input.leadSpreadDays === 0)
        expect(proposeOrder({ ...input, leadDays: input.leadDays + longer }).needed).toBeGreaterThanOrEqual(proposed);
    }),
  );
});
