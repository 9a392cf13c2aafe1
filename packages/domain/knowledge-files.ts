/** A set of knowledge as it comes in: files of rows, one kind each. A screen reads them before it sends them, and the server again. */
import * as z from 'zod';
import { readCsv } from './csv.ts';
import {
  type KnowledgeKind,
  type KnowledgeProblem,
  type KnowledgeRow,
  knowledgeKinds,
  readKnowledge,
} from './knowledge.ts';

export const KnowledgeFile = z
  .object({ kind: z.enum(knowledgeKinds), csv: z.string() })
  .meta({ id: 'KnowledgeFile', description: 'Rows of one kind as CSV; the first line names the columns' });
export type KnowledgeFile = z.infer<typeof KnowledgeFile>;

export type KnowledgeFileProblem = KnowledgeProblem & { readonly kind: KnowledgeKind };

const readFile = ({ kind, csv }: KnowledgeFile) => {
  const table = readCsv(csv);
  const { rows, problems } = readKnowledge(kind, table);
  const all = [...table.problems, ...problems].sort((a, b) => a.line - b.line);
  return { rows, problems: all.map((problem) => ({ ...problem, kind })) };
};

/** The rows of all files, and everything that is wrong with any: with a problem nothing may be imported. */
export const readKnowledgeFiles = (
  files: readonly KnowledgeFile[],
): { rows: KnowledgeRow[]; problems: KnowledgeFileProblem[] } => {
  const read = files.map(readFile);
  return { rows: read.flatMap(({ rows }) => rows), problems: read.flatMap(({ problems }) => problems) };
};
