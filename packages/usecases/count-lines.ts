/** Lines of a count as they are made, entered, shown and put right, each with the row that it speaks of. */
import {
  type CountLine,
  type CountState,
  differenceOf,
  frozenLine,
  isOvertaken,
  movementsSince,
  type PutRight,
  reasonText,
} from '@darmon/domain/count';
import type { Movement } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import type { Entry } from '@darmon/domain/posting';
import { arrivingState } from '@darmon/domain/receiving';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { lotName, onHandOf, stockValue } from '@darmon/domain/stock';
import { dayMs } from '@darmon/domain/time';
import type { CountItem, GivenReason } from '@darmon/table/count-items';
import type { LedgerRow } from '@darmon/table/stock-items';
import type { Deps } from './deps.ts';

export const rowNameOf = (site: string, line: Pick<CountLine, 'medicine' | 'expiryDate' | 'gtin' | 'lot'>) => ({
  site,
  medicine: line.medicine,
  expiryDate: line.expiryDate,
  gtin: line.gtin,
  lot: line.lot,
});

/** A movement that was committed as the book was frozen can count so much earlier. */
const underWayMs = 5 * 60_000;
/** No policy lets an entry be dated back further. */
const backdateMs = 32 * dayMs;

/** What changed a line since it was frozen, and how many units it came to. */
interface Since {
  readonly onHand: number;
  readonly movements: readonly Movement[];
  /** Something was dated back under what was counted. */
  readonly overtaken: boolean;
}

/** Reads what moved under lines of an open count; only those that changed are looked into. */
export const readSince = async (deps: Deps, site: string, lines: readonly CountLine[]): Promise<Since[]> => {
  const rows = await deps.table.loadLedgerRows(lines.map((line) => rowNameOf(site, line)));
  return Promise.all(
    lines.map(async (line, i) => {
      const read = rows[i];
      const onHand = read ? onHandOf(read.row) : 0;
      const backdated = read !== undefined && read.backdates !== line.backdates;
      const overtaken = read !== undefined && isOvertaken(line, read.backdates);
      if (onHand === line.book && !backdated) return { onHand, movements: [], overtaken };
      const from = Date.parse(line.frozenAt) - (backdated ? backdateMs : underWayMs);
      const all = await deps.table.loadMovements(site, line.gtin, line.lot, from);
      return { onHand, movements: movementsSince(all, line.frozenAt, onHand - line.book), overtaken };
    }),
  );
};

/**
 * Every counted line is compared with the book that it was counted by.
 * @throws Refusal `recount-needed` where an entry was dated back under some of them since
 */
export const requireNotOvertaken = async (deps: Deps, site: string, lines: readonly CountLine[]): Promise<void> => {
  const counted = lines.filter((line) => line.counted);
  const rows = await deps.table.loadLedgerRows(counted.map((line) => rowNameOf(site, line)));
  const again = counted.filter((line, i) => isOvertaken(line, rows[i]?.backdates ?? line.backdates));
  if (again[0]) throw new Refusal('recount-needed', { lines: again.length, lot: again[0].lot });
};

/** Movements that an answer shows of a line; of more, the latest. */
const shownMovements = 20;

const worth = (units: number, { packPrice, packUnits }: CountLine): number => {
  const value = stockValue(Math.abs(units), { packUnits, ...(packPrice !== undefined && { packPrice }) });
  // never the zero below zero, which does not survive being written down
  return units < 0 ? 0 - value : value;
};

/**
 * A line as people see it. A blind count shows no figure of the book before the line is counted and need not be counted
 * again. `since` is what moved under it, while the count is open.
 */
export const lineView = (
  line: CountLine,
  count: { blind: boolean; state: CountState },
  since: Since | undefined,
  given: GivenReason | undefined,
) => {
  const { book, counted, recount: asked, version: _, frozenAt, backdates: __, ...about } = line;
  const recount = asked ?? (since?.overtaken ? ('moved' as const) : undefined);
  const hidden = count.blind && (count.state === 'open' || count.state === 'freezing') && (!counted || recount);
  const until = counted ? counted.book : (since?.onHand ?? book);
  return {
    ...about,
    frozenAt,
    ...(recount && { recount }),
    ...(counted && {
      counted: counted.quantity,
      countedAt: counted.at,
      countedBy: counted.person,
      times: counted.times,
    }),
    // the change alone tells nothing of the book
    moved: until - book,
    ...(counted && since && { movedAfter: since.onHand - counted.book }),
    movements: (since?.movements ?? [])
      .slice(-shownMovements)
      .map(({ id, at, recordedAt, kind, quantity, person }) => ({
        id,
        at: recordedAt ?? at,
        kind,
        quantity,
        person,
      })),
    ...(!hidden && {
      book,
      ...(counted && {
        bookThen: counted.book,
        difference: differenceOf(line),
        value: worth(differenceOf(line), line),
      }),
    }),
    ...(given && { reason: given.reason, ...(given.note !== undefined && { note: given.note }) }),
  };
};
export type CountLineView = ReturnType<typeof lineView>;

export interface CountEntry {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate?: string;
  readonly counted: number;
  /** When counting it began, by the clock of this system (`asOf`), not by that of the device. */
  readonly startedAt?: string;
}

/**
 * The lines that entries speak of: those of the count, and for a lot that is not among them a new one, of its row where
 * the site has one.
 * @throws Refusal `gtin-unknown`, `expiry-missing`, `expiry-mismatch`, at the entry
 */
export const linesOf = async (
  deps: Deps,
  item: CountItem,
  entries: readonly CountEntry[],
  at: string,
): Promise<{ line: CountLine; isNew: boolean }[]> => {
  const found = await deps.table.loadCountLines(item.id, entries);
  const strange = entries.flatMap((entry, i) => (found[i] ? [] : [{ entry, i }]));
  const known = strange.length > 0 ? await deps.table.loadCountLots(strange.map((s) => s.entry)) : undefined;
  const made = strange.map(({ entry, i }, k): CountLine => {
    const { gtin, lot } = entry;
    const pack = known?.packs[k];
    if (!pack) throw refuseAt('gtin-unknown', `/entries/${i}/gtin`, { gtin });
    const expiryDate = known?.known[k]?.expiryDate ?? entry.expiryDate;
    if (expiryDate === undefined) throw refuseAt('expiry-missing', `/entries/${i}/expiryDate`, { lot });
    return {
      gtin,
      lot,
      medicine: pack.medicine,
      expiryDate,
      brand: pack.brand,
      packUnits: pack.units,
      ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
      added: true,
      book: 0,
      frozenAt: at,
      backdates: 0,
      version: 0,
    };
  });
  const rows = await deps.table.loadLedgerRows(made.map((line) => rowNameOf(item.site, line)));
  const ofStrange = new Map(
    made.map((line, k) => {
      const read = rows[k];
      return [
        lotName(line),
        read ? { ...frozenLine(read.row, read.backdates, at), added: true as const } : line,
      ] as const;
    }),
  );
  return entries.map((entry, i) => {
    const line = found[i] ?? (ofStrange.get(lotName(entry)) as CountLine);
    if (entry.expiryDate !== undefined && entry.expiryDate !== line.expiryDate)
      throw refuseAt('expiry-mismatch', `/entries/${i}/expiryDate`, { lot: entry.lot, expiryDate: line.expiryDate });
    return { line, isNew: !found[i] };
  });
};

/** What a difference is put right with, beside what the site holds of the lot now. */
interface Ground {
  readonly row: LedgerRow | undefined;
  readonly pack: Awaited<ReturnType<Deps['table']['loadCountLots']>>['packs'][number];
  readonly lot: Awaited<ReturnType<Deps['table']['loadCountLots']>>['known'][number];
  readonly blocked: ReturnType<Awaited<ReturnType<Deps['table']['loadCountLots']>>['blocked']['get']>;
  readonly site: Site | undefined;
}

/**
 * The entry that adds a difference to the book. A loss is taken from what is free.
 * @throws Refusal `units-promised` where what is lacking is held for a document, `out-of-stock` where it left meanwhile
 */
export const entryOf = ({ line, difference, given }: PutRight, place: string, ground: Ground): Entry => {
  const { row, pack, lot, blocked, site } = ground;
  const free = row?.row.free ?? 0;
  if (-difference > free)
    throw new Refusal((row?.row.held ?? 0) > 0 ? 'units-promised' : 'out-of-stock', {
      lot: line.lot,
      available: free,
    });
  return {
    place,
    medicine: line.medicine,
    gtin: line.gtin,
    lot: line.lot,
    expiryDate: line.expiryDate,
    kind: 'count',
    quantity: difference,
    reason: reasonText(given),
    ...(pack && isControlled(pack.class) && { controlled: true }),
    ...(!row &&
      pack && {
        lotState: lot?.state ?? 'available',
        row: {
          brand: pack.brand,
          packUnits: pack.units,
          ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
          ...arrivingState({
            blocked,
            recalled: lot?.state === 'recalled',
            outOfLimits: false,
            needsRelease: pack.qualityRelease === true && !lot?.released,
          }),
          ...(site?.kind === 'pharmacy' && { region: site.region }),
        },
      }),
  };
};
