import { describe, expect, test } from 'vitest';
import { codeOf, readAnswers } from './wire.ts';

const pack = { gtin: '09520000000011', serial: 'A1B2C3D4E5F6G' };
const code = codeOf(pack);

/** An item with all the fields that public readers of the service know. */
const item = {
  code,
  isHadExtendedCode: false,
  packageType: 'UNIT',
  status: 'INTRODUCED',
  extendedStatus: '',
  issuerShortInfo: { issuerTin: '000000000', issuerName: { uz: 'Namuna', ru: 'Namuna', en: 'Sample' } },
  template: '12',
  gtin: pack.gtin,
  productId: '1',
  productGroupId: 7,
  categoryId: '1',
  emissionDate: '2026-01-10T08:00:00.000Z',
  issueDate: '2026-01-11T08:00:00.000Z',
  productionDate: '2026-01-12T00:00:00.000Z',
  expirationDate: '2028-06-30T00:00:00.000Z',
  productSeries: 'A1234',
};
const known = { kind: 'known', status: 'in-circulation', lot: 'A1234', expiryDate: '2028-06-30' };
const unreadable = { kind: 'unavailable', why: 'unreadable' };
const read = (items: unknown, codes = [code]) => readAnswers(JSON.stringify(items), codes);
const only = (changed: object) => read([{ ...item, ...changed }])?.get(code);

describe('what the service says of a pack', () => {
  test('status, lot and expiry are read, and fields that are not used may come and go', () => {
    expect(only({})).toEqual(known);
    expect(only({ issuerShortInfo: 1, template: null, newField: [] })).toEqual(known);
  });

  test('a code that comes back whole, with its separators and verification key, is the one that was asked', () => {
    expect(only({ code: `\u001d${code}\u001d91EE11\u001d92${'x'.repeat(44)}` })).toEqual(known);
  });

  test('lot and expiry that the service does not have are absent, not empty', () => {
    for (const none of [undefined, null, ''])
      expect(only({ productSeries: none, expirationDate: none })).toEqual({ kind: 'known', status: 'in-circulation' });
  });

  test('a series that no pack could carry as its lot is left out, and the rest stands', () => {
    const { lot: _, ...rest } = known;
    for (const series of ['\u0410-12', 'x'.repeat(21), 'two words'])
      expect(only({ productSeries: series })).toEqual(rest);
    expect(only({ productSeries: ' A1234 ' })).toEqual(known);
  });

  test.each([
    ['2028-06-30', '2028-06-30'],
    ['2028-06-30T00:00:00.000Z', '2028-06-30'],
    ['2028-06-30T00:00:00', '2028-06-30'],
    ['2028-06-30T23:00:00', '2028-06-30'],
    ['2028-06-29T19:00:00Z', '2028-06-30'],
    ['2028-06-30T00:00:00+05:00', '2028-06-30'],
    ['2028-06-30T23:59:59Z', '2028-06-30'],
    ['2028-06-30T18:59:59Z', '2028-06-30'],
  ])('an expiry of %s is the day %s, and never a later one', (expirationDate, expiryDate) => {
    expect(only({ expirationDate })).toEqual({ ...known, expiryDate });
  });

  test.each([
    ['a status that is not known', { status: 'TELEPORTED' }],
    ['a status that is a word of the language only', { status: 'constructor' }],
    ['an expiry that is no day', { expirationDate: '30.06.2028' }],
    ['an expiry with a time that does not exist', { expirationDate: '2028-06-30T25:00:00' }],
    ['an expiry on a day that does not exist', { expirationDate: '2028-02-30' }],
    ['the GTIN of something else', { gtin: '09520000000028' }],
  ])('%s is unreadable, never guessed', (_, changed) => {
    expect(only(changed)).toEqual(unreadable);
  });

  test('what is unreadable of one pack does not touch the others', () => {
    const other = codeOf({ ...pack, serial: 'other' });
    const answers = read(
      [
        { ...item, status: 'TELEPORTED' },
        { ...item, code: other },
      ],
      [code, other],
    );
    expect(answers?.get(code)).toEqual(unreadable);
    expect(answers?.get(other)).toEqual(known);
  });
});

describe('unknown', () => {
  test('a code that the answer leaves out is unknown', () => {
    expect(read([])?.get(code)).toEqual({ kind: 'unknown' });
  });

  test('it is not said where the answer holds a code that nobody asked: it may be ours in another spelling', () => {
    expect(read([{ ...item, code: `(01)${pack.gtin}(21)${pack.serial}` }])?.get(code)).toEqual(unreadable);
  });

  test('a code that is answered twice is not believed', () => {
    expect(read([item, { ...item, status: 'WITHDRAWN' }])?.get(code)).toEqual(unreadable);
  });
});

test.each(['', 'null', '{}', '{"results":[]}', '[1]', '[{"code":1}]', '<html>', '[{}'])(
  'a body that is not of the shape is no answer: %s',
  (text) => {
    expect(readAnswers(text, [code])).toBeUndefined();
  },
);
