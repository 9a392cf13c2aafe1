/** Acts of write-off: drawn up by the site, signed by others, and the expired stock that asks for one. */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { ApprovalId, BodyHash } from '@darmon/domain/approval';
import { Reason } from '@darmon/domain/event';
import { Backdated, shortNumber } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PhotoId } from '@darmon/domain/photo';
import { Lot, LotState, Shelf, Zone } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { TransferId } from '@darmon/domain/transfer';
import {
  maxWriteOffLines,
  maxWriteOffPhotos,
  Signature,
  WantedWriteOff,
  WriteOff,
  WriteOffNote,
  WriteOffReason,
  WriteOffState,
} from '@darmon/domain/write-off';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const overseers = { quality: 'all', approver: 'all', chief: 'all' } as const;
const readers = { ...keepers, ...overseers, auditor: 'all' } as const;

const siteParams = z.object({ site: SiteId });
const idParams = z.object({ id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) });
const StateQuery = PageQuery.extend({ state: WriteOffState.exactOptional() });

const number = z.string().meta({ description: 'What people call the act by' });

export const WriteOffAct = WriteOff.omit({ version: true })
  .extend({ number })
  .meta({ id: 'WriteOffAct', description: 'An act, who signed it and what became of it; values in tiyin' });

export const WriteOffSummary = z
  .object({
    id: z.string(),
    number,
    site: SiteId,
    transfer: WriteOff.shape.transfer,
    state: WriteOffState,
    at: Instant,
    author: z.object({ person: PersonId, name: z.string() }),
    lines: z.int(),
    reasons: z.array(WriteOffReason),
    value: z.int(),
    photos: z.int(),
    needed: z.int(),
    signatures: z.array(Signature),
  })
  .meta({ id: 'WriteOffSummary' });

const Proposal = z
  .object({
    gtin: Gtin,
    medicine: MedicineCode,
    lot: Lot,
    expiryDate: Day,
    brand: z.string(),
    packUnits: z.int(),
    packPrice: z.int().exactOptional(),
    quantity: z.int(),
    value: z.int(),
    state: LotState,
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
  })
  .meta({ id: 'WriteOffProposal', description: 'A lot that has expired, with all its units that nobody holds' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const actHash = 'Hq4uLq6iN3yC0p5m5Jx3cF2r8o4Y1tW9bZkQeXvS7Ug';
const act = {
  id,
  number: shortNumber(id),
  site: 'WH-0001',
  state: 'requested',
  at: '2026-11-20T09:30:00.000Z',
  author: { person: 'warehouse', name: 'Sinov Omborchi', role: 'warehouse' },
  lines: [
    {
      medicine: 'AMOX500CAP',
      gtin: '09521020199013',
      lot: 'A1234',
      expiryDate: '2027-06-30',
      brand: 'Amoxil',
      packUnits: 16,
      packPrice: 1_600_000,
      quantity: 32,
      value: 3_200_000,
      reason: 'damaged',
      note: 'crushed carton',
    },
  ],
  photos: [],
  value: 3_200_000,
  needed: 1,
  actHash,
  signatures: [],
};
const signature = {
  person: 'approver',
  name: 'Sinov Tasdiqlovchi',
  role: 'approver',
  site: 'OF-0001',
  at: '2026-11-20T12:30:00.000Z',
  approval: '01KAH9HGHYV1Q5T1M0E9J7R2CE',
};
const closedBy = (person: string, reason: string) => ({ person, at: '2026-11-20T12:30:00.000Z', reason });
const summary = {
  id,
  number: act.number,
  site: act.site,
  state: act.state,
  at: act.at,
  author: act.author,
  lines: 1,
  reasons: ['damaged'],
  value: act.value,
  photos: 0,
  needed: 1,
  signatures: [],
};

export const writeOffRoutes = defineRoutes({
  proposeWriteOffs: {
    method: 'GET',
    path: '/api/sites/{site}/write-offs/proposals',
    summary: 'Lots that have expired and still have free units, as they stand now; the first 80',
    access: readers,
    params: siteParams,
    answers: { 200: z.object({ items: z.array(Proposal), value: z.int() }) },
    keyed: false,
    example: { answer: { items: [], value: 0 } },
  },
  requestWriteOff: {
    method: 'POST',
    path: '/api/sites/{site}/write-offs',
    summary: 'Draw up an act: its units are held at once, and leave when others have signed',
    access: keepers,
    params: siteParams,
    body: z
      .object({
        transfer: TransferId.exactOptional().meta({
          description: 'Of what is on its way with this transfer, to or from the site; not of its shelf',
        }),
        lines: z.array(WantedWriteOff).min(1).max(maxWriteOffLines),
        photos: z.array(PhotoId).max(maxWriteOffPhotos).exactOptional(),
        note: WriteOffNote.exactOptional(),
        backdated: Backdated.exactOptional(),
      })
      .meta({ id: 'WriteOffRequest' }),
    answers: { 201: WriteOffAct },
    keyed: true,
    example: {
      body: {
        lines: [{ gtin: '09521020199013', lot: 'A1234', quantity: 32, reason: 'damaged', note: 'crushed carton' }],
      },
      answer: act,
    },
  },
  listWriteOffs: {
    method: 'GET',
    path: '/api/sites/{site}/write-offs',
    summary: 'Acts of a site, newest first; with a state a page can hold fewer than asked for',
    access: readers,
    params: siteParams,
    query: StateQuery,
    answers: { 200: listOf(WriteOffSummary) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  listOpenWriteOffs: {
    method: 'GET',
    path: '/api/write-offs',
    summary: 'Acts that wait for a signature: of every site for who oversees all, else of the own',
    access: readers,
    query: PageQuery.extend({ state: z.literal('requested').exactOptional() }),
    answers: { 200: listOf(WriteOffSummary) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  readWriteOff: {
    method: 'GET',
    path: '/api/write-offs/{id}',
    summary: 'One act, who signed it and what became of it',
    access: readers,
    params: idParams,
    answers: { 200: WriteOffAct },
    keyed: false,
    example: { answer: act },
  },
  approveWriteOff: {
    method: 'POST',
    path: '/api/write-offs/{id}/approve',
    summary:
      'Sign an act that another drew up, with an approval given for this path and `{actHash}`; the last signature takes the stock out',
    access: { ...keepers, ...overseers },
    params: idParams,
    body: z.object({ actHash: BodyHash, approval: ApprovalId }).meta({ id: 'WriteOffSignature' }),
    answers: { 200: WriteOffAct, 202: WriteOffAct },
    keyed: true,
    example: {
      body: { actHash, approval: signature.approval },
      answer: { ...act, state: 'approved', signatures: [signature] },
    },
  },
  refuseWriteOff: {
    method: 'POST',
    path: '/api/write-offs/{id}/refuse',
    summary: 'Say no to an act that another drew up: its units are free again',
    access: { ...keepers, ...overseers },
    params: idParams,
    body: z.object({ reason: Reason }),
    answers: { 200: WriteOffAct },
    keyed: true,
    example: {
      body: { reason: 'the carton can be sold' },
      answer: { ...act, state: 'refused', closed: closedBy('approver', 'the carton can be sold') },
    },
  },
  withdrawWriteOff: {
    method: 'POST',
    path: '/api/write-offs/{id}/withdraw',
    summary: 'Take an own act back: its units are free again',
    access: keepers,
    params: idParams,
    body: z.object({ reason: Reason }),
    answers: { 200: WriteOffAct },
    keyed: true,
    example: {
      body: { reason: 'the pack was found' },
      answer: { ...act, state: 'withdrawn', closed: closedBy('warehouse', 'the pack was found') },
    },
  },
});
