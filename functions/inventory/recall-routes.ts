/** Recalls of a lot, and its state in the whole country. */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { MovementKind } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { CallCounts, Escaped, RecallClass, recallStates, SerialRange } from '@darmon/domain/recall';
import { Lot, LotState } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const RecallId = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const params = z.object({ id: RecallId });
const Place = z.string().meta({ description: 'A site, or `TRANSFER-<id>`: on its way between two' });
const placeKind = z.enum(['site', 'transfer']);

const RecallSum = z
  .object({
    terms: z.array(z.object({ kind: MovementKind, quantity: z.int() })),
    onHand: z.int(),
    inTransit: z.int(),
    /** The terms make what lies at sites and is on its way, in the country and at each place. */
    addsUp: z.boolean(),
    sites: z.int(),
    transfers: z.int(),
    wrong: z.int(),
    dispenses: z.int(),
    escaped: z.int(),
    due: z.int(),
  })
  .meta({ id: 'RecallSum', description: 'What came in and left, of the last count of all places' });

const recall = {
  id: RecallId,
  gtin: Gtin,
  lot: Lot,
  medicine: MedicineCode,
  brand: z.string(),
  expiryDate: Day,
  serials: SerialRange.exactOptional(),
  class: RecallClass,
  reason: z.string(),
  person: PersonId,
  at: Instant,
  state: z.enum(recallStates),
  passes: z.int(),
  found: z.int(),
  totals: RecallSum.exactOptional(),
  asOf: Instant.exactOptional(),
  /** A count is under way, or waits until what was under way at the freeze has ended. */
  counting: z.object({ pass: z.int(), places: z.int(), notBefore: Instant }).exactOptional(),
  closed: z.object({ at: Instant, person: PersonId, reason: z.string().exactOptional() }).exactOptional(),
};
export const RecallItem = z.object(recall).meta({ id: 'Recall' });
const RecallWhole = z
  .object({ ...recall, calls: CallCounts, escaped: z.array(Escaped) })
  .meta({ id: 'RecallWhole', description: 'With the first fifty dispenses that escaped, and how many were told' });

const place = {
  place: Place,
  kind: placeKind,
  onHand: z.int(),
  held: z.int(),
  dispenses: z.int(),
  dispensed: z.int(),
  returned: z.int(),
  writtenOff: z.int(),
  escaped: z.int(),
  /** To be found: what was there at the freeze and came since. */
  due: z.int(),
  found: z.int(),
  foundAt: Instant.exactOptional(),
  note: z.string().exactOptional(),
  asOf: Instant,
};
const RecallPlace = z.object(place).meta({ id: 'RecallPlace' });
const SiteRecall = z.object({ ...place, recall: RecallItem }).meta({ id: 'SiteRecall' });

const LotPlaces = z
  .object({
    gtin: Gtin,
    lot: Lot,
    medicine: MedicineCode,
    brand: z.string(),
    expiryDate: Day,
    state: LotState,
    items: z.array(z.object({ place: Place, kind: placeKind, onHand: z.int(), held: z.int(), state: LotState })),
    next: z.string().exactOptional(),
  })
  .meta({ id: 'LotPlaces', description: 'A lot, and a page of the places that ever held it' });

const readers = { quality: 'all', chief: 'all', approver: 'all', planner: 'all', auditor: 'all' } as const;
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
/** That a lot is recalled is nobody's secret. */
const everyKeeper = { warehouse: 'all', pharmacist: 'all' } as const;

const example = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  gtin: '09521020199013',
  lot: 'A1234',
  medicine: 'AMOX500CAP',
  brand: 'Demo',
  expiryDate: '2027-06-30',
  class: 2,
  reason: 'foreign particles',
  person: 'quality',
  at: '2026-11-20T09:30:00.000Z',
  state: 'complete',
  passes: 2,
  found: 0,
  totals: {
    terms: [
      { kind: 'receipt', quantity: 160 },
      { kind: 'dispense', quantity: -20 },
    ],
    onHand: 140,
    inTransit: 0,
    addsUp: true,
    sites: 1,
    transfers: 0,
    wrong: 0,
    dispenses: 1,
    escaped: 0,
    due: 140,
  },
  asOf: '2026-11-20T09:31:00.000Z',
} as const;
const placeExample = {
  place: 'PH-0001',
  kind: 'site',
  onHand: 140,
  held: 0,
  dispenses: 1,
  dispensed: 20,
  returned: 0,
  writtenOff: 0,
  escaped: 0,
  due: 140,
  found: 140,
  asOf: '2026-11-20T09:31:00.000Z',
} as const;

export const recallRoutes = defineRoutes({
  findLot: {
    method: 'GET',
    path: '/api/lots',
    summary: 'A lot in the whole country: its state, and every place that ever held it',
    access: { ...readers },
    query: PageQuery.extend({ gtin: Gtin, lot: Lot }),
    answers: { 200: LotPlaces },
    keyed: false,
    example: {
      answer: {
        gtin: '09521020199013',
        lot: 'A1234',
        medicine: 'AMOX500CAP',
        brand: 'Demo',
        expiryDate: '2027-06-30',
        state: 'available',
        items: [{ place: 'PH-0001', kind: 'site', onHand: 140, held: 0, state: 'available' }],
      },
    },
  },
  setCountryState: {
    method: 'POST',
    path: '/api/lots/state',
    summary: 'Put a lot on hold or in quarantine in the whole country, or release it',
    access: { quality: 'all' },
    body: z
      .object({ gtin: Gtin, lot: Lot, state: z.enum(['available', 'on-hold', 'quarantined']), reason: Reason })
      .meta({ id: 'CountryStateRequest' }),
    answers: { 200: z.object({ gtin: Gtin, lot: Lot, state: LotState }).meta({ id: 'CountryState' }) },
    keyed: true,
    example: {
      body: { gtin: '09521020199013', lot: 'A1234', state: 'on-hold', reason: 'a report of side effects' },
      answer: { gtin: '09521020199013', lot: 'A1234', state: 'on-hold' },
    },
  },
  openRecall: {
    method: 'POST',
    path: '/api/recalls',
    summary: 'Recall a lot: frozen at once in the whole country',
    access: { quality: 'all', chief: 'all' },
    body: z
      .object({ gtin: Gtin, lot: Lot, serials: SerialRange.exactOptional(), class: RecallClass, reason: Reason })
      .meta({ id: 'RecallRequest' }),
    answers: { 201: z.object({ id: RecallId, state: z.enum(recallStates) }).meta({ id: 'RecallOpened' }) },
    keyed: true,
    example: {
      body: { gtin: '09521020199013', lot: 'A1234', class: 2, reason: 'foreign particles' },
      answer: { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', state: 'working' },
    },
  },
  listRecalls: {
    method: 'GET',
    path: '/api/recalls',
    summary: 'Recalls, newest first',
    access: { ...readers, ...everyKeeper },
    query: PageQuery,
    answers: { 200: listOf(RecallItem) },
    keyed: false,
    example: { answer: { items: [example] } },
  },
  readRecall: {
    method: 'GET',
    path: '/api/recalls/{id}',
    summary: 'A recall: its sum, what escaped, how many patients were told',
    access: { ...readers, ...everyKeeper },
    params,
    answers: { 200: RecallWhole },
    keyed: false,
    example: {
      answer: { ...example, calls: { reached: 1, notReached: 0, returned: 0, units: 0 }, escaped: [] },
    },
  },
  listRecallPlaces: {
    method: 'GET',
    path: '/api/recalls/{id}/places',
    summary: 'How every place that ever held the lot stands',
    access: { ...readers },
    params,
    query: PageQuery,
    answers: { 200: listOf(RecallPlace) },
    keyed: false,
    example: { answer: { items: [placeExample] } },
  },
  listEscaped: {
    method: 'GET',
    path: '/api/recalls/{id}/escaped',
    summary: 'Dispenses that the freeze did not stop',
    access: { ...readers },
    params,
    query: PageQuery,
    answers: { 200: listOf(Escaped) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  workRecall: {
    method: 'POST',
    path: '/api/recalls/{id}/advance',
    summary: 'Go on with the count for a few seconds, or count once more; harmless to repeat',
    access: { quality: 'all', chief: 'all', ...everyKeeper },
    params,
    answers: { 200: RecallItem },
    keyed: false,
    example: { answer: example },
  },
  reportFound: {
    method: 'POST',
    path: '/api/recalls/{id}/found',
    summary: 'Say how many units a site found and set aside, all in all',
    access: { ...keepers, quality: 'all' },
    params,
    body: z
      .object({ site: SiteId, quantity: z.int().min(0).max(1_000_000_000), note: Reason.exactOptional() })
      .meta({ id: 'RecallFoundRequest' }),
    answers: { 200: RecallPlace },
    keyed: true,
    example: { body: { site: 'PH-0001', quantity: 140 }, answer: placeExample },
  },
  endRecall: {
    method: 'POST',
    path: '/api/recalls/{id}/close',
    summary: 'Close a recall; units that nobody found need a reason',
    access: { quality: 'all', chief: 'all' },
    params,
    body: z.object({ reason: Reason.exactOptional() }).meta({ id: 'RecallCloseRequest' }),
    answers: { 200: z.object({ id: RecallId, state: z.enum(recallStates) }).meta({ id: 'RecallClosed' }) },
    keyed: true,
    example: {
      body: { reason: 'two packs were lost before the recall' },
      answer: { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', state: 'closed' },
    },
  },
  listSiteRecalls: {
    method: 'GET',
    path: '/api/sites/{site}/recalls',
    summary: 'Recalls of lots that a site ever held, and what it has to find',
    access: { ...readers, ...keepers },
    params: z.object({ site: SiteId }),
    query: PageQuery,
    answers: { 200: listOf(SiteRecall) },
    keyed: false,
    example: { answer: { items: [{ ...placeExample, recall: example }] } },
  },
});
