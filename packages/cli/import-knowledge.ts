// `darmon import-knowledge`: a set of knowledge larger than a request holds, from a folder of files straight into the
// table, in the name of an administrator. It cannot approve: that is somebody else's, on the screen.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Actor } from '@darmon/domain/actor';
import { type KnowledgeKind, type KnowledgeSet, knowledgeKinds } from '@darmon/domain/knowledge';
import type { KnowledgeFile } from '@darmon/domain/knowledge-files';
import { Refusal } from '@darmon/domain/refusal';
import { openTable } from '@darmon/table/table';
import { importKnowledge, rowsOfFiles } from '@darmon/usecases/knowledge';
import { liveDeps } from '@darmon/usecases/live';

export interface KnowledgeImport {
  readonly folder: string;
  readonly table: string;
  /** Absent: the region's own DynamoDB. */
  readonly endpoint?: string | undefined;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Id of an administrator in the table. */
  readonly person: string;
  readonly site: string;
  readonly progress: (line: string) => void;
}

/** The files of a folder by their kind: `interaction.csv`, `ceiling.csv` and so on; others are left alone. */
const filesOf = async (folder: string): Promise<KnowledgeFile[]> => {
  const names = await readdir(folder);
  const kinds = knowledgeKinds.filter((kind: KnowledgeKind) => names.includes(`${kind}.csv`));
  return Promise.all(kinds.map(async (kind) => ({ kind, csv: await readFile(join(folder, `${kind}.csv`), 'utf8') })));
};

const everyMs = 1_000;

/**
 * Imports a set; the same call again goes on where it was cut off. Credentials and region come from the environment.
 * @throws Refusal `knowledge-invalid` with every place, `not-allowed` for somebody who is no administrator, of standing
 */
export const importKnowledgeFolder = async (options: KnowledgeImport): Promise<KnowledgeSet> => {
  const rows = rowsOfFiles(await filesOf(options.folder));
  options.progress(`${rows.length} rows read`);
  const live = liveDeps(options.table);
  const client = new DynamoDBClient(options.endpoint ? { endpoint: options.endpoint } : {});
  const deps = { ...live, table: openTable({ client, table: options.table, now: live.now }) };
  try {
    const { person } = await deps.table.loadStanding(options.person, options.site);
    if (!person?.roles.includes('admin')) throw new Refusal('not-allowed');
    const actor: Actor = {
      person: person.id,
      name: person.name,
      role: 'admin',
      roles: person.roles,
      reach: 'all',
      site: options.site,
      rights: person.rights,
      authTime: Math.floor(live.now() / 1_000),
      secondFactor: false,
    };
    let said = live.now();
    const { name, date } = options;
    const { body } = await importKnowledge(deps, actor, { name, date }, rows, undefined, (step) => {
      if (live.now() - said < everyMs && step.written < step.subjects) return;
      said = live.now();
      options.progress(`set ${step.version}: ${step.written} of ${step.subjects} subjects written`);
    });
    return body;
  } finally {
    client.destroy();
  }
};
