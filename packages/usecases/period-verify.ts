/** A stranger's check of a package: the manifest is signed, and every file is the one that it names. No server is asked. */
import type { PublicJwk } from '@darmon/credential/p256';
import { Manifest, manifestName, signatureName } from '@darmon/domain/period-package';
import { digestOf, isSignedBy } from './jws.ts';
import type { NamedFile } from './zip.ts';

/** `problems` says what is wrong, each in a word and the file that it is about. */
export type PackageVerdict =
  | {
      readonly ok: boolean;
      readonly month: string;
      readonly version: number;
      /** Of the manifest. */
      readonly digest: string;
      readonly manifest: Manifest;
      readonly problems: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[]; readonly month?: never };

const read = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

/**
 * Finds: a manifest that this key did not sign (`unsigned`), files that are other than it says (`changed`), missing,
 * named twice (`repeated`), or nobody's (`unnamed`). Pure but for hashing.
 */
export const verifyPackage = (files: readonly NamedFile[], key: PublicJwk): PackageVerdict => {
  const byName = new Map(files.map((file) => [file.name, file.bytes]));
  const [bytes, signature] = [byName.get(manifestName), byName.get(signatureName)];
  if (!bytes || !signature) return { ok: false, problems: [`missing ${bytes ? signatureName : manifestName}`] };
  const problems: string[] = [];
  if (!isSignedBy(key, bytes, Buffer.from(signature).toString('utf8'))) problems.push(`unsigned ${manifestName}`);
  const parsed = Manifest.safeParse(read(bytes));
  if (!parsed.success) return { ok: false, problems: [...problems, `unreadable ${manifestName}`] };
  const manifest = parsed.data;
  const named = manifest.reports.flatMap((report) => report.files);
  const names = new Set([manifestName, signatureName]);
  for (const { name, bytes: size, sha256 } of named) {
    if (names.has(name)) problems.push(`repeated ${name}`);
    names.add(name);
    const found = byName.get(name);
    if (!found) problems.push(`missing ${name}`);
    else if (found.length !== size || digestOf(found) !== sha256) problems.push(`changed ${name}`);
  }
  for (const { name } of files) if (!names.has(name)) problems.push(`unnamed ${name}`);
  const { month, version } = manifest;
  return { ok: problems.length === 0, month, version, digest: digestOf(bytes), manifest, problems };
};
