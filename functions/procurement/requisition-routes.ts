/** What sites ask to be ordered: drafted, changed, submitted, authorised, approved, rejected, skipped; and all of it together. */
import { SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PackPrice } from '@darmon/domain/price-control';
import {
  maxLineChanges,
  maxPacks,
  openRequisitionStates,
  Requisition,
  RequisitionId,
  RequisitionLine,
  RequisitionState,
  StepTaken,
  Why,
} from '@darmon/domain/requisition';
import { Region } from '@darmon/domain/standing';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const askers = { ...keepers, planner: 'all' } as const;
const overseers = { planner: 'all', approver: 'all', chief: 'all', auditor: 'all' } as const;
const readers = { ...keepers, ...overseers } as const;

const params = z.object({ id: RequisitionId });
const Packs = z.int().min(0).max(maxPacks);
const version = z.int().positive().meta({ description: 'As it was read: nobody takes further what they did not see' });

const Wanted = z.strictObject({
  gtin: Gtin,
  packs: Packs,
  packPrice: PackPrice.exactOptional(),
  why: Why.exactOptional(),
});

export const RequisitionSummary = Requisition.omit({ editors: true, history: true })
  .extend({ number: z.string().meta({ description: 'What people call it by' }) })
  .meta({ id: 'RequisitionSummary', description: 'Money in tiyin' });

export const RequisitionDetail = RequisitionSummary.extend({
  editors: Requisition.shape.editors,
  history: z.array(StepTaken),
  items: z.array(
    RequisitionLine.omit({ steps: true })
      .extend({ explained: z.boolean().meta({ description: 'Its arithmetic can be read' }) })
      .meta({ id: 'RequisitionItem' }),
  ),
}).meta({ id: 'Requisition' });

const NeedLine = z
  .object({
    medicine: MedicineCode,
    gtin: Gtin,
    packUnits: z.int(),
    packs: z.int(),
    value: z.int(),
    urgent: z.boolean(),
    requisitions: z.array(
      z.object({
        id: RequisitionId,
        site: SiteId,
        line: z.int(),
        packs: z.int(),
        packPrice: PackPrice.exactOptional(),
      }),
    ),
  })
  .meta({ id: 'ConsolidatedNeed', description: 'Packs of one product that several sites ask for' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const summary = {
  id,
  number: 'E9J7R2CE',
  site: 'PH-0001',
  region: 'UZ-TK',
  kind: 'weekly',
  week: '2026-W47',
  state: 'draft',
  version: 1,
  author: 'planner',
  at: '2026-11-20T09:30:00.000Z',
  lines: 1,
  value: 12_000_000,
  unpriced: 0,
  overLimit: 0,
  changed: 0,
} as const;
const line = {
  line: 1,
  medicine: 'AMOX500CAP',
  gtin: '09521020199013',
  packUnits: 16,
  packs: 12,
  proposed: 12,
  packPrice: 1_000_000,
  risk: 'before-arrival',
} as const;

/** A step without anything to say but what was read. */
const Step = z.strictObject({ version }).meta({ id: 'RequisitionStepRequest' });
const ReasonedStep = z.strictObject({ version, reason: Reason }).meta({ id: 'RequisitionReasonedStep' });
const stepped = { 200: RequisitionSummary };

export const requisitionRoutes = defineRoutes({
  createRequisition: {
    method: 'POST',
    path: '/api/requisitions',
    summary: 'Draw one up by hand; what is urgent says why and is submitted at once',
    access: askers,
    body: z
      .strictObject({
        site: SiteId,
        kind: z.enum(['by-hand', 'emergency']),
        reason: Reason.exactOptional(),
        lines: z.array(Wanted).min(1).max(maxLineChanges),
      })
      .meta({
        id: 'RequisitionRequest',
        description: 'Without `packPrice` (tiyin) the highest price allowed stands in, where one is registered',
      }),
    answers: { 201: RequisitionSummary },
    keyed: true,
    example: {
      body: { site: 'PH-0001', kind: 'by-hand', lines: [{ gtin: '09521020199013', packs: 12, packPrice: 1_000_000 }] },
      answer: summary,
    },
  },
  listRequisitions: {
    method: 'GET',
    path: '/api/requisitions',
    summary: 'Of a site the newest first; or of every site those that wait in a state, the urgent first',
    access: readers,
    query: PageQuery.extend({ site: SiteId.exactOptional(), state: RequisitionState.exactOptional() }),
    answers: { 200: listOf(RequisitionSummary) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  readRequisition: {
    method: 'GET',
    path: '/api/requisitions/{id}',
    summary: 'One with its lines, what was proposed beside what is asked for, and its way so far',
    access: readers,
    params,
    answers: { 200: RequisitionDetail },
    keyed: false,
    example: {
      answer: {
        ...summary,
        editors: [],
        history: [{ step: 'draft', person: 'planner', role: 'planner', at: summary.at }],
        items: [{ ...line, explained: true }],
      },
    },
  },
  readRequisitionLine: {
    method: 'GET',
    path: '/api/requisitions/{id}/lines/{line}',
    summary: 'One line with every step of its arithmetic, so that a person can redo it',
    access: readers,
    params: params.extend({ line: z.coerce.number().int().positive() }),
    answers: { 200: RequisitionLine },
    keyed: false,
    example: {
      answer: { ...line, steps: [{ step: 'result', facts: { packs: 12, packUnits: 16, units: 192 } }] },
    },
  },
  changeRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/lines',
    summary: 'Other packs or prices, or more products; what differs from the proposal says why',
    access: askers,
    params,
    body: z
      .strictObject({
        version,
        lines: z
          .array(
            z.strictObject({
              line: z.int().positive(),
              packs: Packs,
              packPrice: PackPrice.exactOptional(),
              why: Why.exactOptional(),
            }),
          )
          .max(maxLineChanges)
          .exactOptional(),
        add: z.array(Wanted).max(maxLineChanges).exactOptional(),
      })
      .meta({ id: 'RequisitionChange' }),
    answers: stepped,
    keyed: true,
    example: {
      body: { version: 1, lines: [{ line: 1, packs: 14, why: 'a school opens' }] },
      answer: { ...summary, version: 2, changed: 1 },
    },
  },
  submitRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/submit',
    summary: 'Ask for it',
    access: askers,
    params,
    body: Step,
    answers: stepped,
    keyed: true,
    example: { body: { version: 1 }, answer: { ...summary, state: 'submitted', version: 2 } },
  },
  authoriseRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/authorise',
    summary: 'Say that it is right, as somebody else than who submitted it',
    access: askers,
    params,
    body: Step,
    answers: stepped,
    keyed: true,
    example: { body: { version: 2 }, answer: { ...summary, state: 'authorised', version: 3 } },
  },
  approveRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/approve',
    summary: 'Approve it, by value and region; the year’s budget is taken from in the same step',
    access: { planner: 'all', approver: 'all', chief: 'all' },
    params,
    body: z
      .strictObject({
        version,
        reason: Reason.exactOptional(),
        instead: Requisition.shape.author.exactOptional(),
      })
      .meta({
        id: 'RequisitionApproval',
        description: '`instead` is in whose place, by delegation; prices above the highest allowed need a reason',
      }),
    answers: stepped,
    keyed: true,
    example: {
      body: { version: 3 },
      answer: {
        ...summary,
        state: 'approved',
        version: 4,
        taken: { year: 2026, place: 'UZ-TK', value: 12_000_000 },
      },
    },
  },
  rejectRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/reject',
    summary:
      'Say no, and why; an approval taken back gives its money back, and of what was ordered the rest is given up',
    access: { planner: 'all', approver: 'all', chief: 'all' },
    params,
    body: ReasonedStep,
    answers: stepped,
    keyed: true,
    example: {
      body: { version: 3, reason: 'ordered last week' },
      answer: { ...summary, state: 'rejected', version: 4 },
    },
  },
  raiseRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/raise',
    summary: 'Ask for an approval of what an order would cost, where that is more than was approved',
    access: { planner: 'all' },
    params,
    body: z
      .strictObject({ version, value: z.int().positive().max(1_000_000_000_000_000), reason: Reason })
      .meta({ id: 'RequisitionRaise', description: '`value` is in tiyin, minimum and multiples included' }),
    answers: stepped,
    keyed: true,
    example: {
      body: { version: 4, value: 14_000_000, reason: 'the price has risen' },
      answer: { ...summary, state: 'authorised', version: 5, raised: 14_000_000 },
    },
  },
  skipRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/skip',
    summary: 'Nothing is needed this time, and why',
    access: askers,
    params,
    body: ReasonedStep,
    answers: stepped,
    keyed: true,
    example: {
      body: { version: 1, reason: 'closed for repairs' },
      answer: { ...summary, state: 'skipped', version: 2 },
    },
  },
  reopenRequisition: {
    method: 'POST',
    path: '/api/requisitions/{id}/reopen',
    summary: 'Back into a draft, by its author or who submitted it',
    access: askers,
    params,
    body: Step,
    answers: stepped,
    keyed: true,
    example: { body: { version: 2 }, answer: { ...summary, version: 3 } },
  },
  readNeeds: {
    method: 'GET',
    path: '/api/requisition-needs',
    summary: 'What all sites ask for, product by product: one list to order from',
    access: overseers,
    query: z.object({ state: z.enum(openRequisitionStates), region: Region.exactOptional() }),
    answers: {
      200: z
        .object({
          items: z.array(NeedLine),
          requisitions: z.int(),
          sites: z.int(),
          value: z.int(),
          more: z.boolean().meta({ description: 'There are more requisitions than were added up' }),
        })
        .meta({ id: 'ConsolidatedNeeds' }),
    },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            medicine: 'AMOX500CAP',
            gtin: '09521020199013',
            packUnits: 16,
            packs: 12,
            value: 12_000_000,
            urgent: false,
            requisitions: [{ id, site: 'PH-0001', line: 1, packs: 12, packPrice: 1_000_000 }],
          },
        ],
        requisitions: 1,
        sites: 1,
        value: 12_000_000,
        more: false,
      },
    },
  },
});
