import { describe, expect, test } from 'vitest';
import type { Event, EventType } from './event.ts';
import { type Concerning, lookersOf, looksOf, reviewLook } from './look-review.ts';
import { Refusal } from './refusal.ts';

const start = Date.parse('2026-11-20T07:00:00.000Z');
const hour = 3_600_000;
let n = 0;
const concerning = (
  type: EventType,
  at: number,
  {
    person = 'pharmacist',
    patient = 'A',
    ...changes
  }: { person?: string; patient?: string; [name: string]: unknown } = {},
): Concerning => ({
  event: {
    id: `01KAGZ5V9YV1Q5T1M0E9J7R${String(100 + ++n)}`,
    at: new Date(at).toISOString(),
    type,
    actor: { person, role: 'pharmacist', site: 'PH-1' },
    changes,
  } satisfies Event,
  subject: { patient },
  patient,
});
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'fault';
  }
};

describe('a look', () => {
  test('has a cause where something was done for this patient within a day of it, before or after', () => {
    const look = (at: number) => concerning('patient-looked-up', at, { found: 1 });
    const causeOf = (all: Concerning[]) => looksOf(all)[0]?.cause?.type;
    expect(causeOf([look(start), concerning('prescription-dispensed', start + 23 * hour)])).toBe(
      'prescription-dispensed',
    );
    expect(causeOf([look(start), concerning('prescription-dispensed', start - 23 * hour)])).toBe(
      'prescription-dispensed',
    );
    expect(causeOf([look(start), concerning('prescription-dispensed', start + 25 * hour)])).toBeUndefined();
    expect(causeOf([look(start), concerning('prescription-dispensed', start, { patient: 'B' })])).toBeUndefined();
    // taking it for the own pharmacy is no service yet
    expect(causeOf([look(start), concerning('prescription-claimed', start)])).toBeUndefined();
  });
  test('that found nobody is counted and not listed, and one that a recall asked for is neither', () => {
    const all = [
      concerning('patient-looked-up', start, { found: 0 }),
      // several have this name: none of them was shown, and it lies with whoever asked
      concerning('patient-looked-up', start, { found: 2, by: 'name', patient: 'pharmacist' }),
      concerning('patient-looked-up', start, { found: 1, by: 'recall' }),
      concerning('patient-looked-up', start, { found: 1, by: 'pinfl' }),
    ];
    const looks = looksOf(all);
    expect(looks.map(({ by }) => by)).toEqual(['pinfl']);
    expect(
      lookersOf(
        looks,
        all.map(({ event }) => event),
      ),
    ).toEqual([{ person: 'pharmacist', looks: 1, without: 1, missed: 2, reviewed: 0 }]);
  });
  test('of whoever looked most often without a cause comes first', () => {
    const all = [
      concerning('patient-looked-up', start, { person: 'busy', patient: 'A' }),
      concerning('patient-looked-up', start, { person: 'busy', patient: 'A' }),
      concerning('prescription-dispensed', start, { person: 'busy', patient: 'A' }),
      concerning('patient-looked-up', start, { person: 'curious', patient: 'C' }),
    ];
    expect(lookersOf(looksOf(all), []).map(({ person, without }) => [person, without])).toEqual([
      ['curious', 1],
      ['busy', 0],
    ]);
  });
});

describe('a review', () => {
  const input = { look: 'L', person: 'pharmacist', version: 0, state: 'explained' as const, note: 'she telephoned' };
  const at = '2026-11-21T07:00:00.000Z';
  test('says why it is explained or a case, is never of one’s own look, and overwrites no colleague', () => {
    expect(codeOf(() => reviewLook(undefined, { ...input, note: undefined }, 'auditor', at))).toBe('reason-missing');
    expect(codeOf(() => reviewLook(undefined, { ...input, state: 'case', note: undefined }, 'auditor', at))).toBe(
      'reason-missing',
    );
    expect(codeOf(() => reviewLook(undefined, input, 'pharmacist', at))).toBe('not-allowed');
    const first = reviewLook(undefined, { ...input, state: 'seen', note: undefined }, 'auditor', at);
    expect(codeOf(() => reviewLook(first, input, 'auditor', at))).toBe('version-changed');
    expect(reviewLook(first, { ...input, version: 1 }, 'auditor', at)).toMatchObject({
      version: 2,
      state: 'explained',
    });
  });
});
