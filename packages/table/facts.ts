/**
 * What was reckoned of a site's month, packed, one kind of facts beside the other. It is written in parts into the one of
 * two places that does not count, and its head then names that place: nobody reads half of it, and nothing has to be
 * deleted. Whoever begins takes the work over from whoever was at it, who is refused from then on.
 */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { MovementKind } from '@darmon/domain/ledger';
import { Refusal } from '@darmon/domain/refusal';
import { Day, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import { allOf } from './page.ts';
import { type Condition, put, update } from './transact.ts';

/** Which facts: of stock, or of what was prescribed and handed over. */
export type FactKind = 'stock' | 'care';

const Sums = z.record(z.string(), z.number());
const Place = z.enum(['a', 'b']);

/** What a site's month says of itself. */
const Told = z.object({
  /** The last day that is in it; the month's own last day once it is over. */
  through: Day,
  /** What was entered later is not in it. */
  asOf: Instant,
  /** Added up over all its lines. */
  sums: Sums,
});
const Kept = Told.extend({
  site: z.string(),
  month: z.string(),
  madeAt: Instant,
  /** Reckoned again it was otherwise, and nobody could have entered anything: somebody has to look. */
  differs: z.literal(true).exactOptional(),
});
export type FactsHead = z.infer<typeof Kept>;

/** One kind of facts of one site in one month. */
export interface MonthFacts<T> extends FactsHead {
  readonly lines: readonly T[];
}

const Work = Told.extend({ place: Place, made: z.string(), parts: z.int(), after: z.string() });
const Stored = Kept.extend({ place: Place, made: z.string(), parts: z.int() });
const Counted = z.object({ n: z.int(), working: Work.optional() });
const Part = z.object({ made: z.string() });

/** Facts that are being written: only whoever began last may go on. */
export type FactsWork = z.infer<typeof Work> & {
  readonly kind: FactKind;
  readonly site: string;
  readonly month: string;
  readonly n: number;
};

/** How far a kind of facts is kept of a site. */
export const FactsThrough = z.object({
  site: z.string(),
  /** Everything through this day is kept; absent before the first time. */
  through: Day.exactOptional(),
  /** The first month with facts; absent where nothing ever happened. */
  since: z.string().exactOptional(),
  /** What is being reckoned, as it was known at one instant. */
  working: z.object({ asOf: Instant, through: Day, from: z.string() }).exactOptional(),
});
export type FactsThrough = z.infer<typeof FactsThrough>;

const Moved = z.object({
  quantity: z.int(),
  kind: MovementKind,
  at: z.string(),
  recordedAt: z.string().optional(),
  reference: z.string(),
});
export type MovedEntry = z.infer<typeof Moved>;

/** Lines of one item, so that it stays far below its 400 kB however little they can be packed. */
const linesOfPart = 2_000;
const charactersOfPart = 1_000_000;

const inParts = (lines: readonly unknown[]): unknown[][] => {
  const parts: unknown[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const length = JSON.stringify(line).length;
    if (size + length > charactersOfPart || (parts.at(-1)?.length ?? 0) >= linesOfPart) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(line);
    size += length;
  }
  return parts;
};

/** Sites whose facts are held at once where a country is read; as many more are on their way. */
const sitesAtOnce = 4;

export const factsOf = (engine: Engine) => {
  const { client, table } = engine;
  const readHead = async (kind: FactKind, site: string, month: string) =>
    engine.readOne(key.factsKey(site, kind, month));
  const storedOf = (item: object | undefined) => (item && 'madeAt' in item ? Stored.parse(item) : undefined);
  const stillMine = (n: number): Condition => ({
    expression: '#n = :mine',
    names: { '#n': 'n' },
    values: { ':mine': n },
  });

  /** @throws Refusal `busy` where others have taken their place again and again meanwhile */
  const load = async <T>(
    kind: FactKind,
    sites: readonly string[],
    month: string,
    line: z.ZodType<T>,
    attempt = 1,
  ): Promise<(MonthFacts<T> | undefined)[]> => {
    const heads = (await engine.readMany(sites.map((site) => key.factsKey(site, kind, month)))).map(storedOf);
    const keys = heads.flatMap((head) =>
      Array.from({ length: head?.parts ?? 0 }, (_, n) =>
        key.factsPartKey(head?.site ?? '', kind, month, head?.place ?? 'a', n),
      ),
    );
    const parts = await engine.readMany(keys);
    let next = 0;
    let isWhole = true;
    const found = heads.map((head) => {
      if (!head) return undefined;
      const own = parts.slice(next, next + head.parts);
      next += head.parts;
      const lines = own.flatMap((item) => {
        if (item && Part.parse(item).made === head.made) return unpackedLines(line, item);
        isWhole = false;
        return [];
      });
      return { ...Kept.parse(head), lines };
    });
    if (isWhole) return found;
    if (attempt === 3) throw new Refusal('busy');
    return load(kind, sites, month, line, attempt + 1);
  };

  return {
    /** Facts of several sites in one month, in their order; undefined where nobody reckoned them yet. @throws Refusal `busy` */
    loadFacts<T>(kind: FactKind, sites: readonly string[], month: string, line: z.ZodType<T>) {
      return load(kind, sites, month, line);
    },
    /** The same, site after site: of however many, few are held at once. */
    async *eachFacts<T>(kind: FactKind, sites: readonly string[], month: string, line: z.ZodType<T>) {
      const readAt = (at: number) => {
        const some = sites.slice(at, at + sitesAtOnce);
        const found = load(kind, some, month, line);
        // nobody waits for it yet, and perhaps nobody ever will
        found.catch(() => {});
        return { some, found };
      };
      let ahead = readAt(0);
      for (let at = 0; at < sites.length; at += sitesAtOnce) {
        const { some, found } = ahead;
        const facts = await found;
        if (at + sitesAtOnce < sites.length) ahead = readAt(at + sitesAtOnce);
        for (const [i, site] of some.entries()) yield { site, facts: facts[i] };
      }
    },
    /** What they say of themselves, without their lines. */
    async loadFactsHeads(kind: FactKind, sites: readonly string[], month: string): Promise<(FactsHead | undefined)[]> {
      const items = await engine.readMany(sites.map((site) => key.factsKey(site, kind, month)));
      return items.map((item) => {
        const stored = storedOf(item);
        return stored && Kept.parse(stored);
      });
    },
    /**
     * Takes the work at a month over: from where it stood if the same was being reckoned, else from the beginning.
     * @throws Changed where somebody else began at the very same time
     */
    async beginFacts(
      kind: FactKind,
      { site, month, through, asOf }: { site: string; month: string; through: string; asOf: string },
    ): Promise<FactsWork> {
      const item = await readHead(kind, site, month);
      const before = item && Counted.parse(item);
      const n = (before?.n ?? 0) + 1;
      const known = before?.working;
      const isSame = known?.asOf === asOf && known.through === through;
      const place = storedOf(item)?.place === 'a' ? 'b' : 'a';
      const fresh = { through, asOf, sums: {}, place, made: `${asOf}#${n}`, parts: 0, after: '' } as const;
      const working = isSame && known ? known : fresh;
      const was = { '#n': 'n' };
      await engine.commit([
        update(
          table,
          key.factsKey(site, kind, month),
          {
            expression: 'SET #n = :n, #site = :site, #month = :month, #working = :working',
            names: { ...was, '#site': 'site', '#month': 'month', '#working': 'working' },
            values: { ':n': n, ':site': site, ':month': month, ':working': working },
          },
          before
            ? { expression: '#n = :was', names: was, values: { ':was': before.n } }
            : { expression: 'attribute_not_exists(#n)', names: was },
          'changed',
        ),
      ]);
      return { ...working, kind, site, month, n };
    },
    /**
     * Adds lines, and what they add to the sums; `after` is where the next ones begin.
     * @throws Changed where somebody else took the work over
     */
    async addFacts(
      { kind, site, month, n, ...work }: FactsWork,
      { lines, sums, after }: { lines: readonly unknown[]; sums: Readonly<Record<string, number>>; after: string },
    ): Promise<FactsWork> {
      const parts = inParts(lines);
      const added = { ...work.sums };
      for (const [name, value] of Object.entries(sums)) added[name] = (added[name] ?? 0) + value;
      const working = { ...work, parts: work.parts + parts.length, after, sums: added };
      await engine.commit([
        update(
          table,
          key.factsKey(site, kind, month),
          { expression: 'SET #working = :working', names: { '#working': 'working' }, values: { ':working': working } },
          stillMine(n),
          'changed',
        ),
        ...parts.map((part, i) =>
          put(
            table,
            {
              ...key.factsPartKey(site, kind, month, work.place, work.parts + i),
              made: work.made,
              ...packedLines(part),
            },
            undefined,
            'changed',
          ),
        ),
      ]);
      return { ...working, kind, site, month, n };
    },
    /** From now on they count, in place of those that stood. @throws Changed where somebody else took the work over */
    async finishFacts({ kind, site, month, n, ...work }: FactsWork, madeAt: string): Promise<void> {
      const { after: _, ...said } = work;
      const fields = Object.entries({ ...said, madeAt });
      await engine.commit([
        update(
          table,
          key.factsKey(site, kind, month),
          {
            expression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')} REMOVE #working, #differs`,
            names: Object.fromEntries(['working', 'differs', ...fields.map(([f]) => f)].map((f) => [`#${f}`, f])),
            values: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          },
          stillMine(n),
          'changed',
        ),
      ]);
    },
    /** Says of facts that count that they are not what the ledger says. @throws Changed where others count by now */
    async markFacts(kind: FactKind, { site, month, madeAt }: FactsHead): Promise<void> {
      await engine.commit([
        update(
          table,
          key.factsKey(site, kind, month),
          { expression: 'SET #differs = :true', names: { '#differs': 'differs' }, values: { ':true': true } },
          { expression: '#madeAt = :was', names: { '#madeAt': 'madeAt' }, values: { ':was': madeAt } },
          'changed',
        ),
      ]);
    },
    /** In the order asked for. */
    async loadFactsThrough(kind: FactKind, sites: readonly string[]): Promise<(FactsThrough | undefined)[]> {
      const items = await engine.readMany(sites.map((site) => key.factsThroughKey(site, kind)));
      return items.map((item) => item && FactsThrough.parse(item));
    },
    async keepFactsThrough(kind: FactKind, through: FactsThrough): Promise<void> {
      await engine.commit([
        put(table, { ...key.factsThroughKey(through.site, kind), ...through }, undefined, 'changed'),
      ]);
    },
    /**
     * Every movement of a lot at a place from an instant through another (milliseconds), the oldest first, one after the
     * other, however many: nothing of them is held.
     */
    async eachMovement(
      { site, gtin, lot }: { site: string; gtin: string; lot: string },
      { from, until }: { from: number; until: number },
      each: (entry: MovedEntry) => void,
    ): Promise<void> {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
            ProjectionExpression: 'quantity, kind, #at, recordedAt, #reference',
            ExpressionAttributeNames: { '#at': 'at', '#reference': 'reference' },
            ExpressionAttributeValues: {
              ':pk': key.movementPartition(site, gtin, lot),
              ':from': key.movementsAfter(from - 1),
              ':until': key.movementsAfter(until),
            },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const item of page.Items ?? []) each(Moved.parse(item));
        start = page.LastEvaluatedKey;
      } while (start);
    },
    /** Months of a site of which facts of a kind are kept, the oldest first. */
    async listFacts(kind: FactKind, site: string): Promise<FactsHead[]> {
      const months = await allOf(client, table, { pk: key.factsKey(site, kind, '').pk, skPrefix: `${kind}#2` });
      return months.flatMap((item) => ('madeAt' in item ? [Kept.parse(Stored.parse(item))] : []));
    },
  };
};
