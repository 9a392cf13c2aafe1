/** The log and its nightly comparison with the table, as auditors see them. */
import { LogCheckRun, LogFinding, LogHead } from '@darmon/domain/log-check';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const run = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  startedAt: '2026-11-20T21:00:00.000Z',
  finishedAt: '2026-11-20T21:04:00.000Z',
  stage: 'append' as const,
  size: 48_210,
  from: '2026-11-20',
  until: '2026-11-21',
  days: 60,
  again: 58,
  events: 48_210,
  missing: 0,
  missed: [],
  appended: 0,
  findings: 0,
};

export const logRoutes = defineRoutes({
  readLogCheck: {
    method: 'GET',
    path: '/api/log-check',
    summary: 'How far the log is, what its last comparisons with the table came to, and in what they differ',
    access: { auditor: 'all' },
    answers: {
      200: z.object({
        head: LogHead.exactOptional(),
        allowedDelayMs: z.int(),
        running: LogCheckRun.exactOptional(),
        through: Day.exactOptional(),
        runs: z.array(LogCheckRun),
        open: z.array(LogFinding),
        acknowledged: z.array(LogFinding),
        more: z.boolean().meta({ description: 'More are open than are told here' }),
      }),
    },
    keyed: false,
    example: {
      answer: {
        head: { size: 48_210, appendedAt: '2026-11-21T04:00:01.000Z', delayMs: 900 },
        allowedDelayMs: 900_000,
        through: '2026-11-20',
        runs: [run],
        open: [],
        acknowledged: [],
        more: false,
      },
    },
  },
});
