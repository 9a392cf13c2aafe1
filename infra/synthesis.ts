/**
 * Makes the template without the CDK command line, in a process of its own: CDK's memory and its second of loading are
 * not for whoever only wants to read what would be deployed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleAll, digest } from './bundle.ts';

const infra = fileURLToPath(new URL('./', import.meta.url));
const root = join(infra, '..');

/**
 * Bundles what changed and writes `Darmon.template.json` with its assets into the folder `outdir`; does nothing when
 * all of it is there already, made of the same sources. Needs no account and no network.
 *
 * `context` holds the values that `cdk -c` would take; with any, the template is always made anew, because they can
 * name files. Throws with everything that was reported when there is any finding of cdk-nag or of CloudFormation's own
 * rules.
 */
export const synthesise = async (outdir: string, context: Readonly<Record<string, string>> = {}): Promise<void> => {
  const recipe = await recipeOf();
  const isPlain = Object.keys(context).length === 0;
  const record = join(outdir, 'recipe');
  if (isPlain && (await readFile(record, 'utf8').catch(() => '')) === recipe) return;

  const app = spawn(process.execPath, [join(infra, 'app.ts')], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = await once(app, 'close');
  const report = Buffer.concat(said).toString();
  // A warning leaves the code at 0, and is a finding all the same.
  if (code !== 0 || report !== '') throw new Error(`the deployment cannot be synthesised:\n${report}`);
  if (isPlain) await writeFile(record, recipe);
};

/** Everything a template follows from: the bundles (which hold the routes), this folder, the table, the libraries. */
const recipeOf = async (): Promise<string> => {
  const bundles = await bundleAll();
  const own = (await readdir(infra)).filter((name) => name.endsWith('.ts')).map((name) => join(infra, name));
  const files = [...own.sort(), join(root, 'packages/table/schema.ts'), join(root, 'pnpm-lock.yaml')];
  const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return digest(JSON.stringify([sources, Object.values(bundles).map((bundle) => bundle.digest)]));
};
