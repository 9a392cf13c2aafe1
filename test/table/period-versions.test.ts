/** Versions of a closed month on the real engine: once a correction has begun, nobody goes on with what it corrects. */
import { corrected, frozenPeriod, type Period, packaged } from '@darmon/domain/period';
import { Changed } from '@darmon/table/transact';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, makeHouse } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('period-versions');
});
afterAll(() => house?.stop());

const month = '2026-10';
const change = () => ({
  now: house.clock.now,
  event: {
    id: house.deps.id(),
    at: new Date(house.clock.now).toISOString(),
    type: 'period-frozen' as const,
    actor: { person: 'auditor', role: 'auditor' as const, site: 'OF-1' },
    changes: { month },
  },
});

test('a run that read a version before its correction began changes nothing of it, and lists name the new one alone', async () => {
  const { table } = house;
  const first = frozenPeriod(month, house.clock.now, 'auditor');
  await table.freezePeriod(first, await table.loadFreezeBook(), change());
  const signed: Period = { ...first, revision: 2, state: 'signed' };
  await table.commitPeriod(signed);

  const digest = 'A'.repeat(43);
  const made = { madeAt: signed.at, digest, logSize: 1, logRoot: 'cm9vdA==' };
  const late = packaged(signed, made);
  const second = corrected(signed, 'a delivery was missing', house.actor('auditor'), house.clock.now);
  await table.correctPeriod(second, signed, change());
  await expect(table.commitPeriod(late)).rejects.toBeInstanceOf(Changed);

  expect((await table.loadPeriod(month, 1))?.package).toBeUndefined();
  expect((await table.listPeriods({})).items.map(({ version }) => version)).toEqual([2]);
});
