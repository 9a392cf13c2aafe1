import { expect, test } from 'vitest';
import { amountText, soumText } from './money.ts';

test('a sum stands in soums, in threes, with tiyin only where there are some', () => {
  const space = '\u00a0';
  expect(soumText(123_456_700, 'uz-Latn')).toBe(`1${space}234${space}567 soʻm`);
  expect(soumText(123_450, 'en')).toBe('1,234.50 soum');
  expect(soumText(123_450, 'ru')).toContain('234,50');
  expect(soumText(0, 'en')).toBe('0 soum');
});

test('an amount of another currency has its own decimals and its code', () => {
  const spaced = (text: string) => text.replaceAll(/\s/g, ' ');
  expect(spaced(amountText(123_456, 'USD', 'en'))).toBe('1,234.56 USD');
  expect(spaced(amountText(-50, 'USD', 'ru'))).toBe('−0,50 USD');
  expect(spaced(amountText(1_500, 'JPY', 'en'))).toBe('1,500 JPY');
  expect(amountText(150, 'UZS', 'ru')).toBe(soumText(150, 'ru'));
});
