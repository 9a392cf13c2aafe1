/**
 * What a closed month is made of, on the real engine: its reports wait for the facts of every site, go on without the
 * sites that cannot be reckoned, draw paper of what was kept, and name what they name.
 */
import { factsPatienceMs, settleMs } from '@darmon/domain/period';
import { canonicalText } from '@darmon/domain/period-package';
import type { Report } from '@darmon/domain/report';
import { dayMs } from '@darmon/domain/time';
import { careJob } from '@darmon/usecases/care-job';
import { factJobs } from '@darmon/usecases/fact-jobs';
import type { FactJob } from '@darmon/usecases/facts';
import type { NamesOfIds } from '@darmon/usecases/period-names';
import { type PeriodDeps, runPeriods } from '@darmon/usecases/period-run';
import { correctPeriod, freezePeriod, readPeriod } from '@darmon/usecases/periods';
import { receiveShipment } from '@darmon/usecases/receiving';
import { reportMakers } from '@darmon/usecases/reports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse } from '../support/house.ts';

let house: House;
const month = '2026-11';
const stored = new Map<string, Uint8Array>();
const drawn: string[] = [];
/** Every cell of a kind that has names, as what it is called; how it is set is the renderers' own concern. */
const named = ({ sections }: Report, names: NamesOfIds): string => {
  const ways = { site: names.site, person: names.person, medicine: (id: string) => names.medicine(id)?.inn };
  return sections
    .flatMap(({ columns, rows }) =>
      columns.flatMap(({ kind }, at) =>
        kind === 'site' || kind === 'person' || kind === 'medicine'
          ? rows.map(({ cells }) => `${cells[at]}=${ways[kind](String(cells[at]))}`)
          : [],
      ),
    )
    .join(';');
};
const deps = (): PeriodDeps => ({
  ...house.deps,
  files: {
    get: async (path) => stored.get(path),
    put: async (path, bytes) => void (stored.has(path) || stored.set(path, Uint8Array.from(bytes))),
  },
  makers: { 'material-balance': reportMakers['material-balance'], outliers: reportMakers.outliers } as never,
  facts: factJobs,
  render: async (report: Report, names) => [
    { name: `${report.report}.json`, bytes: Buffer.from(canonicalText(report)) },
    { name: `${report.report}.csv`, bytes: Buffer.from(named(report, names)) },
  ],
  papers: ['uz-latn', 'ru'].map((language) => ({
    end: `.${language}.pdf`,
    draw: async (report, names) => {
      drawn.push(`${report.report} ${language}`);
      return Buffer.from(`%PDF-1.7 ${language} ${report.madeAt} ${named(report, names)}`);
    },
  })),
  checkpoint: async () => undefined,
  post: async () => 'unreachable',
  authority: undefined,
});
const run = (more: Partial<PeriodDeps> = {}, until = house.clock.now + 600_000) =>
  runPeriods({ ...deps(), ...more }, async (_, period) => period, until);
const auditor = () => house.actor('auditor');
const view = (version?: number) => readPeriod(house.deps, auditor(), { month, version });
const correct = async () => {
  await correctPeriod(house.deps, auditor(), { month, reason: 'made once more' }, house.once('auditor'));
};
const text = (name: string) => [...stored].find(([path]) => path.endsWith(name))?.[1];
/** Reckons as it does, but for one site whose facts break. */
const breaking = (job: FactJob, site: string): FactJob => ({
  ...job,
  missing: async (_, sites) => sites.filter(({ id }) => id === site),
  cover: async () => {
    throw new Error('a row that nobody can read');
  },
});

beforeAll(async () => {
  house = await makeHouse('period facts');
  const lines = [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-05-31', packs: 5, packPrice: 1_500_000 }];
  await receiveShipment(
    house.deps,
    house.actor('pharmacist', 'own'),
    { site: 'PH-1', lines },
    house.once('pharmacist'),
  );
  const { id } = await issue(house);
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  house.clock.now = Date.parse(`${month}-30T21:00:00.000Z`);
  await freezePeriod(house.deps, auditor(), { month }, house.once('auditor'));
  house.clock.now += settleMs;
}, 60_000);
afterAll(() => house.stop());

test('no report is made before the facts of every site are kept as the month was closed, and the job keeps them itself', async () => {
  // a run whose time is over after a site or two: it says what is waited for, and makes nothing
  let ticks = 0;
  const now = () => house.clock.now + ticks++;
  await run({ now }, house.clock.now + 20);
  const waiting = await view();
  expect(waiting).toMatchObject({ state: 'frozen', reports: [], made: [], facts: { failing: [] } });
  expect(waiting.facts?.of).toBeGreaterThan(waiting.facts?.done ?? 0);
  await run();
  const made = await view();
  expect(made).toMatchObject({ state: 'computed', done: 2, steps: { done: 6, of: 6 }, open: [] });
  expect(made.facts?.done).toBe(made.facts?.of);
  const heads = await house.deps.table.loadFactsHeads('stock', ['PH-1', 'PH-2', 'WH-1', 'WH-2'], month);
  for (const head of heads) expect(head?.asOf).toBe(made.frozenAt);
  const [care] = await house.deps.table.loadFactsHeads('care', ['CL-1'], month);
  expect(care?.asOf).toBe(made.frozenAt);
}, 60_000);

test('paper is drawn in both languages of what was kept, each file once, and a run that dies draws no page twice', async () => {
  expect(drawn.sort()).toEqual(['material-balance ru', 'material-balance uz-latn', 'outliers ru', 'outliers uz-latn']);
  for (const end of ['uz-latn', 'ru'])
    expect(Buffer.from(text(`material-balance.${end}.pdf`) ?? []).toString('utf8')).toContain(`%PDF-1.7 ${end} `);
  await correct();
  drawn.length = 0;
  const [uz, ru] = deps().papers;
  if (!uz || !ru) throw new Error('there are two papers');
  const broken = { ...ru, draw: async () => Promise.reject(new Error('died')) };
  house.clock.now += settleMs;
  await expect(run({ papers: [uz, broken] })).rejects.toThrow('died');
  expect(await view()).toMatchObject({ state: 'frozen', done: 0, steps: { done: 2, of: 6 } });
  await run();
  expect(await view()).toMatchObject({ state: 'computed', version: 2, steps: { done: 6, of: 6 } });
  expect(drawn.filter((one) => one === 'material-balance uz-latn')).toHaveLength(1);
}, 60_000);

test('files name sites, medicines and staff, the data their ids alone, and no file a patient', async () => {
  const balance = Buffer.from(text('material-balance.csv') ?? []).toString('utf8');
  expect(balance).toContain('PH-1=Site PH-1');
  expect(balance).toContain('AMOX500CAP=amox500cap');
  const staff = Buffer.from(text('outliers.csv') ?? []).toString('utf8');
  expect(staff).toContain('doctor=Person doctor');
  const machines = Buffer.from(text('outliers.json') ?? []).toString('utf8');
  expect(machines).not.toContain('Person doctor');
  for (const [path, bytes] of stored)
    if (/\.(json|csv)$/.test(path)) expect(Buffer.from(bytes).toString('utf8')).not.toContain('Namuna');
});

test('a site that cannot be reckoned is named and waited for a day, then the reports say that it is missing', async () => {
  await correct();
  const facts = [breaking(factJobs[0] as FactJob, 'PH-2'), careJob];
  const before = house.clock.now;
  expect((await run({ facts })).failing).toEqual([{ month, site: 'PH-2', facts: 'stock' }]);
  expect(await view()).toMatchObject({
    state: 'frozen',
    reports: [],
    facts: { failing: [{ site: 'PH-2', facts: 'stock' }] },
  });
  house.clock.now = before + factsPatienceMs - 1;
  await run({ facts });
  expect(await view()).toMatchObject({ state: 'frozen', reports: [] });
  house.clock.now = before + factsPatienceMs;
  await run({ facts });
  const made = await view();
  expect(made).toMatchObject({ state: 'computed', facts: { gaveUp: true, failing: [{ site: 'PH-2' }] } });
  expect((made.facts?.of ?? 0) - (made.facts?.done ?? 0)).toBe(1);
}, 60_000);

test('what is mended meanwhile is not waited for any longer', async () => {
  await correct();
  const facts = [breaking(factJobs[0] as FactJob, 'PH-2'), careJob];
  await run({ facts });
  expect((await view()).state).toBe('frozen');
  house.clock.now += dayMs / 2;
  await run();
  const made = await view();
  expect(made).toMatchObject({ state: 'computed', facts: { failing: [] } });
  expect(made.facts?.gaveUp).toBeUndefined();
}, 60_000);
