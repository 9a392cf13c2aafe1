/** The person signed in as the API knows them: name, roles, site. */
import { routes as identity } from '@darmon/function-identity/routes';
import type { AnswerOf } from '@darmon/http/route';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { call, type Failure, keyOf, UncertainError } from './client.ts';
import { useSession } from './session.ts';

export type Me = AnswerOf<typeof identity.whoAmI>;

const kept = 'darmon.me';

// A tab that is loaded again without a network still knows whose it is.
const ask = async (signal: AbortSignal): Promise<Me> => {
  try {
    const me = await call(identity.whoAmI, {}, { signal });
    sessionStorage.setItem(kept, JSON.stringify(me));
    return me;
  } catch (error) {
    const before = sessionStorage.getItem(kept);
    if (error instanceof UncertainError && before) return JSON.parse(before) as Me;
    throw error;
  }
};

/** Asked once a session. Disabled while nobody is signed in. */
export const useMe = (): UseQueryResult<Me, Failure> =>
  useQuery<Me, Failure>({
    queryKey: keyOf(identity.whoAmI),
    queryFn: ({ signal }) => ask(signal),
    enabled: useSession() !== 'signed-out',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
