/**
 * The demo country's past: what was prescribed and handed over in six of its regions since the first of the month before
 * last. Mostly honest days; among them a few people who do what the daily analysis looks for. It is a plan alone, pure and
 * the same each time; who plays it, and what comes of it, is somebody else's.
 */
import type { Medicine } from '@darmon/domain/medicine';
import type { Patient } from '@darmon/domain/patient';
import type { NonDispenseReason } from '@darmon/domain/prescription';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { type Country, plusDays, type Random, randomOf } from './country.ts';
import { stockedMedicines } from './formulary.ts';
import {
  antibiotics,
  type Course,
  calming,
  controlled,
  lasting,
  pain,
  passing,
  strongAntibiotics,
  warning,
} from './past-courses.ts';
import { makePastPatients } from './past-patients.ts';

export interface PastLine {
  readonly medicine: string;
  readonly timesPerDay: number;
  readonly days: number;
  /** Units that the course takes, one each time. */
  readonly units: number;
  readonly brand?: string;
}

/** What one hand-over does with one line; `otherLot` takes one that is not the first to expire, and says why. */
export type PastOutcome =
  | { readonly line: number; readonly quantity: number; readonly owedOn?: string; readonly otherLot?: true }
  | { readonly line: number; readonly notDispensed: NonDispenseReason };

interface Done {
  /** Milliseconds. */
  readonly at: number;
  readonly site: string;
  readonly person: string;
}
export type PastStep = Done &
  (
    | { readonly kind: 'look'; readonly by: 'number' | 'document' }
    | { readonly kind: 'hand-over'; readonly lines: readonly PastOutcome[]; readonly witness: string }
    | { readonly kind: 'undo' }
    | { readonly kind: 'cancel' }
  );

/** One prescription and what became of it; steps in the order of their time. */
export interface PastVisit {
  readonly n: number;
  readonly at: number;
  readonly doctor: string;
  readonly clinic: string;
  readonly patient: Patient;
  readonly icd10: string;
  readonly lines: readonly PastLine[];
  readonly repeat?: { readonly issues: number; readonly everyDays: number };
  readonly isControlled: boolean;
  /** Goes past what warns, with a reason; another writes nothing then. */
  readonly passesWarnings: boolean;
  readonly steps: readonly PastStep[];
}

/** A look at somebody that nothing follows. */
export interface IdleLook extends Done {
  readonly patient: Patient;
}

export interface PastCare {
  /** The first and the last day, in Tashkent; the last one is yesterday. */
  readonly from: string;
  readonly through: string;
  /** When the country began to use Darmon, the day before the first; and when its pharmacies were delivered again. */
  readonly foundedAt: number;
  readonly secondDelivery: number;
  /** Sites that have Darmon since then. */
  readonly sites: ReadonlySet<string>;
  readonly visits: readonly PastVisit[];
  readonly looks: readonly IdleLook[];
}

/** Where Darmon came first: neither the capital nor a site of which past use is brought in from elsewhere. */
const pastRegions = ['UZ-AN', 'UZ-BU', 'UZ-FA', 'UZ-JI', 'UZ-NG', 'UZ-NW'] as const;
const patientsOfRegion = 24;
/** Of a hundred days so many bring no visit to a clinic: some hundreds in all, which a start can wait for. */
const idlePercent = 48;
const [hourMs, minuteMs] = [3_600_000, 60_000];

interface Counter {
  readonly site: string;
  /** The first of them may hand over what is controlled, the second witnesses it. */
  readonly people: readonly [string, string];
}

interface Lane {
  readonly region: string;
  readonly clinic: string;
  /** The first of them may prescribe what is controlled. */
  readonly doctors: readonly [string, string];
  readonly counters: readonly [Counter, Counter];
  readonly patients: readonly Patient[];
  readonly random: Random;
}

const lanesOf = (seed: number, { sites, people }: Country): Lane[] =>
  pastRegions.map((region) => {
    const of = (kind: string) => sites.filter((site) => site.kind === kind && site.region === region);
    const pairAt = (site: string): [string, string] => {
      const [first, second] = people.filter((one) => one.site === site).map(({ id }) => id);
      if (!first || !second) throw new Error(`${site} has too few people for a past`);
      return [first, second];
    };
    const [clinic] = of('clinic');
    const [near, far] = of('pharmacy');
    if (!clinic || !near || !far) throw new Error(`${region} has too few sites for a past`);
    const random = randomOf(seed, `past ${region}`);
    return {
      region,
      clinic: clinic.id,
      doctors: pairAt(clinic.id),
      counters: [near, far].map(({ id }) => ({ site: id, people: pairAt(id) })) as unknown as Lane['counters'],
      patients: [],
      random,
    };
  });

const medicineOf = (code: string): Medicine => {
  const found = stockedMedicines.find((one) => one.code === code);
  if (!found) throw new Error(`the formulary has no ${code}`);
  return found;
};

const weighed = (random: Random, from: readonly Course[]): Course => {
  let left = random.between(
    1,
    from.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const one of from) {
    left -= one.weight;
    if (left <= 0) return one;
  }
  return from[0] as Course;
};
const happens = (random: Random, percent: number): boolean => random.between(1, 100) <= percent;

const lineOf = (random: Random, of: Course, days = random.pick(of.days)): PastLine => {
  const medicine = medicineOf(of.medicine);
  // by brand where somebody pays for it: the counter has the other one
  const isBranded = medicine.reimbursed && happens(random, 30);
  const brand = medicine.packs.at(-1)?.brand;
  return {
    medicine: of.medicine,
    timesPerDay: of.timesPerDay,
    days,
    units: of.timesPerDay * days,
    ...(isBranded && brand !== undefined && { brand }),
  };
};

/** Medicines that a pharmacy did not get before its second delivery, by which it is out of them until then. */
const lacking: readonly (readonly [counter: 0 | 1, medicine: string])[] = [
  [0, 'CEFU500TAB'],
  [1, 'AMCL625TAB'],
  [1, 'AMLO5TAB'],
  [0, 'LORA10TAB'],
];
const lacksUntilSecond = (lane: number, counter: number, medicine: string): boolean =>
  lacking.some(([at, code]) => code === medicine && at === (counter + lane) % 2);

type Draft = Omit<PastVisit, 'n' | 'steps'>;
interface Span {
  readonly from: string;
  readonly through: string;
  /** When second deliveries come. */
  readonly second: number;
  /** Nothing happens any more. */
  readonly end: number;
}

const isSunday = (day: string): boolean => new Date(`${day}T00:00:00.000Z`).getUTCDay() === 0;
const atHour = (day: string, hours: number): number => Math.round(dayStart(day) + hours * hourMs);
/** A number with a fraction, since a stream draws integers alone. */
const hoursIn = (random: Random, from: number, to: number): number => random.between(from * 60, to * 60) / 60;
/** Within the hours of a pharmacy, on a day on which it is open. */
const inHours = (at: number): number => {
  const day = tashkentDay(at);
  const hour = (at - dayStart(day)) / hourMs;
  const moved = hour > 19.5 ? atHour(plusDays(day, 1), 9 + (hour % 1) * 2) : at;
  return isSunday(tashkentDay(moved)) ? moved + dayMs : moved;
};

/** What honest people do with a prescription: most is collected at once, some later, in part, elsewhere, or never. */
const collected = (lane: Lane, laneNumber: number, visit: Draft, span: Span): PastStep[] => {
  const { random } = lane;
  const steps: PastStep[] = [];
  if (happens(random, 7)) return steps;
  if (!visit.isControlled && happens(random, 3))
    return [{ kind: 'cancel', at: visit.at + 50 * minuteMs, site: visit.clinic, person: visit.doctor }];
  const first = happens(random, 65) ? 0 : 1;
  const later = happens(random, 70) ? 0 : random.between(1, 6) * dayMs;
  let at = inHours(visit.at + later + hoursIn(random, 1, 4) * hourMs);
  const who = (counter: number) => {
    const { site, people } = lane.counters[counter as 0 | 1];
    const [one, other] = visit.isControlled || happens(random, 50) ? people : [people[1], people[0]];
    return { site, person: one, witness: other };
  };
  const look = (counter: ReturnType<typeof who>) =>
    steps.push({
      kind: 'look',
      at,
      site: counter.site,
      person: counter.person,
      by: happens(random, 12) ? 'document' : 'number',
    });
  let counter = first;
  let by = who(counter);
  look(by);
  // too dear, or a question for the doctor: they leave with nothing
  if (happens(random, 5)) return steps;
  at += random.between(2, 9) * minuteMs;
  const lacks = (line: PastLine, where: number) =>
    at < span.second && lacksUntilSecond(laneNumber, where, line.medicine);
  const missing = visit.lines.filter((line) => lacks(line, counter));
  const handOver = (lines: PastOutcome[]) => steps.push({ kind: 'hand-over', at, ...by, lines });
  const whole = (line: PastLine, i: number): PastOutcome => ({
    line: i + 1,
    quantity: line.units,
    ...(!visit.isControlled && happens(random, 5) && { otherLot: true }),
  });
  if (missing.length > 0) {
    handOver(
      visit.lines.map((line, i) =>
        missing.includes(line) ? { line: i + 1, notDispensed: 'out-of-stock' } : whole(line, i),
      ),
    );
    if (happens(random, 45)) return steps;
    // the other pharmacy has it
    counter = 1 - counter;
    by = who(counter);
    at = inHours(at + hoursIn(random, 1, 30) * hourMs);
    look(by);
    at += 5 * minuteMs;
    handOver(
      visit.lines.flatMap((line, i): PastOutcome[] =>
        missing.includes(line) ? [{ line: i + 1, quantity: line.units }] : [],
      ),
    );
    return steps;
  }
  const fate = random.between(1, 100);
  const [main] = visit.lines;
  if (fate <= 6 && main && main.units >= 6 && !visit.repeat) {
    // a part for now, the rest on a day that is promised; not everybody comes for it
    const part = Math.floor(main.units / 2);
    const promised = plusDays(tashkentDay(at), 2);
    handOver(visit.lines.map((line, i) => (i === 0 ? { line: 1, quantity: part, owedOn: promised } : whole(line, i))));
    if (happens(random, 40)) return steps;
    at = inHours(at + 2 * dayMs);
    look(by);
    at += 4 * minuteMs;
    handOver([{ line: 1, quantity: main.units - part }]);
    return steps;
  }
  if (fate <= 9 && visit.lines.length > 1) {
    const reason = random.pick(['patient-refused', 'not-required', 'clinically-unsuitable'] as const);
    handOver(visit.lines.map((line, i) => (i === 1 ? { line: 2, notDispensed: reason } : whole(line, i))));
    return steps;
  }
  handOver(visit.lines.map(whole));
  if (fate >= 98 && !visit.repeat) {
    // the wrong bag: taken back, and given to whom it belongs
    at += 12 * minuteMs;
    steps.push({ kind: 'undo', at, site: by.site, person: by.person });
    at += 6 * minuteMs;
    handOver(visit.lines.map((line, i) => ({ line: i + 1, quantity: line.units })));
  }
  if (visit.repeat)
    for (let issue = 1; issue < visit.repeat.issues; issue += 1) {
      if (happens(random, 12)) continue;
      at = inHours(
        atHour(
          plusDays(tashkentDay(visit.at), issue * visit.repeat.everyDays + random.between(1, 5)),
          hoursIn(random, 9, 18),
        ),
      );
      look(by);
      at += 5 * minuteMs;
      handOver(visit.lines.map((line, i) => ({ line: i + 1, quantity: line.units })));
    }
  return steps;
};

/** An ordinary visit: something that passes, perhaps with a second medicine, or a month of what is taken for life. */
const ordinary = (lane: Lane, laneNumber: number, at: number): Draft => {
  const { random } = lane;
  const turn = random.between(0, 1) as 0 | 1;
  const doctor = lane.doctors[turn];
  const patient = random.pick(lane.patients);
  const base = { at, doctor, clinic: lane.clinic, patient, passesWarnings: happens(random, 45), isControlled: false };
  if (turn === 0 && happens(random, 7)) {
    const of = random.pick(controlled);
    return { ...base, icd10: of.icd10, lines: [lineOf(random, of)], isControlled: true };
  }
  if (happens(random, 18)) {
    const of = weighed(random, lasting);
    const isRepeat = happens(random, 45);
    return {
      ...base,
      icd10: of.icd10,
      lines: [lineOf(random, of)],
      ...(isRepeat && { repeat: { issues: 3, everyDays: 30 } }),
    };
  }
  // one doctor of the country reaches for the strongest first
  const isStrong = laneNumber === 2 && turn === 1;
  const of = isStrong && happens(random, 80) ? weighed(random, strongAntibiotics) : weighed(random, passing);
  const more = happens(random, 35) ? weighed(random, passing) : undefined;
  const isBeside = more && more.medicine !== of.medicine && !(antibiotics.includes(more) && antibiotics.includes(of));
  return {
    ...base,
    icd10: of.icd10,
    lines: [lineOf(random, of), ...(isBeside ? [lineOf(random, more)] : [])],
  };
};

const ordinaryDays = (lane: Lane, laneNumber: number, span: Span): Omit<PastVisit, 'n'>[] => {
  const visits: Omit<PastVisit, 'n'>[] = [];
  for (let day = span.from; day <= span.through; day = plusDays(day, 1)) {
    if (isSunday(day) || happens(lane.random, idlePercent)) continue;
    const draft = ordinary(lane, laneNumber, atHour(day, hoursIn(lane.random, 9, 16)));
    visits.push({ ...draft, steps: collected(lane, laneNumber, draft, span) });
  }
  return visits;
};

// --- what the daily analysis looks for -------------------------------------------------------------------------------

interface Served {
  readonly counter: Counter;
  readonly at: number;
}

/** A prescription that somebody comes for, and gets. */
const served = (draft: Draft, { counter, at }: Served): Omit<PastVisit, 'n'> => {
  const [person, witness] = counter.people;
  const done = { site: counter.site, person };
  return {
    ...draft,
    steps: [
      { kind: 'look', at, ...done, by: 'number' },
      {
        kind: 'hand-over',
        at: at + 6 * minuteMs,
        ...done,
        witness,
        lines: draft.lines.map((line, i) => ({ line: i + 1, quantity: line.units })),
      },
    ],
  };
};

/** A working day so many days before the last one. */
const daysBefore = (span: Span, days: number): string => {
  const day = plusDays(span.through, -days);
  return isSunday(day) ? plusDays(day, -1) : day;
};

/** Curiosity, all in one day: people whom the clinic has seen, and who did not come. */
const curious = (lane: Lane, visits: readonly Omit<PastVisit, 'n'>[], span: Span): IdleLook[] => {
  const day = daysBefore(span, 6);
  const { site, people } = lane.counters[1];
  const seen = visits.filter(({ clinic, at }) => clinic === lane.clinic && at < dayStart(day)).slice(-curiousLooks);
  return seen.map(({ patient }, n) => ({
    at: atHour(day, 13) + n * 11 * minuteMs,
    site,
    person: people[1],
    patient,
  }));
};
const curiousLooks = 20;

const planted = (lanes: readonly Lane[], span: Span): Omit<PastVisit, 'n'>[] => {
  const visits: Omit<PastVisit, 'n'>[] = [];
  const ago = (days: number): string => daysBefore(span, days);
  const [first, second, third, fourth, fifth, sixth] = lanes as [Lane, Lane, Lane, Lane, Lane, Lane];
  const draftOf = (lane: Lane, of: Course, day: string, hours: number, patient: Patient, days?: number): Draft => ({
    at: atHour(day, hours),
    doctor: lane.doctors[0],
    clinic: lane.clinic,
    patient,
    icd10: of.icd10,
    lines: [lineOf(lane.random, of, days)],
    isControlled: true,
    passesWarnings: true,
  });

  // the same medicine from four doctors, each while the last one's lasts
  const shopper = first.patients[0] as Patient;
  for (const [n, lane] of [first, second, third, fourth].entries()) {
    const day = ago(13 - 3 * n);
    const draft = draftOf(lane, pain, day, 10, shopper, 10);
    visits.push(served(draft, { counter: lane.counters[n % 2 === 0 ? 0 : 1], at: draft.at + 90 * minuteMs }));
  }
  // warnings passed day after day
  for (let n = 0; n < 14; n += 1) {
    const draft: Draft = {
      at: atHour(ago(24 - Math.round(1.6 * n)), 9 + (n % 6)),
      doctor: second.doctors[1],
      clinic: second.clinic,
      patient: second.patients[n % second.patients.length] as Patient,
      icd10: warning[0].icd10,
      lines: warning.map((of) => lineOf(second.random, of)),
      isControlled: false,
      passesWarnings: true,
    };
    visits.push(served(draft, { counter: second.counters[n % 2 === 0 ? 0 : 1], at: draft.at + 2 * hourMs }));
  }
  // watched medicines, late at night
  for (let n = 0; n < 7; n += 1) {
    const day = ago(20 - 3 * n);
    const draft = draftOf(fourth, calming, day, 11 + (n % 4), fourth.patients[2 + n] as Patient);
    visits.push(served(draft, { counter: fourth.counters[0], at: atHour(day, 22.4 + (n % 3) * 0.4) }));
  }
  // one doctor, one pharmacist, and not the one at the clinic's door
  for (let n = 0; n < 12; n += 1) {
    const draft = draftOf(fifth, pain, ago(26 - 2 * n), 10 + (n % 5), fifth.patients[n] as Patient, 5);
    visits.push(served(draft, { counter: fifth.counters[1], at: draft.at + 70 * minuteMs }));
  }
  // far more than others write
  for (let n = 0; n < 7; n += 1) {
    const draft = draftOf(sixth, pain, ago(22 - 3 * n), 12, sixth.patients[n] as Patient, 20);
    visits.push(served(draft, { counter: sixth.counters[n % 2 === 0 ? 0 : 1], at: draft.at + 3 * hourMs }));
  }
  return visits;
};

/** The first day of the month before last, so that two whole months can be told and closed. */
const firstDayOf = (today: string): string => {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return new Date(Date.UTC(year, month - 3, 1)).toISOString().slice(0, 10);
};

/** The past of a country as of `today` (YYYY-MM-DD). Same arguments, same past. */
export const makePastCare = (seed: number, today: string, country: Country): PastCare => {
  const [from, through] = [firstDayOf(today), plusDays(today, -1)];
  const days = Math.round((dayStart(through) - dayStart(from)) / dayMs);
  const span = { from, through, second: atHour(plusDays(from, Math.round(days / 2)), 7), end: dayStart(today) };
  const bare = lanesOf(seed, country);
  const people = makePastPatients(randomOf(seed, 'past patients'), bare.length * patientsOfRegion);
  const lanes = bare.map((lane, n) => ({
    ...lane,
    patients: people.slice(n * patientsOfRegion, (n + 1) * patientsOfRegion),
  }));
  const visits = [...lanes.flatMap((lane, n) => ordinaryDays(lane, n, span)), ...planted(lanes, span)]
    .filter(({ at }) => at >= dayStart(from) && at < span.end)
    .sort((a, b) => a.at - b.at)
    // what lies behind yesterday is still to come
    .map((visit, n) => ({ ...visit, n, steps: visit.steps.filter(({ at }) => at < span.end) }));
  const sites = lanes.flatMap(({ clinic, counters }) => [clinic, ...counters.map(({ site }) => site)]);
  return {
    from,
    through,
    foundedAt: dayStart(from) - dayMs,
    secondDelivery: span.second,
    sites: new Set(sites),
    visits,
    looks: curious(lanes[2] as Lane, visits, span),
  };
};
