/** Recalls: the freeze, the places of a lot, the count that goes from place to place, what sites find, whom patients are told by. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import type { Movement } from '@darmon/domain/ledger';
import type { CallCounts, Escaped, Recall, RecallCall, RecallPlace } from '@darmon/domain/recall';
import type { RegisterEntry } from '@darmon/domain/register';
import { type BlockedState, type LotState, lotName, type StockRow } from '@darmon/domain/stock';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { returnedDispenseAction } from './prescription-items.ts';
import * as items from './recall-items.ts';
import { registerActions } from './register-items.ts';
import { eventAction } from './request-items.ts';
import { Recalls } from './standing-items.ts';
import {
  KnownPack,
  LotItem,
  moveAction,
  movementAction,
  parseMovement,
  parseStockRow,
  stateAction,
} from './stock-items.ts';
import { Changed } from './transact.ts';

interface LotName {
  readonly gtin: string;
  readonly lot: string;
}

export const recallsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** A lot as the country has it: its pack, its one item, and whether and how it is blocked everywhere. Strongly read. */
    async loadLotForState({ gtin, lot }: LotName) {
      const [pack, item, recalls] = await engine.readMany([key.gtinKey(gtin), key.lotKey(gtin, lot), key.recallsKey]);
      return {
        pack: pack && KnownPack.parse(pack),
        item: item && LotItem.parse(item),
        /** Nothing was ever blocked in the country. */
        isFirst: recalls === undefined,
        blocked: recalls && Recalls.parse(recalls).lots[lotName({ gtin, lot })],
      };
    },
    /** The places that ever held the lot, in the order of their names, after one: keys by index, rows strongly read. */
    async listPlacesOfLot({ gtin, lot }: LotName, after: string, most: number): Promise<StockRow[]> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi3',
          KeyConditionExpression: after === '' ? 'gsi3pk = :pk' : 'gsi3pk = :pk AND gsi3sk > :after',
          ExpressionAttributeValues: { ':pk': key.lotKey(gtin, lot).pk, ...(after !== '' && { ':after': after }) },
          Limit: most,
        }),
      );
      const rows = await engine.readMany((answer.Items ?? []).map((i) => ({ pk: String(i.pk), sk: String(i.sk) })));
      return rows.flatMap((i) => (i ? [parseStockRow(i)] : []));
    },
    async pageOfPlaces({ gtin, lot }: LotName, request: PageRequest): Promise<Page<StockRow>> {
      const partition = key.lotKey(gtin, lot).pk;
      const page = await pageOfIndex(client, table, { index: 'gsi3', partition }, request);
      return { ...page, items: page.items.map(parseStockRow) };
    },
    /** So many movements of a lot at a place, oldest first, after one; `next` where there are more. */
    async readMovements(row: LotName & { site: string }, after: string, most: number) {
      const pk = key.movementPartition(row.site, row.gtin, row.lot);
      const page = await pageOf(client, table, { pk, skAfter: after || 'MOVEMENT#' }, { limit: most });
      const last = page.items.at(-1);
      const movements: Movement[] = page.items.map(parseMovement);
      return { movements, ...(page.next !== undefined && last && { next: String(last.sk) }) };
    },
    async loadRecall(id: string): Promise<Recall | undefined> {
      const item = await engine.readOne(key.recallKey(id));
      return item && items.parseRecall(item);
    },
    async loadRecallWithCalls(id: string): Promise<{ recall: Recall | undefined; calls: CallCounts }> {
      const [recall, counts] = await engine.readMany([key.recallKey(id), key.recallCallCountsKey(id)]);
      return { recall: recall && items.parseRecall(recall), calls: items.parseCallCounts(counts) };
    },
    /** Newest first. */
    async listRecalls(request: PageRequest): Promise<Page<Recall>> {
      const of = { index: 'gsi1', partition: key.recallsPartition, backwards: true } as const;
      const page = await pageOfIndex(client, table, of, request);
      return { ...page, items: page.items.map(items.parseRecall) };
    },
    /** Those that are being counted, the oldest first. */
    async listWorkingRecalls(most: number): Promise<Recall[]> {
      const of = { index: 'gsi2', partition: key.recallsWorkingPartition } as const;
      const page = await pageOfIndex(client, table, of, { limit: most });
      return page.items.map(items.parseRecall);
    },
    /** Recalls that concern a site, newest first, each with how the site stands in it. */
    async listRecallsAt(
      site: string,
      request: PageRequest,
    ): Promise<Page<{ place: RecallPlace; recall: Recall | undefined }>> {
      const of = { index: 'gsi1', partition: key.recallsAtPartition(site), backwards: true } as const;
      const page = await pageOfIndex(client, table, of, request);
      const places = page.items.map(items.parsePlace);
      const recalls = await engine.readMany(places.map((p) => key.recallKey(p.recall)));
      return {
        ...page,
        items: places.map((place, i) => {
          const recall = recalls[i];
          return { place, recall: recall && items.parseRecall(recall) };
        }),
      };
    },
    async listRecallPlaces(id: string, request: PageRequest): Promise<Page<RecallPlace>> {
      const of = { pk: key.recallKey(id).pk, skPrefix: key.recallPlacePrefix };
      const page = await pageOf(client, table, of, request);
      return { ...page, items: page.items.map(items.parsePlace) };
    },
    async listEscaped(id: string, request: PageRequest): Promise<Page<Escaped>> {
      const page = await pageOf(client, table, { pk: key.recallKey(id).pk, skPrefix: key.escapedPrefix }, request);
      return { ...page, items: page.items.map(items.parseEscaped) };
    },
    async loadRecallPlaces(id: string, places: readonly string[]): Promise<(RecallPlace | undefined)[]> {
      const found = await engine.readMany(places.map((place) => key.recallPlaceKey(id, place)));
      return found.map((item) => item && items.parsePlace(item));
    },
    /** A lot's state in the whole country: its item, the list that every decision reads, and the recall where it is one. */
    async commitCountryState(
      lot: LotName & { was: LotState; state: LotState; isFirst: boolean },
      recall: Recall | undefined,
      change: Change,
    ): Promise<void> {
      const blocked: BlockedState | undefined = lot.state === 'available' ? undefined : lot.state;
      await engine.commit([
        ...(lot.was === lot.state ? [] : [items.lotStateAction(table, lot, lot.was, lot.state)]),
        ...(blocked === undefined && lot.isFirst ? [] : [items.blockAction(table, lotName(lot), blocked, lot.isFirst)]),
        ...(recall ? [items.recallAction(table, recall)] : []),
        ...engine.changeActions(recall ? key.recallKey(recall.id).pk : key.lotKey(lot.gtin, lot.lot).pk, change),
      ]);
      engine.forgetCountry();
    },
    /** The row of one place is recalled: nothing can be handed over from it any more. */
    async commitRecallMark(recall: string, row: StockRow, movement: Movement, change: Change, site: string) {
      await engine.commit([
        stateAction(table, row, 'recalled'),
        movementAction(table, movement),
        ...engine.changeActions(key.recallKey(recall).pk, change, site),
      ]);
    },
    /** Dispenses that the freeze did not stop, and those of them that were taken back; once each. */
    async keepEscaped(
      recall: string,
      escaped: readonly { movement: Movement; underWay: boolean }[],
      undone: readonly Movement[],
    ): Promise<void> {
      const once = async (action: ReturnType<typeof items.escapedAction>) => {
        try {
          await engine.commit([action]);
        } catch (error) {
          if (!(error instanceof Changed)) throw error;
        }
      };
      for (const { movement, underWay } of escaped) await once(items.escapedAction(table, recall, movement, underWay));
      for (const movement of undone) await once(items.escapedUndoneAction(table, recall, movement));
    },
    /** How far the count is, and, with the end of a place, how it stands. @throws Changed where somebody else went on */
    async commitRecallWork(
      recall: Recall,
      place: Omit<RecallPlace, 'found' | 'foundAt' | 'foundBy' | 'note'> | undefined,
      change?: Change,
    ): Promise<void> {
      await engine.commit([
        items.recallAction(table, recall),
        ...(place ? [items.placeAction(table, place)] : []),
        ...(change ? engine.changeActions(key.recallKey(recall.id).pk, change, recall.site) : []),
      ]);
    },
    async commitRecallFound(
      recall: Recall,
      place: RecallPlace,
      found: { quantity: number; at: string; person: string; note: string | undefined },
      change: Change,
    ): Promise<void> {
      await engine.commit([
        items.recallAction(table, recall),
        items.foundAction(table, place, found),
        ...engine.changeActions(key.recallKey(recall.id).pk, change, place.place),
      ]);
    },
    /** Rows carry the state by now, and so does the lot: the list that every decision reads need not grow for ever. */
    async commitRecallClosed(recall: Recall, change: Change): Promise<void> {
      await engine.commit([
        items.recallAction(table, recall),
        items.blockAction(table, lotName(recall), undefined, false),
        ...engine.changeActions(key.recallKey(recall.id).pk, change),
      ]);
      engine.forgetCountry();
    },
    async loadRecallCalls(
      id: string,
      site: string,
      dispenses: readonly string[],
    ): Promise<ReadonlyMap<string, RecallCall>> {
      const found = await engine.readMany([...new Set(dispenses)].map((d) => key.recallCallKey(id, site, d)));
      return new Map(found.flatMap((i) => (i ? [items.parseCall(i)] : [])).map((c) => [c.dispense, c]));
    },
    /** That somebody saw who got the lot: an event with each patient, none of them written without the others. */
    async commitRecallLooks(looks: readonly { patient: string; event: Event }[]): Promise<void> {
      if (looks.length === 0) return;
      await engine.commit(looks.map(({ patient, event }) => eventAction(table, key.lookUpsPartition(patient), event)));
    },
    /** What came of telling a patient; what came back goes into the recalled row with the same stroke. */
    async commitRecallCall(
      recall: string,
      call: RecallCall,
      before: RecallCall | undefined,
      back: { dispense: Dispense; row: StockRow; movement: Movement; register: readonly RegisterEntry[] } | undefined,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...items.callActions(table, recall, call, before),
        ...(back
          ? [
              returnedDispenseAction(table, back.dispense, back.movement.quantity),
              moveAction(table, back.row, { free: back.movement.quantity, at: back.movement.at }),
              movementAction(table, back.movement),
              ...back.register.flatMap((entry) => registerActions(table, entry)),
            ]
          : []),
        ...engine.changeActions(key.recallCallKey(recall, '', '').pk, change),
      ]);
    },
  };
};
