import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBundle, encodeBundle, longestEntry, tileOf, tilePath, tileWidth } from './tiles.ts';

test('paths are those of the tile format', () => {
  expect(tilePath({ level: 0, index: 0, width: 256 })).toBe('tile/0/000');
  expect(tilePath({ level: 1, index: 1_234_067, width: 256 })).toBe('tile/1/x001/x234/067');
  expect(tilePath({ level: 0, index: 273, width: 112 })).toBe('tile/0/273.p/112');
  expect(tilePath({ level: 63, index: 1_000, width: 1 })).toBe('tile/63/x001/000.p/1');
  expect(tilePath({ level: 'entries', index: 999_999, width: 255 })).toBe('tile/entries/x999/999.p/255');
});

test('no two tiles have one path, and none lies inside another', () => {
  const seen = new Set<string>();
  for (const level of ['entries', 0, 1, 10] as const)
    for (const index of [0, 1, 9, 10, 99, 100, 999, 1_000, 1_001, 99_999, 999_999, 1_000_000, 1_000_999])
      for (const width of [1, 2, 255, 256]) seen.add(tilePath({ level, index, width }));
  expect(seen.size).toBe(4 * 13 * 4);
  // a directory that holds partial tiles must not be the file of a full one
  for (const path of seen) for (const other of seen) expect(other.startsWith(`${path}/`)).toBe(false);
});

test('a tile is as wide as the tree has hashes for it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 0, max: 4 }), (size, level) => {
      const hashes = Math.floor(size / tileWidth ** level);
      const last = Math.floor(hashes / tileWidth);
      expect(tileOf(level, last, size)?.width ?? 0).toBe(hashes % tileWidth);
      if (last > 0) expect(tileOf(level, last - 1, size)?.width).toBe(tileWidth);
      expect(tileOf(level, last + 1, size)).toBeUndefined();
    }),
  );
});

test('a bundle gives back its entries, and one that was cut anywhere gives fewer or none', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 30 }), fc.nat(), (entries, cut) => {
      const bundle = encodeBundle(entries);
      expect(decodeBundle(bundle)).toEqual(entries);
      if (bundle.length === 0) return;
      const left = decodeBundle(bundle.subarray(0, cut % bundle.length));
      expect(left === undefined || left.length < entries.length).toBe(true);
    }),
  );
});

test('the longest entry has 65,535 bytes', () => {
  const longest = new Uint8Array(longestEntry).fill(7);
  expect(decodeBundle(encodeBundle([longest, new Uint8Array(0)]))?.map(({ length }) => length)).toEqual([65_535, 0]);
  expect(() => encodeBundle([new Uint8Array(longestEntry + 1)])).toThrow(RangeError);
});
