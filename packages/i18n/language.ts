/**
 * The languages that Darmon speaks and how one is chosen. Uzbek in Latin script is the default, because it is the
 * state's; a reader of Uzbek in Cyrillic gets the same words in the other script.
 */

export const languages = ['uz-Latn', 'uz-Cyrl', 'ru', 'en'] as const;
export type Language = (typeof languages)[number];

export const defaultLanguage: Language = 'uz-Latn';

/** Each language in its own words, for the switch: a person who cannot read the present one must find theirs. */
export const languageNames: Readonly<Record<Language, string>> = {
  'uz-Latn': 'Oʻzbekcha',
  'uz-Cyrl': 'Ўзбекча',
  ru: 'Русский',
  en: 'English',
};

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

const spoken = (tag: string): Language | undefined => {
  const [primary, ...rest] = tag.toLowerCase().split('-');
  if (primary === 'uz') return rest.includes('cyrl') ? 'uz-Cyrl' : 'uz-Latn';
  if (primary === 'ru' || primary === 'en') return primary;
  return primary === '*' ? defaultLanguage : undefined;
};

// A header is the caller's; a real one names a handful of languages.
const longestHeader = 500;

/**
 * The language that an `Accept-Language` header (RFC 9110, 12.5.4) likes best among ours: highest quality first, then
 * the order written; quality 0 rules one out. Never refuses: no header, or nothing of ours in it, is the default.
 */
export const negotiateLanguage = (acceptLanguage: string | null | undefined): Language => {
  let best: { language: Language; quality: number } | undefined;
  for (const range of (acceptLanguage ?? '').slice(0, longestHeader).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const language = spoken(tag);
    const written = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
    const quality = written === undefined ? 1 : Number(written);
    if (language && quality <= 1 && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? defaultLanguage;
};
