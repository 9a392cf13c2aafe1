import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changePatient, type PatientRecord, pregnancyOn, sameName } from './patient-record.ts';
import { makePinfl } from './pinfl.ts';
import { Refusal } from './refusal.ts';

const today = '2026-11-20';
const pinfl = makePinfl({ birthDate: '1985-03-12', sex: 'female', region: 999, serial: 1 });
const patient: PatientRecord = {
  id: 'p',
  version: 3,
  passport: 'AA1234567',
  fullName: 'Karimova Nodira',
  birthDate: '1985-03-12',
  sex: 'female',
  weightKg: 60,
  weightOn: '2026-01-10',
  allergies: [{ kind: 'inn', code: 'amoxicillin' }],
};
const refusedWith = (change: () => unknown): unknown => {
  try {
    change();
  } catch (error) {
    return error instanceof Refusal ? [error.code, error.errors[0]?.pointer] : error;
  }
  return 'not refused';
};
const change = (wanted: object, of: PatientRecord = patient) =>
  changePatient(of, { version: of.version, allergies: [...of.allergies], ...wanted }, today);

describe('a change of a patient', () => {
  test('names the fields that are other than before, and no others', () => {
    expect(change({}).changed).toEqual([]);
    expect(change({ weightKg: 60 }).changed).toEqual(['weightKg']);
    expect(change({ weightKg: 61, allergies: [] }).changed).toEqual(['allergies', 'weightKg']);
  });
  test('keeps a weight that is not given with its day, and dates one that is', () => {
    expect(change({}).patient).toMatchObject({ weightKg: 60, weightOn: '2026-01-10', version: 4 });
    expect(change({ weightKg: 60 }).patient).toMatchObject({ weightKg: 60, weightOn: today });
  });
  test('takes a pregnancy away where none is given', () => {
    const pregnant = { ...patient, pregnancy: { state: 'pregnant' as const, until: '2027-05-01' } };
    expect(change({}, pregnant)).toMatchObject({ changed: ['pregnancy'] });
    expect(change({}, pregnant).patient).not.toHaveProperty('pregnancy');
  });
  test('on another version than the one that was read is refused', () => {
    expect(refusedWith(() => change({ version: 2 }))).toEqual(['version-changed', undefined]);
  });
  test('adds a PINFL that agrees with birth date and sex, and refuses any other', () => {
    expect(change({ pinfl }).patient).toMatchObject({ pinfl, passport: 'AA1234567' });
    const ofAnother = [
      makePinfl({ birthDate: '1985-03-13', sex: 'female', region: 999, serial: 1 }),
      makePinfl({ birthDate: '1985-03-12', sex: 'male', region: 999, serial: 1 }),
    ];
    for (const one of ofAnother)
      expect(refusedWith(() => change({ pinfl: one }))).toEqual(['patient-mismatch', '/pinfl']);
    expect(refusedWith(() => change({ pinfl: `${pinfl.slice(0, 13)}${(Number(pinfl[13]) + 1) % 10}` }))).toEqual([
      'pinfl-invalid',
      '/pinfl',
    ]);
  });
  test('never replaces a PINFL that is known', () => {
    const second = makePinfl({ birthDate: '1985-03-12', sex: 'female', region: 999, serial: 2 });
    expect(refusedWith(() => change({ pinfl: second }, { ...patient, pinfl }))).toEqual(['patient-mismatch', '/pinfl']);
    expect(change({ pinfl }, { ...patient, pinfl }).changed).toEqual([]);
  });
  test('records no pregnancy of a man', () => {
    const pregnancy = { state: 'pregnant', until: '2027-05-01' };
    expect(refusedWith(() => change({ pregnancy }, { ...patient, sex: 'male' }))).toEqual([
      'patient-mismatch',
      '/pregnancy',
    ]);
  });
});

test('a pregnancy holds through its last day', () => {
  const pregnancy = { state: 'pregnant' as const, until: today };
  expect(pregnancyOn({ pregnancy }, today)).toEqual(pregnancy);
  expect(pregnancyOn({ pregnancy }, '2026-11-21')).toBeUndefined();
});

describe('two spellings of a name', () => {
  test.each([
    ['Karimova Nodira', 'Каримова Нодира'],
    ['Karimova Nodira', 'NODIRA KARIMOVA'],
    ['Karimova Nodira', 'Karimova Nodira Aliyevna'],
    ['Παπαδοπούλου Ελένη', 'παπαδοπούλου ελένη'],
  ])('%s and %s can be one person', (one, other) => {
    expect([sameName(one, other), sameName(other, one)]).toEqual([true, true]);
  });
  test.each([
    ['Karimova Nodira', 'Karimova Malika'],
    ['Karimova Nodira', 'Karimov Nodir'],
    ['Karimova', 'Karimova Nodira'],
    ['Ali Ali', 'Ali Vali'],
    ['Παπαδοπούλου Ελένη', 'Γεωργίου Ελένη'],
  ])('%s and %s are not', (one, other) => {
    expect([sameName(one, other), sameName(other, one)]).toEqual([false, false]);
  });
  test('every name is its own, in any order of its words', () => {
    const words = fc.array(fc.stringMatching(/^[A-Z][a-z]{1,8}$/), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(words, (name) => sameName(name.join(' '), [...name].reverse().join('  '))));
  });
});
