/**
 * Antibiotics as the WHO counts them: the group of the AWaRe book (2023) and the defined daily dose of the ATC/DDD index
 * (2024), by ATC code and by road into the body. What is not known here for certain is not guessed: it is counted in units
 * and has no doses.
 */
import type { Medicine } from './medicine.ts';
import { amountsInUnit } from './strength.ts';

export const awareGroups = ['access', 'watch', 'reserve'] as const;
export type AwareGroup = (typeof awareGroups)[number];

interface Antibiotic {
  readonly group: AwareGroup;
  /** Where the two roads are not of one group. */
  readonly parenteral?: AwareGroup;
  /** Grams a day, of the first substance where there are several. */
  readonly oral?: number;
  readonly injected?: number;
}

/** Sources: WHO ATC/DDD Index 2024, J01; WHO AWaRe classification 2023. */
const antibiotics: Readonly<Record<string, Antibiotic>> = {
  J01AA02: { group: 'access', oral: 0.1, injected: 0.1 },
  J01CA01: { group: 'access', oral: 2, injected: 6 },
  J01CA04: { group: 'access', oral: 1.5, injected: 3 },
  J01CE01: { group: 'access', injected: 3.6 },
  // its dose is told of benzylpenicillin, and how much of that a vial is, its strength does not say for certain
  J01CE08: { group: 'access' },
  J01CR02: { group: 'access', oral: 1.5, injected: 3 },
  J01DB01: { group: 'access', oral: 2 },
  J01DB04: { group: 'access', injected: 3 },
  J01DC02: { group: 'watch', oral: 0.5, injected: 3 },
  J01DD01: { group: 'watch', injected: 4 },
  J01DD04: { group: 'watch', injected: 2 },
  J01DD08: { group: 'watch', oral: 0.4 },
  // four tablets of 400 mg and 80 mg
  J01EE01: { group: 'access', oral: 1.6 },
  J01FA01: { group: 'watch', oral: 1, injected: 1 },
  J01FA09: { group: 'watch', oral: 0.5, injected: 1 },
  J01FA10: { group: 'watch', oral: 0.3, injected: 0.5 },
  J01FF01: { group: 'access', oral: 1.2, injected: 1.8 },
  J01GB03: { group: 'access', injected: 0.24 },
  J01GB06: { group: 'access', injected: 1 },
  J01MA01: { group: 'watch', oral: 0.4, injected: 0.4 },
  J01MA02: { group: 'watch', oral: 1, injected: 0.8 },
  J01MA12: { group: 'watch', oral: 0.5, injected: 0.5 },
  J01MA14: { group: 'watch', oral: 0.4, injected: 0.4 },
  J01XD01: { group: 'access', injected: 1.5 },
  J01XE01: { group: 'access', oral: 0.2 },
  J01XX01: { group: 'watch', parenteral: 'reserve', oral: 3, injected: 8 },
  J01XX08: { group: 'reserve', oral: 1.2, injected: 1.2 },
};

type Known = Pick<Medicine, 'atc' | 'inn' | 'strength' | 'unit' | 'routes'>;

export const isAntibiotic = ({ atc }: Pick<Medicine, 'atc'>): boolean => atc.startsWith('J01');

const isOral = ({ routes }: Known): boolean => routes.every((route) => route === 'oral');

/** Undefined for what the list does not name. */
export const groupOfAntibiotic = (medicine: Known): AwareGroup | undefined => {
  const known = antibiotics[medicine.atc];
  return isOral(medicine) ? known?.group : (known?.parenteral ?? known?.group);
};

/** A million units of penicillin are 600 mg of it, as the ATC/DDD index has it. */
const milligramsOfUnit: Readonly<Record<string, number>> = { J01CE01: 600 / 1_000_000 };

/** Defined daily doses that one counted unit of a medicine holds; undefined where that is not known for certain. */
export const dosesInUnit = (medicine: Known): number | undefined => {
  const known = antibiotics[medicine.atc];
  const daily = isOral(medicine) ? known?.oral : known?.injected;
  const [first] = amountsInUnit(medicine, medicine.unit) ?? [];
  if (daily === undefined || !first) return undefined;
  const perUnit = first.unit === 'mg' ? 1 : milligramsOfUnit[medicine.atc];
  return perUnit === undefined ? undefined : (first.value * perUnit) / (daily * 1_000);
};
