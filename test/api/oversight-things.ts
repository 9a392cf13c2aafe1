/** Closed months in the state that a route needs, and what auditors read beside, for the test of every role on every route. */
import type { TestCloud } from '../support/cloud.ts';
import { caseThings } from './case-things.ts';
import { logThings } from './log-things.ts';

const contents = 'A'.repeat(43);

export const oversightThings = (cloud: () => TestCloud) => {
  /** The month that is closed for all of them, once. */
  let closed: Promise<string> | undefined;
  const month = (): Promise<string> => {
    closed ??= (async () => {
      const { body } = await cloud().api<{ upcoming: { month: string } }>('auditor', 'GET /api/periods');
      await cloud().api('auditor', 'POST /api/periods', { body: body.upcoming });
      return body.upcoming.month;
    })();
    return closed;
  };
  const ofMonth =
    (body?: unknown, more: Record<string, string> = {}) =>
    async () => ({
      params: { month: await month(), ...more },
      ...(body !== undefined && { body }),
    });
  const nothing = async () => ({ params: {} });
  return {
    ...caseThings(cloud),
    ...logThings(cloud),
    listFeedback: nothing,
    listSignals: nothing,
    readPolicies: nothing,
    readPolicyHistory: nothing,
    tellClock: async () => ({ params: {}, body: { device: '5f1d0a3c9be247d8', at: new Date().toISOString() } }),
    listPeriods: nothing,
    freezePeriod: async () => ({ params: {}, body: { month: await month() } }),
    readPeriod: ofMonth(),
    readPackage: ofMonth(),
    reviewPeriod: ofMonth({ contents, answers: [] }),
    signPeriod: ofMonth({ contents }),
    submitPeriod: ofMonth({}),
    correctPeriod: ofMonth({ reason: 'a test of roles' }),
    readPeriodFile: ofMonth(undefined, { name: 'write-offs.csv' }),
  };
};
