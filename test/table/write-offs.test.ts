/** Acts of write-off on the real engine: held at once, signed by others, gone or free again, whatever comes in between. */
import { createHash } from 'node:crypto';
import { approvalMs, approvedText } from '@darmon/domain/approval';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { approvePath, type WantedWriteOff } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { listMovements, listStock } from '@darmon/usecases/inventory';
import { advancePosting } from '@darmon/usecases/posting';
import { openRecall } from '@darmon/usecases/recalls';
import { receiveShipment } from '@darmon/usecases/receiving';
import { listRegister } from '@darmon/usecases/register';
import {
  listOpenWriteOffs,
  listWriteOffs,
  proposeWriteOffs,
  readWriteOff,
  refuseWriteOff,
  requestWriteOff,
  signWriteOff,
  type WriteOffInput,
  withdrawWriteOff,
} from '@darmon/usecases/write-offs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('write-offs');
});
afterAll(() => house?.stop());

let lots = 0;
let lot = '';
beforeEach(() => {
  lots += 1;
  lot = `W${lots}`;
});

const siteOf = (person: string) => house.actor(person).site;
const stock = (
  about: Partial<{ gtin: string; lot: string; expiryDate: string; quantity: number; packPrice: number }> = {},
  by = 'pharmacist',
) =>
  receiveShipment(
    house.deps,
    house.actor(by, 'own'),
    { site: siteOf(by), lines: [{ gtin: gtins.amoxicillin, lot, expiryDate: '2028-06-30', quantity: 100, ...about }] },
    house.once(by),
  );
const line = (about: Partial<WantedWriteOff> = {}): WantedWriteOff => ({
  gtin: gtins.amoxicillin,
  lot,
  quantity: 40,
  reason: 'damaged',
  ...about,
});
const request = async (about: Partial<WriteOffInput> = {}, by = 'pharmacist', once = house.once(by)) =>
  (await requestWriteOff(house.deps, house.actor(by, 'own'), { site: siteOf(by), lines: [line()], ...about }, once))
    .body;
type Requested = Awaited<ReturnType<typeof request>>;

const reachOf = (person: string) =>
  (['approver', 'chief', 'quality'].includes(person) ? 'all' : 'own') as 'all' | 'own';
const hashOf = (body: Record<string, unknown>) => createHash('sha256').update(approvedText(body)).digest('base64url');
/** A yes as the screen gives it, for the act with this hash. */
const yes = async (act: Requested, by: string, actHash = act.actHash) =>
  (
    await giveApproval(
      house.deps,
      house.actor(by, 'own'),
      { subject: approvePath(act.id), bodyHash: hashOf({ actHash }) },
      house.once(by),
    )
  ).body.id;
const signWith = (act: Requested, by: string, approval: string, once = house.once(by)) =>
  signWriteOff(house.deps, house.actor(by, reachOf(by)), { id: act.id, actHash: act.actHash, approval }, once);
const sign = async (act: Requested, by: string) => signWith(act, by, await yes(act, by));
const refuse = (act: Requested, by: string) =>
  refuseWriteOff(house.deps, house.actor(by, reachOf(by)), { id: act.id, reason: 'it can be sold' }, house.once(by));
const withdraw = (act: Requested, by: string) =>
  withdrawWriteOff(house.deps, house.actor(by, 'own'), { id: act.id, reason: 'it was found' }, house.once(by));
const read = (id: string, by = 'approver') => readWriteOff(house.deps, house.actor(by, reachOf(by)), id);

const shelf = async (site = 'PH-1', name = lot) => {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listStock(house.deps, { site }, { limit: 100, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  const row = items.find((i) => i.lot === name);
  return row && [row.onHand, row.held];
};
const movements = async (site = 'PH-1', gtin: string = gtins.amoxicillin) =>
  (await listMovements(house.deps, { site, gtin, lot }, {})).items;
const sound = async () => expect(contradictions(await readLedger(house.client, table))).toEqual([]);

describe('an act', () => {
  test('holds its units from the request on, and takes them out with the signature of a second person', async () => {
    await stock();
    const act = await request();
    expect([act.state, act.needed, act.signatures, act.number]).toEqual(['requested', 1, [], act.id.slice(-8)]);
    expect(await shelf()).toEqual([100, 40]);
    const { status, body } = await sign(act, 'approver');
    expect([status, body.state]).toEqual([200, 'approved']);
    expect(body.signatures.map((s) => [s.person, s.name, s.role, s.site])).toEqual([
      ['approver', 'Person approver', 'approver', 'OF-1'],
    ]);
    expect(await shelf()).toEqual([60, 0]);
    expect((await movements()).map((m) => [m.kind, m.quantity, m.reference, m.person])).toEqual([
      ['receipt', 100, expect.any(String), 'pharmacist'],
      ['write-off', -40, act.id, 'pharmacist'],
    ]);
    expect(await read(act.id)).toEqual(body);
    await sound();
  });

  test('is drawn up whole or not at all', async () => {
    await stock();
    const other = `${lot}B`;
    await stock({ lot: other, quantity: 10 });
    const lines = [line(), line({ lot: other, quantity: 11 })];
    expect(await refused(request({ lines }))).toBe('out-of-stock');
    expect([await shelf(), await shelf('PH-1', other)]).toEqual([
      [100, 0],
      [10, 0],
    ]);
  });

  test('names each lot once, a lot that lies there, in steps that can leave it, and says what `other` means', async () => {
    await stock();
    await stock({ gtin: gtins.amoxicillinBrand, lot: `${lot}C`, quantity: 32 });
    const brand = { gtin: gtins.amoxicillinBrand, lot: `${lot}C` };
    expect(await refused(request({ lines: [line(), line({ reason: 'lost' })] }))).toBe('lot-repeated');
    expect(await refused(request({ lines: [line({ lot: 'NOWHERE' })] }))).toBe('lot-unknown');
    expect(await refused(request({ lines: [line({ ...brand, quantity: 4 })] }))).toBe('quantity-invalid');
    expect(await refused(request({ lines: [line({ reason: 'other' })] }))).toBe('note-missing');
    expect(await refused(request({ lines: [line({ reason: 'expired' })] }))).toBe('not-expired');
  });

  test('two acts at once never promise the same units', async () => {
    await stock();
    const lines = [line({ quantity: 60 })];
    const both = await Promise.all([refused(request({ lines })), refused(request({ lines }, 'pharmacist3'))]);
    expect([...both].sort()).toEqual(['not refused', 'out-of-stock']);
    expect(await shelf()).toEqual([100, 60]);
  });

  test('asked for twice under one key is one act, and its answer is the same', async () => {
    await stock();
    const once = house.once('pharmacist');
    const [one, two] = [await request({}, 'pharmacist', once), await request({}, 'pharmacist', once)];
    expect(two).toEqual(one);
    expect(await shelf()).toEqual([100, 40]);
  });

  test('of more lines than a transaction posts is held whole and leaves in parts, each once, with several going on at a time', async () => {
    const names = Array.from({ length: 80 }, (_, i) => `${lot}N${i}`);
    await Promise.all(
      [names.slice(0, 20), names.slice(20, 40), names.slice(40, 60), names.slice(60)].map((some) =>
        receiveShipment(
          house.deps,
          house.actor('pharmacist', 'own'),
          {
            site: 'PH-1',
            lines: some.map((name) => ({ gtin: gtins.amoxicillin, lot: name, expiryDate: '2028-06-30', quantity: 20 })),
          },
          house.once('pharmacist'),
        ),
      ),
    );
    const act = await request({ lines: names.map((name) => line({ lot: name, quantity: 5 })) });
    const { status, body } = await sign(act, 'pharmacist3');
    expect([status, body.state]).toEqual([202, 'posting']);
    expect(await refused(sign(act, 'approver'))).toBe('document-closed');
    const ends = await Promise.all([1, 2].map(() => advancePosting(house.deps, act.id, house.deps.now() + 60_000)));
    expect(ends.map((p) => [p.linesDone, p.problems])).toEqual([1, 2].map(() => [80, []]));
    expect((await read(act.id)).state).toBe('approved');
    const rows = await Promise.all([0, 41, 79].map((i) => shelf('PH-1', names[i])));
    expect(rows).toEqual([1, 2, 3].map(() => [15, 0]));
    await sound();
  });
});

describe('a signature', () => {
  test('is never the author’s, and never a stranger’s of another site', async () => {
    await stock();
    const act = await request();
    const approval = await yes(act, 'approver');
    expect(await refused(signWith(act, 'pharmacist', approval))).toBe('approver-is-author');
    expect(await refused(sign(act, 'pharmacist2'))).toBe('not-found');
    expect(await refused(read(act.id, 'pharmacist2'))).toBe('not-found');
    expect(await shelf()).toEqual([100, 40]);
  });

  test('above the policy’s value is asked of two more, of two different persons', async () => {
    await stock({ packPrice: 600_000_000 });
    const act = await request();
    expect([act.value, act.needed]).toEqual([1_200_000_000, 2]);
    const first = await sign(act, 'pharmacist3');
    expect([first.status, first.body.state, first.body.signatures.length]).toEqual([200, 'requested', 1]);
    expect(await shelf()).toEqual([100, 40]);
    expect(await refused(sign(act, 'pharmacist3'))).toBe('signer-repeated');
    const second = await sign(act, 'chief');
    expect([second.body.state, second.body.signatures.map((s) => s.person)]).toEqual([
      'approved',
      ['pharmacist3', 'chief'],
    ]);
    expect(await shelf()).toEqual([60, 0]);
  });

  test('needs an approval for this very act, of the signer, that holds and is used once', async () => {
    await stock({ packPrice: 600_000_000 });
    const act = await request();
    const other = await request({ lines: [line({ quantity: 10 })] });
    const wrong = await yes(act, 'approver', other.actHash);
    expect(await refused(signWith(act, 'approver', wrong))).toBe('approval-invalid');
    expect(await refused(signWith(act, 'approver', await yes(other, 'approver')))).toBe('approval-invalid');
    expect(await refused(signWith(act, 'approver', await yes(act, 'chief')))).toBe('approval-invalid');
    expect(await refused(signWith({ ...act, actHash: other.actHash }, 'approver', await yes(act, 'approver')))).toBe(
      'approval-invalid',
    );
    const late = await yes(act, 'approver');
    house.clock.now += approvalMs;
    expect(await refused(signWith(act, 'approver', late))).toBe('approval-invalid');
    const used = await yes(act, 'quality');
    await signWith(act, 'quality', used);
    expect(await refused(signWith(act, 'chief', used))).toBe('approval-invalid');
    expect((await read(act.id)).signatures.map((s) => s.person)).toEqual(['quality']);
    expect((await house.table.loadForSignature(act.id, 'quality', 'WH-1', used)).approval?.used).toBe(true);
  });

  test('comes hours later as well, and given twice under one key is one', async () => {
    await stock();
    const act = await request();
    house.clock.now += 9 * 3_600_000;
    const once = house.once('approver');
    const approval = await yes(act, 'approver');
    const [one, two] = [
      await signWith(act, 'approver', approval, once),
      await signWith(act, 'approver', approval, once),
    ];
    expect(two).toEqual(one);
    expect(await shelf()).toEqual([60, 0]);
  });

  test('of two persons at the same instant counts once', async () => {
    await stock();
    const act = await request();
    const both = await Promise.all(['approver', 'chief'].map((by) => refused(sign(act, by))));
    expect([...both].sort()).toEqual(['document-closed', 'not refused']);
    expect(await shelf()).toEqual([60, 0]);
    expect((await movements()).filter((m) => m.kind === 'write-off')).toHaveLength(1);
  });

  test('is refused to an account that was closed since, and to a licence that lapsed', async () => {
    await stock();
    const act = await request();
    const approvals = [await yes(act, 'quality'), await yes(act, 'pharmacist3')] as const;
    const change = async (id: string, about: object) => {
      const { person } = await house.table.loadStanding(id, 'OF-1');
      if (!person) throw new Error(`nobody is called ${id}`);
      const event = {
        id: house.deps.id(),
        at: instant(house.clock.now),
        type: 'person-saved' as const,
        actor: { person: 'admin', role: 'admin' as const, site: 'OF-1' },
        changes: {},
      };
      const next = { ...person, ...about, version: person.version + 1 };
      await house.table.commitPerson(next, { now: house.clock.now, event });
      return person;
    };
    const before = await change('quality', { active: false });
    const licensed = await change('pharmacist3', {
      licence: { number: 'L-1', from: '2020-01-01', until: '2020-12-31' },
    });
    expect(await refused(signWith(act, 'quality', approvals[0]))).toBe('account-closed');
    expect(await refused(signWith(act, 'pharmacist3', approvals[1]))).toBe('licence-lapsed');
    await change('quality', before.active ? { active: true } : {});
    await change('pharmacist3', licensed.licence ? { licence: licensed.licence } : {});
    expect(await shelf()).toEqual([100, 40]);
  });

  test('takes held units out whatever became of the lot since, and what is recalled can still be written off', async () => {
    await stock();
    const act = await request();
    const recall = { gtin: gtins.amoxicillin, lot, reason: 'glass in a capsule', class: 1 as const };
    await openRecall(house.deps, house.actor('quality'), recall, house.once('quality'));
    house.clock.now += 10_000;
    expect((await sign(act, 'approver')).body.state).toBe('approved');
    expect(await shelf()).toEqual([60, 0]);
    const rest = await request({ lines: [line({ quantity: 60, reason: 'recall' })] });
    expect((await sign(rest, 'approver')).body.state).toBe('approved');
    expect(await shelf()).toEqual([0, 0]);
  });

  test('and dispenses at the same time leave nothing below nothing', async () => {
    await stock({ gtin: gtins.paracetamol });
    const act = await request({ lines: [line({ gtin: gtins.paracetamol, quantity: 95 })] });
    const dosage = { amount: 1, unit: 'tablet', timesPerDay: 1, days: 4, route: 'oral' } as const;
    const many = await Promise.all(
      [1, 2].map(async () => (await issue(house, { lines: [{ medicine: 'PARA500TAB', dosage }] })).id),
    );
    const chosen = { line: 1, quantity: 4, lots: [{ gtin: gtins.paracetamol, lot, quantity: 4 }] };
    const outcomes = await Promise.all([
      refused(sign(act, 'approver')),
      ...many.map((id) => refused(dispense(house, id, [chosen]))),
    ]);
    expect(outcomes[0]).toBe('not refused');
    expect(outcomes.slice(1).sort()).toEqual(['not refused', 'out-of-stock']);
    expect(await shelf()).toEqual([1, 0]);
    await sound();
  });
});

describe('an act that is not signed', () => {
  test('gives its units back when it is refused or withdrawn, and is closed for everybody', async () => {
    await stock();
    const [one, two] = [await request(), await request()];
    expect(await shelf()).toEqual([100, 80]);
    expect(await refused(refuse(one, 'pharmacist'))).toBe('approver-is-author');
    expect(await refused(withdraw(one, 'pharmacist3'))).toBe('not-author');
    expect((await refuse(one, 'quality')).body).toMatchObject({
      state: 'refused',
      closed: { person: 'quality', reason: 'it can be sold' },
    });
    expect((await withdraw(two, 'pharmacist')).body.state).toBe('withdrawn');
    expect(await shelf()).toEqual([100, 0]);
    const again = [sign(one, 'approver'), refuse(one, 'approver'), withdraw(two, 'pharmacist')].map(refused);
    expect(await Promise.all(again)).toEqual(again.map(() => 'document-closed'));
    await sound();
  });

  test('refused and signed at the same instant is one of both', async () => {
    await stock();
    const act = await request();
    const both = await Promise.all([refused(refuse(act, 'quality')), refused(sign(act, 'approver'))]);
    expect([...both].sort()).toEqual(['document-closed', 'not refused']);
    const { state } = await read(act.id);
    expect(await shelf()).toEqual(state === 'refused' ? [100, 0] : [60, 0]);
    await sound();
  });
});

describe('an act that is dated back', () => {
  const backdated = () => ({ day: tashkentDay(house.clock.now - 2 * dayMs), reason: 'the store was flooded' });

  test('counts at the end of its day, whenever it is signed', async () => {
    await stock();
    house.clock.now += 3 * dayMs;
    const act = await request({ backdated: backdated() });
    house.clock.now += 6 * dayMs;
    await sign(act, 'approver');
    const [, moved] = await movements();
    expect([moved?.kind, tashkentDay(Date.parse(moved?.at ?? ''))]).toEqual(['write-off', act.backdated?.day]);
    expect(await shelf()).toEqual([60, 0]);
    await sound();
  });

  test('is refused where a balance since then would have been negative, at the request and once more at the signature', async () => {
    await stock({ quantity: 30 });
    house.clock.now += 3 * dayMs;
    await stock({ quantity: 100 });
    const first = { backdated: backdated(), lines: [line({ quantity: 20 })] };
    expect(await refused(request({ ...first, lines: [line({ quantity: 31 })] }))).toBe('past-negative');
    const [one, two] = [await request(first), await request(first)];
    expect((await sign(one, 'approver')).body.state).toBe('approved');
    expect(await refused(sign(two, 'approver'))).toBe('past-negative');
    expect((await refuse(two, 'approver')).body.state).toBe('refused');
    expect(await shelf()).toEqual([110, 0]);
    await sound();
  });

  test('goes back no further than the policy allows, and says no where its lines are too many to be judged at once', async () => {
    await stock();
    const far = { day: tashkentDay(house.clock.now - 6 * dayMs), reason: 'found late' };
    expect(await refused(request({ backdated: far }))).toBe('backdate-too-far');
    const lines = Array.from({ length: 21 }, (_, i) => line({ lot: `${lot}-${i}` }));
    expect(await refused(request({ backdated: backdated(), lines }))).toBe('split-document');
  });

  test('that waited over a month for its signature can only be withdrawn', async () => {
    await stock();
    house.clock.now += 3 * dayMs;
    const at = house.clock.now;
    const act = await request({ backdated: backdated() });
    house.clock.now = at + 29 * dayMs;
    const late = await request({ lines: [line({ quantity: 20 })], backdated: backdated() });
    expect((await sign(late, 'approver')).body.state).toBe('approved');
    house.clock.now = at + 31 * dayMs;
    expect(await refused(sign(act, 'approver'))).toBe('backdate-too-far');
    await withdraw(act, 'pharmacist');
    expect(await shelf()).toEqual([80, 0]);
  });
});

describe('controlled medicines', () => {
  test('leave the register with the act: its author wrote it, the last signer witnessed it', async () => {
    await stock({ gtin: gtins.tramadol });
    const act = await request({ lines: [line({ gtin: gtins.tramadol, quantity: 10, reason: 'contamination' })] });
    await sign(act, 'pharmacist3');
    const [entry] = (await listRegister(house.deps, { site: 'PH-1', medicine: 'TRAM50CAP' }, {})).items;
    expect(entry).toMatchObject({
      kind: 'write-off',
      quantity: -10,
      balance: 90,
      reference: act.id,
      person: 'pharmacist',
      witness: 'pharmacist3',
    });
    await sound();
  });
});

describe('lists', () => {
  const openAt = async (by: string) =>
    (await listOpenWriteOffs(house.deps, house.actor(by, reachOf(by)), { limit: 100 })).items.map((a) => a.id);

  test('of what waits show every site to who oversees all, the own to others, and nothing that is closed', async () => {
    await stock();
    await stock({}, 'pharmacist2');
    const [here, there] = [await request(), await request({}, 'pharmacist2')];
    expect(await openAt('approver')).toEqual(expect.arrayContaining([here.id, there.id]));
    expect(await openAt('pharmacist3')).toContain(here.id);
    expect(await openAt('pharmacist3')).not.toContain(there.id);
    await sign(here, 'approver');
    await withdraw(there, 'pharmacist2');
    for (const by of ['approver', 'pharmacist3', 'pharmacist2'])
      expect(await openAt(by)).not.toEqual(expect.arrayContaining([here.id]));
    expect(await openAt('approver')).not.toContain(there.id);
    const kept = await house.table.listWriteOffs({ requested: true }, { limit: 100 });
    expect(new Set(kept.items.map((a) => a.state))).toEqual(new Set(['requested']));
  });

  test('of a site begin with the newest, and can be asked for by state', async () => {
    await stock({}, 'warehouse3');
    const [one, two] = [await request({}, 'warehouse3'), await request({}, 'warehouse3')];
    await withdraw(one, 'warehouse3');
    const of = async (about: object) =>
      (await listWriteOffs(house.deps, { site: 'WH-2', ...about }, {})).items.map((a) => a.id);
    expect(await of({})).toEqual([two.id, one.id]);
    expect(await of({ state: 'withdrawn' })).toEqual([one.id]);
  });

  test('of expired stock propose what nobody holds, and are empty when it is written off', async () => {
    await stock({ expiryDate: tashkentDay(house.clock.now), packPrice: 2_000_000 }, 'warehouse');
    await stock({ lot: `${lot}L`, expiryDate: '2029-01-31' }, 'warehouse');
    const proposed = async () => proposeWriteOffs(house.deps, { site: 'WH-1' });
    expect((await proposed()).items).toEqual([]);
    house.clock.now += dayMs;
    expect(await proposed()).toMatchObject({ items: [{ lot, quantity: 100, value: 10_000_000 }], value: 10_000_000 });
    const lines = (await proposed()).items.map(({ gtin, lot: name, quantity }) =>
      line({ gtin, lot: name, quantity, reason: 'expired' }),
    );
    const act = await request({ lines }, 'warehouse');
    expect((await proposed()).items).toEqual([]);
    await refuse(act, 'quality');
    expect((await proposed()).items).toHaveLength(1);
  });
});
