/** Finding a diagnosis among the ICD-10 titles, by code or by words in any of the languages. */
import { foldSpelling } from '@darmon/domain/cyrillic';
import { Icd10 } from '@darmon/domain/prescription-view';
import { type Entry, textOf } from '@darmon/i18n/entry';
import type { Language } from '@darmon/i18n/language';
import { icd10 } from '@darmon/i18n/words/icd10';

const entries: Readonly<Record<string, Entry>> = icd10;

// On a Cyrillic keyboard the letter of a code is typed with the key that looks like it.
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'АВЕКМНОРСТУХ'].map((letter, at) => [letter, 'ABEKMHOPCTYX'[at] ?? letter]),
);
const codeOf = (typed: string): string =>
  [...typed.toUpperCase().replace(/,/g, '.')].map((letter) => lookalikes[letter] ?? letter).join('');
const bare = (code: string): string => code.replace('.', '');

const indexed = Object.entries(entries).map(([code, entry]) => ({
  code,
  words: [entry.uz, entry.ru, entry.en].flatMap((text) => foldSpelling(String(text)).split(/[^a-z0-9]+/)),
}));

/** The title in a language; undefined for a code that the house has no title for. */
export const diagnosisTitle = (code: string, language: Language): string | undefined => {
  const entry = entries[code];
  return entry && String(textOf(entry, language));
};

/**
 * Codes that begin with what is typed, with or without the point, or whose titles have words that begin with every
 * typed word, in any language; codes first. A well-formed code without a title is offered last.
 */
export const findDiagnoses = (text: string, limit: number): readonly string[] => {
  const typed = text
    .split(/\s+/)
    .map((part) => ({ code: bare(codeOf(part)), word: foldSpelling(part).replace(/[^a-z0-9]/g, '') }))
    .filter(({ code }) => code !== '');
  if (!typed.length) return [];
  const begins = (code: string): boolean => typed.length === 1 && bare(code).startsWith(typed[0]?.code ?? '');
  const byCode = indexed.filter(({ code }) => begins(code));
  const byWords = indexed.filter(
    ({ code, words }) =>
      !begins(code) && typed.every(({ word }) => word !== '' && words.some((one) => one.startsWith(word))),
  );
  const found = [...byCode, ...byWords].map(({ code }) => code).slice(0, limit);
  const code = codeOf(text.trim());
  return Icd10.safeParse(code).success && !found.includes(code) ? [...found, code] : found;
};
