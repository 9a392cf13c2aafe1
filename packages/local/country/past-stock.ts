/**
 * What the pharmacies of the demo country's past were delivered: once before its first day, and once in the middle of it,
 * as much as was handed over until the next delivery and something beside. No lot of it has expired by today.
 */
import { firstPack, lotsOf, type OpeningLot, plusDays, randomOf } from './country.ts';
import { stockedMedicines } from './formulary.ts';
import type { PastCare } from './past-care.ts';

export interface PastDelivery {
  /** Milliseconds. */
  readonly at: number;
  readonly site: string;
  readonly number: string;
  readonly lots: readonly OpeningLot[];
}

/** The lot that a pharmacist takes who does not take the first to expire: there is one of every medicine from the beginning. */
export interface OtherLot {
  readonly gtin: string;
  readonly lot: string;
}

const hourMs = 3_600_000;
/** More than is needed, so that no shelf is empty before the next delivery. */
const spare = 1.15;

type Lot = Omit<OpeningLot, 'packs'>;

/** Three lots of a medicine's first pack, each known in the country with one expiry date, the first to expire first. */
const pastLots = (seed: number, today: string, code: string): { units: number; lots: readonly [Lot, Lot, Lot] } => {
  const medicine = stockedMedicines.find((one) => one.code === code);
  if (!medicine) throw new Error(`the formulary has no ${code}`);
  const pack = firstPack(medicine);
  const random = randomOf(seed, `past lots ${pack.gtin}`);
  const [, { packPrice }] = lotsOf(seed, today, medicine, pack);
  const lot = (series: string, from: number, to: number): Lot => ({
    gtin: pack.gtin,
    lot: `${series}${random.between(10_000, 99_999)}`,
    expiryDate: plusDays(today, random.between(from, to)),
    packPrice,
  });
  return { units: pack.units, lots: [lot('S', 70, 200), lot('T', 210, 400), lot('V', 410, 700)] };
};

/** Which other lot there is of each medicine; the same at every site. */
export const otherLotOf = (seed: number, today: string, code: string): OtherLot => {
  const [, { gtin, lot }] = pastLots(seed, today, code).lots;
  return { gtin, lot };
};

/** Units that visits take of each medicine at each site, until an instant and from it on. */
const takenOf = ({ visits }: PastCare, second: number) => {
  const taken = new Map<string, { site: string; medicine: string; before: number; after: number; others: number }>();
  for (const visit of visits)
    for (const step of visit.steps) {
      if (step.kind !== 'hand-over') continue;
      for (const outcome of step.lines) {
        const medicine = visit.lines[outcome.line - 1]?.medicine;
        if (!medicine || 'notDispensed' in outcome) continue;
        const name = `${step.site} ${medicine}`;
        const sum = taken.get(name) ?? { site: step.site, medicine, before: 0, after: 0, others: 0 };
        if (outcome.otherLot) sum.others += outcome.quantity;
        else if (step.at < second) sum.before += outcome.quantity;
        else sum.after += outcome.quantity;
        taken.set(name, sum);
      }
    }
  return [...taken.values()];
};

/** Deliveries in the order of their time, each as many lots as one receipt holds. */
export const pastDeliveries = (seed: number, today: string, past: PastCare, linesAtOnce: number): PastDelivery[] => {
  const first = past.foundedAt + 4 * hourMs;
  const lots = new Map<string, { at: number; site: string; lots: OpeningLot[] }>();
  const add = (at: number, site: string, lot: OpeningLot): void => {
    if (lot.packs === 0) return;
    const name = `${at} ${site}`;
    const own = lots.get(name) ?? { at, site, lots: [] };
    own.lots.push(lot);
    lots.set(name, own);
  };
  for (const { site, medicine, before, after, others } of takenOf(past, past.secondDelivery)) {
    const {
      units,
      lots: [soon, other, late],
    } = pastLots(seed, today, medicine);
    const packs = (taken: number) => (taken === 0 ? 0 : Math.ceil((taken * spare) / units) + 1);
    add(first, site, { ...soon, packs: packs(before) });
    add(first, site, { ...other, packs: packs(others) + (before > 0 ? 1 : 0) });
    add(past.secondDelivery, site, { ...late, packs: packs(after) });
  }
  return [...lots.values()]
    .sort((a, b) => a.at - b.at || (a.site < b.site ? -1 : 1))
    .flatMap(({ at, site, lots: all }) => {
      const parts = Math.ceil(all.length / linesAtOnce);
      return Array.from({ length: parts }, (_, n) => ({
        at: at + n * 60_000,
        site,
        number: `${at === first ? 'PAST' : 'SECOND'}-${n + 1}`,
        lots: all.slice(n * linesAtOnce, (n + 1) * linesAtOnce),
      }));
    });
};
