/** Goods from one site to another: asked for, agreed to, picked, shipped, taken in; and what never came. */
import { SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { Arrival, Discrepancy, Sscc } from '@darmon/domain/receiving';
import { Lot, LotState, ReceivedUnits, Shelf, Zone } from '@darmon/domain/stock';
import { Day } from '@darmon/domain/time';
import {
  maxPicks,
  maxTransferLines,
  PickListItem,
  Transfer,
  TransferArrival,
  TransferId,
  TransferLine,
  TransferState,
} from '@darmon/domain/transfer';
import { WriteOffState } from '@darmon/domain/write-off';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const readers = {
  ...keepers,
  quality: 'all',
  planner: 'all',
  approver: 'all',
  chief: 'all',
  auditor: 'all',
} as const;

const params = z.object({ id: TransferId });
const LineNumber = z.int().min(1).max(maxTransferLines);
const Scan = z.string().min(1).max(400);

export const TransferSummary = Transfer.omit({ version: true })
  .extend({ number: z.string().meta({ description: 'What people call it by' }) })
  .meta({ id: 'TransferSummary' });

/** What became of the units of one lot. */
export const TransferLot = z
  .object({
    line: z.int(),
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    packUnits: z.int(),
    picked: z.int(),
    received: z.int(),
    returned: z.int(),
    inTransit: z.int(),
    inAct: z.int().meta({ description: 'On its way and promised to an act of write-off' }),
    writtenOff: z.int(),
    serials: z.int().meta({ description: 'Packs among them that were scanned' }),
    controlled: z.boolean().exactOptional(),
    packPrice: z.int().exactOptional().meta({ description: 'Tiyin' }),
    reason: z.string().exactOptional(),
    /** Of what is on its way. */
    state: LotState.exactOptional(),
    /** It was picked and could not be shipped: the packs are still the sender's, and can be put back. */
    leftBehind: z.boolean().exactOptional(),
  })
  .meta({ id: 'TransferLot' });

const LineState = TransferLine.extend({ picked: z.int() }).meta({ id: 'TransferLineState' });

export const TransferDetail = TransferSummary.extend({
  lines: z.array(LineState),
  lots: z.array(TransferLot),
  arrivals: z.array(TransferArrival),
  acts: z.array(z.object({ id: z.string(), number: z.string(), state: WriteOffState })),
  /** Units that left the sender and are nowhere else yet. */
  inTransit: z.int(),
}).meta({ id: 'Transfer' });

export const PickList = z
  .object({
    items: z.array(PickListItem),
    missing: z.array(z.object({ line: z.int(), medicine: MedicineCode, quantity: z.int() })),
  })
  .meta({ id: 'PickList', description: 'In the order of the walk along the shelves; `missing` is what no shelf has' });

/** What is moved is posted at once, or, where there are many lines, goes on as the job named in it. */
const moved = { 200: TransferSummary, 202: TransferSummary };

export const PickAnswer = TransferSummary.extend({
  touched: z.array(LineState).meta({ description: 'The lines it changed, with all that is picked for them' }),
  picks: z.array(z.object({ line: z.int(), gtin: Gtin, lot: Lot, expiryDate: Day, quantity: z.int() })),
}).meta({ id: 'TransferPickAnswer' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const lot = { gtin: '09521020199013', lot: 'A1234' };
const summary = {
  id,
  number: 'E9J7R2CE',
  from: 'WH-0001',
  to: 'PH-0001',
  state: 'requested',
  at: '2026-11-20T09:30:00.000Z',
  person: 'pharmacist',
  lines: 1,
} as const;
const shipment = { person: 'warehouse', at: '2026-11-20T10:30:00.000Z' };
const line = { line: 1, medicine: 'AMOX500CAP', asked: 160, approved: 160, picked: 160 };
const pick = { line: 1, ...lot, expiryDate: '2027-06-30', quantity: 160 };
const detail = {
  ...summary,
  state: 'shipped',
  shipment,
  lines: [line],
  lots: [
    {
      line: 1,
      medicine: 'AMOX500CAP',
      ...lot,
      expiryDate: '2027-06-30',
      packUnits: 16,
      picked: 160,
      received: 0,
      returned: 0,
      inTransit: 160,
      inAct: 0,
      writtenOff: 0,
      serials: 0,
      state: 'available',
    },
  ],
  arrivals: [],
  acts: [],
  inTransit: 160,
};

export const transferRoutes = defineRoutes({
  requestTransfer: {
    method: 'POST',
    path: '/api/transfers',
    summary: 'Ask another site for medicines, or send some to it without being asked',
    access: keepers,
    body: z
      .strictObject({
        from: SiteId,
        to: SiteId,
        lines: z
          .array(
            z.union([
              z.strictObject({ medicine: MedicineCode, quantity: ReceivedUnits }),
              z.strictObject({
                gtin: Gtin,
                quantity: ReceivedUnits.exactOptional(),
                packs: z.int().min(1).max(100_000).exactOptional(),
              }),
            ]),
          )
          .min(1)
          .max(maxTransferLines),
        reason: Reason.exactOptional(),
        urgent: z.literal(true).exactOptional(),
        returns: TransferId.exactOptional(),
      })
      .meta({
        id: 'TransferRequest',
        description:
          'By the receiving site a request; by the sending one agreed to at once. `quantity` is units. What is urgent, and whatever goes between pharmacies, says why.',
      }),
    answers: { 201: TransferSummary },
    keyed: true,
    example: {
      body: { from: 'WH-0001', to: 'PH-0001', lines: [{ medicine: 'AMOX500CAP', quantity: 160 }] },
      answer: summary,
    },
  },
  listTransfers: {
    method: 'GET',
    path: '/api/transfers',
    summary: 'Transfers that a site sends or receives, the newest first',
    access: readers,
    query: PageQuery.extend({
      role: z.enum(['sender', 'receiver']),
      state: TransferState.exactOptional(),
      /** The own one where it is absent. */
      site: SiteId.exactOptional(),
    }),
    answers: { 200: listOf(TransferSummary) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  readTransfer: {
    method: 'GET',
    path: '/api/transfers/{id}',
    summary: 'One transfer with its lines, its lots, and where each unit of them is',
    access: readers,
    params,
    answers: { 200: TransferDetail },
    keyed: false,
    example: { answer: detail },
  },
  approveTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/approve',
    summary: 'Agree to send it: whole, or less of some lines, nothing of a line with 0',
    access: keepers,
    params,
    body: z
      .strictObject({
        lines: z
          .array(z.strictObject({ line: LineNumber, quantity: z.int().min(0).max(10_000_000) }))
          .max(maxTransferLines)
          .exactOptional(),
      })
      .meta({ id: 'TransferApproval' }),
    answers: { 200: TransferSummary },
    keyed: true,
    example: { body: { lines: [{ line: 1, quantity: 80 }] }, answer: { ...summary, state: 'approved' } },
  },
  refuseTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/refuse',
    summary: 'Decline to send it, and say why',
    access: keepers,
    params,
    body: z.strictObject({ reason: Reason }).meta({ id: 'TransferRefusal' }),
    answers: { 200: TransferSummary },
    keyed: true,
    example: { body: { reason: 'kept for the region' }, answer: { ...summary, state: 'refused' } },
  },
  cancelTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/cancel',
    summary: 'Give it up before it is shipped; what was picked is free again',
    access: keepers,
    params,
    body: z.strictObject({ reason: Reason }).meta({ id: 'TransferCancellation' }),
    answers: { 200: TransferSummary },
    keyed: true,
    example: { body: { reason: 'no longer needed' }, answer: { ...summary, state: 'cancelled' } },
  },
  readPickList: {
    method: 'GET',
    path: '/api/transfers/{id}/pick-list',
    summary: 'What is still to be picked: first expired first, in the order of zones and shelves',
    access: keepers,
    params,
    answers: { 200: PickList },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            line: 1,
            medicine: 'AMOX500CAP',
            ...lot,
            expiryDate: '2027-06-30',
            quantity: 160,
            packUnits: 16,
            brand: 'Namuna',
            zone: 'A',
            shelf: '2',
          },
        ],
        missing: [],
      },
    },
  },
  pickTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/picks',
    summary: 'Confirm packs taken off the shelf, scanned or typed: from then on they are held for the transfer',
    access: keepers,
    params,
    body: z
      .strictObject({
        picks: z
          .array(
            z.union([
              z.strictObject({ line: LineNumber, gtin: Gtin, lot: Lot, quantity: ReceivedUnits }),
              z.strictObject({
                scan: Scan,
                line: LineNumber.exactOptional(),
                lot: Lot.exactOptional(),
                quantity: ReceivedUnits.exactOptional(),
              }),
            ]),
          )
          .min(1)
          .max(maxPicks),
        reason: Reason.exactOptional(),
      })
      .meta({
        id: 'TransferPicks',
        description:
          'A scan is one pack where `quantity` (units) is absent. A lot that is not the first to expire needs a reason.',
      }),
    answers: { 200: PickAnswer },
    keyed: true,
    example: {
      body: { picks: [{ line: 1, ...lot, quantity: 160 }] },
      answer: { ...summary, state: 'picking', touched: [line], picks: [pick] },
    },
  },
  undoPick: {
    method: 'POST',
    path: '/api/transfers/{id}/picks/undo',
    summary: 'Put a lot back on its shelf',
    access: keepers,
    params,
    body: z.strictObject({ line: LineNumber, gtin: Gtin, lot: Lot }).meta({ id: 'TransferPickUndone' }),
    answers: { 200: PickAnswer },
    keyed: true,
    example: {
      body: { line: 1, ...lot },
      answer: { ...summary, state: 'picking', touched: [{ ...line, picked: 0 }], picks: [{ ...pick, quantity: -160 }] },
    },
  },
  shipTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/ship',
    summary: 'Send off what was picked: it leaves the site and is on its way',
    access: keepers,
    params,
    body: z
      .strictObject({ sscc: Sscc.exactOptional(), celsius: z.number().min(-90).max(60).exactOptional() })
      .meta({ id: 'TransferShipment', description: 'SSCC of the carton or pallet, and its temperature at departure' }),
    answers: moved,
    keyed: true,
    example: { body: { sscc: '095210201234567892' }, answer: { ...summary, state: 'shipped', shipment } },
  },
  receiveTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/receive',
    summary: 'Take in what came and tell what differs; what is missing stays on its way until it is found or sent back',
    access: keepers,
    params,
    body: z
      .strictObject({
        lines: z
          .array(
            z.union([
              z.strictObject({
                gtin: Gtin,
                lot: Lot,
                quantity: ReceivedUnits,
                expiryDate: Day.exactOptional(),
                zone: Zone.exactOptional(),
                shelf: Shelf.exactOptional(),
              }),
              z.strictObject({
                scan: Scan,
                lot: Lot.exactOptional(),
                quantity: ReceivedUnits.exactOptional(),
                zone: Zone.exactOptional(),
                shelf: Shelf.exactOptional(),
              }),
            ]),
          )
          .max(4 * maxTransferLines),
        discrepancies: z.array(Discrepancy).max(200).exactOptional(),
        arrival: Arrival.exactOptional(),
        /** Nobody waits for more: what is missing is short. */
        final: z.literal(true).exactOptional(),
      })
      .meta({ id: 'TransferReceipt' }),
    answers: moved,
    keyed: true,
    example: {
      body: { lines: [{ ...lot, quantity: 160, zone: 'A' }], final: true },
      answer: { ...summary, state: 'received', shipment },
    },
  },
  returnTransfer: {
    method: 'POST',
    path: '/api/transfers/{id}/return',
    summary: 'The sender has goods of it again: they were never loaded, or came back',
    access: keepers,
    params,
    body: z
      .strictObject({
        lines: z
          .array(z.strictObject({ gtin: Gtin, lot: Lot, quantity: ReceivedUnits }))
          .min(1)
          .max(maxTransferLines),
        reason: Reason,
      })
      .meta({ id: 'TransferReturn' }),
    answers: moved,
    keyed: true,
    example: {
      body: { lines: [{ ...lot, quantity: 160 }], reason: 'left on the ramp' },
      answer: { ...summary, state: 'received', shipment },
    },
  },
});
