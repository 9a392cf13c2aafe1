/** The first question at the counter, answered on this device: did a prescriber sign this code, and does it still count. */
import type { InvalidReason } from '@darmon/credential/verify';
import * as z from 'zod';
import { keptLists, refreshLists, type SignedLists } from '../shared/device-store.ts';
import { type Check, judgeCode, type Marks, type OpenedLists, openLists } from './judge.ts';

/** Lists that old are fetched again before a code is judged, if there is a network. */
const refreshMs = 3_600_000;

const Mark = z.object({ serial: z.int(), madeAt: z.number() });
const StoredMarks = z.object({ keys: Mark, revocations: Mark });
const marksName = 'darmon.lists';

/** A device that refuses storage remembers them as long as the page is open. */
let marks: Marks | undefined;

const newestSeen = (): Marks | undefined => {
  if (marks) return marks;
  try {
    return StoredMarks.safeParse(JSON.parse(localStorage.getItem(marksName) ?? 'null')).data;
  } catch {
    return undefined;
  }
};

const remember = (seen: Marks | undefined): void => {
  if (!seen) return;
  marks = seen;
  try {
    localStorage.setItem(marksName, JSON.stringify(seen));
  } catch {
    return;
  }
};

let held: { lists: SignedLists; opened: OpenedLists } | undefined;

const currentOpened = async (now: number): Promise<OpenedLists | undefined> => {
  let lists = held?.lists ?? (await keptLists());
  if (navigator.onLine && (!lists || now - lists.fetchedAt > refreshMs))
    lists = await refreshLists().catch(() => lists);
  if (!lists) return undefined;
  if (held?.lists !== lists) {
    const opened = await openLists(lists, now, newestSeen()).catch(() => undefined);
    if (!opened) return undefined;
    remember(opened.marks);
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
  try {
    const first = await judgeCode(code, await currentOpened(now), now);
    const isDoubtful = first.kind === 'unknown' || (first.kind === 'refused' && mayBeOurLists.includes(first.reason));
    if (!isDoubtful || !navigator.onLine) return first;
    // A key that was put to use an hour ago is not a forgery: ask once more with today's lists.
    const lists = await refreshLists();
    held = undefined;
    const opened = await openLists(lists, now, newestSeen());
    if (!opened) return first;
    remember(opened.marks);
    held = { lists, opened };
    return await judgeCode(code, opened, now);
  } catch {
    return { kind: 'unknown' };
  }
};

/** Fetches the lists ahead of need, so that the device can judge when the network is gone. */
export const warmLists = async (now: number): Promise<void> => {
  await currentOpened(now).catch(() => undefined);
};
