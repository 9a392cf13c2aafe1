import { expect, test } from 'vitest';
import { ageOf, balanceCsv, daysLeft, groupsOf, type Show, type StockItem, worthOf, zonesOf } from './stock-view.ts';

const today = '2026-11-20';
const item = (more: Partial<StockItem>): StockItem => ({
  gtin: '09520000000011',
  medicine: 'AMOX500CAP',
  lot: 'A1234',
  expiryDate: '2028-01-31',
  onHand: 20,
  held: 0,
  state: 'available',
  packUnits: 20,
  ...more,
});
const look = (
  items: readonly StockItem[],
  text = '',
  { show = 'all', found = [] }: { show?: Show; found?: readonly string[] } = {},
) =>
  groupsOf(items, { text, found: new Set(found), name: (code) => code, show, today, language: 'en' }).flatMap((group) =>
    group.items.map((one) => one.lot),
  );

test('a lot keeps through its expiry date', () => {
  expect(ageOf('2026-11-19', today)).toBe('expired');
  expect(ageOf('2026-11-20', today)).toBe('month');
  expect(ageOf('2026-12-20', today)).toBe('month');
  expect(ageOf('2026-12-21', today)).toBe('quarter');
  expect(ageOf('2027-02-18', today)).toBe('quarter');
  expect(ageOf('2027-02-19', today)).toBe('good');
  expect(daysLeft('2026-12-01', today)).toBe(11);
});

test('what expires first stands first, and what is used up is not shown', () => {
  const lots = [
    item({ lot: 'LATE' }),
    item({ lot: 'SOON', expiryDate: '2026-12-01' }),
    item({ lot: 'NONE', onHand: 0 }),
  ];
  expect(look(lots)).toEqual(['SOON', 'LATE']);
});

test('the filter finds what the formulary finds, a part of a lot and a GTIN, in any case', () => {
  const lots = [item({}), item({ medicine: 'IBU200TAB', lot: 'ZX9', gtin: '09520000000028' })];
  expect(look(lots, 'амокси', { found: ['AMOX500CAP'] })).toEqual(['A1234']);
  expect(look(lots, 'zx')).toEqual(['ZX9']);
  expect(look(lots, '123')).toEqual(['A1234']);
  expect(look(lots, '00000028')).toEqual(['ZX9']);
  expect(look(lots, 'nothing')).toEqual([]);
});

test('one zone can be shown alone, also that of lots that lie nowhere', () => {
  const lots = [item({ lot: 'B1', zone: 'B' }), item({ lot: 'A1', zone: 'A' }), item({ lot: 'NOWHERE' })];
  const shown = (zone: string | undefined) =>
    groupsOf(lots, { text: '', found: new Set(), name: (code) => code, show: 'all', zone, today, language: 'en' })
      .flatMap((group) => group.items)
      .map(({ lot }) => lot);
  expect([shown('A'), shown(''), shown(undefined).length]).toEqual([['A1'], ['NOWHERE'], 3]);
  expect(zonesOf([...lots, item({ zone: 'C', onHand: 0 })])).toEqual(['', 'A', 'B']);
});

test('lots are worth their share of the price of a pack', () => {
  expect(worthOf([item({ packPrice: 1_000, onHand: 30 }), item({ onHand: 500 })])).toBe(1_500);
});

test('the file of a balance has a row for each movement with what it left, and no field that is a formula', () => {
  const at = '2026-11-20T09:30:00.000Z';
  const common = { at, reference: 'R', person: 'pharmacist', reason: '=1+1' };
  const text = balanceCsv([
    { id: 'A', kind: 'receipt', quantity: 20, ...common },
    { id: 'B', kind: 'reversal', quantity: -20, reverses: 'A', ...common },
  ]);
  expect(text.split('\r\n').slice(1)).toEqual([
    `A,${at},receipt,20,20,R,pharmacist,,`,
    `B,${at},reversal,-20,0,R,pharmacist,,A`,
    '',
  ]);
});

test('expiring, expired and blocked lots can each be shown alone', () => {
  const lots = [
    item({ lot: 'GOOD' }),
    item({ lot: 'SOON', expiryDate: '2027-01-01' }),
    item({ lot: 'OVER', expiryDate: '2026-01-01', state: 'expired' }),
    item({ lot: 'HELD', state: 'on-hold' }),
  ];
  expect(look(lots, '', { show: 'soon' })).toEqual(['SOON']);
  expect(look(lots, '', { show: 'expired' })).toEqual(['OVER']);
  expect(look(lots, '', { show: 'blocked' })).toEqual(['HELD']);
});
