/** Reports as screens and files need them: page after page, joined while they tell of one state, with names beside. */
import type { ReportNames } from '@darmon/documents/report-text';
import type { Report, ReportKind } from '@darmon/domain/report';
import { joinReports, type ReportQuery } from '@darmon/domain/report-query';
import { reportRoutes } from '@darmon/function-compliance/report-routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSites } from '../shared/all-pages.ts';
import { call, type Failure, failureOf, keyOf } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';

/** Rows that a screen begins with; a file takes as many at once as an answer may hold. */
const screenRows = 200;
const fileRows = 1_000;
/** So often a file is begun again when something was written in between. */
const mostTries = 4;

export type Asked = Omit<ReportQuery, 'cursor' | 'limit'>;

const ask = (report: ReportKind, query: Asked, cursor: string | undefined, limit: number, signal?: AbortSignal) =>
  call(
    reportRoutes.readReport,
    { params: { report }, query: { ...query, limit, ...(cursor !== undefined && { cursor }) } },
    signal ? { signal } : {},
  );

/** The first rows of a report, and more of them when somebody asks. */
export const useReport = (report: ReportKind, query: Asked, enabled: boolean) =>
  useInfiniteQuery<Report, Failure, { pages: Report[] }, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(reportRoutes.readReport), report, query],
    enabled,
    retry: false,
    initialPageParam: undefined,
    // a report is made anew when somebody asks for it, not because a window was looked at
    refetchOnWindowFocus: false,
    queryFn: async ({ pageParam, signal }) => {
      try {
        return await ask(report, query, pageParam, screenRows, signal);
      } catch (error) {
        throw failureOf(error);
      }
    },
    getNextPageParam: ({ next }) => next,
  });

/** Pages as one report; undefined where they tell of different states. */
export const joined = (pages: readonly Report[]): Report | undefined => {
  const [first, ...more] = pages;
  return more.reduce<Report | undefined>((all, page) => all && joinReports(all, page), first);
};

/** Rows that there are, as far as the report knows. */
const rowsOf = (report: Report): { done: number; of: number } => ({
  done: report.sections.reduce((sum, { rows }) => sum + rows.length, 0),
  of: report.sections.reduce((sum, { rows, of }) => sum + (of ?? rows.length), 0),
});

/**
 * All rows of a report, for a file. What is written meanwhile can make two pages tell of different states: then it is
 * begun again. `onProgress` hears of every page.
 * @throws as `call` does
 */
export const loadWhole = async (
  report: ReportKind,
  query: Asked,
  onProgress: (progress: { done: number; of: number }) => void,
): Promise<Report> => {
  for (let tries = 1; ; tries += 1) {
    let all: Report | undefined = await ask(report, query, undefined, fileRows);
    onProgress(rowsOf(all));
    while (all?.next !== undefined) {
      all = joinReports(all, await ask(report, query, all.next, fileRows));
      if (all) onProgress(rowsOf(all));
    }
    if (all) return all;
    if (tries === mostTries) throw new Error('the report changes too often');
  }
};

const peopleOf = (reports: readonly Report[]): string[] => {
  const people = new Set<string>();
  for (const { sections } of reports)
    for (const { columns, rows } of sections)
      for (const [at, { kind }] of columns.entries())
        if (kind === 'person')
          for (const { cells } of rows) {
            const id = cells[at];
            if (typeof id === 'string') people.add(id);
          }
  return [...people].sort();
};

const namesAtOnce = 100;

/** What members of staff are called who stand in a report. */
const loadPeople = async (reports: readonly Report[]): Promise<ReadonlyMap<string, string>> => {
  const people = peopleOf(reports);
  const names = new Map<string, string>();
  for (let at = 0; at < people.length; at += namesAtOnce) {
    const { items } = await call(identity.nameStaff, { body: { people: people.slice(at, at + namesAtOnce) } });
    for (const { id, name } of items) names.set(id, name);
  }
  return names;
};

/** Names for a report on the screen; those of people come a moment later. */
export const useReportNames = (
  report: Report | undefined,
): { names: ReportNames; isPending: boolean; namesOf: (whole: Report) => Promise<ReportNames> } => {
  const formulary = useFormulary();
  const sites = useSites();
  const wanted = report ? peopleOf([report]) : [];
  const people = useQuery({
    queryKey: [...keyOf(identity.nameStaff), 'report', wanted],
    enabled: wanted.length > 0,
    staleTime: 600_000,
    retry: false,
    queryFn: () => loadPeople(report ? [report] : []),
  });
  const names: ReportNames = {
    medicine: formulary.byCode,
    site: (id) => sites.data?.find((one) => one.id === id)?.name,
    person: (id) => people.data?.get(id),
  };
  const namesOf = async (whole: Report): Promise<ReportNames> => {
    const all = await loadPeople([whole]);
    return { ...names, person: (id) => all.get(id) };
  };
  return { names, namesOf, isPending: formulary.isPending || sites.isPending };
};
