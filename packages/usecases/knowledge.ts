/** Sets of what safety checks know: brought in by one person, approved by another, compared row by row, never changed. */
import { createHash } from 'node:crypto';
import type { Actor } from '@darmon/domain/actor';
import type { KnowledgeRow, KnowledgeSet } from '@darmon/domain/knowledge';
import { contentOf, inOrder, knowledgeChanges, repeated } from '@darmon/domain/knowledge-change';
import { type KnowledgeFile, readKnowledgeFiles } from '@darmon/domain/knowledge-files';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { instant } from '@darmon/domain/time';
import { type Answer, asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/** What a set says of itself. */
export interface KnowledgeHead {
  readonly name: string;
  readonly date: string;
}

const maxProblems = 50;

/**
 * The rows of files, all or none.
 * @throws Refusal `knowledge-invalid` with the first problems, each at its file
 */
export const rowsOfFiles = (files: readonly KnowledgeFile[]): KnowledgeRow[] => {
  const { rows, problems } = readKnowledgeFiles(files);
  const twice = repeated(rows).map((name) => ({ pointer: '/files', detail: `twice: ${name}` }));
  const errors = [
    ...problems.map(({ kind, line, what }) => ({
      pointer: `/files/${files.findIndex((file) => file.kind === kind)}/csv`,
      detail: `${kind}, ${line}: ${what}`,
    })),
    ...(problems.length === 0 ? twice : []),
  ];
  if (errors.length > 0) throw new Refusal('knowledge-invalid', {}, errors.slice(0, maxProblems));
  if (rows.length === 0) throw new Refusal('knowledge-invalid', {}, [{ pointer: '/files', detail: 'no rows' }]);
  return rows;
};

const hashOf = (head: KnowledgeHead, rows: readonly KnowledgeRow[]): string =>
  createHash('sha256')
    .update(`${head.name}\n${head.date}\n${contentOf(rows)}`)
    .digest('base64url');

/** Begins a set under the next number, or finds the one that the same person began with the same rows. */
const beginImport = async (
  deps: Deps,
  actor: Actor,
  head: KnowledgeHead,
  rows: readonly KnowledgeRow[],
): Promise<KnowledgeSet> => {
  const now = deps.now();
  const content = hashOf(head, rows);
  const sets = await deps.table.listKnowledgeSets();
  const begun = sets.find((set) => set.content === content && set.importedBy === actor.person);
  if (begun) return begun;
  const set: KnowledgeSet = {
    version: (sets.at(-1)?.version ?? 0) + 1,
    ...head,
    rows: rows.length,
    unverified: rows.filter((row) => row.state === 'unverified').length,
    importedBy: actor.person,
    importedAt: instant(now),
    state: 'importing',
    content,
  };
  const { version, state } = set;
  const event = eventOf(deps, actor, 'knowledge-imported', now, { version, state, rows: rows.length });
  await deps.table.commitKnowledgeSet(set, { now, event });
  return set;
};

/**
 * Brings a set in: its number is taken first, then its rows are written, and only when all of them are in can it be
 * approved. The same person with the same rows goes on where an import was cut off, and gets the set that stands where it
 * was not. `progress` is told how many of the subjects are in.
 * @throws Refusal of standing, `busy`, `key-reused`
 */
export const importKnowledge = (
  deps: Deps,
  actor: Actor,
  head: KnowledgeHead,
  given: readonly KnowledgeRow[],
  once?: Once,
  progress: (step: { version: number; written: number; subjects: number }) => void = () => {},
): Promise<Answer<KnowledgeSet>> =>
  changeOnce(
    deps,
    once,
    async () => {
      await loadStanding(deps, actor);
      const rows = inOrder(given);
      const begun = await beginImport(deps, actor, head, rows);
      if (begun.state !== 'importing') return { status: 201, body: begun };
      const { version } = begun;
      await deps.table.putKnowledgeRows(version, rows, (written, subjects) => progress({ version, written, subjects }));
      await deps.table.putKnowledgeArchive(version, rows);
      const now = deps.now();
      const set: KnowledgeSet = { ...begun, state: 'imported' };
      const changes = { version, state: set.state, rows: set.rows, unverified: set.unverified };
      const event = eventOf(deps, actor, 'knowledge-imported', now, changes);
      const answered = { status: 201, reference: String(version), answer: set };
      await deps.table.commitKnowledgeImported(set, changeOf(event, now, once, answered));
      return { status: 201, body: set };
    },
    asAnswered<KnowledgeSet>,
  );

/**
 * Lets a set count for every check from now on. Rows that nobody verified are approved in a demo country only.
 * @throws Refusal of standing, `not-found` for a set that is not whole, `approver-is-author`, `knowledge-unverified`,
 * `version-changed` for one that was approved before, `key-reused`
 */
export const approveKnowledge = (
  deps: Deps,
  actor: Actor,
  version: number,
  once?: Once,
): Promise<Answer<KnowledgeSet>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const [set, current] = await Promise.all([
        deps.table.loadKnowledgeSet(version),
        deps.table.loadCurrentKnowledge(),
      ]);
      if (!set || set.state === 'importing') throw new Refusal('not-found');
      if (set.state === 'approved') throw new Refusal('version-changed');
      if (set.importedBy === actor.person) throw new Refusal('approver-is-author');
      const demo = current?.demo ?? false;
      if (set.unverified > 0 && !demo) throw new Refusal('knowledge-unverified', { unverified: set.unverified });
      const approved: KnowledgeSet = {
        ...set,
        state: 'approved',
        approvedBy: actor.person,
        approvedAt: instant(now),
      };
      const { name, date } = set;
      const event = eventOf(deps, actor, 'knowledge-approved', now, { version, was: current?.version ?? 0 });
      const answered = { status: 200, reference: String(version), answer: approved };
      const change = changeOf(event, now, once, answered);
      await deps.table.commitKnowledgeApproved(approved, { version, name, date, demo }, current, change);
      return { status: 200, body: approved };
    },
    asAnswered<KnowledgeSet>,
  );

/** Which set counts, and every set ever begun, newest first. */
export const readKnowledge = async (deps: Pick<Deps, 'table'>) => {
  const [sets, current] = await Promise.all([deps.table.listKnowledgeSets(), deps.table.loadCurrentKnowledge()]);
  return { current: current?.version ?? 0, demo: current?.demo ?? false, items: sets.reverse() };
};

const maxShown = 200;

/**
 * What a set changes against another; against no set (0) every row is new. All are counted, the first 200 shown.
 * @throws Refusal `not-found` for a set that does not stand or is not whole
 */
export const compareKnowledge = async (deps: Pick<Deps, 'table'>, version: number, since: number) => {
  const [before, after] = await Promise.all(
    [since, version].map((one) => (one === 0 ? [] : deps.table.loadKnowledgeArchive(one))),
  );
  if (!before || !after) throw new Refusal('not-found');
  const { items, ...counts } = knowledgeChanges(before, after);
  return { ...counts, items: items.slice(0, maxShown) };
};
