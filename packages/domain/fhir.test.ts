import { expect, test } from 'vitest';
import { type FhirResource, fhirBundle } from './fhir.ts';
import type { PatientRecord } from './patient-record.ts';
import type { Prescription } from './prescription.ts';

const now = Date.parse('2026-11-20T07:00:00.000Z');
const record: PatientRecord = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  version: 1,
  passport: 'AA1234567',
  fullName: 'Namuna Bemor',
  birthDate: '1985-03-12',
  sex: 'female',
  allergies: [{ kind: 'atc', code: 'J01C', note: 'rash' }],
};
const prescription: Prescription = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  number: '7K3QX2M9A4TV5',
  status: 'partially-dispensed',
  version: 2,
  prescriber: 'doctor',
  clinic: 'CL-1',
  patient: record.id,
  issuedAt: '2026-11-01T07:00:00.000Z',
  validUntil: '2026-12-02T19:00:00.000Z',
  policy: 1,
  lines: [
    {
      line: 1,
      medicine: 'AMOX500CAP',
      class: 'rx',
      unit: 'capsule',
      dosage: { amount: 1, unit: 'capsule', everyHours: 8, days: 7, route: 'oral' },
      quantity: 21,
      dispensed: 10,
      substitutionAllowed: true,
    },
  ],
  served: [],
  dispenses: 1,
  sealed: {},
};
const dispense = {
  id: `${prescription.id}.1`,
  prescription: prescription.id,
  n: 1,
  site: 'PH-1',
  person: 'pharmacist',
  at: '2026-11-02T07:00:00.000Z',
  status: 'partially-dispensed' as const,
  lines: [{ line: 1, medicine: 'AMOX500CAP', quantity: 10, lots: [] }],
};
const bundleAt = (at: number, undone = false) =>
  fhirBundle(
    {
      record,
      prescriptions: [
        {
          prescription,
          icd10: 'J02.9',
          dispenses: [
            undone ? { ...dispense, undone: { at: dispense.at, person: 'pharmacist', reason: 'wrong' } } : dispense,
          ],
        },
      ],
      medicines: new Map(),
      names: new Map([['doctor', 'Namuna Shifokor']]),
    },
    at,
  ).entry as { resource: FhirResource }[];
const ofType = (entries: readonly { resource: FhirResource }[], type: string) =>
  entries.map(({ resource }) => resource).find(({ resourceType }) => resourceType === type);

test('every resource names its patient, and a hand-over the request that allowed it', () => {
  const entries = bundleAt(now);
  expect(ofType(entries, 'Patient')).toMatchObject({
    gender: 'female',
    birthDate: '1985-03-12',
    identifier: [{ system: 'urn:darmon:passport', value: 'AA1234567' }],
  });
  const subject = { reference: `Patient/${record.id}` };
  const request = ofType(entries, 'MedicationRequest');
  expect(request).toMatchObject({
    status: 'active',
    intent: 'order',
    subject,
    requester: { display: 'Namuna Shifokor' },
    reasonCode: [{ coding: [{ code: 'J02.9' }] }],
    dosageInstruction: [{ timing: { repeat: { frequency: 1, period: 8, periodUnit: 'h' } } }],
  });
  expect(ofType(entries, 'MedicationDispense')).toMatchObject({
    status: 'completed',
    subject,
    authorizingPrescription: [{ reference: `MedicationRequest/${request?.id}` }],
    quantity: { value: 10 },
  });
  expect(ofType(entries, 'AllergyIntolerance')).toMatchObject({ patient: subject, note: [{ text: 'rash' }] });
});

test('what was taken back is an entry in error, and what lapsed after a part is completed', () => {
  expect(ofType(bundleAt(now, true), 'MedicationDispense')).toMatchObject({ status: 'entered-in-error' });
  const later = Date.parse('2027-01-01T00:00:00.000Z');
  expect(ofType(bundleAt(later), 'MedicationRequest')).toMatchObject({ status: 'completed' });
});
