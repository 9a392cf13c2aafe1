// The printed prescription number: what a person reads aloud, types, or finds behind the small second code.
// Twelve random characters of Crockford's base32 (no I, L, O, U) and one check character of the same alphabet, so that
// the whole number stays within QR's alphanumeric mode and on any keyboard.
//
// The first character is always a letter. That costs half a bit of sixty and buys certainty: no element string, GTIN or
// PINFL begins with a letter, so a number can never be taken for a code on a pack.
//
// The check character is the parity of a code over GF(32): the sum of weight(i) * character(i) is zero, where the
// weights are the powers of the generator 2 modulo x^5 + x^2 + 1. All thirteen weights differ and none is zero, so every
// single wrong character and every exchange of two characters, adjacent or not, is caught, and 31 of 32 other errors.
// (Crockford's own check is modulo 37 and needs symbols that QR's alphanumeric mode lacks; ISO 7064 MOD 37-36 can end in I or O.)

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const FIRST_LETTER = 10;
const LENGTH = 13;
const GROUP = 4;

/** The closed set of reasons a text is not a prescription number. */
export const numberRefusalCodes = ['number-bad-character', 'number-bad-length', 'number-bad-check'] as const;
export type NumberRefusalCode = (typeof numberRefusalCodes)[number];

export type NumberReading =
  | { kind: 'prescription-number'; number: string }
  | { kind: 'refused'; code: NumberRefusalCode; detail: string; position: number };

const VALUES: ReadonlyMap<string, number> = new Map([
  ...[...ALPHABET].flatMap((character, value): [string, number][] => [
    [character, value],
    [character.toLowerCase(), value],
  ]),
  ['O', 0],
  ['o', 0],
  ['I', 1],
  ['i', 1],
  ['L', 1],
  ['l', 1],
]);

const WEIGHTS = Array.from({ length: LENGTH }, (_, i) => power(LENGTH - 1 - i));

/**
 * A new number, canonical: 13 upper-case characters without hyphens.
 * `randomBytes` are at least 12 bytes from a cryptographic source, one a character; fewer throw a RangeError.
 * The first of 22 letters takes byte * 22 >> 8, which is uneven by less than one part in eleven; the number is a
 * name, not a secret, and keeps over 59 bits.
 */
export function makeNumber(randomBytes: Uint8Array): string {
  if (randomBytes.length < LENGTH - 1) throw new RangeError(`${LENGTH - 1} random bytes make a number`);
  const values = Array.from(randomBytes.subarray(0, LENGTH - 1), (byte, i) =>
    i === 0 ? FIRST_LETTER + ((byte * (32 - FIRST_LETTER)) >> 8) : byte & 31,
  );
  return [...values, weightedSum(values)].map((value) => ALPHABET[value]).join('');
}

/** The number whose first twelve characters, canonical ones, are `body`: they with their check character. */
export function completeNumber(body: string): string {
  let check = 0;
  for (let i = 0; i < LENGTH - 1; i++) check ^= times(VALUES.get(body.charAt(i))!, WEIGHTS[i]!);
  return body + ALPHABET[check];
}

/** A short secret of the same alphabet, five bits a byte: what makes a printed code hard to guess. */
export function makeSecret(randomBytes: Uint8Array): string {
  return Array.from(randomBytes, (byte) => ALPHABET[byte & 31]).join('');
}

/**
 * Reads a typed or scanned number: any case, spaces and hyphens anywhere, O for 0, I and L for 1. Gives the canonical
 * 13 characters. Refused, in this order: a character outside the alphabet (or a first one that is no letter), a
 * length other than 13, a check character that does not match. `position` points into `text`.
 */
export function parseNumber(text: string): NumberReading {
  const values: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === ' ' || character === '-') continue;
    const value = VALUES.get(character);
    if (value === undefined) return refuse('number-bad-character', 'a character that no number contains', i);
    if (values.length === 0 && value < FIRST_LETTER) {
      return refuse('number-bad-character', 'a number begins with a letter', i);
    }
    if (values.length === LENGTH) return refuse('number-bad-length', 'a number has 13 characters', i);
    values.push(value);
  }
  if (values.length < LENGTH) return refuse('number-bad-length', 'a number has 13 characters', text.length);
  if (weightedSum(values) !== 0) {
    return refuse('number-bad-check', 'the check character does not match', text.trimEnd().length - 1);
  }
  return { kind: 'prescription-number', number: values.map((value) => ALPHABET[value]).join('') };
}

/** A canonical number as it is printed: `XXXX-XXXX-XXXX-X`. */
export function formatNumber(number: string): string {
  const groups: string[] = [];
  for (let i = 0; i < number.length; i += GROUP) groups.push(number.slice(i, i + GROUP));
  return groups.join('-');
}

function refuse(code: NumberRefusalCode, detail: string, position: number): NumberReading {
  return { kind: 'refused', code, detail, position };
}

// The last weight is 1, so the sum over the first twelve characters is itself the check character.
function weightedSum(values: number[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum ^= times(values[i]!, WEIGHTS[i]!);
  return sum;
}

function power(exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result = times(result, 2);
  return result;
}

// Multiplication in GF(32), reduced by x^5 + x^2 + 1.
function times(a: number, b: number): number {
  let product = 0;
  for (let shifted = a, rest = b; rest > 0; rest >>= 1) {
    if (rest & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted & 32) shifted ^= 0b100101;
  }
  return product;
}
