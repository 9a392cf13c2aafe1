/** Takes documents of stock into the ledger: whole where one transaction holds them, else in chunks that anybody may go on with. */
import type { Actor, Role } from '@darmon/domain/actor';
import { type Backdated, entryTime, isTransit, leastSince, type Movement } from '@darmon/domain/ledger';
import {
  actionsOf,
  chunksOf,
  type Entry,
  joinedLines,
  type Posting,
  type PostingLine,
  type PostingProblem,
} from '@darmon/domain/posting';
import { Refusal } from '@darmon/domain/refusal';
import { nextEntry, type RegisterEntry } from '@darmon/domain/register';
import { mayMove } from '@darmon/domain/serial-pack';
import { isUsable, lotName, onHandOf } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PostedChunk, PostedEntry } from '@darmon/table/posting-items';
import { fitsWhole, type Prepared } from '@darmon/table/postings';
import type { LedgerRow, LotItem } from '@darmon/table/stock-items';
import { Changed } from '@darmon/table/transact';
import { changeOf, type Deps, eventOf } from './deps.ts';

/** Who posts what, and when it counts. */
interface PostingOf {
  /** The document, which its movements refer to. */
  readonly document: string;
  readonly person: string;
  /** Who drew it up, where `person` is another, who let it count and is the witness in a register. */
  readonly author?: string | undefined;
  /** When it counts, in milliseconds. */
  readonly at: number;
  readonly backdated?: Backdated | undefined;
}

/** A document as it is to be posted; it gets `after` as its state. `id` names the posting: a transfer has two. */
export interface DocumentToPost extends PostingOf {
  readonly id: string;
  readonly kind: Posting['kind'];
  readonly site: string;
  readonly after: string;
  readonly lines: readonly PostingLine[];
}

const movementOf = (deps: Deps, of: PostingOf, entry: Entry, now: number): Movement => {
  const { place: site, medicine, gtin, lot, kind, quantity, reason, reverses, serials } = entry;
  return {
    ...(reason !== undefined && { reason }),
    ...entryTime(deps.id(), of.at, of.backdated, now),
    site,
    medicine,
    gtin,
    lot,
    kind,
    quantity,
    reference: of.document,
    person: of.author ?? of.person,
    ...(reverses !== undefined && { reverses }),
    ...(serials !== undefined && serials.length > 0 && { serials: [...serials] }),
  };
};

/** One entry a register page: what the chunk moves of a controlled medicine at a site. What is on its way has no register. */
const registerOf = async (
  deps: Deps,
  of: PostingOf,
  entries: readonly Entry[],
  now: number,
): Promise<RegisterEntry[]> => {
  const sums = new Map<string, Entry>();
  for (const entry of entries)
    if (entry.controlled && !isTransit(entry.place)) {
      const name = `${entry.place}#${entry.medicine}`;
      const before = sums.get(name);
      sums.set(name, before ? { ...before, quantity: before.quantity + entry.quantity } : entry);
    }
  if (sums.size === 0) return [];
  const bySite = Map.groupBy(sums.values(), (e) => e.place);
  const read = await Promise.all(
    [...bySite].map(async ([site, all]) => {
      const pages = await deps.table.loadRegister(
        site,
        all.map((e) => e.medicine),
      );
      return all
        .filter((e) => e.quantity !== 0)
        .map(({ medicine, kind, quantity }) =>
          nextEntry(pages.get(medicine), {
            site,
            medicine,
            at: instant(now),
            ...(of.backdated && { countsAt: instant(of.at) }),
            kind: kind as RegisterEntry['kind'],
            quantity,
            reference: of.document,
            person: of.author ?? of.person,
            ...(of.author !== undefined && { witness: of.person }),
          }),
        );
    }),
  );
  return read.flat();
};

const postedChunk = async (
  deps: Deps,
  of: PostingOf,
  lines: readonly PostingLine[],
  now: number,
  read?: ReadonlyMap<Entry, LedgerRow | undefined>,
): Promise<PostedChunk> => {
  const entries = lines.flatMap((l) => l.entries);
  return {
    entries: entries.map((entry): PostedEntry => {
      const row = read?.get(entry);
      return {
        entry,
        movement: movementOf(deps, of, entry, now),
        ...(of.backdated && { backdated: { raisedAt: row?.raisedAt, backdates: row?.backdates ?? 0 } }),
      };
    }),
    register: await registerOf(deps, of, entries, now),
  };
};

const rowOf = (e: Entry) => ({
  site: e.place,
  medicine: e.medicine,
  expiryDate: e.expiryDate,
  gtin: e.gtin,
  lot: e.lot,
});

/** Why an entry cannot be posted on what stands now; nothing where it can. */
const troubleOf = async (
  deps: Deps,
  of: PostingOf,
  entry: Entry,
  row: LedgerRow | undefined,
  lot: LotItem | undefined,
): Promise<Pick<PostingProblem, 'code' | 'facts'> | undefined> => {
  if (lot && lot.expiryDate !== entry.expiryDate)
    return { code: 'expiry-mismatch', facts: { lot: entry.lot, expiryDate: lot.expiryDate } };
  if (entry.kind === 'opening' && row) return { code: 'lot-known-here', facts: { lot: entry.lot } };
  if (entry.quantity >= 0) return undefined;
  if (entry.usable && row && !isUsable(row.row, tashkentDay(of.at))) {
    const { state, expiryDate } = row.row;
    if (state === 'available') return { code: 'lot-expired', facts: { expiryDate } };
    return { code: state === 'recalled' ? 'lot-recalled' : 'lot-blocked', facts: { state } };
  }
  const there = entry.held ? (row?.row.held ?? 0) : (row?.row.free ?? 0);
  if (there < -entry.quantity) return { code: 'out-of-stock', facts: { available: there } };
  if (!of.backdated || !row) return undefined;
  const after = await deps.table.loadMovements(entry.place, entry.gtin, entry.lot, of.at);
  // what was taken since the row was read stands among the movements and not in it; what was added is found at the commit
  const [since] = await deps.table.loadLedgerRows([rowOf(entry)]);
  const least = leastSince(Math.min(onHandOf(row.row), since ? onHandOf(since.row) : 0), after);
  return least < -entry.quantity ? { code: 'past-negative', facts: { available: Math.max(0, least) } } : undefined;
};

/**
 * A line with the state that the country has given its lots meanwhile: between a document and its chunks a lot may have
 * been recalled, put on hold or let go. What waits for quality control goes on waiting.
 */
const inCountry = (line: PostingLine, lots: ReadonlyMap<string, LotItem>): PostingLine => ({
  ...line,
  entries: line.entries.map((e) => {
    const state = lots.get(lotName(e))?.state ?? 'available';
    const lot = e.lotState === undefined ? {} : { lotState: state };
    if (!e.row) return { ...e, ...lot };
    const { quality, spreads, ...row } = e.row;
    const waits = state !== 'recalled' && quality;
    const next = waits ? { ...row, quality, ...(spreads && { spreads }) } : { ...row, state };
    return { ...e, ...lot, row: next };
  }),
});

/** The lines of a chunk as the country has their lots now. */
const broughtUpToDate = async (deps: Deps, lines: readonly PostingLine[]): Promise<PostingLine[]> => {
  const lots = lines.flatMap((l) => l.entries.filter((e) => e.row || e.lotState !== undefined));
  const known = await deps.table.loadLotItems(lots);
  const byName = new Map(known.flatMap((lot) => (lot ? [[lotName(lot), lot] as const] : [])));
  return lines.map((line) => inCountry(line, byName));
};

/** True where no lot is compared as it is posted, so that its state must be looked up before: goods that only move. */
const movesOnly = (line: PostingLine): boolean => line.entries.some((e) => e.row && e.lotState === undefined);

interface Judged {
  readonly lines: readonly PostingLine[];
  readonly problems: readonly PostingProblem[];
  readonly read: ReadonlyMap<Entry, LedgerRow | undefined>;
}

/** Which lines can be posted on what stands now, and why others cannot; a line stands or falls as a whole. */
const judge = async (deps: Deps, of: PostingOf, lines: readonly PostingLine[]): Promise<Judged> => {
  const entries = lines.flatMap((l) => l.entries);
  const lots = entries.filter((e) => e.lotState !== undefined);
  const serials = entries.flatMap((e) => (e.serials ?? []).map((serial) => ({ gtin: e.gtin, serial, entry: e })));
  const [rows, known, packs] = await Promise.all([
    deps.table.loadLedgerRows(entries.map(rowOf)),
    deps.table.loadLotItems(lots),
    serials.length > 0 ? deps.table.loadSerials(serials) : [],
  ]);
  const read = new Map(entries.map((e, i) => [e, rows[i]] as const));
  const lotOf = new Map(lots.map((e, i) => [e, known[i]] as const));
  const problems: PostingProblem[] = [];
  const sound: PostingLine[] = [];
  for (const line of lines) {
    const trouble = (
      await Promise.all(
        line.entries.map(async (e) => {
          const serial = serials.find(
            (s) =>
              s.entry === e &&
              packs.some((p) => p.gtin === s.gtin && p.serial === s.serial && !mayMove(p, e, of.document)),
          );
          if (serial) return { code: 'serial-known', facts: { serial: serial.serial } };
          return troubleOf(deps, of, e, read.get(e), lotOf.get(e));
        }),
      )
    ).find((t) => t !== undefined);
    if (trouble) problems.push({ line: line.line, ...trouble });
    else sound.push(line);
  }
  return { lines: sound, problems, read };
};

/** What a document will do, for its event: nothing personal, and the same for whole and for chunks. */
export const movedOf = (lines: readonly PostingLine[]) =>
  lines.flatMap((l) => l.entries.map(({ place, gtin, lot, kind, quantity }) => ({ place, gtin, lot, kind, quantity })));

/**
 * Prepares a document for its commit. One that a transaction holds is posted with it, all or nothing, and is `after` at
 * once; a longer one is stored and is `posting` until its last chunk.
 * @throws Refusal `past-negative`, `out-of-stock`, `expiry-mismatch`, `serial-known` of a whole one that is dated back
 */
export const preparePosting = async (
  deps: Deps,
  actor: Actor,
  document: DocumentToPost,
): Promise<{ prepared: Prepared; state: string; lines: readonly PostingLine[] }> => {
  const now = deps.now();
  const lines = joinedLines(document.lines);
  const chunks = chunksOf(lines);
  if (chunks.length === 1 && fitsWhole(lines.reduce((sum, l) => sum + actionsOf(l), 0))) {
    const read = document.backdated ? await requireSound(deps, document, lines) : undefined;
    const chunk = await postedChunk(deps, document, lines, now, read);
    return { prepared: { whole: true, chunk }, state: document.after, lines };
  }
  const { id, kind, site, after, author, backdated } = document;
  const posting: Posting = {
    id,
    // two who post one document at once must not write over each other's chunks
    stored: deps.id(),
    kind,
    site,
    document: document.document,
    after,
    person: actor.person,
    role: actor.role,
    ...(author !== undefined && { author }),
    at: instant(document.at),
    ...(backdated && { backdated }),
    lines: lines.length,
    chunks: chunks.length,
    done: 0,
    linesDone: 0,
    problems: [],
  };
  return { prepared: { whole: false, posting, chunks }, state: 'posting', lines };
};

/** @throws Refusal of the first line that cannot be posted on what stands now, at its pointer */
export const requireSound = async (deps: Deps, of: PostingOf, lines: readonly PostingLine[]) => {
  const { problems, read } = await judge(deps, of, lines);
  const [first] = problems;
  if (first)
    throw new Refusal(first.code as Refusal['code'], first.facts, [
      { pointer: `/lines/${first.line - 1}`, detail: first.code },
    ]);
  return read;
};

/**
 * Posts the next chunk, and says how the posting stands then. Tried first as it was judged when it was stored, then on
 * what stands now, without what cannot be.
 */
const postNext = async (deps: Deps, posting: Posting, chunk: readonly PostingLine[]): Promise<Posting> => {
  const n = posting.done + 1;
  const when = () => (posting.backdated ? Date.parse(posting.at) : deps.now());
  const { document, person, author, backdated } = posting;
  const commit = async ({ lines, problems, read }: Judged): Promise<Posting> => {
    const now = deps.now();
    const of: PostingOf = { document, person, author, at: when(), backdated };
    const posted = await postedChunk(deps, of, lines, now, read);
    const actor = { person: posting.person, role: posting.role as Role, site: posting.site } as Actor;
    const event = eventOf(deps, actor, 'stock-posted', now, {
      posting: posting.id,
      document: posting.document,
      chunk: n,
      moved: movedOf(lines),
      ...(problems.length > 0 && { problems }),
    });
    await deps.table.commitChunk(
      posting,
      { ...posted, n, lines: chunk.length, problems },
      changeOf(event, now, undefined, { status: 200, reference: posting.id }),
    );
    return { ...posting, done: n, problems: [...posting.problems, ...problems] };
  };
  if (!backdated)
    try {
      const lines = chunk.some(movesOnly) ? await broughtUpToDate(deps, chunk) : chunk;
      return await commit({ lines, problems: [], read: new Map() });
    } catch (error) {
      if (!(error instanceof Changed) && !(error instanceof Refusal && error.code !== 'busy')) throw error;
    }
  const current = await deps.table.loadPosting(posting.id);
  if (!current || current.done >= n) return current ?? posting;
  const of: PostingOf = { document, person, at: when(), backdated };
  return commit(await judge(deps, of, await broughtUpToDate(deps, chunk)));
};

const tries = 8;

/** Chunks of a posting, each read while the one before it is being posted. */
const chunksAhead = (deps: Deps, posting: Posting) => {
  let ahead: { readonly n: number; readonly lines: Promise<PostingLine[]> } | undefined;
  const begin = (n: number) => {
    const lines = deps.table.loadChunk(posting, n);
    // whoever asks for it is told; nobody asks where the one before it failed
    lines.catch(() => undefined);
    return { n, lines };
  };
  return (n: number): Promise<PostingLine[]> => {
    const { lines } = ahead?.n === n ? ahead : begin(n);
    ahead = n < posting.chunks ? begin(n + 1) : undefined;
    return lines;
  };
};

/**
 * Goes on with a posting until it is finished or `until` (milliseconds) has come. Several may do so at once: a chunk is
 * posted by one of them.
 * @throws Refusal `not-found`, `busy` where others keep winning
 */
export const advancePosting = async (deps: Deps, id: string, until: number): Promise<Posting> => {
  let failed = 0;
  for (;;) {
    const posting = await deps.table.loadPosting(id);
    if (!posting) throw new Refusal('not-found');
    let at = posting;
    const chunkOf = chunksAhead(deps, posting);
    while (at.done < at.chunks && deps.now() < until) {
      try {
        // what a neighbour posted meanwhile is seen at the next failed condition
        at = await postNext(deps, at, await chunkOf(at.done + 1));
        failed = 0;
      } catch (error) {
        if (!(error instanceof Changed)) throw error;
        if (failed === tries) throw new Refusal('busy');
        failed += 1;
        await deps.pause(10 * failed);
        break;
      }
    }
    // a neighbour may have done the last of it while this one failed
    if (failed === 0 || at.done >= at.chunks) return (await deps.table.loadPosting(id)) ?? posting;
    if (deps.now() >= until) return posting;
  }
};

/**
 * Finishes what nobody goes on with; the job's. Says how many it finished. One that fails does not keep the others
 * waiting, and is told when they are done.
 */
export const finishPostings = async (deps: Deps, until: number): Promise<number> => {
  let finished = 0;
  const failures: unknown[] = [];
  for (const { id } of await deps.table.listOpenPostings(50)) {
    try {
      const posting = await advancePosting(deps, id, until);
      if (posting.finishedAt) finished += 1;
    } catch (error) {
      failures.push(error);
    }
    if (deps.now() >= until) break;
  }
  if (failures.length > 0) throw failures[0];
  return finished;
};
