/**
 * What turns a key into a text: i18next on the web, with the house's settings, and its smallest part elsewhere. Callers
 * say which areas they need, so that a function's bundle carries no screen's words.
 */
import type { InitOptions } from 'i18next';
import { type Areas, resource } from './entry.ts';
import { defaultLanguage, type Language, languages } from './language.ts';

/** `area:key` for every entry of the areas; a key that does not exist does not compile. */
export type KeyOf<A extends Areas> = { [N in keyof A & string]: `${N}:${keyof A[N] & string}` }[keyof A & string];

/** Facts for the placeholders. `count` chooses the plural form. */
export type Facts = Readonly<Record<string, string | number>>;

export type Translate<A extends Areas> = (key: KeyOf<A>, facts?: Facts) => string;

/**
 * Settings of i18next on the web: flat keys (they hold dots), `area:key`, no HTML escape (React escapes,
 * and JSON or PDF must not), no detection. It adds `resources` and its plug-ins.
 */
export const engineOptions = {
  fallbackLng: defaultLanguage,
  supportedLngs: [...languages],
  load: 'currentOnly',
  keySeparator: false,
  nsSeparator: ':',
  initAsync: false,
  returnNull: false,
  interpolation: { escapeValue: false },
} as const satisfies InitOptions;

/** i18next wants the fact between the braces, and nothing else stands there in our words. */
const places = /\{\{(\w+)\}\}/g;

/**
 * Makes `(language) => t` over these areas. Ready at once, one a language, no escape, and facts are data: a `{{x}}` inside
 * a fact is not expanded. Of what i18next does, functions and documents need the lookup, the plural form and the facts,
 * which are these lines; the whole of it was a fifteenth of every function.
 */
export const translatorOf = <const A extends Areas>(areas: A): ((language: Language) => Translate<A>) => {
  const made = new Map<Language, Translate<A>>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const texts = new Map<string, string>(
      Object.entries(areas).flatMap(([area, words]) =>
        Object.entries(resource(words, language)).map(([key, text]) => [`${area}:${key}`, text] as const),
      ),
    );
    const plurals = new Intl.PluralRules(language);
    const t: Translate<A> = (key, facts = {}) => {
      const { count } = facts;
      const form = typeof count === 'number' ? plurals.select(count) : 'other';
      const text =
        texts.get(`${key}_${form}`) ?? texts.get(key) ?? texts.get(`${key}_other`) ?? key.slice(key.indexOf(':') + 1);
      return text.replace(places, (_, name: string) => String(facts[name] ?? ''));
    };
    made.set(language, t);
    return t;
  };
};
