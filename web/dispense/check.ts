/** The first question at the counter, answered on this device: did a prescriber sign this code, and does it still count. */
import { type KeyRing, makeKeyRing, PublishedKey } from '@darmon/credential/keys';
import { openKeyList, openRevocationList, type Revocations } from '@darmon/credential/lists';
import { fromBase64Url } from '@darmon/credential/p256';
import { importKey } from '@darmon/credential/p256-web';
import { type InvalidReason, type Verification, verifyCode } from '@darmon/credential/verify';
import * as z from 'zod';
import { keptLists, refreshLists, type SignedLists } from '../shared/device-store.ts';

export type Check =
  | {
      readonly kind: 'authentic';
      readonly verification: Extract<Verification, { valid: true }>;
      /** Until when the lists speak, an instant; older than a day they are `stale`. */
      readonly listsAt: string;
    }
  | { readonly kind: 'refused'; readonly reason: InvalidReason; readonly verification: Verification }
  /** This device has no lists to judge by. */
  | { readonly kind: 'unknown' };

const Keys = z.array(PublishedKey);
const hourMs = 3_600_000;
/** Lists that old are fetched again before a code is judged, if there is a network. */
const refreshMs = hourMs;

interface Opened {
  readonly ring: KeyRing;
  readonly revocations: Revocations | undefined;
  readonly madeAt: number;
}

/**
 * Both lists under the pinned roots. Where a deployment ships no roots, the keys count as the connection gave them, and
 * what was revoked is left to the look-up.
 */
const open = async (lists: SignedLists, now: number): Promise<Opened | undefined> => {
  const pinned = Keys.safeParse(lists.roots);
  if (pinned.success && pinned.data.length > 0) {
    const roots = await makeKeyRing(pinned.data, importKey);
    const bytes = fromBase64Url(lists.revocations.signed);
    const [keys, revocations] = await Promise.all([
      openKeyList(lists.keys.signed, { roots, now }),
      bytes ? openRevocationList(bytes, { roots, now }) : undefined,
    ]);
    if (typeof keys === 'string' || revocations === undefined || typeof revocations === 'string') return undefined;
    const madeAt = Math.min(keys.madeAt, revocations.madeAt);
    return { ring: await makeKeyRing(keys.keys, importKey, keys.madeAt), revocations, madeAt };
  }
  const keys = Keys.safeParse(lists.keys.keys);
  if (!keys.success) return undefined;
  const { fetchedAt } = lists;
  return { ring: await makeKeyRing(keys.data, importKey, fetchedAt), revocations: undefined, madeAt: fetchedAt };
};

let held: { lists: SignedLists; opened: Opened } | undefined;

const openedLists = async (now: number): Promise<Opened | undefined> => {
  let lists = held?.lists ?? (await keptLists());
  if (navigator.onLine && (!lists || now - lists.fetchedAt > refreshMs))
    lists = await refreshLists().catch(() => lists);
  if (!lists) return undefined;
  if (held?.lists !== lists) {
    const opened = await open(lists, now).catch(() => undefined);
    if (!opened) return undefined;
    held = { lists, opened };
  }
  return held.opened;
};

// What another list may change; all else is in the code itself.
const mayBeOurLists: readonly InvalidReason[] = [
  'unknown-kid',
  'certificate-unknown-kid',
  'lists-too-old',
  'lists-stale',
];

/** Judges a code by the lists on this device, at `now` in milliseconds; fetches them first where they are old. Never throws. */
export const checkCode = async (code: string, now: number): Promise<Check> => {
  const judge = async (): Promise<Check> => {
    const opened = await openedLists(now);
    if (!opened) return { kind: 'unknown' };
    const { ring, revocations, madeAt } = opened;
    const verification = await verifyCode(code, { keys: ring, now, ...(revocations && { revocations }) });
    return verification.valid
      ? { kind: 'authentic', verification, listsAt: new Date(madeAt).toISOString() }
      : { kind: 'refused', reason: verification.reason, verification };
  };
  try {
    const first = await judge();
    if (first.kind !== 'refused' || !navigator.onLine || !mayBeOurLists.includes(first.reason)) return first;
    // A key that was put to use an hour ago is not a forgery: ask once more with today's lists.
    held = undefined;
    await refreshLists();
    return await judge();
  } catch {
    return { kind: 'unknown' };
  }
};

/** Fetches the lists ahead of need, so that the device can judge when the network is gone. */
export const warmLists = async (now: number): Promise<void> => {
  await openedLists(now).catch(() => undefined);
};
