/** Cases of the daily analysis and of reviews: what auditors may ask for and do. */
import { Case, CaseId, CaseOutcome, CaseRule, CaseState } from '@darmon/domain/case';
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ id: CaseId });
const CaseStep = z
  .object({ id: CaseId, state: CaseState, version: z.int() })
  .meta({ id: 'CaseStep', description: 'How the case stands after a step' });

/** One route for all of them: a stack holds five hundred resources, and each route is one. */
const CaseAct = z
  .discriminatedUnion('step', [
    z.strictObject({ step: z.literal('take') }),
    z.strictObject({ step: z.literal('note'), text: Reason }),
    z.strictObject({
      step: z.literal('decide'),
      outcome: CaseOutcome,
      reason: Reason,
      silentDays: z.int().min(1).max(366).exactOptional(),
    }),
    z.strictObject({ step: z.literal('reopen'), reason: Reason }),
  ])
  .meta({ id: 'CaseAct', description: 'What is done with a case; nothing personal' });

const CaseRow = Case.omit({ notes: true, evidence: true, past: true })
  .extend({ notes: z.int().meta({ description: 'How many' }), events: z.int().meta({ description: 'How many' }) })
  .meta({ id: 'CaseRow' });

const AnalysisRun = z
  .object({ day: Day, at: Instant, events: z.int(), findings: z.int() })
  .meta({ id: 'AnalysisRun', description: 'A day that was analysed' });

const id = '5f1d0a3c9be247d8a6c1e0f2';
const caseExample = {
  id,
  rule: 'clock-drift',
  subject: { kind: 'person', id: 'pharmacist' },
  month: '2026-11',
  state: 'open',
  version: 1,
  score: 80,
  days: ['2026-11-19'],
  evidence: [],
  statistics: { days: 2, seconds: 480 },
  openedAt: '2026-11-19T20:30:00.000Z',
  notes: [],
  past: [],
} as const;

export const caseRoutes = defineRoutes({
  listCases: {
    method: 'GET',
    path: '/api/cases',
    summary: 'Cases in a state, the highest score first, and the last days that were analysed',
    access: { auditor: 'all' },
    query: PageQuery.extend({
      state: CaseState,
      rule: CaseRule.exactOptional(),
      owner: z.literal('me').exactOptional(),
    }),
    answers: { 200: listOf(CaseRow).extend({ runs: z.array(AnalysisRun) }) },
    keyed: false,
    example: { answer: { items: [], runs: [] } },
  },
  readCase: {
    method: 'GET',
    path: '/api/cases/{id}',
    summary: 'A case with its evidence, numbers, notes and decisions',
    access: { auditor: 'all' },
    params,
    answers: { 200: Case },
    keyed: false,
    example: { answer: caseExample },
  },
  stepCase: {
    method: 'POST',
    path: '/api/cases/{id}/steps',
    summary:
      'Take a case, also in somebody else’s place; note something; decide it, where nothing was founded with days of silence; take it up again',
    access: { auditor: 'all' },
    params,
    body: CaseAct,
    answers: { 200: CaseStep },
    keyed: true,
    example: {
      body: { step: 'decide', outcome: 'not-founded', reason: 'The only pharmacy on duty', silentDays: 90 },
      answer: { id, state: 'decided', version: 4 },
    },
  },
});
