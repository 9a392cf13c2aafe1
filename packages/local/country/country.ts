/**
 * The demo country: sites, staff, patients and opening stock from a seed, pure and the same each time. Every part draws
 * from its own stream of random numbers, so that a change in one leaves the others as they were. It writes nothing and
 * knows nothing of the table.
 */
import type { Role } from '@darmon/domain/actor';
import { isGtin } from '@darmon/domain/gs1';
import type { Medicine, Pack, Unit } from '@darmon/domain/medicine';
import type { Patient } from '@darmon/domain/patient';
import { makePinfl, type Sex } from '@darmon/domain/pinfl';
import type { Licence, Person, Site, SiteKind } from '@darmon/domain/standing';
import { releasedMedicines, stockedMedicines } from './formulary.ts';
import { clinicNames, familyNames, givenNames, pharmacyNames, regionTowns, streetNames, visitors } from './names.ts';

/** A lot as it is received: whole packs, `packPrice` in tiyin. A lot number has one expiry date wherever it lies. */
export interface OpeningLot {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate: string;
  readonly packs: number;
  readonly packPrice: number;
}

export interface OpeningStock {
  readonly site: string;
  readonly lots: readonly OpeningLot[];
}

export interface Country {
  readonly sites: readonly Site[];
  readonly people: readonly Person[];
  readonly patients: readonly Patient[];
  /** The day before `today` on which all stock was received; no lot had expired then. */
  readonly openingDay: string;
  readonly stock: readonly OpeningStock[];
}

/**
 * Short, because nobody used anything since: what went before is brought in, and a month that lies half in the ledger
 * would look like one in which hardly anybody came. On the first of a month alone some of the last one is the ledger's.
 */
const openingDaysAgo = (today: string): number => Math.min(4, Number(today.slice(8)) - 1) || 4;
/** No region has this number, so that no invented PINFL can be a living person's. */
const pinflRegion = 999;

type Range = readonly [low: number, high: number];

/** Numbers of one stream. */
export interface Random {
  /** An integer from `low` through `high`. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Numbers that depend on the seed and the label alone (FNV-1a into mulberry32). */
export const randomOf = (seed: number, label: string): Random => {
  let state = 0x811c9dc5;
  for (const character of `${seed}:${label}`) {
    state = Math.imul(state ^ (character.codePointAt(0) as number), 0x01000193);
  }
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { between, pick: <T>(from: readonly T[]) => from[between(0, from.length - 1)] as T };
};

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Long enough that nobody's licence lapses while a demo stands. */
const licenceOf = (kind: string, number: number, today: string): Licence => {
  const year = Number(today.slice(0, 4));
  return {
    number: `${kind}-${String(number).padStart(6, '0')}`,
    from: `${year - 2}-01-01`,
    until: `${year + 4}-12-31`,
  };
};

// --- Sites ---------------------------------------------------------------------------------------------------------

const siteId = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(4, '0')}`;

const makeSites = (seed: number, today: string): Site[] => {
  const random = randomOf(seed, 'sites');
  const sites: Site[] = [];
  const numbers = { CL: 0, PH: 0, WH: 0, OF: 0 };
  const add = (prefix: keyof typeof numbers, kind: SiteKind, region: string, name: string, licensed: boolean): void => {
    numbers[prefix] += 1;
    sites.push({
      id: siteId(prefix, numbers[prefix]),
      kind,
      name,
      region,
      address: `${random.pick(streetNames)} koʻchasi, ${random.between(1, 120)}-uy`,
      ...(licensed ? { licence: licenceOf(prefix, numbers[prefix] * 7 + 100_000, today) } : {}),
      active: true,
      version: 1,
    });
  };
  for (const [region, town] of regionTowns) {
    const capital = region === 'UZ-TK';
    for (let n = 0; n < (capital ? 3 : 1); n += 1)
      add('CL', 'clinic', region, `«${clinicNames[numbers.CL]}» oilaviy poliklinikasi, ${town}`, true);
    for (let n = 0; n < (capital ? 4 : 2); n += 1)
      add('PH', 'pharmacy', region, `«${pharmacyNames[numbers.PH]}» dorixonasi, ${town}`, true);
  }
  add('WH', 'warehouse', 'UZ-TK', 'Markaziy dori ombori, Toshkent', true);
  add('WH', 'warehouse', 'UZ-SA', 'Samarqand hududiy dori ombori', true);
  add('WH', 'warehouse', 'UZ-FA', 'Fargʻona hududiy dori ombori', true);
  add('WH', 'warehouse', 'UZ-XO', 'Xorazm hududiy dori ombori', true);
  add('OF', 'office', 'UZ-TK', 'Dori taʼminoti boshqarmasi', false);
  return sites;
};

// --- Staff ---------------------------------------------------------------------------------------------------------

export const nameOf = (random: Random, sex: Sex): string =>
  `${random.pick(familyNames)}${sex === 'female' ? 'a' : ''} ${random.pick(givenNames[sex])}`;

/** The people whom the demo, the tests and the sign-in page know by their id. `pharmacist3` is the witness. */
const demoStaff: readonly (readonly [id: string, role: Role, site: string, sex: Sex, controlled: boolean])[] = [
  ['doctor', 'doctor', 'CL-0001', 'female', true],
  ['doctor2', 'doctor', 'CL-0002', 'male', false],
  ['pharmacist', 'pharmacist', 'PH-0001', 'female', true],
  ['pharmacist3', 'pharmacist', 'PH-0001', 'male', true],
  ['pharmacist2', 'pharmacist', 'PH-0002', 'male', false],
  ['warehouse', 'warehouse', 'WH-0001', 'male', true],
  ['warehouse2', 'warehouse', 'WH-0001', 'female', true],
  ['warehouse3', 'warehouse', 'WH-0002', 'male', false],
  ['quality', 'quality', 'WH-0001', 'female', true],
  ['planner', 'planner', 'OF-0001', 'female', false],
  ['approver', 'approver', 'OF-0001', 'male', false],
  ['chief', 'chief', 'OF-0001', 'male', false],
  ['auditor', 'auditor', 'OF-0001', 'female', true],
  ['auditor2', 'auditor', 'OF-0001', 'male', true],
  ['admin', 'admin', 'OF-0001', 'male', false],
  ['doctor-lapsed', 'doctor', 'CL-0001', 'male', false],
];

/** Ids of the people to sign in as, in the order in which to show them. */
export const demoPeople: readonly string[] = demoStaff.map(([id]) => id);

const staffOf: Readonly<Partial<Record<SiteKind, readonly [role: Role, each: number]>>> = {
  clinic: ['doctor', 2],
  pharmacy: ['pharmacist', 2],
  warehouse: ['warehouse', 1],
};

const makePeople = (seed: number, today: string, sites: readonly Site[]): Person[] => {
  const random = randomOf(seed, 'people');
  const people: Person[] = [];
  const add = (id: string, role: Role, site: string, sex: Sex, controlled: boolean): void => {
    const licensed = role === 'doctor' || role === 'pharmacist';
    people.push({
      id,
      name: nameOf(random, sex),
      roles: [role],
      site,
      rights: controlled ? ['controlled'] : [],
      ...(licensed ? { licence: licenceOf(role === 'doctor' ? 'D' : 'P', people.length * 11 + 200_000, today) } : {}),
      active: true,
      version: 1,
    });
  };
  for (const person of demoStaff) add(...person);
  const lapsed = people.find((p) => p.id === 'doctor-lapsed') as Person;
  lapsed.licence = { number: 'D-299999', from: plusDays(today, -1800), until: plusDays(today, -20) };
  for (const { id, kind } of sites) {
    const [role, each] = staffOf[kind] ?? [];
    if (!role) continue;
    for (let n = 1; n <= (each ?? 0); n += 1) {
      add(`${role}-${id.slice(-4)}-${n}`, role, id, random.pick(['female', 'male']), n === 1);
    }
  }
  return people;
};

// --- Patients ------------------------------------------------------------------------------------------------------

const residents = 72;
/** Those who see a doctor most: the old, the grown, and children. */
const birthYears: readonly Range[] = [
  [1938, 1965],
  [1966, 2006],
  [2007, 2024],
];

/** One number in ten is a GTIN-14 too, which a scan field must ask about: the demo's people have the other nine. */
const scannablePinfl = (birthDate: string, sex: Sex, serial: number): string => {
  const pinfl = makePinfl({ birthDate, sex, region: pinflRegion, serial });
  return isGtin(pinfl) ? scannablePinfl(birthDate, sex, serial + residents) : pinfl;
};

const makePatients = (seed: number): Patient[] => {
  const random = randomOf(seed, 'patients');
  const birthDateIn = ([from, until]: Range): string =>
    plusDays(`${random.between(from, until)}-01-01`, random.between(0, 364));
  const patients: Patient[] = Array.from({ length: residents }, (_, serial): Patient => {
    const sex = random.pick(['female', 'male'] as const);
    const birthDate = birthDateIn(random.pick(birthYears));
    const father = random.pick(givenNames.male);
    return {
      pinfl: scannablePinfl(birthDate, sex, serial + 1),
      fullName: `${nameOf(random, sex)} ${father} ${sex === 'male' ? 'oʻgʻli' : 'qizi'}`,
      birthDate,
      sex,
    };
  });
  for (const { sex, given, family } of visitors) {
    patients.push({
      passport: `X${random.pick(['D', 'M', 'Q'])}${random.between(1_000_000, 9_999_999)}`,
      fullName: `${random.pick<string>(family)} ${random.pick<string>(given)}`,
      birthDate: birthDateIn([1955, 2004]),
      sex,
    });
  }
  return patients;
};

// --- Stock ---------------------------------------------------------------------------------------------------------

type Lot = Omit<OpeningLot, 'packs'>;

/** What one unit costs, in tiyin (100 to a soʻm): the order of magnitude of a retail price. */
const unitPriceTiyin: Readonly<Record<Unit, Range>> = {
  tablet: [20_000, 350_000],
  capsule: [30_000, 400_000],
  ml: [5_000, 45_000],
  dose: [15_000, 60_000],
  ampoule: [120_000, 900_000],
  vial: [400_000, 4_500_000],
  suppository: [120_000, 500_000],
  sachet: [120_000, 700_000],
  patch: [3_000_000, 8_000_000],
  g: [40_000, 250_000],
  drop: [60_000, 120_000],
  pen: [5_000_000, 14_000_000],
  piece: [60_000, 1_200_000],
};

/** Days left on the first lot to expire: every fourth within a month, every fourth within three. */
const shortDatedDays: readonly Range[] = [
  [6, 29],
  [31, 89],
  [95, 260],
  [95, 260],
];

/** Lots of a pack that are in the country, first expiry first: one that is short-dated or middling, two that are long. */
export const lotsOf = (seed: number, today: string, medicine: Medicine, pack: Pack): readonly [Lot, Lot, Lot] => {
  const random = randomOf(seed, `lots ${pack.gtin}`);
  const price = pack.units * random.between(...unitPriceTiyin[medicine.unit]);
  const lot = (series: string, days: number): Lot => ({
    gtin: pack.gtin,
    lot: `${random.pick(Array.from(series))}${random.between(10_000, 99_999)}`,
    expiryDate: plusDays(today, days),
    // A price ends in whole hundreds of soʻm.
    packPrice: Math.max(20, Math.round((price * random.between(95, 105)) / 1_000_000)) * 10_000,
  });
  return [
    lot('ABCDE', random.between(...random.pick(shortDatedDays))),
    lot('FGHJK', random.between(280, 520)),
    lot('LMNPR', random.between(560, 1000)),
  ];
};

export const firstPack = (medicine: Medicine): Pack => medicine.packs[0] as Pack;
const brandPack = (medicine: Medicine): Pack => medicine.packs.at(-1) as Pack;

const makeStock = (seed: number, today: string, sites: readonly Site[]): OpeningStock[] => {
  const uncontrolled = stockedMedicines.filter((m) => m.class === 'otc' || m.class === 'rx');
  const of = (medicine: Medicine, pack: Pack) => lotsOf(seed, today, medicine, pack);

  /** Every medicine in two lots and more; the first to expire is one pack, so that a course runs over two lots. */
  const wellStocked = (random: Random): OpeningLot[] =>
    stockedMedicines.flatMap((medicine, at) => {
      const [soon, later] = of(medicine, firstPack(medicine));
      const branded = of(medicine, brandPack(medicine))[2];
      return [
        { ...soon, packs: 1 },
        { ...later, packs: random.between(40, 120) },
        ...(at % 3 === 0 ? [{ ...branded, packs: random.between(10, 40) }] : []),
      ];
    });

  const central = (random: Random): OpeningLot[] =>
    stockedMedicines.flatMap((medicine, at) => {
      const [, later, last] = of(medicine, firstPack(medicine));
      return [
        { ...later, packs: random.between(200, 2000) },
        ...(at % 3 === 1 ? [{ ...last, packs: random.between(500, 3000) }] : []),
      ];
    });

  /** Two lots of each, which come in as quarantined. */
  const awaitingRelease = (random: Random): OpeningLot[] =>
    releasedMedicines.flatMap((medicine) => {
      const [, later, last] = of(medicine, firstPack(medicine));
      return [later, last].map((lot) => ({ ...lot, packs: random.between(50, 400) }));
    });

  const some = (random: Random, from: readonly Medicine[], count: number, packs: Range) => {
    const chosen = new Set<Medicine>();
    while (chosen.size < count) chosen.add(random.pick(from));
    return [...chosen].flatMap((medicine): OpeningLot[] => {
      const [soon, later, last] = of(medicine, firstPack(medicine));
      const second = random.pick([soon, last, undefined]);
      return [
        { ...later, packs: random.between(...packs) },
        ...(second ? [{ ...second, packs: random.between(...packs) }] : []),
      ];
    });
  };

  /** Expired on the shelf and not yet written off: it must never be proposed. */
  const expired = (): OpeningLot => {
    const paracetamol = stockedMedicines.find((m) => m.code === 'PARA500TAB') as Medicine;
    const { packPrice, gtin } = of(paracetamol, firstPack(paracetamol))[0];
    return { gtin, lot: 'Z48213', expiryDate: plusDays(today, -1), packs: 3, packPrice };
  };

  const lotsAt = ({ id, kind }: Site): OpeningLot[] => {
    const random = randomOf(seed, `stock ${id}`);
    if (id === 'PH-0001') return [...wellStocked(random), expired()];
    if (id === 'WH-0001') return [...central(random), ...awaitingRelease(random)];
    if (id === 'PH-0002') return some(random, stockedMedicines, 100, [5, 60]);
    if (kind === 'pharmacy') return some(random, uncontrolled, 12, [3, 40]);
    return kind === 'warehouse' ? some(random, stockedMedicines, 40, [100, 900]) : [];
  };
  return sites.map((site) => ({ site: site.id, lots: lotsAt(site) })).filter(({ lots }) => lots.length > 0);
};

/**
 * The demo country of a seed, as it stands on `today` (YYYY-MM-DD): licences, expiry dates and the opening day are
 * counted from it, people and their birth dates are not. Same arguments, same country.
 *
 * `PH-0001`, where `pharmacist` works, holds every medicine that may be dispensed in two lots or more, and one lot of
 * PARA500TAB that has expired since `openingDay`.
 */
export const makeCountry = (seed: number, today: string): Country => {
  const sites = makeSites(seed, today);
  return {
    sites,
    people: makePeople(seed, today, sites),
    patients: makePatients(seed),
    openingDay: plusDays(today, -openingDaysAgo(today)),
    stock: makeStock(seed, today, sites),
  };
};
