import { expect, test } from 'vitest';
import { negotiateLanguage } from './language.ts';

test.each([
  [undefined, 'uz-Latn'],
  ['', 'uz-Latn'],
  ['fr, de;q=0.8', 'uz-Latn'],
  ['uz', 'uz-Latn'],
  ['uz-UZ', 'uz-Latn'],
  ['uz-Latn-UZ', 'uz-Latn'],
  ['uz-Cyrl', 'uz-Cyrl'],
  ['UZ-cyrl-uz', 'uz-Cyrl'],
  ['ru-RU,ru;q=0.9,en-US;q=0.8', 'ru'],
  ['en-GB', 'en'],
  ['fr, en;q=0.5, ru;q=0.7', 'ru'],
  ['en;q=0, ru;q=0.1', 'ru'],
  ['en, ru', 'en'],
  ['ru;q=0.5, en;q=0.5', 'ru'],
  ['*', 'uz-Latn'],
  ['ru;q=x, en', 'en'],
  ['ru;q=5', 'uz-Latn'],
  [`${'x,'.repeat(10_000)}ru`, 'uz-Latn'],
])('the header %j is answered in %s', (header, language) => {
  expect(negotiateLanguage(header)).toBe(language);
});
