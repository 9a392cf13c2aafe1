/** Patients: found exactly or not at all, and opened only for whoever the use case lets see them. */
import type { Actor } from '@darmon/domain/actor';
import type { Event } from '@darmon/domain/event';
import { foldName, type Patient, type PatientIdentity, type PatientQuery } from '@darmon/domain/patient';
import { PatientRecord, sameName } from '@darmon/domain/patient-record';
import { parsePinfl } from '@darmon/domain/pinfl';
import type { Prescription } from '@darmon/domain/prescription';
import { refuseAt } from '@darmon/domain/refusal';
import { tashkentDay } from '@darmon/domain/time';
import type { PatientItem, PatientMacs } from '@darmon/table/patient-items';
import { Changed } from '@darmon/table/transact';
import { type Deps, eventOf, loadStanding } from './deps.ts';
import { seal, unseal, type Vault } from './vault.ts';

export type PatientDeps = Deps & { readonly vault: Vault };

/** Look-ups of patients by one person in one hour; a queue has ten people, a search of the country has more. */
const lookUpsPerHour = 240;
/** Of them, those that found nothing: typing errors are few, trying numbers out is not. */
const missesPerHour = 30;

const documentMacs = async (
  vault: Vault,
  { pinfl, passport }: Pick<Patient, 'pinfl' | 'passport'>,
): Promise<string[]> => {
  const macs = await Promise.all([
    pinfl === undefined ? undefined : vault.mac('pinfl', pinfl),
    passport === undefined ? undefined : vault.mac('passport', passport),
  ]);
  return macs.filter((m) => m !== undefined);
};

export const nameMac = (
  vault: Vault,
  { fullName, birthDate }: Pick<Patient, 'fullName' | 'birthDate'>,
): Promise<string> => vault.mac('name', `${foldName(fullName)}|${birthDate}`);

/** Each field as text to be sealed by itself; what is not there leaves no trace. */
const textsOf = ({ id: _id, version: _version, ...fields }: PatientRecord): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]),
  );

const recordOf = ({ id, version }: PatientItem, texts: Record<string, string>): PatientRecord => {
  const { weightKg, allergies, pregnancy, ...fields } = texts;
  return PatientRecord.parse({
    ...fields,
    id,
    version,
    allergies: allergies === undefined ? [] : JSON.parse(allergies),
    ...(weightKg !== undefined && { weightKg: Number(weightKg) }),
    ...(pregnancy !== undefined && { pregnancy: JSON.parse(pregnancy) }),
  });
};

/** The record sealed again, whole. */
export const sealRecord = (
  deps: PatientDeps,
  key: Uint8Array,
  wrappedKey: string,
  record: PatientRecord,
): PatientItem => ({
  id: record.id,
  version: record.version,
  wrappedKey,
  sealed: seal(key, record.id, textsOf(record), deps.random),
});

/** The patient's fields from their sealed form. */
const openFields = async (
  vault: Vault,
  item: PatientItem,
  owner: string,
  sealed: Readonly<Record<string, string>>,
): Promise<Record<string, string>> => unseal(await vault.openKey(item.id, item.wrappedKey), owner, sealed);

/** True where the key was destroyed, or is about to be: nobody opens this person again. */
export const isErased = (item: PatientItem): boolean => item.wrappedKey === '' || item.closing === true;

export const openRecord = async (deps: Pick<PatientDeps, 'vault'>, item: PatientItem): Promise<PatientRecord> =>
  recordOf(item, await openFields(deps.vault, item, item.id, item.sealed));

export interface KnownPatient {
  readonly id: string;
  readonly key: Uint8Array;
  /** What is known of a patient who is known. */
  readonly record?: PatientRecord;
  /** Present where the patient is new and goes into the same transaction. */
  readonly add?: { item: PatientItem; macs: PatientMacs };
}

/**
 * Refuses a document that is known with another person's details; spelling and order of the name do not matter.
 * @throws Refusal `patient-mismatch`
 */
export const requireSame = (known: PatientRecord, given: PatientIdentity): void => {
  if (known.birthDate !== given.birthDate) throw refuseAt('patient-mismatch', '/patient/birthDate');
  if (known.sex !== given.sex) throw refuseAt('patient-mismatch', '/patient/sex');
  if (!sameName(known.fullName, given.fullName)) throw refuseAt('patient-mismatch', '/patient/fullName');
};

/** The patient whom the document of `patient` names, if there is one. */
export const findKnown = async (deps: PatientDeps, patient: PatientIdentity): Promise<PatientItem | undefined> => {
  const [mac] = await documentMacs(deps.vault, patient as Patient);
  return mac === undefined ? undefined : deps.table.patientOfDocument(mac);
};

/** Details that do not agree are a look that found nobody: neither names nor documents are to be tried out anywhere. */
export const commitMismatch = (deps: PatientDeps, actor: Actor, patient: PatientIdentity): Promise<void> =>
  commitLook(
    deps,
    actor,
    undefined,
    eventOf(deps, actor, 'patient-looked-up', deps.now(), { by: queryKind(patient), found: 0 }),
  );

/** A look at a patient by checking a prescription; once an hour is told, since a check is asked at every change. */
export const commitChecked = async (
  deps: PatientDeps,
  actor: Actor,
  id: string,
  patient: PatientIdentity,
): Promise<void> => {
  const changes = { by: queryKind(patient), found: 1, patient: id, check: true };
  try {
    const event = eventOf(deps, actor, 'patient-looked-up', deps.now(), changes);
    await deps.table.commitCheckedPatient(id, event, lookUpsPerHour);
  } catch (error) {
    if (!(error instanceof Changed)) throw error;
  }
};

/**
 * The patient behind a document, or a new one to be stored with whatever is issued. A name that changed with a marriage
 * is corrected first, by `changePatientRecord`, so that a slip of the hand never joins two people.
 * @throws Refusal `patient-mismatch` where the document is known with another birth date, sex or name;
 * `too-many-requests` after many of them
 */
export const findOrAdd = async (deps: PatientDeps, actor: Actor, patient: PatientIdentity): Promise<KnownPatient> => {
  const item = await findKnown(deps, patient);
  if (item) {
    if (isErased(item)) throw refuseAt('patient-mismatch', '/patient');
    const record = await openRecord(deps, item);
    try {
      requireSame(record, patient);
    } catch (error) {
      await commitMismatch(deps, actor, patient);
      throw error;
    }
    return { id: item.id, key: await deps.vault.openKey(item.id, item.wrappedKey), record };
  }
  const id = deps.id();
  const { wrapped, key } = await deps.vault.newKey(id);
  const record = PatientRecord.parse({
    ...patient,
    id,
    version: 1,
    allergies: [],
    ...(patient.weightKg !== undefined && { weightOn: tashkentDay(deps.now()) }),
  });
  const macs = {
    documents: await documentMacs(deps.vault, patient as Patient),
    name: await nameMac(deps.vault, patient),
  };
  return {
    id,
    key,
    add: { item: sealRecord(deps, key, wrapped, record), macs },
  };
};

/** Records a look, and counts it: one that found nothing lies with who looked, under a limit of its own. */
export const commitLook = (
  deps: Deps,
  actor: Actor,
  found: { prescription: string } | { patient: string } | undefined,
  event: Event,
): Promise<void> =>
  found
    ? deps.table.commitLookUp(found, event, { of: 'found', most: lookUpsPerHour })
    : deps.table.commitLookUp({ person: actor.person }, event, { of: 'missed', most: missesPerHour });

/** Items that a query finds; by name there can be several, and then none is shown. Nobody finds who was erased. */
export const itemsOf = async (deps: PatientDeps, query: PatientQuery): Promise<PatientItem[]> => {
  const byDocument = async (kind: 'pinfl' | 'passport', value: string): Promise<PatientItem[]> => {
    const item = await deps.table.patientOfDocument(await deps.vault.mac(kind, value));
    return item ? [item] : [];
  };
  const find = async (): Promise<PatientItem[]> => {
    if ('pinfl' in query) {
      if (parsePinfl(query.pinfl).kind === 'refused') throw refuseAt('pinfl-invalid', '/pinfl');
      return byDocument('pinfl', query.pinfl);
    }
    if ('passport' in query) return byDocument('passport', query.passport);
    return deps.table.patientsOfName(await nameMac(deps.vault, query));
  };
  return (await find()).filter((item) => !isErased(item));
};

/** How a query asked, for the event; never what it asked. */
export const queryKind = (query: PatientQuery): string =>
  'pinfl' in query ? 'pinfl' : 'passport' in query ? 'passport' : 'name';

/**
 * Finds one patient, and records who looked and whether anything was found.
 * @throws Refusal `pinfl-invalid`, `too-many-requests`
 */
export const lookUpPatient = async (
  deps: PatientDeps,
  actor: Actor,
  query: PatientQuery,
): Promise<{ patient: PatientRecord | null }> => {
  await loadStanding(deps, actor);
  const items = await itemsOf(deps, query);
  const [item] = items.length === 1 ? items : [];
  const event = eventOf(deps, actor, 'patient-looked-up', deps.now(), {
    by: queryKind(query),
    found: items.length,
    ...(item && { patient: item.id }),
  });
  await commitLook(deps, actor, item ? { patient: item.id } : undefined, event);
  return { patient: item ? await openRecord(deps, item) : null };
};

/** What prescriptions say of their patients, as it was at issue, in the same order; nothing of a patient who was erased. */
export const openSealed = async (
  deps: PatientDeps,
  prescriptions: readonly Prescription[],
): Promise<Record<string, string>[]> => {
  const patients = await deps.table.loadPatients(prescriptions.map((p) => p.patient));
  return Promise.all(
    prescriptions.map(async (p) => {
      const item = patients.get(p.patient);
      return item && !isErased(item) ? openFields(deps.vault, item, p.id, p.sealed) : {};
    }),
  );
};
