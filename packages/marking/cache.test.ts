import { expect, test } from 'vitest';
import { makeCache } from './cache.ts';

test('each entry holds until its own end and not longer', () => {
  let at = 0;
  const cache = makeCache<string>(10, () => at);
  cache.set('short', 'a', 100);
  cache.set('long', 'b', 200);
  at = 99;
  expect([cache.get('short'), cache.get('long')]).toEqual(['a', 'b']);
  at = 100;
  expect([cache.get('short'), cache.get('long')]).toEqual([undefined, 'b']);
  at = 200;
  expect(cache.get('long')).toBeUndefined();
});

test('where there is no room, what was used longest ago goes, and nothing else', () => {
  const cache = makeCache<number>(3, () => 0);
  for (const [value, key] of ['a', 'b', 'c'].entries()) cache.set(key, value, 1);
  cache.get('a');
  cache.set('b', 9, 1);
  cache.set('d', 3, 1);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([0, 9, undefined, 3]);
});
