/** Suppliers' invoices for orders: entered, put right, cancelled, marked paid, and the mark taken back. */
import { Reason } from '@darmon/domain/event';
import { Invoice, InvoiceLine, maxInvoiceLines } from '@darmon/domain/order-match';
import { Currency } from '@darmon/domain/supplier';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const access = { planner: 'all' } as const;
const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const params = z.object({ id: Ulid, invoice: Ulid });
const version = z.int().positive().meta({ description: 'That was read; refused where it is another now' });
const paper = {
  number: z.string().trim().min(1).max(40),
  date: Day,
  currency: Currency,
  lines: z.array(InvoiceLine).min(1).max(maxInvoiceLines),
};
const Reasoned = z.strictObject({ version, reason: Reason }).meta({ id: 'InvoiceReasonedStep' });

const at = '2026-11-27T09:30:00.000Z';
const by = { person: 'planner', at };
const onPaper = {
  number: 'F-118',
  date: '2026-11-27',
  currency: 'UZS',
  lines: [{ gtin: '09521020199013', packs: 15, packPrice: 1_600_000 }],
};
const invoice = {
  id: '01KAH9HGHYV1Q5T1M0E9J7R2CE',
  ...onPaper,
  value: 24_000_000,
  ...by,
  state: 'entered',
  version: 1,
  steps: [{ step: 'enter', ...by }],
} as const;
const reason = 'a figure was mistyped';

export const invoiceRoutes = defineRoutes({
  enterInvoice: {
    method: 'POST',
    path: '/api/orders/{id}/invoices',
    summary: 'Enter the supplier’s invoice, each number once',
    access,
    params: z.object({ id: Ulid }),
    body: z.strictObject(paper).meta({ id: 'InvoiceToEnter' }),
    answers: { 201: Invoice },
    keyed: true,
    example: { body: onPaper, answer: invoice },
  },
  correctInvoice: {
    method: 'POST',
    path: '/api/orders/{id}/invoices/{invoice}/correct',
    summary: 'Put right what was entered wrongly: a new version takes its place and names it',
    access,
    params,
    body: z.strictObject({ version, reason: Reason, ...paper }).meta({ id: 'InvoiceCorrection' }),
    answers: { 201: Invoice },
    keyed: true,
    example: {
      body: { version: 1, reason, ...onPaper },
      answer: { ...invoice, id: '01KAH9HGHYV1Q5T1M0E9J7R2CF', corrects: invoice.id },
    },
  },
  cancelInvoice: {
    method: 'POST',
    path: '/api/orders/{id}/invoices/{invoice}/cancel',
    summary: 'Say that it was entered by mistake; a paid one cannot be cancelled',
    access,
    params,
    body: Reasoned,
    answers: { 200: Invoice },
    keyed: true,
    example: { body: { version: 1, reason }, answer: { ...invoice, state: 'cancelled', version: 2 } },
  },
  payInvoice: {
    method: 'POST',
    path: '/api/orders/{id}/invoices/{invoice}/pay',
    summary: 'Mark it as paid on a day; nothing is paid by it',
    access,
    params,
    body: z.strictObject({ version, day: Day }).meta({ id: 'InvoicePaid' }),
    answers: { 200: Invoice },
    keyed: true,
    example: {
      body: { version: 1, day: '2026-11-27' },
      answer: { ...invoice, state: 'paid', paidOn: '2026-11-27', version: 2 },
    },
  },
  reversePayment: {
    method: 'POST',
    path: '/api/orders/{id}/invoices/{invoice}/reverse-payment',
    summary: 'Take a mark of payment back that was a mistake',
    access,
    params,
    body: Reasoned,
    answers: { 200: Invoice },
    keyed: true,
    example: { body: { version: 2, reason }, answer: { ...invoice, version: 3 } },
  },
});
