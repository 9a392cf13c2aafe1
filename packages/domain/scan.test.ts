import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { gtinCheckDigit, isGtin } from './gs1.ts';
import { formatNumber, makeNumber } from './number.ts';
import { makePinfl, parsePinfl } from './pinfl.ts';
import { parseScan, scanRefusalCodes } from './scan.ts';

const runs = process.env.NIGHTLY ? 100_000 : 5_000;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 600_000 });
const today = '2026-06-15';
const scan = (raw: string) => parseScan(raw, { today });
const number = fc.uint8Array({ minLength: 12, maxLength: 12 }).map(makeNumber);
const BASE45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

describe('prescriptions', () => {
  test('a code keeps every character, inner spaces too', () => {
    expect(scan('RX1:6BF%*+ -./:$A')).toEqual({ kind: 'prescription', code: 'RX1:6BF%*+ -./:$A' });
    expect(scan(']Q1RX1:6BF\r\n')).toEqual({ kind: 'prescription', code: 'RX1:6BF' });
  });
  test.each([
    ['RX1:', 'prescription-unreadable', 4],
    ['RX1:6BF_', 'prescription-unreadable', 7],
    ['RX1:6bf', 'prescription-unreadable', 5],
    ['rx1:6BF', 'unrecognised', 0],
    ['RX2:6BF', 'unrecognised', 0],
    ['RX1 6BF', 'number-bad-length', 7],
    [']d2RX1:6BF', 'unknown-ai', 3],
    [`RX1:${'A'.repeat(4_293)}`, 'input-too-long', 4_296],
  ])('%.20j is refused as %s', (raw, code, position) => {
    expect(scan(raw)).toMatchObject({ kind: 'refused', code, position });
  });
  test('a code typed in the Russian layout is the same code', () => {
    expect(scan('КЧ1Ж6ИА%*+-.Ж')).toEqual({ kind: 'prescription', code: 'RX1:6BF%*+-/:' });
  });
  test('any base45 text is a code as it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...BASE45), minLength: 1, maxLength: 300 }), (text) => {
        fc.pre(text.trim() === text);
        expect(scan(`RX1:${text}`)).toEqual({ kind: 'prescription', code: `RX1:${text}` });
      }),
      { numRuns: runs },
    );
  });
});

describe('prescription numbers', () => {
  test('typed, printed, or behind the small code: always the number, never anything of GS1', () => {
    fc.assert(
      fc.property(number, (made) => {
        const forms = [made, formatNumber(made), made.toLowerCase(), `https://darmon.example.uz/p#${made}`];
        for (const raw of [...forms, `http://localhost:4000/p#${formatNumber(made)}`, `]Q1${formatNumber(made)}\n`]) {
          expect(scan(raw)).toEqual({ kind: 'prescription-number', number: made });
        }
      }),
      { numRuns: runs / 5 },
    );
  });
  test.each([
    ['https://darmon.example.uz/p#A000000000009', 'number-bad-check', 40],
    ['https://darmon.example.uz/p#', 'number-bad-length', 28],
    ['https://darmon.example.uz/q#A000000000008', 'bad-uri', 0],
    ['A000-0000-0000-9', 'number-bad-check', 15],
    ['  A000-0000-0000-9', 'number-bad-check', 17],
    ['A0000', 'number-bad-length', 5],
  ])('%j is refused as %s', (raw, code, position) => {
    expect(scan(raw)).toMatchObject({ kind: 'refused', code, position });
  });
});

describe('digits alone', () => {
  const person = fc.record({
    birthDate: fc
      .date({ min: new Date('1900-01-01'), max: new Date('2026-06-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    sex: fc.constantFrom('male' as const, 'female' as const),
    region: fc.integer({ min: 0, max: 999 }),
    serial: fc.integer({ min: 0, max: 999 }),
  });

  test('a PINFL is a PINFL, and one that is also a GTIN-14 is refused as ambiguous', () => {
    let ambiguous = 0;
    fc.assert(
      fc.property(person, (who) => {
        const pinfl = makePinfl(who);
        const answer = scan(pinfl);
        if (isGtin(pinfl)) {
          ambiguous++;
          expect(answer).toMatchObject({ kind: 'refused', code: 'ambiguous' });
        } else {
          expect(answer).toEqual({ kind: 'pinfl', pinfl, birthDate: who.birthDate, sex: who.sex });
        }
      }),
      { numRuns: runs },
    );
    expect(ambiguous).toBeGreaterThan(0);
  });

  test('an ITF-14 symbol is a pack even where a PINFL is possible', () => {
    const both = Array.from({ length: 100 }, (_, serial) =>
      makePinfl({ birthDate: '1990-03-15', sex: 'male', region: 1, serial }),
    ).find(isGtin)!;
    expect(scan(both)).toMatchObject({ code: 'ambiguous', position: 0 });
    expect(scan(`]I1${both}`)).toMatchObject({ kind: 'pack', gtin: both });
  });

  test('eight, twelve, thirteen or fourteen digits with a right check digit are a pack, with a wrong one never', () => {
    const body = fc.oneof(...[7, 11, 12, 13].map((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))));
    fc.assert(
      fc.property(body, fc.nat(9), (text, last) => {
        const raw = text + last;
        const answer = scan(raw);
        const right = gtinCheckDigit(text) === last;
        if (answer.kind === 'pack') expect(right && answer.gtin === raw.padStart(14, '0')).toBe(true);
        else if (answer.kind === 'gs1') expect(answer.gs1.some(([ai]) => /^(?:1[1-7]|7003|8008)$/.test(ai))).toBe(true);
        else if (answer.kind === 'pinfl') expect(parsePinfl(raw).kind).toBe('pinfl');
        else expect(answer).toMatchObject({ kind: 'refused', code: right ? 'ambiguous' : 'bad-check-digit' });
      }),
      { numRuns: runs },
    );
  });
});

test('any text at all gives one of the kinds, and a refusal points into the text', () => {
  const scrap = fc.constantFrom(
    'RX1:',
    'https://a/p#',
    'https://a/01/',
    ']d2',
    ']E0',
    '01',
    '10',
    '17',
    '\u001d',
    '<GS>',
    'ф',
    'А',
    '-',
  );
  const soup = fc.array(fc.oneof(scrap, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 20 });
  fc.assert(
    fc.property(soup, (parts) => {
      const raw = parts.join('');
      const answer = scan(raw);
      if (answer.kind !== 'refused') return;
      expect(scanRefusalCodes).toContain(answer.code);
      expect(answer.position).toBeGreaterThanOrEqual(0);
      expect(answer.position).toBeLessThanOrEqual(raw.length);
    }),
    { numRuns: runs },
  );
});
