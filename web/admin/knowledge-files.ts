/** Files that an administrator has chosen: which kind each is, what is in them and what is wrong, before anything is sent. */
import { type KnowledgeKind, knowledgeKinds } from '@darmon/domain/knowledge';
import { type KnowledgeFile, type KnowledgeFileProblem, readKnowledgeFiles } from '@darmon/domain/knowledge-files';

/** A file as a browser gives it. */
export interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

export interface Preview {
  readonly files: readonly KnowledgeFile[];
  readonly counts: readonly { readonly kind: KnowledgeKind; readonly rows: number }[];
  readonly unverified: number;
  readonly problems: readonly KnowledgeFileProblem[];
  /** Names that are no kind's. */
  readonly unknown: readonly string[];
  readonly isTooLarge: boolean;
}

/** A request holds a million characters; quotes and line ends are written as two. */
const mostCharacters = 950_000;

const kindOf = (name: string): KnowledgeKind | undefined => knowledgeKinds.find((kind) => name === `${kind}.csv`);

/** What would be sent. Files are known by their names, as the command line knows them. */
export const previewOf = (chosen: readonly ChosenFile[]): Preview => {
  const files = chosen.flatMap(({ name, text }) => {
    const kind = kindOf(name);
    return kind ? [{ kind, csv: text }] : [];
  });
  const { rows, problems } = readKnowledgeFiles(files);
  return {
    files,
    counts: files.map(({ kind }) => ({ kind, rows: rows.filter((row) => row.kind === kind).length })),
    unverified: rows.filter((row) => row.state === 'unverified').length,
    problems,
    unknown: chosen.filter(({ name }) => !kindOf(name)).map(({ name }) => name),
    isTooLarge: JSON.stringify(files).length > mostCharacters,
  };
};

/** Whether it may be sent. */
export const isSound = ({ counts, problems, unknown, isTooLarge }: Preview): boolean =>
  counts.some(({ rows }) => rows > 0) && problems.length === 0 && unknown.length === 0 && !isTooLarge;

/** A problem as the key of its words and the name that stands in them. */
export const problemWord = (
  what: string,
): { word: 'column' | 'missing' | 'twice' | 'quote' | 'columns' | 'value'; name: string } => {
  const [, named, name = ''] = /^(column|no column|twice):? (.+)$/.exec(what) ?? [];
  if (named === 'no column') return { word: 'missing', name };
  if (named === 'column' || named === 'twice') return { word: named, name };
  if (what === 'quote' || what === 'columns') return { word: what, name: '' };
  return { word: 'value', name: what };
};
