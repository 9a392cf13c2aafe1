/**
 * The table as the use cases see it: loads for a decision, and commits of a change with its event and its idempotency
 * record in one transaction. No caller sees a key, an expression or an engine's error.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import { Medicine } from '@darmon/domain/medicine';
import type { Prescription } from '@darmon/domain/prescription';
import { firstPolicy, type Person, type Policy, type Site } from '@darmon/domain/standing';
import type { Allocation, LotState, Movement, StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';
import * as key from './keys.ts';
import { allOf, type Item, type Page, type PageRequest, pageOf, pageOfIndex, readAll } from './page.ts';
import { type PatientItem, parsePatient, patientActions } from './patient-items.ts';
import * as prescriptions from './prescription-items.ts';
import {
  type AnsweredRequest,
  attemptAction,
  eventAction,
  eventsOfSite,
  type Once,
  parseEvent,
  parseRequest,
  requestAction,
} from './request-items.ts';
import * as standing from './standing-items.ts';
import * as stock from './stock-items.ts';
import { type Action, maxActions, transact } from './transact.ts';

/** What every change carries: the event, and, where the caller gave a key, the answer to repeat. */
export interface Change {
  readonly now: number;
  readonly event: Event;
  readonly once?: Once | undefined;
  readonly answered?: { readonly status: number; readonly reference: string; readonly answer: string };
}

/** What stands around a decision at the counter. */
export interface Counter {
  readonly prescription: Prescription | undefined;
  readonly person: Person | undefined;
  readonly site: Site | undefined;
  readonly policy: Policy;
  /** Lots recalled now, as `gtin#lot`. */
  readonly recalled: ReadonlySet<string>;
}

export interface SignedList {
  readonly serial: number;
  readonly madeAt: string;
  readonly body: Record<string, unknown>;
}
const SignedListItem = z.object({ serial: z.int(), madeAt: z.string(), body: z.record(z.string(), z.unknown()) });

/** How long the country-wide items (policy, recalls) may be reused before they are read again. */
const countryMs = 5_000;

export interface TableOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
  readonly pause?: (ms: number) => Promise<void>;
}

export type Table = ReturnType<typeof openTable>;

/** Opens the table for use. Reads are strong except the index part of lists, which may lag by a moment. */
export const openTable = ({
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

  let country: { at: number; policy: Policy; recalled: ReadonlySet<string> } | undefined;
  const keepCountry = (policy: Item | undefined, recalls: Item | undefined) => {
    country = {
      at: now(),
      policy: policy ? standing.parsePolicy(policy) : firstPolicy,
      recalled: new Set(recalls ? standing.Recalls.parse(recalls).lots : []),
    };
    return country;
  };
  const freshCountry = () => (country && Math.abs(now() - country.at) < countryMs ? country : undefined);

  /** One read for a decision: the items named, and policy and recalls where they are older than five seconds. */
  const readWithCountry = async (keys: readonly key.Key[]) => {
    const known = freshCountry();
    const found = await readMany(known ? keys : [...keys, key.policyKey, key.recallsKey]);
    const { policy, recalled } = known ?? keepCountry(found[keys.length], found[keys.length + 1]);
    return { found: found.slice(0, keys.length), policy, recalled };
  };

  /** A recall is known at once, whatever the rows still say. */
  const marked = (rows: readonly StockRow[], recalled: ReadonlySet<string>): StockRow[] =>
    rows.map((r) => (recalled.has(`${r.gtin}#${r.lot}`) ? { ...r, state: 'recalled' as const } : r));

  return {
    // ---- the counter
    /** The first of the two reads of a dispense: prescription, person and site, strongly, in one request. */
    async loadCounter(prescription: string, person: string, site: string): Promise<Counter> {
      const { found, policy, recalled } = await readWithCountry([
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
      const item = await readOne(key.dispenseKey(prescription, n));
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
      await commit([
        prescriptions.changeAction(table, next, prescriptions.dispenseGuard(dispense.site, change.now)),
        prescriptions.recordDispenseAction(table, dispense),
        ...allocations.map((a) => stock.takeAction(table, { site: dispense.site, ...a }, today)),
        ...movements.map((m) => stock.movementAction(table, m)),
        ...changeActions(subjectOf(next.id), change),
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
      await commit([
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
        ...changeActions(subjectOf(next.id), change),
      ]);
    },
    /** Claim, release and cancel; a cancelled prescription goes on the revocation list with the same stroke. */
    async commitTransition(next: Prescription, change: Change, options: { revoke: boolean }): Promise<void> {
      await commit([
        prescriptions.changeAction(table, next, prescriptions.openGuard(change.now)),
        ...(options.revoke ? [prescriptions.revokeAction(table, next)] : []),
        ...changeActions(subjectOf(next.id), change),
      ]);
    },

    // ---- prescribing
    async commitIssue(
      p: Prescription,
      patient: { item: PatientItem; macs: { documents: readonly string[]; name: string } } | undefined,
      change: Change,
    ): Promise<void> {
      await commit([
        ...prescriptions.issueActions(table, p),
        ...(patient ? patientActions(table, patient.item, patient.macs) : []),
        ...changeActions(subjectOf(p.id), change),
      ]);
    },
    /** Everything an issue decides on, in one request. Medicines come in the order of `codes`. */
    async loadForIssue(person: string, site: string, codes: readonly string[]) {
      const { found, policy } = await readWithCountry([
        key.personKey(person),
        key.siteKey(site),
        ...codes.map(key.medicineKey),
      ]);
      const [who, where, ...medicines] = found;
      return {
        person: who && standing.parsePerson(who),
        site: where && standing.parseSite(where),
        medicines: medicines.map((m) => m && Medicine.parse(m)),
        policy,
      };
    },
    async loadPrescription(id: string): Promise<Prescription | undefined> {
      const item = await readOne(key.prescriptionKey(id));
      return item && prescriptions.parsePrescription(item);
    },
    async prescriptionOfNumber(number: string): Promise<string | undefined> {
      const item = await readOne(key.numberKey(number));
      return item && String(item.prescription);
    },
    async listPrescriptions(
      of: { patient: string } | { prescriber: string },
      request: PageRequest,
    ): Promise<Page<Prescription>> {
      const page = await pageOfIndex(
        client,
        table,
        'patient' in of
          ? { index: 'gsi1', partition: prescriptions.prescriptionsOfPatient(of.patient), backwards: true }
          : { index: 'gsi2', partition: prescriptions.prescriptionsOfPrescriber(of.prescriber), backwards: true },
        request,
      );
      return { ...page, items: page.items.map(prescriptions.parsePrescription) };
    },

    // ---- patients
    async patientOfDocument(mac: string): Promise<PatientItem | undefined> {
      const pointer = await readOne(key.patientMacKey(mac));
      const item = pointer && (await readOne(key.patientKey(String(pointer.patient))));
      return item && parsePatient(item);
    },
    async patientsOfName(mac: string): Promise<PatientItem[]> {
      const pointers = await allOf(client, table, { pk: key.patientMacKey(mac).pk, skPrefix: 'PATIENT#' });
      const items = await readMany(pointers.map((p) => key.patientKey(String(p.patient))));
      return items.filter((i): i is Item => i !== undefined).map(parsePatient);
    },
    /** Patients by id, in one request a hundred. */
    async loadPatients(ids: readonly string[]): Promise<ReadonlyMap<string, PatientItem>> {
      const items = await readMany([...new Set(ids)].map(key.patientKey));
      return new Map(items.flatMap((i) => (i ? [parsePatient(i)] : [])).map((p) => [p.id, p]));
    },
    async commitPatient(
      patient: PatientItem,
      macs: { documents: readonly string[]; name: string },
      event: Event,
    ): Promise<void> {
      await commit([...patientActions(table, patient, macs), eventAction(table, key.patientKey(patient.id).pk, event)]);
    },
    /** Records that somebody looked, and refuses the look past the hourly limit of its kind. */
    async commitLookUp(
      subject: { prescription: string } | { patient: string } | { person: string },
      event: Event,
      limit: { of: 'found' | 'missed'; most: number },
    ): Promise<void> {
      const at = Date.parse(event.at);
      const pk =
        'prescription' in subject
          ? subjectOf(subject.prescription)
          : key.lookUpsPartition('patient' in subject ? subject.patient : subject.person);
      await commit([
        attemptAction(table, `LOOKUP#${limit.of}#${event.actor.person}`, event.at.slice(0, 13), limit.most, at),
        eventAction(table, pk, event),
      ]);
    },

    // ---- stock
    async loadForReceipt(person: string, site: string, lots: readonly { gtin: string; lot: string }[]) {
      const gtins = [...new Set(lots.map((l) => l.gtin))];
      const { found, policy, recalled } = await readWithCountry([
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
        recalled,
      };
    },
    async loadStockRow(row: { site: string; gtin: string; lot: string }): Promise<StockRow | undefined> {
      const [pack, lot] = await readMany([key.gtinKey(row.gtin), key.lotKey(row.gtin, row.lot)]);
      if (!pack || !lot) return undefined;
      const { medicine } = stock.KnownPack.parse(pack);
      const { expiryDate } = stock.LotItem.parse(lot);
      const [item] = await readMany([key.stockKey({ ...row, medicine, expiryDate })]);
      return item && stock.parseStockRow(item);
    },
    async medicineOfGtin(gtin: string): Promise<string | undefined> {
      const item = await readOne(key.gtinKey(gtin));
      return item && stock.KnownPack.parse(item).medicine;
    },
    async commitReceipt(input: {
      receipt: { id: string } & Readonly<Record<string, unknown>>;
      document: { supplier: string; number: string } | undefined;
      rows: readonly StockRow[];
      /** Each lot with the expiry and the state that were read, or that it begins with. */
      lots: readonly stock.LotItem[];
      movements: readonly Movement[];
      site: string;
      change: Change;
    }): Promise<void> {
      await commit([
        stock.receiptAction(table, input.receipt),
        ...(input.document ? [stock.documentAction(table, input.site, input.document, input.receipt.id)] : []),
        ...input.rows.map((r) => stock.receiveAction(table, r)),
        ...input.lots.map((l) => stock.lotAction(table, l)),
        ...input.movements.map((m) => stock.movementAction(table, m)),
        ...changeActions(key.receiptKey(input.receipt.id).pk, input.change),
      ]);
    },
    async commitLotState(row: StockRow, state: LotState, movement: Movement, change: Change): Promise<void> {
      await commit([
        stock.stateAction(table, row, state),
        stock.movementAction(table, movement),
        ...changeActions(key.lotKey(row.gtin, row.lot).pk, change, row.site),
      ]);
    },
    async listStock(site: string, prefix: string | undefined, request: PageRequest): Promise<Page<StockRow>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: stock.stockOfSite(site), ...(prefix !== undefined && { prefix }) },
        request,
      );
      const { recalled } = await readWithCountry([]);
      return { ...page, items: marked(page.items.map(stock.parseStockRow), recalled) };
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

    // ---- people, sites, formulary
    async loadStanding(person: string, site: string) {
      const { found, policy } = await readWithCountry([key.personKey(person), key.siteKey(site)]);
      const [who, where] = found;
      return { person: who && standing.parsePerson(who), site: where && standing.parseSite(where), policy };
    },
    async listPeople(request: PageRequest): Promise<Page<Person>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.people }, request);
      return { ...page, items: page.items.map(standing.parsePerson) };
    },
    async listSites(request: PageRequest): Promise<Page<Site>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.sites }, request);
      return { ...page, items: page.items.map(standing.parseSite) };
    },
    async listMedicines(request: PageRequest): Promise<Page<Medicine>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.formulary }, request);
      return { ...page, items: page.items.map((i) => Medicine.parse(i)) };
    },
    async commitPerson(person: Person, change: Change): Promise<void> {
      await commit([standing.personAction(table, person), ...changeActions(key.personKey(person.id).pk, change)]);
    },
    /** Something that happened to an account and changed nothing in the table. */
    async commitPersonEvent(person: string, event: Event): Promise<void> {
      await commit([eventAction(table, key.personKey(person).pk, event)]);
    },
    async commitSite(site: Site, change: Change): Promise<void> {
      await commit([standing.siteAction(table, site), ...changeActions(key.siteKey(site.id).pk, change)]);
    },
    /** The first office, its first administrator and the first policy, once: nobody can be the first a second time. */
    async commitBootstrap(site: Site, person: Person, policy: Policy, event: Event): Promise<void> {
      await commit([
        standing.policyAction(table, policy),
        standing.siteAction(table, site),
        standing.personAction(table, person),
        eventAction(table, key.policyKey.pk, event),
      ]);
    },
    /** Imports medicines; each is replaced as a whole, together with the packs it names. */
    async commitFormulary(medicines: readonly Medicine[], event: Event): Promise<void> {
      let together: Action[] = [];
      for (const medicine of medicines) {
        const actions = standing.medicineActions(table, medicine);
        // one action is kept free for the event
        if (together.length + actions.length >= maxActions) {
          await commit(together);
          together = [];
        }
        together.push(...actions);
      }
      await commit([...together, eventAction(table, standing.formulary, event)]);
    },

    // ---- trails
    async listTrail(prescription: string, request: PageRequest): Promise<Page<Event>> {
      const page = await pageOf(client, table, { pk: subjectOf(prescription), skPrefix: 'EVENT#' }, request);
      return { ...page, items: page.items.map(parseEvent) };
    },
    async listSiteTrail(site: string, day: string, request: PageRequest): Promise<Page<Event>> {
      const page = await pageOfIndex(client, table, { index: 'gsi2', partition: eventsOfSite(site, day) }, request);
      return { ...page, items: page.items.map(parseEvent) };
    },

    // ---- requests and lists
    async loadRequest(once: Once): Promise<AnsweredRequest | undefined> {
      return parseRequest(await readOne(key.requestKey(once.person, once.keyHash)), now());
    },
    async loadList(kind: 'keys' | 'revocations'): Promise<SignedList | undefined> {
      const item = await readOne(key.listKey(kind));
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
