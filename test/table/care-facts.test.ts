/**
 * Facts of care on the real engine: weeks of chance at two clinics and two pharmacies; what reports say is what a naive
 * count over every event says, whether a night kept the facts or nobody did.
 */
import { createHash } from 'node:crypto';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { CareLine, outcomes } from '@darmon/domain/care-facts';
import type { NonDispenseReason } from '@darmon/domain/prescription';
import { nonDispenseReasons } from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import type { Report, ReportKind } from '@darmon/domain/report';
import type { ReportQuery } from '@darmon/domain/report-query';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { loadCare } from '@darmon/usecases/care-facts';
import { undoDispense } from '@darmon/usecases/dispenses';
import { claimPrescription, lookUpPrescription, releasePrescription } from '@darmon/usecases/dispensing';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rollFacts } from '@darmon/usecases/facts';
import { lookUpPatient } from '@darmon/usecases/patients';
import { cancelPrescription, issuePrescription } from '@darmon/usecases/prescribing';
import { readReport } from '@darmon/usecases/reports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, dosage, gtins, type House, makeHouse, refused, start, stock, table } from '../support/house.ts';

const forever = Number.MAX_SAFE_INTEGER;
const jobs = factJobs.filter(({ kind }) => kind === 'care');
const days = 40;
let house: House;

const chance = (() => {
  let n = 0;
  return (below: number): number => createHash('sha256').update(`care/${n++}`).digest().readUInt32BE(0) % below;
})();
const oneOf = <T>(all: readonly T[]): T => all[chance(all.length)] as T;
const reached = new Map<string, number>();
const attempt = async (name: string, run: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
    reached.set(name, (reached.get(name) ?? 0) + 1);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};

interface Known {
  readonly id: string;
  readonly number: string;
  readonly doctor: string;
  readonly dispenses: { id: string; by: string }[];
}
const known: Known[] = [];
const counters = ['pharmacist', 'pharmacist3', 'pharmacist2'] as const;
const medicines = ['AMOX500CAP', 'ATOR20TAB', 'PARA500TAB'] as const;
const doses = {
  AMOX500CAP: dosage,
  ATOR20TAB: { ...dosage, unit: 'tablet', timesPerDay: 1, days: 10 },
  PARA500TAB: { ...dosage, unit: 'tablet', days: 3 },
} as const;
const reasons = Object.keys(nonDispenseReasons) as NonDispenseReason[];

const write = async (by: 'doctor' | 'doctor2') => {
  const first = chance(3);
  const codes = [medicines[first], ...(chance(3) === 0 ? [medicines[(first + 1) % 3]] : [])] as (keyof typeof doses)[];
  const { body } = await issuePrescription(
    house.deps,
    house.actor(by, 'own'),
    {
      patient: house.patient(500 + known.length),
      diagnosis: { icd10: 'J02.9' },
      lines: codes.map((medicine) => ({ medicine, dosage: doses[medicine] })),
      ...(chance(8) === 0 && codes[0] === 'ATOR20TAB' && codes.length === 1
        ? { repeat: { issues: 2, everyDays: 10 } }
        : {}),
    },
    { once: house.once(by), approvable: { subject: '/api/prescriptions', bodyHash: '' } },
  );
  known.push({ id: body.id, number: body.number, doctor: by, dispenses: [] });
};

const serve = async (p: Known, by: string) => {
  const lines = [1, 2]
    .slice(0, 1 + chance(2))
    .map((line) =>
      chance(3) === 0 ? { line, notDispensed: oneOf(reasons), note: 'because' } : { line, quantity: 1 + chance(3) * 9 },
    );
  const { body } = await dispense(house, p.id, lines, by);
  p.dispenses.push({ id: body.id, by });
};

const act = async () => {
  const by = oneOf(counters);
  const actor = () => house.actor(by, 'own');
  const p = known.length === 0 ? undefined : (known[Math.max(0, known.length - 1 - chance(12))] as Known);
  const what = chance(13);
  if (what < 3 || !p) return attempt('issue', () => write(oneOf(['doctor', 'doctor2'])));
  if (what < 5) return attempt('look', () => lookUpPrescription(house.deps, actor(), { number: p.number }));
  if (what === 5 || what === 6) {
    await attempt('claim', () => claimPrescription(house.deps, actor(), { id: p.id }, house.once(by)));
    if (what === 5) return;
    return attempt('release', () => releasePrescription(house.deps, actor(), { id: p.id }, house.once(by)));
  }
  if (what < 10) return attempt('serve', () => serve(p, by));
  if (what === 10) {
    const last = p.dispenses.at(-1);
    if (!last) return attempt('miss', () => lookUpPatient(house.deps, actor(), house.patient(9_999)));
    return attempt('undo', () =>
      undoDispense(house.deps, house.actor(last.by, 'own'), { id: last.id, reason: 'a mistake' }, house.once(last.by)),
    );
  }
  if (what === 12) {
    await attempt('look', () => lookUpPrescription(house.deps, actor(), { number: p.number }));
    return attempt('serve', () => serve(p, by));
  }
  return attempt('cancel', () =>
    cancelPrescription(house.deps, house.actor(p.doctor, 'own'), { id: p.id, reason: 'changed' }, house.once(p.doctor)),
  );
};

beforeAll(async () => {
  house = await makeHouse('care');
  await house.publish();
  for (const [by, lot] of [
    ['pharmacist', 'A'],
    ['pharmacist2', 'B'],
  ] as const)
    await stock(
      house,
      [gtins.amoxicillin, gtins.statin, gtins.paracetamol].map((gtin) => ({
        gtin,
        lot,
        expiryDate: '2028-12-31',
        quantity: 3_000,
      })),
      by,
    );
  for (let day = 0; day < days; day += 1) {
    for (let n = 0; n < 9; n += 1) {
      house.clock.now += 60_000 * (1 + chance(40));
      await act();
    }
    house.clock.now = start + (day + 1) * dayMs;
  }
});
afterAll(() => house.stop());

const asked = { from: tashkentDay(start), through: tashkentDay(start + days * dayMs) } as const;
const report = (kind: ReportKind, query: Partial<ReportQuery> = {}): Promise<Report> =>
  readReport(house.deps, house.actor('auditor'), kind, { ...asked, ...query });
const section = (of: Report, name: string) => {
  const found = of.sections.find((one) => one.name === name);
  if (!found) throw new Error(`no section ${name}`);
  return found;
};

interface Logged {
  readonly pk: string;
  readonly id: string;
  readonly at: string;
  readonly type: string;
  readonly actor: { person: string; role?: string; site: string };
  readonly changes: Record<string, unknown>;
}

/** Every event there is, by another road than any report takes. */
const everyEvent = async (): Promise<Logged[]> => {
  const client = DynamoDBDocumentClient.from(house.client);
  const all: Logged[] = [];
  let after: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }),
    );
    all.push(
      ...((page.Items ?? []) as unknown as (Logged & { sk: string })[]).filter((i) => i.sk.startsWith('EVENT#')),
    );
    after = page.LastEvaluatedKey;
  } while (after);
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
};

interface DispenseTrace {
  id: string;
  lines?: { line: number; quantity: number }[];
  notDispensed?: { line: number; reason: NonDispenseReason; owedOn?: string }[];
}

/** What became of every line of ordinary prescriptions, told from their events alone. */
const naiveOutcomes = (events: readonly Logged[], now: number) => {
  const counts = new Map<string, number>();
  for (const issued of events.filter(({ type }) => type === 'prescription-issued')) {
    const own = events.filter((e) => e.pk === issued.pk);
    const undone = new Set(own.filter((e) => e.type === 'dispense-undone').map((e) => e.changes.dispense));
    const standing = own
      .filter((e) => e.type === 'prescription-dispensed' || e.type === 'line-not-dispensed')
      .map((e) => e.changes as unknown as DispenseTrace)
      .filter((d) => !undone.has(d.id));
    const isCancelled = own.some((e) => e.type === 'prescription-cancelled' || e.type === 'cancel-requested');
    const isOver = Date.parse(String(issued.changes.validUntil)) <= now;
    const lines = issued.changes.lines as { line: number; medicine: string; quantity: number }[];
    if (issued.changes.repeat) continue;
    for (const { line, quantity } of lines) {
      let handed = 0;
      let said: NonDispenseReason | undefined;
      for (const d of standing) {
        const given = d.lines?.find((l) => l.line === line);
        const refusedNow = d.notDispensed?.find((l) => l.line === line);
        if (given) [handed, said] = [handed + given.quantity, undefined];
        if (refusedNow) said = refusedNow.reason;
      }
      const isClosed = said !== undefined && nonDispenseReasons[said];
      const outcome =
        handed >= quantity
          ? 'dispensed'
          : isClosed
            ? handed > 0
              ? 'part'
              : 'not-dispensed'
            : isCancelled
              ? handed > 0
                ? 'part'
                : 'cancelled'
              : isOver
                ? handed > 0
                  ? 'part'
                  : 'expired'
                : handed > 0
                  ? 'begun'
                  : 'open';
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
  }
  return counts;
};

const outcomesOf = (lines: readonly CareLine[], isRepeat: (l: CareLine) => boolean): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const l of lines)
    if (l.what === 'became' && !isRepeat(l)) counts.set(l.outcome ?? '', (counts.get(l.outcome ?? '') ?? 0) + l.n);
  return counts;
};

test('chance reached every act, and every outcome but what takes longer', () => {
  expect([...reached.keys()].sort()).toEqual(['cancel', 'claim', 'issue', 'look', 'miss', 'release', 'serve', 'undo']);
});

test('what became of every line is what a naive count over all events says', async () => {
  const sites = (await house.table.listSites({ limit: 100 })).items;
  const { lines } = await loadCare(house.deps, sites, asked);
  const events = await everyEvent();
  const naive = naiveOutcomes(events, house.clock.now);
  const repeats = events.filter((e) => e.type === 'prescription-issued' && e.changes.repeat).length;
  const counted = outcomesOf(lines, () => false);
  const all = [...counted.values()].reduce((a, b) => a + b, 0);
  expect(all).toBe([...naive.values()].reduce((a, b) => a + b, 0) + repeats);
  // a repeat is one line more in some outcome
  const apart = outcomes.map((o) => (counted.get(o) ?? 0) - (naive.get(o) ?? 0));
  expect(apart.every((n) => n >= 0)).toBe(true);
  expect(apart.reduce((a, b) => a + b, 0)).toBe(repeats);
});

test('acts are counted as a naive count over all events counts them', async () => {
  const sites = (await house.table.listSites({ limit: 100 })).items;
  const { lines } = await loadCare(house.deps, sites, asked);
  const events = await everyEvent();
  const n = (...whats: string[]) => lines.reduce((sum, l) => sum + (whats.includes(l.what) ? l.n : 0), 0);
  const typed = (...types: string[]) => events.filter(({ type }) => types.includes(type));
  const traces = typed('prescription-dispensed', 'line-not-dispensed').map(
    (e) => e.changes as unknown as DispenseTrace,
  );
  expect({
    prescribed: n('prescribed'),
    issued: n('issued'),
    claimed: n('claimed'),
    released: n('released'),
    handed: n('dispensed', 'part'),
    refused: n('not-dispensed'),
    looks: n('look-served', 'look-idle', 'look-missed'),
    missed: n('look-missed'),
    cancelled: n('cancelled', 'cancel-asked'),
  }).toEqual({
    prescribed: typed('prescription-issued').length,
    issued: typed('prescription-issued').reduce((sum, e) => sum + (e.changes.lines as unknown[]).length, 0),
    claimed: typed('prescription-claimed').length,
    released: typed('prescription-released').length,
    handed: traces.reduce((sum, d) => sum + (d.lines?.length ?? 0), 0),
    refused: traces.reduce((sum, d) => sum + (d.notDispensed?.length ?? 0), 0),
    looks: typed('prescription-looked-up', 'patient-looked-up').length,
    missed: typed('prescription-looked-up', 'patient-looked-up').filter((e) => e.changes.found === 0).length,
    cancelled: typed('prescription-cancelled', 'cancel-requested').length,
  });
  expect(lines.some(({ what }) => what === 'look-served')).toBe(true);
  expect(lines.some(({ what }) => what === 'look-idle')).toBe(true);
});

test('every report of care adds up and says so, and its check lines have something to compare', async () => {
  for (const kind of ['issued-to-dispensed', 'substitutions-overrides', 'patient-access'] as const) {
    const made = await report(kind);
    expect(made.checks.length).toBeGreaterThan(0);
    expect(made.checks.filter(({ holds }) => !holds)).toEqual([]);
  }
  const funnel = await report('issued-to-dispensed');
  const [byEvents] = funnel.checks;
  expect(byEvents?.left).toBeGreaterThan(40);
  const trail = await report('dispensing-trail', { site: 'PH-1', limit: 1_000 });
  expect(trail.checks).toMatchObject([{ name: 'rows-and-facts', holds: true }]);
  expect(trail.next).toBeUndefined();
});

test('no line of the facts and no cell of a report that nobody opened names a patient', async () => {
  const sites = (await house.table.listSites({ limit: 100 })).items;
  const { lines } = await loadCare(house.deps, sites, asked);
  const patients = (await everyEvent()).flatMap((e) =>
    typeof e.changes.patient === 'string' ? [e.changes.patient] : [],
  );
  const ids = new Set(
    [...(await house.table.loadPrescriptions(known.map(({ id }) => id))).values()].map(({ patient }) => patient),
  );
  const said = JSON.stringify([lines, await report('issued-to-dispensed'), await report('patient-access')]);
  expect(ids.size).toBeGreaterThan(10);
  expect([...ids, ...patients].filter((id) => said.includes(id))).toEqual([]);
});

test('a pharmacy’s funnel holds the lines that it had last, and all pharmacies and none make the whole', async () => {
  const whole = await report('issued-to-dispensed');
  const parts = section(whole, 'by-pharmacy').rows;
  for (const { cells } of parts.filter(({ cells }) => cells[0] !== null)) {
    const one = await report('issued-to-dispensed', { site: String(cells[0]) });
    expect(one.figures.find(({ name }) => name === 'lines-issued')?.value).toBe(cells[1]);
  }
  expect(parts.some(({ cells }) => cells[0] === null)).toBe(true);
});

test('pages of the dispensing trail put together are the trail, whatever their size', async () => {
  const whole = await report('dispensing-trail', { site: 'PH-1', limit: 1_000 });
  const rows: unknown[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await report('dispensing-trail', { site: 'PH-1', limit: 7, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.sections.flatMap((s) => s.rows));
    cursor = page.next;
    pages += 1;
  } while (cursor !== undefined);
  expect(pages).toBeGreaterThan(3);
  expect(rows).toEqual(whole.sections.flatMap((s) => s.rows));
  expect(rows.length).toBeGreaterThan(20);
});

test('a cursor of other days or of nobody’s making is refused', async () => {
  for (const cursor of ['20200101-', 'nonsense', '20261120-abc'])
    expect(await refused(report('dispensing-trail', { site: 'PH-1', cursor }))).toBe('bad-cursor');
});

test('what a night keeps says the same as what is reckoned when somebody asks, and a second night changes nothing', async () => {
  const live = await report('issued-to-dispensed');
  const liveAccess = await report('patient-access');
  house.clock.now += 3_600_000;
  const first = await rollFacts(house.deps, jobs, forever);
  expect(first).toMatchObject({ failed: 0, findings: [] });
  expect(first.done).toBe(first.of);
  const [kept] = await house.table.loadFacts('care', ['CL-1'], asked.from.slice(0, 7), CareLine);
  expect(kept?.lines.length).toBeGreaterThan(5);
  const withoutTimes = (r: Report) => ({ ...r, madeAt: '', figures: r.figures.filter(({ name }) => name !== 'as-of') });
  expect(withoutTimes(await report('patient-access'))).toEqual(withoutTimes(liveAccess));
  const { checks } = await report('issued-to-dispensed');
  expect(checks).toEqual(live.checks);
  await rollFacts(house.deps, jobs, forever);
  const [again] = await house.table.loadFacts('care', ['CL-1'], asked.from.slice(0, 7), CareLine);
  expect(again?.lines).toEqual(kept?.lines);
});

test('a month whose lines are still open is reckoned again until they are not', async () => {
  const month = asked.from.slice(0, 7);
  let done = {};
  for (const more of [40, 18]) {
    house.clock.now += more * dayMs;
    done = await rollFacts(house.deps, jobs, forever);
  }
  expect(done).toMatchObject({ failed: 0, findings: [] });
  const [kept] = await house.table.loadFacts('care', ['CL-1'], month, CareLine);
  const open = kept?.lines.filter(({ outcome }) => outcome === 'open' || outcome === 'begun') ?? [];
  expect(kept?.sums.open).toBe(0);
  expect(open).toEqual([]);
});
