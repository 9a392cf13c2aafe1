/** What moves a transfer: it leaves the sender, is taken in by the receiver, or comes back. Between them it lies in transit. */
import type { Actor } from '@darmon/domain/actor';
import { transitPlace } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { packName, packsOfScans } from '@darmon/domain/pack-scan';
import type { Entry, PostingLine } from '@darmon/domain/posting';
import {
  type Arrival,
  arrivingState,
  type Discrepancy,
  isOutOfLimits,
  mergedDiscrepancies,
  requireTold,
} from '@darmon/domain/receiving';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { mayMove } from '@darmon/domain/serial-pack';
import { requireStanding } from '@darmon/domain/standing';
import { lotName, type StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import * as rules from '@darmon/domain/transfer';
import type { SerialItem } from '@darmon/table/serial-items';
import { Changed } from '@darmon/table/transact';
import type { LoadedTransfer } from '@darmon/table/transfers';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { nameToldPhotos } from './photos.ts';
import { movedOf, preparePosting, requireSound } from './posting.ts';
import { loadOwn, picksOf, summaryOf, type TransferSummary } from './transfers.ts';

/** The pack of a row, as a row elsewhere begins. */
const packOf = ({ brand, packUnits, divisibleBy, packPrice }: StockRow) => ({
  brand,
  packUnits,
  ...(divisibleBy !== undefined && { divisibleBy }),
  ...(packPrice !== undefined && { packPrice }),
});

/** Units of one lot out of one place and into another, which stand or fall together. */
const fromTo = (
  row: StockRow,
  quantity: number,
  of: { to: string; row: NonNullable<Entry['row']>; controlled?: boolean | undefined; serials: readonly string[] },
  taken: Pick<Entry, 'held' | 'usable'> = {},
): PostingLine['entries'] => {
  const { medicine, gtin, lot, expiryDate, site } = row;
  const about = { medicine, gtin, lot, expiryDate, ...(of.controlled && { controlled: true }) };
  return [
    { place: site, ...about, kind: 'transfer-out', quantity: -quantity, ...taken },
    {
      place: of.to,
      ...about,
      kind: 'transfer-in',
      quantity,
      row: of.row,
      ...(of.serials.length > 0 && { serials: [...of.serials], from: site }),
    },
  ];
};

/** Commits what moves, posted at once or in chunks that follow, and answers with where the transfer stands then. */
const commitMove = async (
  deps: Deps,
  actor: Actor,
  of: {
    head: rules.Transfer;
    after: rules.TransferState;
    kind: 'shipment' | 'transfer-receipt';
    lines: readonly PostingLine[];
    arrival?: rules.TransferArrival;
    told: Record<string, unknown>;
    reason?: string;
  },
  once: Once,
  now: number,
) => {
  const job = deps.id();
  const { head, after, kind } = of;
  const posted =
    of.lines.length === 0
      ? { prepared: { whole: true, chunk: { entries: [], register: [] } } as const, state: after, lines: [] }
      : await preparePosting(deps, actor, {
          id: job,
          kind,
          site: actor.site,
          document: head.id,
          after,
          person: actor.person,
          at: now,
          lines: of.lines,
        });
  const next: rules.Transfer = {
    ...head,
    state: posted.prepared.whole ? after : 'posting',
    version: head.version + 1,
    ...(!posted.prepared.whole && { job }),
  };
  const body = summaryOf(next);
  const status = posted.prepared.whole ? 200 : 202;
  const event = eventOf(
    deps,
    actor,
    kind === 'shipment' ? 'transfer-shipped' : 'transfer-received',
    now,
    {
      transfer: head.id,
      ...of.told,
      ...(posted.prepared.whole ? { moved: movedOf(posted.lines) } : { posting: job, of: posted.lines.length }),
    },
    of.reason,
  );
  await deps.table.commitMoved(
    next,
    of.arrival,
    posted.prepared,
    changeOf(event, now, once, { status, reference: head.id, answer: body }),
    actor.site,
  );
  return { status, body };
};

/**
 * Sends off what was picked: from then on it is on its way. A lot that was blocked or recalled since it was picked keeps
 * all of it back, until that pick is undone.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `not-picked`, `lot-recalled`,
 * `lot-blocked`, `lot-expired`, `serial-known`
 */
export const shipTransfer = (
  deps: Deps,
  actor: Actor,
  input: { id: string; sscc?: string; celsius?: number },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const loaded = await loadOwn(deps, actor, input.id, 'from');
      const { head } = loaded;
      rules.requireTransferState(head, 'approved', 'picking');
      const picks = picksOf(loaded);
      if (picks.length === 0) throw new Refusal('not-picked');
      const rows = await deps.table.loadLedgerRows(picks.map((p) => ({ ...p, site: head.from })));
      const lines = picks.map((pick, i): PostingLine => {
        const row = rows[i]?.row;
        if (!row) throw new Error(`transfer ${head.id} holds a lot that is not there`);
        rules.requireMovable(row, tashkentDay(now), `/picks/${i}`);
        const { controlled, serials = [] } = pick;
        const to = { to: transitPlace(head.id), row: { ...packOf(row), state: row.state }, controlled, serials };
        return { line: i + 1, entries: fromTo(row, pick.quantity, to, { held: true, usable: true }) };
      });
      await requireSound(deps, { document: head.id, person: actor.person, at: now }, lines).catch(async (refusal) => {
        // given up or put back while it was judged: what it lacks is no fault of the shelf
        const again = await deps.table.loadTransferHead(head.id);
        throw again?.version === head.version ? refusal : new Changed();
      });
      const { sscc, celsius } = input;
      const shipment = {
        person: actor.person,
        at: instant(now),
        ...(sscc !== undefined && { sscc }),
        ...(celsius !== undefined && { celsius }),
      };
      return commitMove(
        deps,
        actor,
        {
          head: { ...head, shipment },
          after: 'shipped',
          kind: 'shipment',
          lines,
          told: { to: head.to, ...(sscc !== undefined && { sscc }) },
        },
        once,
        now,
      );
    },
    asAnswered<TransferSummary>,
  );

interface Place {
  readonly zone?: string;
  readonly shelf?: string;
}
export type ArrivedLine = Place &
  (
    | { readonly gtin: string; readonly lot: string; readonly quantity: number; readonly expiryDate?: string }
    | { readonly scan: string; readonly lot?: string; readonly quantity?: number }
  );

/** The lot that a scanned pack is of: the one it names, or the only one of its GTIN that is on its way. */
const lotOfScan = (
  pack: { gtin: string; lot?: string; expiryDate?: string },
  said: string | undefined,
  transit: readonly StockRow[],
  pointer: string,
): StockRow => {
  const lot = pack.lot ?? said;
  const possible = transit.filter((r) => r.gtin === pack.gtin && (lot === undefined || r.lot === lot));
  const [row] = possible;
  if (!row) throw refuseAt('lot-unknown', pointer, lot === undefined ? { gtin: pack.gtin } : { lot });
  if (possible.length > 1) throw refuseAt('lot-missing', pointer, { gtin: pack.gtin });
  return row;
};

/** What came, each lot once, its packs together. */
const cameOf = (wanted: readonly ArrivedLine[], transit: readonly StockRow[], today: string): rules.Came[] => {
  const scans = wanted.flatMap((w, i) => ('scan' in w ? [{ raw: w.scan, pointer: `/lines/${i}/scan` }] : []));
  const packs = new Map(packsOfScans(scans, today).map((p) => [p.pointer, p]));
  const lots = new Map<string, rules.Came>();
  for (const [i, w] of wanted.entries()) {
    const place = { ...(w.zone !== undefined && { zone: w.zone }), ...(w.shelf !== undefined && { shelf: w.shelf }) };
    const came = (): rules.Came => {
      if (!('scan' in w)) return { ...w, pointer: `/lines/${i}` };
      const pointer = `/lines/${i}/scan`;
      const pack = packs.get(pointer);
      if (!pack) throw refuseAt('scan-unreadable', pointer);
      const { gtin, expiryDate, serial } = pack;
      const { lot, packUnits } = lotOfScan(pack, w.lot, transit, pointer);
      const quantity = w.quantity ?? packUnits;
      return { gtin, lot, quantity, expiryDate, ...place, ...(serial !== undefined && { serials: [serial] }), pointer };
    };
    const one = came();
    const before = lots.get(lotName(one));
    lots.set(
      lotName(one),
      before
        ? {
            ...before,
            ...place,
            quantity: before.quantity + one.quantity,
            expiryDate: one.expiryDate ?? before.expiryDate,
            serials: [...(before.serials ?? []), ...(one.serials ?? [])],
          }
        : one,
    );
  }
  return [...lots.values()];
};

const serialsSent = (loaded: LoadedTransfer, row: StockRow): string[] =>
  picksOf(loaded).flatMap((p) => (lotName(p) === lotName(row) ? (p.serials ?? []) : []));

/**
 * Packs with a serial number that move with a lot: all that are still on their way where all of it comes, else those
 * that were scanned. A pack that the sender never scanned is the receiver's from its first scan on; one that was handed
 * over or set aside meanwhile stays where that was done.
 */
const serialsOf = (
  loaded: LoadedTransfer,
  { came, row, quantity }: rules.TakenIn,
  known: ReadonlyMap<string, SerialItem>,
): string[] => {
  const here = transitPlace(loaded.head.id);
  const packOf = (serial: string) => known.get(packName({ gtin: row.gtin, serial }));
  const isOnItsWay = (serial: string) => {
    const pack = packOf(serial);
    return pack !== undefined && mayMove(pack, { kind: 'transfer-out', place: here, quantity: -1 }, '');
  };
  const sent = serialsSent(loaded, row).filter(isOnItsWay);
  if (quantity === row.free) return sent;
  return (came.serials ?? []).filter((s) => sent.includes(s) || !packOf(s));
};

/** Packs that were sent with these lots or are scanned now, as they stand. */
const knownSerials = async (
  deps: Deps,
  loaded: LoadedTransfer,
  taken: readonly rules.TakenIn[],
): Promise<ReadonlyMap<string, SerialItem>> => {
  const named = taken.flatMap(({ came, row }) =>
    [...serialsSent(loaded, row), ...(came.serials ?? [])].map((serial) => ({ gtin: row.gtin, serial })),
  );
  if (named.length === 0) return new Map();
  const packs = await deps.table.loadSerials(named);
  return new Map(packs.map((p) => [packName(p), p]));
};

const isControlledLot = (loaded: LoadedTransfer, row: StockRow): boolean =>
  picksOf(loaded).some((p) => p.controlled === true && lotName(p) === lotName(row));

/** What an arrival keeps of the goods that were taken in. */
const arrivalLine = (
  { came, row, quantity }: rules.TakenIn,
  state: StockRow['state'],
  serials: readonly string[],
): rules.ArrivalLine => ({
  gtin: row.gtin,
  medicine: row.medicine,
  lot: row.lot,
  expiryDate: row.expiryDate,
  quantity,
  state,
  ...(came.zone !== undefined && { zone: came.zone }),
  ...(came.shelf !== undefined && { shelf: came.shelf }),
  ...(serials.length > 0 && { serials: [...serials] }),
});

export interface ArrivalInput {
  readonly id: string;
  readonly lines: readonly ArrivedLine[];
  readonly discrepancies?: readonly Discrepancy[];
  readonly arrival?: Arrival;
  readonly final?: true;
}

/**
 * Takes in what came, typed or scanned, out of what is on its way: so nothing comes in twice. What is over is told and
 * not taken in; with `final` what is missing is short and stays on its way until it is found, or the sender has it again. A
 * recalled lot comes in as recalled, and what arrived too warm or too cold waits for quality control.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `scan-*`, `lot-unknown`, `lot-missing`,
 * `expiry-mismatch`, `received-over`, `units-promised`, `quantity-invalid`, `quantity-missing`, `temperature-missing`, `photo-invalid`
 */
export const receiveTransfer = (deps: Deps, actor: Actor, input: ArrivalInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const loaded = await loadOwn(deps, actor, input.id, 'to');
      const { head } = loaded;
      const told = input.discrepancies ?? [];
      const transit = await deps.table.loadTransit(head.id, picksOf(loaded));
      const around = await deps.table.loadForReceipt(
        actor.person,
        actor.site,
        transit,
        told.flatMap((d) => (d.gtin === undefined ? [] : [d.gtin])),
      );
      requireStanding(actor, around.person, around.site, now);
      rules.requireTransferState(head, 'shipped', 'short', 'received');
      rules.requireOnTheWay(head, transit);
      const isFinal = input.final === true;
      if (input.lines.length === 0 && told.length === 0 && !isFinal) throw refuseAt('quantity-missing', '/lines');
      requireTold(told, (gtin) => around.packs.has(gtin));
      await nameToldPhotos(deps, actor.site, told, [head.from]);
      const came = cameOf(input.lines, transit, tashkentDay(now));
      const { taken, discrepancies, left } = rules.judgeArrival(transit, came, told, isFinal);
      const known = await knownSerials(deps, loaded, taken);
      const warm: Discrepancy[] = [];
      const arrived = taken.map((one) => {
        const { row, quantity } = one;
        const name = lotName(row);
        const outOfLimits = isOutOfLimits(around.packs.get(row.gtin)?.storage, input.arrival, around.policy);
        if (outOfLimits) warm.push({ kind: 'cold-chain', gtin: row.gtin, lot: row.lot, received: quantity });
        const { state, quality, spreads } = arrivingState({
          blocked: around.blocked.get(name) ?? (row.state === 'available' ? undefined : row.state),
          recalled: around.known.get(name)?.state === 'recalled',
          outOfLimits,
          needsRelease: false,
        });
        const serials = serialsOf(loaded, one, known);
        const begins: NonNullable<Entry['row']> = {
          ...packOf(row),
          state,
          ...(quality && { quality }),
          ...(spreads && { spreads }),
          ...(one.came.zone !== undefined && { zone: one.came.zone }),
          ...(one.came.shelf !== undefined && { shelf: one.came.shelf }),
          ...(around.site?.kind === 'pharmacy' && { region: around.site.region }),
        };
        const to = { to: head.to, row: begins, controlled: isControlledLot(loaded, row), serials };
        return { entries: fromTo(row, quantity, to), line: arrivalLine(one, state, serials) };
      });
      const differs = mergedDiscrepancies(discrepancies, warm);
      const arrival: rules.TransferArrival = {
        id: deps.id(),
        kind: 'receipt',
        at: instant(now),
        person: actor.person,
        lines: arrived.map((a) => a.line),
        ...(differs.length > 0 && { discrepancies: differs }),
        ...(input.arrival && { arrival: input.arrival }),
        ...(isFinal && { final: true }),
      };
      return commitMove(
        deps,
        actor,
        {
          head,
          after: rules.stateAfterArrival(left, isFinal, head),
          kind: 'transfer-receipt',
          lines: arrived.map(({ entries }, i) => ({ line: i + 1, entries })),
          arrival,
          told: {
            arrival: arrival.id,
            ...(differs.length > 0 && {
              discrepancies: differs.map(({ note: _note, photos: _photos, ...d }) => d),
            }),
          },
        },
        once,
        now,
      );
    },
    asAnswered<TransferSummary>,
  );

/**
 * The sender has goods of it again: they were never loaded, were found, or came back. What lies in the way no more can
 * be returned by nobody.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `lot-unknown`, `received-over`,
 * `quantity-invalid`
 */
export const returnTransfer = (
  deps: Deps,
  actor: Actor,
  input: {
    id: string;
    lines: readonly { gtin: string; lot: string; quantity: number }[];
    reason: string;
  },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const loaded = await loadOwn(deps, actor, input.id, 'from');
      const { head } = loaded;
      rules.requireTransferState(head, 'shipped', 'short', 'received');
      const transit = await deps.table.loadTransit(head.id, picksOf(loaded));
      rules.requireOnTheWay(head, transit);
      const { taken, left } = rules.judgeArrival(transit, cameOf(input.lines, transit, tashkentDay(now)), [], false);
      const known = await knownSerials(deps, loaded, taken);
      const back = taken.map((one) => {
        const { row, quantity } = one;
        const serials = serialsOf(loaded, one, known);
        const to = {
          to: head.from,
          row: { ...packOf(row), state: row.state },
          controlled: isControlledLot(loaded, row),
          serials,
        };
        return { entries: fromTo(row, quantity, to), line: arrivalLine(one, row.state, serials) };
      });
      const arrival: rules.TransferArrival = {
        id: deps.id(),
        kind: 'return',
        at: instant(now),
        person: actor.person,
        lines: back.map((b) => b.line),
        reason: input.reason,
      };
      return commitMove(
        deps,
        actor,
        {
          head,
          after: left === 0 ? rules.closedState(head) : head.state,
          kind: 'transfer-receipt',
          lines: back.map(({ entries }, i) => ({ line: i + 1, entries })),
          arrival,
          told: { arrival: arrival.id, returned: true },
          reason: input.reason,
        },
        once,
        now,
      );
    },
    asAnswered<TransferSummary>,
  );
