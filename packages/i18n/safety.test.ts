import { effects } from '@darmon/domain/knowledge';
import { type Alert, alertKinds } from '@darmon/domain/safety';
import { describe, expect, test } from 'vitest';
import { languages } from './language.ts';
import { alertText } from './safety.ts';

const facts: Readonly<Record<Alert['kind'], Alert['facts']>> = {
  allergy: { allergy: 'penicillin' },
  interaction: { effect: 'bleeding' },
  'duplicate-therapy': { group: 'C07AB' },
  'dose-ceiling': { daily: 6000, limit: 4000, unit: 'mg' },
  pregnancy: {},
  lactation: {},
  'age-limit': { fromMonths: 144 },
};

describe.each(languages)('in %s', (language) => {
  test.each(alertKinds)('%s is one short sentence with nothing left to fill in', (kind) => {
    const text = alertText({ kind, facts: facts[kind] }, language);
    expect(text).not.toMatch(/[{}]|safety:/);
    expect(text.length).toBeGreaterThan(5);
    expect(text.length).toBeLessThan(80);
  });

  test.each(effects)('the effect %s has words', (effect) => {
    expect(alertText({ kind: 'interaction', facts: { effect } }, language)).not.toMatch(/[{}]|safety:/);
  });
});

const say = (kind: Alert['kind'], facts: Alert['facts']) => alertText({ kind, facts }, 'en');

test('a shared allergy names what the patient is allergic to, and the group, in words', () => {
  expect(say('allergy', { allergy: 'amoxicillin', allergyKind: 'inn', group: 'beta-lactams' })).toBe(
    'The patient is allergic to amoxicillin; allergy may be shared among beta-lactam antibiotics',
  );
  expect(say('allergy', { allergy: 'nsaids', allergyKind: 'group', group: 'nsaids' })).toBe(
    'The patient is allergic to non-steroidal anti-inflammatories',
  );
});

test('a dose says what is too much: in a day, at one time, or too often', () => {
  expect(say('dose-ceiling', { daily: 6000, limit: 4000, unit: 'mg' })).toBe('6000 mg a day, the limit is 4000 mg');
  expect(say('dose-ceiling', { once: 1500, limit: 1000, unit: 'mg' })).toBe('1500 mg at a time, the limit is 1000 mg');
  expect(say('dose-ceiling', { everyHours: 24, minHours: 168 })).toBe(
    'Too often: every 24 hours, where 168 must lie between',
  );
});

test('an age says why, where it is known, and counts as each language does', () => {
  expect(say('age-limit', { fromMonths: 144, effect: 'breathing-stops' })).toBe(
    'Not below the age of 12 years: at this age breathing may stop',
  );
  const inRussian = (fromMonths: number) => alertText({ kind: 'age-limit', facts: { fromMonths } }, 'ru');
  expect([12, 60, 252, 1, 6].map(inRussian)).toEqual(
    ['1 года', '5 лет', '21 года', '1 месяца', '6 месяцев'].map((age) => `Только в возрасте от ${age}`),
  );
});

test('ages are in years where they are whole, and in months below', () => {
  const from = (fromMonths: number) => alertText({ kind: 'age-limit', facts: { fromMonths } }, 'en');
  expect([from(144), from(3)]).toEqual(['Not below the age of 12 years', 'Not below the age of 3 months']);
});
