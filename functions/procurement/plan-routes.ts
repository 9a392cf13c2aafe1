/** What sites should order: plans, their lines and what stands behind each of them. */
import { SiteId } from '@darmon/domain/actor';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { Plan, PlanLine, PlanLineShort } from '@darmon/domain/plan';
import { StockRisk, Week } from '@darmon/domain/requisition';
import { Region } from '@darmon/domain/standing';
import { Lot } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const overseers = { planner: 'all', approver: 'all', chief: 'all', auditor: 'all' } as const;
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;

const short: z.infer<typeof PlanLineShort> = {
  medicine: 'AMOX500CAP',
  gtin: '09521020199013',
  ven: 'V',
  risk: 'before-arrival',
  onHand: 139,
  coming: 0,
  runsOut: '2026-11-27',
  arrives: '2026-12-04',
  packs: 40,
  packUnits: 20,
  quantity: 800,
  value: 60_000_000,
  wape: 0.18,
};
const plan: z.infer<typeof Plan> = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  site: 'PH-1001',
  name: 'Dorixona 1',
  kind: 'pharmacy',
  region: 'UZ-TK',
  at: '2026-11-20T20:30:00.000Z',
  week: '2026-W47',
  policy: 1,
  lines: 812,
  counts: { out: 2, 'before-arrival': 1, low: 40, ok: 769 },
  toOrder: 61,
  value: 4_200_000_000,
  willExpire: 300,
  worst: [short],
};

const Progress = z.object({ week: Week, of: z.int(), done: z.int(), failed: z.int() });

export const planRoutes = defineRoutes({
  listPlans: {
    method: 'GET',
    path: '/api/plans',
    summary: 'Plans of all sites, those with the most at risk first, and how far this week’s run is',
    access: overseers,
    answers: {
      200: z.object({ items: z.array(Plan), run: Progress }).meta({ id: 'PlanBoard', description: 'Values are tiyin' }),
    },
    keyed: false,
    example: { answer: { items: [plan], run: { week: '2026-W47', of: 4, done: 4, failed: 0 } } },
  },
  listSuggestedTransfers: {
    method: 'GET',
    path: '/api/plans/transfers',
    summary: 'What sites of a region could send each other before anything is bought, by their last plans',
    access: overseers,
    query: z.object({ region: Region }),
    answers: {
      200: z
        .object({
          of: z.int(),
          items: z.array(
            z.object({
              medicine: MedicineCode,
              from: SiteId,
              fromName: z.string(),
              to: SiteId,
              toName: z.string(),
              gtin: Gtin,
              lot: Lot,
              expiryDate: Day,
              packs: z.int(),
              quantity: z.int(),
              reason: z.enum(['would-expire', 'above-maximum']),
              /** The plan of the site that gets it counts on it and orders that much less. */
              counted: z.boolean(),
            }),
          ),
        })
        .meta({ id: 'SuggestedTransfers', description: 'The first 100 of `of`; nothing moves by it' }),
    },
    keyed: false,
    example: {
      answer: {
        of: 1,
        items: [
          {
            medicine: 'AMOX500CAP',
            from: 'PH-1001',
            fromName: 'Dorixona 1',
            to: 'PH-1002',
            toName: 'Dorixona 2',
            gtin: '09521020199013',
            lot: 'A1234',
            expiryDate: '2027-01-31',
            packs: 3,
            quantity: 60,
            reason: 'would-expire',
            counted: true,
          },
        ],
      },
    },
  },
  workOnPlans: {
    method: 'POST',
    path: '/api/plans/run',
    summary:
      'Work on this week’s run for some seconds: plan each site once and draft its requisition; harmless to repeat',
    access: { planner: 'all' },
    body: z.strictObject({}).meta({ id: 'PlanRunRequest' }),
    answers: { 200: Progress.meta({ id: 'PlanRunProgress', description: 'Sites of this week’s run' }) },
    keyed: false,
    example: { body: {}, answer: { week: '2026-W47', of: 4, done: 4, failed: 0 } },
  },
  readPlan: {
    method: 'GET',
    path: '/api/sites/{site}/plan',
    summary: 'A site’s plan with a part of its lines, the worst first; of one risk, or only what to order, where asked',
    access: { ...keepers, ...overseers },
    params,
    query: z.object({
      from: z.coerce.number().int().min(0).max(100_000).exactOptional(),
      risk: StockRisk.exactOptional(),
      order: z.literal('yes').exactOptional(),
    }),
    answers: {
      200: z
        .object({ plan: Plan, from: z.int(), of: z.int(), lines: z.array(PlanLineShort) })
        .meta({ id: 'SitePlan', description: 'At most 100 lines from the one numbered `from`, counted from 0' }),
    },
    keyed: false,
    example: { answer: { plan, from: 0, of: 1, lines: [short] } },
  },
  planNow: {
    method: 'POST',
    path: '/api/sites/{site}/plan',
    summary: 'Plan a site from what stands now, and draft its requisition of this week where asked; harmless to repeat',
    access: { planner: 'all' },
    params,
    body: z.strictObject({ draft: z.literal(true).exactOptional() }).meta({ id: 'PlanRequest' }),
    answers: { 200: Plan },
    keyed: false,
    example: { body: {}, answer: plan },
  },
  planMedicineNow: {
    method: 'GET',
    path: '/api/sites/{site}/plan-now/{medicine}',
    summary: 'What a plan would say now of one medicine of a site, for whoever asks for it by hand; kept nowhere',
    access: { ...keepers, ...overseers },
    params: z.object({ site: SiteId, medicine: MedicineCode }),
    answers: {
      200: z
        .object({ line: PlanLine.exactOptional() })
        .meta({ id: 'PlanNow', description: 'Without a line where too little is known of its use' }),
    },
    keyed: false,
    example: { answer: {} },
  },
  readPlanLine: {
    method: 'GET',
    path: '/api/sites/{site}/plan/{medicine}',
    summary: 'One medicine of a site: past, forecast, shelf, what is coming, and every step of what is proposed',
    access: { ...keepers, ...overseers },
    params: z.object({ site: SiteId, medicine: MedicineCode }),
    answers: {
      200: z
        .object({
          site: SiteId,
          medicine: MedicineCode,
          today: Day,
          at: Instant.exactOptional().meta({ description: 'When the plan was made' }),
          line: PlanLine.exactOptional(),
          history: z.array(
            z
              .object({
                month: z.string(),
                used: z.int(),
                stockOutDays: z.int(),
                /** Absent where the ledger does not know it. */
                closing: z.int().exactOptional(),
                known: z.boolean(),
                /** In it is what the site brought from before its own ledger. */
                brought: z.literal(true).exactOptional(),
              })
              .meta({ id: 'UseMonth', description: 'Not `known`: without stock all month, or not over' }),
          ),
          lots: z.array(
            z
              .object({ gtin: Gtin, lot: Lot, expiryDate: Day, onHand: z.int(), usable: z.int() })
              .meta({ id: 'PlanLot' }),
          ),
          orders: z.array(z.object({ gtin: Gtin, quantity: z.int(), due: Day }).meta({ id: 'PlanOrder' })),
        })
        .meta({ id: 'PlanProduct' }),
    },
    keyed: false,
    example: {
      answer: {
        site: 'PH-1001',
        medicine: 'AMOX500CAP',
        today: '2026-11-20',
        history: [{ month: '2026-10', used: 420, stockOutDays: 0, closing: 139, known: true }],
        lots: [{ gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', onHand: 139, usable: 139 }],
        orders: [],
      },
    },
  },
});
