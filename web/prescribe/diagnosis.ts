/** Finding a diagnosis among the ICD-10 titles, by code or by words in any of the languages. */
import { type Entry, textOf } from '@darmon/i18n/entry';
import type { Language } from '@darmon/i18n/language';
import { icd10 } from '@darmon/i18n/words/icd10';
import { foldSpelling } from '../shared/formulary.ts';

const entries: Readonly<Record<string, Entry>> = icd10;
const wellFormed = /^[A-Z]\d{2}(\.\d{1,2})?$/;

const wordsOf = (text: string): string[] =>
  foldSpelling(text)
    .split(/[^a-z0-9.]+/)
    .filter(Boolean);

const indexed = Object.entries(entries).map(([code, entry]) => ({
  code,
  words: [code.toLowerCase(), ...[entry.uz, entry.ru, entry.en].flatMap((text) => wordsOf(String(text)))],
}));

/** The title in a language; undefined for a code that the house has no title for. */
export const diagnosisTitle = (code: string, language: Language): string | undefined => {
  const entry = entries[code];
  return entry && String(textOf(entry, language));
};

/** Codes whose words begin with every typed word, in any language; a well-formed code without a title is offered too. */
export const findDiagnoses = (text: string, limit: number): readonly string[] => {
  const typed = wordsOf(text);
  // A code is typed with a Cyrillic letter as often as not, and without its point.
  const code = text.trim().toUpperCase().replace(/,/g, '.');
  const parts = typed.map((part) => [part, part.replace('.', '')] as const);
  const found = indexed
    .filter(({ words }) =>
      parts.every(([part, bare]) =>
        words.some((word, at) => word.startsWith(part) || (at === 0 && word.replace('.', '').startsWith(bare))),
      ),
    )
    .map((one) => one.code)
    .slice(0, limit);
  return wellFormed.test(code) && !found.includes(code) ? [...found, code] : found;
};
