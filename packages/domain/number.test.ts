import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { formatNumber, makeNumber, parseNumber } from './number.ts';

const runs = process.env.NIGHTLY ? 100_000 : 5_000;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 600_000 });
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const number = fc.uint8Array({ minLength: 12, maxLength: 12 }).map(makeNumber);

describe('prescription number', () => {
  test('a made number reads back, printed or not, in any case', () => {
    fc.assert(
      fc.property(number, (made) => {
        expect(made).toMatch(/^[A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z]{12}$/);
        for (const text of [
          made,
          formatNumber(made),
          made.toLowerCase(),
          ` ${formatNumber(made).replaceAll('-', ' ')} `,
        ]) {
          expect(parseNumber(text)).toEqual({ kind: 'prescription-number', number: made });
        }
      }),
      { numRuns: runs },
    );
  });

  test('is printed in groups of four', () => {
    // Check characters computed with logarithm tables, apart from the module.
    expect(formatNumber(makeNumber(new Uint8Array(12)))).toBe('A000-0000-0000-3');
    expect(formatNumber(makeNumber(new Uint8Array(12).fill(255)))).toBe('ZZZZ-ZZZZ-ZZZZ-R');
  });

  test('every single wrong character is caught', () => {
    fc.assert(
      fc.property(number, (made) => {
        for (let at = 0; at < 13; at++) {
          for (const character of ALPHABET) {
            if (character === made[at]) continue;
            const wrong = made.slice(0, at) + character + made.slice(at + 1);
            if (parseNumber(wrong).kind !== 'refused') throw new Error(`${wrong} passes for ${made}`);
          }
        }
      }),
      { numRuns: runs / 10 },
    );
  });

  test('every exchange of two characters is caught, neighbours or not', () => {
    fc.assert(
      fc.property(number, (made) => {
        for (let i = 0; i < 13; i++) {
          for (let j = i + 1; j < 13; j++) {
            const swapped = [...made];
            [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
            if (made[i] !== made[j] && parseNumber(swapped.join('')).kind !== 'refused')
              throw new Error(`${made} ${i} ${j}`);
          }
        }
      }),
      { numRuns: runs / 10 },
    );
  });

  test('letters that look like digits are read as the digits', () => {
    expect(parseNumber('aOoo-OOOO-oooo-3')).toEqual({ kind: 'prescription-number', number: 'A000000000003' });
    const withOne = makeNumber(Uint8Array.from([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
    expect(parseNumber(withOne.replaceAll('1', 'l'))).toEqual(parseNumber(withOne));
    expect(parseNumber(withOne.replaceAll('1', 'I'))).toEqual(parseNumber(withOne));
  });

  test.each([
    ['', 'number-bad-length', 0],
    ['A000-0000-0000', 'number-bad-length', 14],
    ['A000-0000-0000-38', 'number-bad-length', 16],
    ['A000-0000-0000-9', 'number-bad-check', 15],
    ['A000-0U00-0000-3', 'number-bad-character', 6],
    ['A000-0000_0000-3', 'number-bad-character', 9],
    ['1000-0000-0000-3', 'number-bad-character', 0],
    ['O000-0000-0000-3', 'number-bad-character', 0],
    ['Ａ000-0000-0000-8', 'number-bad-character', 0],
  ])('%j is refused as %s', (text, code, position) => {
    expect(parseNumber(text)).toMatchObject({ kind: 'refused', code, position });
  });

  test('too few random bytes make no number', () => {
    expect(() => makeNumber(new Uint8Array(11))).toThrow(RangeError);
  });
});
