/**
 * The engine as the table's sections see it: strong reads, one commit a change, and the country-wide items that every
 * decision needs and that are read again after five seconds.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import { type Policy, policyAt } from '@darmon/domain/policy';
import { type BlockedState, lotName, type StockRow } from '@darmon/domain/stock';
import * as key from './keys.ts';
import { type Item, readAll } from './page.ts';
import { eventAction, requestAction } from './request-items.ts';
import * as standing from './standing-items.ts';
import { type Action, transact } from './transact.ts';

/** What every change carries: the event, and, where the caller gave a key, the answer to repeat. */
export interface Change {
  readonly now: number;
  readonly event: Event;
  readonly once?: Once | undefined;
  readonly answered?: { readonly status: number; readonly reference: string; readonly answer: string };
}

export interface TableOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

/** How long the country-wide items (policy, recalls) may be reused before they are read again. */
const countryMs = 5_000;

/** Lots blocked in the whole country, by `lotName`. */
export type Blocked = ReadonlyMap<string, BlockedState>;

/** What is blocked everywhere is known at once, whatever the rows still say. */
export const marked = (rows: readonly StockRow[], blocked: Blocked): StockRow[] =>
  rows.map((r) => {
    const state = blocked.get(lotName(r));
    return state === undefined || r.state === 'recalled' ? r : { ...r, state };
  });

export type Engine = ReturnType<typeof openEngine>;

export const openEngine = ({
  client: bare,
  table,
  now,
  pause = (ms) => new Promise((done) => setTimeout(done, ms)),
}: TableOptions) => {
  const client = DynamoDBDocumentClient.from(bare, { marshallOptions: { removeUndefinedValues: true } });
  const readOne = async (k: key.Key): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: table, Key: { ...k }, ConsistentRead: true }))).Item;
  const readMany = (keys: readonly key.Key[]) => readAll(client, table, keys);
  const commit = (actions: readonly Action[]) => transact(client, actions, pause);

  /** `site` is where it happened, if that is not where the actor works. */
  const changeActions = (subject: string, change: Change, site = change.event.actor.site): Action[] => [
    eventAction(table, subject, change.event, site),
    ...(change.once && change.answered ? [requestAction(table, change.once, change.answered, change.now)] : []),
  ];
  const subjectOf = (id: string): string => key.prescriptionKey(id).pk;

  let country: { at: number; policies: readonly Policy[]; blocked: Blocked } | undefined;
  const keepCountry = (policies: Item | undefined, recalls: Item | undefined) => {
    country = {
      at: now(),
      policies: policies ? standing.PolicyBook.parse(policies).policies : [],
      blocked: new Map(Object.entries(recalls ? standing.Recalls.parse(recalls).lots : {})),
    };
    return country;
  };
  /** What this process itself changed counts at once for it. */
  const forgetCountry = () => {
    country = undefined;
  };
  const freshCountry = () => (country && Math.abs(now() - country.at) < countryMs ? country : undefined);

  /**
   * One read for a decision: the items named, and policy and recalls where they are older than five seconds. A policy
   * begins a minute after it was saved, so the one that holds now is known to every reader.
   */
  const readWithCountry = async (keys: readonly key.Key[]) => {
    const known = freshCountry();
    const found = await readMany(known ? keys : [...keys, key.policyKey, key.recallsKey]);
    const { policies, blocked } = known ?? keepCountry(found[keys.length], found[keys.length + 1]);
    return { found: found.slice(0, keys.length), policy: policyAt(policies, now()), blocked };
  };

  return { client, table, now, readOne, readMany, commit, changeActions, subjectOf, readWithCountry, forgetCountry };
};
