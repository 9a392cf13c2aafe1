import { describe, expect, test } from 'vitest';
import { type Entry, type Text, textOf } from './entry.ts';
import { languages } from './language.ts';
import { keptTokens } from './transliterate.ts';
import { signIn } from './words/sign-in.ts';
import { areas, resources } from './words.ts';

const entries: [name: string, entry: Entry][] = Object.entries({ ...areas, 'sign-in': signIn }).flatMap(
  ([area, words]) =>
    Object.entries(words as Record<string, Entry>).map(([key, entry]): [string, Entry] => [`${area}:${key}`, entry]),
);

const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const placeholdersOf = (text: Text): string =>
  [...new Set(formsOf(text).flatMap((form) => form.match(/\{\{.*?\}\}/g) ?? []))].sort().join(' ');

/** Names of entries for which `holds` is not true in some language: a failure lists all that must be corrected. */
const faulty = (holds: (form: string, language: (typeof languages)[number]) => boolean): string[] =>
  entries.flatMap(([name, entry]) =>
    languages
      .filter((language) => !formsOf(textOf(entry, language)).every((form) => holds(form, language)))
      .map((language) => `${name} (${language})`),
  );

describe('words', () => {
  test('every text exists in every language and none is empty or padded', () => {
    expect(entries.length).toBeGreaterThan(500);
    expect(faulty((form) => form.length > 0 && form === form.trim())).toEqual([]);
  });

  test('a text has the same placeholders in every language', () => {
    const uneven = entries.filter(
      ([, entry]) => new Set(languages.map((language) => placeholdersOf(textOf(entry, language)))).size > 1,
    );
    expect(uneven.map(([name]) => name)).toEqual([]);
  });

  test('placeholders are plain names, so that no fact is formatted or nested by accident', () => {
    expect(
      faulty((form) => (form.match(/\{\{.*?\}\}|\$t\(/g) ?? []).every((p) => /^\{\{[a-z][A-Za-z]*\}\}$/.test(p))),
    ).toEqual([]);
  });

  test('a plural has all the forms that its language counts by', () => {
    const short = entries.filter(([, { ru }]) => typeof ru !== 'string' && Object.keys(ru).length !== 4);
    expect(short.map(([name]) => name)).toEqual([]);
  });

  test('Cyrillic Uzbek has no Latin letter left but in names, codes and names of files', () => {
    const names = new RegExp(
      `\\{\\{.*?\\}\\}|https?://\\S+|[A-Za-z]+\\d[\\w.]*|(?<!\\p{L})(?:${keptTokens.join('|')})(?![A-Z])`,
      'gu',
    );
    const left = faulty((form, language) => language !== 'uz-Cyrl' || !/[A-Za-z]/.test(form.replace(names, '')));
    expect(left.filter((name) => !name.includes('file-name'))).toEqual([]);
  });

  test('Latin Uzbek is written with the turned comma ʻ and the apostrophe ʼ, and holds no Cyrillic look-alike', () => {
    expect(faulty((form, language) => language !== 'uz-Latn' || !/['’‘`]|[а-яё]/i.test(form))).toEqual([]);
  });

  test('Russian and English hold no letter of the other', () => {
    expect(faulty((form, language) => language !== 'en' || !/[а-яё]/i.test(form))).toEqual([]);
  });

  test('an area is flat for i18next, plural forms under their suffix', () => {
    const { dosage } = resources('ru');
    expect(dosage?.['quantity.tablet_few']).toBe('{{n}} таблетки');
    expect(resources('uz-Cyrl').common?.save).toBe('Сақлаш');
  });
});
