/** Use, imports of use and plans in the state that a route needs, for the site that a role belongs to. */
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

/** A site with a short shelf, for what takes as long as a shelf is. */
const small = 'PH-0003';

/** One sound row, of a month that the demo country knows nothing of. */
const pastPart = { from: 0, rows: [{ medicine: 'PARA500TAB', period: '2019-01', quantity: 10 }] };

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
  /** An import of one row, of the site that the role belongs to; loaded where it is to be kept. */
  const broughtIn = async (role: Role, isLoaded: boolean): Promise<string> => {
    const site = siteOf(role);
    const by = site.startsWith('PH') ? 'pharmacist' : 'warehouse';
    const { body } = await cloud().api<{ id: string }>(by, 'POST /api/consumption/imports', {
      body: { site, rows: 1, name: 'sarf.csv' },
    });
    if (isLoaded) await cloud().api(by, `POST /api/consumption/imports/${body.id}/parts`, { body: pastPart });
    return body.id;
  };
  const things: Record<string, (role: Role) => Promise<Thing>> = {
    startPastImport: async (role) => ({ params: {}, body: { site: siteOf(role), rows: 1, name: 'sarf.csv' } }),
    loadPastPart: async (role) => ({ params: { id: await broughtIn(role, false) }, body: pastPart }),
    readPastImport: async (role) => ({ params: { id: await broughtIn(role, true) } }),
    keepPastImport: async (role) => ({ params: { id: await broughtIn(role, true) }, body: {} }),
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
    planMedicineNow: async (role) => {
      const site = siteOf(role);
      return { params: { site, medicine: await medicineAt(site) } };
    },
    readPlanLine: async (role) => {
      const site = siteOf(role);
      return { params: { site, medicine: await medicineAt(site) } };
    },
  };
  return things;
};
