import { expect, test } from 'vitest';
import { classify } from './abc.ts';

test('the medicines that make up four fifths of the value are A, to nineteen twentieths B, all others C', () => {
  const values = new Map([
    ['LOW', 30],
    ['MOST', 700],
    ['NEXT', 150],
    ['THIRD', 90],
    ['REST', 30],
    ['NONE', 0],
  ]);
  expect(Object.fromEntries(classify(values))).toEqual({
    MOST: 'A',
    NEXT: 'A',
    THIRD: 'B',
    LOW: 'B',
    REST: 'C',
    NONE: 'C',
  });
});

test('one medicine that is everything is A, and where nothing was used all is C', () => {
  expect(classify(new Map([['ONE', 5]])).get('ONE')).toBe('A');
  expect([
    ...classify(
      new Map([
        ['X', 0],
        ['Y', 0],
      ]),
    ).values(),
  ]).toEqual(['C', 'C']);
});
