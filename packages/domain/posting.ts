/**
 * A document of stock as the ledger takes it: lines, each with entries that stand or fall together (what leaves one place
 * and comes to another), posted in chunks that one transaction holds. Any chunk can be tried again by anybody.
 */
import * as z from 'zod';
import { MovementKind } from './ledger.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Lot, LotState, Shelf, Zone } from './stock.ts';
import { Day, Instant } from './time.ts';

/** What one lot at one place gains or loses; the pack is needed where the row may have to be made. */
export const Entry = z.object({
  place: z.string(),
  medicine: MedicineCode,
  gtin: Gtin,
  lot: Lot,
  expiryDate: Day,
  kind: MovementKind,
  /** Signed units. */
  quantity: z.int(),
  /** Of a taking: from what was promised to the document, or from what is free (without this). */
  held: z.boolean().exactOptional(),
  /** Of a taking: only where the lot is usable on the day. */
  usable: z.boolean().exactOptional(),
  /** Of an adding: the row as it begins. */
  row: z
    .object({
      brand: z.string(),
      packUnits: z.int().positive(),
      divisibleBy: z.int().positive().exactOptional(),
      packPrice: z.int().nonnegative().exactOptional(),
      state: LotState,
      zone: Zone.exactOptional(),
      shelf: Shelf.exactOptional(),
      /** It waits for quality control. */
      quality: z.boolean().exactOptional(),
      /** A row that is there takes the state too: what comes cannot be told from what lies there. */
      spreads: z.boolean().exactOptional(),
      /** Of a pharmacy: where patients may find what it holds. */
      region: z.string().exactOptional(),
    })
    .exactOptional(),
  /** The lot came from outside: its one expiry date is claimed or compared, in this state where it is new. */
  lotState: LotState.exactOptional(),
  /** It is entered in the register of the place. */
  controlled: z.boolean().exactOptional(),
  /** Packs that move with it, named where they come to (or leave for good), and the place that they come from. */
  serials: z.array(z.string()).exactOptional(),
  from: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  reverses: z.string().exactOptional(),
});
export type Entry = z.infer<typeof Entry>;

/** `line` numbers the line in its document, from 1. */
export const PostingLine = z.object({ line: z.int().positive(), entries: z.array(Entry).min(1).max(4) });
export type PostingLine = z.infer<typeof PostingLine>;

const postingKinds = ['receipt', 'opening', 'shipment', 'transfer-receipt', 'write-off', 'count', 'reversal'] as const;
export const PostingKind = z.enum(postingKinds).meta({ id: 'PostingKind' });
export type PostingKind = z.infer<typeof PostingKind>;

/** A line that could not be posted, and why: the others were. Its document shows it as a discrepancy. */
export const PostingProblem = z
  .object({ line: z.int(), code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
  .meta({ id: 'PostingProblem' });
export type PostingProblem = z.infer<typeof PostingProblem>;

/** How far the posting of a document is. */
export const Posting = z.object({
  id: z.string(),
  /** Under what its chunks lie, where not under its own id. */
  stored: z.string().exactOptional(),
  kind: PostingKind,
  /** The site whose people see it. */
  site: z.string(),
  /** The document it posts, which gets `after` as its state with the last chunk. */
  document: z.string(),
  after: z.string(),
  person: z.string(),
  role: z.string(),
  /** Who drew the document up, where `person` is another, who let it count and is the witness in a register. */
  author: z.string().exactOptional(),
  at: Instant,
  /** It counts at the end of an earlier day. */
  backdated: z.object({ day: Day, reason: z.string() }).exactOptional(),
  lines: z.int().positive(),
  chunks: z.int().positive(),
  done: z.int().nonnegative(),
  linesDone: z.int().nonnegative(),
  problems: z.array(PostingProblem),
  finishedAt: Instant.exactOptional(),
});
export type Posting = z.infer<typeof Posting>;

/** Our own bound beneath the engine's 100 actions: head, chunk, event and request stand beside the lines. */
const chunkActions = 92;
const chunkLines = 20;
/** Problems that a posting keeps whole; more are only counted by its chunks. */
export const keptProblems = 100;

const rowName = (e: Entry): string => `${e.place}#${e.gtin}#${e.lot}`;

/** How many actions of a transaction a line takes at most. */
export const actionsOf = (line: PostingLine): number =>
  line.entries.reduce(
    (sum, e) => sum + 2 + (e.lotState === undefined ? 0 : 1) + (e.controlled ? 2 : 0) + (e.serials?.length ?? 0),
    0,
  );

/** As many packs with a serial number as one part of a line names. */
const serialsAtOnce = 40;

/** A line of very many packs in several of the same number, each with its share of the units. */
const partsOf = (line: PostingLine): PostingLine[] => {
  const packs = line.entries.reduce((most, e) => Math.max(most, e.serials?.length ?? 0), 0);
  const parts = Math.ceil(packs / serialsAtOnce);
  if (parts <= 1) return [line];
  return Array.from({ length: parts }, (_, i) => {
    const [from, to] = [i * serialsAtOnce, Math.min(packs, (i + 1) * serialsAtOnce)];
    return {
      line: line.line,
      entries: line.entries.map((e) => {
        const each = Math.trunc(e.quantity / packs);
        const rest = i === parts - 1 ? e.quantity - each * packs : 0;
        return {
          ...e,
          quantity: each * (to - from) + rest,
          ...(e.serials && { serials: e.serials.slice(from, to) }),
        };
      }),
    };
  });
};

/** Lines in parts that one transaction holds each; two entries of one row never stand in the same part. Lines of at
 * most 40 packs with serial numbers stay whole. */
export const chunksOf = (lines: readonly PostingLine[]): PostingLine[][] => {
  const chunks: PostingLine[][] = [];
  let chunk: PostingLine[] = [];
  let actions = 0;
  let rows = new Set<string>();
  for (const line of lines.flatMap(partsOf)) {
    const names = line.entries.map(rowName);
    const more = actionsOf(line);
    if (
      chunk.length === chunkLines ||
      (chunk.length > 0 && actions + more > chunkActions) ||
      names.some((name) => rows.has(name))
    ) {
      chunks.push(chunk);
      [chunk, actions, rows] = [[], 0, new Set()];
    }
    chunk.push(line);
    actions += more;
    for (const name of names) rows.add(name);
  }
  return chunk.length > 0 ? [...chunks, chunk] : chunks;
};

/** The same lot at the same place in several lines of the same kind: one line, its units together, the last price. */
export const joinedLines = (lines: readonly PostingLine[]): PostingLine[] => {
  const joined = new Map<string, PostingLine>();
  for (const line of lines) {
    const name = line.entries.map((e) => `${rowName(e)}#${e.kind}`).join('|');
    const before = joined.get(name);
    joined.set(
      name,
      before
        ? {
            line: before.line,
            entries: line.entries.map((e, i) => {
              const old = before.entries[i] as Entry;
              const serials = [...(old.serials ?? []), ...(e.serials ?? [])];
              return {
                ...old,
                ...e,
                quantity: old.quantity + e.quantity,
                ...(old.row && e.row && { row: { ...old.row, ...e.row } }),
                ...(serials.length > 0 && { serials }),
              };
            }),
          }
        : line,
    );
  }
  return [...joined.values()];
};
