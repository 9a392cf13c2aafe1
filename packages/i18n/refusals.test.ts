import { Dosage } from '@darmon/domain/dosage';
import { Quantity } from '@darmon/domain/prescription';
import { type RefusalCode, refusalStatus } from '@darmon/domain/refusal';
import { describe, expect, test } from 'vitest';
import { languages } from './language.ts';
import { refusalText, type SchemaIssue, schemaText } from './refusals.ts';

const codes = Object.keys(refusalStatus) as RefusalCode[];

describe('the words of a refusal', () => {
  test('every code has a title and a next step in every language, whole without facts', () => {
    for (const language of languages)
      for (const code of codes) {
        const { title, detail } = refusalText(code, {}, language);
        expect(title, code).toMatch(/[^.]$/);
        expect(detail, code).toMatch(/[.]$/);
        expect(title + detail, code).not.toMatch(/\{\{|refusals:|undefined/);
      }
  });

  test('no two codes say the same', () => {
    for (const language of languages)
      expect(new Set(codes.map((code) => refusalText(code, {}, language).title)).size).toBe(codes.length);
  });

  test('what is known stands before what to do', () => {
    expect(refusalText('quantity-over-owed', { line: 2, owed: 14 }, 'en').detail).toBe(
      'Line 2. Still owed: 14. Lower the quantity to what is still owed.',
    );
    expect(refusalText('out-of-stock', { line: 1, available: 0 }, 'uz-Cyrl').detail).toMatch(/^1-қатор\. Мавжуд: 0\. /);
  });

  test('times are told by the clock of Tashkent and days as they are written here', () => {
    expect(refusalText('claimed-elsewhere', { until: '2026-11-20T20:15:00.000Z' }, 'ru').detail).toMatch(
      /^До 21\.11\.2026 01:15\. /,
    );
    expect(refusalText('lot-expired', { expiryDate: '2026-06-30' }, 'en').detail).toMatch(
      /^Expiry date: 30\.06\.2026\. /,
    );
  });

  test('a coded fact is put into words', () => {
    expect(refusalText('licence-lapsed', { of: 'site' }, 'en').detail).toMatch(/^Your site’s licence\. /);
    expect(refusalText('lot-blocked', { state: 'recalled' }, 'ru').detail).toMatch(/^Серия отозвана\. /);
  });

  test('an invalid code says why in place of the general advice', () => {
    expect(refusalText('code-invalid', { reason: 'expired' }, 'en').detail).toBe(
      'The prescription has expired. The patient needs a new one.',
    );
    expect(refusalText('code-invalid', { reason: 'no-such-reason' }, 'en').detail).toMatch(/^Do not dispense\./);
  });

  test('a fact without words is left out, and one is never taken for a placeholder', () => {
    const plain = refusalText('not-found', {}, 'en').detail;
    expect(refusalText('quantity-invalid', { step: 10 }, 'en').detail).toMatch(/^It must be a multiple of 10\. /);
    expect(refusalText('quantity-invalid', { step: 1 }, 'en').detail).toMatch(/^Give a whole number/);
    expect(refusalText('not-found', { instance: 'x', toString: 'y', count: 3 }, 'en').detail).toBe(plain);
    expect(refusalText('lot-unknown', { lot: '{{line}}' }, 'en').detail).toMatch(/^Lot: \{\{line\}\}\. /);
  });
});

describe('the words of a schema fault', () => {
  const issuesOf = (parsed: { success: boolean; error?: { issues: readonly SchemaIssue[] } }): readonly SchemaIssue[] =>
    parsed.error?.issues ?? [];
  const said = (parsed: Parameters<typeof issuesOf>[0]): string[] =>
    issuesOf(parsed).map((issue) => schemaText(issue, false, 'en'));

  const good = { amount: 1, unit: 'tablet', timesPerDay: 2, days: 5, route: 'oral' };

  test.each([
    ['a string for a number', { ...good, days: 'x' }, 'This must be a number.'],
    ['a fraction for a whole number', { ...good, days: 1.5 }, 'This must be a whole number.'],
    ['too little', { ...good, days: 0 }, 'At least 1.'],
    ['nothing where more is needed', { ...good, amount: 0 }, 'More than 0.'],
    ['too much', { ...good, days: 366 }, 'At most 365.'],
    ['a choice that is not there', { ...good, unit: 'spoon' }, 'This is not one of the choices.'],
    ['too many entries', { ...good, when: ['morning', 'noon', 'evening', 'night', 'with-meal'] }, 'At most 4 entries.'],
    ['four decimals', { ...good, amount: 0.1234 }, 'At most three decimals.'],
    ['two ways to say how often', { ...good, everyHours: 6 }, 'Choose one: times a day, or every so many hours.'],
    ['as needed without a limit', { ...good, asNeeded: true }, 'With “when needed”, give the most in one day.'],
    ['the same time twice', { ...good, when: ['noon', 'noon'] }, 'Choose each only once.'],
    ['a list for an object', [], 'This must be a group of fields.'],
  ])('%s', (_what, body, words) => {
    expect(said(Dosage.safeParse(body))).toEqual([words]);
  });

  test('a value that is missing is called required', () => {
    expect(schemaText({ code: 'invalid_type', expected: 'string' }, true, 'ru')).toBe('Это поле обязательно.');
  });

  test('an enormous number is named by its limit', () => {
    expect(said(Quantity.safeParse(1e9))).toEqual(['At most 100000.']);
  });

  test('a kind that nobody foresaw is still answered in words', () => {
    expect(schemaText({ code: 'custom', message: 'constructor' }, false, 'uz-Latn')).toBe('Bu qiymat mos emas.');
    expect(schemaText({}, false, 'en')).toBe('This value is not accepted.');
  });
});
