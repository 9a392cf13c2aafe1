/**
 * The engine: i18next with the house's settings. Callers say which areas they need, so that a function's bundle
 * carries no screen's words.
 */
import { createInstance, type InitOptions } from 'i18next';
import { type Areas, resource } from './entry.ts';
import { defaultLanguage, type Language, languages } from './language.ts';

/** `area:key` for every entry of the areas; a key that does not exist does not compile. */
export type KeyOf<A extends Areas> = { [N in keyof A & string]: `${N}:${keyof A[N] & string}` }[keyof A & string];

/** Facts for the placeholders. `count` chooses the plural form. */
export type Facts = Readonly<Record<string, string | number>>;

export type Translate<A extends Areas> = (key: KeyOf<A>, facts?: Facts) => string;

/**
 * Settings of i18next that server and web share: flat keys (they hold dots), `area:key`, no HTML escape (React escapes,
 * and JSON or PDF must not), no detection. Web adds `resources` and its plug-ins.
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

/**
 * Makes `(language) => t` over these areas. Ready at once, one instance a language, no escape, and facts are data:
 * a `{{x}}` or `$t(...)` inside a fact is not expanded.
 */
export const translatorOf = <const A extends Areas>(areas: A): ((language: Language) => Translate<A>) => {
  const made = new Map<Language, Translate<A>>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const engine = createInstance();
    const resources = Object.fromEntries(
      Object.entries(areas).map(([area, words]) => [area, resource(words, language)]),
    );
    void engine.init({
      ...engineOptions,
      lng: language,
      fallbackLng: false,
      ns: Object.keys(areas),
      resources: { [language]: resources },
    });
    const t: Translate<A> = (key, facts = {}) => engine.t(key as never, { ...facts } as never) as unknown as string;
    made.set(language, t);
    return t;
  };
};
