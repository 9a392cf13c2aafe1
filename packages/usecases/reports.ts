/** Which reports there are, who may ask which of what, and the frame around what their makers reckon. */
import type { Actor } from '@darmon/domain/actor';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { type Report, type ReportKind, reportKinds } from '@darmon/domain/report';
import { reportFields } from '@darmon/domain/report-fields';
import { pageOfReport, type ReportOffer, type ReportQuery, spanOf } from '@darmon/domain/report-query';
import type { Site } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import { loadAccount } from './deps.ts';
import type { ReportDeps, ReportMaker, ReportMakers } from './report-frame.ts';
import { careReports } from './reports-care.ts';
import { stockReports } from './reports-stock.ts';
import { supplyReports } from './reports-supply.ts';

/** Every kind that can be made. A kind without a maker is in no list and answers as one that nobody knows. */
export const reportMakers: ReportMakers = { ...careReports, ...stockReports, ...supplyReports };

/** Keepers of a site see what can be told of one site; everybody else whom the route lets in sees all. */
const mayAsk = (actor: Actor, maker: ReportMaker): boolean => actor.reach === 'all' || maker.keepers === true;

const sitesOf = async (deps: ReportDeps, { site, region }: ReportQuery): Promise<Site[]> => {
  if (site !== undefined) return deps.table.loadSites([site]);
  const sites: Site[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sites.filter((one) => region === undefined || one.region === region).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** What this person may ask for. @throws Refusal `account-closed` */
export const listReports = async (deps: ReportDeps, actor: Actor): Promise<{ items: ReportOffer[] }> => {
  await loadAccount(deps, actor);
  return {
    items: reportKinds.flatMap((report) => {
      const maker = reportMakers[report];
      if (!maker || !mayAsk(actor, maker)) return [];
      return [{ report, span: maker.span, needs: [...(maker.needs ?? [])], takes: [...(maker.takes ?? [])] }];
    }),
  };
};

/**
 * A report, or a page of it. It reads what is there when it is asked: `madeAt` is that instant.
 * @throws Refusal `account-closed`; `not-found` for a report that is not there or not this person's, and for a site
 * that is not there or another's; `schema` where a question is missing or not one of this report's; `bad-cursor`
 */
export const readReport = async (
  deps: ReportDeps,
  actor: Actor,
  kind: ReportKind,
  asked: ReportQuery,
  makers: ReportMakers = reportMakers,
): Promise<Report> => {
  await loadAccount(deps, actor);
  const maker = makers[kind];
  if (!maker || !mayAsk(actor, maker)) throw new Refusal('not-found');
  const query = actor.reach === 'own' ? { ...asked, site: asked.site ?? actor.site } : asked;
  if (actor.reach === 'own' && query.site !== actor.site) throw new Refusal('not-found');
  const known = [...(maker.needs ?? []), ...(maker.takes ?? [])];
  for (const field of reportFields) {
    // a filter that is left aside silently would show more than was asked for
    if (asked[field] !== undefined && !known.includes(field)) throw refuseAt('schema', `/${field}`);
    if (query[field] === undefined && maker.needs?.includes(field)) throw refuseAt('schema', `/${field}`);
  }
  const now = deps.now();
  const span = spanOf(maker.span, query, now);
  const sites = await sitesOf(deps, query);
  if (query.site !== undefined && sites.length === 0) throw new Refusal('not-found');
  const body = await maker.make(deps, { actor, query, now, sites, ...span });
  const report: Report = {
    report: kind,
    format: 1,
    from: span.from,
    through: span.through,
    ...(query.site !== undefined && { site: query.site }),
    ...(query.region !== undefined && { region: query.region }),
    madeAt: instant(now),
    ...body,
  };
  return maker.pages ? report : pageOfReport(report, query);
};
