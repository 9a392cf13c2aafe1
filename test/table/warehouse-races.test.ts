/** What happens to lots and rows while documents are read, and while those of many lines are on their way into the ledger, on the real engine. */
import { tashkentDay } from '@darmon/domain/time';
import { listStock } from '@darmon/usecases/inventory';
import { advancePosting, finishPostings } from '@darmon/usecases/posting';
import { advanceRecall } from '@darmon/usecases/recall-work';
import { endRecall, openRecall, setCountryState } from '@darmon/usecases/recalls';
import { receiveShipment } from '@darmon/usecases/receiving';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { cancelTransfer, requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gtins, type House, makeHouse, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('warehouse-races');
});
afterAll(() => house.stop());
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const gtin = gtins.amoxicillin;
const medicine = 'AMOX500CAP';
const expiryDate = '2028-06-30';
const own = (person: string) => house.actor(person, 'own');
const later = () => house.deps.now() + 60_000;
const one = (lot: string, more: object = {}) => ({ gtin, lot, expiryDate, quantity: 20, ...more });
const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => one(`${name}${i}`));
const receive = (lines: ReturnType<typeof many>, by = 'warehouse') =>
  receiveShipment(house.deps, own(by), { site: own(by).site, lines }, house.once(by));
const rowAt = async (site: string, lot: string) => {
  let cursor: string | undefined;
  do {
    const page = await listStock(house.deps, { site }, { limit: 100, cursor });
    const row = page.items.find((i) => i.lot === lot);
    if (row) return row;
    cursor = page.next;
  } while (cursor !== undefined);
  return undefined;
};
const recall = async (lot: string) => {
  const reason = 'particles in the capsule';
  const { body } = await openRecall(
    house.deps,
    house.actor('quality'),
    { gtin, lot, class: 1, reason },
    house.once('quality'),
  );
  return body.id;
};

/** A transfer of many lots, picked whole. */
const picked = async (lines: ReturnType<typeof many>) => {
  const count = lines.length;
  for (let at = 0; at < count; at += 20) await receive(lines.slice(at, at + 20));
  const { body } = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines: [{ medicine, quantity: 20 * count }] },
    house.once('warehouse'),
  );
  for (let at = 0; at < count; at += 20)
    await pickTransfer(
      house.deps,
      own('warehouse'),
      {
        id: body.id,
        picks: lines.slice(at, at + 20).map(({ lot }) => ({ line: 1, gtin, lot, quantity: 20 })),
        reason: 'as the test asks',
      },
      house.once('warehouse'),
    );
  return { id: body.id, lots: lines.map((l) => l.lot) };
};
const ship = (id: string) => shipTransfer(house.deps, own('warehouse'), { id }, house.once('warehouse'));
const takeIn = (id: string, lots: readonly string[]) =>
  receiveTransfer(
    house.deps,
    own('pharmacist'),
    { id, lines: lots.map((lot) => ({ gtin, lot, quantity: 20 })), final: true },
    house.once('pharmacist'),
  );

describe('between the commit of a long document and its chunks', () => {
  test('a lot that the country knows and recalls then comes in as recalled, and the rest as it was', async () => {
    await receive([one('R2')], 'warehouse3');
    const { body } = await receive(many('R', 90));
    await recall('R2');
    const posting = await advancePosting(house.deps, body.id, later());
    expect([posting.done, posting.problems]).toEqual([posting.chunks, []]);
    expect((await rowAt('WH-1', 'R2'))?.state).toBe('recalled');
    expect((await rowAt('WH-1', 'R3'))?.state).toBe('available');
  });

  test('a lot that is put on hold everywhere then comes in on hold, and one that is let go again is let go', async () => {
    await receive([one('H2'), one('H3')], 'warehouse3');
    const state = (lot: string, to: 'on-hold' | 'available') =>
      setCountryState(
        house.deps,
        house.actor('quality'),
        { gtin, lot, state: to, reason: 'a report' },
        house.once('quality'),
      );
    await state('H3', 'on-hold');
    const { body } = await receive(many('H', 90));
    await state('H2', 'on-hold');
    await state('H3', 'available');
    const posting = await advancePosting(house.deps, body.id, later());
    expect([posting.done, posting.problems]).toEqual([posting.chunks, []]);
    expect([(await rowAt('WH-1', 'H2'))?.state, (await rowAt('WH-1', 'H3'))?.state]).toEqual(['on-hold', 'available']);
  });

  test('what is taken in from a transfer after its recall was closed comes in as recalled all the same', async () => {
    const { id, lots } = await picked(many('T', 60));
    const shipped = await ship(id);
    await advancePosting(house.deps, shipped.body.job as string, later());
    const taken = await takeIn(id, lots);
    expect(taken.status).toBe(202);
    const recalled = await recall('T5');
    for (let i = 0; i < 4; i += 1) {
      house.clock.now += 30_000;
      await advanceRecall(house.deps, recalled, later());
    }
    await endRecall(house.deps, house.actor('chief'), { id: recalled, reason: 'as the test asks' }, house.once('c'));
    await advancePosting(house.deps, taken.body.job as string, later());
    expect(await rowAt('PH-1', 'T5')).toMatchObject({ onHand: 20, state: 'recalled' });
    expect((await rowAt('PH-1', 'T6'))?.state).toBe('available');
  });

  test('a lot that expires over midnight stays where it is, and the others go', async () => {
    const { id } = await picked([one('LASTDAY', { expiryDate: tashkentDay(house.clock.now) }), ...many('E', 59)]);
    const shipped = await ship(id);
    house.clock.now += 24 * 3_600_000;
    const posting = await advancePosting(house.deps, shipped.body.job as string, later());
    expect(posting.problems).toEqual([{ line: 1, code: 'lot-expired', facts: { expiryDate: expect.any(String) } }]);
    expect(posting.done).toBe(posting.chunks);
  });

  test('one that cannot go on does not stop the others', async () => {
    const first = await receive(many('S', 45));
    const second = await receive(many('N', 45));
    const broken = {
      ...house.deps,
      table: {
        ...house.deps.table,
        loadChunk: (posting: { id: string; stored?: string }, n: number) =>
          posting.id === first.body.id
            ? Promise.reject(new Error('unreadable'))
            : house.deps.table.loadChunk(posting, n),
      },
    };
    await expect(finishPostings(broken, later())).rejects.toThrow('unreadable');
    expect((await house.table.loadPosting(second.body.id))?.finishedAt).toBeDefined();
    await finishPostings(house.deps, later());
  });
});

describe('a pack that is picked while its transfer is read', () => {
  const cancel = (id: string) =>
    cancelTransfer(house.deps, own('warehouse'), { id, reason: 'no longer needed' }, house.once('warehouse'));
  const pick = (id: string, lot: string) =>
    pickTransfer(
      house.deps,
      own('warehouse'),
      { id, picks: [{ line: 1, gtin, lot, quantity: 20 }], reason: 'as the test asks' },
      house.once('warehouse'),
    );
  /** Whoever reads the head of a transfer is answered late; what is asked for beside it is answered before. */
  const withLateHead = async (id: string, meanwhile: () => Promise<unknown>, run: () => Promise<unknown>) => {
    let isLate = false;
    house.client.middlewareStack.add(
      (send) => async (args) => {
        const { headers, body } = args.request as { headers: Record<string, string>; body: string };
        const isHead = headers['x-amz-target']?.endsWith('.BatchGetItem') && body.includes(`TRANSFER#${id}`);
        if (isHead && !isLate) {
          isLate = true;
          await meanwhile();
        }
        return send(args);
      },
      { step: 'deserialize', priority: 'low', name: 'late-head' },
    );
    await run();
    house.client.middlewareStack.remove('late-head');
    expect(isLate).toBe(true);
  };

  test('goes along when it is shipped', async () => {
    await receive([one('SHIP0'), one('SHIP1')]);
    const { body } = await requestTransfer(
      house.deps,
      own('warehouse'),
      { from: 'WH-1', to: 'PH-1', lines: [{ medicine, quantity: 40 }] },
      house.once('warehouse'),
    );
    await pick(body.id, 'SHIP0');
    await withLateHead(
      body.id,
      () => pick(body.id, 'SHIP1'),
      () => ship(body.id),
    );
    for (const lot of ['SHIP0', 'SHIP1']) expect(await rowAt('WH-1', lot)).toMatchObject({ onHand: 0, held: 0 });
  });

  test('is free again when it is given up', async () => {
    await receive([one('GIVEUP')]);
    const { body } = await requestTransfer(
      house.deps,
      own('warehouse'),
      { from: 'WH-1', to: 'PH-1', lines: [{ medicine, quantity: 20 }] },
      house.once('warehouse'),
    );
    await withLateHead(
      body.id,
      () => pick(body.id, 'GIVEUP'),
      () => cancel(body.id),
    );
    expect(await rowAt('WH-1', 'GIVEUP')).toMatchObject({ onHand: 20, held: 0 });
  });
});
