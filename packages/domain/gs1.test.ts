import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Elements, gtin14, gtinCheckDigit, isGtin, mergeReadings, packOf, parseGs1 } from './gs1.ts';
import { gs1RefusalCodes } from './gs1-identifiers.ts';
import { parseScan } from './scan.ts';

type Vectors = {
  today: string;
  valid: { note: string; raw: string; expect: Record<string, unknown> }[];
  invalid: { note: string; raw: string; code: string; position: number }[];
};
const vectors: Vectors = JSON.parse(readFileSync(new URL('../../test/vectors/gs1.json', import.meta.url), 'utf8'));
const runs = process.env.NIGHTLY ? 100_000 : 5_000;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 600_000 });
const today = '2026-06-15';
const GS = '\u001d';
const SET_82 = '!"%&\'()*+,-./_0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const signs = (max: number) => fc.string({ unit: fc.constantFrom(...SET_82), minLength: 1, maxLength: max });
const keyed = (length: number) =>
  digits(length - 1)
    .filter((body) => !/^0+$/.test(body))
    .map((body) => body + gtinCheckDigit(body));
const yymmdd = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 28 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
const element = (ai: string, value: fc.Arbitrary<string>) => value.map((text): [string, string] => [ai, text]);
const numbered = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
const yymmddExact = yymmdd.filter((value) => !value.endsWith('00'));
const hour = fc.integer({ min: 10, max: 23 }).map(String);
const minute = fc.integer({ min: 10, max: 59 }).map(String);
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((values) => values.join(''));

// Every identifier that is read, by a table of its own. A key of zeros alone is none.
const IDENTIFIERS: Record<string, fc.Arbitrary<string>> = {
  ...Object.fromEntries(['11', '12', '13', '15', '16', '17'].map((ai) => [ai, yymmdd])),
  ...Object.fromEntries(['10', '21', '22', '420', ...numbered(710, 716)].map((ai) => [ai, signs(20)])),
  ...Object.fromEntries(['240', '241', '250', '251', '400'].map((ai) => [ai, signs(30)])),
  ...Object.fromEntries(numbered(410, 417).map((ai) => [ai, keyed(13)])),
  ...Object.fromEntries(numbered(91, 99).map((ai) => [ai, signs(90)])),
  ...Object.fromEntries(numbered(310, 316).flatMap((ai) => numbered(0, 5).map((n) => [ai + n, digits(6)]))),
  '00': keyed(18),
  '01': keyed(14),
  '02': keyed(14),
  '20': digits(2),
  '30': fc.stringMatching(/^[0-9]{1,8}$/),
  '37': fc.stringMatching(/^[0-9]{1,8}$/),
  '401': joined(digits(4), signs(26)),
  '421': joined(fc.constant('860'), signs(9)),
  '422': fc.constantFrom('860', '643', '276'),
  '7003': joined(yymmddExact, hour, minute),
  '8003': joined(fc.constant('0'), keyed(13), fc.oneof(fc.constant(''), signs(16))),
  '8005': digits(6),
  '8006': joined(keyed(14), fc.constantFrom('0101', '0102', '0202', '1299')),
  '8008': joined(yymmddExact, hour, fc.oneof(fc.constant(''), minute, joined(minute, minute))),
  '8018': keyed(18),
};
/** Where the digits with a check digit lie in the value of an identifier. */
const KEYS: [ai: string, from: number, to: number][] = [
  ['00', 0, 18],
  ['01', 0, 14],
  ['02', 0, 14],
  ...numbered(410, 417).map((ai): [string, number, number] => [ai, 0, 13]),
  ['8003', 1, 14],
  ['8006', 0, 14],
  ['8018', 0, 18],
];
const anyElement = fc.oneof(...Object.entries(IDENTIFIERS).map(([ai, value]) => element(ai, value)));
const anyElements = fc.uniqueArray(anyElement, { minLength: 1, maxLength: 6, selector: ([ai]) => ai });

const PREDEFINED = /^(?:0|1[1-9]|20|31|41)/;
// Written apart from the parser: joins by the rule of predefined lengths.
function encode(elements: Elements): string {
  return elements
    .map(([ai, value], i) => ai + value + (i < elements.length - 1 && !PREDEFINED.test(ai) ? GS : ''))
    .join('');
}

describe('vectors', () => {
  test.each(vectors.valid)('$note', ({ raw, expect: expected }) => {
    expect(parseScan(raw, { today: vectors.today })).toStrictEqual(expected);
  });
  test.each(vectors.invalid)('refused: $note', ({ raw, code, position }) => {
    expect(parseScan(raw, { today: vectors.today })).toMatchObject({ kind: 'refused', code, position });
  });
  test('every code of the parser is shown by a vector', () => {
    const shown = new Set(vectors.invalid.map(({ code }) => code));
    expect(gs1RefusalCodes.filter((code) => !shown.has(code))).toEqual([]);
  });
  test('every identifier is shown taken and refused', () => {
    const taken = new Set(vectors.valid.flatMap(({ expect: { gs1 } }) => (gs1 as Elements).map(([ai]) => ai)));
    expect(Object.keys(IDENTIFIERS).filter((ai) => !taken.has(ai))).toEqual([]);
    const refused = vectors.invalid.map(({ note }) => /AI (\d{2,4})/.exec(note)?.[1]);
    const measure = (ai: string) => (ai.startsWith('31') ? `${ai.slice(0, 3)}2` : ai);
    expect(Object.keys(IDENTIFIERS).filter((ai) => !refused.includes(measure(ai)))).toEqual([]);
  });
});

describe('element strings', () => {
  // Behind FNC1, so that nothing is taken for a bare GTIN; <GS> as data would be a separator.
  const readable = anyElements.filter((elements) => !/<GS>/i.test(encode(elements)));

  test('what was encoded is read back, values unchanged', () => {
    fc.assert(
      fc.property(readable, (elements) => {
        expect(parseGs1(`]d2${encode(elements)}`, { today })).toEqual({ kind: 'gs1', elements });
      }),
      { numRuns: runs },
    );
  });

  test('nothing is invented: an accepted code is made again from its elements', () => {
    const edit = fc.tuple(fc.nat(), fc.constantFrom(...SET_82, GS, '', '#', ' '), fc.constantFrom(0, 1, 2));
    fc.assert(
      fc.property(readable, edit, (elements, [place, put, dropped]) => {
        const raw = encode(elements);
        const at = place % raw.length;
        const edited = raw.slice(0, at) + put + raw.slice(at + dropped);
        fc.pre(!/<GS>/i.test(edited));
        const reading = parseGs1(`]C1${edited}`, { today });
        if (reading.kind === 'refused') {
          expect(reading.position).toBeLessThanOrEqual(edited.length + 3);
          return;
        }
        const plain = (text: string) => text.replaceAll(GS, '').trim();
        expect(plain(encode(reading.elements))).toBe(plain(edited));
        for (const [ai, value] of reading.elements) {
          if (ai === '01' || ai === '00' || ai === '414') {
            expect(Number(value.at(-1))).toBe(gtinCheckDigit(value.slice(0, -1)));
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('the same elements come out of every form in which scanners send them', () => {
    const forms: [front: string, separator: string][] = [
      [GS, GS],
      ['\u00e8', GS],
      [']d2\u00e8', GS],
      ...[']d2', ']C1', ']Q3', ']e0', ']J1'].flatMap((front): [string, string][] =>
        [GS, '<GS>', '<gs>', '{GS}', '[GS]', '\\x1d', '\\X1D', '\\u001d', '~d029', '^]', '\u241d'].map((separator) => [
          front,
          separator,
        ]),
      ),
    ];
    fc.assert(
      fc.property(readable, fc.constantFrom(...forms), (elements, [front, separator]) => {
        const raw = `\u0002${front}${encode(elements).replaceAll(GS, separator)}\u0003\r\n`;
        expect(parseGs1(raw, { today })).toEqual({ kind: 'gs1', elements });
      }),
      { numRuns: runs },
    );
  });

  test('one wrong character in a number with a check digit is always refused', () => {
    const key = fc.constantFrom(...KEYS).chain(([ai, from, to]) =>
      fc.record({
        ai: fc.constant(ai),
        value: IDENTIFIERS[ai]!,
        at: fc.integer({ min: from, max: to - 1 }),
        put: fc.constantFrom(...SET_82),
      }),
    );
    fc.assert(
      fc.property(key, fc.constantFrom('', ']d2', ']C1'), ({ ai, value, at, put }, front) => {
        fc.pre(value[at] !== put);
        const wrong = value.slice(0, at) + put + value.slice(at + 1);
        const code = put >= '0' && put <= '9' ? 'bad-check-digit' : 'bad-character';
        expect(parseGs1(`${front}${ai}${value}`, { today }).kind).toBe('gs1');
        expect(parseGs1(`${front}${ai}${wrong}`, { today })).toMatchObject({ kind: 'refused', code });
      }),
      { numRuns: runs },
    );
  });

  test('printable noise is never a pack and never a carton', () => {
    const printable = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code));
    const noise = fc.string({ unit: printable, minLength: 1, maxLength: 120 });
    const front = fc.constantFrom('', ']d2', ']C1', ']Q3', ']e0', GS, '\u00e8', 'https://id.gs1.org/', '01', '00');
    fc.assert(
      // digits alone are judged by their check digit, see scan.test.ts
      fc.property(
        front,
        noise.filter((text) => !/^[0-9]+$/.test(text)),
        (begin, text) => {
          expect(['pack', 'logistic-unit']).not.toContain(parseScan(begin + text, { today }).kind);
        },
      ),
      { numRuns: runs },
    );
  });

  test('any text at all gives an answer, and the longest that repeats itself is refused', () => {
    const scrap = fc.constantFrom(
      '01',
      '10',
      '17',
      '21',
      '00',
      GS,
      '<GS>',
      '\\x1d',
      ']d2',
      '(01)',
      'ф',
      'А',
      'https://a/01/',
      '%',
      '?',
    );
    const soup = fc.array(fc.oneof(scrap, digits(14), fc.string(), fc.string({ unit: 'binary' })), { maxLength: 30 });
    fc.assert(
      fc.property(soup, (parts) => {
        expect(['gs1', 'refused']).toContain(parseGs1(parts.join(''), { today }).kind);
      }),
      { numRuns: runs },
    );
    // the longest of what a reader could lose itself in: it comes back, and says no
    for (const worst of ['3100000000', `91x${GS}`, '<GS>', '%41'])
      for (const begin of [']C1', 'https://a/01/'])
        expect(parseGs1(`${begin}${worst.repeat(4_296)}`.slice(0, 4_296), { today }).kind).toBe('refused');
  });
});

describe('dates', () => {
  const packExpiring = (yymmdd: string, now: string) =>
    packOf(
      [
        ['01', '09521234567899'],
        ['17', yymmdd],
      ],
      now,
    )?.expiryDate;

  test.each([
    ['260615', '2026-06-15', '2026-06-15'],
    ['760101', '2026-06-15', '2076-01-01'],
    ['770101', '2026-06-15', '1977-01-01'],
    ['990101', '2049-06-15', '2099-01-01'],
    ['990101', '2048-06-15', '1999-01-01'],
    ['000101', '2049-06-15', '2000-01-01'],
    ['000101', '2050-06-15', '2100-01-01'],
    ['490101', '2099-06-15', '2149-01-01'],
    ['000200', '2060-06-15', '2100-02-28'],
  ])('%s read on %s is %s', (value, now, date) => {
    expect(packExpiring(value, now)).toBe(date);
  });

  test('a year is never more than 50 years ahead nor 50 behind', () => {
    fc.assert(
      fc.property(yymmdd, fc.integer({ min: 1990, max: 2200 }), (value, year) => {
        const read = Number(packExpiring(value, `${year}-01-01`)!.slice(0, 4));
        expect(read % 100).toBe(Number(value.slice(0, 2)));
        expect(read - year).toBeLessThanOrEqual(50);
        expect(read - year).toBeGreaterThanOrEqual(-49);
      }),
      { numRuns: runs },
    );
  });

  test('a `today` that is no day is the fault of the program', () => {
    expect(() => parseGs1('10A', { today: 'tomorrow' })).toThrow(RangeError);
  });
});

describe('GTIN', () => {
  test('check digits of the examples in the GS1 specifications', () => {
    expect(gtinCheckDigit('0950600013435')).toBe(2);
    expect(gtinCheckDigit('629104150021')).toBe(3);
    expect(gtinCheckDigit('37610425002123456')).toBe(9);
  });
  test('8, 12, 13 and 14 digits are a GTIN and become 14, other lengths are not', () => {
    expect(gtin14('96385074')).toBe('00000096385074');
    expect(gtin14('036000291452')).toBe('00036000291452');
    expect(gtin14('6291041500213')).toBe('06291041500213');
    expect(gtin14('09506000134352')).toBe('09506000134352');
    expect(gtin14('6291041500214')).toBeUndefined();
    for (const text of ['', '0', '123456784322', '629104150022', '95060001343529', '62910415002l3']) {
      expect(isGtin(text)).toBe(false);
    }
  });
});

describe('merging', () => {
  test('a later scan never blanks an earlier value', () => {
    const earlier = { gtin: '09521234567899', lot: 'A', expiryDate: '2027-12-31' };
    expect(mergeReadings<Record<string, string>>(earlier, { gtin: '09521234567899', serial: 'S', lot: '' })).toEqual({
      merged: { ...earlier, serial: 'S' },
      conflicts: [],
    });
  });
  test('a contradiction is named and the earlier value stays', () => {
    expect(mergeReadings({ lot: 'A' }, { lot: 'B' })).toEqual({ merged: { lot: 'A' }, conflicts: ['lot'] });
  });
  test('every value known before is known after', () => {
    const reading = fc.record(
      { gtin: signs(3), serial: signs(3), lot: fc.oneof(signs(3), fc.constant('')), expiryDate: signs(3) },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Partial<Record<string, string>>>;
    fc.assert(
      fc.property(reading, reading, (earlier, later) => {
        const { merged, conflicts } = mergeReadings(earlier, later);
        for (const [field, value] of Object.entries(earlier)) if (value) expect(merged[field]).toBe(value);
        for (const [field, value] of Object.entries(later)) {
          if (value) expect(merged[field] === value || conflicts.includes(field)).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
