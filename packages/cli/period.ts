// `darmon period verify`: a stranger's check of a package of a closed month, from its files and the key alone.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PublicJwk } from '@darmon/credential/p256';
import { type NoteKey, openCheckpoint } from '@darmon/log/note';
import { verifyPackage } from '@darmon/usecases/period-verify';
import { type NamedFile, unzip } from '@darmon/usecases/zip';

/** The key of a file: a JWK as /api/.well-known/period-key answers it. @throws Error that says so where it is none */
const periodKeyOf = async (file: string): Promise<PublicJwk> => {
  const key = PublicJwk.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!key.success) throw new Error(`${file} is no public key; /api/.well-known/period-key answers one`);
  return key.data;
};

const filesAt = async (place: string): Promise<NamedFile[] | undefined> => {
  if (!(await stat(place)).isDirectory()) return unzip(await readFile(place));
  const names = (await readdir(place, { withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(names.map(async ({ name }) => ({ name, bytes: await readFile(join(place, name)) })));
};

/** True where the checkpoint in the manifest is this log's own, and says the size and root that the manifest says. */
const isOfLog = (log: { size: number; root: string; checkpoint: string }, key: NoteKey): boolean => {
  try {
    const { size, root } = openCheckpoint(Buffer.from(log.checkpoint, 'utf8'), key);
    return size === log.size && Buffer.from(root).toString('base64') === log.root;
  } catch {
    return false;
  }
};

/**
 * What a package is, in one line, and whether it is whole: a folder of its files, or the zip.
 * @throws where a file cannot be read
 */
export const verifyPeriodAt = async (
  place: string,
  { key, log }: { readonly key: string; readonly log?: NoteKey },
): Promise<{ ok: boolean; line: Record<string, unknown> }> => {
  const files = await filesAt(place);
  const verdict = files ? verifyPackage(files, await periodKeyOf(key)) : { ok: false, problems: ['no zip'] };
  if (!('manifest' in verdict)) return { ok: false, line: { ok: false, problems: verdict.problems } };
  const { manifest, digest } = verdict;
  const problems = [...verdict.problems];
  if (log && !isOfLog(manifest.log, log)) problems.push('other-log manifest.json');
  const ok = problems.length === 0;
  return {
    ok,
    line: {
      ok,
      month: manifest.month,
      version: manifest.version,
      digest,
      ...(manifest.supersedes && { supersedes: manifest.supersedes.version }),
      reports: manifest.reports.length,
      files: manifest.reports.reduce((sum, report) => sum + report.files.length, 0),
      checksThatFail: manifest.reports.flatMap(({ checks }) => checks.filter(({ holds }) => !holds)).length,
      signed: manifest.signed.length,
      logSize: manifest.log.size,
      problems,
    },
  };
};
