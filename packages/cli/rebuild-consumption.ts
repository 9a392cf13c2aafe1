// `darmon rebuild-consumption`: has a running Darmon reckon what sites used anew from their ledgers, and says of each
// site how many months had been kept otherwise.

import * as z from 'zod';

/** What the API refused, or did not say in its own shape. */
export class CallRefusal extends Error {}

export interface RebuildOptions {
  /** Where Darmon answers, such as http://127.0.0.1:4000. */
  readonly url: string;
  /** A bearer token of a planner or an administrator. */
  readonly token: string;
  /** All sites with a shelf where none is named. */
  readonly sites: readonly string[];
  /** Since this month (YYYY-MM); absent: since the beginning. */
  readonly from?: string | undefined;
  /** Hears how far it is, for a person. */
  readonly progress: (line: string) => void;
}

/** A site whose kept use now is what its ledger says; `equal` where it was so before, `mended` months were not. */
export interface RebuiltLine {
  readonly site: string;
  readonly through?: string;
  readonly mended: number;
  readonly equal: boolean;
}
export interface UnbuiltLine {
  readonly site: string;
  readonly refused: string;
}

const Rebuilt = z.object({
  done: z.boolean(),
  mended: z.int(),
  through: z.string().optional(),
  after: z.string().optional(),
});
const Sites = z.object({
  items: z.array(z.object({ id: z.string(), kind: z.string(), active: z.boolean() })),
  next: z.string().optional(),
});
const Problem = z.object({ code: z.string() });

const kindsWithShelf = new Set(['pharmacy', 'warehouse']);

const caller = ({ url, token }: RebuildOptions) => {
  const ask = async <T>(method: 'GET' | 'POST', path: string, shape: z.ZodType<T>, body?: object): Promise<T> => {
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const read: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw new CallRefusal(Problem.safeParse(read).data?.code ?? `status ${answer.status}`);
    const { data } = shape.safeParse(read);
    if (data === undefined) throw new CallRefusal('the answer is not one of Darmon');
    return data;
  };
  return ask;
};

const shelvesOf = async (ask: ReturnType<typeof caller>): Promise<string[]> => {
  const found: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const query = new URLSearchParams({ limit: '100', ...(cursor !== undefined && { cursor }) });
    const { items, next } = await ask('GET', `/api/sites?${query}`, Sites);
    found.push(...items.filter(({ kind, active }) => active && kindsWithShelf.has(kind)).map(({ id }) => id));
    cursor = next;
  }
  return found;
};

/**
 * Rebuilds site by site, a few seconds a call, until each is done; one line a site. A site that is refused stops no
 * other.
 * @throws {CallRefusal} where the sites cannot be listed
 */
export async function* rebuildConsumption(options: RebuildOptions): AsyncGenerator<RebuiltLine | UnbuiltLine> {
  const { sites, from, progress } = options;
  const ask = caller(options);
  const wanted = sites.length > 0 ? sites : await shelvesOf(ask);
  for (const [i, site] of wanted.entries()) {
    progress(`${site} (${i + 1} of ${wanted.length})`);
    try {
      for (let mended = 0; ; ) {
        const path = `/api/sites/${encodeURIComponent(site)}/consumption/rebuild`;
        const step = await ask('POST', path, Rebuilt, from === undefined ? {} : { from });
        mended += step.mended;
        if (step.done) {
          yield { site, ...(step.through !== undefined && { through: step.through }), mended, equal: mended === 0 };
          break;
        }
        progress(`${site}: medicines through ${step.after ?? 'none yet'}`);
      }
    } catch (error) {
      if (!(error instanceof CallRefusal)) throw error;
      yield { site, refused: error.message };
    }
  }
}
