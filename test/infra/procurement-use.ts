/** Use and plans on every road they take, so that the rights they need are watched too. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const Answer = z.looseObject({ done: z.union([z.boolean(), z.int()]).optional() });
type Answer = z.infer<typeof Answer>;

/** Reckons a site's use before it was ever kept, keeps it to the end and reads it again; plans it, and others. */
export const useProcurement = async (callAs: CallAs, site: string, medicine: string): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { site };
  await call('pharmacist', 'readConsumption', { params, query: { medicine } });
  for (let isDone = false; !isDone; )
    isDone = (await call('planner', 'rebuildConsumption', { params, body: {} })).done === true;
  await call('planner', 'readConsumption', { params, query: { medicine } });
  await call('planner', 'planNow', { params, body: {} });
  await call('pharmacist', 'readPlan', { params });
  await call('planner', 'readPlanLine', { params: { site, medicine } });
  await call('planner', 'workOnPlans', { body: {} });
  await call('chief', 'listSuggestedTransfers', { query: { region: 'UZ-TK' } });
  await call('chief', 'listPlans', {});
};
