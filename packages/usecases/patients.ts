/** Patients: found exactly or not at all, and opened only for whoever the use case lets see them. */
import type { Actor } from '@darmon/domain/actor';
import type { Event } from '@darmon/domain/event';
import { requirePatient } from '@darmon/domain/issue';
import { foldName, Patient, type PatientIdentity, type PatientQuery } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import type { Prescription } from '@darmon/domain/prescription';
import { refuseAt } from '@darmon/domain/refusal';
import { tashkentDay } from '@darmon/domain/time';
import type { PatientItem } from '@darmon/table/patient-items';
import { type Deps, eventOf, loadStanding } from './deps.ts';
import { seal, unseal, type Vault } from './vault.ts';

export type PatientDeps = Deps & { readonly vault: Vault };

/** Look-ups of patients by one person in one hour; a queue has ten people, a search of the country has more. */
const lookUpsPerHour = 240;
/** Of them, those that found nothing: typing errors are few, trying numbers out is not. */
const missesPerHour = 30;

interface Macs {
  readonly documents: readonly string[];
  readonly name: string;
}

const documentMacs = async (vault: Vault, patient: Patient): Promise<string[]> => {
  const macs = await Promise.all([
    patient.pinfl === undefined ? undefined : vault.mac('pinfl', patient.pinfl),
    patient.passport === undefined ? undefined : vault.mac('passport', patient.passport),
  ]);
  return macs.filter((m) => m !== undefined);
};

const nameMac = (vault: Vault, { fullName, birthDate }: Pick<Patient, 'fullName' | 'birthDate'>): Promise<string> =>
  vault.mac('name', `${foldName(fullName)}|${birthDate}`);

const fieldsOf = (patient: Patient): Record<string, string> =>
  Object.fromEntries(
    Object.entries(patient)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [field, String(value)]),
  );

/** The patient's fields from their sealed form. */
const openFields = async (
  vault: Vault,
  item: PatientItem,
  owner: string,
  sealed: Readonly<Record<string, string>>,
): Promise<Record<string, string>> => unseal(await vault.openKey(item.id, item.wrappedKey), owner, sealed);

const openPatient = async (deps: PatientDeps, item: PatientItem): Promise<Patient> => {
  const { weightKg, ...fields } = await openFields(deps.vault, item, item.id, item.sealed);
  return Patient.parse({ ...fields, ...(weightKg !== undefined && { weightKg: Number(weightKg) }) });
};

export interface KnownPatient {
  readonly id: string;
  readonly key: Uint8Array;
  /** Present where the patient is new and goes into the same transaction. */
  readonly add?: { item: PatientItem; macs: Macs };
}

/**
 * The patient behind a document, or a new one to be stored with whatever is issued.
 * @throws Refusal `patient-mismatch` where the document is known with another birth date
 */
export const findOrAdd = async (deps: PatientDeps, patient: PatientIdentity): Promise<KnownPatient> => {
  const documents = await documentMacs(deps.vault, patient as Patient);
  const [document] = documents;
  const known = document === undefined ? undefined : await deps.table.patientOfDocument(document);
  if (known) {
    const key = await deps.vault.openKey(known.id, known.wrappedKey);
    const stored = unseal(key, known.id, { birthDate: known.sealed.birthDate ?? '' });
    if (stored.birthDate !== patient.birthDate) throw refuseAt('patient-mismatch', '/patient/birthDate');
    return { id: known.id, key };
  }
  const id = deps.id();
  const { wrapped, key } = await deps.vault.newKey(id);
  const item = { id, wrappedKey: wrapped, sealed: seal(key, id, fieldsOf(patient as Patient), deps.random) };
  return { id, key, add: { item, macs: { documents, name: await nameMac(deps.vault, patient) } } };
};

/** Registers a patient without a prescription, for an import or the demo country; one that is known stays as it is. */
export const registerPatient = async (deps: PatientDeps, actor: Actor, patient: PatientIdentity): Promise<string> => {
  const now = deps.now();
  requirePatient(patient, tashkentDay(now));
  const found = await findOrAdd(deps, patient);
  if (found.add)
    await deps.table.commitPatient(
      found.add.item,
      found.add.macs,
      eventOf(deps, actor, 'patient-registered', now, { patient: found.id }),
    );
  return found.id;
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

/** Items that a query finds; by name there can be several, and then none is shown. */
export const itemsOf = async (deps: PatientDeps, query: PatientQuery): Promise<PatientItem[]> => {
  if ('pinfl' in query) {
    if (parsePinfl(query.pinfl).kind === 'refused') throw refuseAt('pinfl-invalid', '/pinfl');
    const item = await deps.table.patientOfDocument(await deps.vault.mac('pinfl', query.pinfl));
    return item ? [item] : [];
  }
  if ('passport' in query) {
    const item = await deps.table.patientOfDocument(await deps.vault.mac('passport', query.passport));
    return item ? [item] : [];
  }
  return deps.table.patientsOfName(await nameMac(deps.vault, query));
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
): Promise<{ patient: Patient | null }> => {
  await loadStanding(deps, actor);
  const items = await itemsOf(deps, query);
  const [item] = items.length === 1 ? items : [];
  const event = eventOf(deps, actor, 'patient-looked-up', deps.now(), {
    by: queryKind(query),
    found: items.length,
    ...(item && { patient: item.id }),
  });
  await commitLook(deps, actor, item ? { patient: item.id } : undefined, event);
  return { patient: item ? await openPatient(deps, item) : null };
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
      return item ? openFields(deps.vault, item, p.id, p.sealed) : {};
    }),
  );
};
