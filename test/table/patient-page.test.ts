/** The patient's page on the real engine: what opens it, what locks it, and what it tells. */
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { completeNumber } from '@darmon/domain/number';
import { pageKey } from '@darmon/table/keys';
import type { OpenPageInput } from '@darmon/usecases/patient-page';
import { findHolders, openPatientPage } from '@darmon/usecases/patient-page';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('patient-page');
  await house.publish();
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A1', expiryDate: '2027-06-30', quantity: 400 }]);
});
afterAll(() => house.stop());

const birthDate = '1985-03-12';
const wrong = '1985-03-13';
/** Well formed, and nobody has it. */
const nobodys = (n: number) => completeNumber(`K7Q2M9TXA${String(n).padStart(3, '0')}`);
const unknownNumber = nobodys(999);
let caller = 0;
const open = (input: OpenPageInput, source = `203.0.113.${(caller++ % 200) + 1}`) =>
  openPatientPage({ ...house.deps, mac: house.deps.vault.mac }, input, source);
const trail = async (id: string) => (await house.table.listTrail(id, {})).items.map((e) => [e.type, e.actor.person]);

test('the number or the code with the whole birth date opens it, and every opening is in the trail', async () => {
  const { id, number, code } = await issue(house);
  expect(await open({ number, birthDate })).toMatchObject({ number, status: 'active', clinic: 'Site CL-1' });
  expect(await open({ code, birthDate })).toMatchObject({ number });
  expect(await trail(id)).toEqual([
    ['prescription-issued', 'doctor'],
    ['page-opened', 'patient'],
    ['page-opened', 'patient'],
  ]);
});

test('it names no patient, and no member of a pharmacy', async () => {
  const { number, id } = await issue(house);
  await dispense(house, id, [{ line: 1, quantity: 5 }]);
  const said = JSON.stringify(await open({ number, birthDate }));
  for (const personal of ['Bemor', Object.values(house.patient())[0], birthDate, 'J02.9', 'pharmacist"', id])
    expect(said).not.toContain(personal);
});

test('a wrong date and a number that nobody has are answered alike, to the lock', async () => {
  const { number } = await issue(house);
  const answers = async (of: string) => {
    const said: unknown[] = [];
    for (let n = 0; n < 7; n += 1) said.push(await refused(open({ number: of, birthDate: wrong })));
    return said;
  };
  const known = await answers(number);
  expect(known).toEqual([...Array(5).fill('page-not-opened'), 'page-locked', 'page-locked']);
  expect(await answers(unknownNumber)).toEqual(known);
});

test('five wrong dates lock it for the right one too, however long, until a counter opens it; the lock is told once', async () => {
  const { id, number } = await issue(house);
  for (let n = 0; n < 5; n += 1) await refused(open({ number, birthDate: wrong }));
  house.clock.now += 40 * 86_400_000;
  try {
    expect(await refused(open({ number, birthDate }))).toBe('page-locked');
    expect((await trail(id)).filter(([type]) => type === 'page-locked')).toEqual([['page-locked', 'patient']]);
    const event = {
      id: house.deps.id(),
      at: new Date(house.clock.now).toISOString(),
      type: 'page-unlocked' as const,
      actor: { person: 'pharmacist', role: 'pharmacist' as const, site: 'PH-1' },
      changes: {},
    };
    await house.table.commitOpenPage(id, { now: house.clock.now, event });
    expect(await open({ number, birthDate })).toMatchObject({ number });
  } finally {
    house.clock.now -= 40 * 86_400_000;
  }
});

test('a right date gives its try back, so that an owner who returns daily is never locked out', async () => {
  const { number } = await issue(house);
  for (let n = 0; n < 4; n += 1) await refused(open({ number, birthDate: wrong }));
  for (let n = 0; n < 8; n += 1) expect(await open({ number, birthDate })).toMatchObject({ number });
  expect(await refused(open({ number, birthDate: wrong }))).toBe('page-not-opened');
  expect(await refused(open({ number, birthDate }))).toBe('page-locked');
});

test('many guesses at once are judged five times, not more', async () => {
  const { id, number } = await issue(house);
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      refused(open({ number, birthDate: `1985-04-${String(i + 1).padStart(2, '0')}` })),
    ),
  );
  expect(answers.filter((a) => a === 'page-not-opened')).toHaveLength(5);
  expect(answers.filter((a) => a === 'page-locked' || a === 'busy')).toHaveLength(19);
  expect((await trail(id)).filter(([type]) => type === 'page-locked')).toHaveLength(1);
});

test('an address that tries number after number is stopped within the hour, and nothing of it is kept in the clear', async () => {
  const source = '198.51.100.77';
  const said: unknown[] = [];
  for (let n = 0; n < 125; n += 1) {
    said.push(await refused(open({ number: nobodys(n), birthDate: wrong }, source)));
  }
  expect(said.filter((one) => one === 'page-not-opened')).toHaveLength(120);
  expect(said.at(-1)).toBe('too-many-requests');
  house.clock.now += 3_600_000;
  const { number } = await issue(house);
  expect(await open({ number, birthDate }, source)).toMatchObject({ number });
  house.clock.now -= 3_600_000;
  const { Items } = await DynamoDBDocumentClient.from(house.client).send(new ScanCommand({ TableName: 'darmon' }));
  expect(JSON.stringify(Items)).not.toContain(source);
  expect(JSON.stringify(Items)).toContain(pageKey(nobodys(1)).pk);
}, 60_000);

test('it tells what was handed over where, what is left, and who looked', async () => {
  const { id, number } = await issue(house);
  await dispense(house, id, [{ line: 1, quantity: 15 }]);
  const page = await open({ number, birthDate });
  expect(page).toMatchObject({
    status: 'partially-dispensed',
    medicines: [{ line: 1, quantity: 21, dispensed: 15, controlled: false, name: { inn: 'amox500cap' } }],
    dispenses: [{ site: 'Site PH-1', lines: [{ line: 1, quantity: 15, brands: ['Brand'] }], undone: false }],
  });
  const again = await open({ number, birthDate });
  expect(again.looks[0]).toEqual({ at: expect.any(String) });
});

test('pharmacies of the region that hold it now are named without how much; elsewhere, empty or controlled: none', async () => {
  const find = (region: string, medicines: string[]) => findHolders(house.deps, { region, medicines });
  const here = await find('UZ-TK', ['AMOX500CAP']);
  expect(here.items).toEqual([{ medicine: 'AMOX500CAP', pharmacies: [{ name: 'Site PH-1' }] }]);
  expect((await find('UZ-SA', ['AMOX500CAP'])).items).toEqual([{ medicine: 'AMOX500CAP', pharmacies: [] }]);
  expect((await find('UZ-TK', ['PARA500TAB', 'NOSUCH'])).items).toEqual([{ medicine: 'PARA500TAB', pharmacies: [] }]);
  await stock(house, [{ gtin: gtins.tramadol, lot: 'T1', expiryDate: '2027-06-30', quantity: 100 }]);
  expect((await find('UZ-TK', ['TRAM50CAP'])).items).toEqual([]);
  // a warehouse that holds it serves no patient
  await stock(house, [{ gtin: gtins.syrup, lot: 'S1', expiryDate: '2027-06-30', quantity: 100 }], 'warehouse');
  expect((await find('UZ-TK', ['AMOX250SYR'])).items).toEqual([{ medicine: 'AMOX250SYR', pharmacies: [] }]);
});

test('a pharmacy that was closed, or whose licence has lapsed, is not named', async () => {
  const find = async () => (await findHolders(house.deps, { region: 'UZ-TK', medicines: ['AMOX500CAP'] })).items;
  const [site] = await house.table.loadSites(['PH-1']);
  if (!site) throw new Error('the house has no PH-1');
  const save = (change: Partial<typeof site>, version: number) =>
    house.table.commitSite(
      { ...site, ...change, version },
      {
        now: house.clock.now,
        event: {
          id: house.deps.id(),
          at: new Date(house.clock.now).toISOString(),
          type: 'site-saved',
          actor: { person: 'admin', role: 'admin', site: 'OF-1' },
          changes: {},
        },
      },
    );
  const nowhere = [{ medicine: 'AMOX500CAP', pharmacies: [] }];
  await save({ active: false }, 2);
  expect(await find()).toEqual(nowhere);
  await save({ licence: { number: 'L-1', from: '2020-01-01', until: '2026-11-19' } }, 3);
  expect(await find()).toEqual(nowhere);
  await save({}, 4);
  expect(await find()).toEqual([{ medicine: 'AMOX500CAP', pharmacies: [{ name: 'Site PH-1' }] }]);
});
