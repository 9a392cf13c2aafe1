/** The formulary as anybody signed in may read it: page by page, by a search, or whole, for a device to keep. */
import { createHash } from 'node:crypto';
import type { Medicine } from '@darmon/domain/medicine';
import { type MedicineSearch, makeMedicineSearch } from '@darmon/domain/medicine-search';
import { Refusal } from '@darmon/domain/refusal';
import type { PageRequest } from '@darmon/table/page';
import * as z from 'zod';
import type { Deps } from './deps.ts';

type FormularyDeps = Pick<Deps, 'table'>;

export interface MedicinePage {
  readonly items: readonly Medicine[];
  readonly next?: string;
  /** True where nothing begins as asked for, and the items differ from it by a letter. */
  readonly resembling?: true;
}

/** The same array is the same formulary: the table reads a version once. */
const searches = new WeakMap<readonly Medicine[], MedicineSearch>();

const searchIn = (medicines: readonly Medicine[]): MedicineSearch => {
  const search = searches.get(medicines) ?? makeMedicineSearch(medicines);
  searches.set(medicines, search);
  return search;
};

/** `of` names what was found, so that a cursor continues the same list and no other; `after` is a code. */
const Cursor = z.object({ of: z.string(), after: z.string() });

const decoded = (cursor: string): z.infer<typeof Cursor> | undefined => {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
};

const pageSize = 50;

/** @throws Refusal `bad-cursor` for the cursor of another search, or of this one before the formulary changed */
const pageOf = (found: readonly Medicine[], { cursor, limit = pageSize }: PageRequest) => {
  const of = createHash('sha256')
    .update(found.map(({ code }) => code).join())
    .digest('base64url')
    .slice(0, 16);
  const start = cursor === undefined ? undefined : decoded(cursor);
  const from = cursor === undefined ? 0 : found.findIndex(({ code }) => start?.of === of && code === start.after) + 1;
  if (cursor !== undefined && from === 0) throw new Refusal('bad-cursor');
  const items = found.slice(from, from + limit);
  const after = from + limit < found.length ? items.at(-1)?.code : undefined;
  const next = after && Buffer.from(JSON.stringify({ of, after })).toString('base64url');
  return { items, ...(next !== undefined && { next }) };
};

/**
 * The formulary by code; with `q`, what `MedicineSearch` finds, the best first.
 * @throws Refusal `bad-cursor`
 */
export const searchMedicines = async (
  deps: FormularyDeps,
  q: string | undefined,
  request: PageRequest,
): Promise<MedicinePage> => {
  if (q === undefined || q.trim() === '') return deps.table.listMedicines(request);
  const { medicines } = await deps.table.loadFormulary();
  const found = searchIn(medicines).find(q, { limit: medicines.length });
  return { ...pageOf(found.medicines, request), ...(found.resembling && { resembling: true as const }) };
};

/** The whole formulary packed and compressed, with its version; the version alone where that is `known`. */
export const readFormulary = (deps: FormularyDeps, known: string | undefined) => deps.table.loadPackedFormulary(known);
