/**
 * The language of the page: which one, the words of the areas that are loaded, and dates and numbers as it writes them.
 * A role's chunk brings its own area with `addAreas`, so that nobody downloads another role's words.
 */
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

// Times are shown as they are in Tashkent, whatever the device believes: validity ends at midnight there.
const timeZone = 'Asia/Tashkent';

export interface Format {
  /** A calendar day `YYYY-MM-DD`, or the Tashkent day of an instant. */
  day(value: string): string;
  /** An instant with hours and minutes. */
  instant(value: string): string;
  time(value: string): string;
  number(value: number): string;
}

const two = (value: number): string => String(value).padStart(2, '0');

const formatOf = (into: Language): Format => {
  const numbers = new Intl.NumberFormat(into === 'en' ? 'en-GB' : 'ru-RU', { maximumFractionDigits: 3 });
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const read = (value: string): Record<string, string> =>
    Object.fromEntries(parts.formatToParts(new Date(value)).map(({ type, value }) => [type, value]));
  // Engines disagree about Uzbek months and dates, and staff read DD.MM.YYYY on every paper they have.
  const day = (value: string): string => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value.split('-').reverse().join('.');
    const at = read(value);
    return `${two(Number(at.day))}.${at.month}.${at.year}`;
  };
  const time = (value: string): string => {
    const at = read(value);
    return `${at.hour}:${at.minute}`;
  };
  return {
    day,
    time,
    instant: (value) => `${day(value)} ${time(value)}`,
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
