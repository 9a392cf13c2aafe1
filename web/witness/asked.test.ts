import { expect, test } from 'vitest';
import { handOverOf, newestOf, reversalOf } from './asked.ts';

const prescription = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const subject = `/api/prescriptions/${prescription}/dispenses`;
const gtin = '09521020199013';
const today = '2026-11-20';
const read = (body: Record<string, unknown>, about = subject) => handOverOf({ subject: about, body }, today);

test('a witness sees each lot and each scanned pack that leaves the shelf, and which line stays', () => {
  const scan = `01${gtin}17270630${'10'}T1\u001d21S1`;
  expect(
    read({
      lines: [
        { line: 1, quantity: 10, lots: [{ gtin, lot: 'T1', quantity: 10, expiryDate: '2027-06-30' }] },
        { line: 2, quantity: 5, scans: [scan] },
        { line: 3, notDispensed: 'out-of-stock' },
      ],
    }),
  ).toEqual({
    prescription,
    lines: [
      { line: 1, quantity: 10, taken: [{ gtin, lot: 'T1', quantity: 10, expiryDate: '2027-06-30' }] },
      { line: 2, quantity: 5, taken: [{ gtin, lot: 'T1', expiryDate: '2027-06-30', serial: 'S1' }] },
      { line: 3, quantity: 0, taken: [] },
    ],
  });
});

test('what cannot be shown whole is not shown at all', () => {
  const lines = [{ line: 1, quantity: 10 }];
  expect(read({ lines })).toBeDefined();
  expect(read({ lines }, '/api/prescriptions')).toBeUndefined();
  expect(read({ lines: [{ line: 1, quantity: 10, scans: ['not a pack'] }] })).toBeUndefined();
  expect(read({ lines: [{ line: 1 }] })).toBeUndefined();
  expect(read({})).toBeUndefined();
});

test('a movement to be taken back is shown with its site, and nothing else is taken for one', () => {
  const path = '/api/sites/WH-0001/reversals';
  const body = { gtin, lot: 'A1', movement: prescription, reason: 'entered twice' };
  expect(reversalOf({ subject: path, body })).toEqual({ ...body, site: 'WH-0001' });
  expect(reversalOf({ subject, body })).toBeUndefined();
  expect(reversalOf({ subject: path, body: { ...body, quantity: 5 } })).toBeUndefined();
  expect(reversalOf({ subject: path, body: { ...body, movement: 'x' } })).toBeUndefined();
});

test('asked again after a change, only the newest question of a person about a prescription stands', () => {
  const question = (id: string, person = 'a', about = subject) => ({ id, person, subject: about });
  const other = `${subject}x`;
  expect(
    newestOf([question('3'), question('1'), question('2', 'b'), question('4', 'a', other)]).map(({ id }) => id),
  ).toEqual(['2', '3', '4']);
});
