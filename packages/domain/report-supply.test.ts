import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PurchaseOrder } from './purchase-order.ts';
import { Report } from './report.ts';
import { expiryReport, type ShelfOfMedicine } from './report-expiry.ts';
import { feedbackReport } from './report-feedback.ts';
import { ordersReport } from './report-orders.ts';
import { writeOffReport, writtenOffAt } from './report-write-offs.ts';
import type { StockRow } from './stock.ts';
import { demandFrom } from './stock-outlook.ts';
import type { WriteOff } from './write-off.ts';

type Body = Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'>;
const days = { from: '2026-11-01', through: '2026-11-30' };

/** Every table has as many cells as columns, its totals are the sums of its rows, and every check holds. */
const addsUp = (body: Body): void => {
  const made = { report: 'write-offs', format: 1, ...days, madeAt: '2026-11-30T10:00:00.000Z', ...body };
  expect(Report.safeParse(made).error).toBeUndefined();
  for (const { columns, rows, totals = {} } of body.sections) {
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    for (const [at, { name, total }] of columns.entries()) {
      if (total) expect(totals[name]).toBe(rows.reduce((sum, { cells }) => sum + Number(cells[at]), 0));
      else expect(totals[name]).toBeUndefined();
    }
  }
  expect(body.checks.filter(({ holds }) => !holds)).toEqual([]);
};
const figureOf = (body: Body, name: string) => body.figures.find((one) => one.name === name)?.value;
const rowsOf = (body: Body, name: string) => body.sections.find((one) => one.name === name)?.rows ?? [];

const ulid = (n: number): string => `01KAGZ5V9YV1Q5T1M0E9J7${String(n).padStart(4, '0')}`;
const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);

const line = fc.record({
  medicine: fc.constantFrom('AMOX500CAP', 'PARA500TAB'),
  gtin: fc.constant('09521020199013'),
  lot: fc.constantFrom('A1', 'B2'),
  expiryDate: fc.constant('2026-10-31'),
  brand: fc.constant('Namuna'),
  packUnits: fc.constant(20),
  quantity: fc.integer({ min: 1, max: 1_000 }),
  value: fc.nat(1_000_000),
  reason: fc.constantFrom('expired', 'damaged', 'theft'),
});
const act: fc.Arbitrary<WriteOff> = fc
  .record({
    n: fc.nat(9_999),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    state: fc.constantFrom('requested', 'posting', 'approved', 'refused', 'withdrawn'),
    signedOn: day,
    backdatedTo: fc.option(day, { nil: undefined }),
  })
  .map(
    ({ n, lines, state, signedOn, backdatedTo }) =>
      ({
        id: ulid(n),
        site: 'WH-0001',
        author: { person: 'warehouse', name: 'N', role: 'warehouse' },
        at: '2026-10-01T05:00:00.000Z',
        lines,
        photos: [],
        value: lines.reduce((sum, { value }) => sum + value, 0),
        needed: 1,
        state,
        version: 2,
        actHash: 'h',
        signatures: [
          {
            person: 'warehouse2',
            name: 'M',
            role: 'warehouse',
            site: 'WH-0001',
            at: `${signedOn}T05:00:00.000Z`,
            approval: 'a',
          },
        ],
        ...(backdatedTo !== undefined && { backdated: { day: backdatedTo, reason: 'found late' } }),
      }) as unknown as WriteOff,
  );

describe('write-offs', () => {
  test('add up by reason, by medicine and act by act, and only what was signed is among them', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const body = writeOffReport(acts, days);
        addsUp(body);
        const counted = acts.filter(({ state }) => state === 'approved' || state === 'posting');
        expect(figureOf(body, 'acts')).toBe(counted.length);
        expect(figureOf(body, 'written-off-value')).toBe(counted.reduce((sum, { value }) => sum + value, 0));
      }),
    );
  });

  test('count on the day of the last signature, by Tashkent’s clock, or on the day they are dated back to', () => {
    const [signed] = fc.sample(
      act.filter(({ state, backdated }) => state === 'approved' && !backdated),
      1,
    );
    if (!signed?.signatures[0]) throw new Error('no act');
    const at = (time: string): WriteOff => ({
      ...signed,
      signatures: signed.signatures.map((one) => ({ ...one, at: time })),
    });
    expect(figureOf(writeOffReport([at('2026-10-31T20:00:00.000Z')], days), 'acts')).toBe(1);
    expect(figureOf(writeOffReport([at('2026-11-30T20:00:00.000Z')], days), 'acts')).toBe(0);
    const late = { ...at('2026-12-05T10:00:00.000Z'), backdated: { day: '2026-11-30', reason: 'found late' } };
    expect(figureOf(writeOffReport([late], days), 'acts')).toBe(1);
    expect(writtenOffAt({ ...late, state: 'requested' })).toBeUndefined();
  });

  test('that are dated back into a month that was closed before their signature count in the next one', () => {
    const [signed] = fc.sample(
      act.filter(({ state, backdated }) => state === 'approved' && !backdated),
      1,
    );
    if (!signed?.signatures[0]) throw new Error('no act');
    const [own] = signed.signatures;
    const late: WriteOff = {
      ...signed,
      signatures: [{ ...own, at: '2026-11-10T05:00:00.000Z' }],
      backdated: { day: '2026-10-31', reason: 'found late' },
    };
    const october = { from: '2026-10-01', through: '2026-10-31' };
    const count = (freezes: { month: string; at: string }[]) =>
      [october, days].map((of) => figureOf(writeOffReport([late], { ...of, freezes }), 'acts'));
    expect(count([])).toEqual([1, 0]);
    expect(count([{ month: '2026-10', at: '2026-11-05T00:00:00.000Z' }])).toEqual([0, 1]);
    expect(count([{ month: '2026-10', at: '2026-11-15T00:00:00.000Z' }])).toEqual([1, 0]);
  });

  test('that the ledger does not know of are told by a check that fails', () => {
    const [signed] = fc.sample(
      act.filter(({ state, backdated }) => state === 'approved' && !backdated),
      1,
    );
    if (!signed) throw new Error('no act');
    const units = signed.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const known = (sum: number, at = '2026-12-01') => ({ units: sum, knownAt: new Map([['WH-0001', Date.parse(at)]]) });
    // what was signed after the ledger was read is not held against it
    expect(writeOffReport([signed], days, known(0, '2026-10-01')).checks.every(({ holds }) => holds)).toBe(true);
    expect(writeOffReport([signed], days, known(units)).checks.every(({ holds }) => holds)).toBe(true);
    expect(writeOffReport([signed], days, known(units - 1)).checks.filter(({ holds }) => !holds)).toMatchObject([
      { name: 'acts-are-ledger' },
    ]);
  });
});

const today = '2026-11-21';
const row: fc.Arbitrary<StockRow> = fc
  .record({
    expiryDate: fc
      .integer({ min: -40, max: 400 })
      .map((n) => new Date(Date.parse(today) + n * 86_400_000).toISOString().slice(0, 10)),
    free: fc.nat(2_000),
    held: fc.nat(50),
    state: fc.constantFrom('available', 'on-hold', 'quarantined', 'recalled'),
    packPrice: fc.option(fc.nat(5_000_000), { nil: undefined }),
    n: fc.nat(99),
  })
  .map(
    ({ packPrice, n, ...rest }) =>
      ({
        site: 'PH-0001',
        medicine: 'AMOX500CAP',
        gtin: '09521020199013',
        lot: `L${n}`,
        brand: 'Namuna',
        packUnits: 20,
        ...rest,
        ...(packPrice !== undefined && { packPrice }),
      }) as StockRow,
  );
const shelf: fc.Arbitrary<ShelfOfMedicine> = fc
  .record({ rows: fc.array(row, { maxLength: 6 }), monthly: fc.nat(900) })
  .map(({ rows, monthly }) => ({
    site: 'PH-0001',
    rows,
    demand: demandFrom([monthly], today),
    basis: monthly > 0 ? 'recent-use' : 'no-use',
  }));

describe('the risk of expiry', () => {
  test('adds up to what lies on the shelves, and what is blocked or expired is left over whole', () => {
    fc.assert(
      fc.property(fc.array(shelf, { maxLength: 5 }), (shelves) => {
        const body = expiryReport(shelves, today);
        addsUp(body);
        for (const { cells } of rowsOf(body, 'lots')) {
          const [, , , expiry, , state, , onHand, used, left] = cells;
          expect(Number(used) + Number(left)).toBe(onHand);
          if (state !== 'lot-state.available' || String(expiry) < today) expect(used).toBe(0);
        }
      }),
    );
  });

  test('is less the more is used, and all of it where nothing is', () => {
    const rows = fc.sample(
      row.filter(
        ({ state, expiryDate, free }) =>
          state === 'available' && expiryDate > today && expiryDate < '2027-02-01' && free > 100,
      ),
      1,
    );
    const left = (monthly: number) =>
      Number(
        figureOf(
          expiryReport([{ site: 'PH-0001', rows, demand: demandFrom([monthly], today), basis: 'forecast' }], today),
          'left-units',
        ),
      );
    expect(left(0)).toBe(rows.reduce((sum, { free, held }) => sum + free + held, 0));
    expect(left(1_000_000)).toBe(0);
  });
});

const order: fc.Arbitrary<PurchaseOrder> = fc
  .record({
    n: fc.nat(9_999),
    supplier: fc.constantFrom('SU-1', 'SU-2'),
    state: fc.constantFrom('open', 'sent', 'partly-received', 'received', 'closed', 'cancelled'),
    due: day,
    lines: fc.array(fc.record({ packs: fc.integer({ min: 1, max: 50 }), price: fc.nat(900_000), share: fc.nat(120) }), {
      minLength: 1,
      maxLength: 4,
    }),
    rate: fc.constantFrom(1, 3, 12_650),
  })
  .map(({ n, supplier, state, due, lines, rate }) => {
    const value = lines.reduce((sum, { packs, price }) => sum + packs * price, 0);
    const made = lines.map(({ packs, price, share }, i) => ({
      line: i + 1,
      gtin: `0952102019${String(i).padStart(4, '0')}`,
      medicine: 'AMOX500CAP',
      brand: 'Namuna',
      packUnits: 10,
      packs,
      packPrice: price,
      receivedUnits: Math.floor((packs * 10 * share) / 100),
      requisitions: [],
    }));
    return {
      id: ulid(n),
      supplier,
      site: 'WH-0001',
      state,
      version: 1,
      author: 'planner',
      at: '2026-11-02T05:00:00.000Z',
      currency: rate === 1 ? 'UZS' : 'USD',
      lines: made,
      value,
      valueTiyin: value * rate,
      due,
      receipts: [
        {
          id: 'r',
          site: 'WH-0001',
          day: '2026-11-10',
          units: made.flatMap(({ line: at, receivedUnits }) =>
            receivedUnits > 0 ? [{ line: at, units: receivedUnits }] : [],
          ),
          others: [],
          faults: 0,
        },
      ],
    } as unknown as PurchaseOrder;
  });

test('orders add up by supplier, and a cancelled one is listed and judged for nothing', () => {
  fc.assert(
    fc.property(fc.array(order, { maxLength: 10 }), (orders) => {
      const body = ordersReport(
        orders.map((one) => ({ order: one, invoices: [] })),
        today,
        (supplier) => supplier,
      );
      addsUp(body);
      expect(rowsOf(body, 'orders')).toHaveLength(orders.length);
      expect(figureOf(body, 'orders')).toBe(orders.filter(({ state }) => state !== 'cancelled').length);
    }),
  );
});

test('feedback adds up by subject, day and site, names no word of it, and a signal of another month is not new', () => {
  const given = fc
    .record({
      n: fc.nat(9_999),
      on: day,
      site: fc.constantFrom('PH-0001', 'CL-0001'),
      kind: fc.constantFrom('praise', 'complaint'),
      about: fc.constantFrom('service', 'medicine', 'other'),
      withLot: fc.boolean(),
    })
    .map(({ n, on, site, kind, about, withLot }) => ({
      id: ulid(n),
      at: `${on}T05:00:00.000Z`,
      site,
      kind: kind as 'praise',
      about: about as 'service',
      text: 'SECRET',
      ...(withLot && {
        dispense: `${ulid(n)}.1`,
        lots: [{ gtin: '09521020199013', lot: 'A1', medicine: 'AMOX500CAP' }],
      }),
    }));
  const signal = (raisedAt: string) => ({
    gtin: '09521020199013',
    lot: 'A1',
    medicine: 'AMOX500CAP',
    prescriptions: ['a', 'b', 'c'],
    version: 3,
    raisedAt,
  });
  fc.assert(
    fc.property(fc.array(given, { maxLength: 20 }), (all) => {
      const signals = [signal('2026-11-05T05:00:00.000Z'), signal('2026-10-05T05:00:00.000Z')];
      const body = feedbackReport(all, signals, { ...days, everySite: true });
      addsUp(body);
      expect(figureOf(body, 'signals')).toBe(1);
      expect(JSON.stringify(body)).not.toContain('SECRET');
      expect(rowsOf(body, 'entries')).toHaveLength(all.length);
    }),
  );
});
