/** Transfers: what is asked for and agreed to, the rows that picks hold, and what is on its way. */
import { transitPlace } from '@darmon/domain/ledger';
import type { StockRow } from '@darmon/domain/stock';
import type { Transfer, TransferArrival, TransferLine } from '@darmon/domain/transfer';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { type Prepared, startPosting } from './postings.ts';
import * as stock from './stock-items.ts';
import type { Action } from './transact.ts';
import * as items from './transfer-items.ts';

/** A transfer as a decision needs it. */
export interface LoadedTransfer {
  readonly head: Transfer;
  readonly lines: readonly TransferLine[];
  readonly picks: readonly items.LinePicks[];
  readonly arrivals: readonly TransferArrival[];
}

/** Units of a row that become promised, or free again where they are negative. */
export interface Held {
  readonly row: Pick<StockRow, 'site' | 'medicine' | 'expiryDate' | 'gtin' | 'lot'>;
  readonly quantity: number;
}

/** Partitions that are read at the same time. */
const readAtOnce = 20;

export const transfersOf = (engine: Engine) => {
  const { client, table } = engine;
  const subjectOf = (id: string) => key.transferKey(id).pk;

  /** Promised only where the lot is usable on that day; given back whatever its state is. */
  const holdAction = ({ row, quantity }: Held, at: string, today: string): Action =>
    stock.moveAction(table, row, { free: -quantity, held: quantity, at }, quantity > 0 ? today : undefined);

  return {
    /**
     * All of it, strongly read. Its picks are read after the head, whose version rises with each of them: so none that
     * the head knows of is missing, and one that came since is found at the commit.
     */
    async loadTransfer(id: string): Promise<LoadedTransfer | undefined> {
      const { pk } = key.transferKey(id);
      const [head, lines] = await engine.readMany([key.transferKey(id), key.transferLinesKey(id)]);
      const [picks, arrivals] = await Promise.all([
        allOf(client, table, { pk, skPrefix: key.transferPicksPrefix }),
        allOf(client, table, { pk, skPrefix: key.transferArrivalPrefix }),
      ]);
      if (!head || !lines) return undefined;
      return {
        head: items.parseTransfer(head),
        lines: items.parseTransferLines(lines),
        picks: picks.map(items.parseLinePicks),
        arrivals: arrivals.map(items.parseArrival),
      };
    },
    async loadTransferHead(id: string): Promise<Transfer | undefined> {
      const item = await engine.readOne(key.transferKey(id));
      return item && items.parseTransfer(item);
    },
    /** Medicines that the formulary knows, by code. */
    async loadKnownMedicines(codes: readonly string[]): Promise<ReadonlySet<string>> {
      const found = await engine.readMany(codes.map(key.medicineKey));
      return new Set(codes.filter((_, i) => found[i] !== undefined));
    },
    /** Every lot of these medicines at a site, blocked ones marked. */
    async loadShelves(site: string, medicines: readonly string[]): Promise<StockRow[]> {
      const { blocked } = await engine.readWithCountry([]);
      const rows: StockRow[] = [];
      for (let at = 0; at < medicines.length; at += readAtOnce) {
        const read = await Promise.all(
          medicines
            .slice(at, at + readAtOnce)
            .map((medicine) => allOf(client, table, { pk: key.stockPartition(site, medicine), skPrefix: 'STOCK#' })),
        );
        rows.push(...read.flat().map(stock.parseStockRow));
      }
      return marked(rows, blocked);
    },
    /** What of these lots is on its way with a transfer now; a lot that never was is left out. */
    async loadTransit(id: string, lots: readonly Omit<Held['row'], 'site'>[]): Promise<StockRow[]> {
      const site = transitPlace(id);
      const names = [...new Map(lots.map((l) => [`${l.gtin}#${l.lot}`, { ...l, site }])).values()];
      const { found, blocked } = await engine.readWithCountry(names.map(key.stockKey));
      return marked(
        found.flatMap((item) => (item ? [stock.parseStockRow(item)] : [])),
        blocked,
      );
    },
    /** The newest first. */
    async listTransfers(site: string, role: 'sender' | 'receiver', request: PageRequest): Promise<Page<Transfer>> {
      const query =
        role === 'sender'
          ? { index: 'gsi1' as const, partition: key.transfersFromPartition(site) }
          : { index: 'gsi2' as const, partition: key.transfersToPartition(site) };
      const page = await pageOfIndex(client, table, { ...query, backwards: true }, request);
      return { ...page, items: page.items.map(items.parseTransfer) };
    },
    /** A change of the head, with its lines where they change too. */
    async commitTransfer(transfer: Transfer, lines: readonly TransferLine[] | undefined, change: Change, site: string) {
      await engine.commit([
        items.transferAction(table, transfer),
        ...(lines ? [items.transferLinesAction(table, transfer.id, lines)] : []),
        ...engine.changeActions(subjectOf(transfer.id), change, site),
      ]);
    },
    /** Units that become promised to it or are put back, with the picks that say so. */
    async commitPicks(
      id: string,
      states: { from: readonly Transfer['state'][]; to?: Transfer['state'] },
      picks: readonly items.LinePicks[],
      held: readonly Held[],
      today: string,
      change: Change,
      site: string,
    ): Promise<void> {
      await engine.commit([
        items.pickingAction(table, id, states.from, states.to),
        ...picks.map((p) => items.linePicksAction(table, id, p)),
        ...held.map((h) => holdAction(h, change.event.at, today)),
        ...engine.changeActions(subjectOf(id), change, site),
      ]);
    },
    /** Gives it up, with what of its picks one transaction gives back. */
    async commitCancelled(
      transfer: Transfer,
      picks: readonly items.LinePicks[],
      held: readonly Held[],
      change: Change,
      site: string,
    ): Promise<void> {
      await engine.commit([
        items.transferAction(table, transfer),
        ...picks.map((p) => items.linePicksAction(table, transfer.id, p)),
        ...held.map((h) => holdAction(h, change.event.at, '')),
        ...engine.changeActions(subjectOf(transfer.id), change, site),
      ]);
    },
    /** A shipment or an arrival with what it posts. */
    async commitMoved(
      transfer: Transfer,
      arrival: TransferArrival | undefined,
      prepared: Prepared,
      change: Change,
      site: string,
    ): Promise<void> {
      await startPosting(
        engine,
        prepared,
        [items.transferAction(table, transfer), ...(arrival ? [items.arrivalAction(table, transfer.id, arrival)] : [])],
        engine.changeActions(subjectOf(transfer.id), change, site),
      );
    },
  };
};
