import { type Cell, cellAddress, missingColumns, recognise, type Sheet, type SheetKind } from '@darmon/domain/sheet';
import { addressOf, columnNames, type Packs, readExpected, readOpening, readSites } from '@darmon/domain/sheet-rows';
import { describe, expect, test } from 'vitest';
import { headerNames, siteWords } from './sheet-names.ts';

const sheetOf = (rows: readonly (readonly Cell[])[], form: Sheet['form'] = 'workbook'): Sheet => ({
  form,
  ...(form === 'workbook' && { epoch: 1900 }),
  rows: rows.map((cells, i) => ({ row: i + 1, cells })),
  notes: [],
});
const gtin = '09521020199013';
const other = '09521020199112';
const packs: Packs = new Map([
  [gtin, { medicine: 'AMOX500CAP', units: 16 }],
  [other, { medicine: 'PARA500TAB', units: 20, divisibleBy: 10 }],
  ['09521020199211', { medicine: 'PARA500TAB', units: 10 }],
]);
const today = '2026-11-21';
const opened = (rows: readonly (readonly Cell[])[], form?: Sheet['form']) => {
  const sheet = sheetOf(rows, form);
  return readOpening(sheet, recognise(sheet, 'opening', headerNames), { packs, today });
};
const heading = ['GTIN', 'Seriya', 'Yaroqlilik muddati', 'Dona soni'];
const codes = (found: { problems: readonly { code: string; row: number; column?: number }[] }) =>
  found.problems.map((p) => `${addressOf(p)} ${p.code}`);

describe('columns', () => {
  test.each<[string, SheetKind, string[], Record<string, number>]>([
    ['Latin Uzbek', 'opening', heading, { gtin: 0, lot: 1, expiryDate: 2, quantity: 3 }],
    [
      'Cyrillic Uzbek',
      'opening',
      ['Серия', 'Яроқлилик муддати', 'Қутилар сони', 'GTIN', 'Нархи'],
      { lot: 0, expiryDate: 1, packs: 2, gtin: 3, packPrice: 4 },
    ],
    [
      'Russian',
      'opening',
      ['Штрих-код', 'Наименование', 'Серия', 'Годен до', 'Кол-во упаковок', 'Цена, сум', 'Зона', 'Полка'],
      { gtin: 0, lot: 2, expiryDate: 3, packs: 4, packPrice: 5, zone: 6, shelf: 7 },
    ],
    [
      'English',
      'expected',
      ['GTIN', 'Batch No.', 'Expiry date', 'Packs', 'SSCC'],
      { gtin: 0, lot: 1, expiryDate: 2, packs: 3, sscc: 4 },
    ],
    [
      'sites',
      'sites',
      ['Код учреждения', 'Тип', 'Название', 'Область', 'Адрес', 'Номер лицензии', 'Лицензия с', 'Лицензия по'],
      { id: 0, kind: 1, name: 2, region: 3, address: 4, licenceNumber: 5, licenceFrom: 6, licenceUntil: 7 },
    ],
  ])('are known by headings in %s', (_, kind, headings, mapping) => {
    expect(recognise(sheetOf([headings]), kind, headerNames)).toEqual({ header: 0, mapping });
  });

  test('are found below titles, and none by a title alone', () => {
    const found = recognise(sheetOf([['Остатки, серия и срок'], ['на 01.01.2027'], heading]), 'opening', headerNames);
    expect(found.header).toBe(2);
  });

  test('without headings are known by what stands in them, where it can be one thing only', () => {
    const rows = [
      [gtin, 'A1', '30.06.2027', 16],
      [other, 'A2', '06.2028', 20],
    ];
    expect(recognise(sheetOf(rows), 'opening', headerNames)).toEqual({
      header: -1,
      mapping: { gtin: 0, expiryDate: 2 },
    });
    // made on, and use until: a person says which is which
    const twoDates = rows.map((row) => [...row, '01.01.2026']);
    expect(recognise(sheetOf(twoDates), 'opening', headerNames).mapping).toEqual({ gtin: 0 });
  });

  test('under names that nobody knows are known by what stands below them', () => {
    const found = recognise(
      sheetOf([
        ['x1', 'x2', 'x3'],
        [gtin, 'A1', '30.06.2027'],
      ]),
      'opening',
      headerNames,
    );
    expect(found).toEqual({ header: 0, mapping: { gtin: 0, expiryDate: 2 } });
  });

  test('that are still to be chosen are named, each with what may stand in for it', () => {
    expect(missingColumns('opening', { medicine: 0, lot: 1 })).toEqual([['expiryDate'], ['quantity', 'packs']]);
    expect(missingColumns('opening', { gtin: 0, lot: 1, expiryDate: 2, packs: 3 })).toEqual([]);
  });

  test('and cells have the addresses that programs show', () => {
    expect([
      cellAddress(0, 1),
      cellAddress(25, 9),
      cellAddress(26, 10),
      cellAddress(701, 1),
      cellAddress(702, 2),
    ]).toEqual(['A1', 'Z9', 'AA10', 'ZZ1', 'AAA2']);
    expect(columnNames(sheetOf([heading, [gtin, 'A1', '', 1, 'x']]), 0).slice(3)).toEqual(['D · Dona soni', 'E']);
  });
});

describe('an opening balance', () => {
  test('comes out as lots in units, with tiyin and places', () => {
    const { rows, problems } = opened([
      ['GTIN', 'Medicine code', 'Lot', 'Use until', 'Packs', 'Price of a pack', 'Zone', 'Shelf'],
      [9521020199013, '', 'A1', { day: '2027-06-30' }, '10', '12 500,50', 'B', '3-2'],
      ['', 'amox500cap', 'A2', 46568, 1, '', '', ''],
    ]);
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        row: 2,
        gtin,
        lot: 'A1',
        expiryDate: '2027-06-30',
        quantity: 160,
        packPrice: 1_250_050,
        zone: 'B',
        shelf: '3-2',
      },
      { row: 3, gtin, lot: 'A2', expiryDate: '2027-06-30', quantity: 16 },
    ]);
  });

  test('tells every problem of every row with its cell, and takes no row with one', () => {
    const found = opened([
      heading,
      [gtin, '', '30.06.27', 15],
      ['09521020199014', { day: '2027-03-04' }, '31.02.2027', { fault: 'formula' }],
      ['04601234567893', 'A1', '30.06.2027', 16],
      [{ fault: 'merged', range: 'A5:A6' }, 'A1', '30.06.2027', '1.600'],
      [gtin, 'OK1', '30.06.2027', 32],
    ]);
    expect(codes(found)).toEqual([
      'B2 missing',
      'C2 date-unclear',
      'D2 part-of-pack',
      'A3 bad-gtin',
      'B3 lot-is-date',
      'C3 bad-date',
      'D3 formula',
      'A4 gtin-unknown',
      'A5 merged',
      'D5 number-unclear',
    ]);
    expect(found.rows.map(({ lot }) => lot)).toEqual(['OK1']);
  });

  test('adds the same lot up, notes it, and refuses two expiry dates of one lot', () => {
    const found = opened([
      [...heading, 'Narxi'],
      [gtin, 'A1', '30.06.2027', 16, 100],
      [gtin, 'A1', '06.2027', 32, 200],
      [gtin, 'A1', '31.07.2027', 16, 100],
    ]);
    expect(found.rows).toEqual([
      { row: 2, gtin, lot: 'A1', expiryDate: '2027-06-30', quantity: 48, packPrice: 10_000 },
    ]);
    expect(found.notes.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 duplicate-summed', '3 price-differs']);
    expect(found.problems).toEqual([
      {
        row: 4,
        column: 2,
        field: 'expiryDate',
        code: 'expiry-differs',
        facts: { first: 2, firstDate: '2027-06-30', date: '2027-07-31' },
      },
    ]);
  });

  test('says when units and packs disagree, a medicine has several packs, or the GTIN is of another medicine', () => {
    const found = opened([
      ['GTIN', 'Medicine code', 'Lot', 'Use until', 'Units', 'Packs'],
      [gtin, '', 'A1', '06.2027', 32, 3],
      ['', 'PARA500TAB', 'A2', '06.2027', 20, ''],
      [gtin, 'PARA500TAB', 'A3', '06.2027', 16, 1],
      ['', 'NOPE', 'A4', '06.2027', 16, 1],
      ['', '', 'A5', '06.2027', 16, 1],
      [gtin, 'AMOX500CAP', 'A6', '06.2027', '', ''],
    ]);
    expect(codes(found)).toEqual([
      'E2 amounts-differ',
      'B3 which-pack',
      'B4 medicine-differs',
      'B5 medicine-unknown',
      'A6 missing',
      'F7 missing',
    ]);
  });

  test('takes what has expired, which lies on the shelf too, and marks lots that were numbers', () => {
    const found = opened([heading, [gtin, 77, '30.06.2026', 16]]);
    expect(found.problems).toEqual([]);
    expect(found.notes.map(({ code }) => code)).toEqual(['lot-as-number', 'expired']);
  });

  test('refuses a row of a text with more values than headings: a comma within a value has moved the others', () => {
    const rows = [
      ['GTIN', 'Seriya', 'Yaroqlilik muddati', 'Dona soni', 'Narxi'],
      [gtin, 'A1', '06.2027', '16', '12', '50'],
    ];
    expect(codes(opened(rows, 'text'))).toEqual(['2 columns']);
    expect(codes(opened(rows, 'workbook'))).toEqual([]);
  });

  test('passes over rows in which nothing stands that is read', () => {
    expect(
      opened([heading, ['', '', '', ''], [undefined, undefined, undefined, undefined, 'signed']]).problems,
    ).toEqual([]);
  });
});

test('an expected delivery comes out in whole packs, by logistic unit', () => {
  const sheet = sheetOf([
    ['SSCC', 'GTIN', 'Lot', 'Use until', 'Units'],
    ['106141412345678908', gtin, 'A1', '06.2027', 32],
    ['106141412345678908', gtin, 'A1', '', 16],
    ['', gtin, 'A1', '06.2027', 16],
    ['106141412345678907', gtin, 'A2', '06.2027', 16],
    ['', other, 'A3', '06.2027', 10],
  ]);
  const found = readExpected(sheet, recognise(sheet, 'expected', headerNames), { packs });
  expect(codes(found)).toEqual(['D3 expiry-differs', 'A5 bad-sscc', 'E6 part-of-pack']);
  expect(found.rows.map(({ sscc, packs: count }) => [sscc, count])).toEqual([
    ['106141412345678908', 2],
    [undefined, 1],
  ]);
});

describe('sites', () => {
  const read = (rows: readonly (readonly Cell[])[]) => {
    const sheet = sheetOf([
      ['Muassasa kodi', 'Turi', 'Nomi', 'Hudud', 'Litsenziya raqami', 'Litsenziya boshlanishi', 'Litsenziya tugashi'],
      ...rows,
    ]);
    return readSites(sheet, recognise(sheet, 'sites', headerNames), { words: siteWords });
  };

  test('are named by kind and region in any language', () => {
    const { rows, problems } = read([
      ['PH-2001', 'Дорихона', 'Namuna', 'Самаркандская область', 'L-1', '01.01.2026', '31.12.2030'],
      ['WH-2001', 'warehouse', 'Namuna', 'UZ-TK', '', '', ''],
      ['WH-2002', 'Склад', 'Namuna', 'Toshkent shahri', '', '', ''],
    ]);
    expect(problems).toEqual([]);
    expect(rows.map(({ id, kind, region, licence }) => [id, kind, region, licence?.until])).toEqual([
      ['PH-2001', 'pharmacy', 'UZ-SA', '2030-12-31'],
      ['WH-2001', 'warehouse', 'UZ-TK', undefined],
      ['WH-2002', 'warehouse', 'UZ-TK', undefined],
    ]);
  });

  test('need a whole licence where nobody works without one, a region that is one, and a code of their own', () => {
    const found = read([
      ['PH-1', 'pharmacy', 'Namuna', 'Tashkent', '', '', ''],
      ['PH-2', 'pharmacy', 'Namuna', 'UZ-TK', '', '', ''],
      ['PH-3', 'pharmacy', 'Namuna', 'UZ-TK', 'L-1', '', '31.12.2030'],
      ['PH-4', 'pharmacy', 'Namuna', 'UZ-TK', 'L-1', '01.01.2031', '31.12.2030'],
      ['OF-1', 'office', 'Namuna', 'UZ-TK', '', '', ''],
      ['OF-1', 'office', 'Namuna', 'UZ-TK', '', '', ''],
      ['ой', 'office', 'Namuna', 'UZ-TK', '', '', ''],
    ]);
    expect(codes(found)).toEqual([
      'D2 bad-text',
      'E3 licence-missing',
      'F4 licence-missing',
      'E4 licence-missing',
      'G5 licence-order',
      'E5 licence-missing',
      'A7 site-twice',
      'A8 bad-text',
    ]);
  });
});
