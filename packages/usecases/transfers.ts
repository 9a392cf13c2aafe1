/** Transfers: asked for, agreed to, refused, given up, and where each unit of them is. What moves them is beside it. */
import type { Actor } from '@darmon/domain/actor';
import { shortNumber } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { lotName, maxReceivedUnits, type StockRow } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import * as rules from '@darmon/domain/transfer';
import type { WriteOff } from '@darmon/domain/write-off';
import type { PageRequest } from '@darmon/table/page';
import type { LinePicks } from '@darmon/table/transfer-items';
import type { Held, LoadedTransfer } from '@darmon/table/transfers';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

export type TransferLineInput =
  | { readonly medicine: string; readonly quantity: number }
  | { readonly gtin: string; readonly quantity?: number; readonly packs?: number };

export interface TransferInput {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly TransferLineInput[];
  readonly reason?: string;
  readonly urgent?: true;
  readonly returns?: string;
}

/** A transfer in a list, and as every change of it answers. */
export const summaryOf = ({ version: _, job, ...head }: rules.Transfer) => ({
  ...head,
  number: shortNumber(head.id),
  ...(head.state === 'posting' && job !== undefined && { job }),
});
export type TransferSummary = ReturnType<typeof summaryOf>;

export const lineStateOf = (line: rules.TransferLine, picks: readonly rules.Pick[]) => ({
  ...line,
  picked: rules.pickedUnits(picks.filter((p) => p.line === line.line)),
});

export const picksOf = ({ picks }: LoadedTransfer): rules.Pick[] => picks.flatMap((p) => p.picks);

/** True once goods left the sender with it. */
const isUnderWay = ({ shipment }: rules.Transfer): boolean => shipment !== undefined;

/** Lines that the request names, each medicine once, in units. */
const readLines = async (deps: Deps, wanted: readonly TransferLineInput[]): Promise<rules.TransferLine[]> => {
  const codes = wanted.flatMap((l) => ('medicine' in l ? [l.medicine] : []));
  const [known, packs] = await Promise.all([
    codes.length > 0 ? deps.table.loadKnownMedicines(codes) : new Set<string>(),
    deps.table.loadPacks(wanted.flatMap((l) => ('gtin' in l ? [l.gtin] : []))),
  ]);
  const named = new Map<string, Set<string | undefined>>();
  return wanted.map((line, i) => {
    const at = `/lines/${i}`;
    const read = 'medicine' in line ? line : ofPack(line, packs.get(line.gtin), at);
    if ('medicine' in line && !known.has(line.medicine))
      throw refuseAt('medicine-unknown', `${at}/medicine`, { medicine: line.medicine });
    const gtin = 'gtin' in line ? line.gtin : undefined;
    const before = named.get(read.medicine);
    if (before && (gtin === undefined || before.has(gtin) || before.has(undefined)))
      throw refuseAt('line-repeated', at, { line: i + 1 });
    named.set(read.medicine, (before ?? new Set()).add(gtin));
    return { line: i + 1, medicine: read.medicine, ...(gtin !== undefined && { gtin }), asked: read.quantity };
  });
};

const ofPack = (
  line: { gtin: string; quantity?: number; packs?: number },
  pack: { medicine: string; units: number } | undefined,
  at: string,
): { medicine: string; quantity: number } => {
  if (!pack) throw refuseAt('gtin-unknown', `${at}/gtin`, { gtin: line.gtin });
  if ((line.quantity === undefined) === (line.packs === undefined)) throw refuseAt('packs-and-quantity', at);
  const quantity = line.quantity ?? (line.packs as number) * pack.units;
  if (quantity > maxReceivedUnits) throw refuseAt('quantity-invalid', at, { max: maxReceivedUnits });
  return { medicine: pack.medicine, quantity };
};

/** Goods go back the way they came. */
const requireReturnable = async (deps: Deps, input: TransferInput): Promise<void> => {
  if (input.returns === undefined) return;
  const first = await deps.table.loadTransferHead(input.returns);
  if (!first || first.from !== input.to || first.to !== input.from || !isUnderWay(first))
    throw refuseAt('not-found', '/returns');
};

/**
 * Asks another site for medicines; what a site sends of its own accord is agreed to with the asking.
 * @throws Refusal of standing, `not-found` where neither site is the own, `site-unknown`, `transfer-same-site`,
 * `reason-missing`, `medicine-unknown`, `gtin-unknown`, `packs-and-quantity`, `quantity-invalid`, `line-repeated`
 */
export const requestTransfer = (deps: Deps, actor: Actor, input: TransferInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      if (actor.site !== input.from && actor.site !== input.to) throw new Refusal('not-found');
      const found = await deps.table.loadSites([input.from, input.to]);
      const siteOf = (id: string) => found.find((s) => s.id === id);
      const { urgent } = rules.requireRoute(siteOf(input.from), siteOf(input.to), input);
      const asked = await readLines(deps, input.lines);
      await requireReturnable(deps, input);
      const isSender = actor.site === input.from;
      const lines = isSender ? rules.approvedLines(asked, []) : asked;
      const who = { person: actor.person, at: instant(now) };
      const head: rules.Transfer = {
        id: deps.id(),
        from: input.from,
        to: input.to,
        state: isSender ? 'approved' : 'requested',
        version: 1,
        ...who,
        lines: lines.length,
        ...(urgent && { urgent }),
        ...(input.reason !== undefined && { reason: input.reason }),
        ...(input.returns !== undefined && { returns: input.returns }),
        ...(isSender && { approved: who }),
      };
      const { id, from, to } = head;
      const told = lines.map(({ medicine, gtin, asked: quantity }) => ({
        medicine,
        ...(gtin !== undefined && { gtin }),
        quantity,
      }));
      const event = eventOf(
        deps,
        actor,
        'transfer-requested',
        now,
        { transfer: id, from, to, ...(urgent && { urgent }), lines: told },
        input.reason,
      );
      const body = summaryOf(head);
      await deps.table.commitTransfer(
        head,
        lines,
        changeOf(event, now, once, { status: 201, reference: id, answer: body }),
        actor.site,
      );
      return { status: 201, body };
    },
    asAnswered<TransferSummary>,
  );

/**
 * The transfer as somebody of one of its sites may see it; with `side` only somebody of that one may go on.
 * @throws Refusal `not-found`, also for those of other sites; `not-allowed` for the other side
 */
export const loadOwn = async (deps: Deps, actor: Actor, id: string, side?: 'from' | 'to'): Promise<LoadedTransfer> => {
  const loaded = await deps.table.loadTransfer(id);
  if (!loaded || (actor.reach === 'own' && actor.site !== loaded.head.from && actor.site !== loaded.head.to))
    throw new Refusal('not-found');
  if (side !== undefined && loaded.head[side] !== actor.site) throw new Refusal('not-allowed');
  return loaded;
};

/** One after the other: load, decide, commit a new head. */
const decide = (
  deps: Deps,
  actor: Actor,
  of: { id: string; side?: 'from' | 'to'; type: 'transfer-approved' | 'transfer-refused'; reason?: string },
  once: Once,
  next: (
    loaded: LoadedTransfer,
    who: { person: string; at: string },
  ) => { head: rules.Transfer; lines?: readonly rules.TransferLine[]; told: Record<string, unknown> },
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const loaded = await loadOwn(deps, actor, of.id, of.side);
      const { head, lines, told } = next(loaded, { person: actor.person, at: instant(now) });
      const event = eventOf(deps, actor, of.type, now, { transfer: head.id, ...told }, of.reason);
      const body = summaryOf(head);
      await deps.table.commitTransfer(
        head,
        lines,
        changeOf(event, now, once, { status: 200, reference: head.id, answer: body }),
        actor.site,
      );
      return { status: 200, body };
    },
    asAnswered<TransferSummary>,
  );

/**
 * The sending site agrees, to all of it or to less; the lines that are not named as they were asked for.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `line-unknown`, `line-repeated`,
 * `quantity-invalid`
 */
export const approveTransfer = (
  deps: Deps,
  actor: Actor,
  input: { id: string; lines?: readonly { line: number; quantity: number }[] },
  once: Once,
) =>
  decide(deps, actor, { id: input.id, side: 'from', type: 'transfer-approved' }, once, (loaded, approved) => {
    const { head } = loaded;
    rules.requireTransferState(head, 'requested');
    const lines = rules.approvedLines(loaded.lines, input.lines ?? []);
    const smaller = lines.filter((l) => l.approved !== l.asked).map(({ line, approved: units }) => ({ line, units }));
    return {
      head: { ...head, state: 'approved', version: head.version + 1, approved },
      lines,
      told: { ...(smaller.length > 0 && { smaller }) },
    };
  });

/** @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed` */
export const refuseTransfer = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  decide(
    deps,
    actor,
    { id: input.id, side: 'from', type: 'transfer-refused', reason: input.reason },
    once,
    ({ head }, who) => {
      rules.requireTransferState(head, 'requested');
      return {
        head: { ...head, state: 'refused', version: head.version + 1, closed: { ...who, reason: input.reason } },
        told: {},
      };
    },
  );

/** Actions that give picks back in one transaction, beside the head, the event and the request. */
const givenBackAtOnce = 80;

/** Picks that go back with one stroke, and what then still stands on their line. */
interface GivenBack {
  readonly back: readonly rules.Pick[];
  readonly left: LinePicks;
}

/** In groups that one transaction gives back; a line of very many lots in several of them. */
const groupsOf = (lines: readonly LinePicks[]): GivenBack[][] => {
  const groups: GivenBack[][] = [[]];
  let actions = 0;
  for (const { line, version, picks } of lines)
    for (let at = 0, part = 1; at < picks.length; at += givenBackAtOnce - 1, part += 1) {
      const back = picks.slice(at, at + givenBackAtOnce - 1);
      if (actions > 0 && (part > 1 || actions + 1 + back.length > givenBackAtOnce)) {
        groups.push([]);
        actions = 0;
      }
      groups.at(-1)?.push({ back, left: { line, version: version + part, picks: picks.slice(at + back.length) } });
      actions += 1 + back.length;
    }
  return groups;
};

export const heldBy = (site: string, picks: readonly rules.Pick[], sign: 1 | -1): Held[] =>
  picks.map(({ medicine, expiryDate, gtin, lot, quantity }) => ({
    row: { site, medicine, expiryDate, gtin, lot },
    quantity: sign * quantity,
  }));

/**
 * Gives it up before it is shipped; what was picked is free again. Very many picks are given back in several
 * transactions, which whoever cancels again goes on with.
 * @throws Refusal of standing, `not-found`, `document-closed`
 */
export const cancelTransfer = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const loaded = await loadOwn(deps, actor, input.id);
      rules.requireTransferState(loaded.head, 'requested', 'approved', 'picking', 'cancelling');
      const closed = { person: actor.person, at: instant(now), reason: input.reason };
      const groups = groupsOf(loaded.picks);
      let head = loaded.head;
      for (const [i, group] of groups.entries()) {
        const isLast = i === groups.length - 1;
        head = { ...head, state: isLast ? 'cancelled' : 'cancelling', version: head.version + 1, closed };
        const picks = group.flatMap((g) => g.back);
        const event = eventOf(
          deps,
          actor,
          'transfer-cancelled',
          now,
          { transfer: head.id, putBack: picks.map(({ gtin, lot, quantity }) => ({ gtin, lot, quantity })) },
          input.reason,
        );
        await deps.table.commitCancelled(
          head,
          group.map((g) => g.left),
          heldBy(head.from, picks, -1),
          changeOf(event, now, isLast ? once : undefined, {
            status: 200,
            reference: head.id,
            answer: summaryOf(head),
          }),
          actor.site,
        );
      }
      return { status: 200, body: summaryOf(head) };
    },
    asAnswered<TransferSummary>,
  );

/** Acts of write-off over what is on its way that are not refused or withdrawn, the oldest first. */
export const openActsOf = async (deps: Deps, { writeOffs = [] }: rules.Transfer): Promise<WriteOff[]> =>
  (await deps.table.loadWriteOffs(writeOffs)).filter(({ state }) => state !== 'refused' && state !== 'withdrawn');

/** What became of each lot: on its way, taken in, back, promised to an act, or gone with one. */
const lotsOf = (loaded: LoadedTransfer, transit: readonly StockRow[], acts: readonly WriteOff[]) => {
  const { head, arrivals } = loaded;
  const sum = (kind: 'receipt' | 'return', name: string) =>
    arrivals
      .filter((a) => a.kind === kind)
      .flatMap((a) => a.lines)
      .filter((l) => lotName(l) === name)
      .reduce((total, l) => total + l.quantity, 0);
  const gone = (name: string) =>
    acts
      .filter(({ state }) => state === 'approved')
      .flatMap(({ lines }) => lines.filter((l) => lotName(l) === name))
      .reduce((total, { quantity }) => total + quantity, 0);
  const isSent = isUnderWay(head) && head.state !== 'posting';
  return picksOf(loaded).map((p) => {
    const row = transit.find((r) => lotName(r) === lotName(p));
    return {
      line: p.line,
      medicine: p.medicine,
      gtin: p.gtin,
      lot: p.lot,
      expiryDate: p.expiryDate,
      packUnits: p.packUnits,
      picked: p.quantity,
      received: sum('receipt', lotName(p)),
      returned: sum('return', lotName(p)),
      inTransit: row?.free ?? 0,
      inAct: row?.held ?? 0,
      writtenOff: gone(lotName(p)),
      serials: p.serials?.length ?? 0,
      ...(p.controlled && { controlled: true }),
      ...(p.reason !== undefined && { reason: p.reason }),
      ...(row && { state: row.state }),
      ...(row?.packPrice !== undefined && { packPrice: row.packPrice }),
      ...(isSent && !row && { leftBehind: true }),
    };
  });
};

/** One transfer, with where each unit of it is now. @throws Refusal `not-found` */
export const readTransfer = async (deps: Deps, actor: Actor, id: string) => {
  const loaded = await loadOwn(deps, actor, id);
  const transit = isUnderWay(loaded.head) ? await deps.table.loadTransit(id, picksOf(loaded)) : [];
  const acts = await openActsOf(deps, loaded.head);
  const lots = lotsOf(loaded, transit, acts);
  const inTransit = transit.reduce((sum, row) => sum + row.free + row.held, 0);
  const { state } = loaded.head;
  return {
    ...summaryOf(loaded.head),
    // a line of a long document that could not be posted is still on its way, whatever was hoped for
    state: (state === 'received' || state === 'written-off') && inTransit > 0 ? ('short' as const) : state,
    lines: loaded.lines.map((l) => lineStateOf(l, picksOf(loaded))),
    lots,
    arrivals: loaded.arrivals,
    acts: acts.map(({ id: act, state: at }) => ({ id: act, number: shortNumber(act), state: at })),
    inTransit,
  };
};

/** What a site sends or receives, the newest first. @throws Refusal `not-found` for another site's */
export const listTransfers = async (
  deps: Deps,
  actor: Actor,
  input: { role: 'sender' | 'receiver'; state?: rules.TransferState; site?: string },
  request: PageRequest,
) => {
  const site = input.site ?? actor.site;
  if (actor.reach === 'own' && site !== actor.site) throw new Refusal('not-found');
  const page = await deps.table.listTransfers(site, input.role, request);
  const items = page.items.filter((t) => input.state === undefined || t.state === input.state).map(summaryOf);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};
