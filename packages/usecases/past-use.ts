/**
 * Use from before a site had Darmon, brought from files: judged as it comes, part by part, and kept only when every row
 * is sound; then medicine by medicine, each once, whoever goes on with it. Never about a day that the site's own ledger
 * keeps.
 */
import type { Actor } from '@darmon/domain/actor';
import { longestBackdateMs } from '@darmon/domain/ledger-view';
import type { Once } from '@darmon/domain/once';
import {
  figureOf,
  groupsOf,
  isPastTrouble,
  knownProblems,
  meaningOf,
  mergedPast,
  type PastFigure,
  type PastGroup,
  type PastPacks,
  type PastProblem,
  type PastRow,
  pastChunk,
  periodTrouble,
  readPastRow,
  rowsOfPastPart,
  shownPastProblems,
} from '@darmon/domain/past-use';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import type { LedgerStart, PastImport, PastPart } from '@darmon/table/past-use';
import type { LedgerRow } from '@darmon/table/stock-items';
import { Changed } from '@darmon/table/transact';
import { keepsStock } from './alerts.ts';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadAccount, loadStanding } from './deps.ts';
import { inTurn } from './ledger.ts';

// --- where the ledger begins -----------------------------------------------------------------------------------------

/** While entries can still be dated back before it, a first day is looked for again after so long. */
const freshMs = 10 * 60_000;

const isFresh = (start: LedgerStart, now: number): boolean =>
  now - Date.parse(start.at) < freshMs ||
  (start.since !== undefined && Date.parse(start.since) + longestBackdateMs + dayMs < now);

/** By what was reckoned from the ledger already, where that was done. */
const keptLedgerStart = async (deps: Deps, site: string): Promise<string | undefined> => {
  const [rolled] = await deps.table.loadRolled([site]);
  if (rolled?.through === undefined) return undefined;
  const firsts: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listConsumption(site, { cursor, limit: 1_000 });
    // the day on which a medicine came is written, whatever was used of it
    for (const { month, days } of page.items)
      if (days[0]) firsts.push(`${month}-${String(days[0][0]).padStart(2, '0')}`);
    cursor = page.next;
  } while (cursor !== undefined);
  return firsts.sort()[0];
};

/** Looks through what the site ever had for its first movement. */
const findLedgerStart = async (deps: Deps, site: string): Promise<string | undefined> => {
  let month: string | undefined;
  let rows: LedgerRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPastRows(site, { cursor, limit: 100 });
    for (const row of page.items) {
      const first = Object.keys(row.sums.net).sort()[0];
      if (first === undefined || (month !== undefined && first > month)) continue;
      rows = first === month ? [...rows, row] : [row];
      month = first;
    }
    cursor = page.next;
  } while (cursor !== undefined);
  const first = await inTurn(
    rows.map(({ row: { gtin, lot } }) => async () => {
      const [movement] = await deps.table.loadMovements(site, gtin, lot, 0);
      return movement?.at;
    }),
  );
  const [at] = first.filter((one) => one !== undefined).sort();
  return at === undefined ? undefined : tashkentDay(Date.parse(at));
};

/** The first day that each site's own ledger keeps; nothing where none does yet. */
const loadLedgerStarts = async (deps: Deps, sites: readonly string[]): Promise<Map<string, string | undefined>> => {
  const kept = await deps.table.loadLedgerStarts(sites);
  const starts = new Map<string, string | undefined>();
  for (const [i, site] of sites.entries()) {
    const before = kept[i];
    if (before && isFresh(before, deps.now())) {
      starts.set(site, before.since);
      continue;
    }
    const since = (await keptLedgerStart(deps, site)) ?? (await findLedgerStart(deps, site));
    await deps.table.keepLedgerStart({ site, at: instant(deps.now()), ...(since !== undefined && { since }) });
    starts.set(site, since);
  }
  return starts;
};

// --- an import -------------------------------------------------------------------------------------------------------

/** @throws Refusal `not-found`, also for another site's where the actor keeps one */
const loadOwn = async (deps: Deps, actor: Actor, id: string): Promise<PastImport> => {
  const item = await deps.table.loadPastImport(id);
  if (!item || (actor.reach === 'own' && item.site !== actor.site)) throw new Refusal('not-found');
  return item;
};

/**
 * Begins an import of one site, or of the country by whoever may act for all; nothing counts before it is kept. With
 * `replace` other figures take the place of what was brought before.
 * @throws Refusal of standing, `not-found` for another's site, `site-unknown`, `key-reused`
 */
export const startPastImport = (
  deps: Deps,
  actor: Actor,
  input: { site?: string; rows: number; name: string; replace?: true },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { site, rows, name, replace = false } = input;
      if (actor.reach === 'own' && site !== actor.site) throw new Refusal('not-found');
      const [known] = site === undefined ? [] : await deps.table.loadSites([site]);
      if (site !== undefined && !(known && keepsStock(known))) throw refuseAt('site-unknown', '/site');
      const id = deps.id();
      const of = site === undefined ? {} : { site };
      const event = eventOf(deps, actor, 'past-use-opened', now, { import: id, ...of, rows, replace });
      await deps.table.commitPastImport(
        { id, ...of, name, rows, replace, state: 'loading', version: 1, person: actor.person, at: instant(now) },
        changeOf(event, now, once, { status: 201, reference: id, answer: { id } }),
      );
      return { status: 201, body: { id } };
    },
    asAnswered<{ id: string }>,
  );

const loadPacks = async (deps: Deps): Promise<PastPacks> => {
  const { medicines } = await deps.table.loadFormulary();
  return {
    gtinsOf: new Map(medicines.map(({ code, packs }) => [code, packs.map(({ gtin }) => gtin)])),
    packs: new Map(
      medicines.flatMap(({ code, packs }) =>
        packs.map(({ gtin, units }) => [gtin, { medicine: code, units }] as const),
      ),
    ),
  };
};

/** Each row as a figure, or as what is wrong with it. */
const judgeRows = async (deps: Deps, item: PastImport, from: number, rows: readonly PastRow[]) => {
  const today = tashkentDay(deps.now());
  const packs = await loadPacks(deps);
  const read = rows.map(readPastRow);
  const named = [...new Set(read.flatMap(({ read: row }) => row?.site ?? item.site ?? []))];
  // the site of an import is the only one that its rows may name
  const allowed = named.filter((site) => item.site === undefined || site === item.site);
  const known = (await deps.table.loadSites(allowed)).filter(keepsStock).map(({ id }) => id as string);
  const starts = await loadLedgerStarts(deps, known);
  const problems: PastProblem[] = [];
  const figures: PastFigure[] = [];
  for (const [i, { read: row, troubles }] of read.entries()) {
    const at = from + i;
    problems.push(...troubles.map((trouble) => ({ row: at, ...trouble })));
    if (!row) continue;
    const site = row.site ?? item.site;
    const meant = meaningOf(row, packs);
    const isKnown = site !== undefined && starts.has(site);
    const period = isKnown ? periodTrouble(row.period, starts.get(site), today) : undefined;
    if (site === undefined) problems.push({ row: at, field: 'site', code: 'value-missing', facts: {} });
    else if (!isKnown) problems.push({ row: at, field: 'site', code: 'site-unknown', facts: { site } });
    if (isPastTrouble(meant)) problems.push({ row: at, ...meant });
    if (period) problems.push({ row: at, ...period });
    if (!isKnown || isPastTrouble(meant) || period) continue;
    const { period: of, daysOut } = row;
    figures.push(figureOf(at, { site, period: of, daysOut, ...meant }, starts.get(site), today));
  }
  return { problems, figures };
};

/**
 * Takes a part of an import in place of what came for the same rows before, and says what is wrong with each row by
 * itself.
 * @throws Refusal of standing, `not-found`, `import-invalid` where the part has not the rows that it must have,
 * `document-closed` where it is being kept already
 */
export const loadPastPart = async (
  deps: Deps,
  actor: Actor,
  input: { id: string; from: number; rows: readonly PastRow[] },
) => {
  await loadStanding(deps, actor);
  const { id, from, rows } = input;
  const item = await loadOwn(deps, actor, id);
  if (item.state !== 'loading') throw new Refusal('document-closed');
  const wanted = rowsOfPastPart(from, item.rows);
  if (rows.length !== wanted) throw refuseAt('import-invalid', '/rows', { rows: Math.max(0, wanted) });
  const { problems, figures } = await judgeRows(deps, item, from, rows);
  const shown = problems.slice(0, shownPastProblems);
  await deps.table.commitPastPart(id, {
    from,
    count: rows.length,
    problems: shown,
    problemCount: problems.length,
    figures,
  });
  return { received: rows.length, problems: shown };
};

interface Judged {
  readonly groups: readonly PastGroup[];
  readonly received: number;
  readonly problems: readonly PastProblem[];
  readonly problemCount: number;
}

/** The whole of what came: what is wrong within its rows, between them, and with what is kept already. */
const judgeWhole = async (deps: Deps, item: PastImport, parts: readonly PastPart[]): Promise<Judged> => {
  const { groups, problems: between } = groupsOf(parts.flatMap(({ figures }) => figures));
  const kept = item.replace ? [] : await deps.table.loadPastUse(groups);
  const known = item.replace ? [] : groups.flatMap((group, i) => knownProblems(group, kept[i]?.months ?? []));
  const problems = [...parts.flatMap((part) => part.problems), ...between, ...known].sort((a, b) => a.row - b.row);
  return {
    groups,
    received: parts.reduce((sum, { count }) => sum + count, 0),
    problems: problems.slice(0, shownPastProblems),
    problemCount: parts.reduce((sum, part) => sum + part.problemCount, between.length + known.length),
  };
};

const viewOf = (item: PastImport, judged: Judged) => {
  const { id, site, name, rows, replace, state, of, done, added, replaced, left } = item;
  const { received, problems, problemCount } = judged;
  const isReady = state === 'loading' && received === rows && problemCount === 0;
  return {
    id,
    ...(site !== undefined && { site }),
    name,
    rows,
    replace,
    state: isReady ? ('ready' as const) : state,
    received,
    problemCount,
    problems,
    ...(of !== undefined && { of, done: done ?? 0, added: added ?? 0, replaced: replaced ?? 0, left: left ?? 0 }),
  };
};

/** What is kept needs no judgement, and its parts may be forgotten. */
const asKept = ({ rows }: PastImport): Judged => ({ groups: [], received: rows, problems: [], problemCount: 0 });

/** @throws Refusal `account-closed`, `not-found`, also for another site's */
export const readPastImport = async (deps: Deps, actor: Actor, input: { id: string }) => {
  await loadAccount(deps, actor);
  const item = await loadOwn(deps, actor, input.id);
  const judged =
    item.state === 'loading' ? await judgeWhole(deps, item, await deps.table.loadPastParts(item.id)) : asKept(item);
  return viewOf(item, judged);
};

// --- keeping it ------------------------------------------------------------------------------------------------------

/** From loading to posting, where every row is sound. */
const beginKeeping = async (deps: Deps, actor: Actor, item: PastImport, judged: Judged): Promise<void> => {
  const { received, problems, problemCount, groups } = judged;
  if (received !== item.rows || problemCount > 0)
    throw new Refusal(
      'import-invalid',
      { rows: item.rows, received, problems: problemCount },
      problems.slice(0, 100).map(({ row, field, code }) => ({ pointer: `/rows/${row}/${field}`, detail: code })),
    );
  const now = deps.now();
  const event = eventOf(deps, actor, 'past-use-posted', now, { import: item.id, medicines: groups.length });
  const next = { ...item, state: 'posting' as const, of: groups.length, done: 0, added: 0, replaced: 0, left: 0 };
  await deps.table.commitPastStep(item, next, [], { now, event });
};

/** Keeps the next medicines of an import: what took the place of another figure is told in the event. */
const keepNext = async (deps: Deps, actor: Actor, item: PastImport, groups: readonly PastGroup[]): Promise<void> => {
  const { id, replace, done = 0, added = 0, replaced = 0, left = 0 } = item;
  const chunk = pastChunk(groups, done);
  const kept = await deps.table.loadPastUse(chunk);
  const merged = chunk.map((group, i) => mergedPast(group, kept[i]?.months ?? [], { id, replace }));
  const sum = (of: (one: (typeof merged)[number]) => number) => merged.reduce((all, one) => all + of(one), 0);
  const took = merged.flatMap((one) => one.replaced);
  const next: PastImport = {
    ...item,
    state: done + chunk.length >= groups.length ? 'posted' : 'posting',
    done: done + chunk.length,
    added: added + sum((one) => one.added),
    replaced: replaced + took.length,
    left: left + sum((one) => one.left),
  };
  const now = deps.now();
  const event = eventOf(deps, actor, 'past-use-kept', now, {
    import: id,
    ...(chunk[0] && { site: chunk[0].site }),
    medicines: chunk.map(({ medicine }) => medicine),
    added: sum((one) => one.added),
    ...(took.length > 0 && {
      replaced: took.map(({ medicine, month, used, out, import: by }) => ({ medicine, month, used, out, import: by })),
    }),
  });
  const uses = chunk.flatMap(({ site, medicine }, i) => {
    const one = merged[i];
    if (!one || (one.added === 0 && one.replaced.length === 0)) return [];
    return [{ before: kept[i], after: { site, medicine, months: one.months } }];
  });
  await deps.table.commitPastStep(item, next, uses, { now, event });
};

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;
/** How often somebody else may be faster at the same step. */
const tries = 12;

/**
 * Keeps an import of which every row is sound, for some seconds; harmless to repeat until it is `posted`. Who comes
 * second at a step goes on behind it. A month that another import brought meanwhile is left as it is, and counted.
 * @throws Refusal of standing, `not-found`, `import-invalid` with the first rows that are missing or wrong, `busy`
 */
export const keepPastImport = async (deps: Deps, actor: Actor, input: { id: string }) => {
  await loadStanding(deps, actor);
  const until = deps.now() + sliceMs;
  let item = await loadOwn(deps, actor, input.id);
  if (item.state === 'posted') return viewOf(item, asKept(item));
  let parts = await deps.table.loadPastParts(item.id);
  let { groups } = groupsOf(parts.flatMap(({ figures }) => figures));
  for (let failed = 0; item.state !== 'posted' && deps.now() < until; ) {
    const wasLoading = item.state === 'loading';
    try {
      if (wasLoading) await beginKeeping(deps, actor, item, await judgeWhole(deps, item, parts));
      else await keepNext(deps, actor, item, groups);
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      failed += 1;
      if (failed > tries) throw new Refusal('busy');
      await deps.pause(10 * failed);
      // a part may have come before somebody began to keep it
      if (wasLoading) parts = await deps.table.loadPastParts(item.id);
      ({ groups } = groupsOf(parts.flatMap(({ figures }) => figures)));
    }
    item = await loadOwn(deps, actor, input.id);
  }
  return viewOf(item, asKept(item));
};
