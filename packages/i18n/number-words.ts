/**
 * Whole numbers in words, as a prescription of a controlled medicine bears its quantity beside the figure. Nominative;
 * in Russian the last word follows the gender of what is counted.
 */
import type { Unit } from '@darmon/domain/medicine';
import { quantityText } from './dosage.ts';
import type { Language } from './language.ts';
import { transliterate } from './transliterate.ts';
import { countedAsMasculine } from './words/dosage.ts';

/** The largest number that has words here. */
export const maxNumberInWords = 100_000;

const uz = {
  ones: ['', 'bir', 'ikki', 'uch', 'toʻrt', 'besh', 'olti', 'yetti', 'sakkiz', 'toʻqqiz'],
  tens: ['', 'oʻn', 'yigirma', 'oʻttiz', 'qirq', 'ellik', 'oltmish', 'yetmish', 'sakson', 'toʻqson'],
} as const;

const ru = {
  small: [
    ...['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять', 'десять'],
    ...['одиннадцать', 'двенадцать', 'тринадцать', 'четырнадцать', 'пятнадцать', 'шестнадцать', 'семнадцать'],
    ...['восемнадцать', 'девятнадцать'],
  ],
  tens: [
    ...['', '', 'двадцать', 'тридцать', 'сорок', 'пятьдесят', 'шестьдесят', 'семьдесят', 'восемьдесят'],
    'девяносто',
  ],
  hundreds: [
    ...['', 'сто', 'двести', 'триста', 'четыреста', 'пятьсот', 'шестьсот', 'семьсот', 'восемьсот', 'девятьсот'],
  ],
} as const;

const en = {
  small: [
    ...['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
  ],
  tens: ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'],
} as const;

const at = (words: readonly string[], place: number): string => words[place] ?? '';
const said = (...words: readonly string[]): string => words.filter((word) => word !== '').join(' ');

const uzBelowThousand = (n: number): string => {
  const hundreds = Math.floor(n / 100);
  return said(
    hundreds > 0 ? `${at(uz.ones, hundreds)} yuz` : '',
    at(uz.tens, Math.floor(n / 10) % 10),
    at(uz.ones, n % 10),
  );
};

const inUzbek = (n: number): string => {
  const thousands = Math.floor(n / 1000);
  return said(thousands > 0 ? `${uzBelowThousand(thousands)} ming` : '', uzBelowThousand(n % 1000));
};

const ruBelowThousand = (n: number, feminine: boolean): string => {
  const rest = n % 100;
  const last = rest < 20 ? rest : rest % 10;
  const gendered = feminine && last === 1 ? 'одна' : feminine && last === 2 ? 'две' : at(ru.small, last);
  return said(at(ru.hundreds, Math.floor(n / 100)), rest < 20 ? '' : at(ru.tens, Math.floor(rest / 10)), gendered);
};

const thousandForms = { one: 'тысяча', few: 'тысячи', many: 'тысяч', other: 'тысячи', zero: 'тысяч', two: 'тысячи' };
const russianPlural = new Intl.PluralRules('ru');

const inRussian = (n: number, feminine: boolean): string => {
  const thousands = Math.floor(n / 1000);
  const counted = `${ruBelowThousand(thousands, true)} ${thousandForms[russianPlural.select(thousands)]}`;
  return said(thousands > 0 ? counted : '', ruBelowThousand(n % 1000, feminine));
};

const enBelowThousand = (n: number): string => {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100];
  const tens = at(en.tens, Math.floor(rest / 10));
  const ones = at(en.small, rest % 10);
  const small = rest < 20 ? at(en.small, rest) : said(tens, ones).replace(' ', '-');
  return said(hundreds > 0 ? `${at(en.small, hundreds)} hundred` : '', hundreds > 0 && rest > 0 ? 'and' : '', small);
};

const inEnglish = (n: number): string => {
  const [thousands, rest] = [Math.floor(n / 1000), n % 1000];
  const joined = thousands > 0 && rest > 0 && rest < 100 ? 'and' : '';
  return said(thousands > 0 ? `${enBelowThousand(thousands)} thousand` : '', joined, enBelowThousand(rest));
};

/**
 * A whole number from 1 to 100,000 in words; `feminine` where what is counted is feminine in Russian.
 * @throws RangeError for any other number
 */
export const numberWords = (n: number, language: Language, feminine = false): string => {
  if (!Number.isInteger(n) || n < 1 || n > maxNumberInWords) throw new RangeError('no words for this number');
  if (language === 'ru') return inRussian(n, feminine);
  if (language === 'en') return inEnglish(n);
  return language === 'uz-Latn' ? inUzbek(n) : transliterate(inUzbek(n));
};

/** A quantity as the figure with its unit, and in words beside it, so that nobody adds a digit. */
export const quantityInWords = (quantity: number, unit: Unit, language: Language): string =>
  `${quantityText(quantity, unit, language)} (${numberWords(quantity, language, !countedAsMasculine.includes(unit))})`;
