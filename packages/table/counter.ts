/** What a counter loads and commits: one prescription, the shelf, a dispense and its undo. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Approval } from '@darmon/domain/approval';
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import type { Movement } from '@darmon/domain/ledger';
import type { SerialUse } from '@darmon/domain/pack-scan';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import type { RegisterEntry } from '@darmon/domain/register';
import type { Person, Site } from '@darmon/domain/standing';
import type { Allocation, StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import { parseApproval, useApprovalAction } from './approval-items.ts';
import { type Blocked, type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { type MarkingCheck, queueCheckAction } from './marking-items.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import * as prescriptions from './prescription-items.ts';
import { registerActions } from './register-items.ts';
import { eventsOfSite, parseEvent } from './request-items.ts';
import { giveBackSerialAction, takeSerialAction } from './serial-items.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';
import { type Action, maxActions } from './transact.ts';

/** What stands around a decision at the counter. */
export interface Counter {
  readonly prescription: Prescription | undefined;
  readonly person: Person | undefined;
  readonly site: Site | undefined;
  readonly policy: Policy;
  /** Lots blocked in the whole country now. */
  readonly blocked: Blocked;
  readonly approval: Approval | undefined;
}

/** All that a dispense writes. What an ordinary one has nothing of stays empty. */
export interface DispenseWritten {
  readonly next: Prescription;
  readonly dispense: Dispense;
  readonly movements: readonly Movement[];
  readonly allocations: readonly (Allocation & { medicine: string })[];
  readonly serials: readonly SerialUse[];
  readonly register: readonly RegisterEntry[];
  /** The witness's, used up with it. */
  readonly approval?: Approval | undefined;
  /** Packs that the marking service could not be asked about. */
  readonly check?: MarkingCheck | undefined;
  readonly change: Change;
}

/** One that no transaction holds is for the pharmacist to divide. */
const requireFits = (actions: readonly Action[]): readonly Action[] => {
  if (actions.length > maxActions) throw new Refusal('split-dispense');
  return actions;
};

export const counterOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** The first of the two reads of a dispense: prescription, person, site and approval, strongly, in one request. */
    async loadCounter(prescription: string, person: string, site: string, approval?: string): Promise<Counter> {
      const { found, policy, blocked } = await engine.readWithCountry([
        key.prescriptionKey(prescription),
        key.personKey(person),
        key.siteKey(site),
        ...(approval === undefined ? [] : [key.approvalKey(approval)]),
      ]);
      const [p, who, where, approved] = found;
      return {
        prescription: p && prescriptions.parsePrescription(p),
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        policy,
        blocked,
        approval: approved && parseApproval(approved),
      };
    },
    /**
     * The second: the lots of a medicine at a site that have not expired by `today`, first expiring first, those
     * blocked in the whole country marked. What expired long ago is not read, so that the road does not grow with the years.
     */
    async loadLots(site: string, medicine: string, today: string, blocked: Blocked): Promise<StockRow[]> {
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
      return marked(rows, blocked);
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

    /** The events of dispenses and undos at a site on a Tashkent day, newest first. */
    async listDispenseEvents(site: string, day: string, request: PageRequest): Promise<Page<Event>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi2', partition: eventsOfSite(site, day), backwards: true, of: key.prescriptionKey('').pk },
        request,
      );
      return { ...page, items: page.items.map(parseEvent) };
    },
    /** Dispenses by prescription and number, with their prescriptions, in one request a hundred. */
    async loadDispensesOf(
      ids: readonly { prescription: string; n: number }[],
    ): Promise<{ dispense: Dispense; prescription: Prescription }[]> {
      const [dispenses, found] = await Promise.all([
        engine.readMany(ids.map(({ prescription, n }) => key.dispenseKey(prescription, n))),
        engine.readMany(ids.map(({ prescription }) => key.prescriptionKey(prescription))),
      ]);
      return dispenses.flatMap((item, i) => {
        const of = found[i];
        return item && of
          ? [{ dispense: prescriptions.parseDispense(item), prescription: prescriptions.parsePrescription(of) }]
          : [];
      });
    },

    /**
     * Prescription, dispense, each lot with its movement, each pack, the register, the witness's yes, event and
     * idempotency record: all or nothing.
     * @throws Refusal `serial-dispensed` where a pack cannot give what is asked of it, `approval-invalid`, `split-dispense`
     */
    async commitDispense(written: DispenseWritten): Promise<void> {
      const { next, dispense, change, approval, check } = written;
      const { site } = dispense;
      const today = tashkentDay(change.now);
      await engine.commit(
        requireFits([
          prescriptions.changeAction(table, next, prescriptions.dispenseGuard(site, change.now)),
          prescriptions.recordDispenseAction(table, dispense),
          ...written.allocations.map((a) => stock.takeAction(table, { site, ...a }, today, dispense.at)),
          ...written.movements.map((m) => stock.movementAction(table, m)),
          ...written.serials.map((use) => takeSerialAction(table, site, use)),
          ...written.register.flatMap((entry) => registerActions(table, entry)),
          ...(approval ? [useApprovalAction(table, approval, change.now)] : []),
          ...(check ? [queueCheckAction(table, check)] : []),
          ...engine.changeActions(engine.subjectOf(next.id), change),
        ]),
      );
    },
    async commitUndo(input: {
      next: Prescription;
      dispense: Dispense;
      reason: string;
      movements: readonly Movement[];
      register: readonly RegisterEntry[];
      change: Change;
    }): Promise<void> {
      const { next, dispense, reason, movements, register, change } = input;
      await engine.commit([
        prescriptions.changeAction(table, next, prescriptions.anyGuard),
        prescriptions.undoDispenseAction(table, dispense, {
          at: instant(change.now),
          person: change.event.actor.person,
          reason,
        }),
        ...dispense.lines.flatMap((l) =>
          l.lots.flatMap(({ serials = [], ...lot }) => [
            stock.giveBackAction(table, { site: dispense.site, medicine: l.medicine, ...lot }, instant(change.now)),
            ...serials.map((s) => giveBackSerialAction(table, { gtin: lot.gtin, ...s })),
          ]),
        ),
        ...movements.map((m) => stock.movementAction(table, m)),
        ...register.flatMap((entry) => registerActions(table, entry)),
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
