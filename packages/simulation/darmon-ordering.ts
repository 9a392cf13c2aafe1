/**
 * Ordering as Darmon proposes it, with the very functions that propose it to a planner: a forecast with its own error,
 * safety stock from that and from what suppliers really took, nothing that would expire, and what another site can
 * spare before anything is bought.
 */
import { proposeRedistribution, type SiteStock, useElsewhere } from '@darmon/domain/redistribution';
import { type OrderInput, type OrderPolicy, type OrderProposal, proposeOrder } from '@darmon/domain/replenishment';
import { demandFrom } from '@darmon/domain/stock-outlook';
import { dateOf, type Product } from './country.ts';
import { type Decision, type Ordering, type Review, reviewDays, type ShelfView, transferDays } from './world.ts';

/** What is known of one product at one site by month, as a forecast asks for it. */
export interface MonthlySeries {
  /** YYYY-MM of the first value. */
  readonly start: string;
  readonly step: 'month';
  readonly values: readonly number[];
  /** Days of each month on which there was not enough. */
  readonly stockOutDays: readonly number[];
}
export type Forecaster = (
  series: MonthlySeries,
  horizon: number,
) => { readonly forecast: readonly number[]; readonly sigma: number };

export interface DarmonRules {
  readonly policy: OrderPolicy;
  /** Months ahead that are forecast. */
  readonly horizon: number;
  /** Of deliveries that have less left than what is reckoned with. */
  readonly shelfShare: number;
}

/** Use by calendar month from the first day on. Days before it, or still to come, are days without the medicine. */
export const monthlySeries = (
  { sold, out }: Pick<ShelfView, 'sold' | 'out'>,
  firstDay: number,
  day: number,
): MonthlySeries => {
  const start = dateOf(firstDay).slice(0, 7);
  const values: number[] = [];
  const stockOutDays: number[] = [];
  for (let from = firstDay; from < day; ) {
    const [year, month, of] = dateOf(from).split('-').map(Number) as [number, number, number];
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const to = from + length - of + 1;
    // the present month is not over; it is all there is of a medicine that came in it
    if (to > day && values.length > 0) break;
    let [units, without] = [0, length];
    for (let at = from; at < Math.min(to, day); at += 1) {
      units += sold[at] ?? 0;
      without -= out[at] ? 0 : 1;
    }
    values.push(units);
    stockOutDays.push(without);
    from = to;
  }
  return { start, step: 'month', values, stockOutDays };
};

/** What is known of a medicine that came so lately changes from week to week. */
const youngDays = 90;
const recent = 60;
/** Mean and standard deviation of the latest figures. */
const spreadOf = (values: readonly number[]): { mean: number; deviation: number } => {
  const last = values.slice(-recent);
  const mean = last.reduce((sum, value) => sum + value, 0) / Math.max(1, last.length);
  const variance = last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, last.length);
  return { mean, deviation: Math.sqrt(variance) };
};
/** What this share of the latest figures is below. */
const quantileOf = (values: readonly number[], share: number): number => {
  const sorted = [...values.slice(-recent)].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? 0;
};

/** Each site's input with what the others would use of its delivery. */
const shared = (inputs: readonly OrderInput[]): OrderInput[] => {
  const uses = inputs.map(({ forecast, today, lots, onOrder, inTransit }) => ({
    demand: demandFrom(forecast, today),
    position: [...lots, ...onOrder].reduce((sum, { quantity }) => sum + quantity, inTransit),
  }));
  return inputs.map((input, at) => {
    const days = input.leadDays + (input.shelfDays ?? 0) - transferDays;
    return {
      ...input,
      elsewhere: useElsewhere(
        uses.filter((_, other) => other !== at),
        days,
      ),
    };
  });
};

/**
 * Orders and transfers of one product as Darmon proposes them. Forecasts are made when a month is over, every week while
 * the product is young; transfers are proposed first, and orders for what is needed beside them.
 */
export const byDarmon = (product: Product, forecaster: Forecaster, rules: DarmonRules): Ordering => {
  /** The forecast of each site, made anew when a month is over. */
  let month = '';
  let forecasts: { forecast: readonly number[]; sigma: number }[] = [];
  /** What deliveries were like until now, for all sites. */
  const supplyOf = ({ day, leads, shelfLeft }: Review) => {
    const { mean, deviation } = spreadOf(leads);
    return {
      today: dateOf(day),
      leadDays: Math.round(mean),
      leadSpreadDays: Math.round(deviation),
      shelfDays: quantileOf(shelfLeft, rules.shelfShare),
    };
  };
  const inputOf = (supply: ReturnType<typeof supplyOf>, shelf: ShelfView, at: number): OrderInput => ({
    ...supply,
    forecast: forecasts[at]?.forecast ?? [],
    sigma: forecasts[at]?.sigma ?? 0,
    ven: product.ven,
    lots: shelf.lots.map(({ expiry, quantity }) => ({ expiryDate: dateOf(expiry), quantity })),
    setAside: 0,
    onOrder: shelf.onOrder.map(({ quantity, due }) => ({ quantity, due: dateOf(due) })),
    inTransit: shelf.inTransit,
    reviewDays,
    policy: rules.policy,
    packUnits: product.packUnits,
    minimumPacks: product.minimumPacks,
    multiplePacks: 1,
    packPrice: product.packPrice,
  });
  return (review) => {
    const { day, shelves } = review;
    const present = dateOf(day).slice(0, 7);
    if (present !== month || day - product.firstDay < youngDays) {
      month = present;
      forecasts = shelves.map((shelf) => forecaster(monthlySeries(shelf, product.firstDay, day), rules.horizon));
    }
    const supply = supplyOf(review);
    const inputs = shared(shelves.map((shelf, at) => inputOf(supply, shelf, at)));
    const proposals = inputs.map(proposeOrder);
    const transfers = transfersOf(review, inputs, proposals);
    const orders = inputs.flatMap((input, shelf) => {
      const coming = transfers.filter(({ to }) => to === shelf).reduce((sum, { quantity }) => sum + quantity, 0);
      const again = coming === 0 ? proposals[shelf] : proposeOrder({ ...input, inTransit: input.inTransit + coming });
      return again && again.packs > 0 ? [{ shelf, packs: again.packs }] : [];
    });
    return { orders, transfers };
  };

  function transfersOf(
    review: Review,
    inputs: readonly OrderInput[],
    proposals: readonly OrderProposal[],
  ): Decision['transfers'] {
    const { packUnits } = product;
    const sites = review.shelves.map((shelf, at): SiteStock => {
      const target = proposals[at]?.steps.find(({ step }) => step === 'needed')?.facts.target;
      return {
        site: shelf.site,
        forecast: inputs[at]?.forecast ?? [],
        lots: shelf.lots.map(({ name, expiry, quantity }) => ({
          gtin: product.code,
          lot: name,
          packUnits,
          expiryDate: dateOf(expiry),
          quantity,
        })),
        coming: shelf.onOrder.reduce((sum, { quantity }) => sum + quantity, 0) + shelf.inTransit,
        needed: proposals[at]?.needed ?? 0,
        maximum: Number(target ?? 0),
      };
    });
    const at = new Map(review.shelves.map(({ site }, index) => [site, index]));
    return proposeRedistribution(sites, { today: dateOf(review.day), transferDays, leastPacks: 1 }).map(
      ({ from, to, lot, quantity }) => ({
        from: at.get(from) ?? 0,
        to: at.get(to) ?? 0,
        lot,
        quantity,
      }),
    );
  }
};
