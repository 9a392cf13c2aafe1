/** The starter set of safety knowledge that the demo country ships: files of rows that no expert has verified. */
import { readFileSync } from 'node:fs';
import { type KnowledgeKind, type KnowledgeRow, knowledgeKinds, readKnowledge } from '@darmon/domain/knowledge';
import Papa from 'papaparse';

/** Rows of one file of the set. */
const readFile = (kind: KnowledgeKind): KnowledgeRow[] => {
  const text = readFileSync(new URL(`knowledge/${kind}.csv`, import.meta.url), 'utf8');
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const { rows, problems } = readKnowledge(kind, { columns: meta.fields ?? [], rows: data });
  const [first] = problems;
  if (first) throw new Error(`${kind}.csv, line ${first.line}: ${first.what}`);
  return rows;
};

export const starterSet = {
  name: 'Darmon starter set',
  date: '2026-11-21',
  rows: (): KnowledgeRow[] => knowledgeKinds.flatMap(readFile),
};
