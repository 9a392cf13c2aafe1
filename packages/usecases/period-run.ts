/**
 * The long part of closing a month, in slices: its reports are made and kept as files, the package is put together and
 * signed, and sent off until the authority answers. Whoever goes on finds what is done in the table; a report, a package
 * and a receipt count once, however many make them at the same time, and one that dies leaves nothing in the way.
 */
import type { PublicJwk, Signer } from '@darmon/credential/p256';
import type { Actor } from '@darmon/domain/actor';
import type { Event, EventType } from '@darmon/domain/event';
import {
  begun,
  computed,
  frozenPeriod,
  hasFacts,
  monthToFreeze,
  type Period,
  type PeriodReport,
  packaged,
  progressed,
  settleMs,
} from '@darmon/domain/period';
import { canonicalText, contentsText, manifestOf } from '@darmon/domain/period-package';
import { Report, type ReportKind } from '@darmon/domain/report';
import { instant } from '@darmon/domain/time';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';
import { digestOf, signDetached } from './jws.ts';
import { type FactsWaitDeps, waitForFacts } from './period-facts.ts';
import { type FileStore, filePath, manifestPath, signaturePath } from './period-files.ts';
import { type NamesOfIds, namesFrom } from './period-names.ts';
import { periodReports, wholeReport } from './period-reports.ts';
import type { Post } from './period-send.ts';
import type { ReportMakers } from './report-frame.ts';
import type { NamedFile } from './zip.ts';

/** Paper of a report in one language; drawn after the report was kept, of what was kept. */
export interface Paper {
  /** Behind the report's name in the file's: `.ru.pdf`. */
  readonly end: string;
  readonly draw: (report: Report, names: NamesOfIds) => Promise<Uint8Array>;
}

export type PeriodDeps = FactsWaitDeps & {
  readonly files: FileStore;
  readonly signer: Signer;
  readonly makers: ReportMakers;
  /** A report for machines (`<report>.json`, canonical) and as sheets. */
  readonly render: (report: Report, names: NamesOfIds) => Promise<NamedFile[]>;
  /** For people: each is a file of its own, and a step of the work. */
  readonly papers: readonly Paper[];
  /** Where the log of events stands; undefined where it has not begun. */
  readonly checkpoint: () => Promise<{ size: number; root: string; checkpoint: string } | undefined>;
  readonly post: Post;
  /** Who is told of closed months; undefined where nobody is yet. */
  readonly authority: { readonly url: string; readonly key: PublicJwk } | undefined;
};

/** Nobody's hand does it: the job names itself. */
const jobName = 'close-periods';

export const periodEvent = (
  deps: Deps,
  type: EventType,
  { period, site, now }: { period: Period; site: string; now: number },
  changes: Record<string, unknown> = {},
): { event: Event; now: number } => ({
  now,
  event: {
    id: deps.id(),
    at: instant(now),
    type,
    actor: { person: jobName, role: 'auditor', site },
    changes: { month: period.month, version: period.version, ...changes },
  },
});

/** The first office, where what nobody's hand did is said to have happened. */
const officeOf = async (deps: Deps): Promise<string> => {
  const { items } = await deps.table.listSites({ limit: 100 });
  return items.find(({ kind }) => kind === 'office')?.id ?? items[0]?.id ?? 'OF-0001';
};

const jobActor = (site: string): Actor => ({
  person: jobName,
  name: '',
  role: 'auditor',
  roles: ['auditor'],
  reach: 'all',
  site,
  rights: [],
  authTime: 0,
  secondFactor: false,
});

/**
 * Closes the month whose day has come, where auditors have closed one before: which month is the first is theirs to say.
 * @returns the month, if this call closed one
 */
const freezeDue = async (deps: PeriodDeps, site: string): Promise<string | undefined> => {
  const [book, { closing }] = await Promise.all([deps.table.loadFreezeBook(), deps.table.readPolicy()]);
  const now = deps.now();
  const month = monthToFreeze(book.freezes, closing.freezeDay, now);
  if (book.freezes.length === 0 || month === undefined) return undefined;
  const period = frozenPeriod(month, now, undefined);
  try {
    await deps.table.freezePeriod(
      period,
      book,
      periodEvent(deps, 'period-frozen', { period, site, now }, { day: closing.freezeDay }),
    );
    return month;
  } catch (error) {
    if (error instanceof Changed) return undefined;
    throw error;
  }
};

type ReportFile = PeriodReport['files'][number];

const keepFile = async (deps: PeriodDeps, month: string, { name, bytes }: NamedFile): Promise<ReportFile> => {
  const sha256 = digestOf(bytes);
  await deps.files.put(filePath(month, name, sha256), bytes);
  return { name, bytes: bytes.length, sha256 };
};

/** What a report says, whenever it was made. */
const contentOf = ({ madeAt: _, figures, ...report }: Report): string =>
  digestOf(canonicalText({ ...report, figures: figures.filter(({ kind }) => kind !== 'instant') }));

type Names = ReturnType<typeof namesFrom>;

const makeOne = async (
  deps: PeriodDeps,
  period: Period,
  { kind, site, names }: { kind: ReportKind; site: string; names: Names },
): Promise<PeriodReport> => {
  const report = await wholeReport(deps, jobActor(site), { kind, month: period.month }, deps.makers);
  const files: ReportFile[] = [];
  for (const file of await deps.render(report, await names(report)))
    files.push(await keepFile(deps, period.month, file));
  return {
    report: kind,
    madeAt: report.madeAt,
    files,
    figures: report.figures,
    content: contentOf(report),
    checks: report.checks,
    rows: report.sections.reduce((sum, { rows }) => sum + rows.length, 0),
  };
};

/** Paper of a report that was kept, of its own file: whoever draws it, and however late, it says what that says. */
const drawOne = async (
  deps: PeriodDeps,
  period: Period,
  { made, paper, names }: { made: PeriodReport; paper: Paper; names: Names },
): Promise<ReportFile> => {
  const kept = made.files.find(({ name }) => name === `${made.report}.json`);
  const bytes = kept && (await deps.files.get(filePath(period.month, kept.name, kept.sha256)));
  if (!bytes) throw new Error(`what ${made.report} said is not there`);
  const report = Report.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const drawn = await paper.draw(report, await names(report));
  return keepFile(deps, period.month, { name: `${made.report}${paper.end}`, bytes: drawn });
};

/** The next thing that a month lacks: a report, or a paper of one that is made. */
const nextStep = (deps: PeriodDeps, period: Period, all: readonly PeriodReport[]) => {
  for (const kind of period.reports) {
    const made = all.find(({ report }) => report === kind);
    if (!made) return { kind };
    const paper = deps.papers.find(({ end }) => !made.files.some(({ name }) => name === `${kind}${end}`));
    if (paper) return { made, paper };
  }
  return undefined;
};

/** All of it is made: with this step the month is reckoned. */
const finish = async (
  deps: PeriodDeps,
  period: Period,
  made: readonly PeriodReport[],
  site: string,
): Promise<Period> => {
  const register = made.find(({ report }) => report === 'controlled-register');
  const at = deps.now();
  const done = computed(
    period,
    { contents: digestOf(contentsText(period, made)), controlled: register === undefined || register.rows > 0 },
    at,
  );
  const failed = made.flatMap(({ checks }) => checks.filter(({ holds }) => !holds)).length;
  const { facts } = period;
  const changes = {
    reports: made.length,
    failed,
    ...(facts?.gaveUp && { left: facts.of - facts.done }),
  };
  await deps.table.commitPeriod(done, periodEvent(deps, 'period-computed', { period: done, site, now: at }, changes));
  return done;
};

/**
 * What is missing is made, one thing after the other and each kept before the next: facts, reports, their papers. With
 * the last of them the month is reckoned.
 */
const compute = async (deps: PeriodDeps, period: Period, site: string, until: number): Promise<Period> => {
  if (deps.now() < Date.parse(period.frozenAt) + settleMs) return period;
  let now = period;
  if (!hasFacts(now)) now = await waitForFacts(deps, now, until);
  if (!hasFacts(now)) return now;
  if (now.reports.length === 0) {
    now = begun(now, periodReports(deps.makers));
    await deps.table.commitPeriod(now);
  }
  const names = namesFrom(deps);
  for (;;) {
    const all = await deps.table.loadPeriodReports(now);
    const step = nextStep(deps, now, all);
    if (!step) return finish(deps, now, all, site);
    if (deps.now() >= until) return now;
    if (step.made) {
      const { made, paper } = step;
      await deps.table.addPeriodPaper(now, made, await drawOne(deps, now, { made, paper, names }));
    } else await deps.table.keepPeriodReport(now, await makeOne(deps, now, { kind: step.kind, site, names }));
    now = progressed(now, await deps.table.loadPeriodReports(now), deps.papers.length);
    await deps.table.commitPeriod(now);
  }
};

/** Puts the package of a signed period together and signs it. Waits while the log has not begun. */
const makePackage = async (deps: PeriodDeps, period: Period, site: string): Promise<Period> => {
  const [reports, log] = await Promise.all([deps.table.loadPeriodReports(period), deps.checkpoint()]);
  if (!log) return period;
  const now = deps.now();
  const manifest = Buffer.from(canonicalText(manifestOf(period, reports, log, instant(now))), 'utf8');
  const digest = digestOf(manifest);
  await deps.files.put(manifestPath(period.month, digest), manifest);
  await deps.files.put(
    signaturePath(period.month, digest),
    Buffer.from(await signDetached(deps.signer, manifest, now), 'utf8'),
  );
  const made = packaged(period, { madeAt: instant(now), digest, logSize: log.size, logRoot: log.root });
  await deps.table.commitPeriod(
    made,
    periodEvent(deps, 'period-packaged', { period: made, site, now }, { digest, logSize: log.size }),
  );
  return made;
};

/** How a period goes on, given by whoever sends it; apart, because it alone asks the outside. */
export type Send = (deps: PeriodDeps, period: Period) => Promise<Period>;

export interface PeriodRun {
  readonly frozen?: string;
  /** Periods that got further. */
  readonly moved: number;
  /** Sites whose facts could not be reckoned, so that a month waits for them: somebody has to look. */
  readonly failing: readonly { readonly month: string; readonly site: string; readonly facts: string }[];
}

const lastVersions = async (deps: Deps): Promise<Period[]> => {
  const all: Period[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPeriods({ cursor, limit: 100 });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
};

/**
 * Goes on with every month until `until` (milliseconds): closes the one whose day has come, makes reports and packages,
 * sends what is due. Any number may do so at once; what one does counts once. A fault of one month keeps no other
 * waiting and is thrown at the end.
 */
export const runPeriods = async (deps: PeriodDeps, send: Send, until: number): Promise<PeriodRun> => {
  const site = await officeOf(deps);
  const frozen = await freezeDue(deps, site);
  const faults: unknown[] = [];
  const failing: PeriodRun['failing'][number][] = [];
  let moved = 0;
  for (const { month, version } of await lastVersions(deps)) {
    if (deps.now() >= until) break;
    try {
      // the list may lag; what is done is done on what stands now
      const found = await deps.table.loadPeriod(month, version);
      if (!found) continue;
      let period = found;
      if (period.state === 'frozen') {
        period = await compute(deps, period, site, until);
        for (const one of period.facts?.failing ?? []) failing.push({ month, ...one });
      }
      if (period.state === 'signed' && !period.package) period = await makePackage(deps, period, site);
      if (period.state === 'submitted') period = await send(deps, period);
      if (period.revision !== found.revision) moved += 1;
    } catch (error) {
      // another run has it
      if (!(error instanceof Changed)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return { ...(frozen !== undefined && { frozen }), moved, failing };
};
