/** `verify-code`: codes from a file or a scanner, judged by a key list alone, with no network. */
import { type KeyRing, makeKeyRing, PublishedKey } from '@darmon/credential/keys';
import { openKeyList } from '@darmon/credential/lists';
import { importKey } from '@darmon/credential/p256-node';
import type { Credential } from '@darmon/credential/payload';
import { type InvalidReason, verifyCode } from '@darmon/credential/verify';
import { instant } from '@darmon/domain/time';
import * as z from 'zod';

const KeysFile = z.object({ keys: z.array(PublishedKey).min(1), signed: z.string().optional() });
const RootsFile = z.array(PublishedKey).min(1);

/** The keys as whoever names the file vouches for them, or, under roots, only what was signed, with its age. */
const ringOf = async (keysJson: string, rootsJson: string | undefined, now: number): Promise<KeyRing> => {
  const { keys, signed } = KeysFile.parse(JSON.parse(keysJson));
  if (rootsJson === undefined) return makeKeyRing(keys, importKey);
  const roots = await makeKeyRing(RootsFile.parse(JSON.parse(rootsJson)), importKey);
  const opened = await openKeyList(signed ?? '', { roots, now });
  if (typeof opened === 'string') throw new Error(`the list of keys is not believed: ${opened}`);
  return makeKeyRing(opened.keys, importKey, opened.madeAt);
};

/** What is said of one code. The prescription is there whenever the signature is right, so also of an expired one. */
export interface CodeVerdict {
  readonly valid: boolean;
  readonly reason?: InvalidReason;
  readonly prescription?: Omit<Credential, 'issuedAt'> & {
    /** An instant. */
    readonly issuedAt: string;
    /** Exclusive, an instant; only of a valid code. */
    readonly validUntil?: string;
    /** Where a device signed while the network was down. */
    readonly delegated?: { readonly certificate: string; readonly sequence: number };
  };
}

const verdictOf = async (code: string, keys: KeyRing, now: number): Promise<CodeVerdict> => {
  const outcome = await verifyCode(code, { keys, now });
  const said = outcome.credential && {
    ...outcome.credential,
    issuedAt: instant(outcome.credential.issuedAt * 1000),
  };
  if (!outcome.valid) return { valid: false, reason: outcome.reason, ...(said && { prescription: said }) };
  const { validUntil, delegated } = outcome;
  return { valid: true, ...(said && { prescription: { ...said, validUntil, ...(delegated && { delegated }) } }) };
};

/**
 * One verdict a line, in order. `keysJson` is the text of the answer of `/api/.well-known/prescription-keys`, or any object with
 * `keys`; whoever names the file vouches for it, so its age is not asked. With `rootsJson`, as `darmon roots` writes it, only
 * what is signed under a root counts, and no longer than lists count. `at` is in milliseconds since 1970.
 * @throws Error where the list does not open under the roots, SyntaxError or ZodError where `keysJson` is no key list, RangeError or TypeError where a key is not of P-256
 */
export async function* verifyCodeLines(
  lines: AsyncIterable<string>,
  { keysJson, rootsJson, at }: { readonly keysJson: string; readonly rootsJson?: string; readonly at: number },
): AsyncGenerator<CodeVerdict> {
  const keys = await ringOf(keysJson, rootsJson, at);
  // a file may come from a system that ends its lines with a carriage return; no code contains one
  for await (const line of lines) yield await verdictOf(line.replace(/\r$/, ''), keys, at);
}
