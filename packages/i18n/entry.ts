/**
 * The shape of words: one entry a text, all its languages side by side, so that nobody can add one and forget another.
 * An area is a file of entries; i18next sees it as a namespace.
 */
import type { Language } from './language.ts';
import { transliterate } from './transliterate.ts';

/** Forms for a count, by CLDR's categories: English has one and other, Russian needs all four, Uzbek needs none. */
export interface Plural {
  readonly one: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

export type Text = string | Plural;

/** One text. `{{name}}` marks a place for a fact. Cyrillic Uzbek is transliterated from `uz` unless given. */
export interface Entry {
  readonly uz: Text;
  readonly ru: Text;
  readonly en: Text;
  readonly uzCyrl?: Text;
}

/** An area: `export const common = { save: { uz, ru, en } } satisfies Words`. A key may hold any character but `:`. */
export type Words = Readonly<Record<string, Entry>>;
export type Areas = Readonly<Record<string, Words>>;

/**
 * A refusal: why, and what to do next. Neither has a placeholder, so that a refusal without facts still reads well;
 * what is known is added by `../refusals.ts`.
 */
export interface RefusalWords {
  readonly title: Entry;
  readonly next: Entry;
}

const isPlural = (text: Text): text is Plural => typeof text !== 'string';

const inCyrillic = (text: Text): Text =>
  isPlural(text) ? { one: transliterate(text.one), other: transliterate(text.other) } : transliterate(text);

/** The text of an entry in one language. */
export const textOf = (entry: Entry, language: Language): Text => {
  if (language === 'ru') return entry.ru;
  if (language === 'en') return entry.en;
  return language === 'uz-Latn' ? entry.uz : (entry.uzCyrl ?? inCyrillic(entry.uz));
};

/** An area as i18next wants it: flat keys, plural forms under `key_one`, `key_few`, `key_many`, `key_other`. */
export const resource = (words: Words, language: Language): Record<string, string> => {
  const flat: Record<string, string> = {};
  for (const [key, entry] of Object.entries(words)) {
    const text = textOf(entry, language);
    if (isPlural(text)) for (const [form, value] of Object.entries(text)) flat[`${key}_${form}`] = value;
    else flat[key] = text;
  }
  return flat;
};
