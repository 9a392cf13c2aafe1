/**
 * Trails beyond one prescription: of a patient, of a person, of a lot. They are read as they were written; only a look at
 * a patient is written down first, with its reason, like everybody's.
 */
import { type Actor, SiteId } from '@darmon/domain/actor';
import { prescriptionOf } from '@darmon/domain/care-facts';
import type { Event, EventType } from '@darmon/domain/event';
import { isTransit } from '@darmon/domain/ledger';
import { parseNumber } from '@darmon/domain/number';
import { parsePinfl } from '@darmon/domain/pinfl';
import { statusAt } from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { daysThrough } from '@darmon/domain/stock-outlook';
import { tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { pageOfDays } from './day-pages.ts';
import { type Deps, eventOf, loadAccount } from './deps.ts';
import { commitLook } from './patients.ts';
import type { Mac } from './vault.ts';

/** How a patient is found: by what is printed on a prescription, or by a document. */
export type PatientFound = { readonly number: string } | { readonly pinfl: string } | { readonly passport: string };

const idOf = async (deps: Deps & { mac: Mac }, found: PatientFound): Promise<string | undefined> => {
  if ('number' in found) {
    const reading = parseNumber(found.number);
    if (reading.kind === 'refused') throw refuseAt('number-invalid', '/number');
    const id = await deps.table.prescriptionOfNumber(reading.number);
    return id === undefined ? undefined : (await deps.table.loadPrescription(id))?.patient;
  }
  if ('pinfl' in found && parsePinfl(found.pinfl).kind === 'refused') throw refuseAt('pinfl-invalid', '/pinfl');
  const mac = 'pinfl' in found ? await deps.mac('pinfl', found.pinfl) : await deps.mac('passport', found.passport);
  return (await deps.table.patientOfDocument(mac))?.id;
};

/**
 * Finds a patient for an auditor, and records that and why: among the looks at that patient, or, where nobody was found,
 * among the misses of who looked. The answer is an id and says nothing else.
 * @throws Refusal `account-closed`, `number-invalid`, `pinfl-invalid`, `not-found`, `too-many-requests`
 */
export const lookAtPatient = async (
  deps: Deps & { mac: Mac },
  actor: Actor,
  { reason, ...found }: PatientFound & { readonly reason: string },
): Promise<{ patient: string }> => {
  await loadAccount(deps, actor);
  const by = 'number' in found ? 'number' : 'pinfl' in found ? 'pinfl' : 'passport';
  const patient = await idOf(deps, found);
  const changes = { by, found: patient === undefined ? 0 : 1, ...(patient !== undefined && { patient }) };
  const event = eventOf(deps, actor, 'patient-looked-up', deps.now(), changes, reason);
  await commitLook(deps, actor, patient === undefined ? undefined : { patient }, event);
  if (patient === undefined) throw new Refusal('not-found');
  return { patient };
};

/** For so long a look with a reason opens the trail of its patient. */
const lookMs = 3_600_000;
/** Of so many prescriptions, the newest, the trail of a patient is put together. */
const mostPrescriptions = 100;

/**
 * Who looked at a patient and why, and everything that happened to the prescriptions, oldest first. Opened by a look with
 * a reason that the same auditor recorded within the hour.
 * @throws Refusal `account-closed`, `look-first`, `bad-cursor`
 */
export const readPatientTrail = async (
  deps: Pick<Deps, 'table' | 'now'>,
  actor: Actor,
  patient: string,
  request: PageRequest,
) => {
  await loadAccount(deps, actor);
  const looks = await deps.table.listLooks(patient, deps.now() - lookMs);
  if (!looks.some((look) => look.actor.person === actor.person && look.reason !== undefined))
    throw new Refusal('look-first');
  const { items: prescriptions, next: more } = await deps.table.listPrescriptions(
    { patient },
    { limit: mostPrescriptions },
  );
  const page = await deps.table.listPatientTrail(
    patient,
    prescriptions.map(({ id }) => id),
    request,
  );
  return {
    ...page,
    prescriptions: prescriptions.map((p) => ({
      id: p.id,
      number: p.number,
      issuedAt: p.issuedAt,
      clinic: p.clinic,
      prescriber: p.prescriber,
      status: statusAt(p, deps.now()),
    })),
    /** Older prescriptions are not in it. */
    ...(more !== undefined && { older: true as const }),
  };
};

export interface DaysAsked {
  readonly from: string;
  readonly through: string;
  readonly site?: string;
  readonly person?: string;
  readonly type?: EventType;
}

/** So many days one trail spans at most. */
const mostTrailDays = 92;

/**
 * What happened on some days at a site, or where a person works now: all of it, of one person, of one type. A page can
 * hold few although more follow.
 * @throws Refusal `account-closed`, `schema`, `not-found`, `bad-cursor`
 */
export const readDaysTrail = async (
  deps: Pick<Deps, 'table' | 'now'>,
  actor: Actor,
  { from, through, person, type, ...asked }: DaysAsked,
  request: PageRequest,
): Promise<{ site: string; items: (Event & { prescription?: string })[]; next?: string }> => {
  await loadAccount(deps, actor);
  if (from > through || from > tashkentDay(deps.now()) || daysThrough(through, from) > mostTrailDays)
    throw refuseAt('schema', '/through', { max: mostTrailDays });
  if (asked.site === undefined && person === undefined) throw refuseAt('schema', '/site');
  const site = asked.site ?? (await deps.table.loadStanding(person ?? '', actor.site)).person?.site;
  if (site === undefined) throw new Refusal('not-found');
  const today = tashkentDay(deps.now());
  const days = { site, from, through: through < today ? through : today };
  const page = await pageOfDays(deps, days, { cursor: request.cursor, most: request.limit ?? 50 }, (placed) =>
    placed.flatMap((one) => {
      const { event } = one;
      if ((person !== undefined && event.actor.person !== person) || (type !== undefined && event.type !== type))
        return [];
      const prescription = prescriptionOf(one);
      return [{ ...event, ...(prescription !== undefined && { prescription }) }];
    }),
  );
  return { site, ...page };
};

/** A doctor's prescriptions, newest first, as an auditor lists them: ids and states, nothing of patients. */
export const listPrescribed = async (
  deps: Pick<Deps, 'table' | 'now'>,
  actor: Actor,
  prescriber: string,
  request: PageRequest,
) => {
  await loadAccount(deps, actor);
  const page = await deps.table.listPrescriptions({ prescriber }, request);
  const now = deps.now();
  return {
    ...page,
    items: page.items.map((p) => ({
      id: p.id,
      number: p.number,
      issuedAt: p.issuedAt,
      clinic: p.clinic,
      status: statusAt(p, now),
      lines: p.lines.map(({ medicine, quantity, dispensed }) => ({ medicine, quantity, dispensed })),
      warnings: p.overridden?.length ?? 0,
      served: [...new Set(p.served.map(({ site }) => site))],
    })),
  };
};

/** Places of a lot that are read at once; goods on their way lie at one of their own, so a lot may have thousands. */
const placesAtOnce = 100;
const perPage = 100;

const placeOf = (cursor: string | undefined): { site: string; after: string } => {
  if (cursor === undefined) return { site: '', after: '' };
  const [site = '', after = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const isPlace = SiteId.safeParse(site).success || isTransit(site);
  if (!isPlace || (after !== '' && !/^MOVEMENT#[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(after)))
    throw new Refusal('bad-cursor');
  return { site, after };
};
const cursorOf = (site: string, after: string): string => Buffer.from(`${site} ${after}`, 'utf8').toString('base64url');

type LotAsked = { readonly gtin: string; readonly lot: string };

/** Places that ever held a lot, in the order of their names, from one on. */
async function* placesFrom(deps: Pick<Deps, 'table'>, lot: LotAsked, first: string) {
  // the table reads behind a name, and what it is cut to lies before it
  for (let after = first.slice(0, -1); ; ) {
    const places = await deps.table.listPlacesOfLot(lot, after, placesAtOnce);
    for (const place of places) if (place.site >= first) yield place;
    const last = places.at(-1);
    if (!last) return;
    after = last.site;
  }
}

/**
 * Every movement of a lot, place after place, those on the way too, each from its oldest on.
 * @throws Refusal `account-closed`, `bad-cursor`
 */
export const readLotTrail = async (deps: Pick<Deps, 'table'>, actor: Actor, lot: LotAsked, request: PageRequest) => {
  await loadAccount(deps, actor);
  const start = placeOf(request.cursor);
  const most = request.limit ?? perPage;
  const items = [];
  for await (const row of placesFrom(deps, lot, start.site)) {
    if (items.length >= most) return { items, next: cursorOf(row.site, '') };
    let after = row.site === start.site ? start.after : '';
    do {
      const page = await deps.table.readMovements(row, after, most - items.length);
      items.push(
        ...page.movements.map((m) => ({
          site: m.site,
          movement: m.id,
          at: m.at,
          kind: m.kind,
          quantity: m.quantity,
          person: m.person,
          reference: m.reference,
          ...(/^[0-7][0-9A-Z]{25}\.\d+$/.test(m.reference) && { prescription: m.reference.slice(0, 26) }),
        })),
      );
      after = page.next ?? '';
      if (after !== '' && items.length >= most) return { items, next: cursorOf(row.site, after) };
    } while (after !== '');
  }
  return { items };
};
