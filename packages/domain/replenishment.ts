/**
 * What to order of one product for one site, with every step and its numbers, so that a person can redo it by hand: the
 * arithmetic is done in the rounded numbers that are shown. It knows nothing of how a forecast is made or of who approves.
 *
 * Months of a period are its days divided by 30, as in the stock-out adjustment of average monthly consumption.
 */
import * as z from 'zod';
import {
  type DemandWithin,
  dayAfter,
  daysOfStock,
  daysThrough,
  demandFrom,
  runShelf,
  type ShelfLot,
} from './stock-outlook.ts';
import { Day } from './time.ts';

export const Ven = z.enum(['V', 'E', 'N']).meta({ id: 'Ven', description: 'Vital, essential, non-essential' });
export type Ven = z.infer<typeof Ven>;

const ServiceLevel = z.number().min(0.5).max(0.999);
const Months = z.number().nonnegative().max(60);

export const OrderPolicy = z
  .discriminatedUnion('kind', [
    /** Order up to `maxMonths` of average monthly consumption once there are no more than `minMonths`. */
    z.object({ kind: z.literal('max-min'), minMonths: Months, maxMonths: Months }),
    /** Order up to what is asked for until the next order arrives, and safety stock for this share of such periods. */
    z.object({
      kind: z.literal('service-level'),
      levels: z.object({ V: ServiceLevel, E: ServiceLevel, N: ServiceLevel }),
    }),
  ])
  .meta({ id: 'OrderPolicy' });
export type OrderPolicy = z.infer<typeof OrderPolicy>;

export interface OrderInput {
  readonly today: string;
  /** Units by calendar month, `forecast[0]` being the whole month of `today`. Empty: nobody asks. */
  readonly forecast: readonly number[];
  /** Standard deviation of the forecast's errors of one month, in units. */
  readonly sigma: number;
  /** By max-min alone; without it the mean of the forecast's first `maxMonths` stands in. Units a month. */
  readonly averageMonthlyConsumption?: number;
  readonly ven: Ven;
  /** Units that may be used, by lot. */
  readonly lots: readonly ShelfLot[];
  /** Units that lie there and may not be used, or are promised to a document. They do not count. */
  readonly setAside: number;
  /** Units ordered and not yet received; `due` says when they are expected. */
  readonly onOrder: readonly { readonly quantity: number; readonly due: string }[];
  /** Units on their way from other sites. */
  readonly inTransit: number;
  /** Days from order to shelf, and their standard deviation. */
  readonly leadDays: number;
  readonly leadSpreadDays: number;
  /** Where the lead time is from, so that whoever reads the steps can judge it. */
  readonly lead?: { readonly of: 'learned' | 'promised' | 'rules'; readonly samples: number };
  /** Days from this order to the next. */
  readonly reviewDays: number;
  readonly policy: OrderPolicy;
  readonly packUnits: number;
  /** Packs; 0 and 1 are no minimum. */
  readonly minimumPacks: number;
  /** Packs; an order is a multiple of it. */
  readonly multiplePacks: number;
  /** Days that are left on what the supplier delivers; undefined: nobody knows, so nothing is capped. */
  readonly shelfDays?: number;
  /** Units that other sites would use of it before it expires (`useElsewhere`); they take what this site cannot use. */
  readonly elsewhere?: number;
  /** Units that other sites could send, which are counted on before anything is bought. */
  readonly moves?: readonly { readonly from: string; readonly units: number }[];
  /** Tiyin for a pack. */
  readonly packPrice?: number;
  /** Tiyin that may be spent on this line; undefined: as much as it takes. */
  readonly money?: number;
}

const orderSteps = [
  'lead-time',
  'demand',
  'safety-stock',
  'consumption',
  'maximum',
  'on-hand',
  'will-expire',
  'on-order',
  'in-transit',
  'position',
  'needed',
  'moves',
  'packs',
  'minimum',
  'multiple',
  'expiry-cap',
  'money-cap',
  'result',
] as const;
export const OrderStep = z
  .object({ step: z.enum(orderSteps), facts: z.record(z.string(), z.union([z.number(), z.string()])) })
  .meta({ id: 'OrderStep', description: 'One step of the arithmetic, with its numbers' });
export type OrderStep = z.infer<typeof OrderStep>;

const orderReasons = [
  'no-demand',
  'enough',
  'above-minimum',
  'stock-will-expire',
  'moved-first',
  'raised-to-minimum',
  'raised-to-multiple',
  'capped-by-expiry',
  'minimum-would-expire',
  'minimum-shared',
  'minimum-despite-expiry',
  'capped-by-money',
  'price-missing',
] as const;
export const OrderReason = z.enum(orderReasons).meta({ id: 'OrderReason' });
export type OrderReason = z.infer<typeof OrderReason>;

export const OrderProposal = z
  .object({
    packs: z.int().nonnegative(),
    /** Units: whole packs. */
    quantity: z.int().nonnegative(),
    /** Tiyin; null without a price. */
    value: z.int().nonnegative().nullable(),
    steps: z.array(OrderStep),
    reasons: z.array(OrderReason),
    /** Units on hand that will expire before they are used. */
    willExpire: z.int().nonnegative(),
    /** The first day on which what is on hand is gone, and on which this order would be there. Null: in ten years not. */
    runsOut: Day.nullable(),
    arrives: Day,
    /** Units that would be ordered if other sites, packs, minimum, expiry and money did not matter. */
    needed: z.int().nonnegative(),
  })
  .meta({ id: 'OrderProposal' });
export type OrderProposal = z.infer<typeof OrderProposal>;

const daysOfMonth = 30;
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
/** Up to whole units; a billionth too much, which addition leaves behind, is nothing. */
const up = (value: number): number => Math.max(0, Math.ceil(value - 1e-6));

/**
 * The standard normal quantile: how many standard deviations cover this share of periods, to three digits as in printed
 * tables (0.95 gives 1.645). By P. J. Acklam's rational approximation, whose relative error is below 1.2e-9.
 */
export const zOf = (level: number): number => {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const at = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, k) => sum * x + k, 0);
  const tail = 0.02425;
  if (level > 1 - tail) return -zOf(1 - level);
  if (level < tail) {
    const q = Math.sqrt(-2 * Math.log(level));
    return rounded(at(c, q) / at(d, q), 3);
  }
  const q = level - 0.5;
  return rounded((at(a, q * q) * q) / at(b, q * q), 3);
};

/** What is being put together: the steps so far and why the answer is what it is. */
interface Draft {
  readonly steps: OrderStep[];
  readonly reasons: OrderReason[];
}
const note = (draft: Draft, step: OrderStep['step'], facts: OrderStep['facts']): void => {
  draft.steps.push({ step, facts });
};

const leastSeason = 0.2;
/**
 * How large the errors of a period are beside those of a year: errors grow with what is asked for, and a forecast's
 * sigma is the root of the mean square of a year's. 1 where every month is alike. `monthly` is of thirty days.
 */
const seasonOf = (forecast: readonly number[], monthly: number): number => {
  const year = forecast.slice(0, 12);
  const root = Math.sqrt(year.reduce((sum, units) => sum + units ** 2, 0) / Math.max(1, year.length));
  return root === 0 ? 1 : rounded(Math.max(leastSeason, (monthly * 365) / 12 / daysOfMonth / root), 2);
};

/**
 * Demand until the order after this one arrives, and safety stock: z * sqrt(months * sigma^2 + monthly^2 * spread^2),
 * the textbook form for a demand and a lead time that both vary, with the forecast's own error in place of the spread of
 * past demand (Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains, the periodic review case).
 */
const serviceTarget = (input: OrderInput, level: number, demand: DemandWithin, draft: Draft): number => {
  const days = Math.max(0, input.leadDays) + Math.max(0, input.reviewDays);
  const units = up(demand(days));
  note(draft, 'demand', { days, from: input.today, until: dayAfter(input.today, Math.max(0, days - 1)), units });
  const months = rounded(days / daysOfMonth, 2);
  const monthly = months === 0 ? 0 : rounded(units / months, 2);
  const season = seasonOf(input.forecast, monthly);
  const sigma = rounded(input.sigma * season, 2);
  const spread = rounded(Math.max(0, input.leadSpreadDays) / daysOfMonth, 2);
  const z = zOf(level);
  const safety = up(z * Math.sqrt(months * sigma ** 2 + monthly ** 2 * spread ** 2));
  const error = { sigma, season, sigmaOfYear: rounded(input.sigma, 2) };
  note(draft, 'safety-stock', { level, z, months, ...error, monthly, leadSpreadMonths: spread, units: safety });
  return units + safety;
};

/** Average monthly consumption times the greatest number of months, as OpenLMIS computes a maximum stock quantity. */
const maximumOf = (input: OrderInput, maxMonths: number, draft: Draft): { monthly: number; units: number } => {
  const first = input.forecast.slice(0, Math.max(1, Math.ceil(maxMonths)));
  const mean = first.length === 0 ? 0 : first.reduce((sum, units) => sum + units, 0) / first.length;
  const monthly = rounded(Math.max(0, input.averageMonthlyConsumption ?? mean), 2);
  note(draft, 'consumption', { monthly, of: input.averageMonthlyConsumption === undefined ? 'forecast' : 'history' });
  const units = up(monthly * maxMonths);
  note(draft, 'maximum', { monthly, maxMonths, units });
  return { monthly, units };
};

/** Units that count as there: of those on hand only what will be used, and all that is coming. */
const positionOf = (
  input: OrderInput,
  demand: DemandWithin,
  draft: Draft,
): { position: number; willExpire: number } => {
  const usable = input.lots.filter((lot) => lot.quantity > 0);
  const onHand = usable.reduce((sum, lot) => sum + lot.quantity, 0);
  note(draft, 'on-hand', { units: onHand, setAside: input.setAside });
  const outlook = runShelf(usable, demand, input.today);
  if (outlook.expires > 0) {
    const first = outlook.lots.find((lot) => lot.expires > 0)?.lot.expiryDate ?? '';
    note(draft, 'will-expire', { units: outlook.expires, first });
    draft.reasons.push('stock-will-expire');
  }
  const onOrder = input.onOrder.reduce((sum, order) => sum + order.quantity, 0);
  if (onOrder > 0) {
    const due = input.onOrder.map((order) => order.due).sort();
    note(draft, 'on-order', { units: onOrder, first: due[0] ?? '', last: due.at(-1) ?? '' });
  }
  if (input.inTransit > 0) note(draft, 'in-transit', { units: input.inTransit });
  const position = outlook.used + onOrder + input.inTransit;
  note(draft, 'position', { units: position });
  return { position, willExpire: outlook.expires };
};

const nextMultiple = (packs: number, multiple: number): number => Math.ceil(packs / multiple) * multiple;
const multipleWithin = (packs: number, multiple: number): number => Math.floor(packs / multiple) * multiple;

/** Units of what is needed that other sites could send. */
const movedOf = (needed: number, { moves = [] }: OrderInput, draft: Draft): number => {
  const offered = moves.reduce((sum, { units }) => sum + units, 0);
  const units = Math.min(needed, offered);
  if (units <= 0) return 0;
  note(draft, 'moves', { needed, units, from: moves.map(({ from }) => from).join(', '), left: needed - units });
  draft.reasons.push('moved-first');
  return units;
};

/** Needed units as packs that a supplier takes an order for: whole, at least the minimum, a multiple. */
const asOrdered = (needed: number, input: OrderInput, draft: Draft): number => {
  const plain = Math.ceil(needed / input.packUnits);
  note(draft, 'packs', { units: needed, packUnits: input.packUnits, packs: plain });
  const { least, multiple } = stepsOf(input);
  const atLeast = Math.max(plain, input.minimumPacks);
  if (atLeast > plain) {
    note(draft, 'minimum', { minimumPacks: input.minimumPacks, packs: atLeast });
    draft.reasons.push('raised-to-minimum');
  }
  const packs = Math.max(least, nextMultiple(atLeast, multiple));
  if (packs > atLeast) {
    note(draft, 'multiple', { multiplePacks: multiple, packs });
    draft.reasons.push('raised-to-multiple');
  }
  return packs;
};

/** The smallest order there is, and what each larger one is a multiple of. Packs. */
const stepsOf = (input: Pick<OrderInput, 'minimumPacks' | 'multiplePacks'>): { least: number; multiple: number } => {
  const multiple = Math.max(1, input.multiplePacks);
  return { least: nextMultiple(Math.max(1, input.minimumPacks), multiple), multiple };
};

/**
 * No more than will be used before it expires: what is asked for until then, less what will be used before it. Stock
 * that runs out before the order arrives leaves demand that the order cannot meet. The smallest order is made where
 * other sites would use the rest of it, and of a vital medicine that would be missing in any case: a part may expire.
 */
const cappedByExpiry = (
  packs: number,
  position: number,
  input: OrderInput,
  demand: DemandWithin,
  draft: Draft,
): number => {
  if (input.shelfDays === undefined) return packs;
  const lead = Math.max(0, input.leadDays);
  const days = lead + Math.max(0, input.shelfDays);
  const asked = Math.floor(demand(days) + 1e-6);
  const before = Math.max(position, up(demand(lead)));
  const usable = Math.max(0, asked - before);
  const { least, multiple } = stepsOf(input);
  const fits = multipleWithin(Math.floor(usable / input.packUnits), multiple);
  if (packs <= fits) return packs;
  const elsewhere = Math.max(0, input.elsewhere ?? 0);
  const facts = { shelfDays: input.shelfDays, days, asked, before, usable, elsewhere };
  if (fits >= least) {
    note(draft, 'expiry-cap', { ...facts, packs: fits });
    draft.reasons.push('capped-by-expiry');
    return fits;
  }
  const isShared = usable > 0 && usable + elsewhere >= least * input.packUnits;
  const isVital = input.ven === 'V' && usable > 0 && position < demand(lead + input.reviewDays);
  const answer = isShared || isVital ? least : 0;
  note(draft, 'expiry-cap', { ...facts, packs: answer });
  draft.reasons.push(isShared ? 'minimum-shared' : isVital ? 'minimum-despite-expiry' : 'minimum-would-expire');
  return answer;
};

/** No more than the money buys. What has no price cannot be said to fit into any. */
const cappedByMoney = (packs: number, input: OrderInput, draft: Draft): number => {
  const { money, packPrice } = input;
  if (packPrice === undefined) {
    draft.reasons.push('price-missing');
    if (money === undefined) return packs;
    note(draft, 'money-cap', { money, packs: 0 });
    return 0;
  }
  if (money === undefined) return packs;
  const affordable = packsWithin(money, { ...input, packPrice });
  if (packs <= affordable) return packs;
  note(draft, 'money-cap', { money, packPrice, packs: affordable });
  draft.reasons.push('capped-by-money');
  return affordable;
};

/** Packs that this much money (tiyin) buys: a multiple, and none where it does not reach the supplier's minimum. */
export const packsWithin = (
  money: number,
  line: Pick<OrderInput, 'minimumPacks' | 'multiplePacks'> & { readonly packPrice: number },
): number => {
  const { least, multiple } = stepsOf(line);
  if (line.packPrice <= 0) return Number.MAX_SAFE_INTEGER;
  const packs = multipleWithin(Math.floor(Math.max(0, money) / line.packPrice), multiple);
  return packs < least ? 0 : packs;
};

/** Up to the target of the policy, before packs and caps. Whole units. */
const neededOf = (
  input: OrderInput,
  demand: DemandWithin,
  draft: Draft,
): { needed: number; position: number; willExpire: number } => {
  const { policy } = input;
  const maximum = policy.kind === 'max-min' ? maximumOf(input, policy.maxMonths, draft) : undefined;
  const target =
    maximum?.units ??
    (policy.kind === 'service-level' ? serviceTarget(input, policy.levels[input.ven], demand, draft) : 0);
  const { position, willExpire } = positionOf(input, demand, draft);
  const needed = Math.max(0, target - position);
  const least = policy.kind === 'max-min' && maximum ? maximum.monthly * policy.minMonths : Number.POSITIVE_INFINITY;
  if (needed > 0 && position > least) {
    note(draft, 'needed', { target, position, orderAt: up(least), units: 0 });
    draft.reasons.push('above-minimum');
    return { needed: 0, position, willExpire };
  }
  note(draft, 'needed', { target, position, units: needed });
  if (needed === 0) draft.reasons.push('enough');
  return { needed, position, willExpire };
};

/**
 * What to order. Packs and units are whole; the order is at least the supplier's minimum and a multiple, or nothing. It
 * never passes what is needed, less what other sites could send, by more than that asks for, nor what is used before it expires (but for a smallest order,
 * which other sites may share, or which a vital medicine is worth), nor the money. Where nobody asks for the product nothing is ordered. With
 * no lead time and no review period there is nothing to wait for, and only safety stock is zero too.
 */
export const proposeOrder = (input: OrderInput): OrderProposal => {
  const draft: Draft = { steps: [], reasons: [] };
  const demand = demandFrom(input.forecast, input.today);
  if (input.lead) {
    const { of, samples } = input.lead;
    const facts = { days: Math.max(0, input.leadDays), spreadDays: Math.max(0, input.leadSpreadDays), of, samples };
    note(draft, 'lead-time', facts);
  }
  const { needed, position, willExpire } = neededOf(input, demand, draft);
  const moved = movedOf(needed, input, draft);
  const asked = input.policy.kind === 'max-min' && input.averageMonthlyConsumption !== undefined;
  const nobody = (asked ? input.averageMonthlyConsumption : demand(365)) === 0;
  if (nobody) draft.reasons.push('no-demand');
  let packs = needed <= moved || nobody ? 0 : asOrdered(needed - moved, input, draft);
  if (packs > 0) packs = cappedByExpiry(packs, position + moved, input, demand, draft);
  if (packs > 0) packs = cappedByMoney(packs, input, draft);
  const quantity = packs * input.packUnits;
  const value = input.packPrice === undefined ? null : packs * input.packPrice;
  note(draft, 'result', { packs, packUnits: input.packUnits, units: quantity });
  const usable = input.lots.filter((lot) => daysThrough(lot.expiryDate, input.today) > 0);
  return {
    packs,
    quantity,
    value,
    steps: draft.steps,
    reasons: [...new Set(draft.reasons)],
    willExpire,
    runsOut: runsOutOn(usable, demand, input.today),
    arrives: dayAfter(input.today, Math.max(0, input.leadDays)),
    needed: nobody ? 0 : needed,
  };
};

/** The first day on which nothing usable is left of what is on hand, if nothing comes. */
const runsOutOn = (lots: readonly ShelfLot[], demand: DemandWithin, today: string): string | null => {
  const outlook = runShelf(lots, demand, today);
  const days = daysOfStock(outlook.used, demand);
  // what will expire keeps a shelf from being empty until it does
  const lastExpiry = outlook.lots.filter((lot) => lot.expires > 0).at(-1)?.lot.expiryDate;
  const gone = days === null ? null : dayAfter(today, days);
  if (lastExpiry === undefined) return gone;
  const expired = dayAfter(lastExpiry, 1);
  return gone === null || expired > gone ? expired : gone;
};
