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
  freezeDay,
  frozenPeriod,
  monthToFreeze,
  type Period,
  type PeriodReport,
  packaged,
  progressed,
  settleMs,
} from '@darmon/domain/period';
import { canonicalText, contentsText, manifestOf } from '@darmon/domain/period-package';
import type { Report, ReportKind } from '@darmon/domain/report';
import { instant } from '@darmon/domain/time';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';
import { digestOf, signDetached } from './jws.ts';
import { type FileStore, filePath, manifestPath, signaturePath } from './period-files.ts';
import { periodReports, wholeReport } from './period-reports.ts';
import type { Post } from './period-send.ts';
import type { ReportMakers } from './report-frame.ts';
import type { NamedFile } from './zip.ts';

export type PeriodDeps = Deps & {
  readonly files: FileStore;
  readonly signer: Signer;
  readonly makers: ReportMakers;
  /** A report in every form in which it is kept. */
  readonly render: (report: Report) => Promise<NamedFile[]>;
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
  const book = await deps.table.loadFreezeBook();
  const now = deps.now();
  const month = monthToFreeze(book.freezes, now);
  if (book.freezes.length === 0 || month === undefined) return undefined;
  const period = frozenPeriod(month, now, undefined);
  try {
    await deps.table.freezePeriod(
      period,
      book,
      periodEvent(deps, 'period-frozen', { period, site, now }, { day: freezeDay }),
    );
    return month;
  } catch (error) {
    if (error instanceof Changed) return undefined;
    throw error;
  }
};

const makeOne = async (deps: PeriodDeps, period: Period, kind: ReportKind, site: string): Promise<PeriodReport> => {
  const report = await wholeReport(deps, jobActor(site), { kind, month: period.month }, deps.makers);
  const files: PeriodReport['files'][number][] = [];
  for (const { name, bytes } of await deps.render(report)) {
    const sha256 = digestOf(bytes);
    await deps.files.put(filePath(period.month, name, sha256), bytes);
    files.push({ name, bytes: bytes.length, sha256 });
  }
  return {
    report: kind,
    madeAt: report.madeAt,
    files,
    checks: report.checks,
    rows: report.sections.reduce((sum, { rows }) => sum + rows.length, 0),
  };
};

/** Reports that are missing are made, one after the other; with the last of them the month is reckoned. */
const compute = async (deps: PeriodDeps, period: Period, site: string, until: number): Promise<Period> => {
  if (deps.now() < Date.parse(period.frozenAt) + settleMs) return period;
  let now = period;
  if (now.reports.length === 0) {
    now = begun(now, periodReports(deps.makers));
    await deps.table.commitPeriod(now);
  }
  for (;;) {
    const made = await deps.table.loadPeriodReports(now);
    const missing = now.reports.find((kind) => !made.some(({ report }) => report === kind));
    if (missing === undefined) {
      const register = made.find(({ report }) => report === 'controlled-register');
      const at = deps.now();
      const done = computed(
        now,
        { contents: digestOf(contentsText(now, made)), controlled: register === undefined || register.rows > 0 },
        at,
      );
      const failed = made.flatMap(({ checks }) => checks.filter(({ holds }) => !holds)).length;
      await deps.table.commitPeriod(
        done,
        periodEvent(deps, 'period-computed', { period: done, site, now: at }, { reports: made.length, failed }),
      );
      return done;
    }
    if (deps.now() >= until) return now;
    await deps.table.keepPeriodReport(now, await makeOne(deps, now, missing, site));
    const next = progressed(now, made.length + 1);
    await deps.table.commitPeriod(next);
    now = next;
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
  let moved = 0;
  for (const { month, version } of await lastVersions(deps)) {
    if (deps.now() >= until) break;
    try {
      // the list may lag; what is done is done on what stands now
      const found = await deps.table.loadPeriod(month, version);
      if (!found) continue;
      let period = found;
      if (period.state === 'frozen') period = await compute(deps, period, site, until);
      if (period.state === 'signed' && !period.package) period = await makePackage(deps, period, site);
      if (period.state === 'submitted') period = await send(deps, period);
      if (period.revision !== found.revision) moved += 1;
    } catch (error) {
      // another run has it
      if (!(error instanceof Changed)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return { ...(frozen !== undefined && { frozen }), moved };
};
