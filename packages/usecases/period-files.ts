/** The files of closed months: where each lies, and all of a package together. */
import type { Period } from '@darmon/domain/period';
import { Manifest, manifestName, signatureName } from '@darmon/domain/period-package';
import type { NamedFile } from './zip.ts';

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

const fileOf = async (deps: { readonly files: FileStore }, path: string): Promise<Uint8Array> => {
  const bytes = await deps.files.get(path);
  if (!bytes) throw new Error('a file of a period that was kept is not there');
  return bytes;
};

/** Every file of a package, the manifest and its signature first. @throws Error where one of them is not there */
export const packageFiles = async (deps: { readonly files: FileStore }, period: Period): Promise<NamedFile[]> => {
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
