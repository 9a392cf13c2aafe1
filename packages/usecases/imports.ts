/** Opening balances of many rows: judged as they come, part by part, and posted only when all of them are sound. */
import type { Actor } from '@darmon/domain/actor';
import { isControlled } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import type { Posting, PostingLine } from '@darmon/domain/posting';
import { arrivingState } from '@darmon/domain/receiving';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { type BlockedState, lotName } from '@darmon/domain/stock';
import {
  chunksOfImport,
  firstChunkOf,
  type ImportProblem,
  type ImportRow,
  importChunkRows,
  packOfRow,
  type ReadRow,
  readImportRow,
  repeatedRows,
  rowsOfPart,
  shownProblems,
  unitsOfRow,
} from '@darmon/domain/stock-import';
import { instant } from '@darmon/domain/time';
import type { ImportItem, ImportPart } from '@darmon/table/import-items';
import type { KnownPack, LotItem } from '@darmon/table/stock-items';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadAccount, loadStanding } from './deps.ts';

type Trouble = Omit<ImportProblem, 'row'>;

/** An import of the site. @throws Refusal `not-found`, also for another site's */
const loadOwn = async (deps: Deps, site: string, id: string): Promise<ImportItem> => {
  const item = await deps.table.loadImport(id);
  if (!item || item.site !== site) throw new Refusal('not-found');
  return item;
};

/**
 * Begins an import; nothing counts before it is posted.
 * @throws Refusal of standing, `key-reused`
 */
export const startImport = (
  deps: Deps,
  actor: Actor,
  input: { site: string; kind: 'opening'; rows: number; name: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const id = deps.id();
      const { site, kind, rows, name } = input;
      const event = eventOf(deps, actor, 'import-opened', now, { import: id, site, kind, rows });
      await deps.table.commitImport(
        { id, site, kind, rows, name, state: 'loading', version: 1, person: actor.person, at: instant(now) },
        changeOf(event, now, once, { status: 201, reference: id, answer: { id } }),
      );
      return { status: 201, body: { id } };
    },
    asAnswered<{ id: string }>,
  );

/** A row that means a pack and so many units of it. */
interface Meant {
  readonly row: ReadRow;
  readonly pack: KnownPack;
  readonly units: number;
}
const isTrouble = <T>(value: T | Trouble): value is Trouble =>
  typeof value === 'object' && value !== null && 'code' in value && 'facts' in value;

/** What each row means by itself and by the formulary; nothing where something is wrong with it. */
const readRows = async (deps: Deps, rows: readonly ImportRow[]) => {
  const read = rows.map(readImportRow);
  const values = read.flatMap((r) => (r.read ? [r.read] : []));
  const { packs, packsOf } = await deps.table.loadImportPacks(
    values.flatMap((v) => (v.gtin === undefined ? [] : [v.gtin])),
    [...new Set(values.flatMap((v) => (v.medicine === undefined ? [] : [v.medicine])))],
  );
  return read.map(({ read: row, troubles }): { meant?: Meant; troubles: readonly Trouble[] } => {
    if (!row) return { troubles };
    const found = packOfRow(row, packs, packsOf);
    if (isTrouble(found)) return { troubles: [found] };
    const units = unitsOfRow(row, found);
    return isTrouble(units) ? { troubles: [units] } : { meant: { row, pack: found, units }, troubles: [] };
  });
};

/** What speaks against a row by the lot: another date in the country, or books of it here. */
const lotTroubles = (row: ReadRow, lot: LotItem | undefined, here: boolean): Trouble[] => {
  if (lot && lot.expiryDate !== row.expiryDate)
    return [{ field: 'expiryDate', code: 'expiry-mismatch', facts: { expiryDate: lot.expiryDate } }];
  return here ? [{ field: 'lot', code: 'lot-known-here', facts: { lot: row.lot } }] : [];
};

/** The line that posts a row. What quality control has to release is not free before it did. */
const lineOf = (
  { row, pack, units }: Meant,
  line: number,
  around: { site: Site | undefined; place: string; lot: LotItem | undefined; blocked: BlockedState | undefined },
): PostingLine => {
  const { place, site, lot, blocked } = around;
  const arriving = arrivingState({
    blocked,
    recalled: lot?.state === 'recalled',
    outOfLimits: false,
    needsRelease: pack.qualityRelease === true && !lot?.released,
  });
  return {
    line,
    entries: [
      {
        place,
        medicine: pack.medicine,
        gtin: pack.gtin,
        lot: row.lot,
        expiryDate: row.expiryDate,
        kind: 'opening',
        quantity: units,
        lotState: lot?.state ?? 'available',
        row: {
          brand: pack.brand,
          packUnits: pack.units,
          ...arriving,
          ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
          ...(row.packPrice !== undefined && { packPrice: row.packPrice }),
          ...(row.zone !== undefined && { zone: row.zone }),
          ...(row.shelf !== undefined && { shelf: row.shelf }),
          ...(site?.kind === 'pharmacy' && { region: site.region }),
        },
        ...(isControlled(pack.class) && { controlled: true }),
      },
    ],
  };
};

/**
 * Takes a part of an import in place of what came for the same rows before, and says what is wrong with each row.
 * @throws Refusal of standing, `not-found`, `import-invalid` where the part has not the rows that it must have,
 * `document-closed` where the import is posted
 */
export const loadImportPart = async (
  deps: Deps,
  actor: Actor,
  input: { site: string; id: string; from: number; rows: readonly ImportRow[] },
) => {
  await loadStanding(deps, actor);
  const { site, id, from, rows } = input;
  const item = await loadOwn(deps, site, id);
  if (item.state !== 'loading') throw new Refusal('document-closed');
  const wanted = rowsOfPart(from, item.rows);
  if (rows.length !== wanted) throw refuseAt('import-invalid', '/rows', { rows: Math.max(0, wanted) });

  const read = await readRows(deps, rows);
  const meant = read.flatMap((r) => (r.meant ? [r.meant] : []));
  const names = meant.map(({ row, pack }) => ({
    site,
    medicine: pack.medicine,
    gtin: pack.gtin,
    lot: row.lot,
    expiryDate: row.expiryDate,
  }));
  const around = await deps.table.loadImportLots(site, names);
  const ofMeant = new Map(meant.map((m, i) => [m, { lot: around.lots[i], here: around.here[i] === true }] as const));

  const rowNames = read.map(({ meant: m }) => (m ? lotName({ gtin: m.pack.gtin, lot: m.row.lot }) : undefined));
  const problems: ImportProblem[] = read.flatMap(({ meant: m, troubles }, i) => {
    const known = m && ofMeant.get(m);
    const all = m && known ? lotTroubles(m.row, known.lot, known.here) : troubles;
    return all.map((trouble) => ({ row: from + i, ...trouble }));
  });
  problems.push(
    ...repeatedRows(rowNames).map((p) => ({ ...p, row: from + p.row, facts: { row: from + Number(p.facts.row) } })),
  );
  problems.sort((a, b) => a.row - b.row);

  const part: ImportPart = {
    from,
    count: rows.length,
    names: rowNames.map((name) => name ?? ''),
    problems: problems.slice(0, shownProblems),
    problemCount: problems.length,
  };
  const lines = meant.map((m, i) =>
    lineOf(m, from + i + 1, {
      site: around.site,
      place: site,
      lot: ofMeant.get(m)?.lot,
      blocked: around.blocked.get(lotName({ gtin: m.pack.gtin, lot: m.row.lot })),
    }),
  );
  // chunks of a part that is not sound would never be posted
  const chunks = problems.length > 0 ? [] : chunksOf(lines, firstChunkOf(from));
  await deps.table.commitImportPart(id, part, chunks);
  return { received: rows.length, problems: part.problems };
};

const chunksOf = (lines: readonly PostingLine[], first: number) =>
  Array.from({ length: Math.ceil(lines.length / importChunkRows) }, (_, i) => ({
    n: first + i,
    lines: lines.slice(i * importChunkRows, (i + 1) * importChunkRows),
  }));

/** What is wrong with the whole: in its parts, and between them. */
const problemsOf = (parts: readonly ImportPart[]): { problems: ImportProblem[]; count: number } => {
  const names: (string | undefined)[] = [];
  for (const part of parts) for (const [i, name] of part.names.entries()) names[part.from + i] = name || undefined;
  const told = new Set(parts.flatMap((p) => p.problems.map(({ row, code }) => `${row} ${code}`)));
  const between = repeatedRows(Array.from(names)).filter(({ row, code }) => !told.has(`${row} ${code}`));
  const problems = [...parts.flatMap((p) => p.problems), ...between].sort((a, b) => a.row - b.row);
  return {
    problems: problems.slice(0, shownProblems),
    count: parts.reduce((sum, p) => sum + p.problemCount, between.length),
  };
};

const viewOf = (item: ImportItem, parts: readonly ImportPart[], { problems, count }: ReturnType<typeof problemsOf>) => {
  const received = parts.reduce((sum, p) => sum + p.count, 0);
  const { id, kind, name, rows, state } = item;
  return {
    id,
    kind,
    name,
    rows,
    state: state === 'loading' && received === rows && count === 0 ? ('ready' as const) : state,
    received,
    problemCount: count,
    problems,
    ...(state !== 'loading' && { posting: id }),
  };
};
type ImportView = ReturnType<typeof viewOf>;

/** @throws Refusal `account-closed`, `not-found`, also for another site's */
export const readImport = async (deps: Deps, actor: Actor, input: { site: string; id: string }) => {
  await loadAccount(deps, actor);
  const item = await loadOwn(deps, input.site, input.id);
  // what is posted was sound, and its parts may be forgotten
  if (item.state !== 'loading') return { ...viewOf(item, [], { problems: [], count: 0 }), received: item.rows };
  const parts = await deps.table.loadImportParts(item.id);
  return viewOf(item, parts, problemsOf(parts));
};

/** Lots that came onto the books of the site since their rows were judged. */
const nowKnown = async (deps: Deps, site: string, parts: readonly ImportPart[]): Promise<ImportProblem[]> => {
  const here = await deps.table.listLotNames(site);
  return parts.flatMap((part) =>
    part.names.flatMap((name, i): ImportProblem[] =>
      here.has(name)
        ? [
            {
              row: part.from + i,
              field: 'lot',
              code: 'lot-known-here',
              facts: { lot: name.slice(name.indexOf('#') + 1) },
            },
          ]
        : [],
    ),
  );
};

/**
 * Takes the whole import into the ledger, in chunks that follow; `/api/jobs` says how far it is. A lot that comes onto
 * the books of the site while they do is left out and told.
 * @throws Refusal of standing, `not-found`, `import-invalid` with the first rows that are missing or wrong,
 * `document-closed` where it was posted before, `key-reused`
 */
export const postImport = (deps: Deps, actor: Actor, input: { site: string; id: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const item = await loadOwn(deps, input.site, input.id);
      if (item.state !== 'loading') throw new Refusal('document-closed');
      const parts = await deps.table.loadImportParts(item.id);
      const own = problemsOf(parts);
      const problems = own.count > 0 ? own.problems : await nowKnown(deps, item.site, parts);
      const received = parts.reduce((sum, p) => sum + p.count, 0);
      if (received !== item.rows || problems.length > 0)
        throw new Refusal(
          'import-invalid',
          { rows: item.rows, received, problems: Math.max(own.count, problems.length) },
          problems.slice(0, 100).map(({ row, field, code }) => ({ pointer: `/rows/${row}/${field}`, detail: code })),
        );
      const posting: Posting = {
        id: item.id,
        kind: 'opening',
        site: item.site,
        document: item.id,
        after: 'posted',
        person: actor.person,
        role: actor.role,
        at: instant(now),
        lines: item.rows,
        chunks: chunksOfImport(item.rows),
        done: 0,
        linesDone: 0,
        problems: [],
      };
      const body: ImportView = viewOf({ ...item, state: 'posting' }, parts, { problems: [], count: 0 });
      const event = eventOf(deps, actor, 'import-posted', now, { import: item.id, posting: item.id, of: item.rows });
      await deps.table.commitImportPosting(
        item,
        posting,
        changeOf(event, now, once, { status: 202, reference: item.id, answer: body }),
      );
      return { status: 202, body };
    },
    asAnswered<ImportView>,
  );
