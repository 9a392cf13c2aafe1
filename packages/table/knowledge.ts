/**
 * What safety checks know, by set and by subject. Rows of a set never change, so that a reader keeps what it has read;
 * which set counts is read again after five seconds. A check asks for the subjects of its medicines and nothing else.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { KnowledgeRow, KnowledgeSet, rowsBySubject, type Subject } from '@darmon/domain/knowledge';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf } from './page.ts';
import { type Action, absent, type Condition, put } from './transact.ts';

/** Which set counts. Version 0 is none yet; `demo` marks a country in which unverified rows may be approved. */
export const CurrentKnowledge = z.object({
  version: z.int().nonnegative(),
  name: z.string(),
  date: z.string(),
  demo: z.boolean(),
});
export type CurrentKnowledge = z.infer<typeof CurrentKnowledge>;

/** Rows as JSON text, which is a third of their size as attributes. `parts` says in how many items they lie. */
const RowsItem = z.object({ rows: z.string(), parts: z.int().positive() });
const Rows = z.array(KnowledgeRow);

/** An item may have 400 KB, names and keys included. */
const partBytes = 350_000;
const currentMs = 5_000;
/** Subjects kept in memory; a clinic's day has some hundreds. */
const maxKept = 5_000;

/** Rows in as many parts as their size needs; at least one. */
const partsOf = (rows: readonly KnowledgeRow[]): KnowledgeRow[][] => {
  const parts: KnowledgeRow[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes + size > partBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(row);
    bytes += size;
  }
  return parts;
};

export const knowledgeOf = (engine: Engine) => {
  const { client, table, now } = engine;
  const kept = new Map<string, readonly KnowledgeRow[]>();
  const keep = (name: string, rows: readonly KnowledgeRow[]): void => {
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value as string);
    kept.set(name, rows);
  };
  let current: { at: number; value: CurrentKnowledge | undefined } | undefined;

  const readCurrent = async (): Promise<CurrentKnowledge | undefined> => {
    if (current && Math.abs(now() - current.at) < currentMs) return current.value;
    const [item] = await engine.readMany([key.knowledgeCurrentKey]);
    current = { at: now(), value: item && CurrentKnowledge.parse(item) };
    return current.value;
  };

  const readRows = async (version: number, wanted: readonly Subject[]): Promise<void> => {
    const firsts = await engine.readMany(wanted.map((s) => key.knowledgeRowsKey(version, s, 0)));
    const heads = firsts.map((item) => (item ? RowsItem.parse(item) : undefined));
    const rest = wanted.flatMap((subject, i) =>
      Array.from({ length: (heads[i]?.parts ?? 1) - 1 }, (_, n) => ({ subject, n: n + 1 })),
    );
    const more = await engine.readMany(rest.map(({ subject, n }) => key.knowledgeRowsKey(version, subject, n)));
    const texts = new Map(wanted.map((subject, i) => [subject, heads[i] ? [heads[i].rows] : []]));
    for (const [i, { subject }] of rest.entries()) texts.get(subject)?.push(RowsItem.parse(more[i]).rows);
    for (const [subject, parts] of texts)
      keep(
        `${version}#${subject}`,
        parts.flatMap((text) => Rows.parse(JSON.parse(text))),
      );
  };

  const setAction = (set: KnowledgeSet, condition: Condition): Action =>
    put(table, { ...key.knowledgeSetKey(set.version), ...set }, condition, 'changed');
  const inState = (state: KnowledgeSet['state']): Condition => ({
    expression: '#state = :was',
    names: { '#state': 'state' },
    values: { ':was': state },
  });

  return {
    /**
     * Rows of the subjects in the set that counts; no set: `null` and no rows. One request for what is not kept yet,
     * and a second where a subject fills several items.
     */
    async loadKnowledge(
      subjects: readonly Subject[],
    ): Promise<{ set: CurrentKnowledge | null; rows: ReadonlyMap<Subject, readonly KnowledgeRow[]> }> {
      const set = await readCurrent();
      if (!set?.version) return { set: null, rows: new Map() };
      const names = [...new Set(subjects)];
      const missing = names.filter((s) => !kept.has(`${set.version}#${s}`));
      if (missing.length > 0) await readRows(set.version, missing);
      return { set, rows: new Map(names.map((s) => [s, kept.get(`${set.version}#${s}`) ?? []])) };
    },
    /** Which set counts now, read strongly and not from memory. */
    async loadCurrentKnowledge(): Promise<CurrentKnowledge | undefined> {
      const item = await engine.readOne(key.knowledgeCurrentKey);
      return item && CurrentKnowledge.parse(item);
    },
    /** Every set ever begun, oldest first. */
    async listKnowledgeSets(): Promise<KnowledgeSet[]> {
      const items = await allOf(client, table, { pk: key.knowledgePartition, skPrefix: key.knowledgeSetPrefix });
      return items.map((i) => KnowledgeSet.parse(i));
    },
    async loadKnowledgeSet(version: number): Promise<KnowledgeSet | undefined> {
      const item = await engine.readOne(key.knowledgeSetKey(version));
      return item && KnowledgeSet.parse(item);
    },
    /** Begins a set: its number is taken, and nobody reads its rows before it is approved. */
    async commitKnowledgeSet(set: KnowledgeSet, change: Change): Promise<void> {
      await engine.commit([setAction(set, absent), ...engine.changeActions(key.knowledgePartition, change)]);
    },
    /** Writes the rows of a set, each subject by itself. May be done again after a crash: the same rows give the same items. */
    async putKnowledgeRows(
      version: number,
      rows: readonly KnowledgeRow[],
      progress: (written: number, subjects: number) => void = () => {},
    ): Promise<void> {
      const bySubject = [...rowsBySubject(rows)];
      const waiting = bySubject.values();
      let written = 0;
      const worker = async (): Promise<void> => {
        for (const [subject, ofSubject] of waiting) {
          const parts = partsOf(ofSubject);
          for (const [n, part] of parts.entries()) {
            const Item = {
              ...key.knowledgeRowsKey(version, subject, n),
              rows: JSON.stringify(part),
              parts: parts.length,
            };
            await client.send(new PutCommand({ TableName: table, Item }));
          }
          written += 1;
          progress(written, bySubject.length);
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
    },
    /** All rows are in: the set can be approved. */
    async commitKnowledgeImported(set: KnowledgeSet, change: Change): Promise<void> {
      await engine.commit([
        setAction(set, inState('importing')),
        ...engine.changeActions(key.knowledgePartition, change),
      ]);
    },
    /** The set that counts from now on; every reader has it five seconds later. */
    async commitKnowledgeApproved(
      set: KnowledgeSet,
      next: CurrentKnowledge,
      was: CurrentKnowledge | undefined,
      change: Change,
    ): Promise<void> {
      const condition: Condition = was
        ? { expression: '#version = :is', names: { '#version': 'version' }, values: { ':is': was.version } }
        : absent;
      await engine.commit([
        setAction(set, inState('imported')),
        put(table, { ...key.knowledgeCurrentKey, ...next }, condition, 'changed'),
        ...engine.changeActions(key.knowledgePartition, change),
      ]);
    },
    /** Marks a country that is a demo, before anything is known. */
    async markDemo(): Promise<void> {
      const none: CurrentKnowledge = { version: 0, name: '', date: '', demo: true };
      await engine.commit([put(table, { ...key.knowledgeCurrentKey, ...none }, absent, 'changed')]);
    },
  };
};
