/** Reports as they belong to a closed month: of the whole month, of the whole country, with every row. */
import type { Actor } from '@darmon/domain/actor';
import { type Report, type ReportKind, reportKinds } from '@darmon/domain/report';
import { spanOf } from '@darmon/domain/report-query';
import type { Site } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import type { ReportDeps, ReportMakers } from './report-frame.ts';

/**
 * Which kinds belong to a closed month. Lists of single events do not: they are proven by the log, and what they say of
 * patients is nothing that leaves the house.
 */
export const periodReports = (makers: ReportMakers): ReportKind[] =>
  reportKinds.filter((kind) => {
    const maker = makers[kind];
    return maker !== undefined && !maker.pages && (maker.needs ?? []).length === 0;
  });

/** Every site, closed ones too, in the order of their ids. */
export const allSites = async ({ table }: Pick<ReportDeps, 'table'>): Promise<Site[]> => {
  const sites: Site[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.listSites({ cursor, limit: 100 });
    sites.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sites.sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** A report of a month with all its rows. @throws Error where nobody makes this kind, and what its maker throws */
export const wholeReport = async (
  deps: ReportDeps,
  actor: Actor,
  { kind, month }: { kind: ReportKind; month: string },
  makers: ReportMakers,
): Promise<Report> => {
  const maker = makers[kind];
  if (!maker) throw new Error(`nobody makes ${kind}`);
  const now = deps.now();
  const span = spanOf(maker.span, { month }, now);
  const body = await maker.make(deps, { actor, query: { month }, now, sites: await allSites(deps), ...span });
  return { report: kind, format: 1, from: span.from, through: span.through, madeAt: instant(now), ...body };
};
