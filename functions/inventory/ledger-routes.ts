/** What anybody may prove from the ledger: a balance on any date, what it is made of, and a mistake taken back. */

import { AbcClass } from '@darmon/domain/abc';
import { SiteId } from '@darmon/domain/actor';
import { ApprovalId } from '@darmon/domain/approval';
import { Reason } from '@darmon/domain/event';
import { MovementKind } from '@darmon/domain/ledger';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { Lot } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const readers = {
  warehouse: 'own',
  pharmacist: 'own',
  quality: 'all',
  planner: 'all',
  approver: 'all',
  chief: 'all',
  auditor: 'all',
} as const;

const Balance = z
  .object({
    site: SiteId,
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    /** The last millisecond that counts. */
    at: Instant,
    onHand: z.int(),
    of: z.array(z.object({ kind: MovementKind, quantity: z.int(), movements: z.int() })),
    movements: z.int(),
    addsUp: z.boolean().meta({ description: 'The movements one by one and the sums of the months say the same' }),
  })
  .meta({ id: 'Balance' });

const History = z
  .object({
    site: SiteId,
    medicine: MedicineCode,
    onHand: z.int(),
    months: z.array(
      z.object({ month: z.string(), onHand: z.int(), used: z.int(), sent: z.int() }).meta({ id: 'MonthPoint' }),
    ),
    days: z.array(z.object({ day: Day, onHand: z.int(), used: z.int() }).meta({ id: 'DayPoint' })),
  })
  .meta({ id: 'StockHistory', description: 'At the end of each month and day; the last one is not over yet' });

const lot = { gtin: '09521020199013', lot: 'A1234' };

export const ReversalRequest = z
  .strictObject({
    gtin: Gtin,
    lot: Lot,
    movement: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
    reason: Reason,
    approval: ApprovalId.exactOptional(),
  })
  .meta({
    id: 'ReversalRequest',
    description:
      'A colleague of the site approves what is controlled, entered by another or older than the policy’s hours',
  });

export const ledgerRoutes = defineRoutes({
  readBalance: {
    method: 'GET',
    path: '/api/sites/{site}/balance',
    summary: 'What was on hand of a lot at the end of a day or at an instant, and every movement that adds up to it',
    access: readers,
    params,
    query: z.object({ gtin: Gtin, lot: Lot, at: z.union([Day, Instant]).exactOptional() }),
    answers: { 200: Balance },
    keyed: false,
    example: {
      answer: {
        site: 'PH-1001',
        medicine: 'AMOX500CAP',
        ...lot,
        expiryDate: '2027-06-30',
        at: '2026-10-31T18:59:59.999Z',
        onHand: 139,
        of: [
          { kind: 'dispense', quantity: -21, movements: 1 },
          { kind: 'receipt', quantity: 160, movements: 1 },
        ],
        movements: 2,
        addsUp: true,
      },
    },
  },
  readHistory: {
    method: 'GET',
    path: '/api/sites/{site}/history',
    summary: 'How the stock of a medicine went, by month and by day',
    access: readers,
    params,
    query: z.object({ medicine: MedicineCode }),
    answers: { 200: History },
    keyed: false,
    example: {
      answer: {
        site: 'PH-1001',
        medicine: 'AMOX500CAP',
        onHand: 139,
        months: [{ month: '2026-11', onHand: 139, used: 21, sent: 0 }],
        days: [{ day: '2026-11-20', onHand: 139, used: 21 }],
      },
    },
  },
  reverseMovement: {
    method: 'POST',
    path: '/api/sites/{site}/reversals',
    summary:
      'Take a movement back by its opposite: a receipt, an opening balance, a write-off, a count or a correction',
    access: { warehouse: 'own', pharmacist: 'own' },
    params,
    body: ReversalRequest,
    answers: {
      201: z
        .object({ movement: z.string(), quantity: z.int(), onHand: z.int() })
        .meta({ id: 'Reversal', description: 'The movement that was taken back, and what it gave or took' }),
    },
    keyed: true,
    example: {
      body: { ...lot, movement: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', reason: 'counted twice on arrival' },
      answer: { movement: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', quantity: -160, onHand: 0 },
    },
  },
  listClasses: {
    method: 'GET',
    path: '/api/sites/{site}/classes',
    summary: 'Medicines by the value of their use in three months: classes A, B and C',
    access: readers,
    params,
    answers: {
      200: z.object({
        items: z.array(
          z
            .object({ medicine: MedicineCode, class: AbcClass, used: z.int(), value: z.int() })
            .meta({ id: 'ClassedMedicine', description: 'Units used and their worth in tiyin' }),
        ),
      }),
    },
    keyed: false,
    example: { answer: { items: [{ medicine: 'AMOX500CAP', class: 'A', used: 4_200, value: 84_000_000 }] } },
  },
});
