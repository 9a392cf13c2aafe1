import { inflateSync } from 'node:zlib';
import { languages } from '@darmon/i18n/language';
import { describe, expect, test } from 'vitest';
import { nodeFonts } from './fonts-node.ts';
import { type PrintedWriteOff, type PrintedWriteOffLine, writeOffActPdf } from './write-off-act.ts';

const line = (about: Partial<PrintedWriteOffLine> = {}): PrintedWriteOffLine => ({
  inn: 'Amoxicillin',
  innRu: 'Амоксициллин',
  innUz: 'Amoksitsillin',
  strength: '500 mg',
  unit: 'capsule',
  brand: 'Namuna',
  lot: 'A1234',
  expiryDate: '2026-10-31',
  quantity: 320,
  value: 48_000_000,
  reason: 'expired',
  ...about,
});
const signature = {
  name: 'Sinov Tasdiqlovchi',
  role: 'approver' as const,
  site: 'OF-0001',
  at: '2026-11-20T12:30:00.000Z',
  approval: '01KAH9HGHYV1Q5T1M0E9J7R2CE',
};
const act = (about: Partial<PrintedWriteOff> = {}): PrintedWriteOff => ({
  number: 'E9J7R2CD',
  state: 'approved',
  site: { id: 'WH-0001', name: 'Markaziy ombor', address: 'Toshkent' },
  author: { name: 'Sinov Omborchi', role: 'warehouse', at: '2026-11-20T09:30:00.000Z' },
  lines: [line(), line({ lot: 'B77', reason: 'other', note: 'yomgʻirda qolgan', value: undefined, controlled: true })],
  value: 48_000_000,
  note: 'Tom oqqan',
  photos: [],
  needed: 1,
  signatures: [signature],
  actHash: 'Hq4uLq6iN3yC0p5m5Jx3cF2r8o4Y1tW9bZkQeXvS7Ug',
  ...about,
});
/** One dark point. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const latin1 = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');
const pageCount = (pdf: Uint8Array): number => (latin1(pdf).match(/\/Type \/Page\b(?!s)/g) ?? []).length;
/** How many glyphs are shown: each two bytes of text in the drawing commands. */
const glyphs = (pdf: Uint8Array): number =>
  [...latin1(pdf).matchAll(/\/FlateDecode\s*>>\s*stream\n/g)]
    .map(({ index, 0: opening }) => {
      const start = index + opening.length;
      return inflateSync(Buffer.from(pdf.subarray(start, latin1(pdf).indexOf('endstream', start)))).toString('latin1');
    })
    .flatMap((commands) => [...commands.matchAll(/<([0-9a-f]+)>/g)])
    .reduce((sum, [, hex = '']) => sum + hex.length / 4, 0);

describe.each(languages)('an act in %s', (language) => {
  test('is one A4 page, with its photos as pictures', async () => {
    const plain = await writeOffActPdf(act(), language, nodeFonts());
    expect([pageCount(plain), latin1(plain).includes('/Subtype /Image')]).toEqual([1, false]);
    expect(latin1(plain)).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
    const photos = Array.from({ length: 6 }, () => ({ type: 'image/png', data: png }));
    const shown = await writeOffActPdf(act({ photos }), language, nodeFonts());
    expect(latin1(shown)).toContain('/Subtype /Image');
  });
});

test('an act of eighty lines goes over several pages and keeps every line', async () => {
  const many = (count: number) =>
    act({ lines: Array.from({ length: count }, (_, i) => line({ lot: `LOT-${100 + i}` })) });
  const [forty, eighty] = [
    await writeOffActPdf(many(40), 'en', nodeFonts()),
    await writeOffActPdf(many(80), 'en', nodeFonts()),
  ];
  expect(pageCount(eighty)).toBeGreaterThan(pageCount(forty));
  expect(glyphs(eighty) - glyphs(forty)).toBeGreaterThan(40 * 'LOT-100 Namuna 31.10.2026'.length);
});

test('each pack that an act names by its number stands on the paper, and nothing is said where none is named', async () => {
  const serials = Array.from({ length: 40 }, (_, i) => `SN,${1_000_000_000 + i}`);
  const [plain, named] = [
    await writeOffActPdf(act({ lines: [line()] }), 'en', nodeFonts()),
    await writeOffActPdf(act({ lines: [line({ serials })] }), 'en', nodeFonts()),
  ];
  const nothing = await writeOffActPdf(act({ lines: [line({ serials: [] })] }), 'en', nodeFonts());
  expect(glyphs(nothing)).toBe(glyphs(plain));
  expect(glyphs(named) - glyphs(plain)).toBeGreaterThan(
    'Packs by number line 1, lot A1234'.length + serials.join('').length,
  );
  expect(pageCount(named)).toBe(1);
});

test('the same act is the same file, and its properties name nobody', async () => {
  const [once, again] = [
    await writeOffActPdf(act(), 'ru', nodeFonts()),
    await writeOffActPdf(act(), 'ru', nodeFonts()),
  ];
  expect(Buffer.compare(once, again)).toBe(0);
  const english = latin1(await writeOffActPdf(act(), 'en', nodeFonts()));
  expect(english).toContain('(Write-off act E9J7R2CD)');
  expect(english).not.toContain('Sinov');
});

test('an act that waits says so, once for each signature that is missing', async () => {
  const open = (needed: number) => act({ state: 'requested', signatures: [], needed });
  const [one, two] = [
    await writeOffActPdf(open(1), 'en', nodeFonts()),
    await writeOffActPdf(open(2), 'en', nodeFonts()),
  ];
  expect(glyphs(two) - glyphs(one)).toBe('Approved bynot signed yet'.length);
});
