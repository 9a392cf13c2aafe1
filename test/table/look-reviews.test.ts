/** Looks at patients on the real engine, beside what was done for them, and what auditors make of them. */

import { decideCase, readCase, takeCase } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { listLooks, recordReview } from '@darmon/usecases/look-reviews';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('look-reviews');
  await house.publish();
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2029-01-31', quantity: 200 }]);
});
afterAll(() => house?.stop());

const somebody = (n: number) => ({
  passport: `LX000000${n}`,
  fullName: 'Namuna Bemor',
  birthDate: '1969-04-17',
  sex: 'female' as const,
});
const look = (n: number, reason?: string) =>
  lookUpPrescription(house.deps, house.actor('pharmacist'), {
    passport: somebody(n).passport,
    ...(reason !== undefined && { reason }),
  });
const looks = (more: Partial<Parameters<typeof listLooks>[2]> = {}) =>
  listLooks(house.deps, house.actor('auditor'), { site: 'PH-1', from: '2026-11-20', to: '2026-11-20', ...more });

test('a look has a cause where the patient is served, none where nothing follows, and one in vain is counted', async () => {
  const served = await issue(house, { patient: somebody(1) });
  await issue(house, { patient: somebody(2) });
  await look(1);
  await look(2, 'no paper, passport seen');
  await look(9);
  await dispense(house, served.id, [{ line: 1, quantity: 21 }]);
  const { items, people, total } = await looks();
  expect(items.map(({ reason, cause }) => [reason, cause?.type])).toEqual([
    ['no paper, passport seen', undefined],
    [undefined, 'prescription-dispensed'],
  ]);
  expect([total, people]).toEqual([2, [{ person: 'pharmacist', looks: 2, without: 1, missed: 1, reviewed: 0 }]]);
  expect((await looks({ only: 'open' })).items).toHaveLength(1);
  // the clinic's own work is another site's
  expect((await looks({ site: 'PH-2' })).people).toEqual([]);
});

test('midnight hides no cause, and more than a week is not asked for at once', async () => {
  house.clock.now = Date.parse('2026-11-22T18:59:00.000Z');
  const { id } = await issue(house, { patient: somebody(3) });
  await look(3);
  house.clock.now += 2 * 60_000;
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  const { items } = await looks({ from: '2026-11-22', to: '2026-11-22' });
  expect(items.map(({ cause }) => cause?.type)).toEqual(['prescription-dispensed']);
  expect(await refused(looks({ from: '2026-11-10', to: '2026-11-20' }))).toBe('schema');
  house.clock.now = start;
});

test('a review is written once, by versions, and takes the look out of what is open', async () => {
  const [first] = (await looks({ only: 'open' })).items;
  if (!first) throw new Error('nothing is open');
  const wanted = {
    look: first.id,
    subject: first.subject,
    version: 0,
    state: 'explained' as const,
    note: 'telephoned',
  };
  const auditor = house.actor('auditor');
  const once = house.once('auditor');
  const done = await recordReview(house.deps, auditor, wanted, once);
  expect(await recordReview(house.deps, auditor, wanted, once)).toEqual(done);
  expect(await refused(recordReview(house.deps, auditor, wanted, house.once('auditor')))).toBe('version-changed');
  expect((await looks({ only: 'open' })).items).toEqual([]);
  expect((await looks({ only: 'without' })).items[0]?.review).toMatchObject({ state: 'explained', by: 'auditor' });
  const { look: _look, ...another } = wanted;
  const nobody = recordReview(
    house.deps,
    auditor,
    { ...another, look: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' },
    house.once('auditor'),
  );
  expect(await refused(nobody)).toBe('not-found');
  const events = await house.table.listSiteTrail('OF-1', '2026-11-20', { limit: 100 });
  expect(events.items.find(({ type }) => type === 'look-reviewed')).toMatchObject({
    reason: 'telephoned',
    changes: { look: first.id, person: 'pharmacist', state: 'explained' },
  });
});

/** A look at a patient for whom nothing is done, which nobody reviewed yet. */
const openLook = async (n: number) => {
  await issue(house, { patient: somebody(n) });
  await look(n);
  const [found] = (await looks({ only: 'open' })).items;
  if (!found) throw new Error('nothing is open');
  return { look: found.id, subject: found.subject, version: 0 };
};
const asCase = { state: 'case' as const, note: 'nobody was there' };
const casesOpened = async () =>
  (await house.table.listSiteTrail('OF-1', '2026-11-20', { limit: 100 })).items.filter((e) => e.type === 'case-opened');

test('the verdict that a look is to be followed opens one case, linked both ways, whoever presses at once and how often', async () => {
  const wanted = { ...(await openLook(4)), ...asCase };
  const people = ['auditor', 'auditor2'] as const;
  const both = await Promise.allSettled(
    people.map((person) => recordReview(house.deps, house.actor(person), wanted, house.once(person))),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const row = (await looks({ only: 'without' })).items.find(({ id }) => id === wanted.look);
  const id = row?.review?.case ?? '';
  const one = await readCase(house.deps, house.actor('auditor'), id);
  expect(one).toMatchObject({
    rule: 'look-review',
    subject: { kind: 'person', id: 'pharmacist' },
    look: wanted.look,
    state: 'open',
    days: ['2026-11-20'],
    notes: [{ text: 'nobody was there' }],
    evidence: [{ event: wanted.look, kind: 'looked-up', person: 'pharmacist', site: 'PH-1' }],
  });
  const opened = await casesOpened();
  expect(opened.map(({ changes }) => changes)).toEqual([
    { case: id, rule: 'look-review', day: '2026-11-20', look: wanted.look },
  ]);
  expect(JSON.stringify(opened)).not.toContain('nobody was there');

  // thought of otherwise, and again as before: the case stays, and no second one is opened
  const again = (version: number, state: 'explained' | 'case') =>
    recordReview(
      house.deps,
      house.actor('auditor'),
      { ...wanted, version, state, note: 'asked again' },
      house.once('auditor'),
    );
  expect((await again(1, 'explained')).body.case).toBe(id);
  expect((await again(2, 'case')).body.case).toBe(id);
  expect(await casesOpened()).toHaveLength(1);
});

test('a verdict that dies on its way has opened its case or has not been given', async () => {
  const wanted = { ...(await openLook(5)), ...asCase };
  const before = (await casesOpened()).length;
  for (const isAfter of [false, true]) {
    const commitReview: Deps['table']['commitReview'] = async (...given) => {
      if (isAfter) await house.table.commitReview(...given);
      throw new Error('killed');
    };
    const dying = { ...house.deps, table: { ...house.table, commitReview } };
    await recordReview(dying, house.actor('auditor'), wanted, house.once('auditor', 'the-same')).catch(() => {});
    const review = (await house.table.loadReviews([wanted.look])).get(wanted.look);
    expect([review?.case !== undefined, (await casesOpened()).length - before]).toEqual([isAfter, isAfter ? 1 : 0]);
  }
  const { body } = await recordReview(house.deps, house.actor('auditor'), wanted, house.once('auditor', 'the-same'));
  expect([body.version, (await casesOpened()).length - before]).toEqual([1, 1]);
});

test('a case that a person asked for keeps nothing silent, and is decided as any other', async () => {
  const wanted = { ...(await openLook(6)), ...asCase };
  const auditor = house.actor('auditor');
  const { body } = await recordReview(house.deps, auditor, wanted, house.once('auditor'));
  const id = body.case ?? '';
  await takeCase(house.deps, auditor, { id }, house.once('auditor'));
  const decision = { id, outcome: 'not-founded' as const, reason: 'she was on duty', silentDays: 60 };
  await decideCase(house.deps, auditor, decision, house.once('auditor'));
  const decided = await readCase(house.deps, auditor, id);
  expect(decided).toMatchObject({ state: 'decided', decision: { outcome: 'not-founded' } });
  expect(decided.decision).not.toHaveProperty('silentUntil');
});
