/**
 * What a device may believe of a code by the lists it holds: opened only under the roots that came with the app, never
 * older than those it has seen, and as old as they say themselves.
 */
import { type KeyRing, makeKeyRing, PublishedKey } from '@darmon/credential/keys';
import { type ListMark, openKeyList, openRevocationList, type Revocations } from '@darmon/credential/lists';
import { fromBase64Url } from '@darmon/credential/p256';
import { importKey } from '@darmon/credential/p256-web';
import { type InvalidReason, type Verification, verifyCode } from '@darmon/credential/verify';
import * as z from 'zod';

export type Check =
  | {
      readonly kind: 'authentic';
      readonly verification: Extract<Verification, { valid: true }>;
      /** When the lists were made, an instant. */
      readonly listsAt: string;
    }
  | { readonly kind: 'refused'; readonly reason: InvalidReason; readonly verification: Verification }
  /** This device has no lists to judge by, or none that it may believe. */
  | { readonly kind: 'unknown' };

/** The newest lists a device has seen: it never goes back behind them. */
export interface Marks {
  readonly keys: ListMark;
  readonly revocations: ListMark;
}

export interface OpenedLists {
  readonly ring: KeyRing;
  /** Absent where the deployment ships no roots, so that no list of revocations can be opened. */
  readonly revocations: Revocations | undefined;
  /** When the older of the two was made, in milliseconds. */
  readonly madeAt: number;
  readonly marks: Marks | undefined;
}

/** The lists as a device keeps them: as they were answered, with the roots of the app. */
export interface KeptLists {
  readonly keys: { readonly keys: readonly unknown[]; readonly signed: string };
  readonly revocations: { readonly signed: string };
  readonly roots: readonly unknown[];
  readonly fetchedAt: number;
}

const Keys = z.array(PublishedKey);

const markOf = ({ serial, madeAt }: ListMark): ListMark => ({ serial, madeAt });

/** Opens both lists at `now` (milliseconds), or nothing where one is not signed by a root or older than `after`. */
export const openLists = async (lists: KeptLists, now: number, after?: Marks): Promise<OpenedLists | undefined> => {
  const pinned = Keys.safeParse(lists.roots);
  if (pinned.success && pinned.data.length > 0) {
    const roots = await makeKeyRing(pinned.data, importKey);
    const bytes = fromBase64Url(lists.revocations.signed);
    const [keys, revocations] = await Promise.all([
      openKeyList(lists.keys.signed, { roots, now, ...(after && { after: after.keys }) }),
      bytes ? openRevocationList(bytes, { roots, now, ...(after && { after: after.revocations }) }) : undefined,
    ]);
    if (typeof keys === 'string' || revocations === undefined || typeof revocations === 'string') return undefined;
    return {
      ring: await makeKeyRing(keys.keys, importKey, keys.madeAt),
      revocations,
      madeAt: Math.min(keys.madeAt, revocations.madeAt),
      marks: { keys: markOf(keys), revocations: markOf(revocations) },
    };
  }
  // Without roots the keys count as the connection gave them, and what was revoked is left to the look-up.
  const keys = Keys.safeParse(lists.keys.keys);
  if (!keys.success) return undefined;
  const { fetchedAt } = lists;
  const ring = await makeKeyRing(keys.data, importKey, fetchedAt);
  return { ring, revocations: undefined, madeAt: fetchedAt, marks: undefined };
};

/** Judges one code at `now` (milliseconds). */
export const judgeCode = async (code: string, lists: OpenedLists | undefined, now: number): Promise<Check> => {
  if (!lists) return { kind: 'unknown' };
  const { ring, revocations, madeAt } = lists;
  const verification = await verifyCode(code, { keys: ring, now, ...(revocations && { revocations }) });
  return verification.valid
    ? { kind: 'authentic', verification, listsAt: new Date(madeAt).toISOString() }
    : { kind: 'refused', reason: verification.reason, verification };
};
