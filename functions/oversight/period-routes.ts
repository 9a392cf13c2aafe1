/** Closing a month: what auditors may ask for and do. */
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { CheckAnswer, Digest, Period, PeriodReport, PeriodState } from '@darmon/domain/period';
import { Month, ReportKind } from '@darmon/domain/report';
import { Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ month: Month });
const ofVersion = z.object({ version: z.coerce.number().int().min(1).max(9_999).exactOptional() });

const PeriodView = Period.extend({
  made: z.array(PeriodReport),
  /** Checks that do not hold; over one that blocks nobody may sign. */
  open: z.array(z.object({ report: ReportKind, check: z.string(), blocks: z.boolean() })),
  versions: z.int(),
}).meta({ id: 'PeriodView' });

const Step = z
  .object({ month: Month, version: z.int(), state: PeriodState })
  .meta({ id: 'PeriodStep', description: 'Where a closed month is now' });
const contents = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ';

export const periodRoutes = defineRoutes({
  listPeriods: {
    method: 'GET',
    path: '/api/periods',
    summary: 'Closed months, newest first, and the next one that may be closed',
    access: { auditor: 'all' },
    query: PageQuery,
    answers: {
      200: listOf(Period).extend({
        upcoming: z.object({ month: Month, from: Instant, scheduled: Instant.exactOptional() }),
      }),
    },
    keyed: false,
    example: {
      answer: {
        items: [],
        upcoming: {
          month: '2026-10',
          from: '2026-10-31T19:00:00.000Z',
          scheduled: '2026-11-02T19:00:00.000Z',
        },
      },
    },
  },
  freezePeriod: {
    method: 'POST',
    path: '/api/periods',
    summary: 'Close a month: nothing gets into it any more, and its reports are made',
    access: { auditor: 'all' },
    body: params,
    answers: { 201: Step },
    keyed: true,
    example: { body: { month: '2026-10' }, answer: { month: '2026-10', version: 1, state: 'frozen' } },
  },
  readPeriod: {
    method: 'GET',
    path: '/api/periods/{month}',
    summary: 'A closed month: its reports, their checks, who signed, what the authority said',
    access: { auditor: 'all' },
    params,
    query: ofVersion,
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
        reports: [],
        done: 0,
        signatures: [],
        made: [],
        open: [],
        versions: 1,
      },
    },
  },
  reviewPeriod: {
    method: 'POST',
    path: '/api/periods/{month}/review',
    summary: 'Say that the reports were looked through, with a reason for each check that does not hold',
    access: { auditor: 'all' },
    params,
    body: z.object({ contents: Digest, answers: z.array(CheckAnswer).max(200) }),
    answers: { 200: Step },
    keyed: true,
    example: { body: { contents, answers: [] }, answer: { month: '2026-10', version: 1, state: 'reviewed' } },
  },
  signPeriod: {
    method: 'POST',
    path: '/api/periods/{month}/signatures',
    summary: 'Sign the contents that were looked at; two different people where something controlled was handled',
    access: { auditor: 'all' },
    params,
    body: z.object({ contents: Digest }),
    answers: { 200: Step },
    keyed: true,
    example: { body: { contents }, answer: { month: '2026-10', version: 1, state: 'signed' } },
  },
  submitPeriod: {
    method: 'POST',
    path: '/api/periods/{month}/submission',
    summary: 'Send the signed package to the authority',
    access: { auditor: 'all' },
    params,
    body: z.object({}),
    answers: { 200: Step },
    keyed: true,
    example: { body: {}, answer: { month: '2026-10', version: 1, state: 'submitted' } },
  },
  correctPeriod: {
    method: 'POST',
    path: '/api/periods/{month}/corrections',
    summary: 'Begin a new version of a closed month, which names the one before and why',
    access: { auditor: 'all' },
    params,
    body: z.object({ reason: Reason }),
    answers: { 201: Step },
    keyed: true,
    example: {
      body: { reason: 'a report was made of an old list of sites' },
      answer: { month: '2026-10', version: 2, state: 'frozen' },
    },
  },
});
