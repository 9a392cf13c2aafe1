import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gtinCheckDigit } from './gs1-identifiers.ts';
import type { Cell } from './sheet.ts';
import {
  dayOfSerial,
  isSscc,
  type Reading,
  readDay,
  readGtin,
  readLot,
  readMoney,
  readSscc,
  readText,
  readWhole,
  readWord,
} from './sheet-values.ts';

/** The value, or the code of the problem, or `empty`. */
const said = <T>(reading: Reading<T>): T | string =>
  reading.kind === 'value' ? reading.value : reading.kind === 'problem' ? reading.code : 'empty';

describe('days', () => {
  test.each<[Cell, string]>([
    [{ day: '2027-06-30' }, '2027-06-30'],
    ['30.06.2027', '2027-06-30'],
    ['30/6/2027', '2027-06-30'],
    ['30-06-2027', '2027-06-30'],
    ['30.06.2027 г.', '2027-06-30'],
    ['30.06.2027 00:00:00', '2027-06-30'],
    ['2027-06-30', '2027-06-30'],
    ['2027-06-30T00:00:00.000Z', '2027-06-30'],
    ['2027.06.30', '2027-06-30'],
    ['06.2027', '2027-06-30'],
    ['2/2028', '2028-02-29'],
    ['2027-02', '2027-02-28'],
    ['20270630', '2027-06-30'],
    [20270630, '2027-06-30'],
    ["'30.06.2027", '2027-06-30'],
    ['\u00a030.06.2027 ', '2027-06-30'],
  ])('%j is %s', (cell, day) => {
    expect(said(readDay(cell, undefined))).toBe(day);
  });

  test.each<[Cell, string]>([
    ['31.06.2027', 'bad-date'],
    ['29.02.2027', 'bad-date'],
    ['13.2027', 'bad-date'],
    ['06/30/2027', 'bad-date'],
    ['30.06.1927', 'bad-date'],
    ['30.06-2027', 'bad-date'],
    [{ day: '1900-01-05' }, 'bad-date'],
    ['soon', 'bad-date'],
    ['30.06.27', 'date-unclear'],
    ['06/27', 'date-unclear'],
    ['271231', 'date-unclear'],
    [46568, 'date-unclear'],
    ['', 'empty'],
    [undefined, 'empty'],
    [{ fault: 'formula' }, 'formula'],
    [{ fault: 'error' }, 'error'],
    [{ fault: 'merged', range: 'A1:B2' }, 'merged'],
  ])('%j is no day: %s', (cell, code) => {
    expect(said(readDay(cell, undefined))).toBe(code);
  });

  test('a number is a day by the count of its workbook, which begins in 1900 or in 1904', () => {
    // 30 June 2027 as two programs keep it
    expect(said(readDay(46568, 1900))).toBe('2027-06-30');
    expect(said(readDay(45106, 1904))).toBe('2027-06-30');
    expect(said(readDay(46568.75, 1900))).toBe('2027-06-30');
    expect(said(readDay(122027, 1900))).toBe('date-unclear');
    expect(dayOfSerial(1, 1900)).toBeUndefined();
    expect(dayOfSerial(99_999, 1900)).toBeUndefined();
  });
});

describe('numbers', () => {
  test.each<[Cell, number | string]>([
    [1600, 1600],
    ['1600', 1600],
    ['1 600', 1600],
    ['1\u00a0600', 1600],
    ['1\u202f600 000', 1_600_000],
    ['1600,00', 1600],
    ['1600.0', 1600],
    ["1'600", 1600],
    ['1.600.000', 1_600_000],
    ['1,600,000.00', 1_600_000],
    ['1.600', 'number-unclear'],
    ['1,600', 'number-unclear'],
    ['16 00', 'bad-number'],
    ['1,6,0', 'bad-number'],
    [16.5, 'not-whole'],
    ['16,5', 'not-whole'],
    ['0,500', 'not-whole'],
    [0, 'out-of-range'],
    [-5, 'out-of-range'],
    ['-5', 'out-of-range'],
    [10_001, 'out-of-range'],
    ['12 шт', 'bad-number'],
    ['1e3', 'bad-number'],
    ['٣', 'bad-number'],
    [{ day: '2027-06-30' }, 'bad-number'],
    ['', 'empty'],
  ])('%j as a whole number is %j', (cell, expected) => {
    expect(said(readWhole(cell, 1, typeof expected === 'number' ? 10_000_000 : 10_000))).toBe(expected);
  });

  test.each<[Cell, number | string]>([
    [12500.5, 1_250_050],
    ['12500,5', 1_250_050],
    ['12 500,50', 1_250_050],
    ['12500.50 soʻm', 1_250_050],
    ["12500 so'm", 1_250_000],
    ['12 500 сум.', 1_250_000],
    ['12500 UZS', 1_250_000],
    [0, 0],
    [0.1 + 0.2, 30],
    [1.005, 'too-many-decimals'],
    ['12,505', 'number-unclear'],
    ['12500,505', 'too-many-decimals'],
    ['12500,500', 1_250_050],
    ['12500 $', 'bad-number'],
    ['12500 USD', 'bad-number'],
    [-1, 'out-of-range'],
    [10_000_000_001, 'out-of-range'],
  ])('%j is %j tiyin', (cell, expected) => {
    expect(said(readMoney(cell, 1_000_000_000_000))).toBe(expected);
  });

  test('no amount of whole tiyin is changed on its way through a workbook or a text with a decimal comma', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (tiyin) => {
        expect(said(readMoney(tiyin / 100, 1_000_000_000_000))).toBe(tiyin);
        expect(said(readMoney((tiyin / 100).toFixed(2).replace('.', ','), 1_000_000_000_000))).toBe(tiyin);
      }),
    );
  });
});

describe('codes', () => {
  test('a GTIN whose zeros in front a program has lost is that GTIN, and no other number is one', () => {
    const body = fc.stringMatching(/^\d{12}$/).filter((digits) => /[1-9]/.test(digits));
    fc.assert(
      fc.property(body, (digits) => {
        const gtin13 = digits + gtinCheckDigit(digits);
        const lost = Number(gtin13);
        if (lost >= 1e12) expect(said(readGtin(lost))).toBe(gtin13.padStart(14, '0'));
        expect(said(readGtin(gtin13))).toBe(gtin13.padStart(14, '0'));
        expect(said(readGtin(` ${gtin13.slice(0, 3)} ${gtin13.slice(3)}`))).toBe(gtin13.padStart(14, '0'));
        const wrong = gtin13.slice(0, 12) + ((Number(gtin13[12]) + 1) % 10);
        expect(said(readGtin(wrong))).toBe('bad-gtin');
        expect(said(readGtin(Number(wrong)))).toBe('bad-gtin');
      }),
    );
  });

  test.each<[Cell, string]>([
    [9.521020199013e12, '09521020199013'],
    ['9521020199013.0', '09521020199013'],
    ['9,52102E+12', 'gtin-shortened'],
    ['9.52102E+12', 'gtin-shortened'],
    ['952102019901', 'bad-gtin'],
    ['00000000000000', 'bad-gtin'],
    [952102, 'bad-gtin'],
    [{ day: '2027-06-30' }, 'bad-gtin'],
    ['', 'empty'],
  ])('%j as a GTIN is %s', (cell, expected) => {
    expect(said(readGtin(cell))).toBe(expected);
  });

  test('an SSCC is eighteen digits of text with a right check digit', () => {
    expect(said(readSscc('106141412345678908'))).toBe('106141412345678908');
    expect(said(readSscc('(00)106141412345678908'))).toBe('106141412345678908');
    expect(said(readSscc('00106141412345678908'))).toBe('106141412345678908');
    expect(said(readSscc('106141412345678907'))).toBe('bad-sscc');
    // a workbook keeps fifteen digits of a number
    expect(said(readSscc(1.0614141234567891e17))).toBe('bad-sscc');
    expect(isSscc('000000000000000000')).toBe(false);
  });

  test.each<[Cell, string]>([
    ['A-12/3', 'A-12/3'],
    ['007', '007'],
    [' B1 ', 'B1'],
    [{ day: '2027-03-04' }, 'lot-is-date'],
    ['Серия 5', 'bad-lot'],
    ['АВ12', 'bad-lot'],
    ['A 1', 'bad-lot'],
    ['X'.repeat(21), 'bad-lot'],
    [1.5, 'bad-lot'],
    [1e21, 'bad-lot'],
  ])('%j as a lot is %s', (cell, expected) => {
    expect(said(readLot(cell))).toBe(expected);
  });

  test('a lot that is kept as a number is taken and marked for a look', () => {
    expect(readLot(123)).toEqual({ kind: 'value', value: '123', guessed: 'lot-as-number' });
    expect(readLot('123')).toEqual({ kind: 'value', value: '123' });
  });

  test('a word is found in any script and case, and never between two', () => {
    const words = { pharmacy: ['dorixona', 'аптека'], clinic: ['klinika'] };
    for (const typed of ['Dorixona', 'АПТЕКА', 'Аптека', 'pharmacy'])
      expect(said(readWord(typed, words))).toBe('pharmacy');
    expect(said(readWord('Клиника', words))).toBe('clinic');
    expect(said(readWord('kiosk', words))).toBe('bad-text');
    expect(said(readWord('x', { a: ['x'], b: ['x'] }))).toBe('bad-text');
  });

  test('text is taken as it is written, and refused where it is too long', () => {
    expect(said(readText(12, 5))).toBe('12');
    expect(said(readText('  a  b ', 5))).toBe('a b');
    expect(said(readText('abcdef', 5))).toBe('bad-text');
  });
});
