/** The warehouse's verbs: receive, list, follow a lot, block and release it. */
import type { Actor } from '@darmon/domain/actor';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { packOfScan, packsOfScans } from '@darmon/domain/pack-scan';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import { type LotState, lotName, type Movement, maxReceivedUnits, type StockRow, stepOf } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { registerOfReceipt } from './register.ts';

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

/** What stands around a line: the packs and lots that are known, and the lots that are recalled. */
type Known = Pick<Awaited<ReturnType<Deps['table']['loadForReceipt']>>, 'packs' | 'known' | 'recalled'>;

/** What one line puts on the shelf; `before` is what the same receipt has of its lot already. */
const rowOf = (
  line: ReadLine,
  i: number,
  around: Known & { site: string; today: string },
  before: StockRow | undefined,
): StockRow => {
  const pack = around.packs.get(line.gtin);
  if (!pack) throw refuseAt('gtin-unknown', `/lines/${i}`, { gtin: line.gtin });
  const lot = around.known.get(lotName(line));
  const { expiryDate } = lot ?? before ?? line;
  if (line.expiryDate !== expiryDate)
    throw refuseAt('expiry-mismatch', `/lines/${i}/expiryDate`, { lot: line.lot, expiryDate });
  if (line.expiryDate < around.today)
    throw refuseAt('already-expired', `/lines/${i}/expiryDate`, { expiryDate: line.expiryDate });
  return {
    site: around.site,
    medicine: pack.medicine,
    gtin: line.gtin,
    lot: line.lot,
    expiryDate,
    onHand: unitsOf(line, { ...pack, packUnits: pack.units }, i),
    state: around.recalled.has(lotName(line)) || lot?.state === 'recalled' ? 'recalled' : 'available',
    brand: pack.brand,
    packUnits: pack.units,
    ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
    ...(line.packPrice !== undefined && { packPrice: line.packPrice }),
  };
};

/** Two lines of one lot: one row, with the price that was said last. */
const joined = (before: StockRow | undefined, row: StockRow): StockRow => ({
  ...before,
  ...row,
  onHand: (before?.onHand ?? 0) + row.onHand,
});

/** What moved `quantity` units of a lot, signed; 0 for a change of its state. */
export const movementOf = (
  { site, medicine, gtin, lot }: StockRow,
  about: Pick<Movement, 'id' | 'kind' | 'quantity' | 'reference' | 'person' | 'at'>,
): Movement => ({ site, medicine, gtin, lot, ...about });

/**
 * Receives goods into a site, typed or scanned, in one transaction: receipt, stock rows, movements, the lots' one expiry
 * date, the register of what is controlled, event. A supplier's document is received once. A recalled lot comes in as recalled.
 * @throws Refusal of standing, `gtin-unknown`, `lot-missing`, `expiry-missing`, `scan-*`, `packs-and-quantity`,
 * `already-expired`, `expiry-mismatch`, `document-known`, `split-receipt`, `key-reused`
 */
export const receiveShipment = (deps: Deps, actor: Actor, input: ReceiptInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      requireOwnSerials(input.lines, today);
      const lines = input.lines.map((l, i) => readLine(l, today, i));
      const { person, site, packs, known, recalled } = await deps.table.loadForReceipt(actor.person, actor.site, lines);
      requireStanding(actor, person, site, now);
      const at = instant(now);
      const id = deps.id();
      const rows = new Map<string, StockRow>();
      const movements = lines.map((line, i): Movement => {
        const before = rows.get(lotName(line));
        const row = rowOf(line, i, { site: input.site, packs, known, recalled, today }, before);
        rows.set(lotName(line), joined(before, row));
        const about = { id: deps.id(), reference: id, person: actor.person, at };
        return movementOf(row, { ...about, kind: 'receipt', quantity: row.onHand });
      });
      const received = [...rows.values()];
      const register = await registerOfReceipt(deps, actor, {
        id,
        at,
        rows: received.filter((r) => isControlled(packs.get(r.gtin)?.class ?? 'otc')),
      });
      const body = {
        id,
        lines: received.map(({ gtin, medicine, lot, expiryDate, onHand }) => ({
          gtin,
          medicine,
          lot,
          expiryDate,
          quantity: onHand,
        })),
      };
      const event = eventOf(deps, actor, 'stock-received', now, {
        receipt: id,
        ...(input.document && { document: input.document }),
        lines: body.lines,
      });
      await deps.table.commitReceipt({
        receipt: {
          id,
          site: input.site,
          at,
          person: actor.person,
          lines,
          ...(input.document && { document: input.document }),
          ...(input.order !== undefined && { order: input.order }),
        },
        document: input.document,
        rows: received,
        ...(site?.kind === 'pharmacy' && { region: site.region }),
        lots: received.map(({ gtin, lot, expiryDate }) => ({
          gtin,
          lot,
          expiryDate,
          state: known.get(lotName({ gtin, lot }))?.state ?? 'available',
        })),
        movements,
        register,
        site: input.site,
        change: changeOf(event, now, once, { status: 201, reference: id, answer: body }),
      });
      return { status: 201, body };
    },
    asAnswered<{
      id: string;
      lines: { gtin: string; medicine: string; lot: string; expiryDate: string; quantity: number }[];
    }>,
  );

const stockView = (r: StockRow, today: string) => ({
  gtin: r.gtin,
  medicine: r.medicine,
  lot: r.lot,
  expiryDate: r.expiryDate,
  onHand: r.onHand,
  state: r.state === 'available' && r.expiryDate < today ? ('expired' as const) : r.state,
  packUnits: r.packUnits,
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
