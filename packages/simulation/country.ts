/**
 * A country that nobody lives in: pharmacies, medicines, what is asked for on each day, how long suppliers take and what
 * they deliver. All of it follows from a seed, and none of it from how orders are made: whoever orders the same medicine
 * for the same site on the same day waits as long and is delivered the same.
 */
import { type Chance, chanceOf } from './chance.ts';

export const kinds = [
  'fast',
  'winter',
  'spring',
  'summer',
  'intermittent',
  'growing',
  'declining',
  'shifted',
  'new',
] as const;
export type Kind = (typeof kinds)[number];

export interface Product {
  readonly code: string;
  readonly kind: Kind;
  /** Vital, essential, non-essential. */
  readonly ven: 'V' | 'E' | 'N';
  readonly packUnits: number;
  /** Tiyin. */
  readonly packPrice: number;
  /** Packs; nothing less is delivered. */
  readonly minimumPacks: number;
  /** What the supplier's contract says, in days; the spread around it is a standard deviation. */
  readonly leadDays: number;
  readonly leadSpreadDays: number;
  /** Of an order that something goes wrong with, for all who order in the same week; and by how many days, on average. */
  readonly delayChance: number;
  readonly delayDays: number;
  /** Days from manufacture to expiry. */
  readonly shelfLifeDays: number;
  /** Of a delivery from an old lot. */
  readonly shortDatedChance: number;
  /** The day on which somebody asks for it first. */
  readonly firstDay: number;
}

export interface Country {
  readonly seed: number;
  /** The first of these days, as YYYY-MM-DD. Days are counted from 0. */
  readonly start: string;
  /** Days whose demand is known before anything is ordered. */
  readonly historyDays: number;
  /** Days after them that count for nothing: shelves and orders settle. */
  readonly warmUpDays: number;
  /** Days that are judged. */
  readonly judgedDays: number;
  readonly sites: readonly { readonly code: string; readonly scale: number }[];
  readonly products: readonly Product[];
  /** Units asked for, by product, site and day; undefined where a site does not keep the product. */
  readonly demand: readonly (readonly (Uint32Array | undefined)[])[];
}

export interface Size {
  readonly sites: number;
  /** How many medicines of each kind. */
  readonly kinds: Readonly<Record<Kind, number>>;
}

const wholeCountry: Size = {
  sites: 12,
  kinds: { fast: 5, winter: 3, spring: 2, summer: 1, intermittent: 5, growing: 2, declining: 2, shifted: 2, new: 2 },
};

const historyDays = 730;
const warmUpDays = 120;
const judgedDays = 730;
const days = historyDays + warmUpDays + judgedDays;
const start = '2023-01-01';
const startMs = Date.parse(`${start}T00:00:00Z`);
const dayMs = 86_400_000;

/** Prescriptions a month at a pharmacy of the usual size. */
const prescriptionsOf: Readonly<Record<Kind, readonly [number, number]>> = {
  fast: [60, 400],
  winter: [20, 200],
  spring: [15, 120],
  summer: [20, 150],
  intermittent: [0.3, 3],
  growing: [20, 150],
  declining: [30, 200],
  shifted: [20, 150],
  new: [15, 100],
};

const makeProduct = (seed: number, kind: Kind, number: number): Product => {
  const chance = chanceOf(seed, 'product', number);
  const imported = chance.uniform() < 0.4;
  const leadDays = Math.round(imported ? chance.between(35, 80) : chance.between(10, 25));
  const shelf = chance.uniform();
  return {
    code: `MED${String(number + 1).padStart(2, '0')}`,
    kind,
    ven: chance.pick(['V', 'E', 'E', 'N']),
    packUnits: chance.pick([10, 20, 20, 30]),
    packPrice: Math.round(3_000_000 * Math.exp(chance.normal()) * (kind === 'intermittent' ? 2 : 1)),
    minimumPacks: kind === 'fast' ? 10 : chance.pick([1, 1, 1, 2, 5]),
    leadDays,
    leadSpreadDays: Math.round(leadDays * chance.between(0.25, 0.4)),
    delayChance: imported ? 0.1 : 0.06,
    delayDays: 30,
    shelfLifeDays: Math.round(
      shelf < 0.7 ? chance.between(730, 1095) : shelf < 0.9 ? chance.between(365, 540) : chance.between(180, 270),
    ),
    shortDatedChance: 0.1,
    firstDay: kind === 'new' ? Math.round(chance.between(600, 1000)) : 0,
  };
};

/** How far the demand of a day lies from the usual, by what the kind of medicine does to everybody at once. */
const courseOf = (seed: number, product: Product): Float64Array => {
  const chance = chanceOf(seed, 'course', product.code);
  const course = new Float64Array(days).fill(1);
  const seasons = { winter: [15, 35, [1.5, 4]], spring: [115, 22, [3, 7]], summer: [200, 35, [1, 2.5]] } as const;
  const { kind } = product;
  if (kind === 'winter' || kind === 'spring' || kind === 'summer') {
    const [middle, width, [low, high]] = seasons[kind];
    const height = chance.between(low, high);
    // each year's wave comes when and as high as it likes
    for (let year = 0; year * 365 < days + 365; year += 1) {
      const peak = year * 365 + middle + chance.normal() * width * 0.4;
      const high = height * Math.exp(0.25 * chance.normal());
      for (let day = 0; day < days; day += 1) course[day]! += high * Math.exp(-((day - peak) ** 2) / (2 * width ** 2));
    }
  }
  const from = chance.between(200, 1000);
  const turn = chance.between(500, 1300);
  const lasts = chance.between(500, 800);
  const rate = kind === 'growing' ? chance.between(0.3, 0.7) : kind === 'declining' ? -chance.between(0.3, 0.7) : 0;
  const factor = kind === 'shifted' ? chance.pick([0.4, 2]) : 1;
  let shock = 0;
  for (let day = 0; day < days; day += 1) {
    if (day % 30 === 0) shock = 0.5 * shock + 0.12 * chance.normal();
    const grown = Math.min(Math.max(day - from, 0), lasts) / 365;
    const ramp = kind === 'new' ? Math.min(1, Math.max(0, day - product.firstDay + 1) / 120) : 1;
    course[day]! *= Math.exp(shock + rate * grown) * (day < turn ? 1 : factor) * ramp;
  }
  return course;
};

/** Units of one prescription: half a pack to three. */
const unitsOf = (chance: Chance, packUnits: number): number =>
  Math.round(packUnits * chance.pick([0.5, 1, 1, 1, 2, 3]));

/** Sunday's pharmacies are half closed, Monday's are full. Days are counted from a Sunday. */
const weekdays = [0.4, 1.25, 1.1, 1.1, 1.1, 1.15, 0.9] as const;

const makeDemand = (
  seed: number,
  product: Product,
  site: string,
  monthly: number,
  course: Float64Array,
): Uint32Array => {
  const chance = chanceOf(seed, 'demand', product.code, site);
  const demand = new Uint32Array(days);
  let local = 0;
  for (let day = 0; day < days; day += 1) {
    if (day % 30 === 0) local = 0.1 * chance.normal();
    const mean = (monthly / 30) * (course[day] ?? 1) * (weekdays[day % 7] ?? 1) * Math.exp(local);
    const prescriptions = day < product.firstDay ? 0 : chance.poisson(mean);
    for (let i = 0; i < prescriptions; i += 1) demand[day]! += unitsOf(chance, product.packUnits);
  }
  return demand;
};

/** The country of a seed. The same seed and size give the same country, day for day. */
export const makeCountry = (seed: number, size: Size = wholeCountry): Country => {
  const chance = chanceOf(seed, 'country');
  const sites = Array.from({ length: size.sites }, (_, i) => ({
    code: `PH-${String(i + 1).padStart(4, '0')}`,
    scale: Math.exp(0.8 * chance.normal()),
  }));
  const products = kinds
    .flatMap((kind) => Array.from({ length: size.kinds[kind] }, () => kind))
    .map((kind, number) => makeProduct(seed, kind, number));
  const demand = products.map((product) => {
    const course = courseOf(seed, product);
    const [low, high] = prescriptionsOf[product.kind];
    const usual = low * (high / low) ** chanceOf(seed, 'level', product.code).uniform();
    return sites.map((site) => {
      const own = chanceOf(seed, 'assortment', product.code, site.code);
      const kept = own.uniform() < 0.85;
      const monthly = usual * site.scale * Math.exp(0.3 * own.normal());
      return kept ? makeDemand(seed, product, site.code, monthly, course) : undefined;
    });
  });
  return { seed, start, historyDays, warmUpDays, judgedDays, sites, products, demand };
};

const dates: string[] = [];
/** The day as YYYY-MM-DD. */
export const dateOf = (day: number): string => {
  const known = dates[day];
  if (known !== undefined) return known;
  const date = new Date(startMs + day * dayMs).toISOString().slice(0, 10);
  if (day >= 0) dates[day] = date;
  return date;
};

/** Days from order to arrival, for an order of that day. */
export const leadTimeOf = (country: Country, product: Product, site: string, day: number): number => {
  const own = chanceOf(country.seed, 'lead', product.code, site, day);
  const shared = chanceOf(country.seed, 'delay', product.code, Math.floor(day / 7));
  const late = shared.uniform() < product.delayChance ? shared.exponential(product.delayDays) : 0;
  return Math.max(2, Math.round(own.gamma(product.leadDays, product.leadSpreadDays) + late));
};

/** Days that are left on the packs that arrive on that day: the last of them is the expiry date. */
export const shelfLeftOf = (country: Country, product: Product, site: string, day: number): number => {
  const chance = chanceOf(country.seed, 'shelf', product.code, site, day);
  const share = chance.uniform() < product.shortDatedChance ? chance.between(0.25, 0.45) : chance.between(0.5, 0.9);
  return Math.round(product.shelfLifeDays * share);
};
