/** The warehouse's verbs: receive, list, follow a lot, block and release it. */
import type { Actor } from '@darmon/domain/actor';
import type { Movement } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { packOfScan, packsOfScans } from '@darmon/domain/pack-scan';
import type { Entry } from '@darmon/domain/posting';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import {
  type BlockedState,
  type LotState,
  lotName,
  maxReceivedUnits,
  onHandOf,
  type StockRow,
  stepOf,
} from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { KnownPack, LotItem } from '@darmon/table/stock-items';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { movedOf, preparePosting } from './posting.ts';

interface Amount {
  readonly quantity?: number;
  readonly packs?: number;
  readonly packPrice?: number;
}
type ReceiptLineInput = Amount &
  ({ gtin: string; lot: string; expiryDate: string } | { scan: string; lot?: string; expiryDate?: string });

export interface ReceiptInput {
  readonly site: string;
  readonly lines: readonly ReceiptLineInput[];
  readonly document?: { readonly supplier: string; readonly number: string };
  readonly order?: string;
}

type ReadLine = Amount & { gtin: string; lot: string; expiryDate: string };

const agreed = (
  scanned: string | undefined,
  typed: string | undefined,
  missing: 'lot-missing' | 'expiry-missing',
  pointer: string,
): string => {
  if (scanned !== undefined && typed !== undefined && scanned !== typed)
    throw refuseAt('scan-contradicts', pointer, { scanned });
  const value = scanned ?? typed;
  if (value === undefined) throw refuseAt(missing, pointer);
  return value;
};

/** A pack with a serial number comes in once, however often it was scanned. */
const requireOwnSerials = (lines: readonly ReceiptLineInput[], today: string): void => {
  const scanned = lines.flatMap((line, i) => ('scan' in line ? [{ raw: line.scan, pointer: `/lines/${i}/scan` }] : []));
  packsOfScans(scanned, today);
};

/** A line with its lot and expiry: from the scan, from the keyboard where the pack does not say, never two that differ. */
const readLine = (line: ReceiptLineInput, today: string, i: number): ReadLine => {
  if ('gtin' in line) return line;
  const { scan, lot, expiryDate, ...amount } = line;
  const pack = packOfScan(scan, today, `/lines/${i}/scan`);
  return {
    gtin: pack.gtin,
    lot: agreed(pack.lot, lot, 'lot-missing', `/lines/${i}/lot`),
    expiryDate: agreed(pack.expiryDate, expiryDate, 'expiry-missing', `/lines/${i}/expiryDate`),
    ...amount,
  };
};

/** Units of a line: whole packs, or parts of packs that can be divided; half a bottle could never be handed over. */
const unitsOf = (line: Amount, pack: Pick<StockRow, 'packUnits' | 'divisibleBy'>, i: number): number => {
  if ((line.quantity === undefined) === (line.packs === undefined)) throw refuseAt('packs-and-quantity', `/lines/${i}`);
  const units = line.quantity ?? (line.packs as number) * pack.packUnits;
  const step = stepOf(pack);
  if (units % step !== 0) throw refuseAt('quantity-invalid', `/lines/${i}/quantity`, { step });
  if (units > maxReceivedUnits) throw refuseAt('quantity-invalid', `/lines/${i}`, { max: maxReceivedUnits });
  return units;
};

/** What stands around a line: the packs and lots that are known, and what is blocked everywhere. */
type Around = Pick<Awaited<ReturnType<Deps['table']['loadForReceipt']>>, 'packs' | 'known' | 'blocked' | 'site'> & {
  readonly place: string;
  readonly today: string;
};

/** The state in which units of a lot come in: as the country has it, else waiting for quality control where it must. */
const stateOf = (pack: KnownPack, lot: LotItem | undefined, blocked: BlockedState | undefined): LotState =>
  blocked ??
  (lot?.state === 'recalled' ? 'recalled' : pack.qualityRelease && !lot?.released ? 'quarantined' : 'available');

/** What one line puts on the shelf; `expiryOf` is what earlier lines of the same receipt say of their lots. */
const entryOf = (line: ReadLine, i: number, around: Around, expiryOf: Map<string, string>): Entry => {
  const pack = around.packs.get(line.gtin);
  if (!pack) throw refuseAt('gtin-unknown', `/lines/${i}`, { gtin: line.gtin });
  const name = lotName(line);
  const lot = around.known.get(name);
  const expiryDate = lot?.expiryDate ?? expiryOf.get(name) ?? line.expiryDate;
  if (line.expiryDate !== expiryDate)
    throw refuseAt('expiry-mismatch', `/lines/${i}/expiryDate`, { lot: line.lot, expiryDate });
  if (line.expiryDate < around.today)
    throw refuseAt('already-expired', `/lines/${i}/expiryDate`, { expiryDate: line.expiryDate });
  expiryOf.set(name, expiryDate);
  return {
    place: around.place,
    medicine: pack.medicine,
    gtin: line.gtin,
    lot: line.lot,
    expiryDate,
    kind: 'receipt',
    quantity: unitsOf(line, { ...pack, packUnits: pack.units }, i),
    lotState: lot?.state ?? 'available',
    row: {
      brand: pack.brand,
      packUnits: pack.units,
      state: stateOf(pack, lot, around.blocked.get(name)),
      ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
      ...(line.packPrice !== undefined && { packPrice: line.packPrice }),
      ...(around.site?.kind === 'pharmacy' && { region: around.site.region }),
    },
    ...(isControlled(pack.class) && { controlled: true }),
  };
};

/** What moved `quantity` units of a lot, signed; 0 for a change of its state. */
export const movementOf = (
  { site, medicine, gtin, lot }: StockRow,
  about: Pick<Movement, 'id' | 'kind' | 'quantity' | 'reference' | 'person' | 'at'>,
): Movement => ({ site, medicine, gtin, lot, ...about });

/**
 * Receives goods into a site, typed or scanned: receipt, stock rows, movements, the lots' one expiry date, the register
 * of what is controlled, event. One transaction where it holds them, else posted in chunks that follow (`posting`). A
 * supplier's document is received once. A recalled lot comes in as recalled.
 * @throws Refusal of standing, `gtin-unknown`, `lot-missing`, `expiry-missing`, `scan-*`, `packs-and-quantity`,
 * `already-expired`, `expiry-mismatch`, `document-known`, `key-reused`
 */
export const receiveShipment = (deps: Deps, actor: Actor, input: ReceiptInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      requireOwnSerials(input.lines, today);
      const read = input.lines.map((l, i) => readLine(l, today, i));
      const around = await deps.table.loadForReceipt(actor.person, actor.site, read);
      requireStanding(actor, around.person, around.site, now);
      const id = deps.id();
      const expiryOf = new Map<string, string>();
      const posted = await preparePosting(deps, actor, {
        id,
        kind: 'receipt',
        site: input.site,
        document: id,
        after: 'posted',
        person: actor.person,
        at: now,
        lines: read.map((line, i) => ({
          line: i + 1,
          entries: [entryOf(line, i, { ...around, place: input.site, today }, expiryOf)],
        })),
      });
      const lines = posted.lines.flatMap(({ entries }) =>
        entries.map(({ gtin, medicine, lot, expiryDate, quantity }) => ({ gtin, medicine, lot, expiryDate, quantity })),
      );
      const state = posted.state === 'posting' ? ('posting' as const) : ('posted' as const);
      const body = { id, state, of: lines.length, lines: lines.slice(0, shownLines) };
      const event = eventOf(deps, actor, 'stock-received', now, {
        receipt: id,
        ...(input.document && { document: input.document }),
        ...(posted.prepared.whole ? { lines, moved: movedOf(posted.lines) } : { posting: id, of: lines.length }),
      });
      const status = state === 'posted' ? 201 : 202;
      await deps.table.commitReceipt({
        receipt: {
          id,
          site: input.site,
          at: instant(now),
          person: actor.person,
          state,
          of: lines.length,
          ...(input.document && { document: input.document }),
          ...(input.order !== undefined && { order: input.order }),
        },
        document: input.document,
        prepared: posted.prepared,
        site: input.site,
        change: changeOf(event, now, once, { status, reference: id, answer: body }),
      });
      return { status, body };
    },
    asAnswered<{
      id: string;
      state: 'posted' | 'posting';
      of: number;
      lines: { gtin: string; medicine: string; lot: string; expiryDate: string; quantity: number }[];
    }>,
  );

/** As many lines as an answer repeats. */
const shownLines = 100;

const stockView = (r: StockRow, today: string) => ({
  gtin: r.gtin,
  medicine: r.medicine,
  lot: r.lot,
  expiryDate: r.expiryDate,
  onHand: onHandOf(r),
  held: r.held,
  state: r.state === 'available' && r.expiryDate < today ? ('expired' as const) : r.state,
  packUnits: r.packUnits,
  ...(r.packPrice !== undefined && { packPrice: r.packPrice }),
  ...(r.zone !== undefined && { zone: r.zone }),
  ...(r.shelf !== undefined && { shelf: r.shelf }),
});

/** On hand by lot, in the order of medicine and expiry; of one GTIN or medicine where asked. */
export const listStock = async (
  deps: Deps,
  input: { site: string; gtin?: string; medicine?: string },
  request: PageRequest,
) => {
  const today = tashkentDay(deps.now());
  const medicine = input.gtin === undefined ? input.medicine : await deps.table.medicineOfGtin(input.gtin);
  if (input.gtin !== undefined && medicine === undefined) return { items: [] };
  const page = await deps.table.listStock(input.site, medicine === undefined ? undefined : `${medicine}#`, request);
  const items = page.items
    .filter((r) => input.gtin === undefined || r.gtin === input.gtin)
    .map((r) => stockView(r, today));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** What moved of one lot at a site, oldest first; the sum over all pages is what is on hand. */
export const listMovements = async (
  deps: Deps,
  input: { site: string; gtin: string; lot: string },
  request: PageRequest,
) => {
  const page = await deps.table.listMovements(input.site, input.gtin, input.lot, request);
  const items = page.items.map(({ id, at, kind, quantity, reference, person }) => ({
    id,
    at,
    kind,
    quantity,
    reference,
    person,
  }));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

const kinds = {
  available: 'release',
  'on-hold': 'hold',
  quarantined: 'quarantine',
  recalled: 'hold',
} as const satisfies Record<LotState, Movement['kind']>;

/**
 * Blocks a lot at a site, or makes it available again; a dispense under way then finds it blocked. A recalled lot is
 * not released here.
 * @throws Refusal of standing, `lot-unknown`, `lot-blocked`, `key-reused`
 */
export const setLotState = (
  deps: Deps,
  actor: Actor,
  input: { site: string; gtin: string; lot: string; state: 'available' | 'on-hold' | 'quarantined'; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const row = await deps.table.loadStockRow(input);
      if (!row) throw new Refusal('lot-unknown');
      if (row.state === 'recalled') throw new Refusal('lot-blocked', { state: row.state });
      const body = stockView({ ...row, state: input.state }, tashkentDay(now));
      if (row.state === input.state) return { status: 200, body };
      const { site, gtin, lot, state, reason } = input;
      const event = eventOf(
        deps,
        actor,
        'lot-state-changed',
        now,
        { site, gtin, lot, from: row.state, to: state },
        reason,
      );
      const movement = movementOf(row, {
        id: deps.id(),
        kind: kinds[state],
        quantity: 0,
        reference: event.id,
        person: actor.person,
        at: instant(now),
      });
      await deps.table.commitLotState(
        row,
        state,
        movement,
        changeOf(event, now, once, { status: 200, reference: lotName(row), answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<ReturnType<typeof stockView>>,
  );
