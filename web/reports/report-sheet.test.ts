import { reportWorkbook } from '@darmon/documents/report-sheet';
import type { Report } from '@darmon/domain/report';
import { languages } from '@darmon/i18n/language';
import { describe, expect, test } from 'vitest';
import { readSheet } from '../shared/read-sheet.ts';
import { openArchive, unpackText } from '../shared/sheet-zip.ts';

const report: Report = {
  report: 'write-offs',
  format: 1,
  from: '2026-11-01',
  through: '2026-11-21',
  madeAt: '2026-11-21T10:00:00.000Z',
  figures: [{ name: 'acts', kind: 'count', value: 2 }],
  sections: [
    {
      name: 'acts',
      columns: [
        { name: 'day', kind: 'day' },
        { name: 'act', kind: 'text' },
        { name: 'site', kind: 'site' },
        { name: 'gtin', kind: 'gtin' },
        { name: 'units', kind: 'units', total: true },
        { name: 'value', kind: 'money', total: true },
        { name: 'on-time', kind: 'percent' },
      ],
      rows: [
        { cells: ['2026-11-20', '=1+1', 'PH-0001', '09521020199013', 1_600, 1_250_050, 12.5] },
        { cells: [null, '@SUM(A1)', 'WH-0001', '00000000000017', -5, -700, null] },
      ],
      totals: { units: 1_595, value: 1_249_350 },
    },
    // as long a name as this is cut, and two that are alike stay apart
    { name: 'by-reason', columns: [{ name: 'reason', kind: 'word' }], rows: [{ cells: ['write-off.expired'] }] },
    { name: 'by-reason', columns: [{ name: 'reason', kind: 'word' }], rows: [{ cells: ['write-off.lost'] }] },
  ],
  checks: [{ name: 'acts-are-reasons', left: 1_249_350, right: 1_249_350, holds: true, kind: 'money' }],
  notes: [],
};
const names = { site: () => 'Қўқон дорихонаси №5' };

/** A sheet of the workbook by its place, read by the house's own reader. */
const sheetXml = async (bytes: Uint8Array<ArrayBuffer>, n: number): Promise<string> => {
  let text = '';
  await unpackText(openArchive(bytes), `xl/worksheets/sheet${n}.xml`, { left: 1_000_000 }, (piece) => {
    text += piece;
  });
  return text;
};

describe.each(languages)('a report as a workbook in %s', (language) => {
  test('is read by our own reader, with its summary first', async () => {
    const read = await readSheet(await reportWorkbook(report, language, names));
    expect(read.rows.length).toBeGreaterThan(5);
    expect(read.rows.flatMap(({ cells }) => cells)).toContain(12_493.5);
  });
});

test('numbers are numbers in soum, days are days, and what looks like a number or a formula stays text', async () => {
  const xml = await sheetXml(await reportWorkbook(report, 'ru', names), 2);
  expect(xml).toContain('<c r="F2" s="5"><v>12500.5</v></c>');
  expect(xml).toContain('<c r="E3" s="3"><v>-5</v></c>');
  expect(xml).toContain('<c r="G2" s="7"><v>0.125</v></c>');
  expect(xml).toContain('<c r="A2" s="11"><v>46346</v></c>');
  expect(xml).toContain('<t xml:space="preserve">=1+1</t>');
  expect(xml).toContain('<t xml:space="preserve">09521020199013</t>');
  expect(xml).toContain('<t xml:space="preserve">Қўқон дорихонаси №5 (PH-0001)</t>');
  expect(xml).not.toContain('<f>');
  expect(xml).toContain('<c r="F4" s="6"><v>12493.5</v></c>');
});
