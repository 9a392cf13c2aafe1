/**
 * The daily analysis on the real engine: events of real use cases become facts, facts findings, findings cases; whoever
 * runs it, however often, and wherever it dies, each is one case with one event.
 */

import { firstPolicy } from '@darmon/domain/policy';
import { Refusal } from '@darmon/domain/refusal';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { analyseByClock, analyseDay } from '@darmon/usecases/analysis';
import { factsOfDay } from '@darmon/usecases/analysis-facts';
import { decideCase, listCases, noteCase, readCase, reopenCase, takeCase } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import { undoDispense } from '@darmon/usecases/dispenses';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, start, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('cases');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2027-12-31', quantity: 2_000 }]);
  for (let n = 0; n < 16; n += 1) numbers.push((await issue(house, { patient: house.patient(n + 2) })).number);
});
afterAll(() => house.stop());

const auditor = (person = 'auditor') => ({ ...house.actor(person, 'all'), role: 'auditor' as const });
const limits = firstPolicy.analysis;
const refusal = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing';
};

/** Of patients for whom nothing is done afterwards. */
const numbers: string[] = [];
/** Somebody looks at sixteen patients on the day of the clock: one more than a day may have. */
const lookIdly = async (person: string): Promise<void> => {
  for (const number of numbers) await lookUpPrescription(house.deps, house.actor(person), { number });
};
const casesIn = async (state: 'open' | 'taken' | 'decided') =>
  (await listCases(house.deps, auditor(), { state }, { limit: 100 })).items;
const eventsOfDay = async (day: string) => (await house.table.listSiteTrail('COUNTRY', day, { limit: 100 })).items;

describe('facts', () => {
  test('tell who did what to whose prescription, by substance, and nothing that names anybody', async () => {
    const { id } = await issue(house);
    const given = await dispense(house, id, [{ line: 1, quantity: 21 }]);
    await undoDispense(
      house.deps,
      house.actor('pharmacist', 'own'),
      { id: given.body.id, reason: 'Mistaken' },
      house.once('pharmacist'),
    );
    const facts = (await factsOfDay(house.deps, tashkentDay(start), limits)).filter((one) => one.prescription === id);
    expect(facts.map(({ kind, person, site }) => [kind, person, site])).toEqual([
      ['prescribed', 'doctor', 'CL-1'],
      ['dispensed', 'pharmacist', 'PH-1'],
      ['undone', 'pharmacist', 'PH-1'],
    ]);
    const line = { substance: 'J01CA04', watched: false, quantity: 21, days: 7 };
    expect(facts[1]).toMatchObject({ lines: [line], prescriber: 'doctor', clinic: 'CL-1', dispense: `${id}.1` });
    expect(facts[2]).toMatchObject({ dispense: `${id}.1` });
    const allowed =
      'id at kind person site prescription dispense patient prescriber clinic lines warnings driftSeconds';
    for (const key of facts.flatMap((one) => Object.keys(one))) expect(allowed.split(' ')).toContain(key);
  });
});

describe('a finding', () => {
  const day = tashkentDay(start + dayMs);

  test('opens one case with one event, however many run at once and whoever runs again', async () => {
    house.clock.now = start + dayMs;
    await lookIdly('pharmacist2');
    house.clock.now = start + 2 * dayMs;
    const runs = await Promise.all(Array.from({ length: 4 }, () => analyseDay(house.deps, day)));
    expect(runs.map(({ findings }) => findings)).toEqual([1, 1, 1, 1]);
    expect(runs.reduce((sum, { opened }) => sum + opened, 0)).toBe(1);
    expect(await analyseDay(house.deps, day)).toMatchObject({ findings: 1, opened: 0, extended: 0 });
    const [one, ...more] = await casesIn('open');
    expect(more).toEqual([]);
    expect(one).toMatchObject({ rule: 'idle-look-ups', subject: { kind: 'person', id: 'pharmacist2' }, days: [day] });
    const opened = (await eventsOfDay(tashkentDay(house.clock.now))).filter(({ type }) => type === 'case-opened');
    expect(opened).toHaveLength(1);
    expect(opened[0]?.changes).toEqual({ case: one?.id, rule: 'idle-look-ups', day, score: one?.score, events: 16 });
  });

  test('of a later day of the month is added to the case that stands', async () => {
    house.clock.now = start + 3 * dayMs;
    await lookIdly('pharmacist2');
    house.clock.now = start + 4 * dayMs;
    const later = tashkentDay(start + 3 * dayMs);
    expect(await analyseDay(house.deps, later)).toMatchObject({ opened: 0, extended: 1 });
    const [one, ...more] = await casesIn('open');
    expect(more).toEqual([]);
    expect(one?.days).toEqual([day, later]);
  });

  test('is kept whole or not at all, wherever a run dies, and the next run finishes it', async () => {
    house.clock.now = start + 5 * dayMs;
    await lookIdly('pharmacist4');
    house.clock.now = start + 6 * dayMs;
    const died = tashkentDay(start + 5 * dayMs);
    const names = ['loadDayFacts', 'keepDayFacts', 'loadForFinding', 'commitCase', 'keepAnalysisRun'] as const;
    for (const name of names) {
      const before = { [name]: () => Promise.reject(new Error('killed')) };
      const after = {
        [name]: async (...given: readonly unknown[]) => {
          await (house.table[name] as (...all: readonly unknown[]) => Promise<unknown>)(...given);
          throw new Error('killed');
        },
      };
      for (const broken of [before, after]) {
        const dying = { ...house.deps, table: { ...house.table, ...broken } } as unknown as Deps;
        // what a run that lived to keep has no need to do again
        await analyseDay(dying, died).catch((error: Error) => expect(error.message).toBe('killed'));
        const found = (await casesIn('open')).filter(({ subject }) => subject.id === 'pharmacist4');
        expect(found.length).toBeLessThanOrEqual(1);
      }
    }
    expect(await analyseDay(house.deps, died)).toMatchObject({ findings: 1, opened: 0 });
    const opened = (await eventsOfDay(tashkentDay(house.clock.now))).filter(({ type }) => type === 'case-opened');
    expect(opened).toHaveLength(1);
  });

  test('of a night that was missed is told by the next one, and no day is analysed twice by the clock', async () => {
    house.clock.now = start + 8 * dayMs;
    const done = await analyseByClock(house.deps);
    expect(done.map((one) => one.day)).toContain(tashkentDay(start + 6 * dayMs));
    expect(done.map((one) => one.day)).not.toContain(tashkentDay(start + 5 * dayMs));
    expect(await analyseByClock(house.deps)).toEqual([]);
  });
});

describe('a case', () => {
  const ofPharmacist2 = async () => {
    const all = [...(await casesIn('open')), ...(await casesIn('taken')), ...(await casesIn('decided'))];
    return all.find(({ subject, month }) => subject.id === 'pharmacist2' && month === '2026-11')?.id ?? '';
  };

  test('is taken by one of two who press at once, and decided by whom it belongs to, each step an event', async () => {
    const id = await ofPharmacist2();
    const both = await Promise.allSettled([
      takeCase(house.deps, auditor(), { id }, house.once('auditor')),
      takeCase(house.deps, auditor(), { id }, house.once('auditor')),
    ]);
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toEqual([expect.any(Refusal)]);
    await noteCase(house.deps, auditor(), { id, text: 'Asked the pharmacy' }, house.once('auditor'));
    const decision = { id, outcome: 'not-founded', reason: 'Asked by telephone', silentDays: 60 } as const;
    const once = house.once('auditor');
    const { body } = await decideCase(house.deps, auditor(), decision, once);
    expect(await decideCase(house.deps, auditor(), decision, once)).toEqual({ status: 200, body });
    const read = await readCase(house.deps, auditor(), id);
    expect(read).toMatchObject({ state: 'decided', notes: [{ text: 'Asked the pharmacy' }] });
    const steps = (await house.table.listSiteTrail(auditor().site, tashkentDay(house.clock.now), { limit: 100 })).items;
    expect(steps.map(({ type }) => type).filter((type) => type.startsWith('case-'))).toEqual([
      'case-taken',
      'case-noted',
      'case-decided',
    ]);
    expect(JSON.stringify(steps)).not.toContain('Asked the pharmacy');
    expect(await refusal(noteCase(house.deps, auditor(), { id, text: 'Too late' }, house.once('auditor')))).toBe(
      'case-state',
    );
  });

  test('that was not founded keeps its rule silent on the subject, until it is taken up again', async () => {
    const later = start + 14 * dayMs;
    house.clock.now = later;
    await lookIdly('pharmacist2');
    house.clock.now = later + dayMs;
    const day = tashkentDay(later);
    expect(day.slice(0, 7)).toBe('2026-12');
    expect(await analyseDay(house.deps, day)).toMatchObject({ findings: 1, silent: 1, opened: 0 });
    const id = await ofPharmacist2();
    await reopenCase(house.deps, auditor(), { id, reason: 'It went on' }, house.once('auditor'));
    expect(await analyseDay(house.deps, day)).toMatchObject({ findings: 1, silent: 0, opened: 1 });
  });

  test('that nobody knows is not found', async () => {
    expect(await refusal(readCase(house.deps, auditor(), '0'.repeat(24)))).toBe('not-found');
    expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01');
  });
});
