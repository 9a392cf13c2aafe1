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

/**
 * An amount in the smallest unit of its currency (ISO 4217), with the currency's code or, of ours, its name. How many
 * decimals a currency has, the engine knows.
 */
export const amountText = (amount: number, currency: string, language: Language): string => {
  if (currency === 'UZS') return soumText(amount, language);
  const locale = language === 'en' ? 'en' : 'ru';
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const sum = (amount / 10 ** (digits ?? 2)).toLocaleString(locale, decimals);
  return `${sum.replace('-', '−')} ${currency}`;
};
