/** Who works where in a made-up country of prescriptions: clinics, pharmacies, their people, and the patients who go there. */
import { type Chance, chanceOf } from './chance.ts';

export interface Substance {
  readonly substance: string;
  readonly watched: boolean;
  /** How often it is prescribed for something that passes. */
  readonly weight: number;
  readonly perDay: readonly [number, ...number[]];
  readonly days: readonly [number, ...number[]];
}

const plain = (substance: string, weight: number, perDay: Substance['perDay'], days: Substance['days']): Substance => ({
  substance,
  watched: false,
  weight,
  perDay,
  days,
});
const watched = (...of: Parameters<typeof plain>): Substance => ({ ...plain(...of), watched: true });

export const substances: readonly [Substance, ...Substance[]] = [
  plain('J01CA04', 16, [3], [5, 7, 10]),
  plain('J01FA10', 8, [1], [3, 5]),
  plain('N02BE01', 14, [3, 4], [5, 7]),
  plain('M01AE01', 12, [2, 3], [5, 7]),
  plain('R05CB06', 8, [3], [7, 10]),
  plain('A02BC01', 10, [1, 2], [14, 28]),
  plain('R06AE07', 6, [1], [10, 20]),
  plain('C09AA02', 5, [1, 2], [30]),
  plain('C08CA01', 5, [1], [30]),
  plain('A10BA02', 5, [2, 3], [30]),
  plain('C10AA05', 4, [1], [30]),
  plain('J01XD01', 4, [3], [7]),
  watched('N02AX02', 1.6, [2, 3], [5, 7, 10]),
  watched('N05BA01', 1, [1, 2], [7, 14]),
  watched('N03AX16', 0.7, [2], [14, 30]),
  watched('R05DA04', 0.8, [3], [5, 7]),
  watched('N03AA02', 0.3, [1], [30]),
];
export const substanceOf = (code: string): Substance =>
  substances.find(({ substance }) => substance === code) ?? substances[0];

/** What is taken for life, and how many days a supply lasts. */
const forLife = ['C09AA02', 'C08CA01', 'A10BA02', 'C10AA05', 'C09AA02', 'A10BA02', 'N03AX16', 'N03AA02'] as const;

export type Specialty = 'general' | 'palliative' | 'psychiatry' | 'endocrinology';

export interface Doctor {
  readonly id: string;
  readonly clinic: string;
  readonly place: string;
  readonly specialty: Specialty;
  /** Share of prescriptions on which a warning is passed. */
  readonly overrides: number;
  /** Patients on an ordinary day. */
  readonly daily: number;
}

export interface Pharmacy {
  readonly id: string;
  readonly place: string;
  readonly isOpenAtNight: boolean;
  /** Share of those who come that find their medicine missing. */
  readonly missing: number;
}

export interface Pharmacist {
  readonly id: string;
  readonly pharmacy: Pharmacy;
  /** Works nights only. */
  readonly nights: boolean;
}

export interface Patient {
  readonly id: string;
  readonly doctor: Doctor;
  readonly chronic?: { readonly substance: string; readonly times: number; readonly from: number };
}

export interface Country {
  readonly seed: number;
  readonly doctors: readonly [Doctor, ...Doctor[]];
  readonly pharmacies: readonly [Pharmacy, ...Pharmacy[]];
  readonly pharmacists: readonly [Pharmacist, ...Pharmacist[]];
  readonly patients: readonly [Patient, ...Patient[]];
}

const two = (n: number): string => String(n).padStart(2, '0');

/** City, town and villages: how many clinics, doctors in each, pharmacies, people in each, and which stay open at night. */
const places = [
  { place: 'city', clinics: 5, doctors: 5, pharmacies: 8, people: 4, nights: 2 },
  { place: 'town', clinics: 2, doctors: 3, pharmacies: 3, people: 3, nights: 1 },
  { place: 'village-1', clinics: 1, doctors: 1, pharmacies: 1, people: 1, nights: 0 },
  { place: 'village-2', clinics: 1, doctors: 1, pharmacies: 1, people: 1, nights: 0 },
  { place: 'village-3', clinics: 1, doctors: 2, pharmacies: 1, people: 1, nights: 0 },
  { place: 'village-4', clinics: 1, doctors: 1, pharmacies: 1, people: 2, nights: 0 },
] as const;

const specialties: Readonly<Record<string, Specialty>> = {
  'city-01-01': 'palliative',
  'city-02-01': 'psychiatry',
  'city-03-01': 'endocrinology',
  'town-01-01': 'psychiatry',
};

const overridesOf = (specialty: Specialty, chance: Chance): number =>
  specialty === 'psychiatry'
    ? chance.between(0.12, 0.18)
    : specialty === 'palliative'
      ? chance.between(0.1, 0.15)
      : chance.between(0.03, 0.1);

const patientsOf = (doctor: Doctor, chance: Chance): Patient[] =>
  Array.from({ length: 70 }, (_, n) => {
    const id = `patient-${doctor.id.slice(7)}-${two(n)}`;
    if (chance.uniform() > 0.3) return { id, doctor };
    const substance = chance.pick(
      doctor.specialty === 'palliative' ? ['N02AX02', 'N02AX02', 'N03AX16', 'C09AA02'] : forLife,
    );
    const isPain = substance === 'N02AX02';
    const times =
      doctor.specialty === 'endocrinology'
        ? chance.between(2, 4)
        : isPain
          ? chance.between(2.5, 4)
          : chance.pick([1, 1, 1, 2]);
    return { id, doctor, chronic: { substance, times, from: Math.floor(chance.between(0, 30)) } };
  });

/** The people of a country; the same seed makes the same. */
export const makePeople = (seed: number): Country => {
  const chance = chanceOf('people', seed);
  const doctors: Doctor[] = [];
  const pharmacies: Pharmacy[] = [];
  const pharmacists: Pharmacist[] = [];
  for (const { place, ...many } of places) {
    for (let c = 1; c <= many.clinics; c += 1)
      for (let d = 1; d <= many.doctors; d += 1) {
        const name = `${place}-${two(c)}-${two(d)}`;
        const specialty = specialties[name] ?? 'general';
        doctors.push({
          id: `doctor-${name}`,
          clinic: `CL-${place.toUpperCase()}-${two(c)}`,
          place,
          specialty,
          overrides: overridesOf(specialty, chance),
          daily: chance.between(5, 11),
        });
      }
    for (let p = 1; p <= many.pharmacies; p += 1) {
      const pharmacy = {
        id: `PH-${place.toUpperCase()}-${two(p)}`,
        place,
        isOpenAtNight: p <= many.nights,
        // one in six is badly supplied
        missing: chance.uniform() < 1 / 6 ? 0.12 : 0.03,
      };
      pharmacies.push(pharmacy);
      for (let w = 1; w <= many.people; w += 1)
        pharmacists.push({
          id: `pharmacist-${place}-${two(p)}-${two(w)}`,
          pharmacy,
          nights: pharmacy.isOpenAtNight && w === 1 && p === 1,
        });
    }
  }
  const patients = doctors.flatMap((doctor) => patientsOf(doctor, chanceOf('patients', seed, doctor.id)));
  // two people in pain for whom an ordinary doctor writes what only a specialist does otherwise
  const generals = doctors.filter(({ specialty, place }) => specialty === 'general' && place === 'city');
  for (let n = 1; n <= 2; n += 1) {
    const doctor = chance.pick(generals as [Doctor, ...Doctor[]]);
    patients.push({
      id: `patient-pain-${n}`,
      doctor,
      chronic: { substance: 'N02AX02', times: 3, from: Math.floor(chance.between(0, 25)) },
    });
  }
  return {
    seed,
    doctors: doctors as [Doctor, ...Doctor[]],
    pharmacies: pharmacies as [Pharmacy, ...Pharmacy[]],
    pharmacists: pharmacists as [Pharmacist, ...Pharmacist[]],
    patients: patients as [Patient, ...Patient[]],
  };
};
