/**
 * What is entered for a month after it was closed counts in the next one, and every report that counts it says so: each
 * kind of entry that can be dated back, on the real engine.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import type { Report, ReportKind } from '@darmon/domain/report';
import { approvePath } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { enterPaper } from '@darmon/usecases/paper';
import { freezePeriod } from '@darmon/usecases/periods';
import { receiveShipment } from '@darmon/usecases/receiving';
import { readReport } from '@darmon/usecases/reports';
import { requestWriteOff, signWriteOff } from '@darmon/usecases/write-offs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dosage, gtins, type House, makeHouse } from '../support/house.ts';

let house: House;
/** The last day of the month that is closed, and the month that what comes late counts in. */
const lastDay = '2026-11-30';
const next = { month: '2026-12' };
const receive = (gtin: string, lot: string, backdated?: { day: string; reason: string }) =>
  receiveShipment(
    house.deps,
    house.actor('pharmacist', 'own'),
    { site: 'PH-1', lines: [{ gtin, lot, expiryDate: '2028-05-31', packs: 5 }], ...(backdated && { backdated }) },
    house.once('pharmacist'),
  );
const late = { day: lastDay, reason: 'the paper lay in a drawer' };
const ask = (kind: ReportKind, query: Parameters<typeof readReport>[3]): Promise<Report> =>
  readReport(house.deps, house.actor('auditor'), kind, query);
const figure = ({ figures }: Report, name: string) => figures.find((one) => one.name === name)?.value;
const columnOf = ({ sections }: Report, section: string, column: string) => {
  const found = sections.find(({ name }) => name === section);
  const at = found?.columns.findIndex(({ name }) => name === column) ?? -1;
  return at < 0 ? undefined : found?.rows.map(({ cells }) => cells[at]);
};
const broken = ({ checks }: Report) => checks.filter(({ holds }) => !holds).map(({ name }) => name);

beforeAll(async () => {
  house = await makeHouse('late entries');
  house.clock.now = Date.parse('2026-11-25T07:00:00.000Z');
  await receive(gtins.amoxicillin, 'A');
  house.clock.now = Date.parse('2026-11-30T20:00:00.000Z');
  await freezePeriod(house.deps, house.actor('auditor'), { month: '2026-11' }, house.once('auditor'));
  house.clock.now = Date.parse('2026-12-02T07:00:00.000Z');
  await receive(gtins.tramadol, 'T', late);
  await receive(gtins.paracetamol, 'P', late);
  const act = (
    await requestWriteOff(
      house.deps,
      house.actor('pharmacist', 'own'),
      {
        site: 'PH-1',
        lines: [{ gtin: gtins.amoxicillin, lot: 'A', quantity: 7, reason: 'damaged' }],
        backdated: late,
      },
      house.once('pharmacist'),
    )
  ).body;
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: act.actHash }))
    .digest('base64url');
  const yes = await giveApproval(
    house.deps,
    house.actor('approver', 'own'),
    { subject: approvePath(act.id), bodyHash },
    house.once('approver'),
  );
  await signWriteOff(
    house.deps,
    house.actor('approver', 'all'),
    { id: act.id, actHash: act.actHash, approval: yes.body.id },
    house.once('approver'),
  );
  await enterPaper(
    house.deps,
    house.actor('pharmacist', 'own'),
    {
      patient: house.patient(1),
      diagnosis: { icd10: 'J02.9' },
      prescriber: 'doctor',
      writtenOn: lastDay,
      lines: [{ medicine: 'AMOX500CAP', dosage }],
      picture: { type: 'image/png', data: Buffer.from('a picture').toString('base64') },
    },
    house.once('pharmacist'),
  );
  house.clock.now = Date.parse('2026-12-03T07:00:00.000Z');
}, 60_000);
afterAll(() => house.stop());

test('receipts and write-offs are in the balance of the next month, marked by kind, and not in the closed one', async () => {
  const balance = await ask('material-balance', next);
  expect(broken(balance)).toEqual([]);
  const units = columnOf(balance, 'by-kind', 'late');
  expect(columnOf(balance, 'by-kind', 'flow')).toEqual(['flow.received', 'flow.written-off']);
  expect(units?.[1]).toBe(7);
  expect(figure(balance, 'entered-late')).toBe(Number(units?.[0]) + 7);
  expect(balance.notes).toContain('balance-late');
  const closed = await ask('material-balance', { month: '2026-11' });
  expect(figure(closed, 'entered-late')).toBeUndefined();
  expect(columnOf(closed, 'by-kind', 'flow')).toEqual(['flow.received']);
});

test('an act that is dated back into a closed month counts with its signature, and says for which day it came too late', async () => {
  const report = await ask('write-offs', next);
  expect(broken(report)).toEqual([]);
  expect([figure(report, 'acts'), figure(report, 'acts-late')]).toEqual([1, 1]);
  expect(columnOf(report, 'acts', 'late-for')).toEqual([lastDay]);
  expect(report.notes).toContain('acts-late');
  expect(figure(await ask('write-offs', { month: '2026-11' }), 'acts')).toBe(0);
});

test('an entry of the register that is dated back into a closed month is counted as late, and says for which day', async () => {
  const report = await ask('controlled-register', next);
  expect(broken(report)).toEqual([]);
  expect(figure(report, 'register-late')).toBe(1);
  expect(columnOf(report, 'balances', 'late')).toEqual([1]);
  const one = await ask('controlled-register', { ...next, site: 'PH-1', medicine: 'TRAM50CAP' });
  expect(columnOf(one, 'entries', 'late-for')).toEqual([lastDay]);
});

test('a paper of an outage that is entered too late is marked in every report that counts prescriptions', async () => {
  const funnel = await ask('issued-to-dispensed', next);
  expect(broken(funnel)).toEqual([]);
  expect(figure(funnel, 'lines-late')).toBe(1);
  expect(columnOf(funnel, 'by-clinic', 'late')).toEqual([1]);
  for (const kind of ['substitutions-overrides', 'outliers'] as const) {
    const report = await ask(kind, next);
    expect([kind, figure(report, 'lines-late')]).toEqual([kind, 1]);
    expect([kind, broken(report), report.checks.length > 0]).toEqual([kind, [], true]);
    expect(report.notes).toContain('care-late');
  }
  expect(figure(await ask('issued-to-dispensed', { month: '2026-11' }), 'lines-issued')).toBe(0);
});
