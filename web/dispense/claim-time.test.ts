import { expect, test } from 'vitest';
import { announcedAt, urgencyOf } from './claim-time.ts';

test('a claim presses at five minutes and more so at one', () => {
  expect([301, 300, 61, 60, 0].map(urgencyOf)).toEqual(['calm', 'soon', 'soon', 'now', 'now']);
});

test('what is said aloud changes once at five minutes and once at one, and ends with the claim', () => {
  const said = Array.from({ length: 400 }, (_, at) => announcedAt(400 - at));
  expect(said.filter((one, at) => one !== said[at - 1])).toEqual([5, 1]);
  expect(announcedAt(0)).toBe(undefined);
});
