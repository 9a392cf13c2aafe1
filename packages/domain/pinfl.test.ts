import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { makePinfl, parsePinfl } from './pinfl.ts';

const runs = process.env.NIGHTLY ? 100_000 : 5_000;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 600_000 });
const person = fc.record({
  birthDate: fc
    .date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  sex: fc.constantFrom('male' as const, 'female' as const),
  region: fc.integer({ min: 0, max: 999 }),
  serial: fc.integer({ min: 0, max: 999 }),
});

describe('PINFL', () => {
  test('a number computed by hand', () => {
    // 3+150390+001+042: 7*3+3*1+1*5+7*0+3*3+1*9+7*0+3*0+1*0+7*1+3*0+1*4+7*2 = 72
    expect(makePinfl({ birthDate: '1990-03-15', sex: 'male', region: 1, serial: 42 })).toBe('31503900010422');
    expect(parsePinfl(' 31503900010422\n')).toEqual({
      kind: 'pinfl',
      pinfl: '31503900010422',
      birthDate: '1990-03-15',
      sex: 'male',
    });
  });

  test('a made PINFL gives birth date and sex back', () => {
    fc.assert(
      fc.property(person, (who) => {
        expect(parsePinfl(makePinfl(who))).toMatchObject({ kind: 'pinfl', birthDate: who.birthDate, sex: who.sex });
      }),
      { numRuns: runs },
    );
  });

  test('every single wrong digit is refused', () => {
    // The weights 7, 3 and 1 share no factor with 10, so each changes the sum.
    fc.assert(
      fc.property(person, fc.nat(13), fc.integer({ min: 1, max: 9 }), (who, at, by) => {
        const pinfl = makePinfl(who);
        const wrong = pinfl.slice(0, at) + ((Number(pinfl[at]) + by) % 10) + pinfl.slice(at + 1);
        expect(parsePinfl(wrong).kind).toBe('refused');
      }),
      { numRuns: runs },
    );
  });

  test.each([
    ['', 'pinfl-not-14-digits', 0],
    ['3150390001042', 'pinfl-not-14-digits', 13],
    ['315039000104222', 'pinfl-not-14-digits', 14],
    ['31503900o10422', 'pinfl-not-14-digits', 8],
    ['٣1503900010422', 'pinfl-not-14-digits', 0],
    ['01503900010422', 'pinfl-bad-century', 0],
    ['71503900010422', 'pinfl-bad-century', 0],
    ['33102900010422', 'pinfl-bad-birth-date', 1],
    ['32902010010422', 'pinfl-bad-birth-date', 1],
    ['30003900010422', 'pinfl-bad-birth-date', 1],
    ['31513900010422', 'pinfl-bad-birth-date', 1],
    ['31503900010423', 'pinfl-bad-check-digit', 13],
  ])('%j is refused as %s', (text, code, position) => {
    expect(parsePinfl(text)).toMatchObject({ kind: 'refused', code, position });
  });

  test('29 February needs a leap year of the right century', () => {
    expect(parsePinfl(makePinfl({ birthDate: '2000-02-29', sex: 'female', region: 0, serial: 0 })).kind).toBe('pinfl');
    expect(() => makePinfl({ birthDate: '1900-02-29', sex: 'female', region: 0, serial: 0 })).toThrow(RangeError);
  });

  test('nobody is born after today', () => {
    const born = makePinfl({ birthDate: '2026-06-16', sex: 'female', region: 0, serial: 0 });
    expect(parsePinfl(born, '2026-06-15')).toMatchObject({ code: 'pinfl-bad-birth-date' });
    expect(parsePinfl(born, '2026-06-16').kind).toBe('pinfl');
  });

  test('the maker refuses what no PINFL can hold', () => {
    for (const region of [-1, 1000, 1.5]) {
      expect(() => makePinfl({ birthDate: '1990-03-15', sex: 'male', region, serial: 0 })).toThrow(RangeError);
    }
    expect(() => makePinfl({ birthDate: '2100-01-01', sex: 'male', region: 0, serial: 0 })).toThrow(RangeError);
  });
});
