/** What an auditor says to a difference between table and log. */
import { Reason } from '@darmon/domain/event';
import { FindingId, LogFinding } from '@darmon/domain/log-check';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const id = '5f1d0a3c9be247d8a6c1e0f2';

export const findingRoutes = defineRoutes({
  acknowledgeFinding: {
    method: 'POST',
    path: '/api/log-check/findings/{id}',
    summary: 'Say why the table and the log differ in this; nothing is mended by it, and it rings no more',
    access: { auditor: 'all' },
    params: z.object({ id: FindingId }),
    body: z.strictObject({ reason: Reason }).meta({ id: 'LogFindingAnswer' }),
    answers: { 200: LogFinding },
    keyed: true,
    example: {
      body: { reason: 'The table was restored to the evening before; reported to the authority' },
      answer: {
        id,
        kind: 'gone',
        state: 'acknowledged',
        version: 2,
        event: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
        foundAt: '2026-11-20T21:03:00.000Z',
        run: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
        acknowledged: {
          by: 'auditor',
          at: '2026-11-21T04:00:00.000Z',
          reason: 'The table was restored to the evening before; reported to the authority',
        },
      },
    },
  },
});
