/** The files of closed months: where each lies, and all of a package together. */
import type { Actor } from '@darmon/domain/actor';
import type { Period } from '@darmon/domain/period';
import { Manifest, manifestName, signatureName } from '@darmon/domain/period-package';
import { Refusal } from '@darmon/domain/refusal';
import { type Deps, loadAccount } from './deps.ts';
import { type NamedFile, zipOf } from './zip.ts';

/** Files that are written once and never again. */
export interface FileStore {
  readonly get: (path: string) => Promise<Uint8Array | undefined>;
  /** Harmless to repeat with the same bytes. */
  readonly put: (path: string, bytes: Uint8Array) => Promise<void>;
}

/** Where a file of a period lies: by what is in it, so that two who make the same report never meet. */
export const filePath = (month: string, name: string, sha256: string): string => `${month}/${sha256}-${name}`;
export const manifestPath = (month: string, digest: string): string => `${month}/${digest}-manifest.json`;
export const signaturePath = (month: string, digest: string): string => `${month}/${digest}-manifest.jws`;

const fileOf = async (deps: { readonly files: Pick<FileStore, 'get'> }, path: string): Promise<Uint8Array> => {
  const bytes = await deps.files.get(path);
  if (!bytes) throw new Error('a file of a period that was kept is not there');
  return bytes;
};

/** Every file of a package, the manifest and its signature first. @throws Error where one of them is not there */
export const packageFiles = async (
  deps: { readonly files: Pick<FileStore, 'get'> },
  period: Period,
): Promise<NamedFile[]> => {
  const digest = period.package?.digest;
  if (digest === undefined) throw new Error('there is no package yet');
  const manifest = await fileOf(deps, manifestPath(period.month, digest));
  const files = [
    { name: manifestName, bytes: manifest },
    { name: signatureName, bytes: await fileOf(deps, signaturePath(period.month, digest)) },
  ];
  for (const { files: own } of Manifest.parse(JSON.parse(Buffer.from(manifest).toString('utf8'))).reports)
    for (const { name, sha256 } of own)
      files.push({ name, bytes: await fileOf(deps, filePath(period.month, name, sha256)) });
  return files;
};

/** As much as an answer of a function may hold, with room for how it is written. */
const largestAnswer = 4_400_000;

const versionOf = async (
  deps: Pick<Deps, 'table'>,
  { month, version }: { month: string; version?: number | undefined },
) => {
  const versions = await deps.table.loadPeriodVersions(month);
  const period = version === undefined ? versions.at(-1) : versions.find((one) => one.version === version);
  if (!period) throw new Refusal('not-found');
  return period;
};

/**
 * A file of a closed month as it was made.
 * @throws Refusal of the account, `not-found`, `period-state` while its reports are being made; `body-too-large` for one
 * that no answer of a function can hold
 */
export const readPeriodFile = async (
  deps: Pick<Deps, 'table'> & { readonly files: Pick<FileStore, 'get'> },
  actor: Actor,
  input: { month: string; name: string; version?: number | undefined },
): Promise<{ name: string; bytes: Uint8Array }> => {
  await loadAccount(deps, actor);
  const period = await versionOf(deps, input);
  const reports = await deps.table.loadPeriodReports(period);
  const file = reports.flatMap(({ files }) => files).find(({ name }) => name === input.name);
  if (!file) throw new Refusal(period.state === 'frozen' ? 'period-state' : 'not-found');
  if (file.bytes > largestAnswer) throw new Refusal('body-too-large');
  const bytes = await deps.files.get(filePath(input.month, file.name, file.sha256));
  if (!bytes) throw new Refusal('not-found');
  return { name: file.name, bytes };
};

/**
 * The whole package as one zip, as the authority gets it.
 * @throws Refusal of the account, `not-found`, `period-not-packaged`; `body-too-large` as for a file
 */
export const readPackage = async (
  deps: Pick<Deps, 'table'> & { readonly files: Pick<FileStore, 'get'> },
  actor: Actor,
  input: { month: string; version?: number | undefined },
): Promise<Uint8Array> => {
  await loadAccount(deps, actor);
  const period = await versionOf(deps, input);
  if (!period.package) throw new Refusal('period-not-packaged');
  const zip = zipOf(await packageFiles(deps, period));
  if (zip.length > largestAnswer) throw new Refusal('body-too-large');
  return zip;
};
