/** Staff and sites: the administrator's verbs, the first administrator, and the claims that a token carries. */
import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { firstPolicy } from '@darmon/domain/policy';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { canWorkAt, type Person, type Site } from '@darmon/domain/standing';
import { type Answer, asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/** Where people sign in. */
export interface Accounts {
  /** Makes the account as the table has it; saying it twice changes nothing. */
  readonly save: (person: Pick<Person, 'id' | 'name' | 'roles' | 'active'>) => Promise<void>;
  /** A password that the next sign-in must replace. */
  readonly setTemporaryPassword: (person: string, password: string) => Promise<void>;
  /** Whether each sign-in of the person asks for a second factor. */
  readonly hasSecondFactor: (person: string) => Promise<boolean>;
  /** Takes the factor away; saying it twice changes nothing. */
  readonly removeSecondFactor: (person: string) => Promise<void>;
}

export type IdentityDeps = Deps & { readonly accounts: Accounts };

/** What an event says of a person: never the name. */
const traceOf = ({ name: _name, ...rest }: Person) => ({ ...rest, person: rest.id });

/** @throws Refusal `site-unknown`, `role-not-for-site` */
const requirePlace = async (deps: Deps, person: Omit<Person, 'version'>): Promise<void> => {
  const { site } = await deps.table.loadStanding(person.id, person.site);
  if (!site) throw new Refusal('site-unknown', { site: person.site });
  if (!canWorkAt(person.roles, site.kind)) throw new Refusal('role-not-for-site');
};

/** An administrator who shut the own door could leave nobody to open it. */
const requireStaysAdministrator = (actor: Actor, person: Omit<Person, 'version'>): void => {
  if (person.id === actor.person && !(person.active && person.roles.includes('admin')))
    throw new Refusal('not-allowed');
};

/**
 * Adds a member of staff, or changes the version that was read. The account follows what the table holds after the
 * commit, also on a repeat: it never says what a refused or slower change wanted.
 * @throws Refusal of standing, `site-unknown`, `role-not-for-site`, `person-known`, `version-changed`, `not-found`,
 * `not-allowed` where administrators would shut themselves out, `key-reused`
 */
export const savePerson = async (
  deps: IdentityDeps,
  actor: Actor,
  person: Omit<Person, 'version'>,
  was: number | undefined,
  once: Once,
): Promise<Answer<Person>> => {
  const answer = await changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      requireStaysAdministrator(actor, person);
      await requirePlace(deps, person);
      const { person: known } = await deps.table.loadStanding(person.id, person.site);
      if (was === undefined && known) throw new Refusal('person-known');
      if (was !== undefined && !known) throw new Refusal('not-found');
      if (was !== undefined && known?.version !== was) throw new Refusal('version-changed');
      const body: Person = { ...person, version: (was ?? 0) + 1 };
      const status = was === undefined ? 201 : 200;
      const { name: _, ...unnamed } = body;
      const event = eventOf(deps, actor, 'person-saved', now, traceOf(body));
      await deps.table.commitPerson(body, changeOf(event, now, once, { status, reference: body.id, answer: unnamed }));
      return { status, body };
    },
    async ({ reference, answer: unnamed }) => {
      const { person: saved } = await deps.table.loadStanding(reference, actor.site);
      if (!saved) throw new Refusal('not-found');
      // names are not kept with requests: of all that is answered again, only this one is as it stands now
      return { ...(JSON.parse(unnamed) as Omit<Person, 'name'>), name: saved.name };
    },
  );
  const { person: committed } = await deps.table.loadStanding(answer.body.id, actor.site);
  if (committed) await deps.accounts.save(committed);
  return answer;
};

/** As `savePerson`, for a site and its licence. */
export const saveSite = (deps: Deps, actor: Actor, site: Omit<Site, 'version'>, was: number | undefined, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { site: known } = await deps.table.loadStanding(actor.person, site.id);
      if (was === undefined && known) throw new Refusal('site-known');
      if (was !== undefined && !known) throw new Refusal('not-found');
      if (was !== undefined && known?.version !== was) throw new Refusal('version-changed');
      if (known && known.kind !== site.kind) throw new Refusal('site-kind-fixed');
      const body: Site = { ...site, version: (was ?? 0) + 1 };
      const status = was === undefined ? 201 : 200;
      const { address: _, ...trace } = body;
      const event = eventOf(deps, actor, 'site-saved', now, trace);
      await deps.table.commitSite(body, changeOf(event, now, once, { status, reference: body.id, answer: body }));
      return { status, body };
    },
    asAnswered<Site>,
  );

/**
 * Adds several new sites at once, each with an event of its own, or none of them.
 * @throws Refusal of standing, `site-known` with the place of one that exists or stands there twice, `key-reused`
 */
export const addSites = (deps: Deps, actor: Actor, sites: readonly Omit<Site, 'version'>[], once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const known = new Set((await deps.table.loadSites(sites.map(({ id }) => id))).map(({ id }) => id));
      for (const [i, { id }] of sites.entries()) {
        if (known.has(id)) throw refuseAt('site-known', `/sites/${i}/id`, { site: id });
        known.add(id);
      }
      const added = sites.map((fields) => {
        const { address: _, ...trace } = fields;
        return {
          site: { ...fields, version: 1 },
          event: eventOf(deps, actor, 'site-saved', now, { ...trace, version: 1 }),
        };
      });
      const body = { added: sites.map(({ id }) => id) };
      const [first] = added as [(typeof added)[number]];
      const answered = { status: 201, reference: first.site.id, answer: body };
      await deps.table.commitSites(added, changeOf(first.event, now, once, answered));
      return { status: 201, body };
    },
    asAnswered<{ added: string[] }>,
  );

const consonants = 'bdfgklmnrstvz';
const vowels = 'aeiou';

/** Three words that can be read out over a counter, a capital, hyphens and a digit: some 43 bits, for three days at most. */
const temporaryPassword = (random: Deps['random']): string => {
  const bytes = random(16);
  const letter = (of: string, at: number): string => of.charAt((bytes[at] ?? 0) % of.length);
  const word = (at: number): string =>
    [consonants, vowels, consonants, vowels, consonants].map((of, i) => letter(of, at + i)).join('');
  const text = [word(0), word(5), word(10)].join('-');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}-${(bytes[15] ?? 0) % 10}`;
};

/**
 * Gives a member of staff a temporary password; the answer is the only place where it stands.
 * @throws Refusal of standing, `not-found`, `account-closed` where the person's account is
 */
export const givePassword = async (
  deps: IdentityDeps,
  actor: Actor,
  id: string,
): Promise<{ temporaryPassword: string }> => {
  const now = deps.now();
  await loadStanding(deps, actor);
  const { person } = await deps.table.loadStanding(id, actor.site);
  if (!person) throw new Refusal('not-found');
  if (!person.active) throw new Refusal('account-closed');
  const password = temporaryPassword(deps.random);
  await deps.accounts.setTemporaryPassword(id, password);
  await deps.table.commitPersonEvent(id, eventOf(deps, actor, 'password-given', now, { person: id }));
  return { temporaryPassword: password };
};

/** @throws Refusal `not-found` */
export const readPerson = async (deps: Pick<Deps, 'table'>, actor: Actor, id: string): Promise<Person> => {
  const { person } = await deps.table.loadStanding(id, actor.site);
  if (!person) throw new Refusal('not-found');
  return person;
};

/**
 * The first office and its first administrator, once in the life of a country, with the first policy. The same again is
 * harmless and makes the account where a run ended before it, because nobody else could.
 * @throws Refusal `already-bootstrapped`, `site-known`, `person-known`
 */
export const bootstrap = async (
  deps: IdentityDeps,
  site: Omit<Site, 'version' | 'active'>,
  person: Pick<Person, 'id' | 'name'>,
): Promise<Person> => {
  const now = deps.now();
  const admin: Person = { ...person, roles: ['admin'], site: site.id, rights: [], active: true, version: 1 };
  const actor: Actor = {
    person: person.id,
    name: person.name,
    role: 'admin',
    roles: ['admin'],
    reach: 'all',
    site: site.id,
    rights: [],
    authTime: Math.floor(now / 1000),
    secondFactor: false,
  };
  const event = eventOf(deps, actor, 'system-bootstrapped', now, {
    person: person.id,
    site: site.id,
    policy: firstPolicy.version,
  });
  try {
    await deps.table.commitBootstrap({ ...site, active: true, version: 1 }, admin, firstPolicy, event);
  } catch (error) {
    const { person: known } = await deps.table.loadStanding(admin.id, site.id);
    if (!(error instanceof Refusal && isDeepStrictEqual(known, admin))) throw error;
  }
  await deps.accounts.save(admin);
  return admin;
};
