/** People, sites and policy. */
import type { Event } from '@darmon/domain/event';
import type { Policy } from '@darmon/domain/policy';
import type { Person, Site } from '@darmon/domain/standing';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { eventAction, parseEvent } from './request-items.ts';
import * as standing from './standing-items.ts';

export const peopleOf = (engine: Engine) => {
  const { client, table, now } = engine;
  return {
    async loadStanding(person: string, site: string) {
      const { found, policy } = await engine.readWithCountry([key.personKey(person), key.siteKey(site)]);
      const [who, where] = found;
      return { person: who && standing.parsePerson(who), site: where && standing.parseSite(where), policy };
    },
    /** What people are called, as far as they are known; closed accounts too, because documents outlive them. */
    async loadNames(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
      const found = await engine.readMany([...new Set(ids)].map(key.personKey));
      return found.flatMap((item) => {
        if (!item) return [];
        const { id, name } = standing.parsePerson(item);
        return [{ id, name }];
      });
    },
    async listPeople(request: PageRequest): Promise<Page<Person>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.people }, request);
      return { ...page, items: page.items.map(standing.parsePerson) };
    },
    async listSites(request: PageRequest): Promise<Page<Site>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: standing.sites }, request);
      return { ...page, items: page.items.map(standing.parseSite) };
    },
    /** The book of policies that count, every version ever saved, oldest first, and what is recorded of them. */
    async loadPolicies(): Promise<{ book: standing.PolicyBook | undefined; versions: Policy[]; saved: Event[] }> {
      const items = await allOf(client, table, { pk: key.policyKey.pk });
      const book = items.find((i) => i.sk === key.policyKey.sk);
      const versions = items.filter((i) => String(i.sk).startsWith('VERSION#')).map(standing.parsePolicy);
      const saved = items.filter((i) => String(i.sk).startsWith('EVENT#')).map(parseEvent);
      return { book: book && standing.PolicyBook.parse(book), versions, saved };
    },
    async commitPolicy(policy: Policy, book: standing.PolicyBook | undefined, change: Change): Promise<void> {
      await engine.commit([
        ...standing.policyActions(table, policy, book, change.now),
        ...engine.changeActions(key.policyKey.pk, change),
      ]);
    },
    async commitPerson(person: Person, change: Change): Promise<void> {
      await engine.commit([
        standing.personAction(table, person),
        ...engine.changeActions(key.personKey(person.id).pk, change),
      ]);
    },
    /** Something that happened to an account and changed nothing in the table. */
    async commitPersonEvent(person: string, event: Event): Promise<void> {
      await engine.commit([eventAction(table, key.personKey(person).pk, event)]);
    },
    /** As `commitPersonEvent`, for what somebody asked for who may ask again. */
    async commitPersonChange(person: string, change: Change): Promise<void> {
      await engine.commit(engine.changeActions(key.personKey(person).pk, change));
    },
    async commitSite(site: Site, change: Change): Promise<void> {
      await engine.commit([standing.siteAction(table, site), ...engine.changeActions(key.siteKey(site.id).pk, change)]);
    },
    async loadSites(ids: readonly string[]): Promise<Site[]> {
      const found = await engine.readMany(ids.map(key.siteKey));
      return found.flatMap((item) => (item ? [standing.parseSite(item)] : []));
    },
    /** Several sites, each with its event, or none of them; the change is the first one's. */
    async commitSites(sites: readonly { site: Site; event: Event }[], change: Change): Promise<void> {
      await engine.commit([
        ...sites.map(({ site }) => standing.siteAction(table, site)),
        ...sites.flatMap(({ site, event }) =>
          event === change.event
            ? engine.changeActions(key.siteKey(site.id).pk, change)
            : [eventAction(table, key.siteKey(site.id).pk, event, event.actor.site)],
        ),
      ]);
    },
    /** The first office, its first administrator and the first policy, once: nobody can be the first a second time. */
    async commitBootstrap(site: Site, person: Person, policy: Policy, event: Event): Promise<void> {
      await engine.commit([
        ...standing.policyActions(table, policy, undefined, now()),
        standing.siteAction(table, site),
        standing.personAction(table, person),
        eventAction(table, key.policyKey.pk, event),
      ]);
    },
  };
};
