/**
 * The nightly comparison of the table's events with the log, in steps that are each committed: whoever is killed goes on
 * where the last step ended, and of two at once one makes the next. Three things are looked at. The log is read on from
 * where it was read before, and must continue what was read and end in what was signed; meanwhile its entries are counted
 * by day. Then each day of the table is gone through, site after site: every event must stand in the log at its place,
 * and say what it said. Where a day's entries are more than the events that were found, the day is compared by ids.
 * Memory is that of a slice, however large the country.
 */
import { createHash } from 'node:crypto';
import { countrySite } from '@darmon/domain/event';
import {
  allowedDelayMs,
  type FoundOf,
  isRunDue,
  type LogCheckRun,
  type LogCheckState,
  type LogDay,
  type LogFinding,
  mostNamed,
  openDayAt,
  withEntries,
} from '@darmon/domain/log-check';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { decodeEntry, type Entry } from '@darmon/log/entry';
import type { TreeHead } from '@darmon/log/merkle';
import { type NoteKey, openCheckpoint } from '@darmon/log/note';
import { emptyHead, entriesOf, readOn } from '@darmon/log/read-on';
import { LogRefusal } from '@darmon/log/refusal';
import type { TileSource } from '@darmon/log/store';
import { checkpointPath } from '@darmon/log/tiles';
import type { PlacedEvent } from '@darmon/table/event-log';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';
import { resealEvents } from './event-log.ts';

export interface LogCheckDeps extends Pick<Deps, 'table' | 'now' | 'id'> {
  /** The log's files; they are only read. */
  readonly source: TileSource;
  /** The log's own key. */
  readonly key: NoteKey;
  /** So many events, entries or ids at once. */
  readonly sizes?: { readonly events: number; readonly entries: number; readonly ids: number };
  /** Is told how many findings a step had that nobody has acknowledged. */
  readonly heard?: (findings: number) => void;
}

const usualSizes = { events: 10_000, entries: 16_384, ids: 200_000 };
const sizesOf = ({ sizes = usualSizes }: LogCheckDeps) => sizes;
const perRead = 250;
/** So long the appender may take until what it was given counts as refused. */
const appenderMs = 3 * 3_600_000;

const digest = (of: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24);

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const headOf = ({ size, root }: LogCheckState['counted']): TreeHead =>
  size === 0 ? emptyHead : { size, root: Buffer.from(root, 'base64') };

/** A finding by what it is about, so that it is one however often it is found. `now` is what the table says, where that matters. */
const findingOf = (deps: LogCheckDeps, run: string, found: FoundOf, says?: string): LogFinding => ({
  id: digest([found.kind, found.event, found.code, says]),
  state: 'open',
  version: 1,
  ...found,
  foundAt: instant(deps.now()),
  run,
});

/** Keeps what was found; how many of it nobody has acknowledged. */
const keepFindings = async (deps: LogCheckDeps, found: readonly LogFinding[]): Promise<number> => {
  let open = 0;
  for (const one of found) if ((await deps.table.keepFinding(one)).state === 'open') open += 1;
  if (open > 0) deps.heard?.(open);
  return open;
};

const ofEntry = ({ event, at, type, site }: Entry, entry: number) => ({ event, at, type, site, entry });
const ofEvent = ({ event: { id, at, type, actor } }: PlacedEvent) => ({ event: id, at, type, site: actor.site });

/** All sites, and the one that is none, in the order in which a day is gone through. */
const loadSites = async ({ table }: LogCheckDeps): Promise<string[]> => {
  const sites = [countrySite];
  for (let cursor: string | undefined; ; ) {
    const page = await table.listSites({ cursor, limit: perRead });
    sites.push(...page.items.map(({ id }) => id));
    if (page.next === undefined) return [...new Set(sites)].sort();
    cursor = page.next;
  }
};

/** The first day on which anything happened, by the log or by when sites were written down. */
const firstDay = async (
  deps: LogCheckDeps,
  sites: readonly string[],
  firstLogged: string | undefined,
  today: string,
) => {
  let first = firstLogged ?? today;
  for (const site of sites) {
    const since = await deps.table.sinceOfSite(site);
    if (since === undefined) continue;
    const day = tashkentDay(Date.parse(since));
    if (day < first) first = day;
  }
  return first;
};

const begun = (deps: LogCheckDeps, state: LogCheckState): LogCheckState => {
  const startedAt = instant(deps.now());
  const until = openDayAt(startedAt);
  const run: LogCheckRun = {
    id: deps.id(),
    startedAt,
    stage: 'log',
    size: state.counted.size,
    from: state.through === undefined ? until : dayAfter(state.through, 1),
    until,
    days: 0,
    again: 0,
    events: 0,
    missing: 0,
    missed: [],
    appended: 0,
    findings: 0,
  };
  return { ...state, lastStartedAt: startedAt, run };
};

type Running = LogCheckState & { readonly run: LogCheckRun };

/** Reads a piece of the log and counts its entries by day; at its end the days of the table are next. */
const readLog = async (deps: LogCheckDeps, state: Running, sites: readonly string[]): Promise<Running> => {
  const bytes = await deps.source.get(checkpointPath);
  const head = bytes ? openCheckpoint(bytes, deps.key) : emptyHead;
  const byDay = new Map<string, number[]>();
  const known = headOf(state.counted);
  const reached = await readOn(deps.source, { known, head, most: sizesOf(deps).entries }, (entry, position) => {
    const read = decodeEntry(entry);
    if (!read) throw new LogRefusal('entry-not-canonical', `entry ${position}`);
    const day = tashkentDay(Date.parse(read.at));
    const positions = byDay.get(day);
    if (positions) positions.push(position);
    else byDay.set(day, [position]);
  });
  const names = [...byDay.keys()].sort();
  const before = await deps.table.loadLogDays(names);
  for (const [n, day] of names.entries()) {
    const known = before[n];
    await deps.table.keepLogDay(withEntries(known, day, byDay.get(day) ?? []), known?.entries);
  }
  const [earliest] = [...names, ...(state.firstLogged === undefined ? [] : [state.firstLogged])].sort();
  const run = { ...state.run, size: reached.size };
  const next = {
    ...state,
    counted: { size: reached.size, root: base64(reached.root) },
    ...(earliest !== undefined && { firstLogged: earliest }),
    run,
  };
  if (reached.size < head.size) return next;
  const first = state.first ?? (await firstDay(deps, sites, earliest, run.until));
  const from = state.through === undefined ? first : run.from;
  return { ...next, first, run: { ...run, from, ...atDay('days', from) } };
};

const atDay = (stage: 'days' | 'again', day: string) => ({ stage, day }) as const;

/** Some events of a day, from a place on, whole pages of sites; and the place behind them, none at the day's end. */
const sliceOf = async (deps: LogCheckDeps, day: string, sites: readonly string[], place: LogCheckState['place']) => {
  const events: PlacedEvent[] = [];
  let at = place === undefined ? 0 : sites.findIndex((site) => site >= place.site);
  let cursor = sites[at] === place?.site ? place?.cursor : undefined;
  while (at >= 0 && at < sites.length && events.length < sizesOf(deps).events) {
    const site = sites[at] as string;
    const limit = Math.min(perRead, sizesOf(deps).events);
    const page = await deps.table.listPlacedEvents(site, day, { cursor, limit });
    events.push(...page.items);
    cursor = page.next;
    if (cursor === undefined) at += 1;
  }
  const site = at < 0 ? undefined : sites[at];
  return { events, next: site === undefined ? undefined : { site, ...(cursor !== undefined && { cursor }) } };
};

/** Where events stand that the index of positions does not tell, or tells wrongly, looked for in the log's own files. */
const searchLog = async (deps: LogCheckDeps, size: number, events: readonly PlacedEvent[]) => {
  const found = new Map<string, { position: number; entry: Entry }>();
  const wanted = new Set(events.map(({ event }) => event.id));
  const days = [...new Set(events.map(({ event }) => tashkentDay(Date.parse(event.at))))];
  for (const day of await deps.table.loadLogDays(days)) {
    if (!day) continue;
    for await (const { position, entry } of entriesOfDay(deps, size, day))
      if (wanted.has(entry.event)) found.set(entry.event, { position, entry });
  }
  return found;
};

async function* entriesOfDay({ source }: LogCheckDeps, size: number, { day, spans }: LogDay) {
  for (const [from, to] of spans) {
    // a stretch at a time: the positions of a country's day fill no memory
    for (let at = from; at < to; at += usualSizes.entries) {
      const positions = Array.from({ length: Math.min(usualSizes.entries, to - at) }, (_, n) => at + n);
      for await (const { position, bytes } of entriesOf(source, size, positions)) {
        const entry = decodeEntry(bytes);
        if (!entry) throw new LogRefusal('entry-not-canonical', `entry ${position}`);
        if (tashkentDay(Date.parse(entry.at)) === day) yield { position, entry };
      }
    }
  }
}

/** What of some events is in the log as they are, what is there otherwise, and what is not there. */
const holdAgainstLog = async (deps: LogCheckDeps, size: number, events: readonly PlacedEvent[]) => {
  const positions = await deps.table.loadLogged(events.map(({ event }) => event.id));
  const at = new Map<number, number>();
  const unplaced: number[] = [];
  for (const [n, position] of positions.entries()) {
    if (position === undefined) unplaced.push(n);
    // one that was logged since the log was read is compared the next time
    else if (position < size) {
      if (at.has(position)) unplaced.push(n);
      else at.set(position, n);
    }
  }
  const entries = new Map<number, { position: number; entry: Entry | undefined }>();
  for await (const { position, bytes } of entriesOf(deps.source, size, at.keys())) {
    const n = at.get(position) as number;
    const entry = decodeEntry(bytes);
    if (entry?.event === events[n]?.event.id) entries.set(n, { position, entry });
    else unplaced.push(n);
  }
  const elsewhere = await searchLog(
    deps,
    size,
    unplaced.map((n) => events[n] as PlacedEvent),
  );
  const missing: PlacedEvent[] = [];
  for (const n of unplaced) {
    const one = events[n] as PlacedEvent;
    const found = elsewhere.get(one.event.id);
    if (found) entries.set(n, found);
    else missing.push(one);
  }
  const placed = [...entries.keys()].sort((a, b) => a - b);
  const sealed = await resealEvents(
    deps,
    placed.map((n) => events[n] as PlacedEvent),
  );
  const changed = placed.flatMap((n, i) => {
    const { position, entry } = entries.get(n) as { position: number; entry: Entry };
    const { digest: says, lost } = sealed[i] as (typeof sealed)[number];
    if (!lost && (says === undefined || says === entry.digest)) return [];
    return [{ found: { kind: 'changed', ...ofEntry(entry, position) } as const, says: says ?? 'lost' }];
  });
  return { logged: placed.length, missing, changed };
};

/** The day's ids in the table and in the log, held against each other in as many shares as memory asks for. */
const compareIds = async (deps: LogCheckDeps, state: Running, day: string, sites: readonly string[], until: number) => {
  const [kept] = await deps.table.loadLogDays([day]);
  if (!kept) return [];
  const shares = Math.max(1, Math.ceil(kept.entries / sizesOf(deps).ids));
  const shareOf = (id: string): number => (shares === 1 ? 0 : Number.parseInt(digest([id]).slice(0, 6), 16) % shares);
  const findings: LogFinding[] = [];
  for (let share = 0; share < shares; share += 1) {
    const ids = new Map<string, number>();
    for (const site of sites) {
      let page: Awaited<ReturnType<typeof deps.table.listEventKeys>> | undefined;
      do {
        page = await deps.table.listEventKeys(site, day, { start: page?.next });
        for (const { sk } of page.keys) {
          const id = sk.slice('EVENT#'.length);
          if (shareOf(id) === share) ids.set(id, (ids.get(id) ?? 0) + 1);
        }
      } while (page.next);
    }
    for await (const { position, entry } of entriesOfDay(deps, state.counted.size, kept)) {
      if (shareOf(entry.event) !== share || Date.parse(entry.at) > until) continue;
      const times = ids.get(entry.event) ?? 0;
      if (times === 1) continue;
      // it may lie with a site that is in no list
      if (times === 0 && (await deps.table.listEventKeys(entry.site, day, { event: entry.event })).keys.length > 0)
        continue;
      const kind = times === 0 ? 'gone' : 'twice';
      findings.push(findingOf(deps, state.run.id, { kind, ...ofEntry(entry, position) }));
    }
  }
  return findings;
};

/** What comes after a day: the next one, older ones again, or the appender. */
const afterDay = (state: Running, mayLookAgain: boolean): Running => {
  const { run, place: _, ...rest } = state;
  const day = run.day as string;
  if (run.stage === 'days' && day < run.until) {
    return { ...rest, through: day, run: { ...run, day: dayAfter(day, 1) } };
  }
  const last = dayAfter(run.from, -1);
  const next = run.stage === 'days' ? (state.again ?? state.first ?? run.from) : dayAfter(day, 1);
  const isWithin = next <= last && next >= (state.first ?? next);
  const { again: __, ...others } = rest;
  if (!isWithin) return { ...others, run: { ...run, stage: 'append' } };
  if (!mayLookAgain) return { ...others, again: next, run: { ...run, stage: 'append' } };
  return { ...others, again: next, run: { ...run, ...atDay('again', next) } };
};

/** Holds some events of the day against the log; at the day's end its entries must be no more than were found. */
const compareSlice = async (
  deps: LogCheckDeps,
  state: Running,
  sites: readonly string[],
  mayLookAgain: boolean,
): Promise<Running> => {
  const { run } = state;
  const day = run.day as string;
  const until = Date.parse(run.startedAt) - allowedDelayMs;
  const { events, next } = await sliceOf(deps, day, sites, state.place);
  const old = events.filter(({ event }) => Date.parse(event.at) <= until);
  const { logged, missing, changed } = await holdAgainstLog(deps, state.counted.size, old);
  const findings = changed.map(({ found, says }) => findingOf(deps, run.id, found, says));
  const loggedOfDay = (state.place?.logged ?? 0) + logged;
  if (next === undefined) {
    const [kept] = await deps.table.loadLogDays([day]);
    // of a day that is not over the log knows more than was gone through
    if (day === run.until || (kept?.entries ?? 0) !== loggedOfDay)
      findings.push(...(await compareIds(deps, state, day, sites, until)));
  }
  const keys = missing.map(({ event, subject }) => ({ pk: subject, sk: `EVENT#${event.id}` }));
  await deps.table.keepMissed({ run: run.id, keys });
  const open = await keepFindings(deps, findings);
  const counted: Running = {
    ...state,
    run: {
      ...run,
      events: run.events + old.length,
      missing: run.missing + missing.length,
      missed: [...run.missed, ...missing.map(ofEvent)].slice(0, mostNamed),
      findings: run.findings + open,
    },
  };
  if (next) return { ...counted, place: { ...next, logged: loggedOfDay } };
  const { days, again } = counted.run;
  const through = { days: days + 1, again: again + (run.stage === 'again' ? 1 : 0) };
  return afterDay({ ...counted, run: { ...counted.run, ...through } }, mayLookAgain);
};

/** Waits until the appender has taken what was missing; what it did not take is a finding. Undefined while it waits. */
const awaitAppender = async (deps: LogCheckDeps, state: Running): Promise<LogCheckRun | undefined> => {
  const { run } = state;
  const isPatient = deps.now() - Date.parse(state.waitsSince ?? instant(deps.now())) < appenderMs;
  const missed = run.missing === 0 ? [] : await deps.table.listMissedOf(run.id);
  const keys = missed.flatMap((one) => one.keys);
  const ids = keys.map(({ sk }) => sk.slice('EVENT#'.length));
  const positions = await deps.table.loadLogged(ids);
  if (isPatient && positions.includes(undefined)) return undefined;
  // the files up to here were searched: an index that says that it stands there does not tell the truth
  const isIn = (position: number | undefined) => position !== undefined && position >= run.size;
  const left = keys.filter((_, n) => !isIn(positions[n]));
  const events = await deps.table.loadEvents(left);
  const found = events.map((one) => findingOf(deps, run.id, { kind: 'unlogged', ...ofEvent(one) }));
  const open = await keepFindings(deps, found);
  const { day: _, ...ended } = run;
  return {
    ...ended,
    finishedAt: instant(deps.now()),
    appended: positions.filter(isIn).length,
    findings: run.findings + open,
  };
};

const ended = ({ run: _, place: __, waitsSince: ___, ...rest }: LogCheckState): LogCheckState => rest;

/** The files of the log cannot be read as a log: nothing more can be said by comparing, and somebody has to look. */
const brokenOff = async (deps: LogCheckDeps, state: Running, error: LogRefusal) => {
  const { code } = error;
  const { counted, run } = state;
  // as long as it gets no further it is the same finding
  const found = findingOf(deps, run.id, { kind: 'log', code }, `${counted.size} ${run.day}`);
  const findings = run.findings + (await keepFindings(deps, [found]));
  return { ...run, finishedAt: instant(deps.now()), findings };
};

export interface LogChecked {
  /** False where time ran out, or the appender is waited for. */
  readonly done: boolean;
  readonly run?: LogCheckRun;
}

/**
 * Goes on with the comparison until `until` (milliseconds), and begins one where none was begun for half a day.
 * @param asked.now begins one whatever the hour and whatever was before
 * @param asked.night false: nothing is begun and no day gone through, and only what waits for the appender is ended
 * @throws whatever table and source throw; then, or when it dies, call it again
 */
export const compareLog = async (
  deps: LogCheckDeps,
  until: number,
  asked: { readonly night: boolean; readonly now?: boolean },
): Promise<LogChecked> => {
  let sites: string[] | undefined;
  const step = async (state: LogCheckState): Promise<LogChecked | undefined> => {
    const at = (next: LogCheckState): LogCheckState => ({ ...next, version: state.version + 1 });
    const { run } = state;
    if (!run) {
      if (!(asked.now || (asked.night && isRunDue(state, deps.now())))) return { done: true };
      await deps.table.commitLogCheck(at(begun(deps, state)));
      return undefined;
    }
    const running = { ...state, run };
    if (run.stage === 'append') {
      if (state.waitsSince === undefined) {
        await deps.table.commitLogCheck(at({ ...state, waitsSince: instant(deps.now()) }));
        return undefined;
      }
      const over = await awaitAppender(deps, running);
      if (!over) return { done: false, run };
      await deps.table.commitLogCheck(at(ended(state)), over);
      return { done: true, run: over };
    }
    const mayGoOn = asked.now === true || asked.night;
    if (!mayGoOn && run.stage !== 'again') return { done: false, run };
    try {
      sites ??= await loadSites(deps);
      const next = await (run.stage === 'log'
        ? readLog(deps, running, sites)
        : compareSlice(deps, running, sites, mayGoOn));
      await deps.table.commitLogCheck(at(next));
      return undefined;
    } catch (error) {
      if (!(error instanceof LogRefusal)) throw error;
      const over = await brokenOff(deps, running, error);
      await deps.table.commitLogCheck(at(ended(state)), over);
      return { done: true, run: over };
    }
  };
  const fresh: LogCheckState = { version: 0, counted: { size: 0, root: base64(emptyHead.root) } };
  let began = false;
  for (;;) {
    const state = (await deps.table.loadLogCheck()) ?? fresh;
    // one by hand is one: what was begun is ended, and not begun again
    if (!state.run && began) return { done: true };
    try {
      const done = await step(state);
      if (done) return done;
      began = true;
    } catch (error) {
      // somebody else made this step: go on from there
      if (!(error instanceof Changed)) throw error;
      began = true;
    }
    if (deps.now() >= until) {
      const now = await deps.table.loadLogCheck();
      return { done: now?.run === undefined, ...(now?.run && { run: now.run }) };
    }
  }
};

/** Nights go on until morning; then older days wait for the next. */
const logNightMs = { from: 21 * 3_600_000, until: 24 * 3_600_000 };
export const isLogNight = (now: number): boolean => now % dayMs >= logNightMs.from && now % dayMs < logNightMs.until;
