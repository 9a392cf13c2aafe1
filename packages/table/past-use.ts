/** What was used before a site had Darmon: kept by medicine, with the imports that bring it. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { PastFigure, PastMonth, PastProblem } from '@darmon/domain/past-use';
import { Day, dayMs, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import { allOf } from './page.ts';
import { absent, atVersion, put, update } from './transact.ts';

/** All that was brought of one medicine at a site, the oldest month first. */
export const PastUse = z.object({
  site: z.string(),
  medicine: z.string(),
  version: z.int(),
  months: z.array(PastMonth),
});
export type PastUse = z.infer<typeof PastUse>;

/** The first day that a site's own ledger keeps, as it was found; without a day nothing had moved yet. */
export const LedgerStart = z.object({ site: z.string(), since: Day.exactOptional(), at: Instant });
export type LedgerStart = z.infer<typeof LedgerStart>;

export const PastImport = z.object({
  id: z.string(),
  /** The only site that it is of; absent where it is the whole country's. */
  site: z.string().exactOptional(),
  name: z.string(),
  rows: z.int().positive(),
  /** Other figures of months that are there already take their place. */
  replace: z.boolean(),
  state: z.enum(['loading', 'posting', 'posted']),
  /** Rises with each part, each state and each step. */
  version: z.int(),
  person: z.string(),
  at: Instant,
  /** Medicines at sites that it brings, and how many of them are kept; absent while it is loaded. */
  of: z.int().exactOptional(),
  done: z.int().exactOptional(),
  /** Months that were written, that took another's place, and that were left as they were. */
  added: z.int().exactOptional(),
  replaced: z.int().exactOptional(),
  left: z.int().exactOptional(),
});
export type PastImport = z.infer<typeof PastImport>;

/** Rows of an import from the one numbered `from` on: what they say, and what is wrong with them. */
export const PastPart = z.object({
  from: z.int().nonnegative(),
  count: z.int().positive(),
  problems: z.array(PastProblem),
  problemCount: z.int().nonnegative(),
});
export type PastPart = z.infer<typeof PastPart> & { readonly figures: readonly PastFigure[] };

/** Parts are forgotten after this; what was kept of them stands by medicine. */
const keptDays = 30;

export const pastUseOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** Every medicine that something was brought of, in the order of their codes. */
    async listPastUse(site: string): Promise<PastUse[]> {
      const items = await allOf(client, table, { pk: key.consumptionPartition(site), skPrefix: key.pastUsePrefix });
      return items.map((item) => PastUse.parse(item));
    },
    /** In the order asked for; undefined where nothing was brought. */
    async loadPastUse(names: readonly { site: string; medicine: string }[]): Promise<(PastUse | undefined)[]> {
      return (await engine.readMany(names.map(key.pastUseKey))).map((item) => item && PastUse.parse(item));
    },
    async loadLedgerStarts(sites: readonly string[]): Promise<(LedgerStart | undefined)[]> {
      return (await engine.readMany(sites.map(key.ledgerStartKey))).map((item) => item && LedgerStart.parse(item));
    },
    async keepLedgerStart(start: LedgerStart): Promise<void> {
      await client.send(new PutCommand({ TableName: table, Item: { ...key.ledgerStartKey(start.site), ...start } }));
    },
    async loadPastImport(id: string): Promise<PastImport | undefined> {
      const item = await engine.readOne(key.pastImportKey(id));
      return item && PastImport.parse(item);
    },
    /** Those that came, in the order of their rows. */
    async loadPastParts(id: string): Promise<PastPart[]> {
      const items = await allOf(client, table, { pk: key.pastImportKey(id).pk, skPrefix: key.pastImportPartPrefix });
      return items.map((item) => ({ ...PastPart.parse(item), figures: unpackedLines(PastFigure, item) }));
    },
    async commitPastImport(item: PastImport, change: Change): Promise<void> {
      await engine.commit([
        put(table, { ...key.pastImportKey(item.id), ...item }, absent, 'changed'),
        ...engine.changeActions(key.pastImportKey(item.id).pk, change, item.site),
      ]);
    },
    /** In place of what came for these rows before. @throws Refusal `document-closed` where it is being kept already */
    async commitPastPart(id: string, { figures, ...part }: PastPart): Promise<void> {
      const ttl = Math.floor((engine.now() + keptDays * dayMs) / 1000);
      await engine.commit([
        update(
          table,
          key.pastImportKey(id),
          { expression: 'SET #version = #version + :one', names: { '#version': 'version' }, values: { ':one': 1 } },
          { expression: '#state = :loading', names: { '#state': 'state' }, values: { ':loading': 'loading' } },
          'document-closed',
        ),
        put(
          table,
          { ...key.pastImportPartKey(id, part.from), ...part, ...packedLines(figures), ttl },
          undefined,
          'changed',
        ),
      ]);
    },
    /** One step of an import, with what it keeps at one site. @throws Changed where the import or a medicine is another now */
    async commitPastStep(
      was: PastImport,
      now: PastImport,
      uses: readonly { before: PastUse | undefined; after: Omit<PastUse, 'version'> }[],
      change: Change,
    ): Promise<void> {
      await engine.commit([
        put(
          table,
          { ...key.pastImportKey(now.id), ...now, version: was.version + 1 },
          atVersion(was.version),
          'changed',
        ),
        ...uses.map(({ before, after }) =>
          put(
            table,
            { ...key.pastUseKey(after), ...after, version: (before?.version ?? 0) + 1 },
            before ? atVersion(before.version) : absent,
            'changed',
          ),
        ),
        ...engine.changeActions(key.pastImportKey(now.id).pk, change, uses[0]?.after.site ?? now.site),
      ]);
    },
  };
};
