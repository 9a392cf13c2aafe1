import type { Medicine } from '@darmon/domain/medicine';
import { expect, test } from 'vitest';
import {
  barOf,
  computedQuantity,
  type Draft,
  type DraftLine,
  dosageOf,
  identityOf,
  missingFrom,
  missingIn,
  newLine,
  offeredUnits,
  requestOf,
  rhythms,
} from './draft.ts';

const medicine = (more: Partial<Medicine> = {}): Medicine => ({
  code: 'AMOX500CAP',
  inn: 'amoxicillin',
  innRu: 'амоксициллин',
  innUz: 'amoksitsillin',
  atc: 'J01CA04',
  form: 'capsule',
  strength: '500 mg',
  class: 'rx',
  reimbursed: false,
  registered: true,
  unit: 'capsule',
  routes: ['oral'],
  packs: [{ gtin: '09520000000011', units: 16, brand: 'Demo', maker: 'Demo' }],
  ...more,
});
const line = (more: Partial<DraftLine> = {}): DraftLine => ({
  ...newLine(medicine(), 'a'),
  rhythm: '3/day',
  days: 7,
  ...more,
});
const patient = { pinfl: '50101859990017', fullName: 'Namuna Bemor', birthDate: '1985-01-01', sex: 'male' } as const;
const drops = medicine({ code: 'CHLOR', form: 'eye-drops', unit: 'ml', routes: ['ophthalmic'] });

test('the quantity of a course is computed from the choices', () => {
  expect(computedQuantity(line())).toBe(21);
  expect(computedQuantity(line({ rhythm: '8h' }))).toBe(21);
  expect(computedQuantity(line({ amount: 0.5, rhythm: '1/day', days: 3 }))).toBe(2);
});

test('every offered rhythm is exactly one of times a day and every so many hours', () => {
  for (const rhythm of rhythms) {
    const dosage = dosageOf(line({ rhythm }));
    expect(dosage).toBeDefined();
    expect(Number(dosage?.timesPerDay !== undefined) + Number(dosage?.everyHours !== undefined)).toBe(1);
  }
});

test('a dose in drops of a medicine counted in ml asks the prescriber for the quantity, and then sends it', () => {
  const dripped = { ...line(), medicine: drops, unit: offeredUnits(drops)[0] ?? 'ml', route: 'ophthalmic' as const };
  expect(dripped.unit).toBe('drop');
  expect(missingIn(dripped)).toEqual(['quantity']);
  const draft: Draft = { patient, icd10: 'H10.9', lines: [{ ...dripped, quantity: 10 }] };
  expect(missingFrom(draft)).toEqual([]);
  expect(requestOf(draft)?.lines[0]?.quantity).toBe(10);
});

test('a computed quantity is left to the server, so that the two can never contradict each other', () => {
  expect(requestOf({ patient, icd10: 'J06.9', lines: [line({ quantity: 500 })] })?.lines[0]).not.toHaveProperty(
    'quantity',
  );
});

test('"as needed" asks for the most in a day and for the quantity', () => {
  expect(missingIn(line({ asNeeded: true }))).toEqual(['max-per-day', 'quantity']);
  expect(missingIn(line({ asNeeded: true, maxPerDay: 4, quantity: 12 }))).toEqual([]);
  expect(dosageOf(line({ asNeeded: true, maxPerDay: 4 }))).toMatchObject({ asNeeded: true, maxPerDay: 4 });
});

test('what is missing is named from the top of the page to its end', () => {
  expect(missingFrom({ lines: [] }).map(({ part }) => part)).toEqual(['patient', 'diagnosis', 'lines']);
  const bare = newLine(medicine(), 'a');
  expect(missingFrom({ patient, icd10: 'J06.9', lines: [bare] }).map(({ part }) => part)).toEqual(['rhythm', 'days']);
});

test('no request comes of a draft that lacks anything', () => {
  expect(requestOf({ icd10: 'J06.9', lines: [line()] })).toBeUndefined();
  expect(requestOf({ patient, lines: [line()] })).toBeUndefined();
  expect(requestOf({ patient, icd10: 'J06.9', lines: [] })).toBeUndefined();
  expect(requestOf({ patient, icd10: 'J06.9', lines: [line({ days: undefined })] })).toBeUndefined();
});

test.each([
  ['amount', { amount: 0 }],
  ['amount', { amount: undefined }],
  ['days', { days: 0 }],
  ['dosage', { days: 400 }],
  ['dosage', { amount: 0.0001 }],
] as const)('an impossible dosage is missing its %s', (part, wrong) => {
  expect(missingIn(line(wrong))).toContain(part);
});

test('a medicine that would be refused cannot be chosen, and says why', () => {
  const draft: Draft = { lines: [line()] };
  expect(barOf(medicine(), draft)).toBe('already-there');
  expect(barOf(medicine({ code: 'NEW', registered: false }), draft)).toBe('not-registered');
  expect(barOf(medicine({ code: 'TRAM', class: 'narcotic' }), draft)).toBe('controlled');
  expect(barOf(medicine({ code: 'TRAM', class: 'narcotic' }), draft, ['controlled'])).toBeUndefined();
  expect(barOf(medicine({ code: 'ETHER', class: 'anaesthetic' }), draft, ['controlled'])).toBe('anaesthetic');
  expect(barOf(medicine({ code: 'IBU' }), draft)).toBeUndefined();
});

test('a found patient is prescribed for by PINFL, by passport only where there is none', () => {
  expect(identityOf({ ...patient, passport: 'AA1234567' })).toEqual(patient);
  const { pinfl: _, ...foreigner } = patient;
  expect(identityOf({ ...foreigner, passport: 'AA1234567' })).toEqual({ ...foreigner, passport: 'AA1234567' });
});
