/** The rules of the daily analysis. Each is a function of a window alone: no order of events and no repeat changes it. */
import {
  type Analysis,
  type AnalysisRule,
  chanceOfAtLeast,
  type Finding,
  findingOf,
  isNight,
  lowerShare,
  median,
  round,
  scoreOf,
  type Window,
  windowOf,
} from './analysis.ts';
import type { Fact, FactLine } from './analysis-facts.ts';
import { dayMs, tashkentDay } from './time.ts';

type Rule = (window: Window) => Finding[];

const hourMs = 3_600_000;
const watchedOf = ({ lines = [] }: Fact): readonly FactLine[] => lines.filter(({ watched }) => watched);
const isWatched = (fact: Fact): boolean => watchedOf(fact).length > 0;
const person = (id: string) => ({ kind: 'person', id }) as const;
/** Of each key its facts; those without one are left out. */
const groups = (facts: readonly Fact[], key: (fact: Fact) => string | undefined): [string, Fact[]][] =>
  [...Map.groupBy(facts, key)].flatMap(([name, own]) => (name === undefined ? [] : [[name, own] as [string, Fact[]]]));

/** So short an overlap is a renewal: a week, of a short course a quarter. */
const renewalMs = (days: number): number => Math.min(7, days / 4) * dayMs;

interface Course {
  readonly fact: Fact;
  readonly from: number;
  readonly until: number;
  readonly line: FactLine;
}

/** Courses that were handed over, one for each prescription: the day on which it was first handed over begins it. */
const coursesOf = (facts: readonly Fact[], substance: string): Course[] => {
  const first = new Map<string, Course>();
  for (const fact of facts)
    for (const line of watchedOf(fact))
      if (line.substance === substance && fact.prescription !== undefined && !first.has(fact.prescription))
        first.set(fact.prescription, { fact, from: fact.at, until: fact.at + line.days * dayMs, line });
  return [...first.values()];
};

/** One patient gets the same watched substance from several prescribers, each while another's course still runs. */
const doctorShopping: Rule = (window) =>
  groups(window.dispensed.filter(isWatched), ({ patient }) => patient).flatMap(([patient, own]) => {
    const substances = new Set(own.flatMap((fact) => watchedOf(fact).map(({ substance }) => substance)));
    return [...substances].flatMap((substance) => {
      const courses = coursesOf(own, substance);
      const overlapping = courses.filter((one, n) =>
        courses
          .slice(0, n)
          .some(
            (before) =>
              before.fact.prescriber !== one.fact.prescriber && before.until - one.from > renewalMs(before.line.days),
          ),
      );
      const overlaps = overlapping.length;
      if (overlaps < window.limits.overlaps) return [];
      const count = (of: (fact: Fact) => string | undefined) => new Set(courses.map(({ fact }) => of(fact))).size;
      return findingOf(
        window,
        'doctor-shopping',
        { kind: 'patient', id: patient },
        courses.map(({ fact }) => fact),
        {
          score: scoreOf(overlaps, window.limits.overlaps),
          statistics: {
            overlaps,
            courses: courses.length,
            prescribers: count(({ prescriber }) => prescriber),
            clinics: count(({ clinic }) => clinic),
            pharmacies: count(({ site }) => site),
            quantity: courses.reduce((sum, { line }) => sum + line.quantity, 0),
          },
        },
      );
    });
  });

/** From so many patients of a whole window on, large quantities are a practice, where most of what is written is large. */
const practicePatients = 12;
/** How much of the window is filled with events; a system that has just begun knows little of anybody's practice. */
const filledShare = ({ prescribed, limits }: Window): number => {
  const [first, last] = [prescribed[0]?.at ?? 0, prescribed.at(-1)?.at ?? 0];
  return Math.min(1, (last - first + dayMs) / (limits.windowDays * dayMs));
};

/** Ten days of four weeks: with less, a specialist's first week looks like somebody's excess. */
const leastFilled = 0.35;

/** Quantities of watched medicines far above what others write for one prescription. */
const unusualQuantity: Rule = (window) => {
  const { largeTimes, largeMany } = window.limits;
  const filled = filledShare(window);
  if (filled < leastFilled) return [];
  const lines = window.prescribed.flatMap((fact) => watchedOf(fact).map((line) => ({ fact, line })));
  const bySubstance = Map.groupBy(lines, ({ line }) => line.substance);
  return [...Map.groupBy(lines, ({ fact }) => fact.person)].flatMap(([prescriber, own]) => {
    const usual = new Map(
      [...new Set(own.map(({ line }) => line.substance))].map((name) => [
        name,
        median(
          (bySubstance.get(name) ?? [])
            .filter(({ fact }) => fact.person !== prescriber)
            .map(({ line }) => line.quantity),
        ),
      ]),
    );
    // what nobody else prescribes cannot be compared
    const timesOf = ({ line }: (typeof own)[number]) => line.quantity / (usual.get(line.substance) ?? line.quantity);
    const large = own.filter((one) => timesOf(one) >= largeTimes);
    if (large.length < largeMany) return [];
    const patients = new Set(large.map(({ fact }) => fact.patient)).size;
    if (patients >= practicePatients * filled && large.length >= own.length / 2) return [];
    const evidence = large.map(({ fact }) => fact);
    return findingOf(window, 'unusual-quantity', person(prescriber), evidence, {
      score: scoreOf(large.length, largeMany),
      statistics: {
        large: large.length,
        of: own.length,
        patients,
        times: round(median(large.map(timesOf)) ?? 0, 1),
      },
    });
  });
};

const rareByChance = 0.001;

/** Watched medicines handed over at night, more often than other medicines are by the same person or pharmacy. */
const nightDispensing: Rule = (window) => {
  const { nightMany } = window.limits;
  const atNight = (facts: readonly Fact[]) => facts.filter(({ at }) => isNight(at, window.limits));
  /** One is added, so that a pharmacy of which little is known is not taken for one that never opens at night. */
  const share = (facts: readonly Fact[]) => (atNight(facts).length + 1) / (facts.length + 20);
  const plain = window.dispensed.filter((fact) => !isWatched(fact));
  const ofSite = new Map(groups(plain, ({ site }) => site));
  const ofPerson = new Map(groups(plain, ({ person: id }) => id));
  return groups(window.dispensed.filter(isWatched), ({ person: id }) => id).flatMap(([id, own]) => {
    const nights = atNight(own);
    if (nights.length < nightMany) return [];
    const expected = Math.max(share(ofSite.get(own[0]?.site ?? '') ?? []), share(ofPerson.get(id) ?? []));
    const chance = chanceOfAtLeast(nights.length, own.length, expected);
    if (chance > rareByChance) return [];
    return findingOf(window, 'night-dispensing', person(id), nights, {
      score: scoreOf(nights.length, nightMany),
      statistics: {
        nights: nights.length,
        of: own.length,
        percent: round((100 * nights.length) / own.length, 1),
        expectedPercent: round(100 * expected, 1),
      },
    });
  });
};

/** Warnings passed on a share of prescriptions that is far above what is usual, and hardly by chance. */
const manyOverrides: Rule = (window) => {
  const { overrideTimes, overrideMany } = window.limits;
  const all = groups(window.prescribed, ({ person: id }) => id).map(([id, own]) => ({
    id,
    own,
    passed: own.filter(({ warnings = 0 }) => warnings > 0),
  }));
  const usual = median(all.filter(({ own }) => own.length >= 20).map(({ own, passed }) => passed.length / own.length));
  // where nobody passes any, one in fifty is taken for usual
  const expected = Math.max(usual ?? 0, 0.02);
  return all.flatMap(({ id, own, passed }) => {
    if (passed.length < overrideMany) return [];
    const surely = lowerShare(passed.length, own.length);
    if (surely < overrideTimes * expected) return [];
    return findingOf(window, 'many-overrides', person(id), passed, {
      score: scoreOf(surely, overrideTimes * expected),
      statistics: {
        passed: passed.length,
        of: own.length,
        percent: round((100 * passed.length) / own.length, 1),
        usualPercent: round(100 * expected, 1),
      },
    });
  });
};

type Tally = ReadonlyMap<string, number>;
const tally = (facts: readonly Fact[]): Tally => {
  const counts = new Map<string, number>();
  for (const { person: id } of facts) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};
const smoothed = (hits: number, of: number): number => (hits + 1) / (of + 10);
/** Much smaller than for one person, because a country has a great many pairs. */
const rarePair = 1e-5;
/** Fewer say little of where a clinic's patients go. */
const fewestOfPeers = 50;

/**
 * One pharmacist hands over far more of a doctor's watched prescriptions than of the doctor's others or than of the same
 * clinic's; or far more of all of them than of the doctor's colleagues. Where a village has one of each, nothing differs.
 */
const closePair: Rule = (window) => {
  const { pairMany, pairTimes } = window.limits;
  const byClinic = new Map(groups(window.dispensed, ({ clinic }) => clinic));
  return groups(window.dispensed, ({ prescriber }) => prescriber).flatMap(([doctor, own]) => {
    const colleagues = (byClinic.get(own[0]?.clinic ?? '') ?? []).filter(({ prescriber }) => prescriber !== doctor);
    const watched = own.filter(isWatched);
    const plain = own.filter((fact) => !isWatched(fact));
    const [ownCount, watchedCount, plainCount, colleagueCount] = [own, watched, plain, colleagues].map(tally);
    return groups(own, ({ person: id }) => id).flatMap(([pharmacist, pair]) => {
      if (pair.length < pairMany) return [];
      const shareOf = (counts: Tally | undefined, of: number) => smoothed(counts?.get(pharmacist) ?? 0, of);
      const ofColleagues = shareOf(colleagueCount, colleagues.length);
      const judge = (counts: Tally | undefined, of: number, expected: number, fewest: number) => {
        const hits = counts?.get(pharmacist) ?? 0;
        const times = hits / Math.max(1, of) / expected;
        const isFound = hits >= fewest && times >= pairTimes && chanceOfAtLeast(hits, of, expected) <= rarePair;
        return { hits, of, times, expected, isFound };
      };
      const ofPlain = shareOf(plainCount, plain.length);
      const onWatched = judge(watchedCount, watched.length, Math.max(ofPlain, ofColleagues), pairMany);
      const onAll =
        colleagues.length >= fewestOfPeers
          ? judge(ownCount, own.length, ofColleagues, 2 * pairMany)
          : { ...onWatched, isFound: false };
      const found = [onWatched, onAll].find(({ isFound }) => isFound);
      if (!found) return [];
      const evidence = found === onWatched ? pair.filter(isWatched) : pair;
      return findingOf(window, 'close-pair', { kind: 'pair', id: `${doctor}+${pharmacist}` }, evidence, {
        score: scoreOf(found.times, pairTimes),
        statistics: {
          together: found.hits,
          of: found.of,
          percent: round((100 * found.hits) / found.of, 1),
          expectedPercent: round(100 * found.expected, 1),
          onlyWatched: found === onWatched ? 1 : 0,
        },
      });
    });
  });
};

/** Within so long something follows an honest look, or went before it. */
const followedMs = 24 * hourMs;

/** Look-ups of patients after which the same person's site hands nothing over and prescribes nothing. */
const idleLookUps: Rule = (window) => {
  const { idlePercent, idleMany, idleInDay } = window.limits;
  const done = [...window.prescribed, ...window.dispensed, ...(window.others.get('not-dispensed') ?? [])];
  const doneAt = new Map(
    groups(done, ({ patient, site }) => (patient === undefined ? undefined : `${site} ${patient}`)).map(
      ([name, facts]) => [name, facts.map(({ at }) => at)],
    ),
  );
  const isIdle = ({ site, patient, at }: Fact): boolean =>
    !(doneAt.get(`${site} ${patient}`) ?? []).some((other) => Math.abs(other - at) <= followedMs);
  return groups(window.others.get('looked-up') ?? [], ({ person: id }) => id).flatMap(([id, own]) => {
    const idle = own.filter(isIdle);
    const today = idle.filter(({ at }) => tashkentDay(at) === window.day).length;
    const surely = 100 * lowerShare(idle.length, own.length);
    const isShare = idle.length >= idleMany && surely >= idlePercent;
    if (!isShare && today < idleInDay) return [];
    return findingOf(window, 'idle-look-ups', person(id), idle, {
      score: Math.max(isShare ? scoreOf(surely, idlePercent) : 0, scoreOf(today, idleInDay)),
      statistics: {
        idle: idle.length,
        of: own.length,
        percent: round((100 * idle.length) / own.length, 1),
        today,
        patients: new Set(idle.map(({ patient }) => patient)).size,
      },
    });
  });
};

const triesIn = (facts: readonly Fact[]): number => facts.reduce((sum, { times = 1 }) => sum + times, 0);

/** The most of these that lie within one hour. */
const mostInHour = (facts: readonly Fact[]): number =>
  facts.reduce(
    (most, { at }) => Math.max(most, triesIn(facts.filter((other) => other.at >= at && other.at < at + hourMs))),
    0,
  );

/** Sign-ins that were refused: many at once that no new password ended, or some night after night. */
const refusedSignIns: Rule = (window) => {
  const { refusedInHour, refusedAtNight } = window.limits;
  const given = new Map(groups(window.others.get('password-given') ?? [], ({ person: id }) => id));
  return groups(window.others.get('sign-in-refused') ?? [], ({ person: id }) => id).flatMap(([id, own]) => {
    const unexplained = own.filter(
      ({ at }) => !(given.get(id) ?? []).some((one) => one.at >= at && one.at - at <= followedMs),
    );
    const inHour = mostInHour(unexplained);
    const nights = triesIn(unexplained.filter(({ at }) => isNight(at, window.limits)));
    if (inHour < refusedInHour && nights < refusedAtNight) return [];
    return findingOf(window, 'refused-sign-ins', person(id), unexplained, {
      score: Math.max(scoreOf(inHour, refusedInHour), scoreOf(nights, refusedAtNight)),
      statistics: { refused: triesIn(unexplained), inHour, nights },
    });
  });
};

/** A device whose clock is off on several days; one that is put right the same day is a flat battery. */
const clockDrift: Rule = (window) => {
  const { driftSeconds, driftDays } = window.limits;
  const byDevice = groups(window.others.get('clock-read') ?? [], ({ device, person: id }) => device ?? id);
  return byDevice.flatMap(([id, own]) => {
    const subject = own[0]?.device === undefined ? person(id) : ({ kind: 'device', id } as const);
    const far = own.filter(({ driftSeconds: by = 0 }) => Math.abs(by) > driftSeconds);
    const days = new Set(far.map(({ at }) => tashkentDay(at))).size;
    if (days < driftDays) return [];
    const middle = median(far.map(({ driftSeconds: by = 0 }) => Math.abs(by))) ?? 0;
    return findingOf(window, 'clock-drift', subject, far, {
      score: scoreOf(middle, driftSeconds),
      statistics: { days, seconds: middle },
    });
  });
};

const rules: Readonly<Record<AnalysisRule, Rule>> = {
  'doctor-shopping': doctorShopping,
  'unusual-quantity': unusualQuantity,
  'night-dispensing': nightDispensing,
  'many-overrides': manyOverrides,
  'close-pair': closePair,
  'idle-look-ups': idleLookUps,
  'refused-sign-ins': refusedSignIns,
  'clock-drift': clockDrift,
};

/**
 * Everything that the events of a day complete, by the limits of the policy that holds. `facts` are those of the window,
 * in any order and with any repeats; what lies outside counts for nothing. One finding a rule and subject.
 */
export const analyse = (facts: readonly Fact[], day: string, limits: Analysis): Finding[] => {
  const window = windowOf(facts, day, limits);
  const found = Object.values(rules).flatMap((rule) => rule(window));
  const strongest = new Map<string, Finding>();
  for (const one of found) {
    const name = `${one.rule} ${one.subject.kind} ${one.subject.id}`;
    if ((strongest.get(name)?.score ?? -1) < one.score) strongest.set(name, one);
  }
  return [...strongest.values()];
};
