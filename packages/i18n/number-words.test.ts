import { expect, test } from 'vitest';
import { maxNumberInWords, numberWords } from './number-words.ts';

test.each([
  [1, 'bir', 'один', 'one'],
  [10, 'oʻn', 'десять', 'ten'],
  [14, 'oʻn toʻrt', 'четырнадцать', 'fourteen'],
  [21, 'yigirma bir', 'двадцать один', 'twenty-one'],
  [40, 'qirq', 'сорок', 'forty'],
  [90, 'toʻqson', 'девяносто', 'ninety'],
  [100, 'bir yuz', 'сто', 'one hundred'],
  [112, 'bir yuz oʻn ikki', 'сто двенадцать', 'one hundred and twelve'],
  [999, 'toʻqqiz yuz toʻqson toʻqqiz', 'девятьсот девяносто девять', 'nine hundred and ninety-nine'],
  [1000, 'bir ming', 'одна тысяча', 'one thousand'],
  [2005, 'ikki ming besh', 'две тысячи пять', 'two thousand and five'],
  [11_000, 'oʻn bir ming', 'одиннадцать тысяч', 'eleven thousand'],
  [
    22_340,
    'yigirma ikki ming uch yuz qirq',
    'двадцать две тысячи триста сорок',
    'twenty-two thousand three hundred and forty',
  ],
  [100_000, 'bir yuz ming', 'сто тысяч', 'one hundred thousand'],
])('%i is said as people say it', (n, uz, ru, en) => {
  expect([numberWords(n, 'uz-Latn'), numberWords(n, 'ru'), numberWords(n, 'en')]).toEqual([uz, ru, en]);
});

test('Russian follows the gender of what is counted, the thousands their own', () => {
  expect([1, 2, 21, 11, 12, 2002].map((n) => numberWords(n, 'ru', true))).toEqual([
    ...['одна', 'две', 'двадцать одна', 'одиннадцать', 'двенадцать', 'две тысячи две'],
  ]);
});

test('Uzbek in Cyrillic is the same words in the other script', () => {
  expect(numberWords(14, 'uz-Cyrl')).toBe('ўн тўрт');
});

test('no two numbers are said alike, and none is said with a gap', () => {
  for (const language of ['uz-Latn', 'ru', 'en'] as const) {
    const all = Array.from({ length: maxNumberInWords }, (_, i) => numberWords(i + 1, language));
    expect(new Set(all).size).toBe(maxNumberInWords);
    expect(all.filter((words) => words !== words.trim() || words.includes('  '))).toEqual([]);
  }
});

test.each([0, -1, 1.5, maxNumberInWords + 1, Number.NaN])('%s has no words', (n) => {
  expect(() => numberWords(n, 'ru')).toThrow(RangeError);
});
