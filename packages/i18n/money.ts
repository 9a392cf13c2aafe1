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
