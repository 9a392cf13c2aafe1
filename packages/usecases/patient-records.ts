/** What prescribers write down of a patient, and read of what was prescribed and really handed over before. */
import type { Actor } from '@darmon/domain/actor';
import type { Dispense } from '@darmon/domain/dispense';
import { requirePatient } from '@darmon/domain/issue';
import type { Medicine } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import type { Patient, PatientIdentity } from '@darmon/domain/patient';
import { changePatient, type PatientChange } from '@darmon/domain/patient-record';
import { statusAt } from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { RequestKnown } from '@darmon/table/transact';
import { type Answer, asAnswered, changeOf, changeOnce, eventOf, loadStanding } from './deps.ts';
import {
  commitLook,
  findOrAdd,
  isErased,
  nameMac,
  openRecord,
  openSealed,
  type PatientDeps,
  sealRecord,
} from './patients.ts';
import { linesOf } from './views.ts';

/** Nothing personal: it is kept as the answer to a repeat. */
interface Saved {
  readonly id: string;
  readonly version: number;
}

/**
 * Registers a patient; one who is known stays as is and is answered with 200, which is a look and recorded as one.
 * @throws Refusal of standing, `pinfl-invalid`, `patient-mismatch`, `key-reused`
 */
export const registerPatient = (
  deps: PatientDeps,
  actor: Actor,
  patient: PatientIdentity,
  once?: Once,
): Promise<Answer<Saved>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      requirePatient(patient, tashkentDay(now));
      const found = await findOrAdd(deps, actor, patient);
      if (!found.add) {
        // perhaps known because this very request made it
        if (once && (await deps.table.loadRequest(once))) throw new RequestKnown();
        const looked = { by: 'pinfl' in patient ? 'pinfl' : 'passport', found: 1, patient: found.id };
        await commitLook(deps, actor, { patient: found.id }, eventOf(deps, actor, 'patient-looked-up', now, looked));
        return { status: 200, body: { id: found.id, version: found.record?.version ?? 1 } };
      }
      const body = { id: found.id, version: 1 };
      const event = eventOf(deps, actor, 'patient-registered', now, { patient: found.id });
      const change = changeOf(event, now, once, { status: 201, reference: found.id, answer: body });
      await deps.table.commitPatient(found.add.item, found.add.macs, change);
      return { status: 201, body };
    },
    asAnswered<Saved>,
  );

/** Documents that a change adds, as hashes; refused where one of them finds somebody else. */
const newDocuments = async (deps: PatientDeps, id: string, before: Patient, after: Patient): Promise<string[]> => {
  const kinds = (['pinfl', 'passport'] as const).filter((kind) => after[kind] !== before[kind]);
  const macs = await Promise.all(kinds.map((kind) => deps.vault.mac(kind, after[kind] ?? '')));
  const holders = await Promise.all(macs.map((mac) => deps.table.patientOfDocument(mac)));
  const taken = holders.findIndex((holder) => holder !== undefined && holder.id !== id);
  if (taken >= 0) throw refuseAt('patient-mismatch', `/${kinds[taken]}`);
  return macs;
};

/**
 * Writes down what is known of a patient now. The event names the fields that changed, never what stands in them.
 * @throws Refusal of standing, `not-found`, `version-changed`, `pinfl-invalid`, `patient-mismatch` where a document is
 * somebody else's, `key-reused`
 */
export const changePatientRecord = (
  deps: PatientDeps,
  actor: Actor,
  input: PatientChange & { id: string },
  once: Once,
): Promise<Answer<Saved>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { id, ...wanted } = input;
      const item = await deps.table.loadPatient(id);
      if (!item || isErased(item)) throw new Refusal('not-found');
      const before = await openRecord(deps, item);
      const { patient, changed } = changePatient(before, wanted, tashkentDay(now));
      if (changed.length === 0) return { status: 200, body: { id, version: before.version } };
      const documents = await newDocuments(deps, id, before, patient);
      const body = { id, version: patient.version };
      const event = eventOf(deps, actor, 'patient-changed', now, { patient: id, fields: changed });
      const change = changeOf(event, now, once, { status: 200, reference: id, answer: body });
      const key = await deps.vault.openKey(id, item.wrappedKey);
      await deps.table.commitPatientChange(
        sealRecord(deps, key, item.wrappedKey, patient),
        { documents, ...(changed.includes('fullName') && { name: await nameMac(deps.vault, patient) }) },
        change,
      );
      return { status: 200, body };
    },
    asAnswered<Saved>,
  );

interface Named {
  readonly medicines: ReadonlyMap<string, Medicine>;
  readonly sites: ReadonlyMap<string, Site>;
}

/** What one hand-over really gave: where, on which day, which brands. One that was undone gave nothing. */
const servedOf = (dispenses: readonly Dispense[], { medicines, sites }: Named) =>
  dispenses
    .filter((d) => !d.undone)
    .map((d) => ({
      site: d.site,
      siteName: sites.get(d.site)?.name ?? d.site,
      day: tashkentDay(Date.parse(d.at)),
      lines: d.lines.map(({ line, medicine, quantity, lots }) => ({
        line,
        quantity,
        brands: [
          ...new Set(
            lots.flatMap(({ gtin }) => medicines.get(medicine)?.packs.find((p) => p.gtin === gtin)?.brand ?? []),
          ),
        ],
      })),
    }));

const pageSize = 20;

/**
 * A patient's prescriptions, newest first, with what was really handed over. Who read it is recorded, under the limit of
 * look-ups. The diagnosis is shown to the clinic that made it.
 * @throws Refusal of standing, `not-found`, `too-many-requests`, `bad-cursor`
 */
export const readPatientHistory = async (deps: PatientDeps, actor: Actor, id: string, request: PageRequest) => {
  const { table } = deps;
  await loadStanding(deps, actor);
  const item = await table.loadPatient(id);
  if (!item || isErased(item)) throw new Refusal('not-found');
  const now = deps.now();
  const page = await table.listPrescriptions({ patient: id }, { ...request, limit: request.limit ?? pageSize });
  await commitLook(
    deps,
    actor,
    { patient: id },
    eventOf(deps, actor, 'patient-history-read', now, { patient: id, prescriptions: page.items.length }),
  );
  const [dispenses, personal] = await Promise.all([
    Promise.all(page.items.map((p) => (p.dispenses === 0 ? [] : table.loadDispenses(p.id)))),
    openSealed(deps, page.items),
  ]);
  const named = await table.loadNamed({
    medicines: dispenses.flat().flatMap((d) => d.lines.map((l) => l.medicine)),
    sites: [...page.items.map((p) => p.clinic), ...dispenses.flat().map((d) => d.site)],
  });
  const items = page.items.map((p, i) => {
    const own = p.clinic === actor.site || p.prescriber === actor.person;
    const icd10 = personal[i]?.icd10;
    return {
      id: p.id,
      number: p.number,
      status: statusAt(p, now),
      issuedAt: p.issuedAt,
      validUntil: p.validUntil,
      clinic: p.clinic,
      clinicName: named.sites.get(p.clinic)?.name ?? p.clinic,
      /** The reader's clinic issued it, so it can be opened, renewed and copied. */
      own,
      lines: linesOf(p, now),
      served: servedOf(dispenses[i] ?? [], named),
      ...(own && icd10 !== undefined && { diagnosis: { icd10 } }),
    };
  });
  return { items, ...(page.next !== undefined && { next: page.next }) };
};
