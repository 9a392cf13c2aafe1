/** Counting what lies on the shelves: begin, enter line by line, put right what differs. */
import { SiteId } from '@darmon/domain/actor';
import { CountReason, CountScope, CountState, maxCountLines, Recount } from '@darmon/domain/count';
import { Reason } from '@darmon/domain/event';
import { MovementKind } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { Lot, maxReceivedUnits, Shelf, Zone } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const countParams = z.object({ site: SiteId, id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) });
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const readers = { ...keepers, quality: 'all', chief: 'all', auditor: 'all' } as const;

/** Lines that one request enters; what waited for the network comes in several. */
export const maxCountEntries = 40;

const Count = z
  .object({
    id: z.string(),
    /** What people call it by. */
    number: z.string(),
    site: SiteId,
    scope: CountScope,
    blind: z.boolean(),
    state: CountState,
    person: z.string(),
    at: Instant,
    lines: z.int(),
    counted: z.int(),
    differing: z.int().exactOptional().meta({ description: 'Not told while a blind count is open' }),
    recounts: z.int(),
    reason: z.string().exactOptional(),
    closedAt: Instant.exactOptional(),
    closedBy: z.string().exactOptional(),
    /** The job that posts the differences of very many lines. */
    posting: z.string().exactOptional(),
  })
  .meta({ id: 'Count' });

const CountLine = z
  .object({
    gtin: Gtin,
    lot: Lot,
    medicine: MedicineCode,
    expiryDate: Day,
    brand: z.string(),
    packUnits: z.int(),
    divisibleBy: z.int().exactOptional(),
    packPrice: z.int().exactOptional(),
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
    added: z
      .boolean()
      .exactOptional()
      .meta({ description: 'Found by counting, and not in the book when it was frozen' }),
    frozenAt: Instant,
    book: z
      .int()
      .exactOptional()
      .meta({ description: 'On hand when it was frozen; a blind count hides it until counted' }),
    counted: z.int().exactOptional(),
    countedAt: Instant.exactOptional(),
    countedBy: z.string().exactOptional(),
    times: z.int().exactOptional(),
    bookThen: z.int().exactOptional().meta({ description: 'On hand at the instant of the entry' }),
    difference: z.int().exactOptional().meta({ description: 'Counted, less what the book said at that instant' }),
    value: z.int().exactOptional().meta({ description: 'Tiyin of the difference, signed' }),
    moved: z.int().meta({ description: 'Units that came or went between freezing and the entry' }),
    movedAfter: z.int().exactOptional().meta({ description: 'Units that came or went since the entry' }),
    movements: z.array(
      z.object({ id: z.string(), at: Instant, kind: MovementKind, quantity: z.int(), person: z.string() }),
    ),
    recount: Recount.exactOptional(),
    reason: CountReason.exactOptional(),
    note: z.string().exactOptional(),
  })
  .meta({ id: 'CountLine' });

const CountRead = Count.extend({
  asOf: Instant.meta({ description: 'Now, by the clock that counts: devices have their own' }),
  ...listOf(CountLine).shape,
}).meta({ id: 'CountRead' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const count = {
  id,
  number: 'E9J7R2CE',
  site: 'WH-0001',
  scope: { kind: 'zone', zones: ['B'] },
  blind: false,
  state: 'open',
  person: 'warehouse',
  at: '2026-11-21T06:00:00.000Z',
  lines: 120,
  counted: 1,
  differing: 1,
  recounts: 1,
} as const;
const line = {
  gtin: '09521020199013',
  lot: 'A1234',
  medicine: 'AMOX500CAP',
  expiryDate: '2027-06-30',
  brand: 'Namuna',
  packUnits: 16,
  zone: 'B',
  shelf: '3-2',
  frozenAt: '2026-11-21T06:00:01.000Z',
  book: 160,
  counted: 128,
  countedAt: '2026-11-21T06:12:00.000Z',
  countedBy: 'warehouse2',
  times: 1,
  bookThen: 144,
  difference: -16,
  value: -2_400_000,
  moved: -16,
  movedAfter: 0,
  movements: [
    {
      id: '01KAGZ5V9YV1Q5T1M0E9J7R2CF',
      at: '2026-11-21T06:05:00.000Z',
      kind: 'transfer-out',
      quantity: -16,
      person: 'warehouse',
    },
  ],
  recount: 'tolerance',
} as const;

export const countRoutes = defineRoutes({
  startCount: {
    method: 'POST',
    path: '/api/sites/{site}/counts',
    summary: `Begin a count of at most ${maxCountLines} lines; what the book says of each is frozen. One runs at a site at a time`,
    access: keepers,
    params,
    body: z.strictObject({ scope: CountScope, blind: z.boolean() }).meta({ id: 'CountRequest' }),
    answers: { 201: Count },
    keyed: true,
    example: {
      body: { scope: { kind: 'zone', zones: ['B'] }, blind: false },
      answer: { ...count, counted: 0, differing: 0, recounts: 0 },
    },
  },
  listCounts: {
    method: 'GET',
    path: '/api/sites/{site}/counts',
    summary: 'Counts of a site, newest first',
    access: readers,
    params,
    query: PageQuery,
    answers: { 200: listOf(Count) },
    keyed: false,
    example: { answer: { items: [count] } },
  },
  readCount: {
    method: 'GET',
    path: '/api/sites/{site}/counts/{id}',
    summary: 'A count with a page of its lines, each with what moved under it',
    access: readers,
    params: countParams,
    query: PageQuery,
    answers: { 200: CountRead },
    keyed: false,
    example: { answer: { ...count, asOf: '2026-11-21T06:12:30.000Z', items: [line] } },
  },
  advanceCount: {
    method: 'POST',
    path: '/api/sites/{site}/counts/{id}/advance',
    summary: 'Go on freezing a count that is not open yet; harmless to repeat',
    access: keepers,
    params: countParams,
    answers: { 200: Count },
    keyed: false,
    example: { answer: count },
  },
  enterCounts: {
    method: 'POST',
    path: '/api/sites/{site}/counts/{id}/entries',
    summary: 'What lies there, lot by lot, compared with the book at this instant; the same lot again is a recount',
    access: keepers,
    params: countParams,
    body: z
      .strictObject({
        entries: z
          .array(
            z.strictObject({
              gtin: Gtin,
              lot: Lot,
              expiryDate: Day.exactOptional(),
              counted: z.int().min(0).max(maxReceivedUnits),
              startedAt: Instant.exactOptional(),
            }),
          )
          .min(1)
          .max(maxCountEntries),
      })
      .meta({
        id: 'CountEntries',
        description:
          'Units by lot. What moved since `startedAt`, by the clock that `asOf` shows, asks for a recount; `expiryDate` is for a lot that nobody knows',
      }),
    answers: { 200: z.object({ count: Count, lines: z.array(CountLine) }) },
    keyed: true,
    example: {
      body: { entries: [{ gtin: '09521020199013', lot: 'A1234', counted: 128 }] },
      answer: { count, lines: [line] },
    },
  },
  postCount: {
    method: 'POST',
    path: '/api/sites/{site}/counts/{id}/post',
    summary: 'Add each difference to the book, with its reason, and close the count',
    access: keepers,
    params: countParams,
    body: z
      .strictObject({
        reasons: z
          .array(
            z.strictObject({
              gtin: Gtin,
              lot: Lot,
              reason: CountReason,
              note: z.string().trim().min(3).max(200).exactOptional(),
            }),
          )
          .max(maxCountLines),
        /** Lines that nobody counted stay as they are. */
        leaveUncounted: z.boolean().exactOptional(),
      })
      .meta({ id: 'CountPosting' }),
    answers: { 200: Count, 202: Count },
    keyed: true,
    example: {
      body: {
        reasons: [{ gtin: '09521020199013', lot: 'A1234', reason: 'damaged-unrecorded' }],
        leaveUncounted: true,
      },
      answer: {
        ...count,
        recounts: 0,
        state: 'posted',
        closedAt: '2026-11-21T07:00:00.000Z',
        closedBy: 'warehouse',
      },
    },
  },
  cancelCount: {
    method: 'POST',
    path: '/api/sites/{site}/counts/{id}/cancel',
    summary: 'Call a count off; nothing of it is put right',
    access: keepers,
    params: countParams,
    body: z.strictObject({ reason: Reason }).meta({ id: 'CountCancelling' }),
    answers: { 200: Count },
    keyed: true,
    example: {
      body: { reason: 'begun by mistake' },
      answer: {
        ...count,
        state: 'cancelled',
        reason: 'begun by mistake',
        closedAt: '2026-11-21T07:00:00.000Z',
        closedBy: 'warehouse',
      },
    },
  },
});
