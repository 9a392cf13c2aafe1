/** The daily analysis: reads a day that is over with the days before it, and opens a case for whatever it finds. */
import { createHash } from 'node:crypto';
import type { Analysis, Finding } from '@darmon/domain/analysis';
import type { Fact } from '@darmon/domain/analysis-facts';
import { analyse } from '@darmon/domain/analysis-rules';
import { type Case, extendedCase, openedCase, type PlacedFinding } from '@darmon/domain/case';
import { analysisActor, type Event } from '@darmon/domain/event';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { instant, tashkentDay } from '@darmon/domain/time';
import { factsOfDay } from './analysis-facts.ts';
import { changeOnce, type Deps } from './deps.ts';

export const digest = (...of: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24);

/** A rule's subject, as silences are kept: nobody reads from it who it is. */
export const silenceName = ({ rule, subject }: Pick<Case, 'rule' | 'subject'>): string =>
  digest(rule, subject.kind, subject.id);

/** One case a rule, subject and month, whoever finds it and however often. */
const caseIdOf = ({ rule, subject, day }: Finding): string => digest(rule, subject.kind, subject.id, day.slice(0, 7));

const eventOf = (deps: Deps, type: Event['type'], one: Case, finding: Finding, now: number): Event => ({
  id: deps.id(),
  at: instant(now),
  type,
  actor: analysisActor,
  // a patient's id stays in the case, which is written anew, and out of the trail, which never is
  changes: { case: one.id, rule: one.rule, day: finding.day, score: finding.score, events: finding.evidence.length },
});

/** What came of a finding. */
type Kept = 'opened' | 'extended' | 'known' | 'silent';

/** Opens a case, or adds the day to the one that stands; twice or two at once come to the same. */
const keepFinding = async (deps: Deps, finding: PlacedFinding): Promise<Kept> => {
  const id = caseIdOf(finding);
  const answer = await changeOnce<{ kept: Kept }>(
    deps,
    undefined,
    async () => {
      const now = deps.now();
      const { found, silence } = await deps.table.loadForFinding(id, silenceName(finding));
      if (!found && silence && finding.day <= silence.until) return { status: 200, body: { kept: 'silent' } };
      const next = found ? extendedCase(found, finding) : openedCase(id, finding, now);
      if (!next) return { status: 200, body: { kept: 'known' } };
      const kept = found ? 'extended' : 'opened';
      await deps.table.commitCase(next, { now, event: eventOf(deps, `case-${kept}`, next, finding, now) });
      return { status: 200, body: { kept } };
    },
    // without a key nothing is ever repeated
    () => Promise.reject(new Error('a finding has no request')),
  );
  return answer.body.kept;
};

/** The last day that is over. */
const lastDayOver = (now: number): string => dayAfter(tashkentDay(now), -1);

/** Facts of a day that is over: kept ones, or read from its events and kept. */
const loadFacts = async (deps: Deps, day: string, limits: Analysis): Promise<Fact[]> => {
  const kept = await deps.table.loadDayFacts(day);
  if (kept) return kept;
  const facts = await factsOfDay(deps, day, limits);
  await deps.table.keepDayFacts(day, facts, deps.id(), deps.now());
  return facts;
};

export interface Analysed {
  readonly day: string;
  readonly events: number;
  readonly findings: number;
  readonly opened: number;
  readonly extended: number;
  readonly silent: number;
}

/**
 * Analyses a day that is over by the rules that hold now. The same day again opens nothing twice; a run that died is
 * repeated whole, and reads only the days that were not kept yet. What is watched is judged once, when a day is read.
 */
export const analyseDay = async (deps: Deps, day: string): Promise<Analysed> => {
  const { policy } = await deps.table.loadStanding(analysisActor.person, 'NONE');
  const limits = policy.analysis;
  const facts: Fact[] = [];
  for (let before = limits.windowDays - 1; before >= 0; before -= 1)
    facts.push(...(await loadFacts(deps, dayAfter(day, -before), limits)));
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const findings = analyse(facts, day, limits).sort((a, b) => b.score - a.score);
  const kept: Kept[] = [];
  for (const finding of findings) {
    const places = finding.evidence.flatMap((event) => {
      const fact = byId.get(event);
      if (!fact) return [];
      const { at, kind, person, site, prescription } = fact;
      return [{ event, at: instant(at), kind, person, site, ...(prescription !== undefined && { prescription }) }];
    });
    kept.push(await keepFinding(deps, { ...finding, places }));
  }
  const many = (what: Kept): number => kept.filter((one) => one === what).length;
  const events = facts.filter(({ at }) => tashkentDay(at) === day).length;
  await deps.table.keepAnalysisRun({ day, events, findings: findings.length }, deps.now());
  const counts = { opened: many('opened'), extended: many('extended'), silent: many('silent') };
  return { day, events, findings: findings.length, ...counts };
};

/** So many nights in a row may have been missed; what is older is left to who asks for the day. */
const mostMissed = 7;

/** Analyses the last day that is over, and the days before it that nobody analysed. */
export const analyseByClock = async (deps: Deps): Promise<Analysed[]> => {
  const last = lastDayOver(deps.now());
  const days = Array.from({ length: mostMissed }, (_, n) => dayAfter(last, n + 1 - mostMissed));
  const done: Analysed[] = [];
  for (const day of days) if (!(await deps.table.loadAnalysisRun(day))) done.push(await analyseDay(deps, day));
  return done;
};
