/** Closing a month, as auditors see it. What is long (making reports, the package, the way to the authority) a job does. */
import type { Actor } from '@darmon/domain/actor';
import { nextToFreeze, openChecks, type Period, type PeriodReport } from '@darmon/domain/period';
import { Refusal } from '@darmon/domain/refusal';
import type { PageRequest } from '@darmon/table/page';
import { type Deps, loadAccount } from './deps.ts';

type Reads = Pick<Deps, 'table' | 'now'>;

/** Months that are closed, newest first, each by its last version; and which is next, and from when. */
export const listPeriods = async (deps: Reads, actor: Actor, request: PageRequest) => {
  await loadAccount(deps, actor);
  const [page, freezes] = await Promise.all([deps.table.listPeriods(request), deps.table.loadFreezes()]);
  return { ...page, upcoming: nextToFreeze(freezes, deps.now()) };
};

const viewOf = (period: Period, reports: readonly PeriodReport[]) => ({
  ...period,
  made: [...reports],
  open: openChecks(reports).map(({ report, check, blocks }) => ({ report, check: check.name, blocks })),
});

/**
 * One version of a month, the last one unless told, with its reports and how many versions there are.
 * @throws Refusal of the account, `not-found`
 */
export const readPeriod = async (deps: Reads, actor: Actor, input: { month: string; version?: number | undefined }) => {
  await loadAccount(deps, actor);
  const versions = await deps.table.loadPeriodVersions(input.month);
  const period = input.version === undefined ? versions.at(-1) : versions.find((one) => one.version === input.version);
  if (!period) throw new Refusal('not-found');
  const reports = await deps.table.loadPeriodReports(period);
  return { ...viewOf(period, reports), versions: versions.length };
};
