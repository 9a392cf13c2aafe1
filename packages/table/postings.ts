/** Documents of stock into the ledger: whole where one transaction holds them, else chunk by chunk, each of them once. */
import type { Movement } from '@darmon/domain/ledger';
import type { Posting, PostingLine, PostingProblem } from '@darmon/domain/posting';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { allOf, pageOfIndex } from './page.ts';
import * as postings from './posting-items.ts';
import { type LedgerRow, LotItem, parseLedgerRow, parseMovement, type RowName } from './stock-items.ts';
import { type Action, maxActions } from './transact.ts';

/** What a document posts: all of it now, or in chunks that follow. */
export type Prepared =
  | { readonly whole: true; readonly chunk: postings.PostedChunk }
  | { readonly whole: false; readonly posting: Posting; readonly chunks: readonly (readonly PostingLine[])[] };

/** Chunks are stored a few at a time; what nobody refers to is never read. */
const storedAtOnce = 25;

/**
 * Commits a document with what it posts: its own actions and the whole of its entries, or, where there are too many, a
 * posting that will follow. Either way nothing of it stands before the document does.
 */
export const startPosting = async (
  engine: Engine,
  prepared: Prepared,
  document: readonly Action[],
  change: readonly Action[],
): Promise<void> => {
  const { table } = engine;
  if (prepared.whole) {
    await engine.commit([...document, ...postings.chunkActions(table, prepared.chunk), ...change]);
    return;
  }
  const { posting, chunks } = prepared;
  const stored = chunks.map((lines, i) =>
    postings.postingChunkAction(table, posting.stored ?? posting.id, i + 1, lines),
  );
  for (let at = 0; at < stored.length; at += storedAtOnce) await engine.commit(stored.slice(at, at + storedAtOnce));
  await engine.commit([...document, postings.postingAction(table, posting), ...change]);
};

/** True where a document of so many actions beside its head fits one transaction. */
export const fitsWhole = (actions: number): boolean => actions <= maxActions - 10;

export const postingsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadPosting(id: string): Promise<Posting | undefined> {
      const item = await engine.readOne(key.postingKey(id));
      return item && postings.parsePosting(item);
    },
    async loadChunk({ id, stored = id }: Pick<Posting, 'id' | 'stored'>, n: number): Promise<PostingLine[]> {
      const item = await engine.readOne(key.postingChunkKey(stored, n));
      if (!item) throw new Error(`posting ${id} has no chunk ${n}`);
      return postings.parseChunk(item);
    },
    /** Those that are not finished, the oldest first. */
    async listOpenPostings(most: number): Promise<Posting[]> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: key.postingsPartition },
        { limit: most },
      );
      return page.items.map(postings.parsePosting);
    },
    /** @throws Changed where somebody else posted the chunk, or a row is not as it must be */
    async commitChunk(
      posting: Posting,
      chunk: postings.PostedChunk & { n: number; lines: number; problems: readonly PostingProblem[] },
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...postings.chunkActions(table, chunk),
        ...postings.chunkDoneActions(table, posting, chunk, change.event.at),
        ...engine.changeActions(postings.documentKeyOf(posting).pk, change, posting.site),
      ]);
    },
    /** Rows with their history, by name, strongly; those recalled or blocked everywhere are marked. */
    async loadLedgerRows(rows: readonly RowName[]): Promise<(LedgerRow | undefined)[]> {
      const { found, blocked } = await engine.readWithCountry(rows.map(key.stockKey));
      return found.map((item) => {
        if (!item) return undefined;
        const read = parseLedgerRow(item);
        return { ...read, row: marked([read.row], blocked)[0] ?? read.row };
      });
    },
    async loadLotItems(lots: readonly { gtin: string; lot: string }[]): Promise<(LotItem | undefined)[]> {
      const items = await engine.readMany(lots.map((l) => key.lotKey(l.gtin, l.lot)));
      return items.map((item) => item && LotItem.parse(item));
    },
    /** Every movement of a lot at a place that counts after `from` (milliseconds), oldest first, to `to` where given. */
    async loadMovements(place: string, gtin: string, lot: string, from: number, to?: number): Promise<Movement[]> {
      const items = await allOf(client, table, {
        pk: key.movementPartition(place, gtin, lot),
        skAfter: key.movementsAfter(from),
        ...(to !== undefined && { skUntil: key.movementsAfter(to) }),
      });
      return items.map(parseMovement);
    },
  };
};
