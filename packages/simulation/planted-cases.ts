/**
 * What wrong is done in a made-up country, three of each kind: one that anybody would see, one in between, one that hides
 * among what honest people do. Who did it and when is told apart from the events.
 */
import type { AnalysisRule } from '@darmon/domain/analysis';
import { type Chance, chanceOf } from './chance.ts';
import { type Doctor, type Pharmacist, type Pharmacy, substanceOf } from './seeded-country.ts';
import {
  atHour,
  choosePharmacy,
  countryDays,
  courseOf,
  type Diary,
  dayName,
  handOver,
  isSunday,
  onDuty,
  prescribe,
  type Unnumbered,
} from './seeded-days.ts';

export interface Planted {
  readonly kind: AnalysisRule;
  /** A patient, a member of staff, or a doctor and a pharmacist as `doctor+pharmacist`. */
  readonly subject: string;
  readonly grade: 'gross' | 'middling' | 'subtle';
  /** Tashkent days, both included. */
  readonly from: string;
  readonly to: string;
}

const grades = ['gross', 'middling', 'subtle'] as const;
const minuteMs = 60_000;
type Some<T> = readonly [T, ...T[]];

/** Different ones, in an order that chance decides. */
const drawn = <T>(chance: Chance, from: readonly T[], many: number): Some<T> => {
  const left = [...from];
  const taken: T[] = [];
  while (taken.length < many && left.length > 0)
    taken.push(...left.splice(Math.floor(chance.between(0, left.length)), 1));
  return taken as unknown as Some<T>;
};

const workday = (day: number): number => (isSunday(day) ? day + 1 : day);
const countersOf = (diary: Diary, pharmacy: Pharmacy): Pharmacist[] =>
  diary.country.pharmacists.filter((one) => one.pharmacy.id === pharmacy.id);

/** One after the other: how many doctors, how long a course, and how many days until the next one is asked for. */
const shoppers = {
  gross: { doctors: 5, substance: 'N02AX02', days: 10, quantity: 30, every: 3, visits: 6 },
  middling: { doctors: 3, substance: 'N03AX16', days: 30, quantity: 60, every: 10, visits: 4 },
  subtle: { doctors: 2, substance: 'N05BA01', days: 14, quantity: 28, every: 8, visits: 6 },
} as const;

const shop = (diary: Diary, chance: Chance): Planted[] =>
  grades.map((grade) => {
    const { doctors, substance, days, quantity, every, visits } = shoppers[grade];
    const subject = `patient-shopping-${grade}`;
    // one doctor of each clinic
    const towns = diary.country.doctors.filter((one) => one.id.endsWith('-02') || one.place.startsWith('village'));
    const asked = drawn(chance, towns, doctors);
    const from = Math.floor(chance.between(0, countryDays - every * visits - 4));
    let day = from;
    for (let n = 0; n < visits; n += 1) {
      day = workday(from + n * every);
      const doctor = asked[n % asked.length] ?? asked[0];
      const at = atHour(day, chance.between(9, 15));
      const line = { substance, watched: true, quantity, days };
      const paper = prescribe(diary, { doctor, patient: subject, at, line, warnings: 0 });
      const pharmacy = choosePharmacy(diary.country, doctor, chance);
      handOver(diary, chance, onDuty(diary.country, pharmacy, day, 16), paper, at + chance.between(30, 90) * minuteMs);
    }
    return { kind: 'doctor-shopping', subject, grade, from: dayName(from), to: dayName(day) };
  });

const large = {
  gross: { times: 6, many: 8, patients: 8 },
  middling: { times: 3.5, many: 10, patients: 6 },
  subtle: { times: 2.5, many: 9, patients: 3 },
} as const;

const enlarge = (diary: Diary, chance: Chance, doctors: readonly Doctor[]): Planted[] =>
  grades.map((grade, n) => {
    const { times, many, patients } = large[grade];
    const doctor = doctors[n] as Doctor;
    const of = substanceOf(chance.pick(['N02AX02', 'N05BA01']));
    const [from, span] = [Math.floor(chance.between(4, 20)), 36];
    let day = from;
    for (let i = 0; i < many; i += 1) {
      day = workday(from + Math.floor((i * span) / many));
      const at = atHour(day, chance.between(9, 16));
      const patient = `patient-large-${grade}-${i % patients}`;
      const days = Math.max(...of.days);
      // more than anybody takes within the days that are written beside it
      const line = { ...courseOf(chance, of), days, quantity: Math.round(of.perDay[0] * days * times) };
      const paper = prescribe(diary, { doctor, patient, at, line, warnings: 0 });
      const pharmacy = choosePharmacy(diary.country, doctor, chance);
      handOver(diary, chance, onDuty(diary.country, pharmacy, day, 17), paper, at + 60 * minuteMs);
    }
    return { kind: 'unusual-quantity', subject: doctor.id, grade, from: dayName(from), to: dayName(day) };
  });

const nights = {
  gross: { many: 20, span: 14 },
  middling: { many: 9, span: 28 },
  subtle: { many: 18, span: 45 },
} as const;

const sellAtNight = (diary: Diary, chance: Chance): Planted[] => {
  const { pharmacies, doctors } = diary.country;
  const closed = drawn(
    chance,
    pharmacies.filter((one) => !one.isOpenAtNight && one.place === 'city'),
    2,
  );
  const open = pharmacies.filter((one) => one.isOpenAtNight && one.id.endsWith('02'))[0] ?? pharmacies[0];
  return grades.map((grade, n) => {
    const { many, span } = nights[grade];
    // the subtle one hides in a pharmacy that is open at night anyway, among medicines that are sold there anyway
    const pharmacy = grade === 'subtle' ? open : (closed[n] ?? closed[0]);
    const by = chance.pick(countersOf(diary, pharmacy) as [Pharmacist, ...Pharmacist[]]);
    const from = Math.floor(chance.between(1, countryDays - span));
    let day = from;
    for (let i = 0; i < many; i += 1) {
      day = from + Math.floor((i * span) / many);
      const doctor = chance.pick(doctors.filter(({ place }) => place === pharmacy.place) as [Doctor, ...Doctor[]]);
      const of = substanceOf(chance.pick(['N02AX02', 'N03AX16', 'N05BA01']));
      const at = atHour(workday(day), chance.between(10, 16));
      const visit = { doctor, patient: `patient-night-${grade}-${i}`, at, line: courseOf(chance, of), warnings: 0 };
      handOver(diary, chance, by, prescribe(diary, visit), atHour(workday(day) + 1, chance.between(-1.2, 4.5)));
    }
    return { kind: 'night-dispensing', subject: by.id, grade, from: dayName(from), to: dayName(workday(day) + 1) };
  });
};

const careless = {
  gross: { share: 0.5, span: 20 },
  middling: { share: 0.38, span: 35 },
  subtle: { share: 0.28, span: 45 },
} as const;

/** Of what was written anyway, warnings are passed: the last facts of these doctors are written anew. */
const override = (facts: Unnumbered[], chance: Chance, doctors: readonly Doctor[]): Planted[] =>
  grades.map((grade, n) => {
    const doctor = doctors[n] as Doctor;
    const { share, span } = careless[grade];
    const from = Math.floor(chance.between(2, countryDays - span));
    const [began, ended] = [atHour(from, 0), atHour(from + span, 0)];
    for (const [i, fact] of facts.entries())
      if (fact.kind === 'prescribed' && fact.person === doctor.id && fact.at >= began && fact.at < ended)
        facts[i] = { ...fact, warnings: chance.uniform() < share ? 1 : 0 };
    return { kind: 'many-overrides', subject: doctor.id, grade, from: dayName(from), to: dayName(from + span - 1) };
  });

const pairs = {
  gross: { extra: 26, watched: true },
  middling: { extra: 60, watched: false },
  subtle: { extra: 12, watched: true },
} as const;

/** A doctor and a pharmacist who share a business: watched medicines, or dear ones that somebody else pays for. */
const pairUp = (diary: Diary, chance: Chance, doctors: readonly Doctor[]): Planted[] =>
  grades.map((grade, n) => {
    const doctor = doctors[n] as Doctor;
    const { extra, watched } = pairs[grade];
    // not the one at the clinic's door
    const far = diary.country.pharmacies.filter(({ place }) => place === doctor.place);
    const pharmacy = far[(Number(doctor.clinic.slice(-2)) + 3) % far.length] ?? diary.country.pharmacies[0];
    const by = chance.pick(countersOf(diary, pharmacy).filter((one) => !one.nights) as [Pharmacist, ...Pharmacist[]]);
    const [from, span] = [Math.floor(chance.between(1, 12)), 45];
    let day = from;
    for (let i = 0; i < extra; i += 1) {
      day = workday(from + Math.floor((i * span) / extra));
      const at = atHour(day, chance.between(9, 15));
      const of = substanceOf(
        watched ? chance.pick(['N02AX02', 'N03AX16', 'N05BA01']) : chance.pick(['A10BA02', 'C10AA05']),
      );
      const patient = `patient-pair-${grade}-${Math.floor(chance.between(0, extra / 2))}`;
      const paper = prescribe(diary, { doctor, patient, at, line: courseOf(chance, of), warnings: 0 });
      handOver(diary, chance, by, paper, at + chance.between(40, 200) * minuteMs);
    }
    return { kind: 'close-pair', subject: `${doctor.id}+${by.id}`, grade, from: dayName(from), to: dayName(day) };
  });

const curious = { gross: { a: 32, days: 2 }, middling: { a: 6, days: 15 }, subtle: { a: 3, days: 30 } } as const;

const lookIdly = (diary: Diary, chance: Chance, people: readonly Pharmacist[]): Planted[] =>
  grades.map((grade, n) => {
    const { id: person, pharmacy } = people[n] as Pharmacist;
    const { a, days } = curious[grade];
    const from = Math.floor(chance.between(2, countryDays - days));
    for (let day = from; day < from + days; day += 1)
      for (let i = 0; i < a; i += 1) {
        const patient = chance.pick(diary.country.patients).id;
        const at = atHour(day, chance.between(9, 20));
        diary.write({ at, kind: 'looked-up', person, site: pharmacy.id, patient });
      }
    return { kind: 'idle-look-ups', subject: person, grade, from: dayName(from), to: dayName(from + days - 1) };
  });

const guesses = {
  gross: { a: 40, days: 1, hour: 13, apart: 1 },
  middling: { a: 9, days: 4, hour: 2, apart: 4 },
  subtle: { a: 3, days: 18, hour: 3, apart: 15 },
} as const;

const guess = (diary: Diary, chance: Chance, people: readonly Pharmacist[]): Planted[] =>
  grades.map((grade, n) => {
    const { id: person, pharmacy } = people[n] as Pharmacist;
    const { a, days, hour, apart } = guesses[grade];
    const from = Math.floor(chance.between(2, countryDays - days));
    for (let day = from; day < from + days; day += 1)
      for (let i = 0; i < a; i += 1)
        diary.write({
          at: atHour(day, hour) + (i * apart + chance.uniform()) * minuteMs,
          kind: 'sign-in-refused',
          person,
          site: pharmacy.id,
        });
    return { kind: 'refused-sign-ins', subject: person, grade, from: dayName(from), to: dayName(from + days - 1) };
  });

const drifts = {
  gross: { days: 3, at: () => -7_200 },
  middling: { days: 10, at: () => 480 },
  subtle: { days: 20, at: (day: number) => 240 + 9 * day },
} as const;

const drift = (diary: Diary, chance: Chance, people: readonly Pharmacist[]): Planted[] =>
  grades.map((grade, n) => {
    const { id: person, pharmacy } = people[n] as Pharmacist;
    const { days, at } = drifts[grade];
    const from = Math.floor(chance.between(2, countryDays - days));
    for (let day = from; day < from + days; day += 1) {
      const driftSeconds = Math.round(at(day - from) + chance.normal() * 20);
      diary.write({
        at: atHour(day, chance.between(8, 10)),
        kind: 'clock-read',
        person,
        site: pharmacy.id,
        driftSeconds,
      });
    }
    return { kind: 'clock-drift', subject: person, grade, from: dayName(from), to: dayName(from + days - 1) };
  });

/** Plants three of each kind among the days that were played, each with people of its own. */
export const plantCases = (diary: Diary & { readonly facts: Unnumbered[] }): Planted[] => {
  const { country } = diary;
  const chance = chanceOf('planted', country.seed);
  const doctors = drawn(
    chance,
    country.doctors.filter(({ place, specialty }) => place === 'city' && specialty === 'general'),
    9,
  );
  const people = drawn(
    chance,
    country.pharmacists.filter(({ nights: isOfNight }) => !isOfNight),
    9,
  );
  const planted = [
    ...shop(diary, chance),
    ...enlarge(diary, chance, doctors.slice(0, 3)),
    ...sellAtNight(diary, chance),
    ...pairUp(diary, chance, doctors.slice(3, 6)),
    ...lookIdly(diary, chance, people.slice(0, 3)),
    ...guess(diary, chance, people.slice(3, 6)),
    ...drift(diary, chance, people.slice(6, 9)),
    ...override(diary.facts, chance, doctors.slice(6, 9)),
  ];
  // what would lie behind the last day is nobody's to find
  const last = dayName(countryDays - 1);
  return planted.map((one) => (one.to > last ? { ...one, to: last } : one));
};
