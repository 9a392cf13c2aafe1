import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chunksOfImport,
  firstChunkOf,
  importChunkRows,
  importPartRows,
  maxImportRows,
  packOfRow,
  readImportRow,
  repeatedRows,
  rowsOfPart,
  unitsOfRow,
} from './stock-import.ts';

const row = { gtin: '09521020199013', lot: 'A1', expiryDate: '2027-06-30', quantity: 20 };

test('digits are numbers and numbers are digits, and an empty cell is no value', () => {
  expect(readImportRow({ ...row, quantity: ' 20 ', lot: 123, zone: '' }).read).toEqual({ ...row, lot: '123' });
});

test('each value that cannot be taken is told by its field, with what stood there', () => {
  expect(readImportRow({ gtin: '123', lot: 'A#1', expiryDate: 45000, quantity: '1,5' }).troubles).toEqual([
    { field: 'gtin', code: 'value-invalid', facts: { value: '123' } },
    { field: 'lot', code: 'value-invalid', facts: { value: 'A#1' } },
    { field: 'expiryDate', code: 'value-invalid', facts: { value: '45000' } },
    { field: 'quantity', code: 'value-invalid', facts: { value: '1,5' } },
  ]);
});

test('a medicine names its pack only where it has one, and a GTIN must be of the medicine beside it', () => {
  const packs = new Map([
    ['09521020199013', { gtin: '09521020199013', medicine: 'AMOX500CAP', units: 16 }],
    ['09521020199020', { gtin: '09521020199020', medicine: 'PARA500TAB', units: 20 }],
  ]);
  const of = new Map([
    ['AMOX500CAP', ['09521020199013']],
    ['PARA500TAB', ['09521020199020', '09521020199037']],
  ]);
  const meant = (about: { gtin?: string; medicine?: string }) =>
    packOfRow({ lot: 'A1', expiryDate: '2027-06-30', quantity: 16, ...about }, packs, of);
  expect(meant({ medicine: 'AMOX500CAP' })).toMatchObject({ units: 16 });
  expect(meant({ medicine: 'PARA500TAB' })).toMatchObject({ code: 'pack-ambiguous' });
  expect(meant({ medicine: 'NOSUCH' })).toMatchObject({ code: 'medicine-unknown' });
  expect(meant({ gtin: '09521020199013', medicine: 'PARA500TAB' })).toMatchObject({ code: 'pack-wrong-medicine' });
});

test('units come in whole steps of the pack', () => {
  const pack = { gtin: row.gtin, medicine: 'AMOX500CAP', units: 16, divisibleBy: 8 };
  const { lot, expiryDate } = row;
  expect(unitsOfRow({ lot, expiryDate, packs: 3 }, pack)).toBe(48);
  expect(unitsOfRow({ lot, expiryDate, quantity: 24 }, pack)).toBe(24);
  expect(unitsOfRow({ lot, expiryDate, quantity: 20 }, pack)).toMatchObject({ code: 'quantity-invalid' });
});

test('a lot that is named again is told with the row that named it first', () => {
  expect(repeatedRows(['a', undefined, 'b', 'a', undefined])).toEqual([
    { row: 3, field: 'lot', code: 'lot-repeated', facts: { row: 0 } },
  ]);
});

test('the chunks of all parts are numbered from one without a gap, whatever the number of rows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: maxImportRows }), (rows) => {
      const numbers: number[] = [];
      for (let from = 0; from < rows; from += importPartRows) {
        const chunks = Math.ceil(rowsOfPart(from, rows) / importChunkRows);
        for (let i = 0; i < chunks; i += 1) numbers.push(firstChunkOf(from) + i);
      }
      expect(numbers).toEqual(Array.from({ length: chunksOfImport(rows) }, (_, i) => i + 1));
    }),
  );
});
