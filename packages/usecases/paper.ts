/** Paper prescriptions of an outage: entered by the pharmacy afterwards, with a picture of the paper. */
import type { Actor } from '@darmon/domain/actor';
import { decideLines, requirePatient, type WantedLine } from '@darmon/domain/issue';
import { makeNumber } from '@darmon/domain/number';
import type { Once } from '@darmon/domain/once';
import { paperValidity, requireNewPaper, requirePaper } from '@darmon/domain/paper';
import type { PatientIdentity } from '@darmon/domain/patient';
import type { Prescription } from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import { instant, tashkentDay } from '@darmon/domain/time';
import { type Answer, changeOf, changeOnce, eventOf, loadStanding } from './deps.ts';
import { commitLook, findOrAdd, isErased, type PatientDeps } from './patients.ts';
import { seal, sealBytes, unsealBytes } from './vault.ts';

export interface PaperInput {
  readonly patient: PatientIdentity;
  readonly diagnosis: { readonly icd10: string };
  readonly prescriber: string;
  /** A Tashkent day. */
  readonly writtenOn: string;
  readonly lines: readonly WantedLine[];
  /** `data` is base64. */
  readonly picture: { readonly type: string; readonly data: string };
}

const pictureField = 'picture';

const enteredView = (p: Prescription) => ({
  id: p.id,
  number: p.number,
  status: 'active' as const,
  issuedAt: p.issuedAt,
  validUntil: p.validUntil,
  lines: p.lines.map((l) => ({ ...l, dispensed: 0, status: 'to-dispense' as const })),
  paper: p.paper,
});

/** The person who is named on the paper, and the clinic where that person works. */
const loadPrescriber = async (deps: PatientDeps, actor: Actor, id: string) => {
  const { person } = await deps.table.loadStanding(id, actor.site);
  const { site } = person ? await deps.table.loadStanding(id, person.site) : {};
  return { prescriber: person, clinic: site };
};

const pageSize = 50;

/** A patient's prescriptions since an instant, newest first. */
const loadSince = async (deps: PatientDeps, patient: string, from: number): Promise<Prescription[]> => {
  const since = instant(from);
  const found: Prescription[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPrescriptions({ patient }, { limit: pageSize, cursor });
    found.push(...page.items.filter((p) => p.issuedAt >= since));
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
};

/**
 * Enters a paper prescription, with its patient if new, its number, its picture and its event at once. It has no code and
 * no signature, and says so for ever.
 * @throws Refusal of standing, `paper-not-allowed`, `paper-known`, of the rules (`issue.ts`), `prescription-expired`, `key-reused`
 */
export const enterPaper = (
  deps: PatientDeps,
  actor: Actor,
  input: PaperInput,
  once: Once,
): Promise<Answer<ReturnType<typeof enteredView>>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const { writtenOn, lines: wanted, diagnosis, picture } = input;
      const [{ person, site, medicines, policy }, { prescriber, clinic }] = await Promise.all([
        deps.table.loadForIssue(
          actor.person,
          actor.site,
          wanted.map((l) => l.medicine),
        ),
        loadPrescriber(deps, actor, input.prescriber),
      ]);
      requireStanding(actor, person, site, now);
      requirePatient(input.patient, tashkentDay(now));
      requirePaper(writtenOn, { prescriber, clinic, medicines, policy }, now);
      const { lines, validityDays } = decideLines({ lines: wanted }, medicines, policy, []);
      const { from, until } = paperValidity(writtenOn, validityDays, now);
      const patient = await findOrAdd(deps, actor, input.patient);
      if (patient.record)
        requireNewPaper(
          { prescriber: input.prescriber, writtenOn, medicines: wanted.map((l) => l.medicine) },
          await loadSince(deps, patient.id, from),
          now,
        );
      const id = deps.id();
      const { fullName, birthDate, sex, weightKg } = input.patient;
      const personal = {
        fullName,
        birthDate,
        sex,
        icd10: diagnosis.icd10,
        ...(weightKg !== undefined && { weightKg: String(weightKg) }),
      };
      const p: Prescription = {
        id,
        number: makeNumber(deps.random(12)),
        status: 'active',
        version: 1,
        prescriber: input.prescriber,
        clinic: clinic?.id ?? '',
        patient: patient.id,
        issuedAt: instant(from),
        validUntil: instant(until),
        policy: policy.version,
        lines,
        paper: { writtenOn, person: actor.person, site: actor.site },
        dispenses: 0,
        served: [],
        pageMac: await deps.vault.mac('page', `${id}|${birthDate}`),
        sealed: seal(patient.key, id, personal, deps.random),
      };
      const event = eventOf(deps, actor, 'prescription-entered', now, {
        number: p.number,
        policy: p.policy,
        prescriber: p.prescriber,
        writtenOn,
        validUntil: p.validUntil,
        lines: lines.map((l) => ({ line: l.line, medicine: l.medicine, quantity: l.quantity })),
      });
      const sealed = sealBytes(patient.key, id, pictureField, Buffer.from(picture.data, 'base64'), deps.random);
      const change = changeOf(event, now, once, { status: 201, reference: id });
      await deps.table.commitPaper(p, { type: picture.type, sealed }, patient.add, change);
      return { status: 201, body: enteredView(p) };
    },
    async ({ reference }) => {
      const p = await deps.table.loadPrescription(reference);
      if (!p) throw new Refusal('not-found');
      return enteredView(p);
    },
  );

/**
 * The picture of a paper, for the pharmacy that entered it; the look is recorded.
 * @throws Refusal of standing, `not-found`, `too-many-requests`
 */
export const readPicture = async (deps: PatientDeps, actor: Actor, id: string) => {
  await loadStanding(deps, actor);
  const [p, picture] = await Promise.all([deps.table.loadPrescription(id), deps.table.loadPicture(id)]);
  if (!p || !picture || p.paper?.site !== actor.site) throw new Refusal('not-found');
  const event = eventOf(deps, actor, 'prescription-looked-up', deps.now(), { prescription: id, by: 'picture' });
  await commitLook(deps, actor, { prescription: id }, event);
  const patient = (await deps.table.loadPatients([p.patient])).get(p.patient);
  // of somebody who was erased, or after its time, there is no picture any more
  if (!patient || isErased(patient) || picture.sealed.length === 0) throw new Refusal('not-found');
  const key = await deps.vault.openKey(patient.id, patient.wrappedKey);
  const data = Buffer.from(unsealBytes(key, id, pictureField, picture.sealed)).toString('base64');
  return { type: picture.type, data };
};
