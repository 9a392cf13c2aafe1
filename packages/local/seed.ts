/**
 * Writes the demo country into an empty table, through the same use cases and commits as everything else, so that stock
 * has its movements, patients their keys and every change its event. Knows nothing of how the country was made.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import type { Actor, Role } from '@darmon/domain/actor';
import type { Event, EventType } from '@darmon/domain/event';
import type { Medicine } from '@darmon/domain/medicine';
import { pastPartRows } from '@darmon/domain/past-use';
import { PatientIdentity } from '@darmon/domain/patient';
import { firstPolicy } from '@darmon/domain/policy';
import { instant, tashkentDay } from '@darmon/domain/time';
import { setBudget } from '@darmon/usecases/budgets';
import { rollSite } from '@darmon/usecases/consumption';
import type { Deps } from '@darmon/usecases/deps';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { kmsSigner } from '@darmon/usecases/kms-signer';
import { approveKnowledge, importKnowledge } from '@darmon/usecases/knowledge';
import { loadMarket } from '@darmon/usecases/market';
import { keepPastImport, loadPastPart, startPastImport } from '@darmon/usecases/past-use';
import { registerPatient } from '@darmon/usecases/patient-records';
import { planSite } from '@darmon/usecases/planning';
import { savePopulation } from '@darmon/usecases/population';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { kmsVault } from '@darmon/usecases/vault';
import { type Country, type OpeningStock, randomOf } from './country/country.ts';
import { starterSet } from './country/knowledge.ts';
import { makePastCare, type PastCare } from './country/past-care.ts';
import { demoPopulation } from './country/past-patients.ts';
import { makePastUse, sitesWithPast } from './country/past-use.ts';
import { demoBudgets, demoGroups } from './country/procurement.ts';
import { suppliersFor } from './country/suppliers.ts';
import { actorOf, depsWith, each, type Open, onceOf, openingLines, receiveLots } from './seed-deps.ts';
import { analysePast, playPast } from './seed-past.ts';

export interface SeedOptions {
  /** Opens the table with a clock: stock was received on the opening day, the rest is written now. */
  readonly open: Open;
  readonly kms: {
    readonly endpoint: string;
    readonly dataKey: string;
    readonly searchKey: string;
    readonly prescriptionKey: string;
  };
  readonly country: Country;
  readonly formulary: readonly Medicine[];
  /** That the country was made from. */
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** With some months of prescribing before today, so that reports and cases are not empty. */
  readonly past: boolean;
}

/** Writes office and administrator, sites, staff, formulary, patients and opening stock, in this order. */
export async function seedCountry(options: SeedOptions): Promise<void> {
  const { open, country, seed, now } = options;
  const deps = depsWith(open, () => now);
  const by = await foundCountry(options, options.past ? makePastCare(seed, tashkentDay(now), country) : undefined);
  const openedAt = Date.parse(`${country.openingDay}T04:00:00.000Z`);
  const then = depsWith(open, () => openedAt);
  await each(country.stock, (stock) => receiveOpening(then, country, stock));
  await seedSuppliers(deps, by, country);
  await rollFirst(deps, country);
  await rollFactsFirst(deps, country);
  await seedPastUse(deps, country, seed);
  await seedBudgets(deps, country);
  await planFirst(deps, country);
  if (options.past) await analysePast(open, country, now);
}

/** Founds the country, today or before its past, and plays that. Answers with its administrator. */
export async function foundCountry(
  { open, kms, country, formulary, seed, now }: Omit<SeedOptions, 'past'>,
  past: PastCare | undefined,
): Promise<Actor> {
  const today = tashkentDay(now);
  const foundedAt = past?.foundedAt ?? now;
  const deps = depsWith(open, () => foundedAt);
  const later = depsWith(open, () => now);
  const { table } = deps;
  const admin = country.people.find((person) => person.roles.includes('admin'));
  const office = country.sites.find((site) => site.id === admin?.site);
  if (!admin || !office) throw new Error('the demo country has no administrator');
  const by = actorOf(admin, 'admin', foundedAt);
  /** Sites without a past join today, with their people. */
  const whenOf = (site: string): Deps => (site === office.id || past?.sites.has(site) ? deps : later);
  const event = (type: EventType, changes: Record<string, unknown>, at: Deps = deps): Event => ({
    id: at.id(),
    at: instant(at.now()),
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
    const at = whenOf(site.id);
    if (site !== office)
      await at.table.commitSite(site, { now: at.now(), event: event('site-saved', { site: site.id }, at) });
  });
  await each(country.people, async (person) => {
    const { name: _, ...rest } = person;
    const at = whenOf(person.site);
    if (person !== admin)
      await at.table.commitPerson(person, { now: at.now(), event: event('person-saved', rest, at) });
  });
  await table.commitFormulary(formulary, event('formulary-imported', { medicines: formulary.length }));

  await seedKnowledge(deps, country, foundedAt);

  const client = new KMSClient({ endpoint: kms.endpoint });
  const vault = kmsVault(client, { data: kms.dataKey, search: kms.searchKey });
  await each(country.patients, async (patient) => {
    await registerPatient({ ...deps, vault }, by, PatientIdentity.parse(patient));
  });
  if (past) {
    const people = demoPopulation(randomOf(seed, 'population'), Number(past.from.slice(0, 4)));
    const entered = { ...people, version: 1, reason: 'Boshlangʻich maʼlumot' };
    await savePopulation(deps, by, entered, onceOf(by, 'population'));
    const signer = await kmsSigner(client, kms.prescriptionKey);
    await playPast({ open, keys: { vault, signer }, country, past, seed, today });
  }
  client.destroy();
  return by;
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

/** As the nights would have kept them; nobody checks again what was written a second ago. */
async function rollFactsFirst(deps: Deps, { sites }: Country): Promise<void> {
  for (const job of factJobs)
    await each(sites.filter(job.isFor), async (site) => {
      if (!(await job.roll(deps, site, undefined, Number.POSITIVE_INFINITY)))
        throw new Error(`facts of ${site.id} were not kept`);
    });
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

/** In receipts that one transaction holds, from one supplier, each lot as whole packs. */
async function receiveOpening(deps: Deps, country: Country, { site, lots }: OpeningStock): Promise<void> {
  for (let from = 0; from < lots.length; from += openingLines)
    await receiveLots(deps, country, {
      site,
      number: `${site}-${from / openingLines + 1}`,
      lots: lots.slice(from, from + openingLines),
    });
}
