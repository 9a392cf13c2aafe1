import { expect, test } from 'vitest';
import { soumText } from './money.ts';

test('a sum stands in soums, in threes, with tiyin only where there are some', () => {
  const space = '\u00a0';
  expect(soumText(123_456_700, 'uz-Latn')).toBe(`1${space}234${space}567 soʻm`);
  expect(soumText(123_450, 'en')).toBe('1,234.50 soum');
  expect(soumText(123_450, 'ru')).toContain('234,50');
  expect(soumText(0, 'en')).toBe('0 soum');
});
