/**
 * Makes what the local cloud serves, where its sources changed: the bundles with the template that deploys them, and
 * the web app. Processes that start at the same time wait for each other, because the results are shared.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildWeb } from '@darmon/infra/bundle';
import { synthesise } from '@darmon/infra/synthesis';
import { readIfThere, writeWhole } from './state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, '.local', 'built');

export interface Built {
  /** Folder with the template and, beside it, the code of the functions. */
  readonly assembly: string;
  /** Folder of the web app; undefined where it was not wanted. */
  readonly web?: string;
}

/** Bundles, synthesises and builds what is out of date. `say` hears what takes longer than a moment. */
export async function buildAll(options: { web: boolean; say: (step: string) => void }): Promise<Built> {
  const release = await turn();
  try {
    const assembly = join(built, 'assembly');
    options.say('bundling the functions and synthesising the template');
    await synthesise(assembly);
    if (!options.web) return { assembly };
    return { assembly, web: await webApp(options.say) };
  } finally {
    release();
  }
}

/** One builder at a time; the kernel gives the turn on, even after `kill -9`. */
async function turn(): Promise<() => void> {
  mkdirSync(built, { recursive: true });
  for (;;) {
    const lock = new DatabaseSync(join(built, 'turn.db'), { timeout: 0 });
    try {
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      return () => lock.close();
    } catch {
      lock.close();
      await sleep(100);
    }
  }
}

/** Builds `web/dist` if there is none or if a source that it may come from has another content than at the last time. */
async function webApp(say: (step: string) => void): Promise<string> {
  const record = join(built, 'web.recipe');
  const recipe = webRecipe();
  const folder = join(root, 'web', 'dist');
  if (readIfThere(record) === recipe && existsSync(join(folder, 'index.html'))) return folder;
  say('building the web app');
  await buildWeb();
  writeWhole(record, recipe);
  return folder;
}

const webSources = ['web', 'packages', 'functions'];
const skipped = new Set(['node_modules', 'dist', 'local', 'cli', 'table', 'usecases']);

function webRecipe(): string {
  const digest = createHash('sha256').update(readFileSync(join(root, 'pnpm-lock.yaml')));
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (skipped.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!/\.(test\.tsx?|md)$/.test(entry.name))
        digest.update(`\n${path.slice(root.length)}\n`).update(readFileSync(path));
    }
  };
  for (const folder of webSources) visit(join(root, folder));
  return digest.digest('hex');
}
