/**
 * What was reckoned of a site's month, packed, one kind of facts beside the other. Anybody may reckon it again and writes
 * the same; what stands is never added to.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';

/** Which facts: of stock, or of what was prescribed and handed over. */
export type FactKind = 'stock' | 'care';

/** One kind of facts of one site in one month. */
export interface MonthFacts<T> {
  readonly site: string;
  readonly month: string;
  /** The last day that is in it; the month's own last day once it is over. */
  readonly through: string;
  readonly madeAt: string;
  readonly lines: readonly T[];
}

const Head = z.object({ site: z.string(), month: z.string(), through: z.string(), madeAt: z.string(), parts: z.int() });
/** So many lines are packed into one item: far below its 400 kB. */
const linesOfPart = 2_000;

export const factsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** Keeps facts in place of those that stood. The head is written last and names how many parts count. */
    async keepFacts<T>(kind: FactKind, { lines, ...head }: MonthFacts<T>): Promise<void> {
      const parts = Math.ceil(lines.length / linesOfPart);
      for (let n = 0; n < parts; n += 1)
        await client.send(
          new PutCommand({
            TableName: table,
            Item: {
              ...key.factsPartKey(head.site, kind, head.month, head.madeAt, n),
              ...packedLines(lines.slice(n * linesOfPart, (n + 1) * linesOfPart)),
            },
          }),
        );
      await client.send(
        new PutCommand({ TableName: table, Item: { ...key.factsKey(head.site, kind, head.month), ...head, parts } }),
      );
    },

    /** Facts of several sites in one month, in their order; undefined where nobody reckoned them yet. */
    async loadFacts<T>(
      kind: FactKind,
      sites: readonly string[],
      month: string,
      line: z.ZodType<T>,
    ): Promise<(MonthFacts<T> | undefined)[]> {
      const items = await engine.readMany(sites.map((site) => key.factsKey(site, kind, month)));
      const heads = items.map((item) => item && Head.parse(item));
      const keys = heads.flatMap((head) =>
        head
          ? Array.from({ length: head.parts }, (_, n) => key.factsPartKey(head.site, kind, month, head.madeAt, n))
          : [],
      );
      const parts = await engine.readMany(keys);
      let next = 0;
      return heads.map((head) => {
        if (!head) return undefined;
        const own = parts.slice(next, next + head.parts);
        next += head.parts;
        const { parts: _, ...rest } = head;
        return { ...rest, lines: own.flatMap((item) => (item ? unpackedLines(line, item) : [])) };
      });
    },
  };
};
