import { inflateSync } from 'node:zlib';
import type { Report } from '@darmon/domain/report';
import { languages } from '@darmon/i18n/language';
import { describe, expect, test } from 'vitest';
import { nodeFonts } from './fonts-node.ts';
import { maxPaperRows, reportPdf } from './report.ts';
import { chartOf } from './report-chart.ts';
import { reportCsv, reportFileName } from './report-sheet.ts';
import { type ReportNames, reportText } from './report-text.ts';

const report = (about: Partial<Report> = {}): Report => ({
  report: 'expiry-risk',
  format: 1,
  from: '2026-11-21',
  through: '2026-11-21',
  site: 'PH-0001',
  madeAt: '2026-11-21T10:00:00.000Z',
  figures: [{ name: 'left-value', kind: 'money', value: 123_456_789 }],
  sections: [
    {
      name: 'lots',
      columns: [
        { name: 'medicine', kind: 'medicine' },
        { name: 'lot', kind: 'lot' },
        { name: 'expiry', kind: 'day' },
        { name: 'left-over', kind: 'units', total: true },
        { name: 'left-value', kind: 'money', total: true },
      ],
      rows: [
        { cells: ['AMOX500CAP', 'A1234', '2026-12-31', 1_200, 9_000_050] },
        { cells: ['AMOX500CAP', '=1+1', null, -5, -700] },
      ],
      totals: { 'left-over': 1_195, 'left-value': 8_999_350 },
      chart: { kind: 'bars', label: 'lot', values: ['left-value'] },
    },
  ],
  checks: [
    { name: 'terms-are-shelf', left: 1_195, right: 1_195, holds: true, kind: 'units' },
    { name: 'used-and-left-are-shelf', left: 1, right: 2, holds: false, kind: 'units' },
  ],
  notes: ['expiry-judged'],
  ...about,
});
const names: ReportNames = {
  medicine: () => ({ inn: 'Amoxicillin', innRu: 'Амоксициллин', innUz: 'Amoksitsillin', strength: '500 mg' }),
  site: () => 'Қўқон дорихонаси №5',
};

const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const streams = (pdf: Uint8Array): string[] =>
  [...latin1(pdf).matchAll(/stream\r?\n/g)].flatMap(({ index, 0: opening }) => {
    const start = index + opening.length;
    try {
      return [
        inflateSync(Buffer.from(pdf.subarray(start, latin1(pdf).indexOf('endstream', start)))).toString('latin1'),
      ];
    } catch {
      return [];
    }
  });

/**
 * What a program that copies text out of the PDF gets: glyphs by the tables that map them to letters, without spaces.
 * Which of the two tables is the regular font's is not read: one of the two readings makes sense, and is the answer.
 */
const textOf = (pdf: Uint8Array, wanted: readonly string[]): string => {
  const all = streams(pdf);
  const tables = all
    .filter((text) => text.includes('beginbfrange'))
    .map((map) => {
      const known = new Map<number, string>();
      for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
        for (const [i, [, hex = '']] of [...list.matchAll(/<([0-9a-f ]*)>/gi)].entries())
          known.set(
            Number.parseInt(from, 16) + i,
            Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
          );
      return known;
    });
  const drawn = all
    .filter((text) => text.includes(' Tf'))
    .flatMap((text) => [...text.matchAll(/\/F(\d+) [\d.]+ Tf|<([0-9a-f]+)>/g)]);
  const readWith = (letters: typeof tables): string => {
    let font = 1;
    let text = '';
    for (const [, chosen, hex = ''] of drawn) {
      if (chosen !== undefined) font = Number(chosen);
      for (const glyph of hex.match(/.{4}/g) ?? [])
        text += letters[font - 1]?.get(Number.parseInt(glyph, 16)) ?? '\ufffd';
    }
    return text.replaceAll(/\s/gu, '');
  };
  const missing = (text: string): number => wanted.filter((part) => !text.includes(part)).length;
  const [one = '', other = ''] = [readWith(tables), readWith([...tables].reverse())];
  return missing(one) <= missing(other) ? one : other;
};

describe.each(languages)('a report on paper in %s', (language) => {
  test('says its title, place, sums and checks in letters that can be copied, Cyrillic names among them', async () => {
    const { bytes, pages } = await reportPdf(report(), language, nodeFonts(), names);
    const said = reportText(report(), language, names);
    const { result } = said.check({ name: 'terms-are-shelf', left: 1, right: 1, holds: true });
    const wanted = [said.title, 'Қўқон дорихонаси №5', said.t('total'), result, said.t('fails'), '✓', '✗'].map((part) =>
      part.replaceAll(/\s/gu, ''),
    );
    const text = textOf(bytes, wanted);
    for (const part of wanted) expect(text).toContain(part);
    expect(text).not.toContain('\ufffd');
    expect(pages).toBe(1);
  });
});

test('a report is the same file again, stands on as many pages as it needs and lies across where it is wide', async () => {
  const [once, again] = await Promise.all([
    reportPdf(report(), 'ru', nodeFonts(), names),
    reportPdf(report(), 'ru', nodeFonts(), names),
  ]);
  expect(Buffer.compare(once.bytes, again.bytes)).toBe(0);
  expect(latin1(once.bytes)).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
  const [section] = report().sections;
  if (!section) throw new Error('no section');
  const wide = {
    ...section,
    columns: [...section.columns, { name: 'site', kind: 'site' as const }, { name: 'day', kind: 'day' as const }],
    rows: Array.from({ length: 120 }, () => ({ cells: [...(section.rows[0]?.cells ?? []), 'PH-0001', '2026-01-01'] })),
  };
  const long = await reportPdf(report({ sections: [wide] }), 'en', nodeFonts(), names);
  expect(long.pages).toBeGreaterThan(2);
  expect(latin1(long.bytes)).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/);
});

test('a paper that leaves rows out says how many there are', async () => {
  const [section] = report().sections;
  if (!section) throw new Error('no section');
  const shown = report({ sections: [{ ...section, of: maxPaperRows + 1 }] });
  const { bytes } = await reportPdf(shown, 'en', nodeFonts(), names);
  const said = '2of2,001rowsareshown';
  expect(textOf(bytes, [said])).toContain(said);
});

describe('a report as text between semicolons', () => {
  test('has as many fields in every line, defuses what could be run and leaves numbers below zero as they are', () => {
    const csv = reportCsv(report(), 'en', names);
    const lines = csv.slice(1).trimEnd().split('\r\n');
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(new Set(lines.map((line) => line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).length)).size).toBe(1);
    expect(lines.find((line) => line.includes('A1234'))).toBe(
      'Lots: within 180 days;Amoxicillin 500 mg;A1234;2026-12-31;1200;90000,50',
    );
    expect(lines.find((line) => line.includes('1+1'))).toBe("Lots: within 180 days;Amoxicillin 500 mg;'=1+1;;-5;-7,00");
    expect(lines.at(-1)).toBe('Lots: within 180 days;Total;;;1195;89993,50');
  });

  test('defuses every beginning that a program takes for a formula, in names too', () => {
    for (const evil of ['=SUM(A1)', '+1', '-1', '@x', '\tx', '\rx', '＝1+1']) {
      const csv = reportCsv(report(), 'en', { ...names, site: () => evil, medicine: () => undefined });
      expect(csv).toContain(`'${evil} (PH-0001)`);
    }
  });
});

test('who reads it far from here finds ids in a column of their own behind names, and in brackets on paper', () => {
  const csv = reportCsv(report(), 'en', { ...names, withIds: true });
  expect(csv).toContain('Lots: within 180 days;Medicine;Medicine, ID;');
  expect(csv).toContain('Lots: within 180 days;Amoxicillin 500 mg;AMOX500CAP;');
  const lines = csv.trimEnd().split('\r\n');
  expect(new Set(lines.map((line) => line.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).length)).size).toBe(1);
  const text = reportText(report(), 'en', { ...names, person: () => 'Namuna Xodim', withIds: true });
  expect(text.cell('AMOX500CAP', 'medicine')).toBe('Amoxicillin 500 mg (AMOX500CAP)');
  expect(text.cell('doctor', 'person')).toBe('Namuna Xodim (doctor)');
  expect(reportText(report(), 'en', { withIds: true }).cell('doctor', 'person')).toBe('doctor');
});

test('the name of a file says what, where and when, and nobody', () => {
  expect(reportFileName(report(), 'pdf')).toBe('expiry-risk_PH-0001_2026-11-21.pdf');
  expect(reportFileName(report({ from: '2026-11-01' }), 'csv')).toBe('expiry-risk_PH-0001_2026-11-01_2026-11-21.csv');
});

test('a picture shows the first bars, says how many it leaves out, and is none where all is nothing', () => {
  const [section] = report().sections;
  if (!section) throw new Error('no section');
  const text = reportText(report(), 'en', names);
  const rows = Array.from({ length: 20 }, (_, i) => ({ cells: ['AMOX500CAP', `L${i}`, null, 1, i * 100] }));
  expect(chartOf({ ...section, rows }, text)).toMatchObject({ most: 1_100, left: 8 });
  expect(chartOf({ ...section, rows: rows.slice(0, 1) }, text)).toBeUndefined();
});
