/** Trails, answered requests and signed lists. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import { instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex, pageOfSeveral } from './page.ts';
import { type AnsweredRequest, eventsOfSite, parseEvent, parseRequest } from './request-items.ts';

export interface SignedList {
  readonly serial: number;
  readonly madeAt: string;
  readonly body: Record<string, unknown>;
}
const SignedListItem = z.object({ serial: z.int(), madeAt: z.string(), body: z.record(z.string(), z.unknown()) });

export const trailsOf = (engine: Engine) => {
  const { client, table, now } = engine;
  return {
    async listTrail(prescription: string, request: PageRequest): Promise<Page<Event>> {
      // what happens on the patient's page lies apart, where its function may write
      const pks = [engine.subjectOf(prescription), key.pageKey(prescription).pk];
      const page = await pageOfSeveral(client, table, { pks, skPrefix: 'EVENT#' }, request);
      return { ...page, items: page.items.map(parseEvent) };
    },
    async listSiteTrail(site: string, day: string, request: PageRequest): Promise<Page<Event>> {
      const page = await pageOfIndex(client, table, { index: 'gsi2', partition: eventsOfSite(site, day) }, request);
      return { ...page, items: page.items.map(parseEvent) };
    },

    async loadRequest(once: Once): Promise<AnsweredRequest | undefined> {
      return parseRequest(await engine.readOne(key.requestKey(once.person, once.keyHash)), now());
    },
    async loadList(kind: 'keys' | 'revocations'): Promise<SignedList | undefined> {
      const item = await engine.readOne(key.listKey(kind));
      return item && SignedListItem.parse(item);
    },
    /** Publishes a list with a serial above the one that stands; a slower publisher changes nothing. */
    async publishList(kind: 'keys' | 'revocations', list: SignedList): Promise<boolean> {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...key.listKey(kind), ...list },
            ConditionExpression: 'attribute_not_exists(pk) OR #serial < :serial',
            ExpressionAttributeNames: { '#serial': 'serial' },
            ExpressionAttributeValues: { ':serial': list.serial },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
        throw error;
      }
    },
    /** Ids of prescriptions that were cancelled and whose validity has not ended at `at` (milliseconds). */
    async listRevoked(at: number): Promise<string[]> {
      const items = await allOf(client, table, { pk: key.revocationPartition, skAfter: instant(at) });
      return items.map((i) => String(i.prescription));
    },
  };
};
