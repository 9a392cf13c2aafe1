import { inflateSync } from 'node:zlib';
import { Dosage } from '@darmon/domain/dosage';
import { languages } from '@darmon/i18n/language';
import { describe, expect, test } from 'vitest';
import { nodeFonts } from './fonts-node.ts';
import { mm } from './pdf.ts';
import { type PrintedLine, type PrintedPrescription, prescriptionPdf } from './prescription.ts';
import { qrMatrix } from './qr.ts';

const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const code = `RX1:${Array.from({ length: 345 }, (_, i) => base45[(i * 7919 + i * i) % 45]).join('')}`;

const amoxicillin: PrintedLine = {
  inn: 'Amoxicillin',
  innRu: 'Амоксициллин',
  innUz: 'Amoksitsillin',
  form: 'capsule',
  strength: '500 mg',
  unit: 'capsule',
  quantity: 21,
  substitutionAllowed: true,
  dosage: Dosage.parse({
    amount: 1,
    unit: 'capsule',
    timesPerDay: 3,
    days: 7,
    when: ['after-meal'],
    route: 'oral',
  }),
};

/** About as long as a line can be: three substances, every part of a dosage, no substitution. */
const longest: PrintedLine = {
  inn: 'Perindopril arginine + indapamide + amlodipine',
  innRu: 'Периндоприла аргинин + индапамид + амлодипин',
  innUz: 'Perindopril arginin + indapamid + amlodipin',
  form: 'tablet-orodispersible',
  strength: '10 mg + 2.5 mg + 10 mg',
  unit: 'tablet',
  quantity: 365,
  substitutionAllowed: false,
  dosage: Dosage.parse({
    amount: 0.75,
    unit: 'tablet',
    everyHours: 23,
    days: 22,
    asNeeded: true,
    maxPerDay: 4.5,
    when: ['morning', 'noon', 'evening', 'before-meal'],
    route: 'sublingual',
  }),
};

const prescription = (lines: readonly PrintedLine[]): PrintedPrescription => ({
  number: 'K7Q2M9TXA4B0C',
  code,
  host: 'darmon.example',
  issuedAt: '2026-11-20T09:30:00.000Z',
  validUntil: '2026-12-20T19:00:00.000Z',
  clinic: { name: '12-sonli oilaviy poliklinika', licence: 'TTB-004512' },
  prescriber: { name: 'Sinov Shifokor' },
  patient: { fullName: 'Sinov Bemor Namuna oʻgʻli', birthDate: '1961-03-07' },
  diagnosis: { icd10: 'J06.9' },
  lines,
});

const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const pageCount = (pdf: Uint8Array): number => (latin1(pdf).match(/\/Type \/Page\b(?!s)/g) ?? []).length;

/** The drawing commands of all streams that are deflated text. */
const drawing = (pdf: Uint8Array): string =>
  [...latin1(pdf).matchAll(/\/FlateDecode\s*>>\s*stream\n/g)]
    .map(({ index, 0: opening }) => {
      const start = index + opening.length;
      const end = latin1(pdf).indexOf('endstream', start);
      return inflateSync(Buffer.from(pdf.subarray(start, end))).toString('latin1');
    })
    .join('\n');

/** Dark bars of codes: rectangles drawn as a move, three lines and a close, as the vector path has them. */
const bars = (commands: string): number => (commands.match(/\bm\n(?:[-\d. ]+ l\n){3}h/g) ?? []).length;

describe('the printed prescription', () => {
  test('of five lines of the greatest length is one A5 page in every language', async () => {
    for (const language of languages) {
      const pdf = await prescriptionPdf(
        prescription([longest, longest, longest, longest, longest]),
        language,
        nodeFonts(),
      );
      expect(pageCount(pdf)).toBe(1);
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(latin1(pdf)) ?? [];
      expect(Number(width)).toBeCloseTo(mm(148), 0);
      expect(Number(height)).toBeCloseTo(mm(210), 0);
    }
  });

  test('is the same, byte for byte, whenever it is printed', async () => {
    const once = await prescriptionPdf(prescription([amoxicillin]), 'ru', nodeFonts());
    const again = await prescriptionPdf(prescription([amoxicillin]), 'ru', nodeFonts());
    expect(Buffer.compare(once, again)).toBe(0);
  });

  test('draws both codes as vectors, whole, and holds no picture', async () => {
    const pdf = await prescriptionPdf(prescription([amoxicillin]), 'uz-Latn', nodeFonts());
    const runs = (matrix: ReturnType<typeof qrMatrix>): number => {
      let count = 0;
      for (let row = 0; row < matrix.size; row++)
        for (let column = 0; column < matrix.size; column++)
          if (matrix.isDark(row, column) && (column === 0 || !matrix.isDark(row, column - 1))) count++;
      return count;
    };
    const expected = runs(qrMatrix(code, 'Q')) + runs(qrMatrix('https://darmon.example/p#K7Q2M9TXA4B0C', 'M'));
    // Each of the two has a white ground and a clip besides, which are rectangles too.
    expect(bars(drawing(pdf))).toBe(expected + 2 * 2);
    expect(latin1(pdf)).not.toContain('/Subtype /Image');
  });

  test('names nobody in the properties of the file, which show in print queues', async () => {
    const pdf = latin1(await prescriptionPdf(prescription([amoxicillin]), 'en', nodeFonts()));
    expect(pdf).toContain('(Electronic prescription K7Q2-M9TX-A4B0-C)');
    expect(pdf).not.toContain('Sinov');
  });

  test('is drawn in black and white alone', async () => {
    const commands = drawing(await prescriptionPdf(prescription([longest]), 'uz-Cyrl', nodeFonts()));
    const colours = new Set(
      [...commands.matchAll(/([\d.]+ [\d.]+ [\d.]+) (?:scn|rg|RG|SCN)\b/g)].map(([, colour]) => colour),
    );
    expect(colours.size).toBeGreaterThan(0);
    expect([...colours].every((colour) => colour === '0 0 0' || colour === '1 1 1')).toBe(true);
  });

  test('with a diagnosis that has no title shows its code', async () => {
    const pdf = await prescriptionPdf(
      { ...prescription([amoxicillin]), diagnosis: { icd10: 'Q99.9' } },
      'en',
      nodeFonts(),
    );
    expect(pageCount(pdf)).toBe(1);
  });
});
