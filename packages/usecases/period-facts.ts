/**
 * What the reports of a closed month are made of, kept before they are made: whatever no night kept as the month was
 * closed is reckoned here, site by site. Nobody waits for ever: after a day without any site more the reports are made of
 * what there is, and say what is missing.
 */
import { hasFacts, type Period, waitedFor } from '@darmon/domain/period';
import type { Deps } from './deps.ts';
import type { FactJob } from './facts.ts';
import { allSites } from './period-reports.ts';

export type FactsWaitDeps = Deps & {
  /** The kinds of facts that reports are made of. */
  readonly facts: readonly FactJob[];
};

/** How often it is written down how far it is, in milliseconds. */
const toldEachMs = 5_000;

/**
 * Goes on until all is kept, nobody has time left, or it was waited for long enough.
 * @throws Changed where another run has it
 */
export const waitForFacts = async (deps: FactsWaitDeps, period: Period, until: number): Promise<Period> => {
  const closed = { month: period.month, at: Date.parse(period.frozenAt) };
  const sites = await allSites(deps);
  const missing = await Promise.all(
    deps.facts.map(async (job) => {
      const own = sites.filter(job.isFor);
      return { job, of: own.length, left: await job.missing(deps, own, closed) };
    }),
  );
  const of = missing.reduce((sum, one) => sum + one.of, 0);
  let done = of - missing.reduce((sum, { left }) => sum + left.length, 0);
  const failing: { site: string; facts: FactJob['kind'] }[] = [];
  let now = period;
  const tell = async () => {
    now = waitedFor(now, { of, done, failing }, deps.now());
    await deps.table.commitPeriod(now);
  };
  let told = deps.now();
  for (const { job, left } of missing)
    for (const site of left) {
      if (deps.now() >= until) break;
      try {
        if (await job.cover(deps, site, closed, until)) done += 1;
      } catch {
        // one site's trouble is no other site's; it is named, and tried again by the next run
        failing.push({ site: site.id, facts: job.kind });
      }
      if (deps.now() - told < toldEachMs) continue;
      told = deps.now();
      await tell();
    }
  if (!hasFacts(now)) await tell();
  return now;
};
