/** The person signed in as the API knows them: name, roles, site. Screens and navigation follow the roles. */
import type { Role } from '@darmon/domain/actor';
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

/** The screens with a place in the navigation, and whose they are. */
const screens = [
  { to: '/prescribe', word: 'web-shared:nav-prescribe', roles: ['doctor'] },
  { to: '/dispense', word: 'web-shared:nav-dispense', roles: ['pharmacist'] },
  { to: '/witness', word: 'web-shared:nav-witness', roles: ['pharmacist'] },
  {
    to: '/warehouse/stock',
    word: 'web-shared:nav-stock',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'chief'],
  },
  { to: '/warehouse/receive', word: 'web-shared:nav-receive', roles: ['warehouse', 'pharmacist'] },
  {
    to: '/write-offs',
    word: 'web-shared:nav-write-offs',
    roles: ['warehouse', 'pharmacist', 'quality', 'approver', 'chief', 'auditor'],
  },
  { to: '/audit', word: 'web-shared:nav-audit', roles: ['auditor'] },
  { to: '/feedback', word: 'web-shared:nav-feedback', roles: ['auditor'] },
  { to: '/admin/people', word: 'web-shared:nav-people', roles: ['admin'] },
  { to: '/admin/sites', word: 'web-shared:nav-sites', roles: ['admin'] },
  { to: '/admin/policy', word: 'web-shared:nav-policy', roles: ['admin'] },
  { to: '/admin/knowledge', word: 'web-shared:nav-knowledge', roles: ['admin', 'chief'] },
] as const satisfies readonly { to: string; word: string; roles: readonly Role[] }[];

export type Screen = (typeof screens)[number];

export const screensOf = (roles: readonly Role[]): readonly Screen[] =>
  screens.filter((screen) => screen.roles.some((role) => roles.includes(role)));
