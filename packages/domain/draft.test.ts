import { describe, expect, test } from 'vitest';
import { type Draft, DraftBody, discardDraft, draftDays, nextDraft, ownDraft, requireDraft } from './draft.ts';
import { Refusal } from './refusal.ts';
import { dayMs } from './time.ts';

const now = Date.parse('2026-11-20T07:00:00.000Z');
const draft: Draft = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  version: 3,
  status: 'draft',
  person: 'doctor',
  savedAt: '2026-11-20T07:00:00.000Z',
  wrappedKey: 'k',
  sealed: {},
};
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return error instanceof Refusal ? error.code : 'a fault';
  }
};

describe('a draft', () => {
  test('is kept from everybody else, and is gone thirty days after it was saved', () => {
    expect(codeOf(() => ownDraft(draft, 'doctor2', now))).toBe('not-found');
    expect(codeOf(() => ownDraft(undefined, 'doctor', now))).toBe('not-found');
    const end = now + draftDays * dayMs;
    expect(ownDraft(draft, 'doctor', end - 1)).toBe(draft);
    expect(codeOf(() => ownDraft(draft, 'doctor', end))).toBe('not-found');
  });

  test('is saved only over the version that was seen', () => {
    expect(nextDraft(draft, 3, now)).toMatchObject({ version: 4, status: 'draft' });
    expect(codeOf(() => nextDraft(draft, 2, now))).toBe('version-changed');
  });

  test('that was thrown away is not signed, and comes back by being saved', () => {
    const gone = discardDraft(draft);
    expect(codeOf(() => requireDraft(gone, 'doctor', now))).toBe('draft-closed');
    expect(codeOf(() => discardDraft(gone))).toBe('draft-closed');
    expect(nextDraft(gone, gone.version, now).status).toBe('draft');
  });

  test('that was issued is never saved, thrown away or issued again', () => {
    const issued: Draft = { ...draft, status: 'issued' };
    expect(codeOf(() => nextDraft(issued, 3, now))).toBe('draft-closed');
    expect(codeOf(() => discardDraft(issued))).toBe('draft-closed');
    expect(codeOf(() => requireDraft(issued, 'doctor', now))).toBe('draft-closed');
  });

  test('holds at most 20 kB', () => {
    const of = (length: number) => DraftBody.safeParse({ a: 'x'.repeat(length) }).success;
    expect([of(19_900), of(20_001)]).toEqual([true, false]);
  });
});
