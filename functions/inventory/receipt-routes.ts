/** Receiving: deliveries that are expected, receipts, how they differ, release by quality control, put-away. */
import { SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { Backdated } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import {
  AnnouncedLine,
  Arrival,
  Discrepancy,
  ExpectedLine,
  ExpectedUnit,
  Resolution,
  Serial,
} from '@darmon/domain/receiving';
import { Lot, LotState, ReceivedUnits, Shelf, Zone } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

/** What one request may carry; a receipt that no transaction holds is posted in chunks that follow. */
export const maxReceiptLines = 10_000;
export const maxPacks = 10_000;
/** Beneath what a function is handed at once. */
const bodyCharacters = 5_000_000;

const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const params = z.object({ site: SiteId });
const oneParams = z.object({ site: SiteId, id: Ulid });
const PartQuery = z.object({ part: z.coerce.number().int().min(0).max(1_000).exactOptional() });
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const readers = {
  ...keepers,
  quality: 'all',
  planner: 'all',
  approver: 'all',
  chief: 'all',
  auditor: 'all',
} as const;

const amount = {
  quantity: ReceivedUnits.exactOptional(),
  packs: z.int().min(1).max(maxPacks).exactOptional(),
  packPrice: z.int().min(0).max(1_000_000_000_000).exactOptional(),
  zone: Zone.exactOptional(),
  shelf: Shelf.exactOptional(),
};

const ReceiptLine = z
  .union([
    z.strictObject({
      gtin: Gtin,
      lot: Lot,
      expiryDate: Day,
      serials: z.array(Serial).max(maxPacks).exactOptional(),
      ...amount,
    }),
    z.strictObject({
      scan: z.string().min(1).max(400),
      lot: Lot.exactOptional(),
      expiryDate: Day.exactOptional(),
      ...amount,
    }),
  ])
  .meta({
    id: 'ReceiptLine',
    description:
      'Typed, or scanned with what the pack does not say typed; `quantity` is units, `packs` packs, exactly one of them; `packPrice` is tiyin',
  });

const SupplierDocument = z.object({
  supplier: z.string().trim().min(1).max(60),
  number: z.string().trim().min(1).max(40),
});

const ReceivedLine = z
  .object({
    gtin: Gtin,
    medicine: MedicineCode,
    lot: Lot,
    expiryDate: Day,
    quantity: ReceivedUnits,
    /** In which it came in; what it is now, the stock says. */
    state: LotState.exactOptional(),
    packUnits: z.int().exactOptional(),
    packPrice: z.int().exactOptional(),
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
  })
  .meta({ id: 'ReceivedLine' });

const Receipt = z
  .object({
    id: z.string(),
    /** `posting` goes on by itself: `/api/jobs/{id}` says how far it is. */
    state: z.enum(['posted', 'posting']),
    of: z.int().meta({ description: 'Lines that are posted; of many, the first hundred are shown' }),
    lines: z.array(ReceivedLine),
    discrepancies: z.int(),
  })
  .meta({ id: 'Receipt' });

const ReceiptHead = z
  .object({
    id: z.string(),
    at: Instant,
    person: z.string(),
    state: z.enum(['posted', 'posting']),
    of: z.int(),
    document: SupplierDocument.exactOptional(),
    order: z.string().exactOptional(),
    expected: z.string().exactOptional(),
    arrival: Arrival.exactOptional(),
    backdated: Backdated.exactOptional(),
    discrepancies: z.int(),
    open: z.int(),
  })
  .meta({ id: 'ReceiptHead' });

export const RecordedDiscrepancy = Discrepancy.extend({
  id: z.string(),
  receipt: z.string(),
  at: Instant,
  medicine: MedicineCode.exactOptional(),
  state: z.enum(['open', 'resolved']),
  resolution: Resolution.exactOptional(),
  reason: z.string().exactOptional(),
  resolvedBy: z.string().exactOptional(),
  resolvedAt: Instant.exactOptional(),
}).meta({ id: 'RecordedDiscrepancy', description: 'How a delivery differed, and what became of it' });

const Expected = z
  .object({
    id: z.string(),
    at: Instant,
    person: z.string(),
    supplier: z.string(),
    number: z.string().exactOptional(),
    state: z.enum(['open', 'closed']),
    version: z.int(),
    of: z.int(),
    packs: z.int(),
    units: z.int(),
    receipts: z.array(z.string()),
  })
  .meta({ id: 'Expected', description: 'A delivery as its supplier announced it' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const announced = {
  id,
  at: '2026-11-20T09:30:00.000Z',
  person: 'warehouse',
  supplier: 'Namuna Farm',
  number: 'N-17',
  state: 'open' as const,
  version: 1,
  of: 1,
  packs: 10,
  units: 0,
  receipts: [],
};
const received = {
  gtin: '09521020199013',
  medicine: 'AMOX500CAP',
  lot: 'A1234',
  expiryDate: '2027-06-30',
  quantity: 160,
  state: 'available' as const,
  packUnits: 16,
};
const short = { kind: 'short' as const, gtin: '09521020199013', lot: 'A1234', expected: 160, received: 144 };
const recorded = {
  ...short,
  id: `${id}.1`,
  receipt: id,
  at: '2026-11-20T09:30:00.000Z',
  medicine: 'AMOX500CAP',
  state: 'open' as const,
};

export const receiptRoutes = defineRoutes({
  receiveStock: {
    method: 'POST',
    path: '/api/sites/{site}/receipts',
    summary: 'Receive goods: typed, or from raw GS1 scans, free or against an expected list, with what differs from it',
    access: keepers,
    params,
    body: z
      .object({
        lines: z.array(ReceiptLine).max(maxReceiptLines),
        document: SupplierDocument.exactOptional(),
        order: z.string().max(40).exactOptional(),
        expected: Ulid.exactOptional(),
        partial: z
          .boolean()
          .exactOptional()
          .meta({ description: 'More of the expected list is to come: it stays open, and nothing is short yet' }),
        arrival: Arrival.exactOptional(),
        backdated: Backdated.exactOptional(),
        discrepancies: z.array(Discrepancy).max(1_000).exactOptional(),
      })
      .refine((r) => r.lines.length > 0 || r.expected !== undefined || (r.discrepancies ?? []).length > 0, {
        path: ['lines'],
      })
      .meta({ id: 'ReceiptRequest' }),
    answers: { 201: Receipt, 202: Receipt },
    keyed: true,
    bodyCharacters,
    example: {
      body: { lines: [{ gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', packs: 10 }] },
      answer: { id, state: 'posted', of: 1, lines: [received], discrepancies: 0 },
    },
  },
  listReceipts: {
    method: 'GET',
    path: '/api/sites/{site}/receipts',
    summary: 'Receipts of a site, the newest first',
    access: readers,
    params,
    query: PageQuery,
    answers: { 200: listOf(ReceiptHead) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            id,
            at: '2026-11-20T09:30:00.000Z',
            person: 'warehouse',
            state: 'posted',
            of: 1,
            discrepancies: 0,
            open: 0,
          },
        ],
      },
    },
  },
  readReceipt: {
    method: 'GET',
    path: '/api/sites/{site}/receipts/{id}',
    summary: 'One receipt with a part of its lines, counted from 0, and how its delivery differed',
    access: readers,
    params: oneParams,
    query: PartQuery,
    answers: {
      200: ReceiptHead.extend({
        lines: z.array(ReceivedLine),
        parts: z.int(),
        differs: z.array(RecordedDiscrepancy),
      }).meta({ id: 'ReceiptPart' }),
    },
    keyed: false,
    example: {
      answer: {
        id,
        at: '2026-11-20T09:30:00.000Z',
        person: 'warehouse',
        state: 'posted',
        of: 1,
        discrepancies: 1,
        open: 1,
        lines: [received],
        parts: 1,
        differs: [recorded],
      },
    },
  },
  announceExpected: {
    method: 'POST',
    path: '/api/sites/{site}/expected',
    summary: 'Announce a delivery, so that it is ticked off when it comes',
    access: keepers,
    params,
    body: z
      .strictObject({
        supplier: z.string().trim().min(1).max(60),
        number: z.string().trim().min(1).max(40).exactOptional(),
        lines: z.array(ExpectedLine).min(1).max(maxReceiptLines),
        units: z.array(ExpectedUnit).max(5_000).exactOptional(),
      })
      .meta({ id: 'ExpectedRequest' }),
    answers: {
      201: Expected.extend({
        unknown: z.array(Gtin).meta({ description: 'GTINs that the formulary does not know' }),
      }).meta({ id: 'Announced' }),
    },
    keyed: true,
    bodyCharacters,
    example: {
      body: {
        supplier: 'Namuna Farm',
        number: 'N-17',
        lines: [{ gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', packs: 10 }],
      },
      answer: { ...announced, unknown: [] },
    },
  },
  listExpected: {
    method: 'GET',
    path: '/api/sites/{site}/expected',
    summary: 'Deliveries that a site expects, or those that came',
    access: readers,
    params,
    query: PageQuery.extend({ state: z.enum(['open', 'closed']).exactOptional() }),
    answers: { 200: listOf(Expected) },
    keyed: false,
    example: { answer: { items: [announced] } },
  },
  readExpected: {
    method: 'GET',
    path: '/api/sites/{site}/expected/{id}',
    summary:
      'One list with a part of its lines and of its cartons, counted from 0; `got` is what came of a line, in units',
    access: readers,
    params: oneParams,
    query: PartQuery,
    answers: {
      200: Expected.extend({
        lines: z.array(AnnouncedLine),
        cartons: z.array(ExpectedUnit),
        parts: z.int(),
      }).meta({ id: 'ExpectedPart' }),
    },
    keyed: false,
    example: {
      answer: {
        ...announced,
        lines: [{ gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', packs: 10, got: 0 }],
        cartons: [],
        parts: 1,
      },
    },
  },
  listDiscrepancies: {
    method: 'GET',
    path: '/api/sites/{site}/discrepancies',
    summary: 'How deliveries differed: open ones, or those that were settled; a page holds whole receipts',
    access: readers,
    params,
    query: PageQuery.extend({ state: z.enum(['open', 'resolved']).exactOptional() }),
    answers: { 200: listOf(RecordedDiscrepancy) },
    keyed: false,
    example: { answer: { items: [recorded] } },
  },
  resolveDiscrepancy: {
    method: 'POST',
    path: '/api/sites/{site}/discrepancies/{id}/resolve',
    summary: 'Say what became of a discrepancy; stock does not move by it',
    access: { ...keepers, quality: 'all' },
    params: z.object({ site: SiteId, id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}\.\d{1,5}$/) }),
    body: z.strictObject({ resolution: Resolution, reason: Reason }).meta({ id: 'ResolutionRequest' }),
    answers: { 200: RecordedDiscrepancy },
    keyed: true,
    example: {
      body: { resolution: 'credited', reason: 'supplier sent a credit note' },
      answer: {
        ...recorded,
        state: 'resolved',
        resolution: 'credited',
        reason: 'supplier sent a credit note',
        resolvedBy: 'warehouse',
        resolvedAt: '2026-11-21T09:30:00.000Z',
      },
    },
  },
  releaseLot: {
    method: 'POST',
    path: '/api/sites/{site}/lots/release',
    summary: 'Quality control releases a lot that waits for it',
    access: { quality: 'all' },
    params,
    body: z.strictObject({ gtin: Gtin, lot: Lot, reason: Reason }).meta({ id: 'ReleaseRequest' }),
    answers: {
      200: z.object({ site: SiteId, gtin: Gtin, lot: Lot, state: z.literal('available') }).meta({ id: 'Released' }),
    },
    keyed: true,
    example: {
      body: { gtin: '09521020199013', lot: 'A1234', reason: 'certificate of analysis seen' },
      answer: { site: 'WH-0001', gtin: '09521020199013', lot: 'A1234', state: 'available' },
    },
  },
  placeLot: {
    method: 'POST',
    path: '/api/sites/{site}/lots/place',
    summary: 'Put a lot away: the zone and shelf where it lies',
    access: keepers,
    params,
    body: z
      .strictObject({ gtin: Gtin, lot: Lot, zone: Zone, shelf: Shelf.exactOptional() })
      .meta({ id: 'PlaceRequest' }),
    answers: {
      200: z
        .object({ site: SiteId, gtin: Gtin, lot: Lot, zone: Zone, shelf: Shelf.exactOptional() })
        .meta({ id: 'Placed' }),
    },
    keyed: true,
    example: {
      body: { gtin: '09521020199013', lot: 'A1234', zone: 'B', shelf: '3-2' },
      answer: { site: 'WH-0001', gtin: '09521020199013', lot: 'A1234', zone: 'B', shelf: '3-2' },
    },
  },
});
