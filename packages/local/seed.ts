/**
 * Writes the demo country into an empty table, through the same use cases and commits as everything else, so that stock
 * has its movements, patients their keys and every change its event. Knows nothing of how the country was made.
 */
import { createHash, randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import type { Actor, Role } from '@darmon/domain/actor';
import type { Event, EventType } from '@darmon/domain/event';
import type { Medicine } from '@darmon/domain/medicine';
import { PatientIdentity } from '@darmon/domain/patient';
import { firstPolicy } from '@darmon/domain/policy';
import type { Person } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import type { Table } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { approveKnowledge, importKnowledge } from '@darmon/usecases/knowledge';
import { registerPatient } from '@darmon/usecases/patient-records';
import { receiveShipment } from '@darmon/usecases/receiving';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { kmsVault } from '@darmon/usecases/vault';
import { ulid } from 'ulid';
import type { Country, OpeningStock } from './country/country.ts';
import { starterSet } from './country/knowledge.ts';
import { suppliersFor } from './country/suppliers.ts';

export interface SeedOptions {
  /** Opens the table with a clock: stock was received on the opening day, the rest is written now. */
  readonly open: (now: () => number) => Table;
  readonly kms: { readonly endpoint: string; readonly dataKey: string; readonly searchKey: string };
  readonly country: Country;
  readonly formulary: readonly Medicine[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

const atATime = 8;

/** As many as one transaction holds where each line is another controlled medicine, with a page and an entry of its own. */
const openingLines = 19;

/** Writes office and administrator, sites, staff, formulary, patients and opening stock, in this order. */
export async function seedCountry({ open, kms, country, formulary, now }: SeedOptions): Promise<void> {
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
    firstPolicy,
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
}

/** As many prices as one transaction enters. */
const pricesAtOnce = 80;

async function seedSuppliers(deps: Deps, admin: Actor, country: Country): Promise<void> {
  const once = (what: string) => {
    const hash = createHash('sha256').update(what).digest('hex');
    return { person: admin.person, keyHash: hash, bodyHash: hash };
  };
  for (const { supplier, prices } of suppliersFor(country.stock, country.openingDay)) {
    await saveSupplier(deps, admin, supplier, undefined, once(supplier.id));
    for (let from = 0; from < prices.length; from += pricesAtOnce) {
      const some = prices.slice(from, from + pricesAtOnce);
      await savePrices(deps, admin, { supplier: supplier.id, prices: some }, once(`${supplier.id}#${from}`));
    }
  }
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
