/** What reports and trails read of care: events with what they are about, prescriptions by id, all that concerns a patient. */
import type { Placed } from '@darmon/domain/care-facts';
import type { Event } from '@darmon/domain/event';
import { ulidTime } from '@darmon/domain/ledger';
import type { Prescription } from '@darmon/domain/prescription';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOf, pageOfIndex, pageOfSeveral } from './page.ts';
import { parsePrescription } from './prescription-items.ts';
import { eventsOfSite, parseEvent } from './request-items.ts';

/** With what events of care lie. */
const careSubjects = ['PRESCRIPTION#', 'PAGE#', 'LOOKUPS#'] as const;

export const careOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /**
     * What happened at a site on a day, oldest first, each event with the partition that it lies with. Of `care` alone only
     * what lies with prescriptions, their pages and looks is read, and a page can hold fewer than asked for.
     */
    async listPlacedEvents(
      site: string,
      day: string,
      { care, ...request }: PageRequest & { readonly care?: true },
    ): Promise<Page<Placed>> {
      const of = { index: 'gsi2', partition: eventsOfSite(site, day), ...(care && { of: careSubjects }) } as const;
      const page = await pageOfIndex(client, table, of, request);
      return { ...page, items: page.items.map((item) => ({ event: parseEvent(item), subject: String(item.pk) })) };
    },
    /** When a site was first written down: before that nothing can have happened there. */
    async sinceOfSite(site: string): Promise<string | undefined> {
      const { items } = await pageOf(client, table, { pk: key.siteKey(site).pk, skPrefix: 'EVENT#' }, { limit: 1 });
      return items[0] && parseEvent(items[0]).at;
    },
    /** Those that are there, by id. */
    async loadPrescriptions(ids: readonly string[]): Promise<ReadonlyMap<string, Prescription>> {
      const items = await engine.readMany([...new Set(ids)].map(key.prescriptionKey));
      return new Map(items.flatMap((i) => (i ? [parsePrescription(i)] : [])).map((p) => [p.id, p]));
    },
    /** Looks at a patient from an instant (milliseconds) on, and who they were by. */
    async listLooks(patient: string, since: number): Promise<Event[]> {
      const of = { pk: key.lookUpsPartition(patient), skAfter: `EVENT#${ulidTime(since)}` };
      return (await allOf(client, table, of)).map(parseEvent);
    },
    /** Who looked at a patient, what changed in the record, and everything that happened to these prescriptions. */
    async listPatientTrail(
      patient: string,
      prescriptions: readonly string[],
      request: PageRequest,
    ): Promise<Page<Event>> {
      const pks = [
        key.lookUpsPartition(patient),
        key.patientKey(patient).pk,
        ...prescriptions.flatMap((id) => [key.prescriptionKey(id).pk, key.pageKey(id).pk]),
      ];
      const page = await pageOfSeveral(client, table, { pks, skPrefix: 'EVENT#' }, request);
      return { ...page, items: page.items.map(parseEvent) };
    },
  };
};
