import { expect, test } from 'vitest';
import { acknowledgedFinding, isRunDue, type LogFinding, openDayAt, withEntries } from './log-check.ts';

test('the entries of a day are counted once, however often a piece of the log is read', () => {
  const first = withEntries(undefined, '2026-11-20', [3, 4, 9]);
  expect(first).toEqual({ day: '2026-11-20', entries: 3, spans: [[3, 10]] });
  expect(withEntries(first, '2026-11-20', [3, 4, 9])).toEqual(first);
  expect(withEntries(first, '2026-11-20', [9, 10])).toMatchObject({ entries: 4, spans: [[3, 11]] });
  // one that was appended long after its day does not make all between them part of it
  expect(withEntries(first, '2026-11-20', [900_000]).spans).toEqual([
    [3, 10],
    [900_000, 900_001],
  ]);
});

test('a finding is answered for once', () => {
  const found: LogFinding = {
    id: '5f1d0a3c9be247d8a6c1e0f2',
    kind: 'gone',
    state: 'open',
    version: 1,
    foundAt: '2026-11-20T21:00:00.000Z',
    run: 'a',
  };
  const answered = acknowledgedFinding(found, 'auditor', 'restored by hand', Date.parse('2026-11-21T04:00:00.000Z'));
  expect(answered).toMatchObject({ state: 'acknowledged', version: 2, acknowledged: { by: 'auditor' } });
  expect(() => acknowledgedFinding(answered, 'auditor2', 'me too', 0)).toThrow('version-changed');
});

test('a night has one comparison, and a day counts as over a quarter of an hour after its end', () => {
  const state = { version: 1, counted: { size: 0, root: '' } };
  const at = (text: string) => Date.parse(text);
  expect(isRunDue(state, at('2026-11-20T21:00:00.000Z'))).toBe(true);
  const began = { ...state, lastStartedAt: '2026-11-20T21:00:00.000Z' };
  expect(isRunDue(began, at('2026-11-20T23:50:00.000Z'))).toBe(false);
  expect(isRunDue(began, at('2026-11-21T21:00:00.000Z'))).toBe(true);
  expect(openDayAt('2026-11-20T19:10:00.000Z')).toBe('2026-11-20');
  expect(openDayAt('2026-11-20T19:15:00.000Z')).toBe('2026-11-21');
});
