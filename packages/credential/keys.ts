/** The public keys that a verifier holds: what each may sign and when, and how to find one by its kid. */
import { Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { maxKidBytes } from './cose.ts';
import { fromBase64Url, type ImportKey, PublicJwk, type VerifyKey } from './p256.ts';

/** A prescription key signs codes, a certificate key delegates to devices; neither can do the other's work. */
const KeyPurpose = z.enum(['prescription', 'certificate']);

const Kid = z
  .string()
  .regex(/^[A-Za-z0-9_-]{2,22}$/)
  .refine((text) => {
    const { length } = fromBase64Url(text) ?? [];
    return length !== undefined && length > 0 && length <= maxKidBytes;
  }, 'base64url of 1 to 16 bytes');

/**
 * One key as it is published. `notBefore` and `notAfter` bound the times at which it signs, not those at which its
 * signatures count: a code already printed outlives its key's turn.
 */
export const PublishedKey = PublicJwk.extend({
  kid: Kid.meta({ description: 'base64url of the bytes in the COSE header' }),
  notBefore: Instant.exactOptional(),
  notAfter: Instant.exactOptional(),
  purpose: KeyPurpose.exactOptional().meta({ description: 'absent: prescription' }),
}).meta({ id: 'PublishedKey' });
export type PublishedKey = z.infer<typeof PublishedKey>;

export const maxKeys = 64;

/** An imported key with its window in whole seconds since 1970; `until` is exclusive. */
export interface RingKey {
  readonly kid: string;
  readonly purpose: z.infer<typeof KeyPurpose>;
  readonly from: number;
  readonly until: number;
  readonly verify: VerifyKey;
}

export interface KeyRing {
  /** When the list was made, in milliseconds; absent where the caller vouches for the keys, as a server does. */
  readonly madeAt?: number;
  readonly importKey: ImportKey;
  /** Every key that shares the kid, whatever its purpose. */
  readonly find: (kid: Uint8Array) => readonly RingKey[];
}

/** Bytes as text of one character a byte: the fastest thing a Map can look up. */
const nameOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/**
 * Imports the keys once, so that verifying costs only the curve.
 * @throws where a key is not a point of P-256, RangeError for more than 64
 */
export const makeKeyRing = async (
  keys: readonly PublishedKey[],
  importKey: ImportKey,
  madeAt?: number,
): Promise<KeyRing> => {
  if (keys.length > maxKeys) throw new RangeError(`at most ${maxKeys} keys`);
  const byKid = new Map<string, RingKey[]>();
  for (const key of keys) {
    const kid = fromBase64Url(key.kid);
    if (!kid) throw new RangeError('kid is not base64url');
    const ringKey: RingKey = {
      kid: key.kid,
      purpose: key.purpose ?? 'prescription',
      from: key.notBefore === undefined ? 0 : Math.floor(Date.parse(key.notBefore) / 1000),
      until: key.notAfter === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Date.parse(key.notAfter) / 1000),
      verify: await importKey(key),
    };
    byKid.set(nameOf(kid), [...(byKid.get(nameOf(kid)) ?? []), ringKey]);
  }
  return { importKey, find: (kid) => byKid.get(nameOf(kid)) ?? [], ...(madeAt !== undefined && { madeAt }) };
};
