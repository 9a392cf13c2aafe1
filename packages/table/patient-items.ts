/** Patients as items: keyed hashes to find one, and fields that only the patient's key opens. */
import * as z from 'zod';
import { patientKey, patientMacKey, patientNameKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put } from './transact.ts';

export const PatientItem = z.object({
  id: z.string(),
  /** The patient's data key, wrapped by KMS; without it every field of the person is noise. */
  wrappedKey: z.string(),
  sealed: z.record(z.string(), z.string()),
});
export type PatientItem = z.infer<typeof PatientItem>;

export const parsePatient = (item: Item): PatientItem => PatientItem.parse(item);

/** A new patient with the hashes that find it. Two at once with one document: the second reads again and finds the first. */
export const patientActions = (
  table: string,
  patient: PatientItem,
  macs: { documents: readonly string[]; name: string },
): Action[] => [
  put(table, { ...patientKey(patient.id), ...patient }, absent, 'changed'),
  ...macs.documents.map((mac) => put(table, { ...patientMacKey(mac), patient: patient.id }, absent, 'changed')),
  put(table, { ...patientNameKey(macs.name, patient.id), patient: patient.id }, absent, 'changed'),
];
