/** What stands around a receipt, states of lots, and the lists of stock and movements. */
import type { Movement } from '@darmon/domain/ledger';
import type { LotState, StockRow } from '@darmon/domain/stock';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';

export const stockOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** What stands around lines of a receipt; of `others` only what the formulary knows. */
    async loadForReceipt(
      person: string,
      site: string,
      lots: readonly { gtin: string; lot: string }[],
      others: readonly string[] = [],
    ) {
      const gtins = [...new Set([...lots.map((l) => l.gtin), ...others])];
      const { found, policy, blocked } = await engine.readWithCountry([
        key.personKey(person),
        key.siteKey(site),
        ...gtins.map(key.gtinKey),
        ...lots.map((l) => key.lotKey(l.gtin, l.lot)),
      ]);
      const [who, where, ...rest] = found;
      const packs = new Map(
        rest
          .slice(0, gtins.length)
          .flatMap((i) => (i ? [stock.KnownPack.parse(i)] : []))
          .map((p) => [p.gtin, p]),
      );
      const known = new Map(
        rest
          .slice(gtins.length)
          .flatMap((i) => (i ? [stock.LotItem.parse(i)] : []))
          .map((l) => [`${l.gtin}#${l.lot}`, l]),
      );
      return {
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        packs,
        known,
        policy,
        blocked,
      };
    },
    async loadStockRow(row: { site: string; gtin: string; lot: string }): Promise<StockRow | undefined> {
      const [pack, lot] = await engine.readMany([key.gtinKey(row.gtin), key.lotKey(row.gtin, row.lot)]);
      if (!pack || !lot) return undefined;
      const { medicine } = stock.KnownPack.parse(pack);
      const { expiryDate, state } = stock.LotItem.parse(lot);
      const [item] = await engine.readMany([key.stockKey({ ...row, medicine, expiryDate })]);
      const found = item && stock.parseStockRow(item);
      // a recall counts from its freeze on, whether it has come to this row or not
      return found && state === 'recalled' ? { ...found, state } : found;
    },
    async medicineOfGtin(gtin: string): Promise<string | undefined> {
      const item = await engine.readOne(key.gtinKey(gtin));
      return item && stock.KnownPack.parse(item).medicine;
    },
    async commitLotState(row: StockRow, state: LotState, movement: Movement, change: Change): Promise<void> {
      await engine.commit([
        stock.stateAction(table, row, state),
        stock.movementAction(table, movement),
        ...engine.changeActions(key.lotKey(row.gtin, row.lot).pk, change, row.site),
      ]);
    },
    async listStock(site: string, prefix: string | undefined, request: PageRequest): Promise<Page<StockRow>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: stock.stockOfSite(site), ...(prefix !== undefined && { prefix }) },
        request,
      );
      const { blocked } = await engine.readWithCountry([]);
      return { ...page, items: marked(page.items.map(stock.parseStockRow), blocked) };
    },
    async listMovements(site: string, gtin: string, lot: string, request: PageRequest): Promise<Page<Movement>> {
      const page = await pageOf(
        client,
        table,
        { pk: key.movementPartition(site, gtin, lot), skPrefix: 'MOVEMENT#' },
        request,
      );
      return { ...page, items: page.items.map(stock.parseMovement) };
    },
  };
};
