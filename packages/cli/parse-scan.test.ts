import { expect, test } from 'vitest';
import { parseScanLines } from './parse-scan.ts';

async function answers(lines: string[]) {
  async function* source() {
    yield* lines;
  }
  const results = [];
  for await (const result of parseScanLines(source(), '2026-06-15')) results.push(result);
  return results;
}

test('each line has one answer, in order', async () => {
  expect(await answers(['"\\u001d0109521234567899"', '"RX1:6BF"'])).toEqual([
    { kind: 'pack', gs1: [['01', '09521234567899']], gtin: '09521234567899' },
    { kind: 'prescription', code: 'RX1:6BF' },
  ]);
});

test('a line that is no JSON string is an answer, not a crash', async () => {
  const lines = ['', '0109521234567899', '{"a":1}', '"open', 'null', '["01"]', '"\\u12"'];
  for (const answer of await answers(lines)) expect(answer).toMatchObject({ kind: 'refused', code: 'not-json-string' });
  expect(await answers(lines)).toHaveLength(lines.length);
});

test('a huge line is refused before it is parsed: this one has no closing quote', async () => {
  expect(await answers([`"${'1'.repeat(10_000_000)}`])).toMatchObject([{ kind: 'refused', code: 'input-too-long' }]);
});
