/**
 * Three papers of one purchase side by side: what was ordered, what came, what is to be paid. Every difference has a type
 * and an amount, and what all three agree on is what can be paid now. It changes nothing: people settle with the supplier.
 */
import * as z from 'zod';
import { PersonId } from './actor.ts';
import { Gtin } from './medicine.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Amount, Currency, Packs } from './supplier.ts';
import { Day, Instant } from './time.ts';

export const maxInvoiceLines = 500;
const maxInvoices = 50;

export const InvoiceLine = z
  .strictObject({ gtin: Gtin, packs: Packs, packPrice: Amount.max(1_000_000_000_000) })
  .meta({ id: 'InvoiceLine', description: 'Packs and the price of one, in the smallest unit of the currency' });
export type InvoiceLine = z.infer<typeof InvoiceLine>;

const invoiceStates = ['entered', 'paid', 'corrected', 'cancelled'] as const;
export const InvoiceState = z.enum(invoiceStates).meta({
  id: 'InvoiceState',
  description: 'It counts while it is entered or paid; another version took its place; it was entered by mistake',
});
export type InvoiceState = z.infer<typeof InvoiceState>;

const invoiceSteps = ['enter', 'correct', 'cancel', 'pay', 'reverse-payment'] as const;
const InvoiceStep = z
  .object({ step: z.enum(invoiceSteps), person: PersonId, at: Instant, reason: z.string().exactOptional() })
  .meta({ id: 'InvoiceStep', description: 'What was done with it, when and why' });
export type InvoiceStep = z.infer<typeof InvoiceStep>;

export const Invoice = z
  .object({
    id: z.string(),
    /** The supplier's own. */
    number: z.string().trim().min(1).max(40),
    date: Day,
    currency: Currency,
    lines: z.array(InvoiceLine).min(1).max(maxInvoiceLines),
    value: Amount,
    person: PersonId,
    at: Instant,
    state: InvoiceState,
    version: z.int().positive(),
    /** The one that it takes the place of, and the one that took its own. */
    corrects: z.string().exactOptional(),
    correctedBy: z.string().exactOptional(),
    /** The day on which it was paid. */
    paidOn: Day.exactOptional(),
    steps: z.array(InvoiceStep),
  })
  .meta({ id: 'Invoice', description: 'A supplier’s invoice for an order' });
export type Invoice = z.infer<typeof Invoice>;

/** What is on the paper. */
export type InvoicePaper = Pick<Invoice, 'number' | 'date' | 'currency' | 'lines'>;

/** A new one, or, with `corrects`, the version that takes the place of another. */
export const newInvoice = (
  paper: InvoicePaper,
  of: { readonly id: string; readonly value: number; readonly corrects?: string | undefined },
  taken: Omit<InvoiceStep, 'step'>,
): Invoice => ({
  id: of.id,
  ...paper,
  value: of.value,
  person: taken.person,
  at: taken.at,
  state: 'entered',
  version: 1,
  ...(of.corrects !== undefined && { corrects: of.corrects }),
  steps: [{ ...taken, step: 'enter' }],
});

/** Paid and taken back more often, somebody should look instead. */
const mostSteps = 100;

/**
 * A step of an invoice. What is paid stays as it is until the payment is taken back; what was corrected or cancelled is over.
 * @throws Refusal `invoice-paid`, `invoice-ended`, `document-closed` where there is no payment to take back
 */
export const stepInvoice = (
  before: Invoice,
  taken: InvoiceStep,
  more: { readonly correctedBy?: string; readonly paidOn?: string } = {},
): Invoice => {
  const { state, paidOn: _, ...invoice } = before;
  const isReversal = taken.step === 'reverse-payment';
  if (state === 'corrected' || state === 'cancelled' || before.steps.length >= mostSteps)
    throw new Refusal('invoice-ended', { state });
  if (isReversal && state !== 'paid') throw new Refusal('document-closed', { state });
  if (!isReversal && state === 'paid') throw new Refusal('invoice-paid');
  const to = {
    enter: state,
    correct: 'corrected',
    cancel: 'cancelled',
    pay: 'paid',
    'reverse-payment': 'entered',
  } as const;
  return {
    ...invoice,
    ...more,
    state: to[taken.step],
    version: before.version + 1,
    steps: [...before.steps, taken],
  };
};

/** Those that count: what was corrected or cancelled is on record, and owed nothing. */
const counts = ({ state }: Pick<Invoice, 'state'>): boolean => state === 'entered' || state === 'paid';

/** The value of an invoice that fits its order. @throws Refusal `currency-mismatch`, `invoice-line-repeated`, `too-many-invoices`, `quantity-invalid` */
export const requireInvoice = (
  order: PurchaseOrder,
  invoice: { readonly currency: string; readonly lines: readonly InvoiceLine[] },
  before: number,
): number => {
  if (invoice.currency !== order.currency)
    throw refuseAt('currency-mismatch', '/currency', { currency: order.currency });
  const seen = new Set<string>();
  for (const [i, { gtin }] of invoice.lines.entries()) {
    if (seen.has(gtin)) throw refuseAt('invoice-line-repeated', `/lines/${i}/gtin`, { gtin });
    seen.add(gtin);
  }
  if (before >= maxInvoices) throw new Refusal('too-many-invoices', { max: maxInvoices });
  const value = invoice.lines.reduce((sum, l) => sum + l.packs * l.packPrice, 0);
  if (!Amount.safeParse(value).success) throw refuseAt('quantity-invalid', '/lines', { max: 1_000_000_000_000_000 });
  return value;
};

const differenceKinds = [
  'short',
  'over',
  'not-ordered',
  'price',
  'invoiced-not-received',
  'received-not-invoiced',
] as const;
const MatchKind = z.enum(differenceKinds).meta({ id: 'MatchKind' });
export type MatchKind = z.infer<typeof MatchKind>;

const MatchDifference = z
  .object({
    kind: MatchKind,
    gtin: Gtin,
    /** Units that differ; of a price, units that it is asked for. */
    units: z.int().nonnegative(),
    /** What is asked and what was agreed, for one pack. */
    asked: Amount.exactOptional(),
    agreed: Amount.exactOptional(),
    /** What it comes to, in the smallest unit of the currency; below 0 in our favour. */
    amount: z.int(),
  })
  .meta({ id: 'MatchDifference', description: 'How order, receipts and invoices differ' });
export type MatchDifference = z.infer<typeof MatchDifference>;

const MatchLine = z.object({
  gtin: Gtin,
  packUnits: z.int().positive(),
  orderedUnits: z.int().nonnegative(),
  receivedUnits: z.int().nonnegative(),
  invoicedUnits: z.int().nonnegative(),
  /** Value of each, in the smallest unit of the currency. */
  ordered: Amount,
  received: Amount,
  invoiced: Amount,
  /** What can be paid: what came and is invoiced, at no more than was agreed. */
  payable: Amount,
});

export const Match = z
  .object({
    lines: z.array(MatchLine),
    differences: z.array(MatchDifference),
    ordered: Amount,
    received: Amount,
    invoiced: Amount,
    payable: Amount,
    /** What invoices say that were paid already. */
    paid: Amount,
    /** Nothing differs, and all that came is invoiced. */
    agrees: z.boolean(),
  })
  .meta({
    id: 'OrderMatch',
    description: 'Order, receipts and invoices side by side; amounts in the smallest unit of the currency',
  });
export type Match = z.infer<typeof Match>;

/** Part of a price for units of a pack, to the nearest smallest unit; halves go up. */
const partOf = (packPrice: number, units: number, packUnits: number): number =>
  Number((BigInt(packPrice) * BigInt(units) * 2n + BigInt(packUnits)) / (2n * BigInt(packUnits)));

/** Adds up what came outside the lines. */
const othersOf = (order: PurchaseOrder): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { others } of order.receipts)
    for (const { gtin, units } of others) sums.set(gtin, (sums.get(gtin) ?? 0) + units);
  return sums;
};

/**
 * Compares an order with its receipts and the invoices that count, GTIN by GTIN. While nothing is invoiced, only what came
 * is compared. What is missing is short once no more is to come. `packUnitsOf` tells the size of packs that stand on no line.
 */
export const matchOrder = (
  order: PurchaseOrder,
  all: readonly Pick<Invoice, 'lines' | 'state' | 'value'>[],
  packUnitsOf: (gtin: string) => number = () => 1,
): Match => {
  const invoices = all.filter(counts);
  const hasInvoices = invoices.length > 0;
  const isOver = order.state === 'closed' || order.state === 'received' || order.state === 'cancelled';
  const invoicedLines = Map.groupBy(
    invoices.flatMap((i) => i.lines),
    (l) => l.gtin,
  );
  const others = othersOf(order);
  const ordered = new Map(order.lines.map((l) => [l.gtin, l]));
  const gtins = [...new Set([...ordered.keys(), ...others.keys(), ...invoicedLines.keys()])];
  const differences: MatchDifference[] = [];
  const lines = gtins.map((gtin) => {
    const line = ordered.get(gtin);
    const packUnits = line?.packUnits ?? packUnitsOf(gtin);
    const agreed = line?.packPrice ?? 0;
    const wanted = order.state === 'cancelled' ? 0 : (line?.packs ?? 0) * packUnits;
    const came = line?.receivedUnits ?? others.get(gtin) ?? 0;
    const asked = invoicedLines.get(gtin) ?? [];
    const invoicedUnits = asked.reduce((sum, l) => sum + l.packs * packUnits, 0);
    const invoiced = asked.reduce((sum, l) => sum + l.packs * l.packPrice, 0);
    const worth = (units: number): number => partOf(agreed, units, packUnits);
    const differs = (kind: MatchKind, units: number, amount: number, prices = {}) =>
      // a value of 0 in our favour is 0
      differences.push({ kind, gtin, units, amount: amount || 0, ...prices });
    if (!line && came + invoicedUnits > 0) differs('not-ordered', came || invoicedUnits, invoiced);
    if (line && isOver && came < wanted) differs('short', wanted - came, -worth(wanted - came));
    if (line && came > wanted) differs('over', came - wanted, worth(came - wanted));
    for (const { packs, packPrice } of line ? asked : [])
      if (packPrice !== agreed)
        differs('price', packs * packUnits, packs * (packPrice - agreed), { asked: packPrice, agreed });
    if (invoicedUnits > came) differs('invoiced-not-received', invoicedUnits - came, worth(invoicedUnits - came));
    if (hasInvoices && came > invoicedUnits)
      differs('received-not-invoiced', came - invoicedUnits, -worth(came - invoicedUnits));
    return {
      gtin,
      packUnits,
      orderedUnits: (line?.packs ?? 0) * packUnits,
      receivedUnits: came,
      invoicedUnits,
      ordered: (line?.packs ?? 0) * agreed,
      received: worth(came),
      invoiced,
      payable: payableOf(asked, { came: line ? Math.min(came, wanted) : 0, agreed, packUnits }),
    };
  });
  const sum = (of: 'ordered' | 'received' | 'invoiced' | 'payable'): number =>
    lines.reduce((total, l) => total + l[of], 0);
  return {
    lines,
    differences,
    ordered: sum('ordered'),
    received: sum('received'),
    invoiced: sum('invoiced'),
    payable: sum('payable'),
    paid: invoices.filter(({ state }) => state === 'paid').reduce((total, { value }) => total + value, 0),
    agrees: hasInvoices && differences.length === 0,
  };
};

/** Invoiced packs, the cheapest first, as far as units came and were wanted, each at no more than the agreed price. */
const payableOf = (
  asked: readonly InvoiceLine[],
  { came, agreed, packUnits }: { came: number; agreed: number; packUnits: number },
): number => {
  let left = came;
  let sum = 0;
  for (const { packs, packPrice } of [...asked].sort((a, b) => a.packPrice - b.packPrice)) {
    const units = Math.min(left, packs * packUnits);
    sum += partOf(Math.min(packPrice, agreed), units, packUnits);
    left -= units;
  }
  return sum;
};
