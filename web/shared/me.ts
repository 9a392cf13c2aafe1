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

/** Everything about goods stands under one heading, so that the row of screens stays short. */
const stockGroup = { group: 'web-shared:nav-goods' } as const;

/** And everything about what to order under another. */
const orderGroup = { group: 'web-shared:nav-ordering' } as const;

/** The screens with a place in the navigation, and whose they are. */
const screens = [
  { to: '/prescribe', word: 'web-shared:nav-prescribe', roles: ['doctor'] },
  { to: '/dispense', word: 'web-shared:nav-dispense', roles: ['pharmacist'] },
  { to: '/witness', word: 'web-shared:nav-witness', roles: ['pharmacist', 'warehouse'] },
  { to: '/audit', word: 'web-shared:nav-audit', roles: ['auditor'] },
  { to: '/reports', word: 'web-shared:nav-reports', roles: ['auditor', 'chief', 'warehouse', 'pharmacist'] },
  { to: '/feedback', word: 'web-shared:nav-feedback', roles: ['auditor'] },
  {
    to: '/warehouse/stock',
    word: 'web-shared:nav-stock',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/warehouse/alerts',
    word: 'web-shared:nav-alerts',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'approver', 'chief'],
    ...stockGroup,
  },
  { to: '/warehouse/receive', word: 'web-shared:nav-receive', roles: ['warehouse', 'pharmacist'], ...stockGroup },
  {
    to: '/warehouse/receipts',
    word: 'web-shared:nav-receipts',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  { to: '/warehouse/release', word: 'web-shared:nav-release', roles: ['quality'], ...stockGroup },
  {
    to: '/transfers',
    word: 'web-shared:nav-transfers',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/warehouse/temperatures',
    word: 'web-shared:nav-temperatures',
    roles: ['warehouse', 'pharmacist', 'quality'],
    ...stockGroup,
  },
  {
    to: '/warehouse/overview',
    word: 'web-shared:nav-overview',
    roles: ['quality', 'planner', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/counts',
    word: 'web-shared:nav-counts',
    roles: ['warehouse', 'pharmacist', 'quality', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/write-offs',
    word: 'web-shared:nav-write-offs',
    roles: ['warehouse', 'pharmacist', 'quality', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/recalls',
    word: 'web-shared:nav-recalls',
    roles: ['warehouse', 'pharmacist', 'quality', 'planner', 'approver', 'chief', 'auditor'],
    ...stockGroup,
  },
  {
    to: '/procure',
    word: 'web-shared:nav-plan',
    roles: ['planner', 'warehouse', 'pharmacist', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/requisitions',
    word: 'web-shared:nav-requisitions',
    roles: ['warehouse', 'pharmacist', 'planner', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/requisitions/needs',
    word: 'web-shared:nav-needs',
    roles: ['planner', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/requisitions/budgets',
    word: 'web-shared:nav-budgets',
    roles: ['planner', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/requisitions/delegations',
    word: 'web-shared:nav-delegations',
    roles: ['planner', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/orders',
    word: 'web-shared:nav-orders',
    roles: ['planner', 'warehouse', 'pharmacist', 'approver', 'chief', 'auditor'],
    ...orderGroup,
  },
  {
    to: '/suppliers',
    word: 'web-shared:nav-suppliers',
    roles: ['planner', 'approver', 'chief', 'auditor', 'admin'],
    ...orderGroup,
  },
  {
    to: '/requisitions/prices',
    word: 'web-shared:nav-prices',
    roles: ['planner', 'approver', 'chief', 'auditor', 'admin'],
    ...orderGroup,
  },
  { to: '/cases', word: 'web-shared:nav-cases', roles: ['auditor'] },
  { to: '/periods', word: 'web-shared:nav-periods', roles: ['auditor'] },
  { to: '/reviews', word: 'web-shared:nav-reviews', roles: ['auditor'] },
  { to: '/privacy', word: 'web-shared:nav-privacy', roles: ['admin', 'chief', 'auditor'] },
  { to: '/admin/people', word: 'web-shared:nav-people', roles: ['admin'] },
  { to: '/admin/sites', word: 'web-shared:nav-sites', roles: ['admin'] },
  { to: '/admin/policy', word: 'web-shared:nav-policy', roles: ['admin'] },
  { to: '/admin/knowledge', word: 'web-shared:nav-knowledge', roles: ['admin', 'chief'] },
] as const satisfies readonly { to: string; word: string; roles: readonly Role[]; group?: string }[];

export type Screen = (typeof screens)[number];

export const screensOf = (roles: readonly Role[]): readonly Screen[] =>
  screens.filter((screen) => screen.roles.some((role) => roles.includes(role)));

type Group = (typeof stockGroup | typeof orderGroup)['group'];

/** A screen in the first row, or a group in place of its first screen. */
interface Entry {
  readonly to: Screen['to'];
  readonly word: Screen['word'] | Group;
  readonly isHere: boolean;
}

export interface Navigation {
  readonly row: readonly Entry[];
  /** The second row: the screens of the group that is open. */
  readonly within: readonly Screen[];
  /** The screen that is open: of two whose addresses begin alike the longer. */
  readonly here: Screen | undefined;
}

const groupOf = (screen: Screen): Group | undefined => ('group' in screen ? screen.group : undefined);

/** Where a person can go from `path`. Somebody who has one group and nothing else needs no first row to get there. */
export const navigationOf = (mine: readonly Screen[], path: string): Navigation => {
  const isIn = ({ to }: Screen) => path === to || path.startsWith(`${to}/`);
  // the longest address that fits is the one that is open: /warehouse is no screen, /admin/sites/import lies in one
  const here = mine.filter(isIn).sort((a, b) => b.to.length - a.to.length)[0];
  const groups = new Set(mine.map(groupOf));
  const single = (screen: Screen): Entry => ({ to: screen.to, word: screen.word, isHere: screen === here });
  if (groups.size === 1 && !groups.has(undefined)) return { row: [], within: mine, here };
  const open = here && groupOf(here);
  const row = mine.flatMap((screen, i): Entry[] => {
    const group = groupOf(screen);
    if (group === undefined) return [single(screen)];
    const isFirst = mine.findIndex((other) => groupOf(other) === group) === i;
    return isFirst ? [{ to: screen.to, word: group, isHere: group === open }] : [];
  });
  return { row, within: open === undefined ? [] : mine.filter((screen) => groupOf(screen) === open), here };
};
