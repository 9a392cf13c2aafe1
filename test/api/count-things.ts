/** Counts and opening balances at the site of a role, for the test of every role on every route. */
import { randomUUID } from 'node:crypto';
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

/** `siteOf` names the site of a role. */
export const countThings = <Role>(cloud: () => TestCloud, siteOf: (role: Role) => string) => {
  const keeperOf = (site: string): string => (site.startsWith('PH') ? 'pharmacist' : 'warehouse');
  const scope = { kind: 'medicines', medicines: ['PARA500TAB'] };
  /** The count that is open at the site, begun where none is: one runs at a time. */
  const counted = async (role: Role): Promise<{ site: string; id: string }> => {
    const site = siteOf(role);
    const list = await cloud().api<{ items: { id: string; state: string }[] }>(
      'auditor',
      `GET /api/sites/${site}/counts`,
    );
    const open = list.body.items.find((c) => c.state === 'open');
    if (open) return { site, id: open.id };
    const { status, body } = await cloud().api<{ id: string; code?: string }>(
      keeperOf(site),
      `POST /api/sites/${site}/counts`,
      { body: { scope, blind: true } },
    );
    if (status !== 201) throw new Error(`count: ${body.code}`);
    return { site, id: body.id };
  };
  const row = () => ({ medicine: 'PARA500TAB', lot: randomUUID().slice(0, 8), expiryDate: '2029-12-31', packs: 1 });
  const wanted = { kind: 'opening', rows: 1, name: 'opening.csv' };
  const imported = async (role: Role): Promise<{ site: string; id: string }> => {
    const site = siteOf(role);
    const { body } = await cloud().api<{ id: string }>(keeperOf(site), `POST /api/sites/${site}/imports`, {
      body: wanted,
    });
    return { site, id: body.id };
  };
  const things = {
    startCount: async (role) => ({ params: { site: siteOf(role) }, body: { scope, blind: false } }),
    listCounts: async (role) => ({ params: { site: siteOf(role) } }),
    readCount: async (role) => ({ params: await counted(role) }),
    advanceCount: async (role) => ({ params: await counted(role) }),
    enterCounts: async (role) => ({
      params: await counted(role),
      body: { entries: [{ gtin: '09521020199013', lot: 'NOSUCH', counted: 1 }] },
    }),
    postCount: async (role) => ({ params: await counted(role), body: { reasons: [] } }),
    cancelCount: async (role) => ({ params: await counted(role), body: { reason: 'only trying' } }),
    startImport: async (role) => ({ params: { site: siteOf(role) }, body: wanted }),
    loadImportPart: async (role) => ({ params: await imported(role), body: { from: 0, rows: [row()] } }),
    readImport: async (role) => ({ params: await imported(role) }),
    postImport: async (role) => ({ params: await imported(role), body: {} }),
  } satisfies Record<string, (role: Role) => Promise<Thing>>;
  return things;
};
