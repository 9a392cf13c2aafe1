/**
 * A coded dosage read back as a sentence that a patient understands. Meaning is the domain's; here is only grammar:
 * plural forms, fractions in words beside the figure (a smudged ¼ must not become ½), and each language's order.
 */
import type { Dosage, When } from '@darmon/domain/dosage';
import type { Route, Unit } from '@darmon/domain/medicine';
import type { Language } from './language.ts';
import { type KeyOf, type Translate, translatorOf } from './translator.ts';
import { masculineUnits, dosage as words } from './words/dosage.ts';

const translator = translatorOf({ dosage: words });
type Key = KeyOf<{ dosage: typeof words }>;
type T = Translate<{ dosage: typeof words }>;
type Way<K extends Key = Key> = K extends `dosage:take.${infer W}` ? W : never;

const manyDigits = 5;

/**
 * A figure as the language writes it: decimal comma in Uzbek and Russian, never a trailing zero. Digits stand in threes
 * from five of them on, apart by a space that does not break a row: no dose has so many, and the stock of a warehouse has.
 */
const figure = (value: number, language: Language): string => {
  const [whole = '', decimals] = String(Math.round(value * 1000) / 1000).split('.');
  const grouped =
    whole.length < manyDigits ? whole : whole.replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : '\u00a0');
  return decimals === undefined ? grouped : `${grouped}${language === 'en' ? '.' : ','}${decimals}`;
};

// Measured amounts stay decimal, as on the spoon or syringe; things are halved by hand.
const measured: readonly Unit[] = ['ml', 'g', 'drop', 'dose'];
const partsOfOne = { 0.25: 'quarter', 0.5: 'half', 0.75: 'threeQuarters' } as const;
const fractionMark: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½', 0.75: '¾' };

const amountAtATime = (t: T, language: Language, amount: number, unit: Unit): string => {
  if (!measured.includes(unit)) {
    const partOfOne = partsOfOne[amount as keyof typeof partsOfOne];
    if (partOfOne) return t(`dosage:part.${unit}`, { n: t(`dosage:${partOfOne}`) });
    const whole = Math.floor(amount);
    const mark = fractionMark[amount - whole];
    if (amount === 1.5) {
      const n = t(masculineUnits.includes(unit) ? 'dosage:oneAndHalfMasculine' : 'dosage:oneAndHalf');
      return t(`dosage:each.${unit}`, { n, count: amount });
    }
    if (mark) return t(`dosage:each.${unit}`, { n: `${whole}${mark}`, count: amount });
  }
  return t(`dosage:each.${unit}`, { n: figure(amount, language), count: amount });
};

const byRoute: Readonly<Record<Route, (unit: Unit) => Way>> = {
  oral: () => 'swallow',
  sublingual: (unit) => (unit === 'dose' ? 'spray-under-tongue' : 'under-tongue'),
  buccal: (unit) => {
    if (unit === 'dose') return 'spray-in-mouth';
    return unit === 'tablet' || unit === 'piece' ? 'dissolve-in-mouth' : 'in-cheek';
  },
  intramuscular: () => 'muscle',
  intravenous: () => 'vein',
  subcutaneous: () => 'under-skin',
  rectal: () => 'rectum',
  vaginal: () => 'vagina',
  topical: (unit) => (unit === 'patch' ? 'stick-on-skin' : 'rub-on-skin'),
  ophthalmic: (unit) => (unit === 'g' || unit === 'dose' ? 'behind-eyelid' : 'drip-in-eye'),
  otic: () => 'drip-in-ear',
  nasal: (unit) => {
    if (unit === 'dose') return 'spray-in-nose';
    return unit === 'g' ? 'put-in-nose' : 'drip-in-nose';
  },
  inhalation: (unit) => {
    if (unit === 'capsule') return 'inhale-capsule';
    return unit === 'ml' || unit === 'ampoule' || unit === 'vial' || unit === 'drop' ? 'nebuliser' : 'inhale';
  },
  transdermal: (unit) => (unit === 'patch' ? 'stick-on-skin' : 'rub-on-skin'),
};

const frequency = (t: T, dosage: Dosage): string => {
  const { timesPerDay, everyHours = 24, asNeeded } = dosage;
  if (timesPerDay !== undefined)
    return t(asNeeded ? 'dosage:atMostTimesPerDay' : 'dosage:timesPerDay', { n: timesPerDay, count: timesPerDay });
  if (asNeeded) return t('dosage:hoursApart', { n: everyHours, count: everyHours });
  if (everyHours === 1) return t('dosage:everyHour');
  const days = everyHours / 24;
  if (days > 1 && Number.isInteger(days)) return t('dosage:everyDays', { n: days, count: days });
  return t('dosage:everyHours', { n: everyHours, count: everyHours });
};

const partsOfDay: readonly When[] = ['morning', 'noon', 'evening', 'night'];

const enumerate = (t: T, whens: readonly When[]): string => {
  const parts = whens.map((when) => t(`dosage:when.${when}`));
  const last = parts.pop() ?? '';
  return parts.length ? `${parts.join(', ')} ${t('dosage:and')} ${last}` : last;
};

/** "in the morning and in the evening, after meals", in the day's order whatever the order coded. */
const occasions = (t: T, dosage: Dosage): string[] => {
  const chosen = dosage.when ?? [];
  const day = partsOfDay.filter((when) => chosen.includes(when));
  const meals = chosen.filter((when) => !partsOfDay.includes(when));
  return [enumerate(t, day), enumerate(t, meals)].filter((text) => text !== '');
};

/**
 * The dosage as one sentence with a full stop, for example "Take 1 capsule by mouth 3 times a day after meals for
 * 7 days." Every coded field is in it, so that the prescriber who reads it back has checked what is signed.
 */
export const dosageSentence = (dosage: Dosage, language: Language): string => {
  const t = translator(language);
  const { amount, unit, days, asNeeded, maxPerDay, route } = dosage;
  const uzbek = language === 'uz-Latn' || language === 'uz-Cyrl';
  const dose = amountAtATime(t, language, amount, unit);
  const course = t(asNeeded ? 'dosage:atMostDays' : 'dosage:forDays', { n: days, count: days });
  const [when = '', ...more] = occasions(t, dosage);
  const often = [frequency(t, dosage), when].filter((text) => text !== '').join(uzbek || asNeeded ? ', ' : ' ');
  // Commas where a reader would pause: Uzbek puts all before the verb, the others only after an aside.
  const rest = uzbek || more.length || asNeeded ? [often, ...more, course].join(', ') : `${often} ${course}`;
  const needed = asNeeded ? t('dosage:asNeeded') : '';
  const sentence = t(`dosage:take.${byRoute[route](unit)}`, {
    dose: asNeeded && uzbek ? `${needed} ${dose}` : dose,
    rest: asNeeded && !uzbek ? `${needed}, ${rest}` : rest,
  });
  const limit =
    maxPerDay === undefined
      ? ''
      : `; ${t('dosage:limit', { amount: t(`dosage:atMost.${unit}`, { n: figure(maxPerDay, language), count: maxPerDay }) })}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}${limit}.`;
};

/** A quantity with its unit: "20 tablets", "20 ta tabletka", "21 таблетка", "100 ml". */
export const quantityText = (quantity: number, unit: Unit, language: Language): string =>
  translator(language)(`dosage:quantity.${unit}`, { n: figure(quantity, language), count: quantity });
