/**
 * Suppliers, what they sell at which price from when to when, and their quotes compared for one need. It knows no order:
 * that is `purchase-order.ts`. Amounts are integers in the smallest unit of their currency.
 */
import * as z from 'zod';
import { Gtin, MedicineCode } from './medicine.ts';
import { Day, dayMs } from './time.ts';

export const SupplierId = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{2,15}$/)
  .meta({ id: 'SupplierId', examples: ['SU-0001'] });

/** Money of the country; its smallest unit is the tiyin. */
export const homeCurrency = 'UZS';
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ id: 'Currency', description: 'ISO 4217', examples: ['UZS', 'USD'] });

/** Tiyin for a hundred of the smallest units of another currency: for one dollar, not for one cent. */
export const Rate = z
  .int()
  .min(1)
  .max(1_000_000_000_000)
  .meta({ id: 'Rate', description: 'Tiyin for 100 of the smallest units of the currency, such as one dollar' });

export const Amount = z.int().nonnegative().max(1_000_000_000_000_000);

/** Where orders go by themselves; `http` on the same machine only, for trying. */
export const OrderAddress = z
  .url()
  .max(300)
  .regex(/^(https:\/\/[^\s@/]+(\/\S*)?|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/\S*)?)$/)
  .meta({ id: 'OrderAddress', description: 'Address (https) to which orders are sent, signed' });

export const Supplier = z
  .object({
    id: SupplierId,
    name: z.string().trim().min(1).max(120),
    /** Nine digits in Uzbekistan, other forms abroad. */
    taxId: z
      .string()
      .regex(/^[A-Z0-9-]{5,20}$/)
      .exactOptional(),
    /** Global location number, where it has one. */
    gln: z
      .string()
      .regex(/^\d{13}$/)
      .exactOptional(),
    country: z.string().regex(/^[A-Z]{2}$/),
    address: z.string().trim().max(200).exactOptional(),
    webhook: OrderAddress.exactOptional(),
    active: z.boolean(),
    version: z.int().nonnegative(),
  })
  .meta({ id: 'Supplier', description: 'Who sells medicines to sites' });
export type Supplier = z.infer<typeof Supplier>;

const maxPacks = 1_000_000;
export const Packs = z.int().min(1).max(maxPacks);

const priceShape = {
  gtin: Gtin,
  /** Of one pack, in the smallest unit of the currency. */
  packPrice: Amount.max(1_000_000_000_000),
  currency: Currency,
  rate: Rate.exactOptional(),
  minPacks: Packs,
  multiple: Packs,
  leadDays: z.int().min(0).max(730),
  validFrom: Day,
  validUntil: Day.exactOptional(),
};

/** A price as it is entered. */
export const WantedPrice = z
  .strictObject({ ...priceShape, minPacks: Packs.exactOptional(), multiple: Packs.exactOptional() })
  .refine((p) => p.validUntil === undefined || p.validFrom <= p.validUntil, {
    message: 'ends before it begins',
    path: ['validUntil'],
  })
  .refine((p) => p.currency === homeCurrency || p.rate !== undefined, { message: 'needs a rate', path: ['rate'] })
  .meta({
    id: 'PriceEntry',
    description: 'Price of one pack in the smallest unit of the currency, with what goes with it; days are inclusive',
  });
export type WantedPrice = z.infer<typeof WantedPrice>;

export const Price = z
  .object({
    ...priceShape,
    supplier: SupplierId,
    medicine: MedicineCode,
    packUnits: z.int().positive(),
    brand: z.string(),
  })
  .meta({ id: 'Price', description: 'What a supplier asks for one pack, from when to when' });
export type Price = z.infer<typeof Price>;

/** The entry that counts on a day: the one that began last and has not ended. */
export const priceOn = (prices: readonly Price[], gtin: string, day: string): Price | undefined =>
  prices
    .filter((p) => p.gtin === gtin && p.validFrom <= day && (p.validUntil === undefined || day <= p.validUntil))
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];

/**
 * Packs that can be ordered where `packs` are needed: at least the minimum, and a whole number of multiples. Rounded up,
 * never down; 0 stays 0.
 */
export const orderablePacks = (packs: number, { minPacks, multiple }: Pick<Price, 'minPacks' | 'multiple'>): number =>
  packs <= 0 ? 0 : Math.ceil(Math.max(packs, minPacks) / multiple) * multiple;

/** An amount of another currency in tiyin, by the rate; halves go up. */
export const inTiyin = (amount: number, rate: number | undefined): number =>
  rate === undefined ? amount : Number((BigInt(amount) * BigInt(rate) + 50n) / 100n);

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);

/** What a supplier's deliveries show, where there were enough; see `scorecard.ts`. */
export interface LearnedLead {
  readonly samples: number;
  readonly median: number;
  /** Standard deviation. */
  readonly spread: number;
}
/** From so many deliveries on, what they show counts for more than what was promised. */
const enoughDeliveries = 3;

const quoteReasons = ['chosen', 'late', 'dearer', 'slower', 'no-price', 'supplier-closed'] as const;
export const QuoteReason = z.enum(quoteReasons).meta({ id: 'QuoteReason' });
export type QuoteReason = z.infer<typeof QuoteReason>;

export const Quote = z
  .object({
    supplier: SupplierId,
    reason: QuoteReason,
    price: Price.exactOptional(),
    /** Packs after minimum and multiple. */
    packs: z.int().nonnegative().exactOptional(),
    /** Of all of them, in tiyin. */
    value: z.int().nonnegative().exactOptional(),
    /** Days that count: learned, or promised where nothing is learned. */
    leadDays: z.int().nonnegative().exactOptional(),
    learned: z.boolean().exactOptional(),
    /** Of what was learned: deliveries, and the standard deviation of their days. */
    samples: z.int().nonnegative().exactOptional(),
    spreadDays: z.number().nonnegative().exactOptional(),
    arrives: Day.exactOptional(),
  })
  .meta({ id: 'Quote', description: 'What one supplier would ask for a need, and why it is chosen or not' });
export type Quote = z.infer<typeof Quote>;

/** What one supplier asks and takes. */
export interface Offer {
  readonly supplier: Pick<Supplier, 'id' | 'active'>;
  readonly prices: readonly Price[];
  readonly lead?: LearnedLead | undefined;
}

const byId = (a: Pick<Quote, 'supplier'>, b: Pick<Quote, 'supplier'>): number => (a.supplier < b.supplier ? -1 : 1);

/** A quote of somebody who sells the pack today. */
type PossibleQuote = Required<Omit<Quote, 'samples' | 'spreadDays'>> & Pick<Quote, 'samples' | 'spreadDays'>;

const isInTime = ({ arrives }: PossibleQuote, by: string | undefined): boolean => by === undefined || arrives <= by;

/**
 * Which of two quotes for one need is taken: who can deliver by `by` before who cannot; of those who can the cheapest,
 * then the sooner; where nobody can, the first to arrive, then the cheapest. Equal ones by id, so that the same question
 * has one answer, whoever asks it: a plan, a person or an order.
 */
const preferring =
  (by: string | undefined) =>
  (a: PossibleQuote, b: PossibleQuote): number => {
    if (isInTime(a, by) !== isInTime(b, by)) return isInTime(a, by) ? -1 : 1;
    const [byValue, byDay] = [a.value - b.value, a.leadDays - b.leadDays];
    return (isInTime(a, by) ? byValue || byDay : byDay || byValue) || byId(a, b);
  };

/**
 * Quotes for packs of one GTIN, the chosen one first. Chosen is the cheapest, after minimum and multiple, of those that can
 * deliver by `by`; where none can, the first to arrive. Equal prices go to the sooner, then to the smaller id, so that the
 * same question has one answer. Those without a price on the day, or closed, come last and say so.
 */
export const compareQuotes = (
  offers: readonly Offer[],
  need: { readonly gtin: string; readonly packs: number; readonly by?: string | undefined },
  today: string,
): Quote[] => {
  const can: PossibleQuote[] = [];
  const cannot: Quote[] = [];
  for (const { supplier, prices, lead } of offers) {
    const price = priceOn(prices, need.gtin, today);
    if (!supplier.active) cannot.push({ supplier: supplier.id, reason: 'supplier-closed' });
    else if (!price) cannot.push({ supplier: supplier.id, reason: 'no-price' });
    else {
      const packs = orderablePacks(need.packs, price);
      const learned = lead !== undefined && lead.samples >= enoughDeliveries;
      const leadDays = learned ? Math.ceil(lead.median) : price.leadDays;
      const value = inTiyin(packs * price.packPrice, price.rate);
      can.push({
        supplier: supplier.id,
        reason: 'dearer',
        price,
        packs,
        value,
        leadDays,
        learned,
        ...(learned && { samples: lead.samples, spreadDays: lead.spread }),
        arrives: addDays(today, leadDays),
      });
    }
  }
  const { by } = need;
  const anyInTime = can.some((quote) => isInTime(quote, by));
  const sorted = can.sort(preferring(by));
  const reasonOf = (quote: PossibleQuote, i: number): QuoteReason => {
    if (i === 0) return 'chosen';
    if (!isInTime(quote, by)) return anyInTime ? 'late' : 'slower';
    return quote.value > (sorted[0]?.value ?? 0) ? 'dearer' : 'slower';
  };
  return [...sorted.map((quote, i): Quote => ({ ...quote, reason: reasonOf(quote, i) })), ...cannot.sort(byId)];
};

/**
 * The quote that is taken where several packs of one medicine would do: of each pack what an order for it would take, and
 * of those the one that comes first by the same rule, each for the whole need. Undefined where nobody sells any of them.
 */
export const bestQuote = (
  packs: readonly { readonly gtin: string; readonly units: number; readonly offers: readonly Offer[] }[],
  need: { readonly units: number; readonly by?: string | undefined },
  today: string,
): PossibleQuote | undefined =>
  packs
    .flatMap(({ gtin, units, offers }): PossibleQuote[] => {
      const wanted = { gtin, packs: Math.max(1, Math.ceil(need.units / units)), by: need.by };
      const [best] = compareQuotes(offers, wanted, today);
      return best?.reason === 'chosen' ? [best as PossibleQuote] : [];
    })
    .sort(preferring(need.by))[0];
