import { languages } from '@darmon/i18n/language';
import { expect, test } from 'vitest';
import { nodeFonts } from './fonts-node.ts';
import { type RecallPaper, recallPdf } from './recall-letter.ts';

const poster: RecallPaper = {
  medicine: {
    inn: 'Perindopril arginine + indapamide + amlodipine',
    innRu: 'Периндоприла аргинин + индапамид + амлодипин',
    innUz: 'Perindopril arginin + indapamid + amlodipin',
    form: 'tablet-orodispersible',
    strength: '10 mg + 2.5 mg + 10 mg',
  },
  brand: 'Namunaviy Uzun Savdo Nomi',
  lot: 'LOT-ABCDEFGH-0001',
  expiryDate: '2027-06-30',
  serials: { from: '00000000000000000001', to: '99999999999999999999' },
  pharmacy: { name: '1-sonli namunaviy dorixona', address: 'Toshkent shahri, Namuna koʻchasi, 1-uy' },
  at: '2026-11-20T09:30:00.000Z',
};
const letter: RecallPaper = {
  ...poster,
  patient: { fullName: 'Bemor Namuna Namunaovich', number: 'K7Q2M9TXA4B0C', gotAt: '2026-11-18T09:30:00.000Z' },
};

test.each(languages)('in %s letter and poster of the longest names are one page of A4 each', async (language) => {
  for (const paper of [poster, letter]) {
    const { bytes, pages } = await recallPdf(paper, language, nodeFonts());
    expect(pages).toBe(1);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
  }
});

test('the same input makes the same bytes', async () => {
  const [a, b] = [await recallPdf(letter, 'uz-Latn', nodeFonts()), await recallPdf(letter, 'uz-Latn', nodeFonts())];
  expect(Buffer.from(a.bytes).equals(Buffer.from(b.bytes))).toBe(true);
});
