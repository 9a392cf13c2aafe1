import { periodTrouble, readPastRow } from '@darmon/domain/past-use';
import { expect, test } from 'vitest';
import { makeCountry } from './country.ts';
import { formulary } from './formulary.ts';
import { makePastUse, sitesWithPast } from './past-use.ts';

const today = '2026-11-21';
const country = makeCountry(1, today);
const rows = makePastUse(1, today, country);
const seriesOf = (site: string) =>
  Map.groupBy(
    rows.filter((row) => row.site === site),
    ({ medicine }) => medicine,
  );

test('the same seed and day bring the same past, and every row of it could be brought from a file', () => {
  expect(makePastUse(1, today, makeCountry(1, today))).toEqual(rows);
  for (const row of rows) {
    expect(readPastRow(row).troubles).toEqual([]);
    expect(periodTrouble(row.period, country.openingDay, today)).toBeUndefined();
  }
  const names = rows.map(({ site, medicine, period }) => `${site} ${medicine} ${period}`);
  expect(new Set(names).size).toBe(rows.length);
});

test('on any day of a year nothing is brought of a day that the ledger keeps', () => {
  for (const day of ['2026-12-01', '2026-12-02', '2027-01-05', '2028-03-01']) {
    const then = makeCountry(1, day);
    expect(then.openingDay < day).toBe(true);
    const wrong = makePastUse(1, day, then).filter(({ period }) => periodTrouble(period, then.openingDay, day));
    expect(wrong, day).toEqual([]);
  }
});

test('among it are two and a half years, a medicine that is new, rare ones, months without stock, and one that is out', () => {
  for (const site of sitesWithPast) expect(seriesOf(site).size, site).toBeGreaterThan(5);
  const main = [...seriesOf('PH-0001').values()];
  expect(Math.max(...main.map((months) => months.length))).toBe(30);
  expect(main.filter((months) => months.length === 2).length).toBeGreaterThanOrEqual(1);
  expect(main.filter((months) => months.filter(({ quantity }) => quantity === 0).length > 15).length).toBeGreaterThan(
    3,
  );
  expect(main.filter((months) => months.some(({ daysOut = 0 }) => daysOut >= 8)).length).toBeGreaterThan(3);
  expect(seriesOf('PH-0001').get('AMOX500CAP')?.length).toBe(30);
  const lots = country.stock.find(({ site }) => site === 'PH-0002')?.lots ?? [];
  const isThere = ({ packs }: (typeof formulary)[number]) =>
    packs.some(({ gtin }) => lots.some((lot) => lot.gtin === gtin));
  const there = new Set<string>(formulary.filter(isThere).map(({ code }) => code));
  expect([...seriesOf('PH-0002').keys()].filter((medicine) => !there.has(medicine)).length).toBe(3);
});
