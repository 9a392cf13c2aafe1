/** Requisitions on every road to approval, with money, delegations and prices, so that the rights they take are watched too. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({ id: z.string().optional(), version: z.int().optional() });
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<z.infer<typeof Answer>>;

/** Gives one that is approved, for 2 packs, with its money. */
export const useRequisitions = async (
  callAs: CallAs,
  { site, region, gtin, today }: { site: string; region: string; gtin: string; today: string },
): Promise<string> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const year = Number(today.slice(0, 4));
  const reason = 'as the test asks';
  const price = { gtin, packPrice: 2_000_000, from: today, source: 'a list of prices' };
  await call('admin', 'saveReferencePrices', { body: { prices: [price] } });
  await call('planner', 'listReferencePrices', {});
  await call('chief', 'setBudget', { body: { year, place: region, money: 50_000_000 } });
  await call('chief', 'setBudget', { body: { year, place: region, money: 60_000_000, was: 50_000_000 } });
  await call('chief', 'setBudget', { body: { year, place: site, money: 90_000_000 } });
  await call('auditor', 'listBudgets', { query: { year: String(year) } });
  await call('chief', 'nameApprovers', { body: { region, persons: ['approver'], version: 0 } });
  await call('auditor', 'listApprovers', {});
  await call('chief', 'listDeputies', {});
  await call('chief', 'delegateApproval', { body: { to: 'approver', from: today, until: today } });
  await call('auditor', 'listDelegations', {});

  const drafted = async () => {
    const body = { site, kind: 'by-hand', lines: [{ gtin, packs: 2 }] };
    const { id = '' } = await call('warehouse', 'createRequisition', { body });
    return { id };
  };
  const step = (who: string, name: string, params: { id: string }, version: number, more: object = {}) =>
    call(who, name, { params, body: { version, ...more } });

  const params = await drafted();
  const lines = [{ line: 1, packs: 3 }];
  await step('warehouse', 'changeRequisition', params, 1, { lines });
  await step('warehouse', 'submitRequisition', params, 2);
  await step('warehouse', 'reopenRequisition', params, 3);
  await step('warehouse', 'submitRequisition', params, 4);
  await step('planner', 'authoriseRequisition', params, 5);
  await call('planner', 'readApproval', { params });
  await call('approver', 'readApproval', { params, query: { instead: 'chief' } });
  await step('approver', 'approveRequisition', params, 6, { instead: 'chief' });
  await call('planner', 'readNeeds', { query: { state: 'approved' } });
  await step('planner', 'raiseRequisition', params, 7, { value: 7_000_000, reason });
  await step('chief', 'approveRequisition', params, 8);
  await step('chief', 'rejectRequisition', params, 9, { reason });
  await step('warehouse', 'skipRequisition', await drafted(), 1, { reason });
  await call('chief', 'endDelegation', {});
  await call('chief', 'settleBudgets', {});
  await call('warehouse', 'listRequisitions', { query: { site } });
  await call('planner', 'listRequisitions', { query: { state: 'submitted' } });
  await call('auditor', 'readRequisition', { params });
  await call('auditor', 'readRequisitionLine', { params: { ...params, line: '1' } });
  const left = await drafted();
  await step('warehouse', 'submitRequisition', left, 1);
  await step('planner', 'authoriseRequisition', left, 2);
  await step('approver', 'approveRequisition', left, 3);
  return left.id;
};
