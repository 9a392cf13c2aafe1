/**
 * The language of the page: which one, the words of the areas that are loaded, and dates and numbers as it writes them.
 * A role's chunk brings its own area with `addAreas`, so that nobody downloads another role's words.
 */
import { dateText, dayText, lastDayText, timeText } from '@darmon/i18n/dates';
import { resource, type Words } from '@darmon/i18n/entry';
import { defaultLanguage, isLanguage, type Language, negotiateLanguage } from '@darmon/i18n/language';
import { engineOptions, type Facts, type Translate } from '@darmon/i18n/translator';
import type { areas as everyArea } from '@darmon/i18n/words';
import { common } from '@darmon/i18n/words/common';
import { medicine } from '@darmon/i18n/words/medicine';
import { webShared } from '@darmon/i18n/words/web-shared';
import { createInstance } from 'i18next';
import { useMemo, useSyncExternalStore } from 'react';

type Every = typeof everyArea;
export type T = Translate<Every>;

const remembered = 'darmon.language';
const areas = new Map<string, Words>();
const engine = createInstance();
const listeners = new Set<() => void>();

const preferred = (): Language => {
  const stored = localStorage.getItem(remembered);
  if (isLanguage(stored)) return stored;
  // A browser in English says little about its user here, so only Russian and Uzbek are taken from it.
  const asked = negotiateLanguage(navigator.languages.join(','));
  return asked === 'en' ? defaultLanguage : asked;
};

let language = preferred();
void engine.init({ ...engineOptions, lng: language, fallbackLng: false, ns: [], resources: {} });

const load = (area: string, words: Words): void => {
  engine.addResourceBundle(language, area, resource(words, language), false, true);
};

/** Makes areas known, at the top of a role's `pages.tsx`: `addAreas({ 'web-dispense': webDispense })`. */
export const addAreas = (more: { readonly [A in keyof Every]?: Every[A] }): void => {
  for (const [area, words] of Object.entries(more)) {
    areas.set(area, words);
    load(area, words);
  }
};

addAreas({ common, medicine, 'web-shared': webShared });
document.documentElement.lang = language;

/** Switches the page and remembers it on this device. */
export const setLanguage = (next: Language): void => {
  language = next;
  localStorage.setItem(remembered, next);
  document.documentElement.lang = next;
  for (const [area, words] of areas) load(area, words);
  for (const listener of listeners) listener();
};

export const currentLanguage = (): Language => language;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage);

const translate = (into: Language): T => {
  const fixed = engine.getFixedT(into);
  return (key, facts: Facts = {}) => String(fixed(key as never, { ...facts } as never));
};

/** `t('area:key', facts)` in the language of the page. A key of an area that no chunk has loaded shows as itself. */
export const useT = (): T => {
  const into = useLanguage();
  return useMemo(() => translate(into), [into]);
};

export interface Format {
  /** A calendar day `YYYY-MM-DD`, or the Tashkent day of an instant, as DD.MM.YYYY. */
  day(value: string): string;
  /** An instant with hours and minutes by Tashkent's clock, whatever the device believes. */
  instant(value: string): string;
  /** Hours and minutes of an instant. */
  time(value: string): string;
  /** The last day of something that ends at an exclusive instant. */
  lastDay(value: string): string;
  number(value: number): string;
}

const formatOf = (into: Language): Format => {
  // Uzbek numbers are written like Russian ones, and old engines know no Uzbek.
  const numbers = new Intl.NumberFormat(into === 'en' ? 'en-GB' : 'ru-RU', { maximumFractionDigits: 3 });
  return {
    day: (value) => (/^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value) : dateText(value)),
    instant: timeText,
    time: (value) => timeText(value).slice(-5),
    lastDay: lastDayText,
    number: (value) => numbers.format(value),
  };
};

const formats = new Map<Language, Format>();

export const useFormat = (): Format => {
  const into = useLanguage();
  let format = formats.get(into);
  if (!format) {
    format = formatOf(into);
    formats.set(into, format);
  }
  return format;
};
