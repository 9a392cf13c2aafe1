/** Patients as items: keyed hashes to find one, and fields that only the patient's key opens. */
import * as z from 'zod';
import { macsPartition, patientKey, patientMacKey, patientNameKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, type Condition, put } from './transact.ts';

export const PatientItem = z.object({
  id: z.string(),
  version: z.int().positive(),
  /** The patient's data key, wrapped by KMS; without it every field of the person is noise. Empty: destroyed for ever. */
  wrappedKey: z.string(),
  sealed: z.record(z.string(), z.string()),
  /** About to be erased: nobody opens it any more. */
  closing: z.literal(true).exactOptional(),
});
export type PatientItem = z.infer<typeof PatientItem>;

export const parsePatient = (item: Item): PatientItem => PatientItem.parse(item);

/** Keyed hashes that find a patient. */
export interface PatientMacs {
  readonly documents: readonly string[];
  readonly name?: string;
}

const pointers = (table: string, id: string, { documents, name }: PatientMacs, document: Condition): Action[] => {
  // found again by the patient, so that an erasure leaves none
  const pointer = (mac: string) => ({ patient: id, gsi1pk: macsPartition(id), gsi1sk: mac });
  return [
    ...documents.map((mac) => put(table, { ...patientMacKey(mac), ...pointer(mac) }, document, 'changed')),
    ...(name === undefined
      ? []
      : [put(table, { ...patientNameKey(name, id), ...pointer(name) }, undefined, 'changed')]),
  ];
};

/** A new patient with the hashes that find it. Two at once with one document: the second reads again and finds the first. */
export const patientActions = (table: string, patient: PatientItem, macs: PatientMacs): Action[] => [
  put(table, { ...patientKey(patient.id), ...patient }, absent, 'changed'),
  ...pointers(table, patient.id, macs, absent),
];

/**
 * The next version of a patient, and hashes that find it from now on. Former ones go on finding it: papers bear them. A
 * document that somebody else has taken meanwhile makes the caller read again.
 */
export const patientChangeActions = (table: string, patient: PatientItem, macs: PatientMacs): Action[] => [
  put(table, { ...patientKey(patient.id), ...patient }, atVersion(patient.version - 1), 'changed'),
  ...pointers(table, patient.id, macs, {
    expression: 'attribute_not_exists(pk) OR #patient = :patient',
    names: { '#patient': 'patient' },
    values: { ':patient': patient.id },
  }),
];

/** The patient about to be erased, found open again, or erased for ever, as the next version. */
export const closePatientAction = (table: string, patient: PatientItem): Action =>
  put(table, { ...patientKey(patient.id), ...patient }, atVersion(patient.version - 1), 'changed');
