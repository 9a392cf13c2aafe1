/**
 * The nightly comparison of the table's events with the log, in steps that are each committed: whoever is killed goes on
 * where the last step ended, and of two at once one makes the next. Three things are looked at. The log is read on from
 * where it was read before, and must continue what was read and end in what was signed; meanwhile its entries are counted
 * by day. Then each day of the table is gone through, site after site: every event must stand in the log at its place,
 * and say what it said. Where a day's entries are more than the events that were found, the day is compared by ids.
 * Memory is that of a slice, however large the country.
 */
import { countrySite } from '@darmon/domain/event';
import {
  allowedDelayMs,
  isRunDue,
  type LogCheckRun,
  type LogCheckState,
  mostNamed,
  openDayAt,
  withEntries,
} from '@darmon/domain/log-check';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { decodeEntry } from '@darmon/log/entry';
import type { TreeHead } from '@darmon/log/merkle';
import { openCheckpoint } from '@darmon/log/note';
import { emptyHead, readOn } from '@darmon/log/read-on';
import { LogRefusal } from '@darmon/log/refusal';
import { checkpointPath } from '@darmon/log/tiles';
import type { PlacedEvent } from '@darmon/table/event-log';
import { Changed } from '@darmon/table/transact';
import {
  compareIds,
  findingOf,
  holdAgainstLog,
  keepFindings,
  type LogCheckDeps,
  ofEvent,
  sizesOf,
} from './log-check-parts.ts';

export type { LogCheckDeps } from './log-check-parts.ts';

const perRead = 250;
/** So long the appender may take until what it was given counts as refused. */
const appenderMs = 3 * 3_600_000;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const headOf = ({ size, root }: LogCheckState['counted']): TreeHead =>
  size === 0 ? emptyHead : { size, root: Buffer.from(root, 'base64') };

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

/** A house of yesterday whose appender has written nothing yet: everything would be missing that is only on its way. */
const isTooNew = async (deps: LogCheckDeps): Promise<boolean> => {
  if (await deps.source.get(checkpointPath)) return false;
  const today = tashkentDay(deps.now());
  return (await firstDay(deps, await loadSites(deps), undefined, today)) >= dayAfter(today, -1);
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
      findings.push(...(await compareIds(deps, { run: run.id, size: state.counted.size, day, sites, until })));
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
      const isDue = asked.now || (asked.night && isRunDue(state, deps.now()));
      if (!isDue || (!asked.now && state.version === 0 && (await isTooNew(deps)))) return { done: true };
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
