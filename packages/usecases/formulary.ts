/** The formulary as anybody signed in may read it. */
import type { Medicine } from '@darmon/domain/medicine';
import type { PageRequest } from '@darmon/table/page';
import type { Deps } from './deps.ts';

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s/+,()-]+/)
    .filter(Boolean);
const wordsOf = (m: Medicine): string[] =>
  [m.code, m.inn, m.innRu, m.innUz, ...m.packs.map((p) => p.brand)].flatMap(wordsIn);

/**
 * The formulary; with `q`, medicines in which every word asked for begins a word of INN (Latin or Cyrillic), brand or
 * code. What a search finds is one page.
 */
export const searchMedicines = async (deps: Pick<Deps, 'table'>, q: string | undefined, request: PageRequest) => {
  const wanted = wordsIn(q ?? '');
  if (wanted.length === 0) return deps.table.listMedicines(request);
  const limit = request.limit ?? 50;
  const items: Medicine[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listMedicines({ cursor, limit: 100 });
    items.push(...page.items.filter((m) => wanted.every((w) => wordsOf(m).some((word) => word.startsWith(w)))));
    cursor = page.next;
  } while (cursor !== undefined && items.length < limit);
  return { items: items.slice(0, limit) };
};
