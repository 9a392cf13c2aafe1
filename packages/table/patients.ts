/** Patients, found by keyed hashes, and who looked them up. */
import type { Event } from '@darmon/domain/event';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Item } from './page.ts';
import { type PatientItem, parsePatient, patientActions } from './patient-items.ts';
import { attemptAction, eventAction } from './request-items.ts';

export const patientsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async patientOfDocument(mac: string): Promise<PatientItem | undefined> {
      const pointer = await engine.readOne(key.patientMacKey(mac));
      const item = pointer && (await engine.readOne(key.patientKey(String(pointer.patient))));
      return item && parsePatient(item);
    },
    async patientsOfName(mac: string): Promise<PatientItem[]> {
      const pointers = await allOf(client, table, { pk: key.patientMacKey(mac).pk, skPrefix: 'PATIENT#' });
      const items = await engine.readMany(pointers.map((p) => key.patientKey(String(p.patient))));
      return items.filter((i): i is Item => i !== undefined).map(parsePatient);
    },
    /** Patients by id, in one request a hundred. */
    async loadPatients(ids: readonly string[]): Promise<ReadonlyMap<string, PatientItem>> {
      const items = await engine.readMany([...new Set(ids)].map(key.patientKey));
      return new Map(items.flatMap((i) => (i ? [parsePatient(i)] : [])).map((p) => [p.id, p]));
    },
    async commitPatient(
      patient: PatientItem,
      macs: { documents: readonly string[]; name: string },
      event: Event,
    ): Promise<void> {
      await engine.commit([
        ...patientActions(table, patient, macs),
        eventAction(table, key.patientKey(patient.id).pk, event),
      ]);
    },
    /** Records that somebody looked, and refuses the look past the hourly limit of its kind. */
    async commitLookUp(
      subject: { prescription: string } | { patient: string } | { person: string },
      event: Event,
      limit: { of: 'found' | 'missed'; most: number },
    ): Promise<void> {
      const at = Date.parse(event.at);
      const pk =
        'prescription' in subject
          ? engine.subjectOf(subject.prescription)
          : key.lookUpsPartition('patient' in subject ? subject.patient : subject.person);
      await engine.commit([
        attemptAction(table, `LOOKUP#${limit.of}#${event.actor.person}`, event.at.slice(0, 13), limit.most, at),
        eventAction(table, pk, event),
      ]);
    },
  };
};
