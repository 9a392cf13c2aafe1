import { expect, test } from 'vitest';
import { type Check, checkRequestOf, overridesOf, standingAlerts } from './check.ts';
import { type Draft, newLine } from './draft.ts';

const alert = (id: string, severity: Check['alerts'][number]['severity']) =>
  ({ id, kind: 'interaction', severity, medicines: ['A1'], facts: {} }) as Check['alerts'][number];
const alerts = [alert('a', 'contraindicated'), alert('b', 'serious'), alert('c', 'moderate')];

test('a contraindication stands whatever is written, a warning until it has a reason', () => {
  const reasons = { a: 'a good reason', b: 'a good reason', c: '  x ' };
  expect(standingAlerts(alerts, reasons).map((one) => one.id)).toEqual(['a', 'c']);
});

test('only the reasons of alerts that stand now go with the signature', () => {
  const reasons = { b: ' a good reason ', gone: 'a good reason' };
  expect(overridesOf(alerts, reasons)).toEqual([{ alert: 'b', reason: 'a good reason' }]);
});

test('what is half written is not judged, and nothing without a patient', () => {
  const medicine = {
    code: 'A1',
    unit: 'tablet',
    form: 'tablet',
    routes: ['oral'],
  } as unknown as Parameters<typeof newLine>[0];
  const patient = { passport: 'AA1234567', fullName: 'Namuna Bemor', birthDate: '1990-01-01', sex: 'male' } as const;
  const half = newLine(medicine, '1');
  const whole = { ...half, key: '2', rhythm: '3/day' as const, days: 5 };
  const draft: Draft = { patient, lines: [half, whole] };
  expect(checkRequestOf(draft)?.lines).toHaveLength(1);
  expect(checkRequestOf({ ...draft, lines: [half] })).toBeUndefined();
  expect(checkRequestOf({ lines: [whole] })).toBeUndefined();
});

test('a repeat and a brand are judged as they would be signed', () => {
  const medicine = { code: 'A1', unit: 'tablet', form: 'tablet', routes: ['oral'] } as unknown as Parameters<
    typeof newLine
  >[0];
  const patient = { passport: 'AA1234567', fullName: 'Namuna Bemor', birthDate: '1990-01-01', sex: 'male' } as const;
  const line = { ...newLine(medicine, '1'), rhythm: '3/day' as const, days: 5, brand: 'Namuna' };
  const checked = checkRequestOf({ patient, lines: [line], repeat: { issues: 3, everyDays: 30 } });
  expect(checked?.repeat).toEqual({ issues: 3, everyDays: 30 });
  expect(checked?.lines[0]?.brand).toBe('Namuna');
});
