/**
 * What a person's rights need of the table: holds and erasures, the steps that take a person's name out of everything,
 * and what is over its time. Each step can be taken again, and finds nothing left to do.
 */
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import { Feedback } from '@darmon/domain/feedback';
import type { Prescription } from '@darmon/domain/prescription';
import { Erasure, Hold, isUnderWay } from '@darmon/domain/privacy';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex, readAll } from './page.ts';
import { closePatientAction, type PatientItem } from './patient-items.ts';
import { parsePrescription, prescriptionsOfPatient, prescriptionsOfPrescriber } from './prescription-items.ts';
import { eventAction, parseEvent } from './request-items.ts';
import { type Action, absent, atVersion, maxActions, put, remove, update } from './transact.ts';

const versioned = (version: number) => (version === 1 ? absent : atVersion(version - 1));
const Mark = z.object({ until: z.string() });

const holdAction = (table: string, hold: Hold): Action =>
  put(
    table,
    {
      ...key.holdKey(hold.patient),
      gsi1pk: key.holdsOfAllPartition,
      gsi1sk: `${hold.at}#${hold.patient}`,
      // what it kept back may go once it is lifted
      ...(hold.settled === false && { gsi2pk: key.openPrivacyPartition, gsi2sk: hold.patient }),
      ...hold,
    },
    versioned(hold.version),
    'changed',
  );

const erasureAction = (table: string, erasure: Erasure): Action =>
  put(
    table,
    {
      ...key.erasureKey(erasure.patient),
      gsi1pk: key.erasuresPartition,
      gsi1sk: `${erasure.at}#${erasure.patient}`,
      ...(isUnderWay(erasure) && { gsi2pk: key.openPrivacyPartition, gsi2sk: erasure.patient }),
      ...erasure,
    },
    versioned(erasure.version),
    'changed',
  );

export const privacyOf = (engine: Engine) => {
  const { client, table } = engine;
  const pageSize = 100;

  /** Keys of an index's partition, a few thousand at the most: what one patient has. */
  const keysOf = async (partition: string): Promise<key.Key[]> => {
    const found: key.Key[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :pk',
          ExpressionAttributeValues: { ':pk': partition },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      found.push(...(answer.Items ?? []).map((i) => ({ pk: String(i.pk), sk: String(i.sk) })));
      start = answer.LastEvaluatedKey;
    } while (start);
    return found;
  };

  return {
    async loadPrivacy(patient: string): Promise<{ hold: Hold | undefined; erasure: Erasure | undefined }> {
      const [hold, erasure] = await engine.readMany([key.holdKey(patient), key.erasureKey(patient)]);
      return { hold: hold && Hold.parse(hold), erasure: erasure && Erasure.parse(erasure) };
    },
    /** Newest first. */
    async listHolds(request: PageRequest): Promise<Page<Hold>> {
      const query = { index: 'gsi1' as const, partition: key.holdsOfAllPartition, backwards: true };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map((i) => Hold.parse(i)) };
    },
    async listErasures(request: PageRequest): Promise<Page<Erasure>> {
      const query = { index: 'gsi1' as const, partition: key.erasuresPartition, backwards: true };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map((i) => Erasure.parse(i)) };
    },
    /** Patients with an erasure to go on with, or a hold whose end has to be made up for. */
    async listPrivacyOpen(request: PageRequest): Promise<Page<string>> {
      const query = { index: 'gsi2' as const, partition: key.openPrivacyPartition };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map((i) => String(i.patient)) };
    },
    /** `waits` is an erasure that a hold stops. */
    async commitHold(hold: Hold, change: Change, waits?: Erasure): Promise<void> {
      const { pk } = key.holdKey(hold.patient);
      const stopped = waits ? [erasureAction(table, waits)] : [];
      await engine.commit([holdAction(table, hold), ...stopped, ...engine.changeActions(pk, change)]);
    },
    /** A hold whose end was made up for; nothing happened that anybody could be told. */
    async commitHoldSettled(hold: Hold): Promise<void> {
      await engine.commit([holdAction(table, hold)]);
    },
    async commitErasure(erasure: Erasure, change: Change): Promise<void> {
      const { pk } = key.erasureKey(erasure.patient);
      await engine.commit([erasureAction(table, erasure), ...engine.changeActions(pk, change)]);
    },
    /**
     * A step that nobody asked for anew, with the patient as it leaves it. `shred` destroys the secret under which the
     * patient is hidden in the log: it says since when, so that nobody makes another.
     */
    async commitErasureStep(
      erasure: Erasure,
      also: { patient?: PatientItem | undefined; event?: Event | undefined; shred?: string | undefined },
    ): Promise<void> {
      const { patient, event, shred } = also;
      await engine.commit([
        erasureAction(table, erasure),
        ...(patient ? [closePatientAction(table, patient)] : []),
        ...(event ? [eventAction(table, key.erasureKey(erasure.patient).pk, event)] : []),
        ...(shred === undefined
          ? []
          : [
              put(table, { ...key.logSecretKey(`patient#${erasure.patient}`), destroyed: shred }, undefined, 'changed'),
            ]),
      ]);
    },

    /** Takes away every hash that finds a patient; answers how many. The index lags, so call it a while after the last was made. */
    async removeMacs(patient: string): Promise<number> {
      const keys = await keysOf(key.macsPartition(patient));
      for (let at = 0; at < keys.length; at += maxActions)
        await engine.commit(keys.slice(at, at + maxActions).map((one) => remove(table, one)));
      return keys.length;
    },
    /** All of a patient, oldest first. */
    async loadPrescriptionsOf(patient: string): Promise<Prescription[]> {
      const items = await readAll(client, table, await keysOf(prescriptionsOfPatient(patient)));
      return items.flatMap((item) => (item ? [parsePrescription(item)] : []));
    },
    /**
     * Empties what a prescription says of its patient, and closes the patient's page. The rest stays as it is.
     * @throws Changed where somebody changed it since it was read
     */
    async wipePrescription(p: Pick<Prescription, 'id' | 'version'>, event: Event): Promise<void> {
      await engine.commit([
        update(
          table,
          key.prescriptionKey(p.id),
          {
            expression: 'SET #sealed = :nothing, #version = :next REMOVE #pageMac',
            names: { '#sealed': 'sealed', '#pageMac': 'pageMac' },
            values: { ':nothing': {}, ':next': p.version + 1 },
          },
          atVersion(p.version),
          'changed',
        ),
        eventAction(table, key.prescriptionKey(p.id).pk, event),
      ]);
    },
    /** Empties who collected, of each dispense. */
    async wipeDispenses(prescription: string, ns: readonly number[]): Promise<void> {
      for (const n of ns)
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { ...key.dispenseKey(prescription, n) },
            UpdateExpression: 'REMOVE #sealed',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#sealed': 'sealed' },
          }),
        );
    },
    /** Empties the picture of a paper; that there was one stays. */
    async wipePicture(prescription: string): Promise<void> {
      await engine.commit([
        update(
          table,
          key.pictureKey(prescription),
          { expression: 'SET #sealed = :none', names: { '#sealed': 'sealed' }, values: { ':none': new Uint8Array(0) } },
          { expression: 'attribute_exists(pk)' },
          'changed',
        ),
      ]);
    },
    /** Destroys the key of somebody's words; when, about what and where stays. */
    async wipeFeedback(id: string, event: Event): Promise<void> {
      await engine.commit([
        update(
          table,
          key.feedbackKey(id),
          {
            expression: 'SET #sealed = :nothing, #wrappedKey = :none',
            names: { '#sealed': 'sealed', '#wrappedKey': 'wrappedKey' },
            values: { ':nothing': {}, ':none': '' },
          },
          { expression: 'attribute_exists(pk)' },
          'changed',
        ),
        eventAction(table, key.feedbackKey(id).pk, event),
      ]);
    },
    /** What was given for these dispenses. */
    async loadFeedbackFor(dispenses: readonly string[]): Promise<Feedback[]> {
      const given = await engine.readMany(dispenses.map(key.feedbackGivenKey));
      const items = await engine.readMany(given.flatMap((g) => (g ? [key.feedbackKey(String(g.feedback))] : [])));
      return items.flatMap((item) => (item ? [Feedback.parse(item)] : []));
    },

    /** What a prescriber issued from an instant on and before a day, oldest first, so many at once. */
    async listIssued(prescriber: string, from: string, before: string, limit: number): Promise<Prescription[]> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi2',
          KeyConditionExpression: 'gsi2pk = :pk AND gsi2sk BETWEEN :from AND :before',
          ExpressionAttributeValues: {
            ':pk': prescriptionsOfPrescriber(prescriber),
            ':from': from,
            ':before': new Date(dayStart(before) - 1).toISOString(),
          },
          Limit: limit,
        }),
      );
      const keys = (answer.Items ?? []).map((i) => ({ pk: String(i.pk), sk: String(i.sk) }));
      const items = await readAll(client, table, keys);
      return items.flatMap((item) => (item ? [parsePrescription(item)] : []));
    },
    /** Feedback of a Tashkent day. */
    async listFeedbackOn(day: string): Promise<Feedback[]> {
      const found: Feedback[] = [];
      let cursor: string | undefined;
      do {
        const query = { index: 'gsi2' as const, partition: key.feedbackPartition(day) };
        const page = await pageOfIndex(client, table, query, { cursor, limit: pageSize });
        found.push(...page.items.map((i) => Feedback.parse(i)));
        cursor = page.next;
      } while (cursor !== undefined);
      return found;
    },
    /** Until where a class is done, of a prescriber or by days; undefined where nothing is. */
    async loadRetentionMark(kind: string, of: string): Promise<string | undefined> {
      const item = await engine.readOne(key.retentionKey(kind, of));
      return item && Mark.parse(item).until;
    },
    /** Two at once may set it back; then a little is looked at twice. */
    async saveRetentionMark(kind: string, of: string, until: string): Promise<void> {
      await client.send(new PutCommand({ TableName: table, Item: { ...key.retentionKey(kind, of), until } }));
    },
    /** Everything recorded with a patient, the patient's prescriptions, their pages and rights, oldest first. */
    async loadEventsAbout(patient: string, prescriptions: readonly string[]): Promise<Event[]> {
      const partitions = [
        key.patientKey(patient).pk,
        key.lookUpsPartition(patient),
        key.holdKey(patient).pk,
        ...prescriptions.flatMap((id) => [key.prescriptionKey(id).pk, key.pageKey(id).pk]),
      ];
      const found = await Promise.all(partitions.map((pk) => allOf(client, table, { pk, skPrefix: 'EVENT#' })));
      return found
        .flat()
        .map(parseEvent)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    /** What was recorded about the account of a member of staff, and of looks of theirs that found nobody. */
    async loadEventsOfPerson(person: string): Promise<Event[]> {
      const partitions = [
        key.personKey(person).pk,
        key.holdKey(person).pk,
        key.lookUpsPartition(person),
        key.templatesKey(person).pk,
      ];
      const found = await Promise.all(partitions.map((pk) => allOf(client, table, { pk, skPrefix: 'EVENT#' })));
      return found
        .flat()
        .map(parseEvent)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    /** A look at what is kept of a person, on record before anything is shown. */
    async commitPrivacyEvent(of: string, event: Event): Promise<void> {
      await engine.commit([eventAction(table, key.holdKey(of).pk, event)]);
    },
  };
};

/** The Tashkent day after this one. */
export const dayAfter = (day: string): string => tashkentDay(dayStart(day) + dayMs);
