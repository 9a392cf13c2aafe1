// The 14-digit personal number of Uzbekistan (PINFL). What can be known from the number alone: century and sex, the
// birth date, and whether the check digit holds. Regions and serials are not listed anywhere public, so they are not judged.

/** The closed set of reasons a text is not a PINFL. */
export type PinflRefusalCode =
  | 'pinfl-not-14-digits'
  | 'pinfl-bad-century'
  | 'pinfl-bad-birth-date'
  | 'pinfl-bad-check-digit';

export type Sex = 'male' | 'female';

export type PinflReading =
  | { kind: 'pinfl'; pinfl: string; birthDate: string; sex: Sex }
  | { kind: 'refused'; code: PinflRefusalCode; detail: string; position: number };

const WEIGHTS = [7, 3, 1];

/**
 * Reads a PINFL: first digit century and sex (odd is male; 1-2 the 1800s, 3-4 the 1900s, 5-6 the 2000s), birth date as
 * DDMMYY, region, serial, check digit with weights 7, 3, 1 as in ICAO 9303. `birthDate` is `YYYY-MM-DD`.
 * Spaces around it are allowed, nothing else. With `today` (`YYYY-MM-DD`) a later birth date is refused too.
 */
export function parsePinfl(text: string, today?: string): PinflReading {
  const start = text.length - text.trimStart().length;
  const pinfl = text.trim();
  const refuse = (code: PinflRefusalCode, detail: string, at: number): PinflReading => ({
    kind: 'refused',
    code,
    detail,
    position: start + at,
  });
  if (!/^[0-9]{14}$/.test(pinfl)) {
    const stray = pinfl.search(/[^0-9]/);
    return refuse('pinfl-not-14-digits', 'a PINFL is 14 digits', stray === -1 ? Math.min(pinfl.length, 14) : stray);
  }
  const first = Number(pinfl[0]);
  if (first < 1 || first > 6) return refuse('pinfl-bad-century', 'the first digit is 1 to 6', 0);
  const year = 1800 + 100 * Math.floor((first - 1) / 2) + Number(pinfl.slice(5, 7));
  const birthDate = `${year}-${pinfl.slice(3, 5)}-${pinfl.slice(1, 3)}`;
  if (!isDate(birthDate)) return refuse('pinfl-bad-birth-date', `${birthDate} is not a date`, 1);
  if (today !== undefined && birthDate > today) {
    return refuse('pinfl-bad-birth-date', `${birthDate} is in the future`, 1);
  }
  if (pinflCheckDigit(pinfl) !== Number(pinfl[13])) {
    return refuse('pinfl-bad-check-digit', 'the check digit does not match', 13);
  }
  return { kind: 'pinfl', pinfl, birthDate, sex: first % 2 === 1 ? 'male' : 'female' };
}

/**
 * The PINFL of an invented person, for the demo country and for tests. `region` and `serial` are 0 to 999.
 * Throws a RangeError on a birth date outside 1800-2099 or that does not exist: the caller is a program, not a person.
 */
export function makePinfl(person: { birthDate: string; sex: Sex; region: number; serial: number }): string {
  const { birthDate, sex, region, serial } = person;
  const century = Number(birthDate.slice(0, 2)) - 18;
  if (!isDate(birthDate) || century < 0 || century > 2) throw new RangeError(`not a birth date: ${birthDate}`);
  for (const part of [region, serial]) {
    if (!Number.isInteger(part) || part < 0 || part > 999) throw new RangeError(`not within 0 to 999: ${part}`);
  }
  const body =
    String(2 * century + (sex === 'male' ? 1 : 2)) +
    birthDate.slice(8, 10) +
    birthDate.slice(5, 7) +
    birthDate.slice(2, 4) +
    String(region).padStart(3, '0') +
    String(serial).padStart(3, '0');
  return body + pinflCheckDigit(body);
}

function pinflCheckDigit(pinfl: string): number {
  let sum = 0;
  for (let i = 0; i < 13; i++) sum += Number(pinfl[i]) * WEIGHTS[i % 3]!;
  return sum % 10;
}

function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
