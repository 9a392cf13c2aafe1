/** Whatever keepers of three sites do to transfers, two of them always at once, the country holds of a lot what came in. */
import { onHandOf } from '@darmon/domain/stock';
import { receiveTransfer, returnTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer, undoPick } from '@darmon/usecases/transfer-picks';
import { cancelTransfer, requestTransfer } from '@darmon/usecases/transfers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('transfer-totals');
});
afterAll(() => house?.stop());

const gtin = gtins.amoxicillin;
const keepers = { 'WH-1': 'warehouse', 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2' } as const;
type Site = keyof typeof keepers;
const sites = Object.keys(keepers) as Site[];
const pack = 20;

const Step = fc.record({
  kind: fc.constantFrom('begin', 'pick', 'pick', 'undo', 'ship', 'ship', 'cancel', 'receive', 'receive', 'back'),
  /** Which transfer, or from where. */
  which: fc.nat({ max: 2 }),
  other: fc.nat({ max: 1 }),
  packs: fc.integer({ min: 1, max: 4 }),
  final: fc.boolean(),
});
type Step = typeof Step extends fc.Arbitrary<infer S> ? S : never;

interface Begun {
  readonly id: string;
  readonly from: Site;
  readonly to: Site;
}

/** What a step does, as somebody of the side that may; nothing where there is no such transfer yet. */
const play = async (step: Step, lot: string, begun: Begun[]): Promise<unknown> => {
  const { deps } = house;
  const quantity = step.packs * pack;
  const reason = 'as the sequence says';
  if (step.kind === 'begin') {
    const from = sites[step.which % sites.length] as Site;
    const to = sites.filter((s) => s !== from)[step.other] as Site;
    const who = keepers[from];
    const input = { from, to, lines: [{ medicine: 'AMOX500CAP', quantity }], reason };
    const { body } = await requestTransfer(deps, house.actor(who, 'own'), input, house.once(who));
    begun.push({ id: body.id, from, to });
    return undefined;
  }
  const transfer = begun[step.which % Math.max(1, begun.length)];
  if (!transfer) return undefined;
  const { id } = transfer;
  const who = keepers[step.kind === 'receive' ? transfer.to : transfer.from];
  const [actor, once] = [house.actor(who, 'own'), house.once(who)];
  const lines = [{ gtin, lot, quantity }];
  switch (step.kind) {
    case 'pick':
      return pickTransfer(deps, actor, { id, picks: [{ line: 1, gtin, lot, quantity: pack }], reason }, once);
    case 'undo':
      return undoPick(deps, actor, { id, line: 1, gtin, lot }, once);
    case 'ship':
      return shipTransfer(deps, actor, { id }, once);
    case 'cancel':
      return cancelTransfer(deps, actor, { id, reason }, once);
    case 'receive':
      return receiveTransfer(deps, actor, { id, lines, ...(step.final && { final: true }) }, once);
    default:
      return returnTransfer(deps, actor, { id, lines, reason }, once);
  }
};

test('the country’s total of a lot is what came in, at every site and on every way, whatever is done at once', async () => {
  const runs = process.env.NIGHTLY ? 200 : 15;
  let run = 0;
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(Step, Step), { minLength: 8, maxLength: 20 }), async (pairs) => {
      const lot = `T${++run}`;
      for (const site of sites)
        await stock(house, [{ gtin, lot, expiryDate: '2028-06-30', quantity: 4 * pack }], keepers[site]);
      const begun: Begun[] = [];
      // two are under way, so that short sequences move something
      for (const kind of ['begin', 'pick'] as const)
        for (const which of [0, 1]) await play({ kind, which, other: 0, packs: 3, final: false }, lot, begun);
      for (const pair of pairs) {
        const outcomes = await Promise.all(pair.map((step) => refused(play(step, lot, begun))));
        // anything but a refusal would be a fault
        expect(outcomes.filter((o) => typeof o !== 'string')).toEqual([]);
      }
      const ledger = await readLedger(house.client, table);
      const held = ledger.stock.filter((r) => r.lot === lot).reduce((sum, r) => sum + onHandOf(r), 0);
      moved += ledger.movements.filter((m) => m.lot === lot && m.kind === 'transfer-in').length;
      expect(held).toBe(3 * 4 * pack);
      expect(contradictions(ledger)).toEqual([]);
    }),
    { numRuns: runs, ...(!process.env.NIGHTLY && { seed: 2026 }) },
  );
  expect(moved).toBeGreaterThan(runs);
});
