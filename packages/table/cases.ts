/** Cases of the daily analysis, what it was told of each day, and until when a rule is silent on somebody. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Fact } from '@darmon/domain/analysis-facts';
import { Case, type CaseState } from '@darmon/domain/case';
import { dayMs, instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import { type Item, type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { type Action, absent, atVersion, put } from './transact.ts';

const FactShape = z.custom<Fact>((value) => typeof value === 'object' && value !== null && 'id' in value);
const Head = z.object({ made: z.string(), parts: z.int().nonnegative() });
/** So many facts are packed into one item: far below its 400 kB. */
const factsOfPart = 2_000;
/** Longer than any window; then the engine lets them go. */
const keptDays = 70;

const Silence = z.object({ until: z.string(), case: z.string() });
export type Silence = z.infer<typeof Silence>;

const Run = z.object({
  day: z.string(),
  at: z.string(),
  events: z.int().nonnegative(),
  findings: z.int().nonnegative(),
});
/** One day that was analysed: when, over how many events, and how many findings it had. */
export type AnalysisRun = z.infer<typeof Run>;

const caseItem = (one: Case): key.Key & Item => ({
  ...key.caseKey(one.id),
  gsi1pk: key.casesPartition(one.state),
  gsi1sk: `${String(one.score).padStart(3, '0')}#${one.id}`,
  ...one,
});

/** A case as it is now, over the version before it. */
export const caseActions = (table: string, one: Case): Action[] => [
  put(table, caseItem(one), one.version === 1 ? absent : atVersion(one.version - 1), 'changed'),
];

export const casesOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadCase(id: string): Promise<Case | undefined> {
      const item = await engine.readOne(key.caseKey(id));
      return item && Case.parse(item);
    },
    /** The case of a finding, if there is one, and the silence on its subject. */
    async loadForFinding(
      id: string,
      subject: string,
    ): Promise<{ found: Case | undefined; silence: Silence | undefined }> {
      const [item, silence] = await engine.readMany([key.caseKey(id), key.caseSilenceKey(subject)]);
      return { found: item && Case.parse(item), silence: silence && Silence.parse(silence) };
    },
    /** Those in a state, the highest score first. */
    async listCases(state: CaseState, request: PageRequest): Promise<Page<Case>> {
      const of = { index: 'gsi1', partition: key.casesPartition(state), backwards: true } as const;
      const page = await pageOfIndex(client, table, of, request);
      return { ...page, items: page.items.map((item) => Case.parse(item)) };
    },
    /**
     * A case as it is now, with its event; and, where a decision asks for it or ends it, the silence on its subject.
     * @throws Changed where somebody else was faster, or opened the same
     */
    async commitCase(one: Case, change: Change, silence?: { subject: string; until: string }): Promise<void> {
      await engine.commit([
        ...caseActions(table, one),
        ...(silence
          ? [
              put(
                table,
                { ...key.caseSilenceKey(silence.subject), until: silence.until, case: one.id },
                undefined,
                'changed',
              ),
            ]
          : []),
        ...engine.changeActions(key.caseKey(one.id).pk, change),
      ]);
    },
    /** What the analysis was told of a day that is over; undefined where nobody kept it. */
    async loadDayFacts(day: string): Promise<Fact[] | undefined> {
      const item = await engine.readOne(key.dayFactsKey(day));
      if (!item) return undefined;
      const { made, parts } = Head.parse(item);
      const items = await engine.readMany(Array.from({ length: parts }, (_, n) => key.dayFactsPartKey(day, made, n)));
      // a part that the engine let go before its head makes the whole unknown, and it is read anew
      if (items.some((part) => part === undefined)) return undefined;
      return items.flatMap((part) => (part ? unpackedLines(FactShape, part) : []));
    },
    /** Keeps what a day was reckoned to; the head comes last and names the parts that count, so nobody reads half. */
    async keepDayFacts(day: string, facts: readonly Fact[], made: string, now: number): Promise<void> {
      const ttl = Math.ceil((now + keptDays * dayMs) / 1000);
      const parts = Math.ceil(facts.length / factsOfPart);
      const write = (item: Item) => client.send(new PutCommand({ TableName: table, Item: { ...item, ttl } }));
      for (let n = 0; n < parts; n += 1) {
        const lines = facts.slice(n * factsOfPart, (n + 1) * factsOfPart);
        await write({ ...key.dayFactsPartKey(day, made, n), ...packedLines(lines) });
      }
      await write({ ...key.dayFactsKey(day), made, parts });
    },
    async loadAnalysisRun(day: string): Promise<AnalysisRun | undefined> {
      const item = await engine.readOne(key.analysisRunKey(day));
      return item && Run.parse(item);
    },
    async keepAnalysisRun(run: Omit<AnalysisRun, 'at'>, now: number): Promise<void> {
      const Item = { ...key.analysisRunKey(run.day), ...run, at: instant(now) };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    /** The last days that were analysed, newest first. */
    async listAnalysisRuns(most: number): Promise<AnalysisRun[]> {
      const of = { pk: key.analysisRunsPartition, skPrefix: 'DAY#', backwards: true };
      const page = await pageOf(client, table, of, { limit: most });
      return page.items.map((item) => Run.parse(item));
    },
  };
};
