/** What approvals are judged by: the year's money, who approves in whose place and where, registered prices. */
import { PersonId, Role, SiteId } from '@darmon/domain/actor';
import { Budget, BudgetPlace, Year } from '@darmon/domain/budget';
import { listOf, PageQuery } from '@darmon/domain/list';
import { ReferencePrice } from '@darmon/domain/price-control';
import { RequisitionId, StepTaken } from '@darmon/domain/requisition';
import { Delegation, RegionApprovers } from '@darmon/domain/requisition-approval';
import { Region } from '@darmon/domain/standing';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const deciders = { planner: 'all', approver: 'all', chief: 'all' } as const;
const overseers = { ...deciders, auditor: 'all' } as const;
const money = Budget.shape.money;
/** As many as one request brings; a longer list comes in several. */
export const maxReferencePrices = 2_000;

const delegation = { person: 'chief', to: 'approver', from: '2026-11-20', until: '2026-11-27', version: 1 };
const budget = { year: 2026, place: 'UZ-TK', money: 500_000_000, committed: 12_000_000, spent: 0, left: 488_000_000 };
const price = { gtin: '09521020199013', packPrice: 1_000_000, from: '2026-01-01', source: 'register 2026-1' };

export const budgetRoutes = defineRoutes({
  readApproval: {
    method: 'GET',
    path: '/api/requisitions/{id}/approval',
    summary: 'What an approval now would need, and what it would leave of the year’s money',
    access: deciders,
    params: z.object({ id: RequisitionId }),
    query: z.object({ instead: PersonId.exactOptional() }),
    answers: {
      200: z
        .object({
          id: RequisitionId,
          version: z.int(),
          value: z.int(),
          more: z.int().meta({ description: 'What it takes beyond what was taken for it before' }),
          overLimit: z.int().meta({ description: 'Tiyin above the highest prices allowed' }),
          needed: z.int().meta({ description: 'Persons who approve, those who did among them' }),
          signed: z.array(StepTaken),
          budget: Budget.exactOptional(),
          leaves: z.int().exactOptional(),
          refusal: z.string().exactOptional().meta({ description: 'The code that approving it now would get' }),
        })
        .meta({ id: 'ApprovalOutlook', description: 'In tiyin; without `budget` nobody keeps one' }),
    },
    keyed: false,
    example: {
      answer: {
        id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
        version: 3,
        value: 12_000_000,
        more: 12_000_000,
        overLimit: 0,
        needed: 1,
        signed: [],
        budget: { ...budget, committed: 0, left: 500_000_000 },
        leaves: 488_000_000,
      },
    },
  },
  listBudgets: {
    method: 'GET',
    path: '/api/budgets',
    summary: 'A year’s money of sites and regions: promised, spent and left',
    access: overseers,
    query: PageQuery.extend({ year: z.coerce.number().int().min(2020).max(2100) }),
    answers: { 200: listOf(Budget) },
    keyed: false,
    example: { answer: { items: [budget] } },
  },
  setBudget: {
    method: 'POST',
    path: '/api/budgets',
    summary: 'Set a year’s money, over what was read; what is promised and spent stays',
    access: { chief: 'all' },
    body: z
      .strictObject({ year: Year, place: BudgetPlace, money, was: money.exactOptional() })
      .meta({ id: 'BudgetRequest', description: 'In tiyin; `was` is absent where there was none' }),
    answers: { 200: Budget },
    keyed: true,
    example: { body: { year: 2026, place: 'UZ-TK', money: 500_000_000 }, answer: budget },
  },
  settleBudgets: {
    method: 'POST',
    path: '/api/budgets/settle',
    summary:
      'Move what was received from promised to spent and what came to nothing back; harmless to repeat until done',
    access: deciders,
    answers: {
      200: z
        .object({
          settled: z.int().meta({ description: 'Requisitions of whose money something became' }),
          done: z.boolean(),
          at: Instant,
        })
        .meta({ id: 'BudgetsSettled' }),
    },
    keyed: false,
    example: { answer: { settled: 2, done: true, at: '2026-11-20T09:30:00.000Z' } },
  },
  listDelegations: {
    method: 'GET',
    path: '/api/delegations',
    summary: 'Who approves in whose place, now or from a day to come',
    access: overseers,
    query: PageQuery,
    answers: { 200: listOf(Delegation) },
    keyed: false,
    example: { answer: { items: [delegation] } },
  },
  listDeputies: {
    method: 'GET',
    path: '/api/requisition-deputies',
    summary: 'Whom an approver may name as a deputy, by name',
    access: { approver: 'all', chief: 'all' },
    answers: {
      200: z.object({
        items: z.array(
          z
            .object({ person: PersonId, name: z.string(), role: Role, site: SiteId })
            .meta({ id: 'Deputy', description: 'Somebody who approves or plans' }),
        ),
      }),
    },
    keyed: false,
    example: {
      answer: { items: [{ person: 'planner', name: 'Namuna Rejalovchi', role: 'planner', site: 'OF-0001' }] },
    },
  },
  delegateApproval: {
    method: 'POST',
    path: '/api/delegations',
    summary: 'Let another person approve in the own place for some days',
    access: { approver: 'all', chief: 'all' },
    body: z.strictObject({ to: PersonId, from: Day, until: Day }).meta({ id: 'DelegationRequest' }),
    answers: { 200: Delegation },
    keyed: true,
    example: { body: { to: 'approver', from: '2026-11-20', until: '2026-11-27' }, answer: delegation },
  },
  endDelegation: {
    method: 'POST',
    path: '/api/delegations/end',
    summary: 'Approve oneself again',
    access: { approver: 'all', chief: 'all' },
    answers: { 200: Delegation },
    keyed: true,
    example: { answer: { ...delegation, until: '2026-11-19', version: 2 } },
  },
  listApprovers: {
    method: 'GET',
    path: '/api/requisition-approvers',
    summary: 'Regions that name their approvers; for the others every approver approves',
    access: overseers,
    answers: { 200: z.object({ items: z.array(RegionApprovers) }) },
    keyed: false,
    example: { answer: { items: [{ region: 'UZ-TK', persons: ['approver'], version: 1 }] } },
  },
  nameApprovers: {
    method: 'POST',
    path: '/api/requisition-approvers',
    summary: 'Name who beside the chiefs approves for a region',
    access: { chief: 'all' },
    body: z
      .strictObject({ region: Region, persons: z.array(PersonId).max(20), version: z.int().min(0) })
      .meta({ id: 'RegionApproversRequest', description: '`version` is that of the names that were read, 0 for none' }),
    answers: { 200: RegionApprovers },
    keyed: true,
    example: {
      body: { region: 'UZ-TK', persons: ['approver'], version: 0 },
      answer: { region: 'UZ-TK', persons: ['approver'], version: 1 },
    },
  },
  listReferencePrices: {
    method: 'GET',
    path: '/api/reference-prices',
    summary: 'Registered prices of packs, those to come among them; of one pack the newest first',
    access: { ...overseers, admin: 'all' },
    query: PageQuery,
    answers: { 200: listOf(ReferencePrice) },
    keyed: false,
    example: { answer: { items: [price] } },
  },
  saveReferencePrices: {
    method: 'POST',
    path: '/api/reference-prices',
    summary: 'Bring in registered prices, judged as a whole; each holds from its day on, which may be to come',
    access: { admin: 'all' },
    body: z
      .strictObject({ prices: z.array(ReferencePrice.strict()).min(1).max(maxReferencePrices) })
      .meta({ id: 'ReferencePrices', description: 'From the same day a price takes the place of the one before' }),
    answers: { 200: z.object({ saved: z.int() }) },
    keyed: true,
    example: { body: { prices: [price] }, answer: { saved: 1 } },
  },
});
