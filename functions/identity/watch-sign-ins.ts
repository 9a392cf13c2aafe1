/**
 * The user pool's two moments around a password: somebody begins, somebody came in. Nothing that goes wrong here keeps
 * anybody from signing in, and nothing is written of a name that nobody has.
 */

import { PersonId } from '@darmon/domain/actor';
import type { Instruments } from '@darmon/http/function';
import type { Deps } from '@darmon/usecases/deps';
import { beginSignIn, finishSignIn } from '@darmon/usecases/sign-ins';

/** What is read of an event of the pool: `PreAuthentication_…` begins, whatever else it is ends a sign-in. */
export interface SignInEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly request: object;
}

/** Cognito waits five seconds and then refuses whoever signs in: watching must be over long before. */
const patienceMs = 1_500;
/** Accounts that are tried so often that no more is counted; whoever tries many more of them at once is counted again. */
const mostKnown = 1_000;

const isBeginning = ({ triggerSource }: SignInEvent): boolean => triggerSource.startsWith('PreAuthentication_');

/** One process's watch. Its answer never rejects and comes within two seconds. */
export const signInWatch = (deps: Deps, logger: Pick<Instruments['logger'], 'error'>, pause = deps.pause) => {
  const flooded = new Map<string, number>();
  const watch = async (event: SignInEvent): Promise<void> => {
    // whoever does not exist is asked for a password all the same, so that nobody learns who exists
    if ('userNotFound' in event.request && event.request.userNotFound === true) return;
    const person = PersonId.safeParse(event.userName).data;
    if (person === undefined) return;
    if (!isBeginning(event)) {
      flooded.delete(person);
      return finishSignIn(deps, person);
    }
    if ((flooded.get(person) ?? 0) > deps.now()) return;
    const until = await beginSignIn(deps, person);
    if (until === undefined) flooded.delete(person);
    else {
      if (flooded.size >= mostKnown) flooded.clear();
      flooded.set(person, until);
    }
  };
  return async (event: SignInEvent): Promise<void> => {
    let isDone = false;
    const watched = watch(event)
      // the error's own text may quote a name
      .catch((error: unknown) =>
        logger.error('sign-in not watched', { fault: error instanceof Error ? error.name : 'unknown' }),
      )
      .finally(() => {
        isDone = true;
      });
    await Promise.race([watched, pause(patienceMs)]);
    if (!isDone) logger.error('sign-in not watched', { fault: 'too slow' });
  };
};
