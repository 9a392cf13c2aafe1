/** What a month of a million movements costs a report: reckoned from the ledger, and read from what a night has kept. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { CareLine } from '@darmon/domain/care-facts';
import { monthOf, ulidAt } from '@darmon/domain/ledger';
import { monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import type { Report } from '@darmon/domain/report';
import type { Site } from '@darmon/domain/standing';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { movementKey, registerEntryKey, registerPageKey, stockKey } from '@darmon/table/keys';
import { stockOfSite } from '@darmon/table/stock-items';
import { maxActions } from '@darmon/table/transact';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rebuildFacts } from '@darmon/usecases/facts';
import { readReport } from '@darmon/usecases/reports';
import { gtins, type House, makeHouse, start, table } from '../support/house.ts';
import { ulid } from './fixtures.ts';
import type { Row } from './measure.ts';

type Item = Record<string, unknown>;

const month = monthBeside(monthOf(start), -1);
const span = monthSpan(month);
/** A quarter of the sites, and so of the movements, is a region of its own. */
const regions = { few: 'UZ-AN', others: 'UZ-FA' } as const;
const size = { sites: 20, lots: 500, controlled: 20, movements: 100 } as const;
const units = { received: 1_000, given: 2 } as const;
const expiryDate = '2031-12-31';
const gtin = gtins.tramadol;

const sitesOf = (): Site[] =>
  Array.from({ length: size.sites }, (_, n) => ({
    id: `PH-${String(900 + n)}`,
    kind: 'pharmacy' as const,
    name: `Site ${n}`,
    region: n < size.sites / 4 ? regions.few : regions.others,
    active: true,
    version: 1,
  }));

/** Everything of one site as its ledger and register would have left it, one item after the other. */
function* itemsOf(site: string): Generator<Item> {
  const came = span.from - 15 * dayMs;
  const step = Math.floor((span.to - span.from) / (size.lots * size.movements + 1));
  let [seq, balance] = [1, size.controlled * units.received];
  const page = (at: number, kind: string, quantity: number) => ({
    ...registerEntryKey(site, 'TRAM50CAP', seq),
    ...{ site, medicine: 'TRAM50CAP', seq, at: instant(at), kind, quantity, balance },
    ...{ reference: 'x', person: 'pharmacist' },
  });
  yield page(came, 'receipt', balance);
  const lotOf = (n: number) => `L${String(n).padStart(4, '0')}`;
  const medicineOf = (n: number) => (n < size.controlled ? 'TRAM50CAP' : `M${String(n).padStart(4, '0')}`);
  const moved = (n: number, at: number, kind: string, quantity: number): Item => {
    const id = ulidAt(ulid(), at);
    const about = { site, medicine: medicineOf(n), gtin, lot: lotOf(n), person: 'pharmacist', at: instant(at) };
    return { ...movementKey({ site, gtin, lot: lotOf(n), id }), id, ...about, kind, quantity, reference: `${id}.1` };
  };
  for (let n = 0; n < size.lots; n += 1) yield moved(n, came, 'receipt', units.received);
  for (let turn = 0; turn < size.movements; turn += 1)
    for (let n = 0; n < size.lots; n += 1) {
      const at = span.from + (turn * size.lots + n + 1) * step;
      yield moved(n, at, 'dispense', -units.given);
      if (n >= size.controlled) continue;
      [seq, balance] = [seq + 1, balance - units.given];
      yield page(at, 'dispense', -units.given);
    }
  yield { ...registerPageKey(site, 'TRAM50CAP'), site, medicine: 'TRAM50CAP', seq, balance };
  const given = size.movements * units.given;
  const name = (of: string) => of.slice(2).replace('-', '');
  for (let n = 0; n < size.lots; n += 1) {
    const row = { site, medicine: medicineOf(n), expiryDate, gtin, lot: lotOf(n) };
    yield {
      ...stockKey(row),
      gsi1pk: stockOfSite(site),
      gsi1sk: `${row.medicine}#${expiryDate}#${gtin}#${row.lot}`,
      ...row,
      ...{ free: units.received - given, held: 0, state: 'available', brand: 'Brand', packUnits: 10, packPrice: 5_000 },
      ...{ raisedAt: instant(came), [`net${name(monthOf(came))}`]: units.received },
      ...{ [`net${name(month)}`]: -given, [`used${name(month)}`]: given },
    };
  }
}

/** A hundred at once, some under way: the engine flushes once for each. */
const writeItems = async (client: DynamoDBClient, items: Iterator<Item>): Promise<number> => {
  const documents = DynamoDBDocumentClient.from(client);
  let written = 0;
  const take = (): Item[] => {
    const some: Item[] = [];
    while (some.length < maxActions) {
      const next = items.next();
      if (next.done) break;
      some.push(next.value);
    }
    return some;
  };
  const write = async () => {
    for (let some = take(); some.length > 0; some = take()) {
      written += some.length;
      const TransactItems = some.map((Item) => ({ Put: { TableName: table, Item } }));
      await documents.send(new TransactWriteCommand({ TransactItems }));
    }
  };
  await Promise.all([write(), write(), write(), write()]);
  return written;
};

const ask = (house: House, kind: 'material-balance' | 'controlled-register', region?: string): Promise<Report> => {
  const days = kind === 'material-balance' ? { month } : { from: `${month}-01`, through: `${month}-31` };
  return readReport(house.deps, house.actor('auditor'), kind, { ...days, ...(region !== undefined && { region }) });
};
const proven = (reports: readonly Report[], closing: number): void => {
  for (const { report, checks, figures } of reports) {
    const failed = checks.filter(({ holds }) => !holds).map(({ name }) => name);
    if (failed.length > 0) throw new Error(`${report}: ${failed.join(', ')}`);
    const told = figures.find(({ name }) => name === 'closing')?.value;
    if (told !== undefined && told !== closing) throw new Error(`${report}: ${told}, not ${closing}`);
  }
};

/** Clinics that prescribe, each with so many doctors who write so many different medicines a day. */
const care = { clinics: 10, doctors: 3, pharmacists: 3, medicines: 25 } as const;

const clinicsOf = (): Site[] =>
  Array.from({ length: care.clinics }, (_, n) => ({
    id: `CL-${String(900 + n)}`,
    kind: 'clinic' as const,
    name: `Clinic ${n}`,
    region: regions.few,
    active: true,
    version: 1,
  }));

/** What a night would have kept of one site's day: of a clinic what it wrote and what became of it, else what it gave. */
const careOf = ({ kind }: Site, n: number, day: string): CareLine[] => {
  const many = Array.from({ length: care.medicines }, (_, at) => `M${String(at).padStart(4, '0')}`);
  const pharmacy = `PH-${String(900 + (n % size.sites))}`;
  if (kind === 'clinic')
    return Array.from({ length: care.doctors }, (_, d) => `doctor-${n}-${d}`).flatMap((person) => [
      { day, what: 'prescribed' as const, person, n: 2 * many.length, units: 0 },
      ...many.flatMap((medicine): CareLine[] => [
        { day, what: 'issued', person, medicine, n: 4, units: 80 },
        { day, what: 'became', person, medicine, pharmacy, outcome: 'dispensed', n: 3, units: 60, handed: 60 },
        {
          day,
          what: 'became',
          person,
          medicine,
          outcome: 'expired',
          reason: 'never-presented',
          n: 1,
          units: 20,
          handed: 0,
        },
      ]),
    ]);
  if (kind !== 'pharmacy') return [];
  return Array.from({ length: care.pharmacists }, (_, p) => `pharmacist-${n}-${p}`).flatMap((person) =>
    many.map((medicine): CareLine => ({ day, what: 'dispensed', person, medicine, n: 2, units: 40 })),
  );
};

/** Keeps the month's care facts of every site, through the road by which a night does; answers how many lines. */
const keepCare = async ({ table: kept }: House, sites: readonly Site[]): Promise<number> => {
  const last = tashkentDay(span.to - 1);
  const asOf = instant(span.to + dayMs);
  let lines = 0;
  for (const [n, site] of sites.entries()) {
    let work = await kept.beginFacts('care', { site: site.id, month, through: last, asOf });
    for (let day = `${month}-01`; day <= last; day = dayAfter(day, 1)) {
      const own = careOf(site, n, day);
      lines += own.length;
      work = await kept.addFacts(work, { lines: own, sums: {}, after: day });
    }
    await kept.finishFacts(work, asOf);
  }
  return lines;
};

/** A month of what was written and what became of it, of the whole country, from what the nights kept. */
const careRow = async (house: House, report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const own = await allSites(house);
  const lines = await keepCare(house, own);
  const days = { from: `${month}-01`, through: tashkentDay(span.to - 1) };
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const from = performance.now();
    const funnel = await readReport(house.deps, house.actor('auditor'), 'issued-to-dispensed', days);
    times.push((performance.now() - from) / 1000);
    const wanted = own.filter(({ kind, id }) => kind === 'clinic' && id.startsWith('CL-9')).length;
    const told = funnel.figures.find(({ name }) => name === 'lines-issued')?.value;
    const written = 4 * care.medicines * care.doctors * wanted * Number(days.through.slice(8));
    if (told !== written) throw new Error(`report/care: ${told} lines, not ${written}`);
    if (funnel.checks.some(({ holds }) => !holds)) throw new Error('report/care: it does not add up');
  }
  note(`report/care: ${times.map((s) => s.toFixed(2)).join(', ')} s`);
  report({
    name: 'report/care',
    value: Math.min(...times),
    unit: 's',
    limit: '<=3',
    of: `the fastest of three funnels of a month from facts that are kept, ${lines} lines of care at ${own.length} sites`,
  });
};

const allSites = async ({ table: kept }: House): Promise<Site[]> => {
  const sites: Site[] = [];
  let cursor: string | undefined;
  do {
    const page = await kept.listSites({ cursor, limit: 100 });
    sites.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sites;
};

/** The most that the heap held while something ran, in bytes, what nobody collected yet included. */
const heapWhile = async (run: () => Promise<void>): Promise<number> => {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage().heapUsed);
  };
  const timer = setInterval(look, 50);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  look();
  return most;
};

/** `report/month`, `report/linear`, `report/aggregates` and `report/care`. */
export const factRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const house = await makeHouse('bench facts');
  try {
    const sites = sitesOf();
    const began = performance.now();
    for (const site of [...sites, ...clinicsOf()])
      await house.table.commitSite(site, {
        now: house.clock.now,
        event: {
          id: ulid(),
          at: instant(house.clock.now),
          type: 'site-saved',
          actor: { person: 'admin', role: 'admin', site: 'OF-1' },
          changes: {},
        },
      });
    let written = 0;
    for (const [n, { id }] of sites.entries()) {
      written += await writeItems(house.client, itemsOf(id));
      if ((n + 1) % 5 === 0) note(`report/month: ${written} items written, ${n + 1} of ${sites.length} sites`);
    }
    note(`report/month: written in ${((performance.now() - began) / 1000).toFixed(0)} s`);

    const jobs = factJobs.filter(({ kind }) => kind === 'stock');
    const few = sites.filter(({ region }) => region === regions.few);
    const left = (of: readonly Site[]) => of.length * size.lots * (units.received - size.movements * units.given);
    /** The whole road: every movement is read, facts are kept, and both reports are made of them. */
    const measure = async (of: readonly Site[], region?: string): Promise<number> => {
      const from = performance.now();
      for await (const { site } of rebuildFacts(house.deps, jobs, { sites: of.map(({ id }) => id), from: month }))
        note(`report/month: ${site} reckoned after ${((performance.now() - from) / 1000).toFixed(1)} s`);
      proven([await ask(house, 'material-balance', region), await ask(house, 'controlled-register', region)], left(of));
      return (performance.now() - from) / 1000;
    };
    const quarter = await measure(few, regions.few);
    house.clock.now += 1_000;
    let whole = 0;
    const heap = await heapWhile(async () => {
      whole = await measure(sites);
    });
    const movements = size.sites * size.lots * size.movements;
    report({
      name: 'report/month',
      value: heap / 1e6,
      unit: 'MB',
      limit: '<=512',
      of: `heap at most while balance and register of a month with ${movements} movements are made from the ledger, in ${whole.toFixed(0)} s; both add up`,
    });
    report({
      name: 'report/linear',
      value: whole / quarter,
      unit: 'times',
      limit: '<=5',
      of: `the time of ${movements} movements against ${movements / 4}`,
    });
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const from = performance.now();
      proven([await ask(house, 'material-balance')], left(sites));
      times.push((performance.now() - from) / 1000);
    }
    note(`report/aggregates: ${times.map((s) => s.toFixed(2)).join(', ')} s`);
    report({
      name: 'report/aggregates',
      value: Math.min(...times),
      unit: 's',
      limit: '<=3',
      of: `the fastest of three balances of the same month from facts that are kept, ${size.sites * size.lots} lots at ${size.sites} sites`,
    });
    await careRow(house, report, note);
  } finally {
    await house.stop();
  }
};
