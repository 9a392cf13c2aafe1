/** Patients, found by keyed hashes, and who looked them up. */
import type { Event } from '@darmon/domain/event';
import { Medicine } from '@darmon/domain/medicine';
import type { Site } from '@darmon/domain/standing';
import { dayMs } from '@darmon/domain/time';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Item } from './page.ts';
import {
  type PatientItem,
  type PatientMacs,
  parsePatient,
  patientActions,
  patientChangeActions,
} from './patient-items.ts';
import { attemptAction, eventAction } from './request-items.ts';
import * as standing from './standing-items.ts';
import { update } from './transact.ts';

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
    async loadPatient(id: string): Promise<PatientItem | undefined> {
      const item = await engine.readOne(key.patientKey(id));
      return item && parsePatient(item);
    },
    async commitPatient(patient: PatientItem, macs: PatientMacs, change: Change): Promise<void> {
      await engine.commit([
        ...patientActions(table, patient, macs),
        ...engine.changeActions(key.patientKey(patient.id).pk, change),
      ]);
    },
    /** The next version; `macs` are those that are new. */
    async commitPatientChange(patient: PatientItem, macs: PatientMacs, change: Change): Promise<void> {
      await engine.commit([
        ...patientChangeActions(table, patient, macs),
        ...engine.changeActions(key.patientKey(patient.id).pk, change),
      ]);
    },
    /** What a history names: medicines and sites by their codes; one that is not there any more is left out. */
    async loadNamed(of: { medicines: readonly string[]; sites: readonly string[] }): Promise<{
      medicines: ReadonlyMap<string, Medicine>;
      sites: ReadonlyMap<string, Site>;
    }> {
      const medicines = [...new Set(of.medicines)];
      const sites = [...new Set(of.sites)];
      const items = await engine.readMany([...medicines.map(key.medicineKey), ...sites.map(key.siteKey)]);
      const found = <T>(from: number, to: number, parse: (item: Item) => T): T[] =>
        items.slice(from, to).flatMap((i) => (i ? [parse(i)] : []));
      return {
        medicines: new Map(found(0, medicines.length, (i) => Medicine.parse(i)).map((m) => [m.code, m])),
        sites: new Map(found(medicines.length, items.length, standing.parseSite).map((s) => [s.id, s])),
      };
    },
    /**
     * The same for a check, which is asked at each change of a form: one line of a person about a patient in an hour.
     * @throws Refusal `too-many-requests`; Changed where that line stands already
     */
    async commitCheckedPatient(patient: string, event: Event, most: number): Promise<void> {
      const at = Date.parse(event.at);
      const hour = event.at.slice(0, 13);
      await engine.commit([
        update(
          table,
          key.attemptKey(`CHECKED#${event.actor.person}#${patient}`, hour),
          {
            expression: 'SET #ttl = :ttl',
            names: { '#ttl': 'ttl' },
            values: { ':ttl': Math.ceil((at + dayMs) / 1000) },
          },
          { expression: 'attribute_not_exists(pk)' },
          'changed',
        ),
        attemptAction(table, `LOOKUP#found#${event.actor.person}`, hour, most, at),
        eventAction(table, key.lookUpsPartition(patient), event),
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
