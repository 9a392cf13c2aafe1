/** What a count looks like on a phone: its lines with what waits to be sent, and the lot that is being counted now. Pure. */
import type { countRoutes } from '@darmon/function-inventory/count-routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';

type Read = AnswerOf<typeof countRoutes.readCount>;
export type Line = Read['items'][number];
export type Count = AnswerOf<typeof countRoutes.startCount>;
export type Entry = BodyOf<typeof countRoutes.enterCounts>['entries'][number];

export interface LotKey {
  readonly gtin: string;
  readonly lot: string;
}
export const nameOfLot = ({ gtin, lot }: LotKey): string => `${gtin}#${lot}`;

/** An entry on its way: it is sent under one key until the server has said something of it. */
export interface Pending {
  readonly key: string;
  readonly entry: Entry;
  /** It may have been sent: nobody knows. */
  readonly tried?: true;
  /** Why the server does not take it. */
  readonly refused?: string;
}

/** The lot in front of somebody: scanned pack by pack, or typed. */
export interface Open extends LotKey {
  readonly expiryDate?: string;
  readonly packUnits: number;
  /** Half a pack may lie there too. */
  readonly divisible: boolean;
  /** Undefined while the field is empty. */
  readonly packs: number | undefined;
  readonly loose: number;
  /** By the server's clock. */
  readonly startedAt: string;
  /** Serial numbers of packs that were scanned, so that one is not counted twice. */
  readonly serials: readonly string[];
  /** It goes on from what was counted before. */
  readonly added: boolean;
}

export const unitsOf = ({ packs, loose, packUnits }: Pick<Open, 'packs' | 'loose' | 'packUnits'>): number =>
  (packs ?? 0) * packUnits + loose;

export interface PackFacts {
  readonly units: number;
  readonly divisibleBy?: number | undefined;
}

/**
 * Opens a lot at so many whole packs. A lot that was counted before and need not be counted again goes on from there, since
 * then: whatever moved meanwhile makes the server ask for a recount.
 */
export const openLot = (
  lot: LotKey & { readonly expiryDate?: string | undefined },
  pack: PackFacts,
  known: { readonly line: Line | undefined; readonly waiting: Pending | undefined },
  first: { readonly packs: number | undefined; readonly serial?: string | undefined; readonly now: string },
): Open => {
  const { line, waiting } = known;
  const before =
    waiting && !waiting.refused
      ? { units: waiting.entry.counted, since: waiting.entry.startedAt }
      : line?.counted !== undefined && line.recount === undefined
        ? { units: line.counted, since: line.countedAt }
        : undefined;
  const goesOn = before !== undefined && first.packs !== undefined;
  const expiryDate = line?.expiryDate ?? lot.expiryDate;
  return {
    gtin: lot.gtin,
    lot: lot.lot,
    ...(expiryDate !== undefined && { expiryDate }),
    packUnits: pack.units,
    divisible: pack.divisibleBy !== undefined && pack.units > 1,
    packs: first.packs === undefined ? undefined : first.packs + (goesOn ? Math.floor(before.units / pack.units) : 0),
    loose: goesOn ? before.units % pack.units : 0,
    startedAt: goesOn ? (before.since ?? first.now) : first.now,
    serials: first.serial === undefined ? [] : [first.serial],
    added: goesOn,
  };
};

/** One pack more of the open lot; nothing where this very pack was scanned before. */
export const onePackMore = (open: Open, serial: string | undefined): Open | undefined => {
  if (serial !== undefined && open.serials.includes(serial)) return undefined;
  return {
    ...open,
    packs: (open.packs ?? 0) + 1,
    serials: serial === undefined ? open.serials : [...open.serials, serial],
  };
};

/** The open lot counted anew, from nothing. */
export const countAnew = (open: Open, now: string): Open => ({
  ...open,
  packs: 0,
  loose: 0,
  startedAt: now,
  serials: [],
  added: false,
});

/** What is sent of the open lot; nothing while its number is missing, or the expiry date of a lot that nobody knows. */
export const entryOf = (open: Open, line: Line | undefined): Entry | undefined => {
  if (open.packs === undefined) return undefined;
  if (!line && open.expiryDate === undefined) return undefined;
  const { gtin, lot, expiryDate, startedAt } = open;
  return { gtin, lot, counted: unitsOf(open), startedAt, ...(!line && expiryDate !== undefined && { expiryDate }) };
};

export const filters = ['all', 'todo', 'differs', 'moved', 'recount'] as const;
export type Filter = (typeof filters)[number];

const fits: Readonly<Record<Filter, (line: Line, waits: boolean) => boolean>> = {
  all: () => true,
  todo: (line, waits) => line.counted === undefined && !waits,
  differs: (line) => (line.difference ?? 0) !== 0,
  moved: (line) => line.moved !== 0 || (line.movedAfter ?? 0) !== 0 || line.movements.length > 0,
  recount: (line, waits) => line.recount !== undefined && !waits,
};

/** How many lines each filter shows. */
export const countsByFilter = (lines: readonly Line[], waiting: ReadonlySet<string>): Record<Filter, number> => {
  const counts = { all: 0, todo: 0, differs: 0, moved: 0, recount: 0 };
  for (const line of lines)
    for (const filter of filters) if (fits[filter](line, waiting.has(nameOfLot(line)))) counts[filter] += 1;
  return counts;
};

/** Lines in the order in which one walks along the shelves. */
export const walkOrder = (lines: readonly Line[], name: (medicine: string) => string): Line[] => {
  const collator = new Intl.Collator('en', { numeric: true });
  return [...lines].sort(
    (a, b) =>
      collator.compare(a.zone ?? '\uffff', b.zone ?? '\uffff') ||
      collator.compare(a.shelf ?? '\uffff', b.shelf ?? '\uffff') ||
      collator.compare(name(a.medicine), name(b.medicine)) ||
      a.expiryDate.localeCompare(b.expiryDate) ||
      a.lot.localeCompare(b.lot),
  );
};

/** Lines that a filter and a text show; the text is looked for in the lot, the place, the brand and the name. */
export const shownLines = (
  lines: readonly Line[],
  {
    filter,
    text,
    waiting,
    name,
  }: {
    readonly filter: Filter;
    readonly text: string;
    readonly waiting: ReadonlySet<string>;
    readonly name: (medicine: string) => string;
  },
): Line[] => {
  const typed = text.trim().toLowerCase();
  const has = (line: Line): boolean =>
    typed === '' ||
    [line.lot, line.brand, line.zone ?? '', line.shelf ?? '', name(line.medicine)].some((word) =>
      word.toLowerCase().includes(typed),
    );
  return lines.filter((line) => fits[filter](line, waiting.has(nameOfLot(line))) && has(line));
};

/** Units and tiyin that are too few and too many. */
export const totalsOf = (lines: readonly Line[]) => {
  const differing = lines.filter((line) => (line.difference ?? 0) !== 0);
  const short = differing.filter((line) => (line.difference as number) < 0);
  const over = differing.filter((line) => (line.difference as number) > 0);
  const value = (of: readonly Line[]) => of.reduce((sum, line) => sum + Math.abs(line.value ?? 0), 0);
  return { differing, short: short.length, over: over.length, shortValue: value(short), overValue: value(over) };
};

/** Newer lines in place of the old ones, and what is new at the end. */
export const mergedLines = (lines: readonly Line[], newer: readonly Line[]): Line[] => {
  const byName = new Map(newer.map((line) => [nameOfLot(line), line] as const));
  const kept = lines.map((line) => {
    const name = nameOfLot(line);
    const next = byName.get(name) ?? line;
    byName.delete(name);
    return next;
  });
  return [...kept, ...byName.values()];
};
