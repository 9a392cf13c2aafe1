import { dayStart, tashkentDay } from '@darmon/domain/time';
import { describe, expect, test } from 'vitest';
import { makeCountry } from './country.ts';
import { makePastCare, type PastOutcome } from './past-care.ts';
import { otherLotOf, pastDeliveries } from './past-stock.ts';

const today = '2026-11-22';
const country = makeCountry(1, today);
const past = makePastCare(1, today, country);
const handOvers = past.visits.flatMap((visit) =>
  visit.steps.flatMap((step) => (step.kind === 'hand-over' ? [{ visit, step }] : [])),
);
const given = (outcome: PastOutcome): number => ('quantity' in outcome ? outcome.quantity : 0);

describe('the past of the demo country', () => {
  test('is the same for the same seed and day, and another for another seed', () => {
    expect(makePastCare(1, today, country)).toEqual(past);
    expect(makePastCare(2, today, country)).not.toEqual(past);
  });

  test.each([
    [today, '2026-09-01', '2026-11-21'],
    ['2026-11-01', '2026-09-01', '2026-10-31'],
    ['2027-01-15', '2026-11-01', '2027-01-14'],
  ])('on %s it is of two whole months and of the days since', (day, from, through) => {
    const made = makePastCare(1, day, makeCountry(1, day));
    expect([made.from, made.through]).toEqual([from, through]);
    expect(made.visits.length).toBeGreaterThan(100);
  });

  test('begins when its sites were founded, ends yesterday, and each visit goes forward in time', () => {
    for (const { at, steps } of past.visits) {
      const times = [at, ...steps.map((step) => step.at)];
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(tashkentDay(times[0] ?? 0) >= past.from && tashkentDay(times.at(-1) ?? 0) <= past.through).toBe(true);
    }
    expect(past.foundedAt).toBeLessThan(dayStart(past.from));
  });

  test('happens at sites that have no past use from elsewhere, by people who work there', () => {
    const siteOf = new Map(country.people.map(({ id, site }) => [id, site]));
    for (const { doctor, clinic, steps } of past.visits) {
      expect(siteOf.get(doctor)).toBe(clinic);
      for (const step of steps) expect([step.site, past.sites.has(step.site)]).toEqual([siteOf.get(step.person), true]);
    }
    for (const site of ['PH-0001', 'PH-0002', 'PH-0003', 'PH-0005', 'PH-0006'])
      expect(past.sites.has(site)).toBe(false);
  });

  test('nobody is handed more than was written for one issue', () => {
    for (const { visit, step } of handOvers)
      for (const outcome of step.lines)
        expect(given(outcome)).toBeLessThanOrEqual(visit.lines[outcome.line - 1]?.units ?? 0);
  });

  test('every shelf was delivered what it hands over, before it does, in lots that have not expired', () => {
    const deliveries = pastDeliveries(1, today, past, 19);
    const left = new Map<string, number>();
    const packUnits = new Map<string, { medicine: string; units: number }>();
    for (const { visit } of handOvers)
      for (const { medicine } of visit.lines) {
        const { gtin } = otherLotOf(1, today, medicine);
        packUnits.set(gtin, { medicine, units: 1 });
      }
    for (const { lots } of deliveries)
      for (const lot of lots) expect([lot.expiryDate > today, packUnits.has(lot.gtin)]).toEqual([true, true]);
    const acts = [
      ...deliveries.map((one) => ({ at: one.at, run: () => add(one) })),
      ...handOvers.map(({ visit, step }) => ({ at: step.at, run: () => take(visit, step) })),
    ].sort((a, b) => a.at - b.at);
    const add = ({ site, lots }: (typeof deliveries)[number]) => {
      for (const { gtin, packs } of lots) {
        const { medicine } = packUnits.get(gtin) ?? { medicine: '' };
        left.set(`${site} ${medicine}`, (left.get(`${site} ${medicine}`) ?? 0) + packs);
      }
    };
    const take = (
      { lines }: (typeof handOvers)[number]['visit'],
      { site, ...step }: (typeof handOvers)[number]['step'],
    ) => {
      for (const outcome of step.lines)
        if (given(outcome) > 0)
          expect(left.get(`${site} ${lines[outcome.line - 1]?.medicine}`) ?? 0).toBeGreaterThan(0);
    };
    for (const { run } of acts) run();
  });

  test('holds what the daily analysis looks for: controlled medicines, warnings passed, looks that lead to nothing', () => {
    expect(past.visits.filter(({ isControlled }) => isControlled).length).toBeGreaterThan(25);
    expect(past.visits.filter(({ passesWarnings }) => passesWarnings).length).toBeGreaterThan(14);
    expect(past.looks.length).toBeGreaterThanOrEqual(15);
  });
});
