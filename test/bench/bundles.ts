/** How large the deployed bundles are, and what the largest costs to import beside the AWS clients that it cannot do without. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleAll } from '@darmon/infra/bundle';
import { build } from 'esbuild';
import { inTurn, type Row } from './measure.ts';

const api = [
  'prescribing',
  'dispensing',
  'inventory',
  'procurement',
  'compliance',
  'oversight',
  'privacy',
  'verification',
  'identity',
] as const;

/** The two clients bundled as the functions are, with nothing of Darmon in it. */
const clientsAlone = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
export const clients = [new DynamoDBClient({}), new KMSClient({})];
`;

const bundleClients = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'clients.mjs');
  await build({
    stdin: { contents: clientsAlone, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: {
      js: "import{createRequire as bundleRequire}from'node:module';const require=bundleRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return outfile;
};

const environment = {
  AWS_REGION: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  TABLE_NAME: 'darmon',
  PRESCRIPTION_KEY_ID: 'key',
  LISTS_KEY_ID: 'key',
  DATA_KEY_ID: 'key',
  SEARCH_KEY_ID: 'key',
  PUBLIC_URL: 'http://127.0.0.1',
  USER_POOL_ID: 'local_pool',
};

/** Milliseconds from the import's begin to its end, in a process of its own. */
const importTime = async (file: string): Promise<number> => {
  const script = `const began = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - began)); process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complained += chunk;
  });
  await once(child, 'close');
  const ms = Number(said);
  if (!(ms > 0)) throw new Error(`${file} cannot be imported: ${complained.trim().split('\n').slice(0, 5).join(' ')}`);
  return ms;
};

/** `bundle/kB` (1 kB = 1,000 bytes) and `bundle/import`. */
export const bundleRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  const bundles = await bundleAll();
  for (const [name, { bytes }] of Object.entries(bundles)) note(`bundle/kB: ${name} ${(bytes / 1000).toFixed(1)}`);
  const largest = api.reduce((most, name) => (bundles[name].bytes > bundles[most].bytes ? name : most));
  report({
    name: 'bundle/kB',
    value: bundles[largest].bytes / 1000,
    unit: 'kB',
    limit: '<=700',
    of: `the largest API function, ${largest}, minified`,
  });
  const folder = mkdtempSync(join(tmpdir(), 'darmon-bench-'));
  try {
    const clients = await bundleClients(folder);
    const compared = await inTurn(
      { rounds: 21, seconds: 20 },
      () => importTime(join(bundles[largest].folder, 'index.mjs')),
      () => importTime(clients),
    );
    note(`bundle/import: ${largest} ${compared.a.toFixed(0)} ms, clients ${compared.b.toFixed(0)} ms`);
    report({
      name: 'bundle/import',
      value: compared.ratio,
      unit: 'times',
      limit: '<=1.6',
      of: `importing the two AWS clients alone, bundled the same way; ${largest}`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
