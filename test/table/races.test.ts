/** What happens at once, and what happens when the network lies: one change or none, never two, on the real engine. */

import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { undoDispense } from '@darmon/usecases/dispenses';
import { claimPrescription } from '@darmon/usecases/dispensing';
import { cancelPrescription } from '@darmon/usecases/prescribing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { disturb, type Fault } from '../support/faults.ts';
import { dispense, gtins, type House, issue, makeHouse, stock, table } from '../support/house.ts';
import { contradictions, type Ledger, readLedger } from '../support/ledger.ts';

let house: House;
let undisturbed = () => {};
beforeAll(async () => {
  house = await makeHouse('races');
});
afterAll(() => house.stop());
afterEach(async () => {
  undisturbed();
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const line = [{ line: 1, quantity: 21 }];
const onShelf = async (lot: string, quantity: number, by = 'pharmacist') => {
  await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity }], by);
};
const settle = async <T>(attempts: readonly Promise<T>[]) => {
  const settled = await Promise.allSettled(attempts);
  const codes = settled.flatMap((s) => (s.status === 'rejected' ? [codeOf(s.reason)] : []));
  return { won: settled.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : [])), codes };
};
const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  throw error;
};
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const dispensesOf = ({ dispenses }: Ledger, id: string) => [...dispenses.values()].filter((d) => d.prescription === id);
const movedOut = ({ movements }: Ledger, id: string) =>
  movements
    .filter((m) => m.kind === 'dispense' && m.reference.startsWith(`${id}.`))
    .reduce((n, m) => n - m.quantity, 0);

describe('at once', () => {
  test('of 50 dispenses of one prescription with different keys one wins, and stock moves once', async () => {
    await onShelf('FIFTY', 2_000);
    const { id } = await issue(house);
    const { won, codes } = await settle(times(50, () => dispense(house, id, line)));
    expect(won).toHaveLength(1);
    expect(codes).toEqual(times(49, () => 'prescription-completed'));
    const ledger = await readLedger(house.client, table);
    expect(dispensesOf(ledger, id)).toHaveLength(1);
    expect(movedOut(ledger, id)).toBe(21);
  });

  test('the same key 50 times is one dispense and 50 equal answers', async () => {
    const { id } = await issue(house);
    const once = house.once('pharmacist');
    const answers = await Promise.all(times(50, () => dispense(house, id, line, 'pharmacist', once)));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 201, body: { id: `${id}.1`, status: 'completed' } });
    expect(dispensesOf(await readLedger(house.client, table), id)).toHaveLength(1);
  });

  test('the same key with another body is refused while the first is under way and after it', async () => {
    const { id } = await issue(house);
    const [first, other] = ['one', 'two'].map((body) => house.once('pharmacist', 'reused', body)) as [Once, Once];
    const { won, codes } = await settle([
      dispense(house, id, [{ line: 1, quantity: 5 }], 'pharmacist', first),
      dispense(house, id, [{ line: 1, quantity: 6 }], 'pharmacist', other),
    ]);
    expect(won).toHaveLength(1);
    expect(codes).toEqual(['key-reused']);
    expect(dispensesOf(await readLedger(house.client, table), id)).toHaveLength(1);
  });

  test('of two pharmacies that claim one gets it, and the other hears until when', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { id } = await issue(house);
      const claims = ['pharmacist', 'pharmacist2'].map((by) =>
        claimPrescription(house.deps, house.actor(by), { id }, house.once(by)),
      );
      const { won, codes } = await settle(claims);
      expect(won).toHaveLength(1);
      expect(codes).toEqual(['claimed-elsewhere']);
    }
  });

  test('a prescription is cancelled or dispensed, never both', async () => {
    for (let n = 0; n < 20; n += 1) {
      const { id } = await issue(house);
      const cancel = () =>
        cancelPrescription(house.deps, house.actor('doctor', 'own'), { id, reason: 'allergy' }, house.once('doctor'));
      const hand = () => dispense(house, id, line);
      const racers: (() => Promise<unknown>)[] = n % 2 === 0 ? [cancel, hand] : [hand, cancel];
      const { won, codes } = await settle(racers.map((run) => run()));
      expect(won).toHaveLength(1);
      const p = await house.table.loadPrescription(id);
      expect(['prescription-cancelled', 'prescription-completed']).toContain(codes[0]);
      expect(codes).toEqual([`prescription-${p?.status}`]);
      expect(movedOut(await readLedger(house.client, table), id)).toBe(p?.status === 'completed' ? 21 : 0);
    }
  });

  test('the rest of a started prescription is stopped or handed over, never both', async () => {
    await onShelf('REST', 2_000);
    for (const _ of times(10, () => 0)) {
      const { id } = await issue(house);
      await dispense(house, id, [{ line: 1, quantity: 5 }]);
      const { won, codes } = await settle<unknown>([
        dispense(house, id, [{ line: 1, quantity: 16 }]),
        cancelPrescription(house.deps, house.actor('doctor', 'own'), { id, reason: 'stop' }, house.once('doctor')),
      ]);
      expect([won.length, codes.length]).toEqual([1, 1]);
      expect(['prescription-cancelled', 'prescription-completed']).toContain(codes[0]);
      const dispenses = dispensesOf(await readLedger(house.client, table), id);
      const p = await house.table.loadPrescription(id);
      expect(p?.status).toBe(dispenses.length === 2 ? 'completed' : 'cancelled');
    }
  });

  test('a claim that runs out while its own dispense is under way loses nothing, and another pharmacy takes it at once', async () => {
    const slow = await issue(house);
    const claim = (id: string, by: string) => claimPrescription(house.deps, house.actor(by), { id }, house.once(by));
    await claim(slow.id, 'pharmacist');
    let late = false;
    // the clock passes the end of the claim between what the dispense read and what it writes
    undisturbed = disturb(house.client, () => {
      if (!late) house.clock.now += 31 * 60_000;
      late = true;
      return undefined;
    });
    expect((await dispense(house, slow.id, line)).status).toBe(201);
    undisturbed();

    const taken = await issue(house);
    await claim(taken.id, 'pharmacist');
    house.clock.now += 31 * 60_000;
    expect((await claim(taken.id, 'pharmacist2')).status).toBe(200);
    expect(await settle([dispense(house, taken.id, line)])).toMatchObject({ codes: ['claimed-elsewhere'] });
  });

  test('a pharmacy that claims what another took in the same moment is told so, whatever it had read', async () => {
    const { id } = await issue(house);
    let first = true;
    undisturbed = disturb(house.client, () => {
      const fault = first ? ('conflict' as const) : undefined;
      first = false;
      return fault;
    });
    const attempts = ['pharmacist', 'pharmacist2'].map((by) =>
      claimPrescription(house.deps, house.actor(by), { id }, house.once(by)),
    );
    const { won, codes } = await settle(attempts);
    expect([won.length, codes]).toEqual([1, ['claimed-elsewhere']]);
  });

  test('of two who take the last pack one gets it', async () => {
    await onShelf('LAST', 21, 'pharmacist2');
    const both = await Promise.all([issue(house), issue(house)]);
    const { won, codes } = await settle(both.map(({ id }) => dispense(house, id, line, 'pharmacist2')));
    expect(won).toHaveLength(1);
    expect(codes).toEqual(['out-of-stock']);
    const { stock: rows } = await readLedger(house.client, table);
    expect(rows.find((r) => r.lot === 'LAST')?.free).toBe(0);
  });

  test('of ten undos of one dispense one gives the stock back', async () => {
    const { id } = await issue(house);
    const { body } = await dispense(house, id, line);
    const undos = times(10, () =>
      undoDispense(
        house.deps,
        house.actor('pharmacist', 'own'),
        { id: body.id, reason: 'wrong patient' },
        house.once('pharmacist'),
      ),
    );
    const { won, codes } = await settle(undos);
    expect(won).toHaveLength(1);
    expect(codes).toEqual(times(9, () => 'already-undone'));
  });
});

describe('when the network lies', () => {
  /** These faults, one a transaction that is sent, and then none. */
  const inject = (...faults: Fault[]) => {
    undisturbed = disturb(house.client, () => faults.shift());
  };

  test.each<[string, Fault[]]>([
    ['a conflict', ['conflict', 'conflict']],
    ['a throttle', ['throttle']],
    ['an answer lost after the commit', ['lost-answer']],
    ['two answers lost and a conflict', ['lost-answer', 'lost-answer', 'conflict']],
  ])('%s costs the pharmacist nothing: one dispense, answered', async (_, faults) => {
    const { id } = await issue(house);
    inject(...faults);
    const answer = await dispense(house, id, line);
    expect(answer).toMatchObject({ status: 201, body: { id: `${id}.1`, status: 'completed' } });
    const ledger = await readLedger(house.client, table);
    expect(dispensesOf(ledger, id)).toHaveLength(1);
    expect(movedOut(ledger, id)).toBe(21);
  });

  test('conflicts that outlast the tries are refused as busy, and nothing is written', async () => {
    const { id } = await issue(house);
    inject(...times(6, (): Fault => 'conflict'));
    await expect(dispense(house, id, line)).rejects.toMatchObject({ code: 'busy' });
    expect(dispensesOf(await readLedger(house.client, table), id)).toHaveLength(0);
  });

  test('a dispense whose answer was cut off is found again by its key', async () => {
    const { id } = await issue(house);
    const once = house.once('pharmacist');
    inject('cut');
    await expect(dispense(house, id, line, 'pharmacist', once)).rejects.toThrow();
    const again = await dispense(house, id, line, 'pharmacist', once);
    expect(again).toMatchObject({ status: 201, body: { id: `${id}.1`, status: 'completed' } });
    expect(dispensesOf(await readLedger(house.client, table), id)).toHaveLength(1);
  });

  test('an undo whose answer was cut off is found again by its key', async () => {
    const { id } = await issue(house);
    const { body } = await dispense(house, id, line);
    const once = house.once('pharmacist');
    const undo = () =>
      undoDispense(house.deps, house.actor('pharmacist', 'own'), { id: body.id, reason: 'wrong patient' }, once);
    inject('cut');
    await expect(undo()).rejects.toThrow();
    expect(await undo()).toMatchObject({ status: 200, body: { status: 'active' } });
  });

  test('a cancellation and an issue whose answers were lost happen once', async () => {
    inject('lost-answer');
    const { id } = await issue(house);
    undisturbed();
    inject('lost-answer');
    const once = house.once('doctor');
    const cancel = () => cancelPrescription(house.deps, house.actor('doctor', 'own'), { id, reason: 'allergy' }, once);
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    const { items } = await house.table.listTrail(id, {});
    expect(items.map((e) => e.type)).toEqual(['prescription-issued', 'prescription-cancelled']);
  });

  test('forty dispenses under every fault at once lose nothing and double nothing', async () => {
    await onShelf('STORM', 2_000);
    const issued = await Promise.all(times(40, () => issue(house)));
    const kinds: (Fault | undefined)[] = ['conflict', 'lost-answer', undefined, 'cut', 'throttle', undefined];
    let sent = 0;
    undisturbed = disturb(house.client, () => kinds[(sent++ * 7) % kinds.length]);
    const untilAnswered = async (id: string) => {
      const once = house.once('pharmacist', `storm ${id}`);
      for (;;) {
        try {
          return await dispense(house, id, line, 'pharmacist', once);
        } catch (error) {
          if (error instanceof Refusal && error.code !== 'busy') throw error;
        }
      }
    };
    const answers = await Promise.all(issued.map(({ id }) => untilAnswered(id)));
    undisturbed();
    expect(answers.map((a) => a.body.id)).toEqual(issued.map(({ id }) => `${id}.1`));
    const ledger = await readLedger(house.client, table);
    for (const { id } of issued) expect([dispensesOf(ledger, id).length, movedOut(ledger, id)]).toEqual([1, 21]);
  });
});
