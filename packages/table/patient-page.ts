/**
 * The patient's own page: what it shows, how often its birth date was wrong, who opened it. All that is written lies
 * apart from the prescription, so that the function which does it may write nothing else.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Dispense } from '@darmon/domain/dispense';
import type { Event } from '@darmon/domain/event';
import { Medicine } from '@darmon/domain/medicine';
import { pageTries } from '@darmon/domain/patient-page';
import type { Prescription } from '@darmon/domain/prescription';
import type { Person, Site } from '@darmon/domain/standing';
import type { StockRow } from '@darmon/domain/stock';
import { dayMs } from '@darmon/domain/time';
import * as z from 'zod';
import { type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { type Item, pageOf } from './page.ts';
import * as prescriptions from './prescription-items.ts';
import { attemptAction, eventAction, parseEvent } from './request-items.ts';
import * as standing from './standing-items.ts';
import { parseStockRow } from './stock-items.ts';
import { update } from './transact.ts';

const PageItem = z.object({ failures: z.int(), lockedAt: z.string().exactOptional() });
type PageItem = z.infer<typeof PageItem>;

/** An attempt in one hour: what is tried by whom, and how often it may be. */
export interface Attempt {
  readonly what: string;
  readonly most: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What nobody has is forgotten; what somebody has stays until a counter opens it. */
const unknownDays = 30;
/** The newest events that a page tells. */
const mostLooks = 100;
/** Rows of stock that are looked at for one medicine: many lots, or a few of hundreds of pharmacies. */
const mostRows = 100;

const hourOf = (at: number): string => new Date(at).toISOString().slice(0, 13);

export const patientPageOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** The prescription behind a printed number, in the same two reads whether there is one or not. */
    async findPage(of: { number: string } | { id: string }): Promise<{ subject: string; p: Prescription | undefined }> {
      const pointer = 'number' in of ? await engine.readOne(key.numberKey(of.number)) : undefined;
      const subject = 'id' in of ? of.id : String(pointer?.prescription ?? of.number);
      const [item] = await engine.readMany([key.prescriptionKey(subject)]);
      return { subject, p: item && prescriptions.parsePrescription(item) };
    },
    /**
     * Counts a try before it is judged, so that many at once are not more than five.
     * @throws Refusal `too-many-requests`, `page-locked`
     */
    async commitPageTry(subject: string, isKnown: boolean, attempt: Attempt): Promise<void> {
      const forgotten = Math.ceil((attempt.at + unknownDays * dayMs) / 1000);
      await engine.commit([
        attemptAction(table, attempt.what, hourOf(attempt.at), attempt.most, attempt.at),
        update(
          table,
          key.pageKey(subject),
          {
            expression: `SET #failures = if_not_exists(#failures, :none) + :one${isKnown ? '' : ', #ttl = :ttl'}`,
            names: { '#failures': 'failures', ...(!isKnown && { '#ttl': 'ttl' }) },
            values: { ':none': 0, ':one': 1, ...(!isKnown && { ':ttl': forgotten }) },
          },
          { expression: 'attribute_not_exists(#failures) OR #failures < :most', values: { ':most': pageTries } },
          'page-locked',
        ),
      ]);
    },
    async loadPageTries(subject: string): Promise<PageItem> {
      const [item] = await engine.readMany([key.pageKey(subject)]);
      return item ? PageItem.parse(item) : { failures: 0 };
    },
    /** Says once when the page was locked. */
    async commitPageLocked(prescription: string, event: Event): Promise<void> {
      await engine.commit([
        update(
          table,
          key.pageKey(prescription),
          { expression: 'SET #lockedAt = :at', names: { '#lockedAt': 'lockedAt' }, values: { ':at': event.at } },
          {
            expression: 'attribute_not_exists(#lockedAt) AND #failures >= :most',
            names: { '#failures': 'failures' },
            values: { ':most': pageTries },
          },
          'changed',
        ),
        eventAction(table, key.pageKey(prescription).pk, event),
      ]);
    },
    /** A try that was right is given back, unless a counter forgot it in between. */
    async commitPageOpened(prescription: string, event: Event): Promise<void> {
      await engine.commit([
        update(
          table,
          key.pageKey(prescription),
          {
            expression: 'SET #failures = #failures - :one',
            names: { '#failures': 'failures' },
            values: { ':one': 1 },
          },
          { expression: '#failures >= :one' },
          'changed',
        ),
        eventAction(table, key.pageKey(prescription).pk, event),
      ]);
    },
    async commitPageEvent(prescription: string, event: Event): Promise<void> {
      await engine.commit([eventAction(table, key.pageKey(prescription).pk, event)]);
    },
    /** Everything that stands around a prescription for its patient. */
    async loadPage(p: Prescription) {
      const newest = { backwards: true, skPrefix: 'EVENT#' };
      const [dispenseItems, looks, opened] = await Promise.all([
        pageOf(client, table, { pk: engine.subjectOf(p.id), skPrefix: 'DISPENSE#' }, { limit: 100 }),
        pageOf(client, table, { pk: engine.subjectOf(p.id), ...newest }, { limit: mostLooks }),
        pageOf(client, table, { pk: key.pageKey(p.id).pk, ...newest }, { limit: mostLooks }),
      ]);
      const dispenses: Dispense[] = dispenseItems.items.map(prescriptions.parseDispense);
      const events: Event[] = [...looks.items, ...opened.items].map(parseEvent);
      const sites = [
        ...new Set([p.clinic, ...dispenses.map((d) => d.site), ...events.map((e) => e.actor.site), ...sitesOf(p)]),
      ];
      const codes = [...new Set(p.lines.map((l) => l.medicine))];
      const found = await engine.readMany([
        key.personKey(p.prescriber),
        ...sites.map(key.siteKey),
        ...codes.map(key.medicineKey),
      ]);
      const [person, ...rest] = found;
      const prescriber: Person | undefined = person && standing.parsePerson(person);
      return {
        dispenses,
        events,
        prescriber,
        sites: new Map<string, Site>(present(rest.slice(0, sites.length)).map((i) => byId(standing.parseSite(i)))),
        medicines: new Map<string, Medicine>(
          present(rest.slice(sites.length)).map((i) => {
            const medicine = Medicine.parse(i);
            return [medicine.code, medicine];
          }),
        ),
      };
    },
    async loadMedicines(codes: readonly string[]): Promise<Medicine[]> {
      return present(await engine.readMany(codes.map(key.medicineKey))).map((i) => Medicine.parse(i));
    },
    /** Rows of a medicine in a region that have not expired by `today`, from the last to expire on; recalled ones marked. */
    async loadHeld(region: string, medicine: string, today: string): Promise<StockRow[]> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi2',
          KeyConditionExpression: 'gsi2pk = :pk AND gsi2sk >= :from',
          ExpressionAttributeValues: { ':pk': key.holdsPartition(region, medicine), ':from': today },
          ScanIndexForward: false,
          Limit: mostRows,
        }),
      );
      const keys = (answer.Items ?? []).map((i) => ({ pk: String(i.pk), sk: String(i.sk) }));
      const { found, blocked } = await engine.readWithCountry(keys);
      return marked(present(found).map(parseStockRow), blocked);
    },
    async loadSites(ids: readonly string[]): Promise<Site[]> {
      return present(await engine.readMany(ids.map(key.siteKey))).map(standing.parseSite);
    },
  };
};

const present = (items: readonly (Item | undefined)[]): Item[] => items.filter((i): i is Item => i !== undefined);
const byId = (site: Site): [string, Site] => [site.id, site];

/** Pharmacies that a prescription's own lines name. */
const sitesOf = (p: Prescription): string[] =>
  p.lines.flatMap((l) => [l.owed?.site, l.notDispensed?.site].filter((site) => site !== undefined));
