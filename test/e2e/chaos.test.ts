/** The short form of `npm run chaos`. */
import { expect, test } from 'vitest';
import { runChaos } from '../chaos/chaos.ts';

test('what was acknowledged outlives kill -9 of engine and gateway, once', async () => {
  const seed = Date.now() % 1_000_000;
  const { counts, problems } = await runChaos({ rounds: 2, seed, say: () => {} });
  expect(problems, `seed ${seed}`).toEqual([]);
  expect(counts).toMatchObject({ engineKills: 2, gatewayKills: 2 });
  expect(counts.dispensed).toBeGreaterThan(0);
});
