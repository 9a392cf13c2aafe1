/** Some events of the table held against the log, and the ids of a day of both: what is missing, changed, gone or twice. */
import { createHash } from 'node:crypto';
import type { FoundOf, LogDay, LogFinding } from '@darmon/domain/log-check';
import { instant, tashkentDay } from '@darmon/domain/time';
import { decodeEntry, type Entry } from '@darmon/log/entry';
import type { NoteKey } from '@darmon/log/note';
import { entriesOf } from '@darmon/log/read-on';
import { LogRefusal } from '@darmon/log/refusal';
import type { TileSource } from '@darmon/log/store';
import type { PlacedEvent } from '@darmon/table/event-log';
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
export const sizesOf = ({ sizes = usualSizes }: LogCheckDeps) => sizes;

const digest = (of: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24);

/** A finding by what it is about, so that it is one however often it is found. `now` is what the table says, where that matters. */
export const findingOf = (deps: LogCheckDeps, run: string, found: FoundOf, says?: string): LogFinding => ({
  id: digest([found.kind, found.event, found.code, says]),
  state: 'open',
  version: 1,
  ...found,
  foundAt: instant(deps.now()),
  run,
});

/** Keeps what was found; how many of it nobody has acknowledged. */
export const keepFindings = async (deps: LogCheckDeps, found: readonly LogFinding[]): Promise<number> => {
  let open = 0;
  for (const one of found) if ((await deps.table.keepFinding(one)).state === 'open') open += 1;
  if (open > 0) deps.heard?.(open);
  return open;
};

const ofEntry = ({ event, at, type, site }: Entry, entry: number) => ({ event, at, type, site, entry });
export const ofEvent = ({ event: { id, at, type, actor } }: PlacedEvent) => ({ event: id, at, type, site: actor.site });

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
export const holdAgainstLog = async (deps: LogCheckDeps, size: number, events: readonly PlacedEvent[]) => {
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
export const compareIds = async (
  deps: LogCheckDeps,
  of: { run: string; size: number; day: string; sites: readonly string[]; until: number },
): Promise<LogFinding[]> => {
  const { run, size, day, sites, until } = of;
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
    for await (const { position, entry } of entriesOfDay(deps, size, kept)) {
      if (shareOf(entry.event) !== share || Date.parse(entry.at) > until) continue;
      const times = ids.get(entry.event) ?? 0;
      if (times === 1) continue;
      // it may lie with a site that is in no list
      if (times === 0 && (await deps.table.listEventKeys(entry.site, day, { event: entry.event })).keys.length > 0)
        continue;
      const kind = times === 0 ? 'gone' : 'twice';
      findings.push(findingOf(deps, run, { kind, ...ofEntry(entry, position) }));
    }
  }
  return findings;
};
