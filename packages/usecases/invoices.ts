/** Suppliers' invoices: entered, put right by a version that names the one before, cancelled, marked paid, and the mark taken back. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { type Invoice, type InvoicePaper, newInvoice, requireInvoice, stepInvoice } from '@darmon/domain/order-match';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { instant, tashkentDay } from '@darmon/domain/time';
import { changeAs, type Deps } from './deps.ts';
import { loadReached } from './orders.ts';

/** The value of what is on the paper. @throws Refusal as `requireInvoice`, and `gtin-unknown` */
const requirePaper = async (deps: Deps, order: PurchaseOrder, paper: InvoicePaper, before: number): Promise<number> => {
  const value = requireInvoice(order, paper, before);
  const packs = await deps.table.loadPacks(paper.lines.map((l) => l.gtin));
  const unknown = paper.lines.findIndex((l) => !packs.has(l.gtin));
  if (unknown >= 0)
    throw refuseAt('gtin-unknown', `/lines/${unknown}/gtin`, { gtin: paper.lines[unknown]?.gtin ?? '' });
  return value;
};

const paperOf = ({ number, date, currency, lines }: InvoicePaper): InvoicePaper => ({ number, date, currency, lines });

/**
 * Enters a supplier's invoice. Each number of a supplier is entered once, whichever order it names.
 * @throws Refusal of standing, `not-found`, `currency-mismatch`, `invoice-line-repeated`, `too-many-invoices`,
 * `document-known`, `gtin-unknown`, `key-reused`
 */
export const enterInvoice = (deps: Deps, actor: Actor, input: InvoicePaper & { readonly order: string }, once: Once) =>
  changeAs<Invoice>(deps, actor, once, async (now) => {
    const order = await loadReached(deps, actor, input.order);
    const before = await deps.table.loadInvoices(order.id);
    const value = await requirePaper(deps, order, input, before.length);
    const entered = newInvoice(paperOf(input), { id: deps.id(), value }, { person: actor.person, at: instant(now) });
    return {
      body: entered,
      status: 201,
      reference: entered.id,
      type: 'invoice-entered',
      changes: { order: order.id, invoice: entered.id, number: entered.number, value },
      commit: (change) => deps.table.commitInvoices(order, { entered }, change),
    };
  });

/** One invoice, as it was read. */
export interface InvoiceStepInput {
  readonly order: string;
  readonly invoice: string;
  readonly version: number;
}

/** @throws Refusal `not-found`, `version-changed` */
const loadInvoice = async (deps: Deps, actor: Actor, input: InvoiceStepInput) => {
  const order = await loadReached(deps, actor, input.order);
  const all = await deps.table.loadInvoices(order.id);
  const invoice = all.find(({ id }) => id === input.invoice);
  if (!invoice) throw new Refusal('not-found');
  if (invoice.version !== input.version) throw new Refusal('version-changed');
  return { order, all, invoice };
};

/**
 * Puts an invoice right that was entered wrongly: a new version takes its place and names it. It keeps its number, or gives
 * it up for another.
 * @throws Refusal of standing, `not-found`, `version-changed`, `invoice-paid`, `invoice-ended`, as of entering one, `key-reused`
 */
export const correctInvoice = (
  deps: Deps,
  actor: Actor,
  input: InvoiceStepInput & InvoicePaper & { readonly reason: string },
  once: Once,
) =>
  changeAs<Invoice>(deps, actor, once, async (now) => {
    const { order, all, invoice } = await loadInvoice(deps, actor, input);
    const by = { person: actor.person, at: instant(now), reason: input.reason };
    const id = deps.id();
    const ended = stepInvoice(invoice, { ...by, step: 'correct' }, { correctedBy: id });
    const value = await requirePaper(deps, order, input, all.length);
    const entered = newInvoice(paperOf(input), { id, value, corrects: invoice.id }, by);
    return {
      body: entered,
      status: 201,
      reference: id,
      type: 'invoice-corrected',
      changes: {
        order: order.id,
        invoice: id,
        corrects: invoice.id,
        number: entered.number,
        value,
        was: invoice.value,
      },
      reason: input.reason,
      commit: (change) => deps.table.commitInvoices(order, { entered, ended }, change),
    };
  });

/** A step that leaves an invoice what it is: `ended` gives its number up, `stepped` does not. */
const changeInvoice = (
  deps: Deps,
  actor: Actor,
  input: InvoiceStepInput & { readonly reason?: string; readonly day?: string },
  once: Once,
  type: 'invoice-cancelled' | 'invoice-paid' | 'invoice-payment-reversed',
  decide: (invoice: Invoice, by: { readonly person: string; readonly at: string }, now: number) => Invoice,
) =>
  changeAs<Invoice>(deps, actor, once, async (now) => {
    const { order, invoice } = await loadInvoice(deps, actor, input);
    const stepped = decide(invoice, { person: actor.person, at: instant(now) }, now);
    const { id, number, value } = stepped;
    const { reason, day } = input;
    return {
      body: stepped,
      reference: id,
      type,
      changes: { order: order.id, invoice: id, number, value, ...(day !== undefined && { day }) },
      ...(reason !== undefined && { reason }),
      commit: (change) =>
        deps.table.commitInvoices(order, type === 'invoice-cancelled' ? { ended: stepped } : { stepped }, change),
    };
  });

/**
 * Says that an invoice was entered by mistake; its number may be entered again.
 * @throws Refusal of standing, `not-found`, `version-changed`, `invoice-paid`, `invoice-ended`, `key-reused`
 */
export const cancelInvoice = (
  deps: Deps,
  actor: Actor,
  input: InvoiceStepInput & { readonly reason: string },
  once: Once,
) =>
  changeInvoice(deps, actor, input, once, 'invoice-cancelled', (invoice, by) =>
    stepInvoice(invoice, { ...by, step: 'cancel', reason: input.reason }),
  );

/**
 * Marks an invoice as paid on a day that has come; nothing is paid by it.
 * @throws Refusal of standing, `not-found`, `version-changed`, `value-invalid` for a day to come, `invoice-paid`,
 * `invoice-ended`, `key-reused`
 */
export const payInvoice = (deps: Deps, actor: Actor, input: InvoiceStepInput & { readonly day: string }, once: Once) =>
  changeInvoice(deps, actor, input, once, 'invoice-paid', (invoice, by, now) => {
    if (input.day > tashkentDay(now)) throw refuseAt('value-invalid', '/day');
    return stepInvoice(invoice, { ...by, step: 'pay' }, { paidOn: input.day });
  });

/**
 * Takes a mark of payment back that was a mistake.
 * @throws Refusal of standing, `not-found`, `version-changed`, `document-closed` where it is not paid, `invoice-ended`,
 * `key-reused`
 */
export const reversePayment = (
  deps: Deps,
  actor: Actor,
  input: InvoiceStepInput & { readonly reason: string },
  once: Once,
) =>
  changeInvoice(deps, actor, input, once, 'invoice-payment-reversed', (invoice, by) =>
    stepInvoice(invoice, { ...by, step: 'reverse-payment', reason: input.reason }),
  );
