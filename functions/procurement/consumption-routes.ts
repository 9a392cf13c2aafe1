/** What was used at a site, day by day; and what was used before it had Darmon, brought from files. */
import { SiteId } from '@darmon/domain/actor';
import { DayUse } from '@darmon/domain/consumption';
import { MedicineCode } from '@darmon/domain/medicine';
import { maxPastRows, PastProblem, PastRow, pastPartRows } from '@darmon/domain/past-use';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const overseers = { planner: 'all', approver: 'all', chief: 'all', auditor: 'all' } as const;
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const importParams = z.object({ id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) });
/** Who knows the old books: a site's own keeper, or the country's planner. */
const bringers = { ...keepers, planner: 'all' } as const;

const PastUseImport = z
  .object({
    id: z.string(),
    site: SiteId.exactOptional(),
    name: z.string(),
    rows: z.int(),
    replace: z.boolean(),
    /** `ready` where every row came and is sound; `posting` goes on with each call. */
    state: z.enum(['loading', 'ready', 'posting', 'posted']),
    received: z.int(),
    problemCount: z.int(),
    problems: z.array(PastProblem).meta({ description: 'The first thousand, in the order of the rows' }),
    of: z.int().exactOptional().meta({ description: 'Medicines at sites, of which `done` are kept' }),
    done: z.int().exactOptional(),
    added: z.int().exactOptional().meta({ description: 'Months that were new' }),
    replaced: z.int().exactOptional().meta({ description: 'Months that took the place of other figures' }),
    left: z.int().exactOptional().meta({ description: 'Months that another import brought meanwhile' }),
  })
  .meta({ id: 'PastUseImport' });
const pastImport: z.infer<typeof PastUseImport> = {
  id,
  site: 'PH-1001',
  name: 'sarf.xlsx',
  rows: 2,
  replace: false,
  state: 'loading',
  received: 2,
  problemCount: 0,
  problems: [],
};

export const consumptionRoutes = defineRoutes({
  readConsumption: {
    method: 'GET',
    path: '/api/sites/{site}/consumption',
    summary: 'What was used of a medicine day by day, and on which days nothing of it could be handed over',
    access: { ...keepers, ...overseers },
    params,
    query: z.object({ medicine: MedicineCode, from: Day.exactOptional(), to: Day.exactOptional() }),
    answers: {
      200: z
        .object({
          site: SiteId,
          medicine: MedicineCode,
          through: Day.exactOptional().meta({ description: 'The last day that is kept; later ones were reckoned now' }),
          days: z.array(DayUse),
          brought: z
            .array(z.object({ month: Month, used: z.int(), daysOut: z.int(), through: z.int().exactOptional() }))
            .exactOptional()
            .meta({
              description: 'Months from before the ledger; `through` is the last day that a broken one tells of',
            }),
        })
        .meta({ id: 'Consumption', description: 'In units; the last day may be today, which is not over' }),
    },
    keyed: false,
    example: {
      answer: {
        site: 'PH-1001',
        medicine: 'AMOX500CAP',
        through: '2026-11-19',
        days: [{ day: '2026-11-19', used: 21, out: false, closing: 139 }],
      },
    },
  },
  rebuildConsumption: {
    method: 'POST',
    path: '/api/sites/{site}/consumption/rebuild',
    summary: 'Reckon it anew from the ledger, for a few seconds; harmless to repeat until it is done',
    access: { planner: 'all', admin: 'all' },
    params,
    body: z.strictObject({ from: Month.exactOptional() }).meta({ id: 'ConsumptionRebuild' }),
    answers: {
      200: z
        .object({
          site: SiteId,
          done: z.boolean(),
          mended: z.int().meta({ description: 'Months that were kept otherwise than the ledger says' }),
          through: Day.exactOptional(),
          after: MedicineCode.exactOptional().meta({ description: 'Medicines through this one are done' }),
        })
        .meta({ id: 'ConsumptionRebuilt' }),
    },
    keyed: false,
    example: {
      body: { from: '2026-01' },
      answer: { site: 'PH-1001', done: true, mended: 0, through: '2026-11-19' },
    },
  },
  startPastImport: {
    method: 'POST',
    path: '/api/consumption/imports',
    summary: 'Begin to bring in use from before Darmon: of the own site, or of all by a planner; nothing counts yet',
    access: bringers,
    body: z
      .strictObject({
        site: SiteId.exactOptional(),
        rows: z.int().min(1).max(maxPastRows),
        name: z.string().trim().min(1).max(120),
        replace: z.literal(true).exactOptional(),
      })
      .meta({
        id: 'PastUseRequest',
        description:
          'With `site` its rows need not name one. With `replace` other figures take the place of those that are kept',
      }),
    answers: { 201: z.object({ id: z.string() }) },
    keyed: true,
    example: { body: { site: 'PH-1001', rows: 2, name: 'sarf.xlsx' }, answer: { id } },
  },
  loadPastPart: {
    method: 'POST',
    path: '/api/consumption/imports/{id}/parts',
    summary: 'Its rows from the one numbered `from`, counted from 0: a thousand, or the rest; harmless to repeat',
    access: bringers,
    params: importParams,
    body: z
      .strictObject({
        from: z.int().min(0).max(maxPastRows).multipleOf(pastPartRows),
        rows: z.array(PastRow).min(1).max(pastPartRows),
      })
      .meta({ id: 'PastUsePart' }),
    answers: { 200: z.object({ received: z.int(), problems: z.array(PastProblem) }) },
    keyed: false,
    example: {
      body: {
        from: 0,
        rows: [
          { medicine: 'AMOX500CAP', period: '2026-08', quantity: 420, daysOut: 3 },
          { gtin: '09521020199013', period: '2031-01', packs: 26 },
        ],
      },
      answer: { received: 2, problems: [{ row: 1, field: 'period', code: 'period-to-come', facts: {} }] },
    },
  },
  readPastImport: {
    method: 'GET',
    path: '/api/consumption/imports/{id}',
    summary: 'How far an import of past use is, and what is wrong with its rows',
    access: bringers,
    params: importParams,
    answers: { 200: PastUseImport },
    keyed: false,
    example: { answer: { ...pastImport, state: 'ready' } },
  },
  keepPastImport: {
    method: 'POST',
    path: '/api/consumption/imports/{id}/keep',
    summary: 'Keep it for some seconds; refused while any row is missing or wrong, harmless to repeat until `posted`',
    access: bringers,
    params: importParams,
    body: z.strictObject({}).meta({ id: 'PastUseKeeping' }),
    answers: { 200: PastUseImport },
    keyed: false,
    example: {
      body: {},
      answer: { ...pastImport, state: 'posted', of: 1, done: 1, added: 2, replaced: 0, left: 0 },
    },
  },
});
