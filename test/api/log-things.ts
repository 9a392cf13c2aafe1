/** A difference between table and log that an auditor answers for, for the test of every role on every route. */
import { randomBytes } from 'node:crypto';
import { openTable } from '@darmon/table/table';
import type { TestCloud } from '../support/cloud.ts';

export const logThings = (cloud: () => TestCloud) => ({
  readLogCheck: async () => ({ params: {} }),
  acknowledgeFinding: async () => {
    const table = openTable({ client: cloud().dynamodb, table: cloud().table, now: Date.now });
    const { id } = await table.keepFinding({
      id: randomBytes(12).toString('hex'),
      kind: 'gone',
      state: 'open',
      version: 1,
      event: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
      foundAt: '2026-11-20T21:00:00.000Z',
      run: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
    });
    return { params: { id }, body: { reason: 'a test of roles' } };
  },
});
