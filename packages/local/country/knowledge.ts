/** The starter set of safety knowledge that the demo country ships: files of rows that no expert has verified. */
import { readFileSync } from 'node:fs';
import { type KnowledgeRow, knowledgeKinds } from '@darmon/domain/knowledge';
import { readKnowledgeFiles } from '@darmon/domain/knowledge-files';

const readSet = (): KnowledgeRow[] => {
  const files = knowledgeKinds.map((kind) => ({
    kind,
    csv: readFileSync(new URL(`knowledge/${kind}.csv`, import.meta.url), 'utf8'),
  }));
  const { rows, problems } = readKnowledgeFiles(files);
  const [first] = problems;
  if (first) throw new Error(`${first.kind}.csv, line ${first.line}: ${first.what}`);
  return rows;
};

export const starterSet = { name: 'Darmon starter set', date: '2026-11-21', rows: readSet };
