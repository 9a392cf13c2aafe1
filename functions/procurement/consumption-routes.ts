/** What was used at a site, day by day. */
import { SiteId } from '@darmon/domain/actor';
import { DayUse } from '@darmon/domain/consumption';
import { MedicineCode } from '@darmon/domain/medicine';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ site: SiteId });
const overseers = { planner: 'all', approver: 'all', chief: 'all', auditor: 'all' } as const;
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

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
          through: Day.exactOptional(),
          after: MedicineCode.exactOptional().meta({ description: 'Medicines through this one are done' }),
        })
        .meta({ id: 'ConsumptionRebuilt' }),
    },
    keyed: false,
    example: {
      body: { from: '2026-01' },
      answer: { site: 'PH-1001', done: true, through: '2026-11-19' },
    },
  },
});
