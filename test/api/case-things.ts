/** What is asked of cases, for the test of every role on every route. */
import { leaveCase } from '../support/cases.ts';
import type { TestCloud } from '../support/cloud.ts';

export const caseThings = (cloud: () => TestCloud) => {
  const open = () => leaveCase(cloud().dynamodb, cloud().table);
  return {
    listCases: async () => ({ params: { query: 'state=open' } }),
    readCase: async () => ({ params: { id: await open() } }),
    stepCase: async () => ({ params: { id: await open() }, body: { step: 'note', text: 'a test of roles' } }),
  };
};
