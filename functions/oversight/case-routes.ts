/** Cases of the daily analysis: what auditors may ask for and do. */
import { AnalysisRule } from '@darmon/domain/analysis';
import { Case, CaseId, CaseOutcome, CaseState } from '@darmon/domain/case';
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ id: CaseId });
const CaseStep = z
  .object({ id: CaseId, state: CaseState, version: z.int() })
  .meta({ id: 'CaseStep', description: 'How the case stands after a step' });

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
      rule: AnalysisRule.exactOptional(),
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
  takeCase: {
    method: 'POST',
    path: '/api/cases/{id}/take',
    summary: 'Answer for a case from now on, also in somebody else’s place',
    access: { auditor: 'all' },
    params,
    body: z.strictObject({}).meta({ id: 'TakeCase' }),
    answers: { 200: CaseStep },
    keyed: true,
    example: { body: {}, answer: { id, state: 'taken', version: 2 } },
  },
  noteCase: {
    method: 'POST',
    path: '/api/cases/{id}/notes',
    summary: 'Write a note on a case; nothing personal',
    access: { auditor: 'all' },
    params,
    body: z.strictObject({ text: Reason }).meta({ id: 'NoteCase' }),
    answers: { 200: CaseStep },
    keyed: true,
    example: { body: { text: 'Asked the pharmacy for its night plan' }, answer: { id, state: 'taken', version: 3 } },
  },
  decideCase: {
    method: 'POST',
    path: '/api/cases/{id}/decision',
    summary: 'Decide a case; where nothing was founded, with days in which the same is not told again',
    access: { auditor: 'all' },
    params,
    body: z
      .strictObject({
        outcome: CaseOutcome,
        reason: Reason,
        silentDays: z.int().min(1).max(366).exactOptional(),
      })
      .meta({ id: 'DecideCase' }),
    answers: { 200: CaseStep },
    keyed: true,
    example: {
      body: { outcome: 'not-founded', reason: 'The only pharmacy on duty that week', silentDays: 90 },
      answer: { id, state: 'decided', version: 4 },
    },
  },
  reopenCase: {
    method: 'POST',
    path: '/api/cases/{id}/reopen',
    summary: 'Take a decided case up again; its silence ends',
    access: { auditor: 'all' },
    params,
    body: z.strictObject({ reason: Reason }).meta({ id: 'ReopenCase' }),
    answers: { 200: CaseStep },
    keyed: true,
    example: { body: { reason: 'It went on' }, answer: { id, state: 'taken', version: 5 } },
  },
});
