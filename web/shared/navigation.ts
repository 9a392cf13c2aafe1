/**
 * Which screens a role has in the navigation, and how they stand there: a first row that stays short, and a second one of
 * the group that is open. Pure; what may really be done the API decides.
 */
import type { Role } from '@darmon/domain/actor';

/** Everything about goods stands under one heading, so that the row of screens stays short. */
const stockGroup = { group: 'web-shared:nav-goods' } as const;

/** What to order, under another. */
const orderGroup = { group: 'web-shared:nav-ordering' } as const;

/** What auditors look into: trails, cases, look-ups, what people say, rights of persons. */
const oversightGroup = { group: 'web-shared:nav-oversight' } as const;

/** Figures, and the months that they are closed in. */
const reportGroup = { group: 'web-shared:nav-reporting' } as const;

/** What an administrator keeps. */
const adminGroup = { group: 'web-shared:nav-administration' } as const;

/**
 * The screens with a place in the navigation, and whose they are. A group stands where its first screen does; the first
 * screen of a role is where it begins after signing in. `also` is a second address whose screens belong to it.
 */
const screens = [
  { to: '/prescribe', word: 'web-shared:nav-prescribe', roles: ['doctor'] },
  { to: '/dispense', word: 'web-shared:nav-dispense', roles: ['pharmacist'] },
  { to: '/witness', word: 'web-shared:nav-witness', roles: ['pharmacist', 'warehouse'] },
  { to: '/audit', word: 'web-shared:nav-audit', roles: ['auditor'], also: '/trails', ...oversightGroup },
  { to: '/cases', word: 'web-shared:nav-cases', roles: ['auditor'], ...oversightGroup },
  { to: '/reviews', word: 'web-shared:nav-reviews', roles: ['auditor'], ...oversightGroup },
  { to: '/log-check', word: 'web-shared:nav-log', roles: ['auditor'], ...oversightGroup },
  { to: '/feedback', word: 'web-shared:nav-feedback', roles: ['auditor'], ...oversightGroup },
  {
    to: '/reports',
    word: 'web-shared:nav-reports',
    roles: ['auditor', 'chief', 'warehouse', 'pharmacist'],
    ...reportGroup,
  },
  { to: '/periods', word: 'web-shared:nav-periods', roles: ['auditor'], ...reportGroup },
  { to: '/admin/people', word: 'web-shared:nav-people', roles: ['admin'], ...adminGroup },
  { to: '/admin/sites', word: 'web-shared:nav-sites', roles: ['admin'], ...adminGroup },
  { to: '/admin/policy', word: 'web-shared:nav-policy', roles: ['admin'], ...adminGroup },
  { to: '/admin/knowledge', word: 'web-shared:nav-knowledge', roles: ['admin', 'chief'], ...adminGroup },
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
  { to: '/privacy', word: 'web-shared:nav-privacy', roles: ['admin', 'chief', 'auditor'], ...oversightGroup },
] as const satisfies readonly { to: string; word: string; roles: readonly Role[]; also?: string; group?: string }[];

export type Screen = (typeof screens)[number];

export const screensOf = (roles: readonly Role[]): readonly Screen[] =>
  screens.filter((screen) => screen.roles.some((role) => roles.includes(role)));

type Group = Extract<Screen, { group: string }>['group'];

/** A screen in the first row, or a group in place of its first screen. */
interface Entry {
  readonly to: Screen['to'];
  readonly word: Screen['word'] | Group;
  readonly isGroup: boolean;
  readonly isHere: boolean;
}

export interface Navigation {
  readonly row: readonly Entry[];
  /** The second row: the screens of the group that is open. */
  readonly within: readonly Screen[];
  /** The name of that group. */
  readonly open: Group | undefined;
  /** The screen that is open: of two whose addresses begin alike the longer. */
  readonly here: Screen | undefined;
}

/**
 * Where a person can go from `path`. A group of which somebody has one screen is that screen and no group; somebody who
 * has one group and nothing else needs no first row to get there.
 */
export const navigationOf = (mine: readonly Screen[], path: string): Navigation => {
  const groupOf = (screen: Screen): Group | undefined => {
    if (!('group' in screen)) return undefined;
    return mine.filter((other) => 'group' in other && other.group === screen.group).length > 1
      ? screen.group
      : undefined;
  };
  const isBelow = (address: string) => path === address || path.startsWith(`${address}/`);
  const isIn = (screen: Screen) => isBelow(screen.to) || ('also' in screen && isBelow(screen.also));
  // the longest address that fits is the one that is open: /warehouse is no screen, /admin/sites/import lies in one
  const here = mine.filter(isIn).sort((a, b) => b.to.length - a.to.length)[0];
  const groups = new Set(mine.map(groupOf));
  const [only] = groups;
  if (groups.size === 1 && only !== undefined) return { row: [], within: mine, open: only, here };
  const open = here && groupOf(here);
  const row = mine.flatMap((screen, i): Entry[] => {
    const group = groupOf(screen);
    if (group === undefined) return [{ to: screen.to, word: screen.word, isGroup: false, isHere: screen === here }];
    const isFirst = mine.findIndex((other) => groupOf(other) === group) === i;
    return isFirst ? [{ to: screen.to, word: group, isGroup: true, isHere: group === open }] : [];
  });
  return { row, within: open === undefined ? [] : mine.filter((screen) => groupOf(screen) === open), open, here };
};
