/** What anybody may ask, and the lists that let them check for themselves: keys and revocations, signed. */

import { type KeyRing, makeKeyRing, PublishedKey } from '@darmon/credential/keys';
import { makeKeyList, makeRevocationList } from '@darmon/credential/lists';
import { type ImportKey, type Signer, toBase64Url } from '@darmon/credential/p256';
import { type VerifyContext, verifyCode } from '@darmon/credential/verify';
import { statusAt } from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { dayMs, instant } from '@darmon/domain/time';
import type { Table } from '@darmon/table/table';
import * as z from 'zod';
import type { Deps } from './deps.ts';

type ListDeps = Pick<Deps, 'table' | 'now'>;

const KeyListBody = z.object({ keys: z.array(PublishedKey), signed: z.string() });
const RevocationBody = z.object({ madeAt: z.string(), serial: z.int(), signed: z.string() });

/** How long a server may reuse the key list before it reads it again. */
const ringMs = 60_000;

/** Gives the context in which codes are verified on a server: the published keys, and revocation asked of the table. */
export const serverVerifyContext = (
  table: Table,
  now: () => number,
  importKey: ImportKey,
): (() => Promise<VerifyContext>) => {
  let held: { at: number; keys: KeyRing } | undefined;
  return async () => {
    if (!held || Math.abs(now() - held.at) > ringMs) {
      const list = await table.loadList('keys');
      held = { at: now(), keys: await makeKeyRing(list ? KeyListBody.parse(list.body).keys : [], importKey) };
    }
    return { keys: held.keys, now: now() };
  };
};

/**
 * Whether a code is authentic, in time and not revoked, and what its prescription's state is. An invalid code is an
 * answer, not an error; nothing of the patient is in it.
 */
export const verifyScanned = async (deps: ListDeps & { verifyContext: () => Promise<VerifyContext> }, code: string) => {
  const verified = await verifyCode(code.trim(), await deps.verifyContext());
  if (!verified.credential) return { valid: false, ...(!verified.valid && { reason: verified.reason }) };
  const p = await deps.table.loadPrescription(verified.credential.id);
  const status = p && statusAt(p, deps.now());
  if (!verified.valid) return { valid: false, reason: verified.reason, ...(status && { status }) };
  // a device may have signed while the network was down: authentic before it is registered
  if (!status) return { valid: true };
  return p.cancel ? { valid: false, reason: 'revoked', status } : { valid: true, status };
};

/** @throws Refusal `unavailable` before the first list was published */
export const readKeyList = async (deps: Pick<Deps, 'table'>) => {
  const list = await deps.table.loadList('keys');
  if (!list) throw new Refusal('unavailable');
  return KeyListBody.parse(list.body);
};

/** @throws Refusal `unavailable` before the first list was published */
export const readRevocationList = async (deps: Pick<Deps, 'table'>) => {
  const list = await deps.table.loadList('revocations');
  if (!list) throw new Refusal('unavailable');
  return RevocationBody.parse(list.body);
};

/** A key that is put to use, as KMS gave it. */
export type CurrentKey = Pick<PublishedKey, 'kid' | 'kty' | 'crv' | 'x' | 'y'>;

/** A key that left the configuration stays in the list for the longest validity and a margin, so no printed code breaks. */
const retiredDays = 100;
/** A key counts from a day before it was first published: clocks differ, and it may have signed since the last run. */
const leadDays = 1;

/** Keys of the last list and those in use now: new ones begin, those no longer in use end, and ended ones leave at last. */
const mergeKeys = (last: readonly PublishedKey[], current: readonly CurrentKey[], now: number): PublishedKey[] => {
  const kept = last.map((key): PublishedKey => {
    const used = current.some((c) => c.kid === key.kid && c.x === key.x);
    return used || key.notAfter !== undefined ? key : { ...key, notAfter: instant(now) };
  });
  const added = current
    .filter((c) => !last.some((key) => key.kid === c.kid && key.x === c.x))
    .map((c): PublishedKey => ({ ...c, notBefore: instant(now - leadDays * dayMs), purpose: 'prescription' }));
  return [...kept, ...added].filter(
    (key) => key.notAfter === undefined || now < Date.parse(key.notAfter) + retiredDays * dayMs,
  );
};

/**
 * Makes and publishes both lists, each with a serial above the last. Safe to run twice at once: the slower is dropped.
 * Serials are the time in seconds, so that even a restored table never publishes a lower one.
 */
export const publishLists = async (
  deps: ListDeps & { signer: Signer; current: readonly CurrentKey[] },
): Promise<{ serial: number; keys: number; revoked: number }> => {
  const now = deps.now();
  const [lastKeys, lastRevocations] = await Promise.all([
    deps.table.loadList('keys'),
    deps.table.loadList('revocations'),
  ]);
  const serial = Math.max(Math.floor(now / 1000), (lastKeys?.serial ?? 0) + 1, (lastRevocations?.serial ?? 0) + 1);
  const mark = { serial, madeAt: now };
  const keys = mergeKeys(lastKeys ? KeyListBody.parse(lastKeys.body).keys : [], deps.current, now);
  const revoked = await deps.table.listRevoked(now);
  const [keyList, revocationList] = await Promise.all([
    makeKeyList(keys, mark, deps.signer),
    makeRevocationList({ prescriptions: revoked, certificates: [] }, mark, deps.signer),
  ]);
  await deps.table.publishList('keys', { serial, madeAt: instant(now), body: { ...keyList } });
  await deps.table.publishList('revocations', {
    serial,
    madeAt: instant(now),
    body: { madeAt: instant(now), serial, signed: toBase64Url(revocationList) },
  });
  return { serial, keys: keys.length, revoked: revoked.length };
};
