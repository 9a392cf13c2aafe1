/** The demo country's past, played through the use cases on the real engine: two of its regions, which are as good as all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Actor } from '@darmon/domain/actor';
import type { Report, ReportKind } from '@darmon/domain/report';
import { dayStart } from '@darmon/domain/time';
import { makeCountry } from '@darmon/local/country/country';
import { formulary } from '@darmon/local/country/formulary';
import { makePastCare } from '@darmon/local/country/past-care';
import { courses } from '@darmon/local/country/past-courses';
import { type Engine, startEngine } from '@darmon/local/engine';
import { type Kms, startKms } from '@darmon/local/kms';
import { foundCountry } from '@darmon/local/seed';
import { actorOf, depsWith } from '@darmon/local/seed-deps';
import { analysePast } from '@darmon/local/seed-past';
import { createTable } from '@darmon/table/create';
import { openTable } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { readReport } from '@darmon/usecases/reports';
import { afterAll, beforeAll, expect, test } from 'vitest';

const today = '2026-11-22';
const now = dayStart(today) + 10 * 3_600_000;
const regions = ['UZ-FA', 'UZ-NG'];
const whole = makeCountry(1, today);
const sites = whole.sites.filter(
  ({ region, kind, id }) => (regions.includes(region) && kind !== 'warehouse') || id === 'OF-0001',
);
const isHere = (site: string): boolean => sites.some(({ id }) => id === site);
const country = { ...whole, sites, people: whole.people.filter(({ site }) => isHere(site)), patients: [], stock: [] };
const all = makePastCare(1, today, whole);
const past = {
  ...all,
  visits: all.visits.filter(({ clinic, steps }) => [clinic, ...steps.map(({ site }) => site)].every(isHere)),
  looks: all.looks.filter(({ site }) => isHere(site)),
};
const medicines = formulary.filter(({ code }) => courses.some(({ medicine }) => medicine === code));

const folder = mkdtempSync(join(tmpdir(), 'darmon-past-'));
let engine: Engine;
let kms: Kms;
let client: DynamoDBClient;
let deps: Deps;
let auditor: Actor;
const environment = { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const open = (clock: () => number) => openTable({ client, table: 'past', now: clock });

beforeAll(async () => {
  Object.assign(process.env, environment);
  engine = await startEngine({ folder: join(folder, 'table') });
  kms = await startKms(join(folder, 'kms'), { p: 'ECC_NIST_P256', d: 'SYMMETRIC_DEFAULT', s: 'HMAC_256' });
  client = new DynamoDBClient({ endpoint: engine.endpoint });
  await createTable(client, 'past');
  const keys = { endpoint: kms.endpoint, dataKey: 'd', searchKey: 's', prescriptionKey: 'p' };
  await foundCountry({ open, kms: keys, country, formulary: medicines, seed: 1, now }, past);
  deps = depsWith(open, () => now);
  const person = country.people.find(({ id }) => id === 'auditor');
  if (!person) throw new Error('there is no auditor');
  auditor = { ...actorOf(person, 'auditor', now), reach: 'all' };
}, 120_000);
afterAll(async () => {
  client.destroy();
  await kms.stop();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (kind: ReportKind, query: object): Promise<Report> => readReport(deps, auditor, kind, query);
const broken = ({ checks }: Report): string[] => checks.filter(({ holds }) => !holds).map(({ name }) => name);
const figure = ({ figures }: Report, name: string) => figures.find((one) => one.name === name)?.value;

test('two whole months of it have facts that stand, and every report of them adds up and says something', async () => {
  for (const job of factJobs)
    for (const site of sites.filter(job.isFor))
      expect(await job.roll(deps, site, undefined, Number.POSITIVE_INFINITY)).toBe(true);
  for (const month of ['2026-09', '2026-10']) {
    const balance = await ask('material-balance', { month });
    expect([month, broken(balance), Number(figure(balance, 'closing')) > 0]).toEqual([month, [], true]);
    const antibiotics = await ask('antibiotic-use', { month });
    expect([month, broken(antibiotics), Number(figure(antibiotics, 'doses-per-1000')) > 0]).toEqual([month, [], true]);
  }
  const days = { from: past.from, through: past.through };
  for (const kind of [
    'issued-to-dispensed',
    'substitutions-overrides',
    'patient-access',
    'outliers',
    'controlled-register',
  ] as const) {
    const report = await ask(kind, days);
    expect([kind, broken(report)]).toEqual([kind, []]);
    expect(report.sections.some(({ rows }) => rows.length > 0)).toBe(true);
  }
  const classes = await ask('consumption-classes', { month: '2026-11', months: 3 });
  expect(broken(classes)).toEqual([]);
  expect(classes.sections.find(({ name }) => name === 'by-month')?.rows).toHaveLength(3);
});

test('whoever is at fault among its people is found, and an auditor has begun on it', async () => {
  await analysePast(open, country, now);
  const found: string[] = [];
  for (const state of ['open', 'taken', 'decided'] as const)
    found.push(...(await deps.table.listCases(state, { limit: 20 })).items.map(({ rule }) => rule));
  expect(found).toContain('idle-look-ups');
  expect(found).toContain('close-pair');
});
