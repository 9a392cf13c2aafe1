/** A person's own data as one file. That it was handed out, to whom it concerns and why, is on record before it is read. */
import type { Actor } from '@darmon/domain/actor';
import type { Event } from '@darmon/domain/event';
import { fhirBundle } from '@darmon/domain/fhir';
import type { PatientQuery } from '@darmon/domain/patient';
import { lookTypes, type PatientExport, type StaffExport } from '@darmon/domain/person-export';
import { statusAt } from '@darmon/domain/prescription';
import type { Asked } from '@darmon/domain/privacy';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { dayMs, dayStart, instant, tashkentDay } from '@darmon/domain/time';
import type * as z from 'zod';
import { type Deps, eventOf, loadStanding } from './deps.ts';
import { requireAsked } from './erasure.ts';
import { commitLook, isErased, itemsOf, openRecord, openSealed, type PatientDeps, queryKind } from './patients.ts';
import { unseal } from './vault.ts';

/**
 * The patient behind a document that somebody saw: an id and as much as tells two people apart, no more.
 * @throws Refusal of standing, `site-unknown`, `pinfl-invalid`, `too-many-requests`
 */
export const findForRights = async (deps: PatientDeps, actor: Actor, input: { who: PatientQuery; asked: Asked }) => {
  await Promise.all([loadStanding(deps, actor), requireAsked(deps, input.asked)]);
  const [item, ...others] = await itemsOf(deps, input.who);
  const found = others.length === 0 ? item : undefined;
  const { reason, ...asked } = input.asked;
  const changes = { by: queryKind(input.who), found: found ? 1 : 0, ...(found && { patient: found.id }), ...asked };
  const event = eventOf(deps, actor, 'patient-looked-up', deps.now(), changes, reason);
  await commitLook(deps, actor, found ? { patient: found.id } : undefined, event);
  if (!found) return { patient: null };
  const { fullName, birthDate } = await openRecord(deps, found);
  const initials = fullName
    .split(/\s+/)
    .map((word) => `${word.charAt(0)}.`)
    .join(' ');
  return { patient: { id: found.id, initials, birthYear: Number(birthDate.slice(0, 4)) } };
};

const isLook = ({ type, changes }: Event): boolean => lookTypes.some((one) => one === type) && changes.found !== 0;

/**
 * Everything that is held about a patient.
 * @throws Refusal of standing, `site-unknown`, `not-found`, also of somebody who was erased
 */
export const exportPatient = async (
  deps: PatientDeps,
  actor: Actor,
  input: { patient: string; asked: Asked },
): Promise<z.input<typeof PatientExport>> => {
  const { table } = deps;
  const { patient: id, asked } = input;
  await Promise.all([loadStanding(deps, actor), requireAsked(deps, asked)]);
  const item = await table.loadPatient(id);
  if (!item || isErased(item)) throw new Refusal('not-found');
  const now = deps.now();
  const { reason, ...where } = asked;
  await table.commitPrivacyEvent(id, eventOf(deps, actor, 'data-exported', now, { patient: id, ...where }, reason));
  const prescriptions = await table.loadPrescriptionsOf(id);
  const [record, key, personal, dispenses, pictures, events] = await Promise.all([
    openRecord(deps, item),
    deps.vault.openKey(item.id, item.wrappedKey),
    openSealed(deps, prescriptions),
    Promise.all(prescriptions.map((p) => (p.dispenses === 0 ? [] : table.loadDispenses(p.id)))),
    Promise.all(prescriptions.map((p) => (p.paper ? table.loadPicture(p.id) : undefined))),
    table.loadEventsAbout(
      id,
      prescriptions.map((p) => p.id),
    ),
  ]);
  const looks = events.filter(isLook);
  const all = dispenses.flat();
  const [{ medicines, sites }, people, feedback] = await Promise.all([
    table.loadNamed({
      medicines: [
        ...prescriptions.flatMap((p) => p.lines.map((l) => l.medicine)),
        ...all.flatMap((d) => d.lines.map((l) => l.medicine)),
      ],
      sites: [...prescriptions.map((p) => p.clinic), ...all.map((d) => d.site), ...looks.map((e) => e.actor.site)],
    }),
    table.loadNames(prescriptions.map((p) => p.prescriber)),
    table.loadFeedbackFor(all.map((d) => d.id)),
  ]);
  const names = new Map([
    ...people.map((one) => [one.id, one.name] as const),
    ...[...sites.values()].map((one) => [one.id, one.name] as const),
  ]);
  const nameOf = (one: string) => names.get(one) ?? one;
  const medicineName = (code: string) => {
    const medicine = medicines.get(code);
    return medicine ? `${medicine.inn} ${medicine.strength}` : code;
  };
  return {
    madeAt: instant(now),
    patient: record,
    prescriptions: prescriptions.map((p, n) => {
      // the code is a picture of what stands beside it
      const { code: _code, ...said } = personal[n] ?? {};
      return {
        id: p.id,
        number: p.number,
        status: statusAt(p, now),
        issuedAt: p.issuedAt,
        validUntil: p.validUntil,
        clinic: nameOf(p.clinic),
        prescriber: nameOf(p.prescriber),
        personal: said,
        lines: p.lines.map(({ line, medicine, dosage, unit, quantity, dispensed }) => ({
          line,
          medicine,
          name: medicineName(medicine),
          dosage,
          unit,
          quantity,
          dispensed,
        })),
        dispenses: (dispenses[n] ?? []).map((d) => ({
          at: d.at,
          site: nameOf(d.site),
          undone: d.undone !== undefined,
          collector: d.sealed ? unseal(key, d.id, d.sealed) : {},
          lines: d.lines.map(({ line, medicine, quantity, lots }) => ({
            line,
            medicine: medicineName(medicine),
            quantity,
            lots: lots.map(({ lot }) => lot),
          })),
        })),
        picture: (pictures[n]?.sealed.length ?? 0) > 0,
      };
    }),
    looks: looks.map(({ at, type, actor: { role, site }, reason: why }) => ({
      at,
      type,
      ...(role !== undefined && { role }),
      site,
      siteName: nameOf(site),
      ...(why !== undefined && { reason: why }),
    })),
    feedback: feedback.map(({ id: one, at, site, kind }) => ({ id: one, at, site, kind })),
    fhir: fhirBundle(
      {
        record,
        prescriptions: prescriptions.map((prescription, n) => ({
          prescription,
          icd10: personal[n]?.icd10,
          dispenses: dispenses[n] ?? [],
        })),
        medicines,
        names,
      },
      now,
    ),
  };
};

/** Days of deeds in one file: more are asked for in turn. */
const mostDays = 31;

/** Every page of a list. */
const everyPage = async <T>(
  list: (cursor: string | undefined) => Promise<{ items: readonly T[]; next?: string }>,
): Promise<T[]> => {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
};

/**
 * What is held about a member of staff, with what the person did on at most 31 days.
 * @throws Refusal of standing, `not-found`, `schema` for too many days
 */
export const exportStaff = async (
  deps: Deps,
  actor: Actor,
  input: { id: string; from: string; to: string; reason: string },
): Promise<z.input<typeof StaffExport>> => {
  const { table } = deps;
  await loadStanding(deps, actor);
  const { id, from, to, reason } = input;
  const days: string[] = [];
  for (let at = dayStart(from); at <= dayStart(to) && days.length <= mostDays; at += dayMs) days.push(tashkentDay(at));
  if (days.length === 0 || days.length > mostDays) throw refuseAt('schema', '/to');
  const { person } = await table.loadStanding(id, 'NONE');
  if (!person) throw new Refusal('not-found');
  await table.commitPrivacyEvent(
    id,
    eventOf(deps, actor, 'data-exported', deps.now(), { person: id, from, to }, reason),
  );
  const [{ items: templates }, drafts, account, deeds] = await Promise.all([
    table.loadTemplates(id),
    everyPage((cursor) => table.listDrafts(id, { cursor, limit: 100 })),
    table.loadEventsOfPerson(id),
    Promise.all(
      days.map((day) => everyPage((cursor) => table.listSiteTrail(person.site, day, { cursor, limit: 100 }))),
    ),
  ]);
  return {
    madeAt: instant(deps.now()),
    from,
    to,
    person,
    templates,
    drafts: drafts.length,
    account,
    deeds: deeds.flat().filter((event) => event.actor.person === id),
  };
};
