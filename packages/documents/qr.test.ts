import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type QrMatrix, qrMatrix, qrPath, qrSvg, quietZone } from './qr.ts';

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
});

/** What a camera would see: each module 4 pixels wide, quiet zone around. */
const picture = (
  matrix: QrMatrix,
): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: 'srgb' } => {
  const pixels = 4;
  const width = (matrix.size + 2 * quietZone) * pixels;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor(y / pixels) - quietZone, Math.floor(x / pixels) - quietZone];
      const inside = row >= 0 && column >= 0 && row < matrix.size && column < matrix.size;
      if (inside && matrix.isDark(row, column)) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  return { data, width, height: width, colorSpace: 'srgb' };
};

const read = async (matrix: QrMatrix): Promise<string | undefined> =>
  (await readBarcodes(picture(matrix) as ImageData, { formats: ['QRCode'] }))[0]?.text;

const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const code = (length: number): string =>
  `RX1:${Array.from({ length }, (_, i) => base45[(i * 7919 + i * i) % 45]).join('')}`;

describe('a QR code', () => {
  test('is read back as the text that was put in', async () => {
    for (const text of [code(302), 'https://darmon.example/p#K7Q2M9TXA4B0C', 'Retsept — рецепт ʻ'])
      expect(await read(qrMatrix(text))).toBe(text);
  });

  test('of 306 characters, three lines of a prescription, is no larger than version 13 at level Q', () => {
    expect(qrMatrix(code(302)).version).toBeLessThanOrEqual(13);
  });

  test('of base45 text is encoded in alphanumeric mode, which a byte-mode code would outgrow', () => {
    expect(qrMatrix(code(302)).version).toBeLessThan(qrMatrix(code(302).toLowerCase()).version);
  });

  test('is refused where the text does not fit', () => {
    expect(() => qrMatrix(code(5000))).toThrow();
  });

  test('is drawn with a quiet zone of 4 modules and with every dark module exactly once', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (text) => {
        const matrix = qrMatrix(text, 'M');
        const { side, path } = qrPath(matrix);
        expect(side).toBe(matrix.size + 8);
        const drawn = new Set<string>();
        for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
          for (let i = 0; i < Number(width); i++) drawn.add(`${Number(y) - 4} ${Number(x) - 4 + i}`);
        for (let row = 0; row < matrix.size; row++)
          for (let column = 0; column < matrix.size; column++)
            expect(drawn.has(`${row} ${column}`)).toBe(matrix.isDark(row, column));
      }),
      { numRuns: 20 },
    );
  });

  test('is an SVG of one path on white, so that it scales and prints sharp', () => {
    const svg = qrSvg(code(302));
    expect(svg.match(/<path /g)).toHaveLength(1);
    expect(svg).toContain('fill="#fff"');
    expect(svg).toContain('viewBox="0 0 77 77"');
  });
});
