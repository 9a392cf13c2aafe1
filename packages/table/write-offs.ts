/** Acts of write-off: what they are judged on, their steps, their lists, and the expired stock that asks for one. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Approval } from '@darmon/domain/approval';
import type { StockRow } from '@darmon/domain/stock';
import type { Transfer } from '@darmon/domain/transfer';
import type { WriteOff } from '@darmon/domain/write-off';
import { parseApproval, useApprovalAction } from './approval-items.ts';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { type Item, type Page, type PageRequest, pageOfIndex, readAll } from './page.ts';
import { type Prepared, startPosting } from './postings.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';
import { transferAction } from './transfer-items.ts';
import * as items from './write-off-items.ts';

/** A lot of a site as an act needs it; without a row the site never held it. */
export interface LotAtSite {
  readonly row: StockRow | undefined;
  readonly pack: stock.KnownPack | undefined;
}

export const writeOffsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** Who asks, the rules, and each lot as it lies at the site, strongly. */
    async loadForWriteOff(
      person: string,
      actorSite: string,
      site: string,
      lots: readonly { gtin: string; lot: string }[],
    ) {
      const { found, policy, blocked } = await engine.readWithCountry([
        key.personKey(person),
        key.siteKey(actorSite),
        ...lots.map((l) => key.gtinKey(l.gtin)),
        ...lots.map((l) => key.lotKey(l.gtin, l.lot)),
      ]);
      const [who, where, ...rest] = found;
      const packs = lots.map((_, i) => rest[i] && stock.KnownPack.parse(rest[i]));
      const known = lots.map((_, i) => rest[lots.length + i] && stock.LotItem.parse(rest[lots.length + i]));
      const keys = lots.map((l, i) => {
        const [pack, lot] = [packs[i], known[i]];
        return pack && lot && key.stockKey({ site, ...l, medicine: pack.medicine, expiryDate: lot.expiryDate });
      });
      const there = await engine.readMany(keys.filter((k) => k !== undefined));
      let at = 0;
      return {
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        policy,
        lots: keys.map((k, i): LotAtSite => {
          const item = k && there[at++];
          return { row: item && marked([stock.parseStockRow(item)], blocked)[0], pack: packs[i] };
        }),
      };
    },
    async loadWriteOff(id: string): Promise<WriteOff | undefined> {
      const item = await engine.readOne(key.writeOffKey(id));
      return item && items.parseWriteOff(item);
    },
    /** Acts by id, as far as they are there. */
    async loadWriteOffs(ids: readonly string[]): Promise<WriteOff[]> {
      if (ids.length === 0) return [];
      const found = await engine.readMany(ids.map(key.writeOffKey));
      return found.flatMap((item) => (item ? [items.parseWriteOff(item)] : []));
    },
    /** An act, and who signs it with what. */
    async loadForSignature(id: string, person: string, site: string, approval: string) {
      const [act, who, where, given] = await engine.readMany([
        key.writeOffKey(id),
        key.personKey(person),
        key.siteKey(site),
        key.approvalKey(approval),
      ]);
      return {
        act: act && items.parseWriteOff(act),
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        approval: given && parseApproval(given),
      };
    },
    /** The act, its units promised to it, and the transfer that they are on their way with. @throws Changed where they are no longer free */
    async commitWriteOff(act: WriteOff, transfer: Transfer | undefined, change: Change): Promise<void> {
      await engine.commit([
        items.requestWriteOffAction(table, act),
        ...(transfer ? [transferAction(table, transfer)] : []),
        ...items.holdActions(table, act, 1, act.at),
        ...engine.changeActions(key.writeOffKey(act.id).pk, change, act.site),
      ]);
    },
    /** One more signature, its approval used up; with `posted` the last one, which moves the stock. */
    async commitSignature(
      act: WriteOff,
      next: Pick<WriteOff, 'state' | 'signatures'>,
      signed: { approval: Approval; posted: Prepared | undefined; transfer: Transfer | undefined },
      change: Change,
    ): Promise<void> {
      const document = [
        items.writeOffChangedAction(table, act, next),
        useApprovalAction(table, signed.approval, change.now),
        ...(signed.transfer ? [transferAction(table, signed.transfer)] : []),
      ];
      const rest = engine.changeActions(key.writeOffKey(act.id).pk, change, act.site);
      if (signed.posted) await startPosting(engine, signed.posted, document, rest);
      else await engine.commit([...document, ...rest]);
    },
    /** Refused or withdrawn: its units are free again. */
    async commitClosedWriteOff(
      act: WriteOff,
      next: Required<Pick<WriteOff, 'state' | 'closed'>>,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        items.writeOffChangedAction(table, act, next),
        ...items.holdActions(table, act, -1, next.closed.at),
        ...engine.changeActions(key.writeOffKey(act.id).pk, change, act.site),
      ]);
    },
    /** Of one site all, newest first, or with `requested` those of every site that wait, oldest first. */
    async listWriteOffs(of: { site: string } | { requested: true }, request: PageRequest): Promise<Page<WriteOff>> {
      const query =
        'site' in of
          ? { index: 'gsi1' as const, partition: key.writeOffsPartition(of.site), backwards: true }
          : { index: 'gsi2' as const, partition: key.openWriteOffsPartition };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseWriteOff) };
    },
    /** Rows of a site whose expiry date is before `today`, at most `most`; others are told by their keys and not read. */
    async listExpired(site: string, today: string, most: number): Promise<StockRow[]> {
      const rows: StockRow[] = [];
      let start: Item | undefined;
      do {
        const answer = await client.send(
          new QueryCommand({
            TableName: table,
            IndexName: 'gsi1',
            KeyConditionExpression: 'gsi1pk = :pk',
            ExpressionAttributeValues: { ':pk': stock.stockOfSite(site) },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        const keys = (answer.Items ?? [])
          .map((i) => ({ pk: String(i.pk), sk: String(i.sk) }))
          .filter(({ sk }) => (sk.split('#')[1] ?? today) < today);
        const read = await readAll(client, table, keys);
        rows.push(...read.flatMap((i) => (i ? [stock.parseStockRow(i)] : [])).filter((r) => r.free > 0));
        start = answer.LastEvaluatedKey;
      } while (start && rows.length < most);
      return rows.slice(0, most);
    },
  };
};
