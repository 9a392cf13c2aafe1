/** Sums of money as people here write them. */
import type { Language } from './language.ts';
import { translatorOf } from './translator.ts';
import { money } from './words/money.ts';

const translator = translatorOf({ money });

/**
 * Tiyin as soums with their name: whole ones without decimals, others with two. Digits stand in threes, apart by a space
 * that does not break a row, in every language but English.
 */
export const soumText = (tiyin: number, language: Language): string => {
  const sum = (tiyin / 100).toLocaleString(language === 'en' ? 'en' : 'ru', {
    minimumFractionDigits: tiyin % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  });
  // A hyphen before a sum is taken for a dash.
  return translator(language)('money:soum', { sum: sum.replace('-', '−') });
};

/** Decimals of a currency (ISO 4217): 2 of most, 0 of the yen. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount in the smallest unit as machines write it: exact, with a point and neither spaces nor a name. */
export const plainAmount = (amount: number, currency: string): string => {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/** An amount in the smallest unit of its currency, with the currency's code or, of ours, its name. */
export const amountText = (amount: number, currency: string, language: Language): string => {
  if (currency === 'UZS') return soumText(amount, language);
  const digits = minorDigits(currency);
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const sum = (amount / 10 ** digits).toLocaleString(language === 'en' ? 'en' : 'ru', decimals);
  return `${sum.replace('-', '\u2212')}\u00a0${currency}`;
};
