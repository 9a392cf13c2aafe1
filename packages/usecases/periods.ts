/** Closing a month, as auditors see it. What is long (making reports, the package, the way to the authority) a job does. */
import type { Actor } from '@darmon/domain/actor';
import type { EventType } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import {
  type CheckAnswer,
  corrected,
  freezesAt,
  frozenPeriod,
  nextToFreeze,
  openChecks,
  type Period,
  type PeriodReport,
  requireFreezable,
  reviewed,
  signedBy,
  submittedBy,
} from '@darmon/domain/period';
import { Refusal } from '@darmon/domain/refusal';
import type { PageRequest } from '@darmon/table/page';
import { changeAs, type Deps, loadAccount } from './deps.ts';

type Reads = Pick<Deps, 'table' | 'now'>;

/**
 * Months that are closed, newest first, each by its last version; and which is next, from when, and when the schedule closes
 * it: which month is the first is for people to say.
 */
export const listPeriods = async (deps: Reads, actor: Actor, request: PageRequest) => {
  await loadAccount(deps, actor);
  const [page, freezes, { closing }] = await Promise.all([
    deps.table.listPeriods(request),
    deps.table.loadFreezes(),
    deps.table.readPolicy(),
  ]);
  const next = nextToFreeze(freezes, deps.now());
  const scheduled = freezes.length > 0 && { scheduled: freezesAt(next.month, closing.freezeDay) };
  return { ...page, upcoming: { ...next, ...scheduled } };
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

/** The last version of a month. @throws Refusal `not-found` */
const lastOf = async (deps: Pick<Deps, 'table'>, month: string): Promise<Period> => {
  const period = (await deps.table.loadPeriodVersions(month)).at(-1);
  if (!period) throw new Refusal('not-found');
  return period;
};

const answerOf = ({ month, version, state }: Period) => ({ month, version, state });

/** A person's step on the last version of a month, decided on what stands now. */
const step = (
  deps: Deps,
  actor: Actor,
  month: string,
  once: Once,
  decide: (
    period: Period,
    now: number,
  ) => Promise<{ next: Period; type: EventType; changes?: Record<string, unknown> }>,
) =>
  changeAs(deps, actor, once, async (now) => {
    const { next, type, changes = {} } = await decide(await lastOf(deps, month), now);
    return {
      body: answerOf(next),
      reference: month,
      type,
      changes: { month, version: next.version, ...changes },
      commit: (change) => deps.table.commitPeriod(next, change),
    };
  });

/**
 * Closes a month: from now on nothing gets into it.
 * @throws Refusal of standing, `period-not-over`, `period-out-of-turn`
 */
export const freezePeriod = (deps: Deps, actor: Actor, { month }: { month: string }, once: Once) =>
  changeAs(deps, actor, once, async (now) => {
    const book = await deps.table.loadFreezeBook();
    requireFreezable(book.freezes, month, now);
    const period = frozenPeriod(month, now, actor.person);
    return {
      body: answerOf(period),
      status: 201,
      reference: month,
      type: 'period-frozen',
      changes: { month, version: 1 },
      commit: (change) => deps.table.freezePeriod(period, book, change),
    };
  });

/** Looked through, with a reason for each check that does not hold. @throws Refusal of standing, `not-found`, as `reviewed` */
export const reviewPeriod = (
  deps: Deps,
  actor: Actor,
  input: { month: string; contents: string; answers: readonly CheckAnswer[] },
  once: Once,
) =>
  step(deps, actor, input.month, once, async (period, now) => {
    const reports = await deps.table.loadPeriodReports(period);
    return {
      next: reviewed(period, reports, input, actor, now),
      type: 'period-reviewed',
      changes: { answered: input.answers.length },
    };
  });

/** A signature under the contents that were looked at. @throws Refusal of standing, `not-found`, as `signedBy` */
export const signPeriod = (deps: Deps, actor: Actor, input: { month: string; contents: string }, once: Once) =>
  step(deps, actor, input.month, once, async (period, now) => {
    const next = signedBy(period, input.contents, actor, now);
    return { next, type: 'period-signed', changes: { signatures: next.signatures.length, contents: input.contents } };
  });

/** Sends the package to the authority. @throws Refusal of standing, `not-found`, as `submittedBy` */
export const submitPeriod = (deps: Deps, actor: Actor, { month }: { month: string }, once: Once) =>
  step(deps, actor, month, once, async (period, now) => {
    const next = submittedBy(period, actor, now);
    return { next, type: 'period-submitted', changes: { digest: next.package?.digest } };
  });

/**
 * Begins a new version of a month, which names the one before and why; that one stays as it is.
 * @throws Refusal of standing, `not-found`, `period-state`
 */
export const correctPeriod = (deps: Deps, actor: Actor, input: { month: string; reason: string }, once: Once) =>
  changeAs(deps, actor, once, async (now) => {
    const last = await lastOf(deps, input.month);
    const next = corrected(last, input.reason, actor, now);
    return {
      body: answerOf(next),
      status: 201,
      reference: input.month,
      type: 'period-corrected',
      changes: { month: input.month, version: next.version, supersedes: last.version },
      reason: input.reason,
      commit: (change) => deps.table.correctPeriod(next, last, change),
    };
  });
