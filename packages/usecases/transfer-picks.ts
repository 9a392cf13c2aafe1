/** Picking a transfer off the shelves: the walk, each pack confirmed and held from then on, and putting back. */
import type { Actor } from '@darmon/domain/actor';
import { transitPlace } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { packsOfScans } from '@darmon/domain/pack-scan';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { mayMove } from '@darmon/domain/serial-pack';
import { isUsable, type StockRow, stepOf } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import * as rules from '@darmon/domain/transfer';
import type { KnownPack } from '@darmon/table/stock-items';
import type { LoadedTransfer } from '@darmon/table/transfers';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { heldBy, lineStateOf, loadOwn, picksOf, summaryOf } from './transfers.ts';

export type PickInput =
  | { readonly line: number; readonly gtin: string; readonly lot: string; readonly quantity: number }
  | { readonly scan: string; readonly line?: number; readonly lot?: string; readonly quantity?: number };

/** Where a pick stands in its answer: what it changed, and what is picked of those lines now. */
const pickAnswer = (
  head: rules.Transfer,
  lines: readonly rules.TransferLine[],
  all: readonly rules.Pick[],
  changed: readonly Pick<rules.Pick, 'line' | 'gtin' | 'lot' | 'expiryDate' | 'quantity'>[],
) => ({
  ...summaryOf(head),
  touched: lines.filter((l) => changed.some((c) => c.line === l.line)).map((l) => lineStateOf(l, all)),
  picks: changed.map(({ line, gtin, lot, expiryDate, quantity }) => ({ line, gtin, lot, expiryDate, quantity })),
});
export type PickAnswer = ReturnType<typeof pickAnswer>;

/** The walk along the own shelves for what is still to be picked. @throws Refusal `not-found`, `not-allowed`, `document-closed` */
export const readPickList = async (deps: Deps, actor: Actor, id: string) => {
  const loaded = await loadOwn(deps, actor, id, 'from');
  rules.requireTransferState(loaded.head, 'approved', 'picking');
  const picks = picksOf(loaded);
  const open = loaded.lines.filter((l) => lineStateOf(l, picks).picked < (l.approved ?? l.asked));
  const rows = await deps.table.loadShelves(loaded.head.from, [...new Set(open.map((l) => l.medicine))]);
  return rules.pickList(open, rows, picks, tashkentDay(deps.now()));
};

/** What a pick names once its scan is read. */
interface Named {
  readonly gtin: string;
  readonly line?: number | undefined;
  readonly lot?: string | undefined;
  readonly expiryDate?: string | undefined;
  readonly serial?: string | undefined;
  readonly quantity?: number | undefined;
  readonly pointer: string;
}

const readNamed = (wanted: readonly PickInput[], today: string): Named[] => {
  const scans = wanted.flatMap((w, i) => ('scan' in w ? [{ raw: w.scan, pointer: `/picks/${i}/scan` }] : []));
  const packs = new Map(packsOfScans(scans, today).map((p) => [p.pointer, p]));
  return wanted.map((w, i): Named => {
    if (!('scan' in w)) return { ...w, pointer: `/picks/${i}` };
    const pointer = `/picks/${i}/scan`;
    const pack = packs.get(pointer);
    if (!pack) throw refuseAt('scan-unreadable', pointer);
    if (pack.lot !== undefined && w.lot !== undefined && pack.lot !== w.lot)
      throw refuseAt('scan-contradicts', pointer, { scanned: pack.lot });
    return { ...pack, lot: pack.lot ?? w.lot, line: w.line, quantity: w.quantity, pointer };
  });
};

/** The line that a pack serves: the one named, or the one that still needs it. */
const lineFor = (
  named: Named,
  pack: KnownPack | undefined,
  lines: readonly rules.TransferLine[],
  picks: readonly rules.Pick[],
): rules.TransferLine => {
  const serves = (l: rules.TransferLine) =>
    l.medicine === pack?.medicine && (l.gtin === undefined || l.gtin === named.gtin);
  const line =
    named.line === undefined
      ? (lines.find((l) => serves(l) && lineStateOf(l, picks).picked < (l.approved ?? l.asked)) ?? lines.find(serves))
      : lines.find((l) => l.line === named.line);
  if (!line) {
    if (named.line !== undefined) throw refuseAt('line-unknown', named.pointer, { line: named.line });
    throw refuseAt('pack-wrong-medicine', named.pointer, { gtin: named.gtin });
  }
  if (!serves(line)) throw refuseAt('pack-wrong-medicine', named.pointer, { gtin: named.gtin });
  return line;
};

/** The lot that a pack is of, where it is certain; one that the pack does not name is never guessed. */
const lotFor = (named: Named, rows: readonly StockRow[], today: string): string => {
  if (named.lot !== undefined) return named.lot;
  const possible = rows.filter(
    (r) =>
      r.gtin === named.gtin &&
      isUsable(r, today) &&
      r.free > 0 &&
      (named.expiryDate === undefined || r.expiryDate === named.expiryDate),
  );
  const [only] = possible;
  if (!only || possible.length > 1) throw refuseAt('lot-missing', named.pointer, { gtin: named.gtin });
  return only.lot;
};

/** Units of a pick: as said, else one pack, or what the line still needs of one that can be divided. */
const unitsFor = (named: Named, row: StockRow | undefined, open: number, pack: KnownPack | undefined): number => {
  const packUnits = row?.packUnits ?? pack?.units ?? 1;
  if (named.quantity !== undefined) {
    if (named.serial !== undefined && named.quantity !== packUnits)
      throw refuseAt('quantity-invalid', named.pointer, { step: packUnits });
    return named.quantity;
  }
  if (named.serial !== undefined || !row) return packUnits;
  const step = stepOf(row);
  return open > 0 ? Math.min(packUnits, Math.ceil(open / step) * step) : packUnits;
};

const withPick = (picks: readonly rules.Pick[], more: rules.Pick): rules.Pick[] => {
  const before = picks.find((p) => p.line === more.line && p.gtin === more.gtin && p.lot === more.lot);
  if (!before) return [...picks, more];
  const serials = [...(before.serials ?? []), ...(more.serials ?? [])];
  const merged = {
    ...before,
    ...more,
    quantity: before.quantity + more.quantity,
    ...(serials.length > 0 && { serials }),
  };
  return picks.map((p) => (p === before ? merged : p));
};

/** Packs that were scanned must lie here, whole; and nobody picks one twice. */
const requireOwnSerials = async (
  deps: Deps,
  site: string,
  named: readonly Named[],
  picks: readonly rules.Pick[],
): Promise<void> => {
  const scanned = named.flatMap((n) => (n.serial === undefined ? [] : [{ ...n, serial: n.serial }]));
  if (scanned.length === 0) return;
  const known = await deps.table.loadSerials(scanned);
  for (const { gtin, serial, pointer } of scanned) {
    if (picks.some((p) => p.gtin === gtin && p.serials?.includes(serial)))
      throw refuseAt('serial-repeated', pointer, { gtin });
    const pack = known.find((p) => p.gtin === gtin && p.serial === serial);
    if (pack && !mayMove(pack, { kind: 'transfer-out', place: site, quantity: -1 }, ''))
      throw refuseAt('serial-known', pointer, { serial });
  }
};

/** What the picks of one request come to: all picks with them, and what each of them adds. */
const judgePicks = (
  loaded: LoadedTransfer,
  named: readonly Named[],
  packs: ReadonlyMap<string, KnownPack>,
  shelves: readonly StockRow[],
  of: { person: string; now: number; reason: string | undefined },
) => {
  const today = tashkentDay(of.now);
  let picks = picksOf(loaded);
  let rows = [...shelves];
  const added: rules.Pick[] = [];
  for (const one of named) {
    const pack = packs.get(one.gtin);
    if (!pack) throw refuseAt('gtin-unknown', one.pointer, { gtin: one.gtin });
    const line = lineFor(one, pack, loaded.lines, picks);
    const own = picks.filter((p) => p.line === line.line);
    const lot = lotFor(one, rows, today);
    const found = rows.find((r) => r.gtin === one.gtin && r.lot === lot);
    if (found && one.expiryDate !== undefined && one.expiryDate !== found.expiryDate)
      throw refuseAt('scan-contradicts', one.pointer, { lot, expiryDate: found.expiryDate });
    const quantity = unitsFor(one, found, (line.approved ?? line.asked) - rules.pickedUnits(own), pack);
    const row = rules.requirePick(
      line,
      rows,
      own,
      { gtin: one.gtin, lot, quantity },
      { today, reason: of.reason, pointer: one.pointer },
    );
    const pick: rules.Pick = {
      line: line.line,
      medicine: line.medicine,
      gtin: one.gtin,
      lot,
      expiryDate: row.expiryDate,
      quantity,
      packUnits: row.packUnits,
      ...(isControlled(pack.class) && { controlled: true }),
      ...(one.serial !== undefined && { serials: [one.serial] }),
      ...(of.reason !== undefined && { reason: of.reason }),
      person: of.person,
      at: instant(of.now),
    };
    added.push(pick);
    picks = withPick(picks, pick);
    rows = rows.map((r) => (r === row ? { ...r, free: r.free - quantity } : r));
  }
  return { picks, added };
};

/** The same lot in several picks of one request: one row, its units together. */
const joined = (picks: readonly rules.Pick[]): rules.Pick[] => {
  const lots = new Map<string, rules.Pick>();
  for (const p of picks) {
    const name = `${p.gtin}#${p.lot}`;
    const before = lots.get(name);
    lots.set(name, before ? { ...before, quantity: before.quantity + p.quantity } : p);
  }
  return [...lots.values()];
};

/**
 * Confirms packs taken off the own shelves, scanned or typed. They are held for the transfer with the same stroke, so
 * that nobody else is given them; a lot that is blocked or expired meanwhile is refused by the database.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `scan-*`, `gtin-unknown`,
 * `pack-wrong-medicine`, `line-unknown`, `lot-missing`, `lot-unknown`, `lot-blocked`, `lot-recalled`, `lot-expired`,
 * `lot-reason-missing`, `pick-over`, `out-of-stock`, `quantity-invalid`, `serial-repeated`, `serial-known`
 */
export const pickTransfer = (
  deps: Deps,
  actor: Actor,
  input: { id: string; picks: readonly PickInput[]; reason?: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      await loadStanding(deps, actor);
      const loaded = await loadOwn(deps, actor, input.id, 'from');
      const { head } = loaded;
      rules.requireTransferState(head, 'approved', 'picking');
      const named = readNamed(input.picks, today);
      const packs = await deps.table.loadPacks(named.map((n) => n.gtin));
      const medicines = new Set([...packs.values()].map((p) => p.medicine));
      const [shelves] = await Promise.all([
        deps.table.loadShelves(head.from, [...medicines]),
        requireOwnSerials(deps, head.from, named, picksOf(loaded)),
      ]);
      const { picks, added } = judgePicks(loaded, named, packs, shelves, {
        person: actor.person,
        now,
        reason: input.reason,
      });
      const touched = [...new Set(added.map((a) => a.line))];
      const next: rules.Transfer = { ...head, state: 'picking' };
      const body = pickAnswer(next, loaded.lines, picks, added);
      const event = eventOf(
        deps,
        actor,
        'transfer-picked',
        now,
        { transfer: head.id, picks: added.map(({ gtin, lot, quantity }) => ({ gtin, lot, quantity })) },
        input.reason,
      );
      await deps.table.commitPicks(
        head.id,
        { from: ['approved', 'picking'], to: 'picking' },
        touched.map((line) => ({
          line,
          version: (loaded.picks.find((p) => p.line === line)?.version ?? 0) + 1,
          picks: picks.filter((p) => p.line === line),
        })),
        heldBy(head.from, joined(added), 1),
        today,
        changeOf(event, now, once, { status: 200, reference: head.id, answer: body }),
        actor.site,
      );
      return { status: 200, body };
    },
    asAnswered<PickAnswer>,
  );

/** Units of a pick that never left, though the rest did: a long shipment goes on without what was blocked meanwhile. */
const leftBehind = async (deps: Deps, head: rules.Transfer, pick: rules.Pick): Promise<number> => {
  const sent = await deps.table.loadMovements(transitPlace(head.id), pick.gtin, pick.lot, 0);
  return pick.quantity - sent.filter((m) => m.kind === 'transfer-in').reduce((sum, m) => sum + m.quantity, 0);
};

/**
 * Puts a lot back on its shelf, whatever its state is now; once the transfer is shipped, only what was left behind.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `not-picked`, `document-closed`
 */
export const undoPick = (
  deps: Deps,
  actor: Actor,
  input: { id: string; line: number; gtin: string; lot: string },
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
      rules.requireTransferState(head, 'picking', 'shipped', 'received', 'short', 'written-off');
      const line = loaded.picks.find((p) => p.line === input.line);
      const pick = line?.picks.find((p) => p.gtin === input.gtin && p.lot === input.lot);
      if (!line || !pick) throw new Refusal('not-picked');
      const back = head.state === 'picking' ? pick.quantity : await leftBehind(deps, head, pick);
      if (back <= 0) throw new Refusal('document-closed', { state: head.state });
      const left = pick.quantity - back;
      const picks = line.picks.flatMap((p) => (p !== pick ? [p] : left > 0 ? [{ ...p, quantity: left }] : []));
      const all = loaded.picks.flatMap((l) => (l === line ? picks : l.picks));
      const body = pickAnswer(head, loaded.lines, all, [{ ...pick, quantity: -back }]);
      const { gtin, lot } = pick;
      const event = eventOf(deps, actor, 'transfer-picked', now, {
        transfer: head.id,
        picks: [{ gtin, lot, quantity: -back }],
      });
      await deps.table.commitPicks(
        head.id,
        { from: [head.state] },
        [{ line: line.line, version: line.version + 1, picks }],
        heldBy(head.from, [{ ...pick, quantity: back }], -1),
        tashkentDay(now),
        changeOf(event, now, once, { status: 200, reference: head.id, answer: body }),
        actor.site,
      );
      return { status: 200, body };
    },
    asAnswered<PickAnswer>,
  );
