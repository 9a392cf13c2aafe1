/**
 * Events on their way into the log. It is fed from the table's stream, which repeats what it said, says it late and in
 * several shards at once: whatever comes, an event becomes one entry, and none is left out.
 */
import type { Event } from '@darmon/domain/event';
import { type Appended, makeAppender, type Sealed } from '@darmon/log/append';
import { decodeEntry, type Subject, saltOf, sealEntry } from '@darmon/log/entry';
import type { NoteKey, Sign } from '@darmon/log/note';
import type { PositionIndex, TileStore } from '@darmon/log/store';
import type { PlacedEvent } from '@darmon/table/event-log';
import type { Key } from '@darmon/table/keys';
import type { Deps } from './deps.ts';

export interface EventLogDeps extends Pick<Deps, 'table' | 'random'> {
  readonly store: TileStore;
  /** The log's own key; its name is the origin. */
  readonly key: NoteKey;
  readonly sign: Sign;
}

const secretBytes = 32;
/** What hides an event that concerns no patient. */
const house = 'log';
const staff = (person: string): string => `person#${person}`;
const ofPatient = (patient: string): string => `patient#${patient}`;

const partsOf = (subject: string): { kind: string; id: string } => {
  const [kind = '', ...id] = subject.split('#');
  return { kind: kind.toLowerCase(), id: id.join('#') };
};

/** Whom an event concerns, as far as the event itself or where it lies says so. */
const namedPatient = ({ event, subject }: PlacedEvent): string | undefined => {
  const { patient } = event.changes;
  if (typeof patient === 'string') return patient;
  const { kind, id } = partsOf(subject);
  return kind === 'patient' ? id : undefined;
};

const prescriptionOf = ({ subject }: PlacedEvent): string | undefined => {
  const { kind, id } = partsOf(subject);
  return kind === 'prescription' || kind === 'page' ? id : undefined;
};

/** The patient of each event, in their order. */
const patientsOf = async (
  { table }: Pick<Deps, 'table'>,
  events: readonly PlacedEvent[],
): Promise<(string | undefined)[]> => {
  const unnamed = events.filter((one) => namedPatient(one) === undefined).map(prescriptionOf);
  const prescriptions = [...new Set(unnamed.filter((id) => id !== undefined))];
  const patients = await table.loadPatientsOf(prescriptions);
  const byPrescription = new Map(prescriptions.map((id, n) => [id, patients[n]]));
  return events.map((one) => namedPatient(one) ?? byPrescription.get(prescriptionOf(one) ?? ''));
};

/** Of the public page and of the weekly plan nobody acted who could be named. */
const actorOf = ({ actor }: Event): string | undefined => (actor.role === undefined ? undefined : actor.person);

/**
 * The entry of each event, in their order; the same for the same events, always, because secrets are made once and kept.
 * Who erases a patient destroys that patient's secret: the entry stays, and says nothing about anybody any more. Made
 * again it would be another, so it is marked `erased`: its id can still be compared with the log, its digest cannot. What
 * happens to an erased patient's papers later is hidden under the house's own secret and names no patient.
 */
export const sealEvents = async (
  deps: Pick<EventLogDeps, 'table' | 'random'>,
  events: readonly PlacedEvent[],
): Promise<(Sealed & { readonly erased: boolean })[]> => {
  const patients = await patientsOf(deps, events);
  const actors = events.map(({ event }) => actorOf(event));
  const names = [
    house,
    ...patients.flatMap((id) => (id === undefined ? [] : [ofPatient(id)])),
    ...actors.flatMap((id) => (id === undefined ? [] : [staff(id)])),
  ];
  const secrets = await deps.table.logKeys(names, () => deps.random(secretBytes));
  const secretOf = (name: string): Uint8Array => {
    const secret = secrets.get(name);
    if (!secret) throw new Error('a secret that was kept is not there');
    return secret;
  };
  return events.map(({ event, subject }, n) => {
    const actor = actors[n];
    const erased = patients[n] !== undefined && !secrets.has(ofPatient(patients[n]));
    const patient = erased ? undefined : patients[n];
    const own = secretOf(patient === undefined ? house : ofPatient(patient));
    const subjects: Subject[] = [
      { ...partsOf(subject), key: own },
      ...(patient === undefined ? [] : [{ kind: 'patient', id: patient, key: own }]),
      ...(actor === undefined ? [] : [{ kind: 'actor', id: actor, key: secretOf(staff(actor)) }]),
    ];
    return { id: event.id, bytes: sealEntry(event, saltOf(own, event.id), subjects), erased };
  });
};

class NoSecret extends Error {}
const never = (): never => {
  throw new NoSecret('a secret that was kept is not there');
};

/** An event as somebody finds it who holds it against the log. */
export interface Resealed {
  readonly id: string;
  /** Absent where its patient was erased: what it was hidden under is destroyed, and its id alone can be compared. */
  readonly digest?: string | undefined;
  /** Its secret is gone although nobody was erased: it cannot be what was logged. */
  readonly lost?: true;
}

/** Events sealed again as the appender did, in their order. It makes no secret, so it can tell where one is gone. */
export const resealEvents = async (
  { table }: Pick<Deps, 'table'>,
  events: readonly PlacedEvent[],
): Promise<Resealed[]> => {
  try {
    const sealed = await sealEvents({ table, random: never }, events);
    return sealed.map(({ id, bytes, erased }) => (erased ? { id } : { id, digest: decodeEntry(bytes)?.digest }));
  } catch (error) {
    if (!(error instanceof NoSecret)) throw error;
    if (events.length === 1) return events.map(({ event }) => ({ id: event.id, lost: true }));
    const one = await Promise.all(events.map((event) => resealEvents({ table }, [event])));
    return one.flat();
  }
};

const positionsIn = (table: Deps['table']): PositionIndex => ({
  size: table.loggedSize,
  positions: table.loadLogged,
  record: table.recordLogged,
});

/** Puts events into the log: as `makeAppender`, from the keys of their items. Keys of anything else are passed over. */
export const makeEventLog = (deps: EventLogDeps) => {
  const { table, store, key, sign } = deps;
  const appender = makeAppender({ store, index: positionsIn(table), key, sign });
  return {
    /**
     * Each event once, in the order given, and a checkpoint over all of them; again with the same keys, it adds none.
     * `oldestAt` and `newestAt` are times of the oldest and newest of them, for telling how far the log is behind.
     * @throws what `append` throws: then call it again with the same keys
     */
    async append(keys: readonly Key[]): Promise<Appended & { readonly oldestAt?: string; readonly newestAt?: string }> {
      const events = await table.loadEvents(keys);
      const appended = await appender.append(await sealEvents(deps, events));
      const times = events.map(({ event }) => event.at).sort();
      const [oldestAt, newestAt] = [times[0], times.at(-1)];
      return { ...appended, ...(oldestAt !== undefined && newestAt !== undefined && { oldestAt, newestAt }) };
    },
  };
};

/** So many lists of missing events are taken at once; the next call takes more. */
const missedAtOnce = 50;

/**
 * Appends what the comparison of table and log found to be missing, on the same road as the stream: what came in
 * meanwhile is passed over. Killed between the two steps, it appends nothing the second time.
 * @returns how many events were named
 */
export const appendMissed = async (
  { table }: Pick<Deps, 'table'>,
  log: Pick<ReturnType<typeof makeEventLog>, 'append'>,
): Promise<number> => {
  let named = 0;
  for (const missed of await table.listMissed(missedAtOnce)) {
    await log.append(missed.keys);
    await table.closeMissed(missed);
    named += missed.keys.length;
  }
  return named;
};
