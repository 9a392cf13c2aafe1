/**
 * What some sites of the demo country used before they had Darmon, so that the first day has forecasts and plans: two and
 * a half years of made-up sales, each medicine by the seasons of its kind, brought to the size of what lies on the shelf.
 * Most of it lasts for months; some will run out before anything can arrive. Among it are a medicine that is new at its
 * site, some that are asked for once in some months, and months in which there was none. Pure, the same each time.
 */
import { monthBeside } from '@darmon/domain/ledger-view';
import type { Medicine } from '@darmon/domain/medicine';
import { daysIn } from '@darmon/domain/past-use';
import type { PastUseRow } from '@darmon/domain/sheet-past';
import { chanceOf, kinds, pharmacySeries } from '@darmon/forecast/pharmacy-series';
import type { Country, OpeningStock } from './country.ts';
import { stockedMedicines } from './formulary.ts';

export type DemoUse = PastUseRow & { readonly site: string };

/** Those with a past: the two pharmacies of the story, another of the capital, and two of a region. */
export const sitesWithPast: readonly string[] = ['PH-0001', 'PH-0002', 'PH-0003', 'PH-0005', 'PH-0006'];
/** What the demo tells of is asked for every month. */
const told: ReadonlySet<string> = new Set(['AMOX500CAP', 'PARA500TAB']);

const monthsBack = 30;
/** A medicine that is new at its site was used in so many of them. */
const monthsOfNew = 2;

/** How a medicine sells, by the beginning of its ATC code; what is not here sells evenly. */
const kindsByAtc: readonly (readonly [beginning: string, kind: string])[] = [
  ['R06', 'allergy'],
  ['R01', 'allergy'],
  ['R03', 'airways'],
  ['R05', 'airways'],
  ['J01', 'fever'],
  ['N02', 'fever'],
  ['M01', 'pain-tablet'],
  ['M02', 'pain-gel'],
  ['B01', 'aspirin'],
  ['N05', 'sleeping'],
];
type Kind = (typeof kinds)[number];
const kindOf = (atc: string): Kind => {
  const name = kindsByAtc.find(([beginning]) => atc.startsWith(beginning))?.[1] ?? 'calming';
  return kinds.find((kind) => kind.name === name) ?? (kinds[0] as Kind);
};

/** For how many months the shelf lasts: four of twenty not until something can arrive. */
const covers = [0.1, 0.4, 0.9, 1.4, 2.5, 2.8, 3, 3.3, 3.6, 4, 4.3, 4.6, 5, 5.5, 6, 6.5, 7, 8, 9, 10] as const;
/** Packs for a whole treatment do not go by the hundred. */
const [largePack, largeCover] = [100, 4];
const coverOf = ({ packs: [pack] }: Medicine, at: number): number => {
  const cover = covers[at % covers.length] ?? 1;
  return (pack?.units ?? 1) > largePack ? Math.max(cover, largeCover) : cover;
};
/** What is not on the shelf any more was used by so many packs a month. */
const packsOfAbsent = 6;

type Pattern = 'steady' | 'rare' | 'new' | 'with-gaps';
/** Of thirty medicines. */
const patternOf = (at: number): Pattern =>
  at % 30 === 7 ? 'new' : at % 10 === 4 ? 'rare' : at % 8 === 3 ? 'with-gaps' : 'steady';

const uncontrolled = stockedMedicines.filter((one) => one.class === 'otc' || one.class === 'rx');

interface Month {
  /** Share of an ordinary month. */
  readonly share: number;
  readonly daysOut: number;
}

/** Of each kind so many series are made up; medicines that share one differ by what else is told of them. */
const seriesOfKind = 12;

/** Shares of thirty months, the last of them the newest, around one over the last year; one series each kind and number. */
const sharesFrom = (seed: number, first: number, startYear: number) => {
  const made = new Map<string, readonly number[]>();
  return (kind: Kind, n: number): readonly number[] => {
    const name = `${kind.name} ${n % seriesOfKind}`;
    const known = made.get(name);
    if (known) return known;
    const { months } = pharmacySeries(kind, seed * 100 + (n % seriesOfKind), first + monthsBack, startYear);
    const sold = months.slice(first);
    const mean = sold.slice(-12).reduce((sum, units) => sum + units, 0) / 12 || 1;
    const shares = sold.map((units) => units / mean);
    made.set(name, shares);
    return shares;
  };
};

/** Months as they went at one site: rare ones alone, or with days on which there was none. */
const monthsOf = (shares: readonly number[], pattern: Pattern, seed: number): Month[] => {
  const chance = chanceOf(seed);
  return shares.map((usual, i): Month => {
    if (pattern === 'rare') return { share: chance() < 0.25 ? 1 + 2 * chance() : 0, daysOut: 0 };
    const isOut = pattern === 'with-gaps' && i > monthsBack - 16 && chance() < 0.2;
    const daysOut = isOut ? 8 + Math.floor(chance() * 18) : 0;
    return { share: usual * (1 - daysOut / 31), daysOut };
  });
};

/** Medicines of a site with what lies there of them, in the order of the formulary. */
const shelfOf = (stock: OpeningStock, today: string): { medicine: Medicine; units: number }[] => {
  const unitsOf = new Map<string, number>();
  for (const { gtin, packs, expiryDate } of stock.lots)
    if (expiryDate >= today) unitsOf.set(gtin, (unitsOf.get(gtin) ?? 0) + packs);
  return stockedMedicines.flatMap((medicine) => {
    const units = medicine.packs.reduce((sum, pack) => sum + (unitsOf.get(pack.gtin) ?? 0) * pack.units, 0);
    return units > 0 ? [{ medicine, units }] : [];
  });
};

/** The least that is sold of a medicine: a part of its first pack, or all of it. */
const stepOf = ({ packs: [pack] }: Medicine): number => pack?.divisibleBy ?? pack?.units ?? 1;

/**
 * Rows as a file would bring them: whole months until the last one before `today` (YYYY-MM-DD), and days of the month in
 * which the ledger begins where that is an earlier one.
 */
export const makePastUse = (seed: number, today: string, { openingDay, stock }: Country): DemoUse[] => {
  const present = today.slice(0, 7);
  const opening = openingDay.slice(0, 7);
  const oldest = monthBeside(present, -monthsBack);
  const startYear = Number(oldest.slice(0, 4));
  const first = Number(oldest.slice(5)) - 1;
  const sharesOf = sharesFrom(seed, first, startYear);
  return sitesWithPast.flatMap((site, place) => {
    const shelf = shelfOf(stock.find((one) => one.site === site) ?? { site, lots: [] }, today);
    // what the best stocked pharmacy has and this one has not any more: it is out of it
    const missing =
      site === 'PH-0002' ? uncontrolled.filter((one) => !shelf.some((it) => it.medicine === one)).slice(40, 43) : [];
    const used = [
      ...shelf.map(({ medicine, units }, i) => ({ medicine, monthly: units / coverOf(medicine, i * 7 + place), i })),
      ...missing.map((medicine, i) => ({ medicine, monthly: packsOfAbsent * (medicine.packs[0]?.units ?? 1), i })),
    ];
    return used.flatMap(({ medicine, monthly, i }): DemoUse[] => {
      const pattern = told.has(medicine.code) ? 'steady' : patternOf(i + place);
      const step = stepOf(medicine);
      const own = seed * 10_000 + place * 1_000 + i;
      const months = monthsOf(sharesOf(kindOf(medicine.atc), place * 5 + i), pattern, own);
      return months.flatMap(({ share, daysOut }, n): DemoUse[] => {
        const month = monthBeside(oldest, n);
        if (pattern === 'new' && n < monthsBack - monthsOfNew) return [];
        const quantity = Math.round((share * monthly) / step) * step;
        const row = { site, medicine: medicine.code, quantity, ...(daysOut > 0 && { daysOut }) };
        if (month < opening) return [{ ...row, period: month }];
        // the ledger has the rest of the month
        const days = Number(openingDay.slice(8)) - 1;
        return Array.from({ length: days }, (_, day) => ({
          site,
          medicine: medicine.code,
          period: `${month}-${String(day + 1).padStart(2, '0')}`,
          quantity: Math.round(quantity / daysIn(month) / step) * step,
        }));
      });
    });
  });
};
