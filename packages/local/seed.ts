/**
 * Writes the demo country into an empty table, through the same use cases and commits as everything else, so that stock
 * has its movements, patients their keys and every change its event. Knows nothing of how the country was made.
 */
import { createHash, randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Actor, Role } from '@darmon/domain/actor';
import type { Event, EventType } from '@darmon/domain/event';
import type { Medicine } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { pastPartRows } from '@darmon/domain/past-use';
import { PatientIdentity } from '@darmon/domain/patient';
import { firstPolicy } from '@darmon/domain/policy';
import type { Person } from '@darmon/domain/standing';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Table } from '@darmon/table/table';
import { setBudget } from '@darmon/usecases/budgets';
import { rollSite } from '@darmon/usecases/consumption';
import type { Deps } from '@darmon/usecases/deps';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rollFacts } from '@darmon/usecases/facts';
import { approveKnowledge, importKnowledge } from '@darmon/usecases/knowledge';
import { loadMarket } from '@darmon/usecases/market';
import { keepPastImport, loadPastPart, startPastImport } from '@darmon/usecases/past-use';
import { registerPatient } from '@darmon/usecases/patient-records';
import { planSite } from '@darmon/usecases/planning';
import { receiveShipment } from '@darmon/usecases/receiving';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { kmsVault } from '@darmon/usecases/vault';
import { ulid } from 'ulid';
import type { Country, OpeningStock } from './country/country.ts';
import { starterSet } from './country/knowledge.ts';
import { makePastUse, sitesWithPast } from './country/past-use.ts';
import { demoBudgets, demoGroups } from './country/procurement.ts';
import { suppliersFor } from './country/suppliers.ts';

export interface SeedOptions {
  /** Opens the table with a clock: stock was received on the opening day, the rest is written now. */
  readonly open: (now: () => number) => Table;
  readonly kms: { readonly endpoint: string; readonly dataKey: string; readonly searchKey: string };
  readonly country: Country;
  readonly formulary: readonly Medicine[];
  /** That the country was made from. */
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const atATime = 8;

/** As many as one transaction holds where each line is another controlled medicine, with a page and an entry of its own. */
const openingLines = 19;

/** Writes office and administrator, sites, staff, formulary, patients and opening stock, in this order. */
export async function seedCountry({ open, kms, country, formulary, seed, now }: SeedOptions): Promise<void> {
  const deps = depsAt(open, now);
  const { table } = deps;
  const admin = country.people.find((person) => person.roles.includes('admin'));
  const office = country.sites.find((site) => site.id === admin?.site);
  if (!admin || !office) throw new Error('the demo country has no administrator');
  const by = actorOf(admin, 'admin', now);
  const event = (type: EventType, changes: Record<string, unknown>): Event => ({
    id: deps.id(),
    at: instant(now),
    type,
    actor: { person: by.person, role: by.role, site: by.site },
    changes,
  });

  await table.commitBootstrap(
    office,
    admin,
    { ...firstPolicy, procurement: { ...firstPolicy.procurement, groups: demoGroups } },
    event('system-bootstrapped', { person: admin.id, site: office.id }),
  );
  await each(country.sites, async (site) => {
    if (site !== office) await table.commitSite(site, { now, event: event('site-saved', { site: site.id }) });
  });
  await each(country.people, async (person) => {
    const { name: _, ...rest } = person;
    if (person !== admin) await table.commitPerson(person, { now, event: event('person-saved', rest) });
  });
  await table.commitFormulary(formulary, event('formulary-imported', { medicines: formulary.length }));

  await seedKnowledge(deps, country, now);

  const client = new KMSClient({ endpoint: kms.endpoint });
  const vault = kmsVault(client, { data: kms.dataKey, search: kms.searchKey });
  await each(country.patients, async (patient) => {
    await registerPatient({ ...deps, vault }, by, PatientIdentity.parse(patient));
  });
  client.destroy();

  const openedAt = Date.parse(`${country.openingDay}T04:00:00.000Z`);
  const then = depsAt(open, openedAt);
  await each(country.stock, (stock) => receiveOpening(then, country, stock, openedAt));
  await seedSuppliers(deps, by, country);
  await rollFirst(deps, country);
  await rollFacts(deps, factJobs, Number.POSITIVE_INFINITY);
  await seedPastUse(deps, country, seed);
  await seedBudgets(deps, country);
  await planFirst(deps, country);
}

/** As many prices as one transaction enters. */
const pricesAtOnce = 80;

async function seedSuppliers(deps: Deps, admin: Actor, country: Country): Promise<void> {
  const once = (what: string) => onceOf(admin, what);
  for (const { supplier, prices } of suppliersFor(country.stock, country.openingDay)) {
    await saveSupplier(deps, admin, supplier, undefined, once(supplier.id));
    for (let from = 0; from < prices.length; from += pricesAtOnce) {
      const some = prices.slice(from, from + pricesAtOnce);
      await savePrices(deps, admin, { supplier: supplier.id, prices: some }, once(`${supplier.id}#${from}`));
    }
  }
}

const onceOf = ({ person }: Actor, what: string): Once => {
  const hash = createHash('sha256').update(what).digest('hex');
  return { person, keyHash: hash, bodyHash: hash };
};

/** Whoever of the demo has a role, acting for the whole country. */
const overseer = (country: Country, role: Role, now: number): Actor => {
  const person = country.people.find((one) => one.active && one.roles.includes(role));
  if (!person) throw new Error(`the demo country has no ${role}`);
  return { ...actorOf(person, role, now), reach: 'all' };
};

/** As the nights would have kept it, so that the import and the plans need not look through every lot for themselves. */
async function rollFirst(deps: Deps, country: Country): Promise<void> {
  for (const site of country.sites)
    if (sitesWithPast.includes(site.id))
      await rollSite(deps, site, country.openingDay.slice(0, 7), Number.POSITIVE_INFINITY);
}

/** As the planner would bring it in from a file. */
async function seedPastUse(deps: Deps, country: Country, seed: number): Promise<void> {
  const planner = overseer(country, 'planner', deps.now());
  const rows = makePastUse(seed, tashkentDay(deps.now()), country);
  const begun = { rows: rows.length, name: 'demo' };
  const { id } = (await startPastImport(deps, planner, begun, onceOf(planner, 'past use'))).body;
  for (let from = 0; from < rows.length; from += pastPartRows)
    await loadPastPart(deps, planner, { id, from, rows: rows.slice(from, from + pastPartRows) });
  for (let state = 'loading'; state !== 'posted'; ) ({ state } = await keepPastImport(deps, planner, { id }));
}

async function seedBudgets(deps: Deps, country: Country): Promise<void> {
  const chief = overseer(country, 'chief', deps.now());
  const year = Number(tashkentDay(deps.now()).slice(0, 4));
  for (const { place, money } of demoBudgets)
    await setBudget(deps, chief, { year, place, money }, onceOf(chief, `budget ${place}`));
}

/** The board is not empty when the planner first opens it; requisitions come of the first weekly run. */
async function planFirst(deps: Deps, country: Country): Promise<void> {
  const market = await loadMarket(deps);
  for (const site of country.sites)
    if (sitesWithPast.includes(site.id)) await planSite(deps, site, market, { until: Number.POSITIVE_INFINITY });
}

/** The starter set, which no expert has verified: it counts because the country is marked as a demo. */
async function seedKnowledge(deps: Deps, country: Country, now: number): Promise<void> {
  const [admin, chief] = (['admin', 'chief'] as const).map((role) => {
    const person = country.people.find((one) => one.active && one.roles.includes(role));
    if (!person) throw new Error(`the demo country has no ${role}`);
    return actorOf(person, role, now);
  }) as [Actor, Actor];
  await deps.table.markDemo();
  const { name, date, rows } = starterSet;
  const { body } = await importKnowledge(deps, admin, { name, date }, rows());
  await approveKnowledge(deps, chief, body.version);
}

/** Degrees Celsius of a van and its boxes, each within its limits. */
const arrival = { cool: 12, cold: 5, frozen: -20 };

/** In receipts that one transaction holds, from one supplier, each lot as whole packs. */
async function receiveOpening(deps: Deps, country: Country, { site, lots }: OpeningStock, at: number): Promise<void> {
  const receiver = country.people.find(
    (person) =>
      person.site === site &&
      person.active &&
      person.roles.some((role) => role === 'pharmacist' || role === 'warehouse'),
  );
  const role = receiver?.roles[0];
  if (!receiver || !role) throw new Error(`nobody at ${site} can receive`);
  for (let from = 0; from < lots.length; from += openingLines) {
    const number = `${site}-${from / openingLines + 1}`;
    const hash = createHash('sha256').update(number).digest('hex');
    await receiveShipment(
      deps,
      actorOf(receiver, role, at),
      { site, lines: lots.slice(from, from + openingLines), document: { supplier: 'OPENING', number }, arrival },
      { person: receiver.id, keyHash: hash, bodyHash: hash },
    );
  }
}

const depsAt = (open: SeedOptions['open'], now: number): Deps => ({
  table: open(() => now),
  now: () => now,
  id: () => ulid(now),
  random: (bytes) => randomBytes(bytes),
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
});

const actorOf = (person: Person, role: Role, now: number): Actor => ({
  person: person.id,
  name: person.name,
  role,
  roles: person.roles,
  reach: role === 'admin' ? 'all' : 'own',
  site: person.site,
  rights: person.rights,
  authTime: Math.floor(now / 1000),
  secondFactor: false,
});

/** A few at a time: the engine writes one after the other, and the gaps between are filled. */
async function each<T>(items: readonly T[], write: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await write(item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
