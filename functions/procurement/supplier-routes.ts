/** Suppliers, what they ask, and how they kept their word. */

import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin } from '@darmon/domain/medicine';
import { Scorecard } from '@darmon/domain/scorecard';
import { Packs, Price, Quote, Supplier, SupplierId, WantedPrice } from '@darmon/domain/supplier';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const keepers = { planner: 'all', admin: 'all' } as const;
const readers = {
  ...keepers,
  approver: 'all',
  chief: 'all',
  auditor: 'all',
  quality: 'all',
  warehouse: 'all',
  pharmacist: 'all',
} as const;

/** As many as one request brings; a supplier's whole list, mostly. */
export const maxPrices = 2_000;
const params = z.object({ id: SupplierId });

const supplier = {
  id: 'SU-0001',
  name: 'Namuna Farm',
  taxId: '300000001',
  country: 'UZ',
  active: true,
  version: 1,
};
const entry = {
  gtin: '09521020199013',
  packPrice: 1_600_000,
  currency: 'UZS',
  minPacks: 10,
  multiple: 5,
  leadDays: 7,
  validFrom: '2026-01-01',
};
const price = { ...entry, supplier: supplier.id, medicine: 'AMOX500CAP', packUnits: 16, brand: 'Amoxil' };

export const supplierRoutes = defineRoutes({
  listSuppliers: {
    method: 'GET',
    path: '/api/suppliers',
    summary: 'Suppliers, by id',
    access: readers,
    query: PageQuery,
    answers: { 200: listOf(Supplier) },
    keyed: false,
    example: { answer: { items: [supplier] } },
  },
  saveSupplier: {
    method: 'PUT',
    path: '/api/suppliers/{id}',
    summary: 'Add a supplier, or change the version that was read',
    access: keepers,
    params,
    body: Supplier.omit({ id: true, version: true })
      .extend({ version: z.int().positive().exactOptional() })
      .meta({ id: 'SupplierToSave', description: 'Without `version` a new one' }),
    answers: { 201: Supplier, 200: Supplier },
    keyed: true,
    example: { body: { name: supplier.name, taxId: supplier.taxId, country: 'UZ', active: true }, answer: supplier },
  },
  readSupplier: {
    method: 'GET',
    path: '/api/suppliers/{id}',
    summary: 'One supplier with every price it ever asked',
    access: readers,
    params,
    answers: { 200: z.object({ supplier: Supplier, prices: z.array(Price) }) },
    keyed: false,
    example: { answer: { supplier, prices: [price] } },
  },
  savePrices: {
    method: 'PUT',
    path: '/api/suppliers/{id}/prices',
    summary:
      'Enter prices, judged as a whole; one of the same pack from the same day takes the place of the one before',
    access: keepers,
    params,
    body: z.object({ prices: z.array(WantedPrice).min(1).max(maxPrices) }).meta({ id: 'PricesToSave' }),
    answers: { 200: z.object({ saved: z.int() }) },
    keyed: true,
    example: { body: { prices: [entry] }, answer: { saved: 1 } },
  },
  readScorecard: {
    method: 'GET',
    path: '/api/suppliers/{id}/scorecard',
    summary: 'How a supplier kept its word, by its newest hundred orders',
    access: readers,
    params,
    answers: { 200: Scorecard },
    keyed: false,
    example: {
      answer: {
        orders: 2,
        from: '2026-09-01',
        onTime: { good: 3, of: 4 },
        inFull: { good: 4, of: 4 },
        withoutFault: { good: 2, of: 3 },
        leadTimes: { samples: 3, median: 8, spread: 1.53, shortest: 6, longest: 9 },
      },
    },
  },
  compareQuotes: {
    method: 'GET',
    path: '/api/quotes',
    summary: 'What every supplier would ask for packs of a GTIN, the chosen one first, each with its reason',
    access: readers,
    query: z.object({ gtin: Gtin, packs: z.coerce.number().pipe(Packs), by: Day.exactOptional() }),
    answers: { 200: z.object({ items: z.array(Quote.extend({ name: z.string() })) }) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            supplier: supplier.id,
            name: supplier.name,
            reason: 'chosen',
            price,
            packs: 15,
            value: 24_000_000,
            leadDays: 8,
            learned: true,
            arrives: '2026-11-28',
          },
        ],
      },
    },
  },
});
