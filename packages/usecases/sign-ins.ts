/**
 * Sign-ins that were refused, from the user pool's two moments: before somebody is asked for a password, and after
 * somebody came in. An honest sign-in costs two small writes and leaves nothing; what was refused becomes an event.
 */
import {
  isGathered,
  isOver,
  mostAttempts,
  type OpenAttempts,
  openMs,
  refusedChanges,
  signInActor,
} from '@darmon/domain/sign-in-watch';
import { instant } from '@darmon/domain/time';
import { changeOnce, type Deps } from './deps.ts';

/** Ends attempts of which `times` were refused, with their event; `anew` begins the next at that time. */
const commitRefused = async (deps: Deps, open: OpenAttempts, times: number, anew?: number): Promise<void> => {
  const now = deps.now();
  const { person } = await deps.table.loadStanding(open.person, 'NONE');
  // an account that is no member of staff's, as one that is being made
  const site = person?.site;
  const event = site !== undefined && {
    id: deps.id(),
    at: instant(now),
    type: 'sign-in-refused' as const,
    actor: signInActor(site),
    changes: refusedChanges(open, times),
  };
  await deps.table.commitAttempts(open, event ? { now, event } : undefined, anew);
};

/** Decides again on what stands now, wherever somebody else was faster. */
const retried = (deps: Deps, run: () => Promise<number>): Promise<number> =>
  changeOnce(
    deps,
    undefined,
    async () => ({ status: 200, body: await run() }),
    // without a key nothing is ever repeated
    () => Promise.reject(new Error('an attempt has no request')),
  ).then(({ body }) => body);

/**
 * Somebody begins to sign in to this account. Says until when no more attempts on it are counted, in milliseconds since
 * 1970, or undefined where the next one is counted too.
 */
export const beginSignIn = async (deps: Deps, person: string): Promise<number | undefined> => {
  const now = deps.now();
  if (await deps.table.addAttempt(person, now)) return undefined;
  const until = await retried(deps, async () => {
    const open = await deps.table.loadAttempts(person);
    if (!open) return (await deps.table.addAttempt(person, now)) ? 0 : now;
    if (!isGathered(open, now)) return open.attempts >= mostAttempts ? open.from + openMs : 0;
    await commitRefused(deps, open, open.attempts, now);
    return 0;
  });
  return until > now ? until : undefined;
};

/** Somebody came in to this account: all attempts but the last were refused. Twice comes to the same. */
export const finishSignIn = async (deps: Deps, person: string): Promise<void> => {
  if (await deps.table.clearAttempt(person)) return;
  await retried(deps, async () => {
    const open = await deps.table.loadAttempts(person);
    if (!open) return 0;
    if (open.attempts > 1) await commitRefused(deps, open, open.attempts - 1);
    else await deps.table.clearAttempt(person);
    return open.attempts;
  });
};

/** Writes what was refused and never followed by anything. Whoever runs at once, each is written once. */
export const settleSignIns = async (deps: Deps): Promise<{ accounts: number }> => {
  let accounts = 0;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listAttempts(cursor);
    for (const listed of page.items)
      if (isOver(listed, deps.now()))
        accounts += await retried(deps, async () => {
          const open = await deps.table.loadAttempts(listed.person);
          if (!open || !isOver(open, deps.now())) return 0;
          await commitRefused(deps, open, open.attempts);
          return 1;
        });
    cursor = page.next;
  } while (cursor !== undefined);
  return { accounts };
};
