/** Use and plans in the state that a route needs, for the site that a role belongs to. */
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

/** A site with a short shelf, for what takes as long as a shelf is. */
const small = 'PH-0003';

export const planThings = <Role>(cloud: () => TestCloud, siteOf: (role: Role) => string) => {
  const planned = new Map<string, Promise<void>>();
  /** Planned once; what a try leaves undone the next one goes on with. */
  const plan = (site: string): Promise<void> => {
    const before = planned.get(site);
    if (before) return before;
    const made = (async () => {
      for (let tries = 0; tries < 20; tries += 1) {
        const { status } = await cloud().api('planner', `POST /api/sites/${site}/plan`, { body: {} });
        if (status === 200) return;
      }
      throw new Error(`${site} cannot be planned`);
    })();
    planned.set(site, made);
    return made;
  };
  const medicineAt = async (site: string): Promise<string> => {
    const { body } = await cloud().api<{ items: { medicine: string }[] }>(
      'auditor',
      `GET /api/sites/${site}/stock?limit=1`,
    );
    return body.items[0]?.medicine ?? '';
  };
  const things: Record<string, (role: Role) => Promise<Thing>> = {
    readConsumption: async (role) => {
      const site = siteOf(role);
      return { params: { site, query: `medicine=${await medicineAt(site)}` } };
    },
    rebuildConsumption: async () => ({ params: { site: small }, body: {} }),
    listPlans: async () => ({ params: {} }),
    listSuggestedTransfers: async () => ({ params: { query: 'region=UZ-TK' } }),
    workOnPlans: async () => ({ params: {}, body: {} }),
    planNow: async () => ({ params: { site: small }, body: {} }),
    readPlan: async (role) => {
      await plan(siteOf(role));
      return { params: { site: siteOf(role) } };
    },
    readPlanLine: async (role) => {
      const site = siteOf(role);
      return { params: { site, medicine: await medicineAt(site) } };
    },
  };
  return things;
};
