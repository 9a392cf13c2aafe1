/**
 * The days of a country under one way of ordering: what arrives, what expires, what is handed over, what somebody had to
 * be sent away for. Medicines do not touch each other, so each is played alone through all its days. Every unit is
 * accounted for: what came is used, expired or still there.
 */
import { chanceOf } from './chance.ts';
import { type Country, leadTimeOf, type Product, shelfLeftOf } from './country.ts';

export interface Lot {
  /** A name that no other lot of the medicine at the site has. */
  readonly name: string;
  /** The last day on which it may be used, counted as the country counts. */
  readonly expiry: number;
  quantity: number;
}

interface Coming {
  readonly quantity: number;
  /** By the supplier's contract, and really, which nobody who orders is told. */
  readonly due: number;
  readonly arrives: number;
  readonly ordered: number;
}

/** What whoever orders can know of one site. */
export interface ShelfView {
  readonly site: string;
  /** The first to expire first. */
  readonly lots: readonly Readonly<Lot>[];
  readonly onOrder: readonly Pick<Coming, 'quantity' | 'due'>[];
  readonly inTransit: number;
  /** Units handed over by day, from day 0. */
  readonly sold: Uint32Array;
  /** 1 on days on which the shelf was empty in the evening, or somebody did not get all. */
  readonly out: Uint8Array;
}

export interface Review {
  readonly day: number;
  readonly product: Product;
  /** Days from order to shelf of what was received until now, and days left on it, the latest last. */
  readonly leads: readonly number[];
  readonly shelfLeft: readonly number[];
  readonly shelves: readonly ShelfView[];
}

/** Sites and lots by their place in the review. */
export interface Decision {
  readonly orders: readonly { readonly shelf: number; readonly packs: number }[];
  readonly transfers: readonly {
    readonly from: number;
    readonly to: number;
    readonly lot: string;
    readonly quantity: number;
  }[];
}

/** A way of ordering: asked once a week for each medicine. It may remember; one is made for each medicine. */
export type Ordering = (review: Review) => Decision;

export interface Outcome {
  /** Days of a site with a medicine that were judged, and those on which it was out. */
  readonly siteDays: number;
  readonly outDays: number;
  /** Units asked for and not handed over, and asked for. */
  readonly missed: number;
  readonly asked: number;
  /** Tiyin, as all values. */
  readonly expiredValue: number;
  /** Of all that lies at sites or between them, on an average evening. */
  readonly averageStock: number;
  readonly orders: number;
  readonly transfers: number;
  /** Units of all days, judged or not: what was there and what came is what was used, what expired and what is left. */
  readonly ledger: {
    readonly opening: number;
    readonly received: number;
    readonly used: number;
    readonly expired: number;
    readonly left: number;
  };
}

export const reviewDays = 7;
export const transferDays = 3;
/** What a site begins with: so many days of use. */
const openingDays = 90;

interface Shelf {
  readonly site: string;
  readonly demand: Uint32Array;
  readonly sold: Uint32Array;
  readonly out: Uint8Array;
  lots: Lot[];
  onOrder: Coming[];
  onTheWay: { lot: Lot; arrives: number }[];
  /** Transfers that it got. */
  taken: number;
}

type Tally = { -readonly [K in keyof Omit<Outcome, 'ledger'>]: number } & {
  ledger: { -readonly [K in keyof Outcome['ledger']]: number };
};
const noOutcome = (): Tally => ({
  siteDays: 0,
  outDays: 0,
  missed: 0,
  asked: 0,
  expiredValue: 0,
  averageStock: 0,
  orders: 0,
  transfers: 0,
  ledger: { opening: 0, received: 0, used: 0, expired: 0, left: 0 },
});

const unitsOf = (lots: readonly Lot[]): number => lots.reduce((sum, lot) => sum + lot.quantity, 0);

const place = (shelf: Shelf, lot: Lot): void => {
  if (lot.quantity === 0) return;
  const at = shelf.lots.findIndex((other) => other.expiry > lot.expiry);
  shelf.lots.splice(at < 0 ? shelf.lots.length : at, 0, lot);
};

/** What was handed over before the first order was made: everything, for shelves were full then. */
const openShelf = (country: Country, product: Product, site: string, demand: Uint32Array, tally: Tally): Shelf => {
  const opens = Math.max(country.historyDays, product.firstDay);
  const sold = new Uint32Array(demand.length);
  sold.set(demand.subarray(0, country.historyDays));
  const shelf: Shelf = {
    site,
    demand,
    sold,
    out: new Uint8Array(demand.length),
    lots: [],
    onOrder: [],
    onTheWay: [],
    taken: 0,
  };
  // a new medicine is given out by what somebody expects of it, an old one by what was used
  const isNew = product.firstDay > country.historyDays - 180;
  const [from, to] = isNew ? [opens, opens + 180] : [opens - 180, opens];
  const daily = demand.subarray(from, to).reduce((sum, units) => sum + units, 0) / 180;
  const guess = isNew ? Math.exp(0.5 * chanceOf(country.seed, 'launch', product.code, site).normal()) : 1;
  const packs = Math.ceil((daily * openingDays * guess) / product.packUnits);
  const quantity = packs * product.packUnits;
  tally.ledger.opening += quantity;
  const lot = { name: 'opening', expiry: opens + shelfLeftOf(country, product, site, opens), quantity };
  shelf.onTheWay.push({ lot, arrives: opens });
  return shelf;
};

/** One medicine through all days. Numbers go into the tally. */
const play = (country: Country, product: Product, index: number, ordering: Ordering, tally: Tally): void => {
  const shelves = country.sites.flatMap(({ code }, i) => {
    const demand = country.demand[index]?.[i];
    return demand ? [openShelf(country, product, code, demand, tally)] : [];
  });
  const first = country.historyDays;
  const judged = Math.max(first + country.warmUpDays, product.firstDay);
  const last = first + country.warmUpDays + country.judgedDays;
  const price = product.packPrice / product.packUnits;
  const { leads, shelfLeft } = pastDeliveries(country, product, shelves);

  for (let day = first; day < last; day += 1) {
    const counts = day >= judged;
    for (const shelf of shelves) {
      for (const { ordered, quantity } of arrivals(shelf, day)) {
        const left = shelfLeftOf(country, product, shelf.site, day);
        place(shelf, { name: `${shelf.site}-${ordered}`, expiry: day + left, quantity });
        tally.ledger.received += quantity;
        leads.push(day - ordered);
        shelfLeft.push(left);
      }
      const spoilt = shelf.lots.filter((lot) => lot.expiry < day);
      if (spoilt.length > 0) {
        shelf.lots = shelf.lots.filter((lot) => lot.expiry >= day);
        tally.ledger.expired += unitsOf(spoilt);
        if (counts) tally.expiredValue += unitsOf(spoilt) * price;
      }
      serve(shelf, day, counts && day >= product.firstDay, tally);
      if (counts) {
        const there = unitsOf(shelf.lots) + unitsOf(shelf.onTheWay.map(({ lot }) => lot));
        tally.averageStock += (there * price) / country.judgedDays;
      }
    }
    if (day % reviewDays === 0 && day >= product.firstDay)
      carryOut(
        country,
        product,
        shelves,
        ordering({ day, product, leads, shelfLeft, shelves: shelves.map(viewOf) }),
        day,
        counts,
        tally,
      );
  }
  for (const shelf of shelves) tally.ledger.left += unitsOf(shelf.lots) + unitsOf(shelf.onTheWay.map(({ lot }) => lot));
};

/** Deliveries that a supplier's record would hold by the day on which the first order is made: one a site in two months. */
const pastDeliveries = (country: Country, product: Product, shelves: readonly Shelf[]) => {
  const leads: number[] = [];
  const shelfLeft: number[] = [];
  for (let day = country.historyDays - 360; day < country.historyDays - 60; day += 60)
    for (const { site } of shelves) {
      leads.push(leadTimeOf(country, product, site, day));
      shelfLeft.push(shelfLeftOf(country, product, site, day));
    }
  return { leads, shelfLeft };
};

/** Puts what came from other sites on the shelf, and takes what suppliers brought from the list of orders. */
const arrivals = (shelf: Shelf, day: number): Coming[] => {
  for (const { lot, arrives } of shelf.onTheWay) if (arrives === day) place(shelf, lot);
  if (shelf.onTheWay.length > 0) shelf.onTheWay = shelf.onTheWay.filter(({ arrives }) => arrives > day);
  const came = shelf.onOrder.filter(({ arrives }) => arrives === day);
  if (came.length > 0) shelf.onOrder = shelf.onOrder.filter(({ arrives }) => arrives > day);
  return came;
};

/** Hands over what there is, the first to expire first. Who does not get all goes elsewhere. */
const serve = (shelf: Shelf, day: number, counts: boolean, tally: Tally): void => {
  const asked = shelf.demand[day] ?? 0;
  let open = asked;
  while (open > 0) {
    const [lot] = shelf.lots;
    if (!lot) break;
    const takes = Math.min(open, lot.quantity);
    lot.quantity -= takes;
    open -= takes;
    if (lot.quantity === 0) shelf.lots.shift();
  }
  shelf.sold[day] = asked - open;
  tally.ledger.used += asked - open;
  const isOut = open > 0 || shelf.lots.length === 0;
  shelf.out[day] = isOut ? 1 : 0;
  if (!counts) return;
  tally.siteDays += 1;
  tally.outDays += isOut ? 1 : 0;
  tally.missed += open;
  tally.asked += asked;
};

const viewOf = (shelf: Shelf): ShelfView => ({
  site: shelf.site,
  lots: shelf.lots,
  onOrder: shelf.onOrder,
  inTransit: unitsOf(shelf.onTheWay.map(({ lot }) => lot)),
  sold: shelf.sold,
  out: shelf.out,
});

const carryOut = (
  country: Country,
  product: Product,
  shelves: readonly Shelf[],
  decision: Decision,
  day: number,
  counts: boolean,
  tally: Tally,
): void => {
  for (const { from, to, lot: name, quantity } of decision.transfers) {
    const giver = shelves[from];
    const taker = shelves[to];
    const lot = giver?.lots.find((one) => one.name === name);
    if (!giver || !taker || !lot || lot.quantity < quantity)
      throw new Error(`${name} of ${giver?.site} has no ${quantity} to give`);
    lot.quantity -= quantity;
    if (lot.quantity === 0) giver.lots = giver.lots.filter((one) => one !== lot);
    taker.taken += 1;
    const sent = { name: `${taker.site}-taken-${taker.taken}`, expiry: lot.expiry, quantity };
    taker.onTheWay.push({ lot: sent, arrives: day + transferDays });
    if (counts) tally.transfers += 1;
  }
  for (const { shelf: at, packs } of decision.orders) {
    const shelf = shelves[at];
    if (!shelf || packs < product.minimumPacks) throw new Error(`${packs} packs of ${product.code} cannot be ordered`);
    const lead = leadTimeOf(country, product, shelf.site, day);
    shelf.onOrder.push({
      quantity: packs * product.packUnits,
      due: day + product.leadDays,
      arrives: day + lead,
      ordered: day,
    });
    if (counts) tally.orders += 1;
  }
};

/** The country under one way of ordering, medicine by medicine; `orderingOf` is asked for one for each. */
export const playCountry = (country: Country, orderingOf: (product: Product) => Ordering): Outcome[] =>
  country.products.map((product, index) => {
    const tally = noOutcome();
    play(country, product, index, orderingOf(product), tally);
    return tally;
  });

/** Medicines, or countries, taken together. */
export const sumOf = (outcomes: readonly Outcome[]): Outcome => {
  const sum = noOutcome();
  for (const outcome of outcomes) {
    const { ledger, ...plain } = outcome;
    for (const key of Object.keys(plain) as (keyof typeof plain)[]) sum[key] += plain[key];
    for (const key of Object.keys(ledger) as (keyof typeof ledger)[]) sum.ledger[key] += ledger[key];
  }
  return sum;
};
