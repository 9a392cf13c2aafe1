/** The ledger's answers, alerts and temperatures on every road they take, so that the rights they need are watched too. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const Answer = z.looseObject({
  id: z.string().optional(),
  bodyHash: z.string().optional(),
  items: z.array(z.looseObject({ id: z.string().optional(), medicine: z.string().optional() })).optional(),
});
type Answer = z.infer<typeof Answer>;

/** Proves a balance, takes a receipt back twice, reads a fridge and looks through every site. */
export const useWatch = async (callAs: CallAs, site: string, gtin: string): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { site };
  const lot = { gtin, lot: 'MISTAKE' };
  const lines = [{ ...lot, expiryDate: '2031-01-31', packs: 1 }];
  await call('warehouse', 'receiveStock', { params, body: { lines } });
  const { items: [received] = [] } = await call('warehouse', 'listMovements', { params, query: lot });
  const today = new Date().toISOString().slice(0, 10);
  await call('auditor', 'readBalance', { params, query: { ...lot, at: today } });
  const { items: [there] = [] } = await call('auditor', 'listStock', { params, query: { gtin, at: today } });
  await call('planner', 'readHistory', { params, query: { medicine: there?.medicine ?? '' } });
  await call('planner', 'listClasses', { params });
  const reversal = { params, body: { ...lot, movement: received?.id, reason: 'entered twice' } };
  await call('warehouse', 'reverseMovement', reversal);
  await call('warehouse', 'reverseMovement', reversal).then(
    () => Promise.reject(new Error('a movement was taken back twice')),
    (error: unknown) => {
      if (!String(error).includes('already-reversed')) throw error;
    },
  );
  // what another entered takes a colleague's yes, which is given for this very request
  await call('warehouse2', 'receiveStock', { params, body: { lines } });
  const { items: moved = [] } = await call('warehouse', 'listMovements', { params, query: lot });
  const others = { ...lot, movement: moved.at(-1)?.id, reason: 'not ours' };
  const subject = `/api/sites/${site}/reversals`;
  const asked = await call('warehouse', 'askApproval', { body: { subject, body: others } });
  const yes = { subject, bodyHash: asked.bodyHash, request: asked.id };
  const given = await call('warehouse2', 'giveApproval', { body: yes });
  await call('warehouse', 'reverseMovement', { params, body: { ...others, approval: given.id } });
  await call('quality', 'nameStaff', { body: { people: ['warehouse', 'warehouse2'] } });
  await call('warehouse', 'recordTemperature', { params, body: { storage: 'cold', celsius: 5 } });
  await call('quality', 'listTemperatures', { params });
  await call('warehouse', 'readAlerts', { params });
  await call('chief', 'refreshOverview', { body: { since: new Date().toISOString() } });
  await call('chief', 'listOverview', {});
};
