import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tashkentDay } from '@darmon/domain/time';
import { routes as archive } from '@darmon/function-archive/routes';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as oversight } from '@darmon/function-oversight/routes';
import { routes as patientRoutes } from '@darmon/function-patient/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as privacy } from '@darmon/function-privacy/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { routes as verification } from '@darmon/function-verification/routes';
import type { Route } from '@darmon/http/route';
import { buildAll } from '@darmon/local/build';
import { type Cloud, createCloud } from '@darmon/local/cloud';
import { makeCountry } from '@darmon/local/country/country';
import { loadFunction } from '@darmon/local/functions';
import { play } from '@darmon/local/machines';
import { functionArn, readTemplate } from '@darmon/local/template';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { accountToken } from '../support/own-factor.ts';
import { administer } from './admin-use.ts';
import { type Call, isAllowed, watchCalls } from './calls.ts';
import { useCases } from './case-use.ts';
import { useCounts } from './count-use.ts';
import { startAbsentMarking, useCounter } from './counter-use.ts';
import { appendEvents, forgetFacts, rollReportFacts, tellSuppliers } from './job-use.ts';
import { useLogCheck } from './log-use.ts';
import { useOrders } from './order-use.ts';
import { closeMonth, laterInLife, usePeriods } from './period-use.ts';
import { leavePostings } from './posting-use.ts';
import { applyRetention, exportDeeds, usePrivacy, useReviews } from './privacy-use.ts';
import { forgetUse, leaveForPlans, useProcurement } from './procurement-use.ts';
import { useRecalls } from './recall-use.ts';
import { useReceiving } from './receiving-use.ts';
import { useReports } from './report-use.ts';
import { useRequisitions } from './requisition-use.ts';
import { signInAsCognito } from './sign-in-use.ts';
import { isLike, Template } from './template.ts';
import { useTrails } from './trail-use.ts';
import { useTransfers } from './transfer-use.ts';
import { useWatch } from './watch-use.ts';
import { useWriteOffs } from './write-off-use.ts';

const stateDir = mkdtempSync(join(tmpdir(), 'darmon-rights-'));
const routes = {
  ...prescribing,
  ...dispensing,
  ...inventory,
  ...procurement,
  ...archive,
  ...compliance,
  ...oversight,
  ...patientRoutes,
  ...privacy,
  ...verification,
  ...identity,
};
const answered = new Set<string>();
let cloud: Cloud;
let template: Template;
let watch: ReturnType<typeof watchCalls>;
let marking: Awaited<ReturnType<typeof startAbsentMarking>>;

beforeAll(async () => {
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' });
  const { assembly } = await buildAll({ web: false, say: () => {} });
  template = new Template(assembly);
  watch = watchCalls(template);
  marking = await startAbsentMarking();
  cloud = await createCloud({ stateDir, port: 0, web: false });
  await signInAsCognito(cloud, assembly);
  await useEveryRoute(assembly);
  await checkPacks(assembly);
  await countRecalls(assembly);
  await finishDocuments(assembly);
  await watchShelves(assembly);
  await tellSuppliers(cloud, assembly);
  await settleMoney(assembly);
  await rollUse(assembly);
  await rollReportFacts(cloud, assembly, await sitesOf(['warehouse', 'pharmacist', 'doctor']));
  await planSites(assembly);
  await applyRetention(cloud, assembly);
  await appendEvents(cloud, assembly);
  await useLogCheck(call as Parameters<typeof useLogCheck>[0], cloud, assembly);
  await exportDeeds(call, ['admin']);
});
afterAll(async () => {
  watch.stop();
  await cloud.stop();
  await marking.stop();
  rmSync(stateDir, { recursive: true });
});

const sitesOf = (people: readonly string[]): Promise<string[]> =>
  Promise.all(people.map(async (person) => (await call(person, 'whoAmI', {}, Me)).site));

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Signed in with one just now. */
  readonly secondFactor?: boolean;
  /** With leave to change the own account. */
  readonly account?: boolean;
}

const tokenOf = (person: string, { secondFactor = false, account = false }: Input): Promise<string> =>
  account ? accountToken(cloud, person, { secondFactor }) : cloud.token(person, { secondFactor });

/**
 * Calls a route as a person, and gives the answer parsed; anything but a success is an error that says which one. A
 * route that may be retried is, so that the road of a repeat is watched too.
 */
const call = async <T extends z.ZodType>(person: string, name: keyof typeof routes, input: Input, shape: T) => {
  const route: Route = routes[name];
  const path = route.path.replace(/\{(\w+)\}/g, (_, param: string) => encodeURIComponent(input.params?.[param] ?? ''));
  const request = {
    method: route.method,
    headers: {
      authorization: `Bearer ${await tokenOf(person, input)}`,
      'content-type': 'application/json',
      ...(route.keyed && { 'idempotency-key': randomUUID() }),
    },
    ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
  };
  const ask = async (): Promise<string> => {
    const answer = await fetch(`${cloud.url}${path}?${new URLSearchParams(input.query)}`, request);
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`${name}: ${answer.status} ${z.looseObject({ code: z.string() }).parse(JSON.parse(text)).code}`);
    return answer.headers.get('content-type')?.includes('json') ? text : JSON.stringify(text);
  };
  const text = await ask();
  if (route.keyed) expect(JSON.parse(await ask()), name).toEqual(JSON.parse(text));
  answered.add(name);
  return shape.parse(JSON.parse(text)) as z.output<T>;
};

const Listed = <T extends z.ZodType>(item: T) => z.looseObject({ items: z.array(item) });
const Identified = z.looseObject({ id: z.string() });
const Me = z.looseObject({ site: z.string() });
const StockItem = z.looseObject({ gtin: z.string(), medicine: z.string(), lot: z.string(), onHand: z.int() });
const Medicine = z.looseObject({ code: z.string(), class: z.string(), unit: z.string(), routes: z.array(z.string()) });
const Question = z.looseObject({ id: z.string(), bodyHash: z.string() });
const Issued = z.looseObject({ id: z.string(), number: z.string(), code: z.string() });

/** The main job and everything around it, so that each route succeeds at least once on the roads it usually takes. */
const useEveryRoute = async (assembly: string): Promise<void> => {
  const siteOf = async (person: string) => (await call(person, 'whoAmI', {}, Me)).site;
  const [clinic, pharmacy] = [await siteOf('doctor'), await siteOf('pharmacist')];
  const [warehouse, office] = [await siteOf('warehouse'), await siteOf('admin')];
  const { medicine, gtin } = await somethingInStock(pharmacy);
  const month = await closeMonth(call);
  const issued = await prescribe(medicine);
  await draft(medicine);
  await dispense(issued);
  await approve();
  await receive(warehouse, gtin);
  await administer(call, clinic);

  await complain(medicine, clinic, pharmacy);
  await useCounter(call, { pharmacy, warehouse });
  await useReceiving(call, warehouse, gtin);
  await useCounts(call, { warehouse, gtin, medicine: medicine.code });
  await useTransfers(call, { pharmacy, warehouse, gtin });
  await useWriteOffs(call, warehouse, gtin);
  await useWatch(call, warehouse, gtin);
  await useProcurement(call, cloud, { site: pharmacy, medicine: medicine.code });
  const requisition = { site: warehouse, region: 'UZ-TK', gtin, today: tashkentDay(Date.now()) };
  await useOrders(call, { site: warehouse, pharmacy, gtin }, await useRequisitions(call, requisition));
  await leaveForPlans(call, { site: pharmacy, from: warehouse, gtin });
  await useRecalls(call, { pharmacy, warehouse, gtin }, () => issue(medicine));

  await call('auditor', 'readTrail', { params: { id: issued.id } }, Listed(Identified));
  await call('auditor', 'findPrescription', { params: { number: issued.number } }, Identified);
  // a month that no night kept is reckoned by whoever is asked for it
  await forgetFacts(cloud, [warehouse]);
  const older = { params: { report: 'material-balance' }, query: { site: warehouse, month } };
  await call('auditor', 'readReport', older, z.unknown());
  await usePeriods(call, cloud, assembly, month);
  await call(
    'pharmacist',
    'tellClock',
    { body: { device: '5f1d0a3c9be247d8', at: '2026-01-01T00:00:00.000Z' } },
    z.unknown(),
  );
  await useCases(call, cloud, assembly);
  await usePrivacy(call, cloud, { clinic, pharmacy, medicine });
  for (const site of [clinic, pharmacy, warehouse, office]) await useReviews(call, site);
  // what somebody did lies with subjects of every kind
  await exportDeeds(call, ['doctor', 'pharmacist', 'warehouse', 'admin']);
  for (const site of [clinic, pharmacy, warehouse, office]) await readWholeDay(site);
  await useTrails(call, {
    number: issued.number,
    passport: patient.passport,
    site: pharmacy,
    prescriber: 'doctor',
  });
  await useReports(call, { site: warehouse, medicine: medicine.code });
  const Verified = z.looseObject({ valid: z.boolean() });
  expect((await call('doctor', 'verifyCode', { body: { code: issued.code } }, Verified)).valid).toBe(true);
  for (const name of ['readKeys', 'readRevocations', 'readLogKey', 'readPeriodKey', 'readOpenApi', 'readDocs'] as const)
    await call('doctor', name, {}, z.unknown());
};

/** The job of the marking service, called as its schedule does, once the service is there again. */
const checkPacks = async (assembly: string): Promise<void> => {
  marking.setFault(undefined);
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'CheckMarking');
  if (!job) throw new Error('the job is not in the template');
  const invoke = await loadFunction(job);
  expect(await invoke({})).toMatchObject({ open: 0 });
};

/** The job that finishes documents nobody goes on with, called as its schedule does. */
const finishDocuments = async (assembly: string): Promise<void> => {
  const siteOf = async (person: string) => (await call(person, 'whoAmI', {}, Me)).site;
  const left = await leavePostings(call, {
    pharmacy: await siteOf('pharmacist'),
    warehouse: await siteOf('warehouse'),
  });
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'PostDocuments');
  if (!job) throw new Error('the job is not in the template');
  const { finished } = z.object({ finished: z.int() }).parse(await (await loadFunction(job))({}));
  expect(finished).toBeGreaterThanOrEqual(left);
};

/** The job that counts recalled lots on, called as its schedule does. */
const countRecalls = async (assembly: string): Promise<void> => {
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'WorkRecalls');
  if (!job) throw new Error('the job is not in the template');
  // where the cloud's own clock counted once before, this is the second count
  expect(await (await loadFunction(job))({})).toEqual({ completed: expect.any(Number) });
};

/** The job that looks through the shelves, asked for by hand, whatever time it is. */
const watchShelves = async (assembly: string): Promise<void> => {
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'WatchStock');
  if (!job) throw new Error('the job is not in the template');
  const { done, of } = z
    .looseObject({ done: z.int(), of: z.int() })
    .parse(await (await loadFunction(job))({ since: new Date().toISOString() }));
  expect(done).toBe(of);
};

/** The job that settles the year's money, asked for by hand, with an order of which something came. */
const settleMoney = async (assembly: string): Promise<void> => {
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'SettleBudgets');
  if (!job) throw new Error('the job is not in the template');
  // at night the cloud's own clock may have been there first, and is watched as well
  const { done } = z.looseObject({ done: z.boolean() }).parse(await (await loadFunction(job))({ now: true }));
  expect(done).toBe(true);
};

/** The job that keeps what was used, asked for by hand, whatever time it is. */
const rollUse = async (assembly: string): Promise<void> => {
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'RollConsumption');
  if (!job) throw new Error('the job is not in the template');
  await forgetUse(cloud, (await call('pharmacist2', 'whoAmI', {}, Me)).site);
  const { done, failed } = z
    .looseObject({ done: z.int(), failed: z.int() })
    .parse(await (await loadFunction(job))({ now: true, seconds: 5 }));
  expect([done > 0, failed]).toEqual([true, 0]);
};

/** The machine of the weekly run, for a week that nobody began yet and two sites, played as the template has it. */
const planSites = async (assembly: string): Promise<void> => {
  const { functions, machines } = readTemplate(assembly, () => cloud.table);
  const job = functions.find(({ id }) => id === 'PlanSites');
  const machine = machines.find(({ id }) => id === 'PlanWeek');
  if (!job || !machine) throw new Error('the run is not in the template');
  const siteOf = async (person: string) => (await call(person, 'whoAmI', {}, Me)).site;
  const sites = [await siteOf('pharmacist'), await siteOf('pharmacist2')];
  await forgetUse(cloud, await siteOf('pharmacist2'));
  const surroundings = {
    functions: new Map([[functionArn(job.id), await loadFunction(job)]]),
    sleep: () => Promise.reject(new Error('nothing is to wait for')),
  };
  const asked = { week: '2020-W01', sites };
  expect(await play(machine.definition, asked, surroundings)).toMatchObject({ done: 2, failed: 0, of: 2 });
  // begun again it finds the week closed
  expect(await play(machine.definition, asked, surroundings)).toMatchObject({ next: 'nothing' });
};

/** Patients open their pages and complain until one lot has enough for a signal; the first lot is small. */
const complain = async (medicine: z.infer<typeof Medicine>, clinic: string, pharmacy: string): Promise<void> => {
  const { birthDate } = patient;
  const Given = z.looseObject({ receipt: z.string() });
  for (let n = 0; n < 5; n += 1) {
    const { id, number, code } = await issue(medicine);
    const wrong = call('doctor', 'openPatientPage', { body: { number, birthDate: '1990-01-02' } }, z.unknown());
    await expect(wrong).rejects.toThrow('page-not-opened');
    await call('doctor', 'openPatientPage', { body: { number, birthDate } }, z.unknown());
    await call('doctor', 'openPatientPage', { body: { code, birthDate } }, z.unknown());
    const { receipt } = await call('pharmacist', 'dispensePrescription', { params: { id }, body: { lines } }, Given);
    await call('doctor', 'openPatientPage', { body: { number, birthDate } }, z.unknown());
    const complaint = { site: pharmacy, kind: 'complaint', about: 'medicine', text: 'The pills were broken', receipt };
    await call('doctor', 'giveFeedback', { body: complaint }, Identified);
  }
  await call('doctor', 'findHolders', { body: { region: 'UZ-TK', medicines: [medicine.code] } }, Listed(z.unknown()));
  await call('doctor', 'readSiteName', { params: { site: clinic } }, z.looseObject({ name: z.string() }));
  const praise = { site: clinic, kind: 'praise', about: 'staff', text: 'Kind and quick' };
  await call('doctor', 'giveFeedback', { body: praise }, Identified);
  for (const query of [{}, { site: pharmacy }])
    expect((await call('auditor', 'listFeedback', { query }, Listed(Identified))).items).not.toEqual([]);
  expect((await call('auditor', 'listSignals', {}, Listed(z.unknown()))).items).not.toEqual([]);
};

/** To the last page: the events of a day lie with subjects of every kind. */
const readWholeDay = async (site: string): Promise<void> => {
  const day = tashkentDay(Date.now());
  const Trail = z.looseObject({ next: z.string().optional() });
  let cursor: string | undefined;
  do {
    const query = { day, ...(cursor !== undefined && { cursor }) };
    ({ next: cursor } = await call('auditor', 'readSiteTrail', { params: { site }, query }, Trail));
  } while (cursor !== undefined);
};

/** An ordinary prescription medicine that the pharmacy has. */
const somethingInStock = async (site: string) => {
  const stock = await call('pharmacist', 'listStock', { params: { site } }, Listed(StockItem));
  const formulary = await call('doctor', 'searchMedicines', {}, Listed(Medicine));
  await call('doctor', 'searchMedicines', { query: { q: 'amox' } }, Listed(Medicine));
  await call('doctor', 'readFormulary', {}, z.looseObject({ version: z.string(), formulary: z.unknown() }));
  for (const { medicine: code, gtin, onHand } of stock.items) {
    const medicine = formulary.items.find((one) => one.code === code && one.class === 'rx');
    if (medicine && onHand > 50) return { medicine, gtin };
  }
  throw new Error('the demo pharmacy has nothing to dispense');
};

const patient = { passport: 'XX0000001', fullName: 'Namuna Bemor', birthDate: '1990-01-01', sex: 'male' };
const byName = { fullName: patient.fullName, birthDate: patient.birthDate };
const unknown = { passport: 'XX0000009' };
const lines = [{ line: 1, quantity: 10 }];

/** Another one for the same patient is a double therapy, which has to be answered. */
const issue = async ({ code, unit, routes: [route] }: z.infer<typeof Medicine>) => {
  const dosage = { amount: 1, unit, timesPerDay: 1, days: 10, route };
  const body = { patient, diagnosis: { icd10: 'J02.9' }, lines: [{ medicine: code, dosage, quantity: 10 }] };
  const Checked = z.looseObject({ alerts: z.array(Identified) });
  const { alerts } = await call('doctor', 'checkPrescription', { body }, Checked);
  const overrides = alerts.map(({ id }) => ({ alert: id, reason: 'twice on purpose' }));
  return call('doctor', 'issuePrescription', { body: { ...body, overrides } }, Issued);
};

const prescribe = async (medicine: z.infer<typeof Medicine>) => {
  const [issued, second] = [await issue(medicine), await issue(medicine)];
  // Somebody whose key this function did not make, so that it has to open one.
  const [seeded] = makeCountry(1, tashkentDay(Date.now())).patients;
  for (const query of [unknown, { pinfl: seeded?.pinfl }, { passport: patient.passport }, byName])
    await call('doctor', 'lookUpPatient', { body: query }, z.unknown());
  await knowPatient();
  await call('doctor', 'listPrescriptions', { query: { mine: '' } }, Listed(Identified));
  const params = { id: second.id };
  await call('doctor', 'readPrescription', { params }, Identified);
  await call('doctor', 'cancelPrescription', { params, body: { reason: 'wrong dose' } }, Identified);
  return issued;
};

/** A draft that is kept, found again, thrown away, taken back and issued; and what is prescribed again and again. */
const draft = async ({ code, unit, routes: [route] }: z.infer<typeof Medicine>): Promise<void> => {
  const lines = [{ medicine: code, dosage: { amount: 1, unit, timesPerDay: 1, days: 10, route }, quantity: 10 }];
  const of = { patient: { ...patient, passport: 'XX0000007' }, diagnosis: { icd10: 'J02.9' }, lines };
  const Saved = z.looseObject({ id: z.string(), version: z.int() });
  const first = await call('doctor', 'startDraft', { body: { body: {}, title: 'Namuna' } }, Saved);
  const params = { id: first.id };
  const saved = await call('doctor', 'saveDraft', { params, body: { version: 1, body: {} } }, Saved);
  await call('doctor', 'listDrafts', {}, Listed(Identified));
  await call('doctor', 'discardDraft', { params }, Saved);
  await call('doctor', 'saveDraft', { params, body: { version: saved.version + 1, body: {} } }, Saved);
  await call('doctor', 'readDraft', { params }, Identified);
  await call('doctor', 'issuePrescription', { body: { ...of, draft: first.id } }, Issued);
  const items = [{ id: '1', name: 'Namuna', kind: 'template', lines }];
  await call('doctor', 'saveTemplates', { body: { version: 0, items } }, z.unknown());
  await call('doctor', 'readTemplates', {}, Listed(Identified));
};

/** Somebody registered, changed in everything that can change, and looked back upon. */
const knowPatient = async (): Promise<void> => {
  const guest = { ...patient, passport: 'XX0000002' };
  const { id } = await call('doctor', 'registerPatient', { body: guest }, Identified);
  const change = { version: 1, allergies: [], weightKg: 70, fullName: 'Namuna Boshqa', passport: 'XX0000003' };
  await call('doctor', 'changePatient', { params: { id }, body: change }, Identified);
  const Found = z.looseObject({ patient: Identified });
  const known = await call('doctor', 'lookUpPatient', { body: { passport: patient.passport } }, Found);
  await call('doctor', 'readPatientHistory', { params: { id: known.patient.id } }, Listed(Identified));
};

const dispense = async ({ id, number, code }: z.infer<typeof Issued>): Promise<void> => {
  for (const body of [{ number }, { code }, { passport: patient.passport }, byName, unknown])
    await call('pharmacist', 'lookUpPrescription', { body }, z.unknown());
  const params = { id };
  await call('pharmacist', 'claimPrescription', { params }, Identified);
  await call('pharmacist', 'releasePrescription', { params }, Identified);
  await call('pharmacist', 'proposeLots', { params }, z.unknown());
  // a lot that is not on the shelf is looked for by itself, to say what is the matter with it
  const [line] = lines;
  const named = { ...line, lots: [{ gtin: '09520000000011', lot: 'NOSUCH', quantity: line?.quantity ?? 1 }] };
  const refused = call('pharmacist', 'dispensePrescription', { params, body: { lines: [named] } }, Identified);
  await expect(refused).rejects.toThrow('lot-unknown');
  const done = await call('pharmacist', 'dispensePrescription', { params, body: { lines } }, Identified);
  await call('pharmacist', 'readPrescription', { params }, Identified);
  await call('pharmacist', 'lookUpPrescription', { body: { number } }, z.unknown());
  const undo = { params: { id: done.id }, body: { reason: 'wrong patient' } };
  await call('pharmacist', 'undoDispense', undo, Identified);
};

/** One colleague asks twice, the other says yes and no. */
const approve = async (): Promise<void> => {
  const ask = async (quantity: number) => {
    const body = { subject: '/api/prescriptions/X/dispenses', body: { lines: [{ line: 1, quantity }] } };
    return call('pharmacist', 'askApproval', { body }, Question);
  };
  const [first, second] = [await ask(1), await ask(2)];
  await call('pharmacist3', 'listApprovalRequests', {}, Listed(Identified));
  const answer = { subject: '/api/prescriptions/X/dispenses', bodyHash: first.bodyHash, request: first.id };
  await call('pharmacist3', 'giveApproval', { body: answer }, Identified);
  await call('pharmacist3', 'declineApproval', { params: { id: second.id }, body: { reason: 'wrong' } }, Identified);
  await call('pharmacist', 'readApprovalRequest', { params: { id: first.id } }, Identified);
};

const receive = async (site: string, gtin: string): Promise<void> => {
  const params = { site };
  const query = { gtin, lot: 'NEW1' };
  const received = { ...query, expiryDate: '2031-01-31', quantity: 100 };
  const body = { lines: [received], document: { supplier: 'Supplier', number: '1' } };
  await call('warehouse', 'receiveStock', { params, body }, Identified);
  await call('warehouse', 'listStock', { params, query: { gtin } }, Listed(StockItem));
  await call('warehouse', 'listMovements', { params, query }, Listed(z.unknown()));
  const onHold = { ...query, state: 'on-hold', reason: 'damaged carton' };
  await call('warehouse', 'setLotState', { params, body: onHold }, z.unknown());
};

test('every route, the trigger and the job were watched at work', () => {
  expect([...answered].sort()).toEqual(Object.keys(routes).sort());
  expect(new Set(watch.calls.map(({ by }) => by))).toEqual(new Set(template.functions().map(({ id }) => id)));
});

test('no function asks for anything that its policy does not allow', () => {
  const refused = watch.calls.filter(({ by, ...asked }) => !isAllowed(template.rightsOf(by), asked));
  const seen = refused.map(({ by, action, resource, pk }) => `${by} ${action} ${resource} ${kindOf(pk)}`);
  expect([...new Set(seen)]).toEqual([]);
});

test('every right is one that its function uses, down to the kind of item', () => {
  const unused = template.functions().flatMap(({ id }) =>
    template
      .rightsOf(id)
      .filter(({ effect, action }) => effect === 'Allow' && !action.startsWith('logs:'))
      .flatMap(({ action, resource, keys = [undefined] }) => keys.map((pattern) => ({ action, resource, pattern })))
      .filter(({ action, resource, pattern }) => {
        const uses = ({ pk }: Call) => pattern === undefined || (pk !== undefined && isLike(pattern, pk));
        return !watch.calls.some(
          (one) => one.by === id && one.action === action && isLike(resource, one.resource) && uses(one),
        );
      })
      .map(({ action, resource, pattern }) => `${id} ${action} ${resource} ${pattern ?? ''}`),
  );
  expect(unused.filter((right) => !laterInLife.includes(right)).sort()).toEqual([
    // Lambda itself reads the stream, in the role of the function that listens.
    'AppendLog dynamodb:DescribeStream Table/stream ',
    'AppendLog dynamodb:GetRecords Table/stream ',
    'AppendLog dynamodb:GetShardIterator Table/stream ',
    'AppendLog dynamodb:ListStreams Table/stream ',
    // Without it S3 calls what is not there forbidden.
    'AppendLog s3:ListBucket LogBucket ',
    'CompareLog s3:ListBucket LogBucket ',
    // The local user pool keeps nothing, so nobody is ever in a group that has to be left.
    'Identity cognito-idp:AdminRemoveUserFromGroup UserPool ',
  ]);
});

/** `PATIENT#…` without the id: test output names no patient. */
const kindOf = (pk: string | undefined): string => pk?.replace(/#[^#]*/g, '#*') ?? '';
