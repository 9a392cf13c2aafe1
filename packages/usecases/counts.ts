/** Counting: begin, freeze the book, enter what lies there, put right what differs, or call it off. */
import type { Actor } from '@darmon/domain/actor';
import { classesOf } from '@darmon/domain/alerts';
import {
  type CountLine,
  type CountScope,
  enterCount,
  frozenLine,
  isInScope,
  lineSums,
  maxCountLines,
  putRight,
  type ReasonGiven,
} from '@darmon/domain/count';
import { shortNumber } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { lotName, onHandOf } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import type { CountItem } from '@darmon/table/count-items';
import type { PageRequest } from '@darmon/table/page';
import type { LedgerRow } from '@darmon/table/stock-items';
import { Changed } from '@darmon/table/transact';
import {
  type CountEntry,
  type CountLineView,
  entryOf,
  linesOf,
  lineView,
  readSince,
  requireNotOvertaken,
  rowNameOf,
} from './count-lines.ts';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadAccount, loadStanding } from './deps.ts';
import { useAt } from './ledger.ts';
import { movedOf, preparePosting } from './posting.ts';

/** Rows that one transaction freezes, beside the head. */
const frozenAtOnce = 90;
/** How long one call freezes, in milliseconds: well within what a gateway waits. */
const sliceMs = 8_000;

const countView = (c: CountItem) => ({
  id: c.id,
  number: shortNumber(c.id),
  site: c.site,
  scope: c.scope,
  blind: c.blind,
  state: c.state,
  person: c.person,
  at: c.at,
  lines: c.lines,
  counted: c.counted,
  ...(!(c.blind && (c.state === 'open' || c.state === 'freezing')) && { differing: c.differing }),
  recounts: c.recounts,
  ...(c.reason !== undefined && { reason: c.reason }),
  ...(c.closedAt !== undefined && { closedAt: c.closedAt }),
  ...(c.closedBy !== undefined && { closedBy: c.closedBy }),
  ...(c.state === 'posting' && { posting: c.id }),
});
type CountView = ReturnType<typeof countView>;

/** @throws Refusal `not-found`, also for another site's */
const loadOwn = async (deps: Deps, actor: Actor, id: string, site?: string): Promise<CountItem> => {
  const item = await deps.table.loadCount(id);
  if (!item || (actor.reach === 'own' && item.site !== actor.site) || (site !== undefined && item.site !== site))
    throw new Refusal('not-found');
  return item;
};

/** Every row that a site has, with its history. */
const allRows = async (deps: Deps, site: string): Promise<LedgerRow[]> => {
  const rows: LedgerRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.pageOfLedgerRows(site, { cursor, limit: 1_000 });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
};

/** The medicines that a scope comes to now; nothing where it goes by place. */
const medicinesOf = async (
  deps: Deps,
  site: string,
  where: Site | undefined,
  scope: CountScope,
): Promise<string[] | undefined> => {
  if (scope.kind === 'medicines') return [...new Set(scope.medicines)];
  if (scope.kind !== 'class') return undefined;
  const classes = classesOf(await allRows(deps, site), useAt(where), deps.now());
  return classes.flatMap((of) => (scope.classes.includes(of.class) ? [of.medicine] : []));
};

const cancelled = async (deps: Deps, actor: Actor, item: CountItem, reason: string, once?: Once) => {
  const now = deps.now();
  const { cursor: _, ...rest } = item;
  const next: CountItem = {
    ...rest,
    state: 'cancelled',
    version: item.version + 1,
    reason,
    closedAt: instant(now),
    closedBy: actor.person,
  };
  const body = countView(next);
  const event = eventOf(deps, actor, 'count-cancelled', now, { count: item.id, counted: item.counted }, reason);
  await deps.table.commitCountState(
    next,
    changeOf(event, now, once, { status: 200, reference: item.id, answer: body }),
  );
  return { status: 200, body };
};

const freezeTries = 20;

/**
 * Keeps the book of one page of lines after the other, until the count is open or the time is over. Anybody may go on.
 * @throws Refusal `count-too-large`; the count is then cancelled
 */
const freeze = async (deps: Deps, actor: Actor, id: string): Promise<CountItem> => {
  const until = deps.now() + sliceMs;
  let lost = 0;
  for (;;) {
    const item = await deps.table.loadCount(id);
    if (!item) throw new Refusal('not-found');
    if (item.state !== 'freezing' || deps.now() > until || lost > freezeTries) return item;
    const medicines = new Set(item.medicines ?? []);
    const lines: CountLine[] = [];
    let cursor = item.cursor;
    // pages that hold nothing of the scope need no commit of their own
    do {
      const page = await deps.table.pageOfLedgerRows(item.site, { cursor, limit: frozenAtOnce });
      const at = instant(deps.now());
      for (const { row, backdates } of page.items)
        if (isInScope(item.scope, row, medicines)) lines.push(frozenLine(row, backdates, at));
      cursor = page.next;
    } while (cursor !== undefined && lines.length === 0);
    try {
      if (item.lines + lines.length > maxCountLines) {
        await cancelled(deps, actor, item, 'too large');
        throw new Refusal('count-too-large', { max: maxCountLines });
      }
      const { cursor: _, ...rest } = item;
      const next: CountItem = {
        ...rest,
        state: cursor === undefined ? 'open' : 'freezing',
        version: item.version + 1,
        lines: item.lines + lines.length,
        ...(cursor !== undefined && { cursor }),
      };
      await deps.table.commitFrozen(next, lines);
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      lost += 1;
    }
  }
};

/**
 * Begins a count and freezes the book of its lines. One count runs at a site at a time, because a difference that two
 * found would be put right twice.
 * @throws Refusal of standing, `count-running`, `count-too-large`, `key-reused`
 */
export const startCount = async (
  deps: Deps,
  actor: Actor,
  input: { site: string; scope: CountScope; blind: boolean },
  once: Once,
) => {
  const { site, scope, blind } = input;
  const { body } = await changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const standing = await loadStanding(deps, actor);
      const latest = await deps.table.loadLatestCount(site);
      if (latest && ['freezing', 'open', 'posting'].includes(latest.state))
        throw new Refusal('count-running', { number: shortNumber(latest.id) });
      const medicines = await medicinesOf(deps, site, standing.site, scope);
      const id = deps.id();
      const item: CountItem = {
        id,
        site,
        scope,
        blind,
        ...(medicines && { medicines }),
        state: 'freezing',
        person: actor.person,
        at: instant(now),
        version: 1,
        lines: 0,
        counted: 0,
        differing: 0,
        recounts: 0,
      };
      const event = eventOf(deps, actor, 'count-opened', now, { count: id, site, scope, blind });
      const answer = { id };
      await deps.table.commitCount(
        item,
        latest?.id,
        changeOf(event, now, once, { status: 201, reference: id, answer }),
      );
      return { status: 201, body: answer };
    },
    asAnswered<{ id: string }>,
  );
  return { status: 201, body: countView(await freeze(deps, actor, body.id)) };
};

/** Goes on freezing. @throws Refusal of standing, `not-found`, `count-too-large` */
export const advanceCount = async (deps: Deps, actor: Actor, input: { site: string; id: string }) => {
  await loadStanding(deps, actor);
  const item = await loadOwn(deps, actor, input.id, input.site);
  return countView(await freeze(deps, actor, item.id));
};

/** Newest first. */
export const listCounts = async (deps: Deps, actor: Actor, site: string, request: PageRequest) => {
  await loadAccount(deps, actor);
  const page = await deps.table.listCounts(site, request);
  return { ...page, items: page.items.map(countView) };
};

/**
 * A count with a page of its lines, each with what moved under it.
 * @throws Refusal `account-closed`, `not-found`, `bad-cursor`
 */
export const readCount = async (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string },
  request: PageRequest,
): Promise<CountView & { asOf: string; items: CountLineView[]; next?: string }> => {
  await loadAccount(deps, actor);
  const item = await loadOwn(deps, actor, input.id, input.site);
  const page = await deps.table.pageOfCountLines(item.id, request);
  const since = item.state === 'open' ? await readSince(deps, item.site, page.items) : undefined;
  const closed = item.state === 'posting' || item.state === 'posted';
  const reasons = closed ? await deps.table.loadCountReasons(item.id) : [];
  const byLot = new Map(reasons.map((r) => [lotName(r), r] as const));
  return {
    ...countView(item),
    asOf: instant(deps.now()),
    items: page.items.map((line, i) => lineView(line, item, since?.[i], byLot.get(lotName(line)))),
    ...(page.next !== undefined && { next: page.next }),
  };
};

/**
 * Keeps what was counted, each line compared with the book at this very instant. An entry that something moved under,
 * or that differs by more than the tolerance the first time, asks for another.
 * @throws Refusal of standing, `not-found`, `document-closed`, `busy` while it is still freezing, `lot-repeated`,
 * `gtin-unknown`, `expiry-missing`, `expiry-mismatch`, `key-reused`
 */
export const enterCounts = (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string; entries: readonly CountEntry[] },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const { policy } = await loadStanding(deps, actor);
      const { site, id, entries } = input;
      let item = await loadOwn(deps, actor, id, site);
      if (item.state === 'freezing') item = await freeze(deps, actor, id);
      if (item.state === 'freezing') throw new Refusal('busy');
      if (item.state !== 'open') throw new Refusal('document-closed');
      const names = new Set<string>();
      for (const [i, entry] of entries.entries()) {
        if (names.has(lotName(entry))) throw refuseAt('lot-repeated', `/entries/${i}`, { lot: entry.lot });
        names.add(lotName(entry));
      }
      const now = deps.now();
      const at = instant(now);
      const before = await linesOf(deps, item, entries, at);
      const rows = await deps.table.loadLedgerRows(before.map(({ line }) => rowNameOf(site, line)));
      const after = await Promise.all(
        before.map(async ({ line, isNew }, i) => {
          const entry = entries[i] as CountEntry;
          const read = rows[i];
          const started = entry.startedAt === undefined ? undefined : Math.min(now, Date.parse(entry.startedAt));
          // one that counts at that very millisecond came before or after: nobody knows
          const moved =
            read !== undefined &&
            started !== undefined &&
            (await deps.table.loadMovements(site, line.gtin, line.lot, started - 1)).some((m) => m.quantity !== 0);
          const book = read ? onHandOf(read.row) : 0;
          const backdates = read?.backdates ?? line.backdates;
          const counted = { quantity: entry.counted, book, backdates, moved, at, person: actor.person };
          return { was: isNew ? undefined : line, line: enterCount(line, counted, policy.warehouse.countTolerance) };
        }),
      );
      const sums = { lines: 0, counted: 0, differing: 0, recounts: 0 };
      for (const { was, line } of after)
        for (const name of Object.keys(sums) as (keyof typeof sums)[])
          sums[name] += lineSums(line)[name] - lineSums(was)[name];
      const lines = after.map(({ line }) => line);
      const since = await readSince(deps, site, lines);
      const body = {
        count: countView({
          ...item,
          lines: item.lines + sums.lines,
          counted: item.counted + sums.counted,
          differing: item.differing + sums.differing,
          recounts: item.recounts + sums.recounts,
        }),
        lines: lines.map((line, i) => lineView(line, item, since[i], undefined)),
      };
      const event = eventOf(deps, actor, 'count-entered', now, {
        count: id,
        lines: lines.map(({ gtin, lot, counted }) => ({ gtin, lot, counted: counted?.quantity, book: counted?.book })),
      });
      await deps.table.commitEntries(
        item,
        after.map(({ was, line }) => ({ line, isNew: was === undefined })),
        sums,
        changeOf(event, now, once, { status: 200, reference: id, answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<{ count: CountView; lines: CountLineView[] }>,
  );

/**
 * Adds each difference to the book, with its reason, and closes the count. What could not be put right any more in a
 * count of very many lines is told by its job.
 * @throws Refusal of standing, `not-found`, `document-closed`, `recount-needed`, `lines-uncounted`, `reason-missing`,
 * `note-missing`, `units-promised`, `out-of-stock`, `key-reused`
 */
export const postCount = (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string; reasons: readonly ReasonGiven[]; leaveUncounted: boolean },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const standing = await loadStanding(deps, actor);
      const item = await loadOwn(deps, actor, input.id, input.site);
      if (item.state !== 'open') throw new Refusal('document-closed');
      const { id, site } = item;
      const lines = await deps.table.loadAllCountLines(id);
      await requireNotOvertaken(deps, site, lines);
      const put = putRight(lines, input.reasons, input.leaveUncounted);
      const closing = { version: item.version + 1, closedAt: instant(now), closedBy: actor.person };
      const changes = { count: id, lines: item.lines, counted: item.counted, of: put.length };
      if (put.length === 0) {
        const next: CountItem = { ...item, ...closing, state: 'posted' };
        const body = countView(next);
        const event = eventOf(deps, actor, 'count-posted', now, changes);
        await deps.table.commitCountState(
          next,
          changeOf(event, now, once, { status: 200, reference: id, answer: body }),
        );
        return { status: 200, body };
      }
      const [rows, around] = await Promise.all([
        deps.table.loadLedgerRows(put.map(({ line }) => rowNameOf(site, line))),
        deps.table.loadCountLots(put.map(({ line }) => line)),
      ]);
      const posted = await preparePosting(deps, actor, {
        id,
        kind: 'count',
        site,
        document: id,
        after: 'posted',
        person: actor.person,
        at: now,
        lines: put.map((one, i) => ({
          line: i + 1,
          entries: [
            entryOf(one, site, {
              row: rows[i],
              pack: around.packs[i],
              lot: around.known[i],
              blocked: around.blocked.get(lotName(one.line)),
              site: standing.site,
            }),
          ],
        })),
      });
      const next: CountItem = { ...item, ...closing, state: posted.state === 'posting' ? 'posting' : 'posted' };
      const status = next.state === 'posted' ? 200 : 202;
      const body = countView(next);
      const event = eventOf(deps, actor, 'count-posted', now, {
        ...changes,
        ...(posted.prepared.whole
          ? {
              differences: put.map(({ line: { gtin, lot }, difference, given: { reason } }) => ({
                gtin,
                lot,
                difference,
                reason,
              })),
              moved: movedOf(posted.lines),
            }
          : { posting: id }),
      });
      await deps.table.commitCountPosting(
        next,
        posted.prepared,
        put.map(({ given }) => given),
        changeOf(event, now, once, { status, reference: id, answer: body }),
      );
      return { status, body };
    },
    asAnswered<CountView>,
  );

/** Calls a count off; nothing of it is put right. @throws Refusal of standing, `not-found`, `document-closed`, `key-reused` */
export const cancelCount = (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      await loadStanding(deps, actor);
      const item = await loadOwn(deps, actor, input.id, input.site);
      if (item.state !== 'open' && item.state !== 'freezing') throw new Refusal('document-closed');
      return cancelled(deps, actor, item, input.reason, once);
    },
    asAnswered<CountView>,
  );
