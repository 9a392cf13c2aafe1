/**
 * What happens in a made-up country day by day, when nobody does wrong: visits, courses, collections, look-ups that lead
 * to nothing, mistyped passwords, clocks that are a little off. The habits of honest people are what rules stumble over.
 */
import type { Fact, FactLine } from '@darmon/domain/analysis-facts';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { type Chance, chanceOf } from './chance.ts';
import {
  type Country,
  type Doctor,
  type Patient,
  type Pharmacist,
  type Pharmacy,
  type Specialty,
  type Substance,
  substanceOf,
  substances,
} from './seeded-country.ts';

export const countryDays = 60;
const firstDay = '2026-09-01';
export const beginning = dayStart(firstDay);
const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Tuesday the first: Sundays are days 5, 12, …; Saturdays the day before. */
export const isSunday = (day: number): boolean => day % 7 === 5;
const isSaturday = (day: number): boolean => day % 7 === 4;

export type Unnumbered = Omit<Fact, 'id'>;

export interface Diary {
  readonly country: Country;
  readonly write: (fact: Unnumbered) => void;
  readonly nextPrescription: () => string;
}

export const diaryOf = (country: Country): Diary & { readonly facts: Unnumbered[] } => {
  const facts: Unnumbered[] = [];
  let prescriptions = 0;
  return {
    country,
    facts,
    write: (fact) => void facts.push({ ...fact, at: Math.round(fact.at) }),
    nextPrescription: () => {
      prescriptions += 1;
      return `prescription-${prescriptions}`;
    },
  };
};

/** Hours are of Tashkent. */
export const atHour = (day: number, hour: number): number => beginning + day * dayMs + hour * hourMs;

export interface Visit {
  readonly doctor: Doctor;
  readonly patient: string;
  readonly at: number;
  readonly line: FactLine;
  readonly warnings: number;
}

/** Writes a prescription down, and gives what a pharmacy needs of it. */
export const prescribe = (diary: Diary, { doctor, patient, at, line, warnings }: Visit) => {
  const prescription = diary.nextPrescription();
  const { id: person, clinic: site } = doctor;
  diary.write({ at, kind: 'prescribed', person, site, prescription, patient, lines: [line], warnings });
  return { prescription, patient, prescriber: person, clinic: site, lines: [line] };
};
export type Prescribed = ReturnType<typeof prescribe>;

/** A look at the counter, and the hand-over some minutes behind it. */
export const handOver = (diary: Diary, chance: Chance, by: Pharmacist, paper: Prescribed, at: number): void => {
  const who = { person: by.id, site: by.pharmacy.id };
  const { prescription, patient } = paper;
  // some have nothing but their document with them
  const isByDocument = chance.uniform() < 0.08;
  diary.write({ ...who, at, kind: 'looked-up', patient, ...(!isByDocument && { prescription }) });
  const served = at + chance.between(2, 9) * minuteMs;
  diary.write({ ...who, ...paper, at: served, kind: 'dispensed' });
  if (chance.uniform() < 0.007) diary.write({ ...who, ...paper, at: served + 20 * minuteMs, kind: 'undone' });
};

/** Who stands at a counter at an hour of a day: people work in turns, and nobody of the night by day. */
export const onDuty = (country: Country, pharmacy: Pharmacy, day: number, hour: number): Pharmacist => {
  const own = country.pharmacists.filter((one) => one.pharmacy.id === pharmacy.id);
  const isNight = hour >= 21 || hour < 8;
  const ofNight = own.filter(({ nights }) => nights);
  const ofDay = own.filter(({ nights }) => !nights);
  // the one of the night is off every third day
  if (isNight && ofNight[0] && day % 3 !== 0) return ofNight[0];
  const turn = day * 2 + (hour >= 14 ? 1 : 0);
  return ofDay[turn % ofDay.length] ?? (own[0] as Pharmacist);
};

/** The pharmacy at the door of a clinic first, then others of the place; now and then somebody is in another place. */
export const choosePharmacy = (country: Country, doctor: Doctor, chance: Chance): Pharmacy => {
  const near = country.pharmacies.filter(({ place }) => place === doctor.place);
  if (chance.uniform() < 0.03) return chance.pick(country.pharmacies);
  const first = Number(doctor.clinic.slice(-2)) % near.length;
  const at = chance.uniform() < 0.5 ? first : Math.floor(chance.between(0, near.length));
  return near[at] ?? country.pharmacies[0];
};

/** Some hours or days after the visit, within the pharmacy's hours. */
const collectionTime = (chance: Chance, pharmacy: Pharmacy, at: number): { day: number; hour: number } => {
  const day =
    Math.floor((at - beginning) / dayMs) + (chance.uniform() < 0.7 ? 0 : 1 + Math.floor(chance.exponential(1)));
  const hour = Math.max(((at - beginning) % dayMs) / hourMs + chance.between(0.3, 4), 8.2);
  if (pharmacy.isOpenAtNight && chance.uniform() < 0.14) return { day: day + 1, hour: chance.between(-2, 6) };
  // a counter that should have closed serves who is still there
  if (chance.uniform() < 0.006) return { day, hour: chance.between(21, 22.6) };
  return hour < 20.8 ? { day, hour } : { day: day + 1, hour: chance.between(8.2, 12) };
};

/** Most is collected; some look and go away, some find it missing, some never come. */
const collect = (diary: Diary, chance: Chance, doctor: Doctor, paper: Prescribed, at: number): void => {
  const { country } = diary;
  if (chance.uniform() < 0.06) return;
  for (let tries = 0; tries < 2; tries += 1) {
    const pharmacy = choosePharmacy(country, doctor, chance);
    const { day, hour } = collectionTime(chance, pharmacy, at + tries * dayMs);
    if (day >= countryDays) return;
    const by = onDuty(country, pharmacy, day, (hour + 24) % 24);
    const who = { person: by.id, site: by.pharmacy.id };
    const when = atHour(day, hour);
    const fate = chance.uniform();
    if (fate < pharmacy.missing) {
      diary.write({ ...who, at: when, kind: 'looked-up', patient: paper.patient, prescription: paper.prescription });
      if (chance.uniform() < 0.5) diary.write({ ...who, ...paper, at: when + 4 * minuteMs, kind: 'not-dispensed' });
    } else if (fate < pharmacy.missing + 0.035)
      diary.write({ ...who, at: when, kind: 'looked-up', patient: paper.patient, prescription: paper.prescription });
    else {
      handOver(diary, chance, by, paper, when);
      return;
    }
  }
};

export const courseOf = (chance: Chance, of: Substance, times = 1): FactLine => {
  const days = chance.pick(of.days);
  const quantity = Math.max(1, Math.round(chance.pick(of.perDay) * days * times));
  return { substance: of.substance, watched: of.watched, quantity, days };
};

const favourites: Readonly<Partial<Record<Specialty, readonly [string, ...string[]]>>> = {
  palliative: ['N02AX02', 'N02AX02', 'N05BA01', 'N03AX16', 'A02BC01'],
  psychiatry: ['N05BA01', 'N05BA01', 'N03AX16', 'N03AA02', 'R06AE07'],
  endocrinology: ['A10BA02', 'A10BA02', 'C10AA05', 'C09AA02'],
};

const chooseSubstance = (doctor: Doctor, chance: Chance): Substance => {
  const own = favourites[doctor.specialty];
  if (own && chance.uniform() < 0.55) return substanceOf(chance.pick(own));
  let left = chance.uniform() * substances.reduce((sum, { weight }) => sum + weight, 0);
  for (const one of substances) {
    left -= one.weight;
    if (left < 0) return one;
  }
  return substances[0];
};

/** A specialist's ordinary course is what others hardly ever write. */
const timesOf = (doctor: Doctor, of: Substance, chance: Chance): number =>
  doctor.specialty === 'palliative' && of.watched
    ? chance.between(2, 4)
    : doctor.specialty === 'endocrinology' && of.substance.startsWith('A10')
      ? chance.between(2, 4)
      : 1;

const warningsOf = (doctor: Doctor, chance: Chance): number => (chance.uniform() < doctor.overrides ? 1 : 0);

const playDoctor = (diary: Diary, doctor: Doctor, own: readonly Patient[]): void => {
  const chance = chanceOf('doctor', diary.country.seed, doctor.id);
  const visit = (day: number, patient: string, line: FactLine): void => {
    const at = atHour(day, chance.between(8.5, 16.5));
    const { id: person, clinic: site } = doctor;
    if (chance.uniform() < 0.5) diary.write({ at: at - 4 * minuteMs, kind: 'looked-up', person, site, patient });
    const paper = prescribe(diary, { doctor, patient, at, line, warnings: warningsOf(doctor, chance) });
    collect(diary, chance, doctor, paper, at);
  };
  for (let day = 0; day < countryDays; day += 1) {
    for (const { id, chronic } of own)
      if (chronic && day >= chronic.from && (day - chronic.from) % 29 === 0) {
        const of = substanceOf(chronic.substance);
        const quantity = Math.round(30 * of.perDay[0] * chronic.times);
        visit(day, id, { substance: of.substance, watched: of.watched, quantity, days: 30 });
      }
    if (isSunday(day)) continue;
    const visits = chance.poisson(isSaturday(day) ? doctor.daily / 3 : doctor.daily);
    for (let n = 0; n < visits; n += 1) {
      const patient = chance.pick(own as [Patient, ...Patient[]]);
      const of = chooseSubstance(doctor, chance);
      // who takes it for life is not given it twice
      if (of.substance === patient.chronic?.substance) continue;
      visit(day, patient.id, courseOf(chance, of, timesOf(doctor, of, chance)));
    }
    // advice, without a prescription
    for (let n = chance.poisson(0.6); n > 0; n -= 1)
      diary.write({
        at: atHour(day, chance.between(9, 16)),
        kind: 'looked-up',
        person: doctor.id,
        site: doctor.clinic,
        patient: chance.pick(own as [Patient, ...Patient[]]).id,
      });
  }
};

/** Passwords that are mistyped, forgotten and given anew; clocks of old machines. */
const playMachines = (diary: Diary, person: string, site: string): void => {
  const chance = chanceOf('machine', diary.country.seed, person);
  const steady = chance.uniform() < 0.08 ? chance.between(-150, 150) : chance.normal() * 4;
  const creeping = chance.uniform() < 0.05 ? 2 : 0;
  for (let day = 0; day < countryDays; day += 1) {
    if (isSunday(day)) continue;
    const at = atHour(day, chance.between(7.6, 9));
    if (chance.uniform() < (day % 7 === 6 ? 0.1 : 0.05))
      for (let n = Math.ceil(chance.exponential(1.2)); n > 0; n -= 1)
        diary.write({ at: at - n * 25_000, kind: 'sign-in-refused', person, site });
    if (chance.uniform() < 0.002) {
      for (let n = 4 + Math.floor(chance.between(0, 5)); n > 0; n -= 1)
        diary.write({ at: at - n * 50_000, kind: 'sign-in-refused', person, site });
      diary.write({ at: at + 15 * minuteMs, kind: 'password-given', person, site });
    }
    // a battery that is empty: one morning in another year, put right at once
    const isEmpty = chance.uniform() < 0.0006;
    const driftSeconds = Math.round(
      isEmpty ? -chance.between(1e6, 4e8) : steady + (creeping * day) / 2 + chance.normal() * 3,
    );
    if (Math.abs(driftSeconds) >= 30)
      diary.write({ at: at + minuteMs, kind: 'clock-read', person, site, driftSeconds });
  }
};

/** Honest people whose courses overlap: renewed early by a second doctor, lost on the way, fallen ill on a journey. */
const playOverlaps = (diary: Diary): void => {
  const { country } = diary;
  const chance = chanceOf('overlaps', country.seed);
  const tramadol = substanceOf('N02AX02');
  const city = country.doctors.filter(({ place }) => place === 'city') as [Doctor, ...Doctor[]];
  const give = (doctor: Doctor, patient: string, day: number, line: FactLine, isCollected = true): void => {
    const at = atHour(isSunday(day) ? day + 1 : day, chance.between(9, 16));
    const paper = prescribe(diary, { doctor, patient, at, line, warnings: 0 });
    if (isCollected) collect(diary, chance, doctor, paper, at);
  };
  for (let n = 0; n < 6; n += 1) {
    const [one, other] = [chance.pick(city), chance.pick(city)];
    const line = { substance: 'N03AX16', watched: true, quantity: 60, days: 30 };
    give(one, `patient-renewed-${n}`, n, line);
    give(other, `patient-renewed-${n}`, n + 26 + Math.floor(chance.between(0, 3)), line);
  }
  for (let n = 0; n < 5; n += 1) {
    const one = chance.pick(city);
    const other = chance.pick(city.filter(({ clinic }) => clinic === one.clinic) as [Doctor, ...Doctor[]]);
    const day = Math.floor(chance.between(1, 50));
    const line = courseOf(chance, tramadol);
    give(one, `patient-lost-${n}`, day, line, false);
    give(other, `patient-lost-${n}`, day + 1, line);
  }
  for (let n = 0; n < 4; n += 1) {
    const day = Math.floor(chance.between(1, 50));
    give(chance.pick(city), `patient-away-${n}`, day, { substance: 'N03AX16', watched: true, quantity: 60, days: 30 });
    const other = chance.pick(country.doctors.filter(({ place }) => place !== 'city') as [Doctor, ...Doctor[]]);
    give(other, `patient-away-${n}`, day + 5, { substance: 'N03AX16', watched: true, quantity: 28, days: 14 });
  }
};

/** Somebody rings at night, and the pharmacy of a village opens. */
const playEmergencies = (diary: Diary): void => {
  const { country } = diary;
  const chance = chanceOf('emergencies', country.seed);
  for (const doctor of country.doctors.filter(({ place }) => place.startsWith('village')))
    for (let n = chance.poisson(1.5); n > 0; n -= 1) {
      const day = Math.floor(chance.between(1, countryDays));
      const of = chance.uniform() < 0.4 ? substanceOf('N02AX02') : substances[0];
      const at = atHour(day, chance.between(-2, 5));
      const patient = chance.pick(
        country.patients.filter((one) => one.doctor.id === doctor.id) as [Patient, ...Patient[]],
      );
      const paper = prescribe(diary, { doctor, patient: patient.id, at, line: courseOf(chance, of), warnings: 0 });
      const near = country.pharmacies.find(({ place }) => place === doctor.place) ?? country.pharmacies[0];
      handOver(diary, chance, onDuty(country, near, day, 12), paper, at + 15 * minuteMs);
    }
};

/** Sixty days of people who do nothing wrong. */
export const playHonestDays = (diary: Diary): void => {
  const { country } = diary;
  for (const doctor of country.doctors) {
    playDoctor(
      diary,
      doctor,
      country.patients.filter((one) => one.doctor.id === doctor.id),
    );
    playMachines(diary, doctor.id, doctor.clinic);
  }
  for (const { id, pharmacy } of country.pharmacists) playMachines(diary, id, pharmacy.id);
  playOverlaps(diary);
  playEmergencies(diary);
};

/** The Tashkent day of a day of the country. */
export const dayName = (day: number): string => tashkentDay(atHour(day, 0));
