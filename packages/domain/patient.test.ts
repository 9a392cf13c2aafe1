import { expect, test } from 'vitest';
import { foldName } from './patient.ts';
import { tashkentDay, validUntil } from './time.ts';

test('a name is found however it is typed: script, case, apostrophe, spacing', () => {
  const same = ['Oʻktamova Gʻuncha', "O'KTAMOVA  G'UNCHA", 'Ўктамова Ғунча', ' oktamova guncha '];
  expect(new Set(['Gʻaniyeva Mahliyo', 'Ғаниева Маҳлиё', "G'ANIEVA MAHLIYO"].map(foldName)).size).toBe(1);
  expect(new Set(same.map(foldName))).toEqual(new Set(['oktamova guncha']));
});

test('different names stay different', () => {
  expect(foldName('Karimova')).not.toBe(foldName('Karimov'));
  expect(foldName('Ali Vali')).not.toBe(foldName('Alivali'));
});

test('a Tashkent day begins at 19:00 UTC, and validity runs to the end of its last day', () => {
  expect(tashkentDay(Date.parse('2026-11-20T18:59:59.999Z'))).toBe('2026-11-20');
  expect(tashkentDay(Date.parse('2026-11-20T19:00:00.000Z'))).toBe('2026-11-21');
  expect(new Date(validUntil(Date.parse('2026-11-20T18:59:59.999Z'), 30)).toISOString()).toBe(
    '2026-12-20T19:00:00.000Z',
  );
});
