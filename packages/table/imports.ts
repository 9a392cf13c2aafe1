/** Opening balances: what their rows are judged on, their parts, and the way into the ledger. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Medicine } from '@darmon/domain/medicine';
import type { Posting, PostingLine } from '@darmon/domain/posting';
import type { Change, Engine } from './engine.ts';
import * as imports from './import-items.ts';
import * as key from './keys.ts';
import { allOf } from './page.ts';
import { startPosting } from './postings.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';

export const importsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** The packs of medicines, and GTINs as the formulary knows them. */
    async loadImportPacks(gtins: readonly string[], medicines: readonly string[]) {
      const found = await engine.readMany(medicines.map(key.medicineKey));
      const packsOf = new Map(
        found.flatMap((item) => {
          if (!item) return [];
          const { code, packs } = Medicine.parse(item);
          return [[code as string, packs.map((p) => p.gtin as string)] as const];
        }),
      );
      const wanted = [...new Set([...gtins, ...[...packsOf.values()].flat()])];
      const packs = (await engine.readMany(wanted.map(key.gtinKey))).flatMap((item) =>
        item ? [stock.KnownPack.parse(item)] : [],
      );
      return { packsOf, packs: new Map(packs.map((p) => [p.gtin as string, p] as const)) };
    },
    /** Each row's lot as the country knows it, whether the site ever held it, the site, and what is blocked everywhere. */
    async loadImportLots(site: string, rows: readonly stock.RowName[]) {
      const [lots, here] = await Promise.all([
        engine.readWithCountry([key.siteKey(site), ...rows.map((r) => key.lotKey(r.gtin, r.lot))]),
        engine.readMany(rows.map(key.stockKey)),
      ]);
      const [where, ...known] = lots.found;
      return {
        site: where && standing.parseSite(where),
        lots: known.map((item) => item && stock.LotItem.parse(item)),
        here: here.map((item) => item !== undefined),
        blocked: lots.blocked,
      };
    },
    async loadImport(id: string): Promise<imports.ImportItem | undefined> {
      const item = await engine.readOne(key.importKey(id));
      return item && imports.ImportItem.parse(item);
    },
    /** Those that came, in the order of their rows. */
    async loadImportParts(id: string): Promise<imports.ImportPart[]> {
      const items = await allOf(client, table, { pk: key.importKey(id).pk, skPrefix: key.importPartPrefix });
      return items.map((item) => imports.ImportPart.parse(item));
    },
    async commitImport(item: imports.ImportItem, change: Change): Promise<void> {
      await engine.commit([
        imports.importAction(table, item),
        ...engine.changeActions(key.importKey(item.id).pk, change, item.site),
      ]);
    },
    /** @throws Refusal `document-closed` where it is posted already */
    async commitImportPart(
      id: string,
      part: imports.ImportPart,
      chunks: readonly { n: number; lines: readonly PostingLine[] }[],
    ): Promise<void> {
      await engine.commit(imports.importPartActions(table, id, part, chunks, engine.now()));
    },
    /** The chunks lie there already, since their parts came. @throws Changed where another part came since */
    async commitImportPosting(item: imports.ImportItem, posting: Posting, change: Change): Promise<void> {
      await startPosting(
        engine,
        { whole: false, posting, chunks: [] },
        [imports.importPostingAction(table, item)],
        engine.changeActions(key.importKey(item.id).pk, change, item.site),
      );
    },
    /** `gtin#lot` of every row that the site holds or held, by the index alone, which lags by a moment. */
    async listLotNames(site: string): Promise<Set<string>> {
      const names = new Set<string>();
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'gsi1',
            KeyConditionExpression: 'gsi1pk = :pk',
            ExpressionAttributeValues: { ':pk': stock.stockOfSite(site) },
            ExclusiveStartKey: start,
          }),
        );
        // medicine#expiry#gtin#lot; a lot may hold any character but these
        for (const item of page.Items ?? []) names.add(String(item.gsi1sk).split('#').slice(2).join('#'));
        start = page.LastEvaluatedKey;
      } while (start);
      return names;
    },
  };
};
