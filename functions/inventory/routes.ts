/** What a warehouse or a pharmacy may ask for about its stock. */
import { SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { MovementKind } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PostingKind, PostingProblem } from '@darmon/domain/posting';
import { RegisterEntry } from '@darmon/domain/register';
import { Lot, LotState, Shelf, Zone } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';
import { alertRoutes } from './alert-routes.ts';
import { countRoutes } from './count-routes.ts';
import { importRoutes } from './import-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { packRoutes } from './pack-routes.ts';
import { photoRoutes } from './photo-routes.ts';
import { recallRoutes } from './recall-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { transferRoutes } from './transfer-routes.ts';
import { writeOffRoutes } from './write-off-routes.ts';

export const StockItem = z
  .object({
    gtin: Gtin,
    medicine: MedicineCode,
    lot: Lot,
    expiryDate: Day,
    /** All that is there; `held` of it is promised to a document. */
    onHand: z.int(),
    held: z.int(),
    state: z.enum([...LotState.options, 'expired']),
    packUnits: z.int(),
    packPrice: z.int().exactOptional(),
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
    /** It waits for quality control. */
    quality: z.boolean().exactOptional(),
  })
  .meta({ id: 'StockItem' });

const params = z.object({ site: SiteId });
const jobParams = z.object({ id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) });

export const Job = z
  .object({
    id: z.string(),
    kind: PostingKind,
    state: z.enum(['running', 'done']),
    done: z.int(),
    of: z.int(),
    problems: z.array(PostingProblem),
    result: z.object({ document: z.string(), state: z.string() }).exactOptional(),
  })
  .meta({ id: 'Job', description: 'Long work: how many lines are done, and which could not be posted' });

const keepers = { warehouse: 'own', pharmacist: 'own' } as const;

const stockRoutes = defineRoutes({
  listStock: {
    method: 'GET',
    path: '/api/sites/{site}/stock',
    summary: 'On hand by lot, now or at the end of an earlier day; state, place and price are those of now',
    access: { warehouse: 'own', pharmacist: 'own', quality: 'all', planner: 'all', chief: 'all', auditor: 'all' },
    params,
    query: PageQuery.extend({
      gtin: Gtin.exactOptional(),
      medicine: MedicineCode.exactOptional(),
      at: Day.exactOptional(),
    }),
    answers: { 200: listOf(StockItem) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            gtin: '09521020199013',
            medicine: 'AMOX500CAP',
            lot: 'A1234',
            expiryDate: '2027-06-30',
            onHand: 160,
            held: 0,
            state: 'available',
            packUnits: 16,
          },
        ],
      },
    },
  },
  listMovements: {
    method: 'GET',
    path: '/api/sites/{site}/movements',
    summary: 'What moved of one lot, oldest first; its sum is what is on hand',
    access: { warehouse: 'own', pharmacist: 'own', quality: 'all', auditor: 'all' },
    params,
    query: PageQuery.extend({ gtin: Gtin, lot: Lot }),
    answers: {
      200: listOf(
        z
          .object({
            id: z.string(),
            at: Instant,
            kind: MovementKind,
            quantity: z.int(),
            reference: z.string(),
            person: z.string(),
            /** When it was written, where it is dated back. */
            recordedAt: Instant.exactOptional(),
            reason: z.string().exactOptional(),
            reverses: z.string().exactOptional(),
          })
          .meta({ id: 'Movement' }),
      ),
    },
    keyed: false,
    example: { answer: { items: [] } },
  },
  listRegister: {
    method: 'GET',
    path: '/api/sites/{site}/register',
    summary: 'The register of a controlled medicine, newest entry first, each with the balance it left',
    access: { warehouse: 'own', pharmacist: 'own', quality: 'all', auditor: 'all' },
    params,
    query: PageQuery.extend({ medicine: MedicineCode }),
    answers: { 200: listOf(RegisterEntry) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            site: 'PH-1001',
            medicine: 'TRAM50CAP',
            seq: 2,
            at: '2026-11-20T09:30:00.000Z',
            kind: 'dispense',
            quantity: -10,
            balance: 90,
            reference: '01KAGZ5V9YV1Q5T1M0E9J7R2CD.1',
            person: 'pharmacist',
            witness: 'pharmacist3',
            prescriber: 'doctor',
          },
        ],
      },
    },
  },
  setLotState: {
    method: 'POST',
    path: '/api/sites/{site}/lots/state',
    summary: 'Put a lot of this site on hold or in quarantine, or release it',
    access: { warehouse: 'own', pharmacist: 'own', quality: 'all' },
    params,
    body: z
      .object({ gtin: Gtin, lot: Lot, state: z.enum(['available', 'on-hold', 'quarantined']), reason: Reason })
      .meta({ id: 'LotStateRequest' }),
    answers: { 200: StockItem },
    keyed: true,
    example: {
      body: { gtin: '09521020199013', lot: 'A1234', state: 'on-hold', reason: 'damaged carton' },
      answer: {
        gtin: '09521020199013',
        medicine: 'AMOX500CAP',
        lot: 'A1234',
        expiryDate: '2027-06-30',
        onHand: 160,
        held: 0,
        state: 'on-hold',
        packUnits: 16,
      },
    },
  },
  readJob: {
    method: 'GET',
    path: '/api/jobs/{id}',
    summary: 'How far long work is: a document of many lines on its way into the ledger',
    access: { ...keepers, quality: 'all', approver: 'all', chief: 'all', admin: 'all' },
    params: jobParams,
    answers: { 200: Job },
    keyed: false,
    example: {
      answer: {
        id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
        kind: 'receipt',
        state: 'running',
        done: 400,
        of: 10_000,
        problems: [],
      },
    },
  },
  advanceJob: {
    method: 'POST',
    path: '/api/jobs/{id}/advance',
    summary: 'Go on with it for a few seconds, so that whoever waits need not wait for the clock; harmless to repeat',
    access: { ...keepers, quality: 'all', approver: 'all', chief: 'all', admin: 'all' },
    params: jobParams,
    answers: { 200: Job },
    keyed: false,
    example: {
      answer: {
        id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
        kind: 'receipt',
        state: 'done',
        done: 10_000,
        of: 10_000,
        problems: [],
        result: { document: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', state: 'posted' },
      },
    },
  },
});

export const routes = {
  ...stockRoutes,
  ...receiptRoutes,
  ...writeOffRoutes,
  ...packRoutes,
  ...photoRoutes,
  ...importRoutes,
  ...countRoutes,
  ...recallRoutes,
  ...transferRoutes,
  ...ledgerRoutes,
  ...alertRoutes,
};
