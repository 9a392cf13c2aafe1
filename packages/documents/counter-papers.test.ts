import { Dosage } from '@darmon/domain/dosage';
import { languages } from '@darmon/i18n/language';
import { describe, expect, test } from 'vitest';
import { type CounterPapers, type HandedOverLine, labelSheetPdf, labelsPdf, receiptPdf } from './counter-papers.ts';
import { nodeFonts } from './fonts-node.ts';

const line = (about: Partial<HandedOverLine> = {}): HandedOverLine => ({
  inn: 'Amoxicillin',
  innRu: 'Амоксициллин',
  innUz: 'Amoksitsillin',
  form: 'capsule',
  strength: '500 mg',
  unit: 'capsule',
  dosage: Dosage.parse({ amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' }),
  quantity: 21,
  lots: [{ lot: 'A1234', expiryDate: '2027-06-30' }],
  ...about,
});
/** As long as a label can be. */
const longest = line({
  inn: 'Perindopril arginine + indapamide + amlodipine',
  innRu: 'Периндоприла аргинин + индапамид + амлодипин',
  innUz: 'Perindopril arginin + indapamid + amlodipin',
  form: 'tablet-orodispersible',
  strength: '10 mg + 2.5 mg + 10 mg',
  brand: 'Namunaviy Uzun Savdo Nomi',
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
  unit: 'tablet',
  lots: [
    { lot: 'LOT-ABCDEFGH-0001', expiryDate: '2027-06-30' },
    { lot: 'LOT-ABCDEFGH-0002', expiryDate: '2027-07-31' },
  ],
});
const nothing = line({ quantity: 0, lots: [], notDispensed: 'out-of-stock', rest: { quantity: 21, on: '2026-11-25' } });
const papers = (lines: readonly HandedOverLine[]): CounterPapers => ({
  number: 'K7Q2M9TXA4B0C',
  at: '2026-11-20T09:30:00.000Z',
  pharmacy: { id: 'PH-0001', name: '1-sonli dorixona', address: 'Toshkent' },
  patient: 'BN',
  lines,
  receipt: 'K7Q2M9TXA4B0C.1.7QF3ZD',
  host: 'darmon.example',
});

const text = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const boxes = (pdf: Uint8Array): string[] =>
  [...text(pdf).matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map(([, box = '']) =>
    box
      .split(' ')
      .slice(2)
      .map((points) => Math.round((Number(points) * 25.4) / 72))
      .join('x'),
  );

describe.each(languages)('in %s', (language) => {
  test('each medicine that was handed over has one label of 58 x 40 mm, however long its words', async () => {
    expect(boxes(await labelsPdf(papers([line(), longest, nothing]), language, nodeFonts()))).toEqual([
      '58x40',
      '58x40',
    ]);
  });

  test('a sheet of A4 holds the labels of a whole prescription', async () => {
    const sheet = papers([line(), longest, line(), longest, line()]);
    expect(boxes(await labelSheetPdf(sheet, language, nodeFonts()))).toEqual(['210x297']);
  });

  test('a receipt is one piece of roll, with what was not handed over too', async () => {
    const [size = '', ...others] = boxes(
      await receiptPdf(papers([line({ price: 1_250_000 }), nothing]), language, nodeFonts()),
    );
    expect([size.split('x')[0], others]).toEqual(['72', []]);
  });
});

test('the same input gives the same bytes', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => receiptPdf(papers([line()]), 'uz-Latn', nodeFonts())));
  expect(Buffer.compare(first as Uint8Array, second as Uint8Array)).toBe(0);
});
