/** Closing a month: what auditors may ask for and do. */
import { listOf, PageQuery } from '@darmon/domain/list';
import { Period, PeriodReport } from '@darmon/domain/period';
import { Month, ReportKind } from '@darmon/domain/report';
import { Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ month: Month });

const PeriodView = Period.extend({
  made: z.array(PeriodReport),
  /** Checks that do not hold; over one that blocks nobody may sign. */
  open: z.array(z.object({ report: ReportKind, check: z.string(), blocks: z.boolean() })),
  versions: z.int(),
}).meta({ id: 'PeriodView' });

export const periodRoutes = defineRoutes({
  listPeriods: {
    method: 'GET',
    path: '/api/periods',
    summary: 'Closed months, newest first, and the next one that may be closed',
    access: { auditor: 'all' },
    query: PageQuery,
    answers: { 200: listOf(Period).extend({ upcoming: z.object({ month: Month, from: Instant }) }) },
    keyed: false,
    example: { answer: { items: [], upcoming: { month: '2026-10', from: '2026-10-31T19:00:00.000Z' } } },
  },
  readPeriod: {
    method: 'GET',
    path: '/api/periods/{month}',
    summary: 'A closed month: its reports, their checks, who signed, what the authority said',
    access: { auditor: 'all' },
    params,
    query: z.object({ version: z.coerce.number().int().min(1).max(9_999).exactOptional() }),
    answers: { 200: PeriodView },
    keyed: false,
    example: {
      answer: {
        month: '2026-10',
        version: 1,
        revision: 1,
        state: 'frozen',
        frozenAt: '2026-11-03T04:00:00.000Z',
        at: '2026-11-03T04:00:00.000Z',
        reports: ['material-balance'],
        done: 0,
        signatures: [],
        made: [],
        open: [],
        versions: 1,
      },
    },
  },
});
