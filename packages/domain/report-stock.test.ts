import { describe, expect, test } from 'vitest';
import { dosesInUnit, groupOfAntibiotic } from './antibiotics.ts';
import type { Medicine } from './medicine.ts';
import { firstProcurement } from './procurement-rules.ts';
import type { RegisterEntry } from './register.ts';
import type { Report } from './report.ts';
import { antibioticsReport } from './report-antibiotics.ts';
import { balanceOf, type FactsOfSite } from './report-balance.ts';
import { classesReport } from './report-classes.ts';
import { registerReport } from './report-register.ts';
import type { StockFact } from './stock-facts.ts';

type Body = Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'>;
const broken = ({ checks }: Body): string[] => checks.filter(({ holds }) => !holds).map(({ name }) => name);
const section = ({ sections }: Body, name: string) => {
  const found = sections.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
/** Every row has as many cells as columns, and every total is the sum of its column. */
const isWhole = ({ sections }: Body): void => {
  for (const { columns, rows, totals = {} } of sections) {
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    for (const [i, { name, total }] of columns.entries())
      if (total)
        expect(totals[name]).toBeCloseTo(
          rows.reduce((sum, { cells }) => sum + Number(cells[i] ?? 0), 0),
          6,
        );
  }
};

const fact = (about: Partial<StockFact>): StockFact => ({
  medicine: 'AMOX500CAP',
  gtin: '09520000000011',
  lot: 'A',
  expiryDate: '2028-01-31',
  packUnits: 10,
  packPrice: 1_000,
  opening: 0,
  closing: 0,
  days: [],
  ...about,
});
const sumsOf = (lines: readonly StockFact[]) => ({
  opening: lines.reduce((sum, { opening }) => sum + opening, 0),
  closing: lines.reduce((sum, { closing }) => sum + closing, 0),
  ledger: lines.reduce((sum, { closing }) => sum + closing, 0),
});
const siteOf = (site: string, lines: StockFact[], more: Partial<FactsOfSite> = {}): FactsOfSite => ({
  site,
  through: '2026-10-31',
  sums: sumsOf(lines),
  lines,
  ...more,
});
const warehouse = [
  fact({ opening: 100, closing: 70, days: [[5, 'transfer-out', 0, 30]] }),
  fact({
    closing: 10,
    place: 'TRANSFER-1',
    days: [
      [5, 'transfer-in', 30, 0],
      [6, 'transfer-out', 0, 20],
    ],
  }),
];
const pharmacy = [
  fact({
    closing: 12,
    days: [
      [6, 'transfer-in', 20, 0],
      [7, 'dispense', 0, 10],
      [8, 'dispense-undone', 3, 0],
      [9, 'write-off', 0, 1],
    ],
  }),
  fact({ medicine: 'PARA500TAB', lot: 'B', opening: 5, closing: 4, days: [], late: [[3, 'count', 0, 1]] }),
];
const country = (sites: readonly FactsOfSite[], next?: number): Body => {
  const balance = balanceOf({ month: '2026-10', isCountry: true });
  for (const one of sites) balance.add(one);
  return balance.done(next);
};

describe('the material balance', () => {
  test('adds up over sites, medicines and what is on its way, and every check says so', () => {
    const body = country([siteOf('WH-1', warehouse), siteOf('PH-1', pharmacy)], 96);
    expect(broken(body)).toEqual([]);
    isWhole(body);
    expect(body.checks.map(({ name }) => name)).toEqual([
      'rows-add-up',
      'opening-and-moves',
      'medicines-are-sites',
      'closing-is-ledger',
      'sent-is-arrived',
      'next-opening',
      'facts-still-hold',
      'all-sites-are-in',
    ]);
    expect(section(body, 'by-site').rows.map(({ cells }) => [cells[0], cells[1], cells[2], cells.at(-2)])).toEqual([
      ['place.shelf', 'PH-1', 5, 16],
      ['place.shelf', 'WH-1', 100, 70],
      ['place.on-the-way', null, 0, 10],
    ]);
    expect(body.figures.find(({ name }) => name === 'closing')?.value).toBe(96);
    expect(body.figures.find(({ name }) => name === 'entered-late')?.value).toBe(1);
    expect(body.notes).toContain('balance-late');
  });

  const wrong: readonly { check: string; sites: FactsOfSite[]; next?: number }[] = [
    { check: 'rows-add-up', sites: [siteOf('PH-1', [fact({ opening: 5, closing: 6 })])] },
    { check: 'opening-and-moves', sites: [siteOf('PH-1', [fact({ opening: 5, closing: 6 })])] },
    { check: 'closing-is-ledger', sites: [siteOf('PH-1', pharmacy, { sums: { ...sumsOf(pharmacy), ledger: 17 } })] },
    { check: 'sent-is-arrived', sites: [siteOf('WH-1', warehouse.slice(0, 1))] },
    { check: 'next-opening', sites: [siteOf('PH-1', pharmacy)], next: 15 },
    { check: 'facts-still-hold', sites: [siteOf('PH-1', pharmacy, { differs: true })] },
  ];
  test.each(wrong)('the check $check fails where something is missing', ({ check, sites, next }) => {
    expect(broken(country(sites, next))).toContain(check);
  });

  test('a site for which there was no time is told, and nothing is compared with what it would have', () => {
    const balance = balanceOf({ month: '2026-10', isCountry: true });
    balance.add(siteOf('WH-1', warehouse));
    balance.leave();
    const body = balance.done();
    expect(broken(body)).toEqual(['all-sites-are-in']);
    expect(body.notes).toContain('balance-sites-left');
  });

  test('one medicine at a site is shown lot by lot and day by day, and each lot opens the ledger', () => {
    const balance = balanceOf({ month: '2026-10', isCountry: false, site: 'PH-1', medicine: 'AMOX500CAP' });
    balance.add(siteOf('PH-1', pharmacy));
    const body = balance.done();
    expect(broken(body)).toEqual([]);
    isWhole(body);
    expect(section(body, 'by-lot').rows[0]?.opens).toEqual({
      screen: 'ledger',
      of: { site: 'PH-1', gtin: '09520000000011', lot: 'A' },
    });
    expect(section(body, 'by-day').rows.map(({ cells }) => [cells[0], cells.at(-1)])).toEqual([
      ['2026-10-06', 20],
      ['2026-10-07', 10],
      ['2026-10-08', 13],
      ['2026-10-09', 12],
    ]);
  });
});

describe('the register', () => {
  const entry = (seq: number, quantity: number, balance: number): RegisterEntry => ({
    site: 'PH-1',
    medicine: 'TRAM50CAP',
    seq,
    at: `2026-10-0${seq}T08:00:00.000Z`,
    kind: quantity > 0 ? 'receipt' : 'dispense',
    quantity,
    balance,
    reference: 'x',
    person: 'pharmacist',
  });
  const page = (entries: RegisterEntry[], ledger: number) => ({
    site: 'PH-1',
    medicine: 'TRAM50CAP',
    before: entry(1, 20, 20),
    entries,
    ledger,
  });
  const days = { from: '2026-10-02', through: '2026-10-31', isOne: true };

  test('says with what it began, what was entered and what that left, and agrees with the ledger', () => {
    const body = registerReport([page([entry(2, -5, 15), entry(3, -5, 10)], 10)], days);
    expect(broken(body)).toEqual([]);
    isWhole(body);
    expect(section(body, 'balances').rows[0]?.cells).toEqual(['PH-1', 'TRAM50CAP', 20, 0, 10, 10, 10, 2]);
    expect(section(body, 'entries').rows).toHaveLength(2);
  });

  test.each([
    ['register-is-ledger', [entry(2, -5, 15)], 16],
    ['register-balance-runs', [entry(2, -5, 14)], 14],
    ['register-adds-up', [entry(2, -5, 14)], 14],
    ['register-no-gap', [entry(3, -5, 15)], 15],
  ] as const)('the check %s fails where an entry was changed or is missing', (check, entries, ledger) => {
    expect(broken(registerReport([page([...entries], ledger)], days))).toContain(check);
  });
});

test('use is put into classes by value and need, and the matrix holds every medicine once', () => {
  const used = [
    { medicine: 'A', units: 10, value: 800 },
    { medicine: 'B', units: 10, value: 150 },
    { medicine: 'C', units: 10, value: 50 },
  ];
  const rules = { ...firstProcurement, groups: { J01: { ven: 'V' as const } } };
  const body = classesReport(used, {
    rules,
    atcOf: (code) => (code === 'A' ? 'J01CA04' : 'N02BE01'),
    month: '2026-10',
  });
  expect(broken(body)).toEqual([]);
  isWhole(body);
  expect(section(body, 'by-medicine').rows.map(({ cells }) => [cells[0], cells[1], cells[2], cells[6]])).toEqual([
    ['A', 'abc.A', 'ven.V', 80],
    ['B', 'abc.B', 'ven.E', 95],
    ['C', 'abc.C', 'ven.E', 100],
  ]);
});

test('use of several months is classed as a whole, told month by month, and each month opens to its own', () => {
  const used = [
    { medicine: 'A', units: 10, value: 800, month: '2026-10' },
    { medicine: 'B', units: 10, value: 200, month: '2026-09' },
  ];
  const months = [
    { month: '2026-09', medicines: 2, value: 400 },
    { month: '2026-10', medicines: 1, value: 600 },
  ];
  const about = { rules: firstProcurement, atcOf: () => 'N02BE01', month: '2026-10', region: 'UZ-TK' };
  const body = classesReport(used, { ...about, months });
  expect(broken(body)).toEqual([]);
  isWhole(body);
  expect(section(body, 'by-month').rows.map(({ cells, opens }) => [cells, opens])).toEqual([
    [['2026-09', 2, 400, 40], { report: 'consumption-classes', query: { month: '2026-09', region: 'UZ-TK' } }],
    [['2026-10', 1, 600, 60], { report: 'consumption-classes', query: { month: '2026-10', region: 'UZ-TK' } }],
  ]);
  expect(section(body, 'by-medicine').rows[1]?.opens).toMatchObject({ query: { month: '2026-09' } });
  expect(broken(classesReport(used, { ...about, months: months.slice(1).concat(months.slice(1)) }))).toEqual([
    'months-are-medicines',
  ]);
  const [one] = months;
  expect(classesReport(used, { ...about, months: one ? [one] : [] }).sections.map(({ name }) => name)).not.toContain(
    'by-month',
  );
});

const medicine = (about: Partial<Medicine>): Medicine => ({
  code: 'AMOX500CAP',
  inn: 'amoxicillin',
  innRu: 'amoxicillin',
  innUz: 'amoxicillin',
  atc: 'J01CA04',
  form: 'capsule',
  strength: '500 mg',
  class: 'rx',
  reimbursed: false,
  registered: true,
  unit: 'capsule',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', units: 10, brand: 'x', maker: 'x' }],
  ...about,
});

describe('antibiotics', () => {
  test.each([
    [{}, 1 / 3],
    [{ unit: 'ml', strength: '250 mg/5 ml', form: 'suspension-oral' }, 50 / 1_500],
    [{ atc: 'J01CR02', inn: 'amoxicillin + clavulanic acid', strength: '875 mg/125 mg', unit: 'tablet' }, 875 / 1_500],
    [{ atc: 'J01CE01', strength: '1 000 000 IU', unit: 'vial', routes: ['intramuscular'] }, 1 / 6],
    [{ atc: 'J01CE08', strength: '1 200 000 IU', unit: 'vial', routes: ['intramuscular'] }, undefined],
    [{ atc: 'J01EE01', inn: 'a + b', strength: '400 mg/80 mg', unit: 'tablet' }, 1 / 4],
  ] as const)('%j holds so many daily doses in a unit', (about, doses) => {
    const found = dosesInUnit(medicine(about as Partial<Medicine>));
    if (doses === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(doses, 12);
  });

  test('fosfomycin is of one group as a drink and of another as an injection', () => {
    const about = { atc: 'J01XX01', strength: '3 g' };
    expect(groupOfAntibiotic(medicine({ ...about, routes: ['oral'] }))).toBe('watch');
    expect(groupOfAntibiotic(medicine({ ...about, routes: ['intravenous'] }))).toBe('reserve');
  });

  test('are counted by group, medicine and site, for each thousand inhabitants a day, and what has no dose in units', () => {
    const medicines = new Map([
      ['AMOX500CAP', medicine({})],
      [
        'BENZ',
        medicine({ code: 'BENZ', atc: 'J01CE08', strength: '1 200 000 IU', unit: 'vial', routes: ['intramuscular'] }),
      ],
    ]);
    const used = [
      { site: 'PH-1', medicine: 'AMOX500CAP', units: 3_000 },
      { site: 'PH-2', medicine: 'AMOX500CAP', units: 3_001 },
      { site: 'PH-2', medicine: 'BENZ', units: 4 },
    ];
    const about = {
      days: 10,
      population: { inhabitants: 100_000, year: 2025, source: 'a count' },
      opens: () => ({ report: 'material-balance' as const, query: {} }),
    };
    const body = antibioticsReport(used, medicines, about);
    expect(broken(body)).toEqual([]);
    isWhole(body);
    expect(body.figures[0]?.value).toBe(2_000.33);
    expect(body.figures.find(({ name }) => name === 'doses-per-1000')?.value).toBe(2);
    expect(section(body, 'by-medicine').rows[1]?.cells).toEqual(['BENZ', 'aware.access', 4, null, null, null]);
    expect(body.notes).toContain('antibiotics-uncounted');
    const single = antibioticsReport(used, medicines, { ...about, population: undefined });
    expect(single.notes).toContain('antibiotics-no-population');
  });

  test('say by whose count of the inhabitants they are told', () => {
    const about = { days: 10, opens: () => ({ report: 'material-balance' as const, query: {} }) };
    const population = { inhabitants: 100_000, year: 2025, source: 'a count' };
    const { figures } = antibioticsReport([], new Map(), { ...about, population });
    expect(figures).toContainEqual({ name: 'inhabitants', kind: 'count', value: 100_000 });
    expect(figures).toContainEqual({ name: 'population-of', kind: 'text', value: '2025, a count' });
  });
});
