/** What is asked of cases, for the test of every role on every route. */
import { leaveCase } from '../support/cases.ts';
import type { TestCloud } from '../support/cloud.ts';

export const caseThings = (cloud: () => TestCloud) => {
  const open = () => leaveCase(cloud().dynamodb, cloud().table);
  const taken = async () => {
    const id = await open();
    await cloud().api('auditor', `POST /api/cases/${id}/take`, { body: {} });
    return id;
  };
  const founded = { outcome: 'confirmed', reason: 'a test of roles' };
  return {
    listCases: async () => ({ params: { query: 'state=open' } }),
    readCase: async () => ({ params: { id: await open() } }),
    takeCase: async () => ({ params: { id: await open() }, body: {} }),
    noteCase: async () => ({ params: { id: await open() }, body: { text: 'a test of roles' } }),
    decideCase: async () => ({ params: { id: await taken() }, body: founded }),
    reopenCase: async () => {
      const id = await taken();
      await cloud().api('auditor', `POST /api/cases/${id}/decision`, { body: founded });
      return { params: { id }, body: { reason: 'a test of roles' } };
    },
  };
};
