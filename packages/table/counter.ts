/** What a counter loads and commits: one prescription, the shelf, a dispense and its undo. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dispense } from '@darmon/domain/dispense';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import type { Person, Site } from '@darmon/domain/standing';
import type { Allocation, Movement, StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { allOf } from './page.ts';
import * as prescriptions from './prescription-items.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';

/** What stands around a decision at the counter. */
export interface Counter {
  readonly prescription: Prescription | undefined;
  readonly person: Person | undefined;
  readonly site: Site | undefined;
  readonly policy: Policy;
  /** Lots recalled now, as `gtin#lot`. */
  readonly recalled: ReadonlySet<string>;
}

export const counterOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** The first of the two reads of a dispense: prescription, person and site, strongly, in one request. */
    async loadCounter(prescription: string, person: string, site: string): Promise<Counter> {
      const { found, policy, recalled } = await engine.readWithCountry([
        key.prescriptionKey(prescription),
        key.personKey(person),
        key.siteKey(site),
      ]);
      const [p, who, where] = found;
      return {
        prescription: p && prescriptions.parsePrescription(p),
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        policy,
        recalled,
      };
    },
    /**
     * The second: the lots of a medicine at a site that have not expired by `today`, first expiring first, those
     * recalled now marked. What expired long ago is not read, so that the road does not grow with the years.
     */
    async loadLots(site: string, medicine: string, today: string, recalled: ReadonlySet<string>): Promise<StockRow[]> {
      const rows: StockRow[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const answer = await client.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
            ExpressionAttributeValues: {
              ':pk': key.stockPartition(site, medicine),
              ':from': `STOCK#${today}`,
              ':to': 'STOCK#~',
            },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        rows.push(...(answer.Items ?? []).map(stock.parseStockRow));
        start = answer.LastEvaluatedKey;
      } while (start);
      return marked(rows, recalled);
    },
    async loadDispense(prescription: string, n: number): Promise<Dispense | undefined> {
      const item = await engine.readOne(key.dispenseKey(prescription, n));
      return item && prescriptions.parseDispense(item);
    },
    async loadDispenses(prescription: string): Promise<Dispense[]> {
      return (await allOf(client, table, { pk: key.prescriptionKey(prescription).pk, skPrefix: 'DISPENSE#' })).map(
        prescriptions.parseDispense,
      );
    },

    /** Prescription, dispense, each lot with its movement, event and idempotency record: all or nothing. */
    async commitDispense(input: {
      next: Prescription;
      dispense: Dispense;
      movements: readonly Movement[];
      allocations: readonly (Allocation & { medicine: string })[];
      change: Change;
    }): Promise<void> {
      const { next, dispense, movements, allocations, change } = input;
      const today = tashkentDay(change.now);
      await engine.commit([
        prescriptions.changeAction(table, next, prescriptions.dispenseGuard(dispense.site, change.now)),
        prescriptions.recordDispenseAction(table, dispense),
        ...allocations.map((a) => stock.takeAction(table, { site: dispense.site, ...a }, today)),
        ...movements.map((m) => stock.movementAction(table, m)),
        ...engine.changeActions(engine.subjectOf(next.id), change),
      ]);
    },
    async commitUndo(input: {
      next: Prescription;
      dispense: Dispense;
      reason: string;
      movements: readonly Movement[];
      change: Change;
    }): Promise<void> {
      const { next, dispense, reason, movements, change } = input;
      await engine.commit([
        prescriptions.changeAction(table, next, prescriptions.anyGuard),
        prescriptions.undoDispenseAction(table, dispense, {
          at: instant(change.now),
          person: change.event.actor.person,
          reason,
        }),
        ...dispense.lines.flatMap((l) =>
          l.lots.map((lot) => stock.giveBackAction(table, { site: dispense.site, medicine: l.medicine, ...lot })),
        ),
        ...movements.map((m) => stock.movementAction(table, m)),
        ...engine.changeActions(engine.subjectOf(next.id), change),
      ]);
    },
    /** Claim, release and cancel; a cancelled prescription goes on the revocation list with the same stroke. */
    async commitTransition(next: Prescription, change: Change, options: { revoke: boolean }): Promise<void> {
      await engine.commit([
        prescriptions.changeAction(table, next, prescriptions.openGuard(change.now)),
        ...(options.revoke ? [prescriptions.revokeAction(table, next)] : []),
        ...engine.changeActions(engine.subjectOf(next.id), change),
      ]);
    },
  };
};
