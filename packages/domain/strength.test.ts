import { describe, expect, test } from 'vitest';
import type { Unit } from './medicine.ts';
import { amountsInUnit } from './strength.ts';

const read = (strength: string, unit: Unit, inn = 'one', counted: Unit = unit): string | undefined =>
  amountsInUnit({ inn, strength, unit: counted }, unit)
    ?.map(({ value, unit: of }) => `${Math.round(value * 1e6) / 1e6} ${of}`)
    .join(' + ');

describe('one unit of a dosage holds', () => {
  test.each([
    ['500 mg', 'tablet', 'one', '500 mg'],
    ['0.05 mg', 'tablet', 'one', '0.05 mg'],
    ['1 g', 'vial', 'one', '1000 mg'],
    ['18 mcg', 'capsule', 'one', '0.018 mg'],
    ['500 000 IU', 'tablet', 'one', '500000 IU'],
    ['10 000 U', 'capsule', 'one', '10000 IU'],
    ['250 mg/5 ml', 'ml', 'one', '50 mg'],
    ['57.64 mg/ml', 'ml', 'one', '57.64 mg'],
    ['2 %', 'ml', 'one', '20 mg'],
    ['20 mg/ml, 2 ml', 'ml', 'one', '20 mg'],
    ['20 mg/ml, 2 ml', 'ampoule', 'one', '40 mg'],
    ['5000 IU/ml, 5 ml', 'vial', 'one', '25000 IU'],
    ['100 mcg/dose', 'dose', 'one', '0.1 mg'],
    ['875 mg/125 mg', 'tablet', 'one + two', '875 mg + 125 mg'],
    ['250 mg/62.5 mg/5 ml', 'ml', 'one + two', '50 mg + 12.5 mg'],
    ['4.5 mcg/160 mcg/dose', 'dose', 'one + two', '0.0045 mg + 0.16 mg'],
    ['150 mg/400 mg/275 mg/75 mg', 'tablet', 'a + b + c + d', '150 mg + 400 mg + 275 mg + 75 mg'],
  ] as const)('%s by the %s', (strength, unit, inn, amounts) => {
    expect(read(strength, unit, inn)).toBe(amounts);
  });
});

describe('nothing is said where the strength does not say it for certain', () => {
  test.each([
    ['a patch by the hour', '25 mcg/h', 'patch', 'one', 'patch'],
    ['a drop of a solution', '10 mg/ml', 'drop', 'one', 'ml'],
    ['a spray of a percentage', '0.1 %', 'dose', 'one', 'dose'],
    ['an ampoule whose volume is not said', '20 mg/ml', 'ampoule', 'one', 'ampoule'],
    ['a pen, whose dose is in units', '100 IU/ml, 3 ml', 'pen', 'one', 'pen'],
    ['an insulin of two parts', '30/70, 100 IU/ml, 3 ml', 'pen', 'one', 'pen'],
    ['a gram of a cream', '2 %', 'g', 'one', 'g'],
    ['a combination with one figure', '500 mg', 'tablet', 'one + two', 'tablet'],
    ['one substance with two figures', '500 mg/125 mg', 'tablet', 'one', 'tablet'],
    ['words', 'strong', 'tablet', 'one', 'tablet'],
    ['nothing', '', 'tablet', 'one', 'tablet'],
    ['a unit that is not known', '5 kg', 'tablet', 'one', 'tablet'],
    ['a figure with two points', '1.2.3 mg', 'tablet', 'one', 'tablet'],
    ['a comma for a point', '2,5 mg', 'tablet', 'one', 'tablet'],
  ] as const)('%s: %s', (_, strength, unit, inn, counted) => {
    expect(read(strength, unit, inn, counted)).toBeUndefined();
  });
});
