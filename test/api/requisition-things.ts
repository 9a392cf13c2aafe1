/** Requisitions in every state, of the site that a role belongs to, for the test of every role on every route. */
import { tashkentDay } from '@darmon/domain/time';
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

/** `siteOf` names the site of a role; the warehouse's people and the pharmacy's keep the two there are. */
export const requisitionThings = <Role extends string>(cloud: () => TestCloud, siteOf: (role: Role) => string) => {
  const post = async (person: string, path: string, body: unknown): Promise<string> => {
    const answer = await cloud().api<{ id: string; code?: string }>(person, `POST ${path}`, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.code}`);
    return answer.body.id;
  };
  const pack = async (site: string): Promise<string> => {
    const { body } = await cloud().api<{ items: { gtin: string }[] }>(
      'auditor',
      `GET /api/sites/${site}/stock?limit=1`,
    );
    return body.items[0]?.gtin ?? '';
  };
  const wanted = async (role: Role) => {
    const site = siteOf(role);
    const lines = [{ gtin: await pack(site), packs: 2, packPrice: 1_000_000, why: reason }];
    return { site, kind: 'by-hand', lines };
  };
  const drafted = async (role: Role) => ({ id: await post('planner', '/api/requisitions', await wanted(role)) });
  const submitted = async (role: Role) => {
    const params = await drafted(role);
    await post('planner', `/api/requisitions/${params.id}/submit`, { version: 1 });
    return params;
  };
  const today = tashkentDay(Date.now());
  const delegation = { to: 'planner', from: today, until: today };
  const reason = 'as the test asks';
  const things = {
    createRequisition: async (role) => ({ params: {}, body: await wanted(role) }),
    listRequisitions: async (role) => ({ params: { query: `site=${siteOf(role)}` } }),
    readRequisition: async (role) => ({ params: await drafted(role) }),
    readRequisitionLine: async (role) => ({ params: { ...(await drafted(role)), line: '1' } }),
    changeRequisition: async (role) => ({
      params: await drafted(role),
      body: { version: 1, lines: [{ line: 1, packs: 3, why: reason }] },
    }),
    submitRequisition: async (role) => ({ params: await drafted(role), body: { version: 1 } }),
    authoriseRequisition: async (role) => ({ params: await submitted(role), body: { version: 2 } }),
    approveRequisition: async (role) => ({ params: await submitted(role), body: { version: 2 } }),
    rejectRequisition: async (role) => ({ params: await submitted(role), body: { version: 2, reason } }),
    raiseRequisition: async (role) => ({ params: await drafted(role), body: { version: 1, value: 1, reason } }),
    skipRequisition: async (role) => ({ params: await drafted(role), body: { version: 1, reason } }),
    reopenRequisition: async (role) => ({ params: await submitted(role), body: { version: 2 } }),
    readNeeds: async () => ({ params: { query: 'state=approved' } }),
    readApproval: async (role) => ({ params: await submitted(role) }),
    listBudgets: async () => ({ params: { query: 'year=2026' } }),
    setBudget: async () => ({ params: {}, body: { year: 2030, place: 'UZ-TK', money: 1, was: 77 } }),
    settleBudgets: async () => ({ params: {} }),
    listDelegations: async () => ({ params: {} }),
    listDeputies: async () => ({ params: {} }),
    delegateApproval: async () => ({ params: {}, body: delegation }),
    endDelegation: async (role) => {
      if (role === 'approver' || role === 'chief') await post(role, '/api/delegations', delegation);
      return { params: {} };
    },
    listApprovers: async () => ({ params: {} }),
    nameApprovers: async () => ({ params: {}, body: { region: 'UZ-TK', persons: [], version: 77 } }),
    listReferencePrices: async () => ({ params: {} }),
    saveReferencePrices: async () => ({
      params: {},
      body: { prices: [{ gtin: await pack('WH-0001'), packPrice: 900_000_000, from: today, source: 'a test' }] },
    }),
  } satisfies Record<string, (role: Role) => Promise<Thing>>;
  return things;
};
