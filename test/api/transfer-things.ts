/** Transfers in every state, of the site that a role belongs to, for the test of every role on every route. */
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}
interface Lot {
  readonly gtin: string;
  readonly lot: string;
  readonly state: string;
  readonly onHand: number;
  readonly held: number;
  readonly packUnits: number;
}

const sites = ['WH-0001', 'PH-0001'] as const;
const otherOf = (site: string): string => (site === sites[0] ? sites[1] : sites[0]);
const keeperOf = (site: string): string => (site === sites[0] ? 'warehouse' : 'pharmacist');

/** `siteOf` names the site of a role: one of the two that send each other one pack. */
export const transferThings = <Role>(cloud: () => TestCloud, siteOf: (role: Role) => string) => {
  const post = async (person: string, path: string, body: unknown): Promise<string> => {
    const answer = await cloud().api<{ id: string; code?: string }>(person, `POST ${path}`, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.body.code}`);
    return answer.body.id;
  };
  const plenty = async (site: string): Promise<Lot> => {
    const { body } = await cloud().api<{ items: Lot[] }>('auditor', `GET /api/sites/${site}/stock?limit=100`);
    const [most] = body.items
      .filter((i) => i.state === 'available')
      .sort((a, b) => b.onHand - b.held - (a.onHand - a.held));
    if (!most) throw new Error(`nothing at ${site}`);
    return most;
  };
  /** One pack asked for from a site by the other, or sent by it of its own accord. */
  const begun = async (from: string, by: 'from' | 'to') => {
    const { gtin, lot, packUnits } = await plenty(from);
    const to = otherOf(from);
    const body = { from, to, lines: [{ gtin, packs: 1 }] };
    const id = await post(keeperOf(by === 'from' ? from : to), '/api/transfers', body);
    return { id, gtin, lot, packUnits, from, to };
  };
  const picked = async (from: string) => {
    const of = await begun(from, 'from');
    const { id, gtin, lot, packUnits: quantity } = of;
    const body = { picks: [{ line: 1, gtin, lot, quantity }], reason: 'the nearest' };
    await post(keeperOf(from), `/api/transfers/${id}/picks`, body);
    return of;
  };
  const shipped = async (from: string) => {
    const of = await picked(from);
    await post(keeperOf(from), `/api/transfers/${of.id}/ship`, {});
    return of;
  };
  const things = {
    requestTransfer: async (role) => {
      const from = otherOf(siteOf(role));
      const { gtin } = await plenty(from);
      return { params: {}, body: { from, to: siteOf(role), lines: [{ gtin, packs: 1 }] } };
    },
    listTransfers: async () => ({ params: { query: 'role=sender' } }),
    readTransfer: async (role) => ({ params: { id: (await begun(siteOf(role), 'to')).id } }),
    approveTransfer: async (role) => ({ params: { id: (await begun(siteOf(role), 'to')).id }, body: {} }),
    refuseTransfer: async (role) => ({
      params: { id: (await begun(siteOf(role), 'to')).id },
      body: { reason: 'kept for the region' },
    }),
    cancelTransfer: async (role) => ({
      params: { id: (await begun(siteOf(role), 'from')).id },
      body: { reason: 'no longer needed' },
    }),
    readPickList: async (role) => ({ params: { id: (await begun(siteOf(role), 'from')).id } }),
    pickTransfer: async (role) => {
      const { id, gtin, lot, packUnits: quantity } = await begun(siteOf(role), 'from');
      return { params: { id }, body: { picks: [{ line: 1, gtin, lot, quantity }], reason: 'the nearest' } };
    },
    undoPick: async (role) => {
      const { id, gtin, lot } = await picked(siteOf(role));
      return { params: { id }, body: { line: 1, gtin, lot } };
    },
    shipTransfer: async (role) => ({ params: { id: (await picked(siteOf(role))).id }, body: {} }),
    receiveTransfer: async (role) => {
      const { id, gtin, lot, packUnits: quantity } = await shipped(otherOf(siteOf(role)));
      return {
        params: { id },
        body: { lines: [{ gtin, lot, quantity }], arrival: { celsius: 5 }, final: true },
      };
    },
    returnTransfer: async (role) => {
      const { id, gtin, lot, packUnits: quantity } = await shipped(siteOf(role));
      return { params: { id }, body: { lines: [{ gtin, lot, quantity }], reason: 'left on the ramp' } };
    },
  } satisfies Record<string, (role: Role) => Promise<Thing>>;
  return things;
};
