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

test('ages are in years where they are whole, and in months below', () => {
  const from = (fromMonths: number) => alertText({ kind: 'age-limit', facts: { fromMonths } }, 'en');
  expect([from(144), from(3)]).toEqual(['Not below the age of 12 years', 'Not below the age of 3 months']);
});
