/** Whom a pharmacy tells of a recall: the one place where a recall and a patient's name meet. */
import { DispenseId } from '@darmon/domain/dispense';
import { listOf, PageQuery } from '@darmon/domain/list';
import { CallOutcome } from '@darmon/domain/recall';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/) });

export const RecallPatient = z
  .object({
    dispense: DispenseId,
    number: z.string(),
    at: Instant,
    quantity: z.int(),
    /** Whether the packs are in the recalled range: nobody knows where none was scanned. */
    meant: z.enum(['yes', 'no', 'unknown']),
    /** Of somebody who was erased nothing is left. */
    fullName: z.string().exactOptional(),
    birthDate: Day.exactOptional(),
    outcome: CallOutcome.exactOptional(),
    calledAt: Instant.exactOptional(),
    returned: z.int().exactOptional(),
  })
  .meta({ id: 'RecallPatient', description: 'Somebody who got the recalled lot here' });

export const recallRoutes = defineRoutes({
  listRecallCalls: {
    method: 'GET',
    path: '/api/recalls/{id}/dispenses',
    summary: 'The call list: patients of the own pharmacy who got the recalled lot; each look is recorded',
    access: { pharmacist: 'own' },
    params,
    query: PageQuery,
    answers: { 200: listOf(RecallPatient) },
    keyed: false,
    example: {
      answer: {
        items: [
          {
            dispense: '01KAGZ5V9YV1Q5T1M0E9J7R2CD.1',
            number: '7K3QX2M9A4TV5',
            at: '2026-11-20T09:30:00.000Z',
            quantity: 20,
            meant: 'yes',
            fullName: 'Namuna Bemor',
            birthDate: '1985-03-12',
          },
        ],
      },
    },
  },
  recordRecallCall: {
    method: 'POST',
    path: '/api/recalls/{id}/called',
    summary: 'Note what came of telling a patient, and take back what was brought',
    access: { pharmacist: 'own' },
    params,
    body: z
      .object({
        dispense: DispenseId,
        outcome: CallOutcome,
        returned: z.int().min(1).max(100_000).exactOptional().meta({ description: 'Units brought back now' }),
      })
      .meta({ id: 'RecallCallRequest' }),
    answers: {
      200: z
        .object({ dispense: DispenseId, outcome: CallOutcome, calledAt: Instant, returned: z.int() })
        .meta({ id: 'RecallCall' }),
    },
    keyed: true,
    example: {
      body: { dispense: '01KAGZ5V9YV1Q5T1M0E9J7R2CD.1', outcome: 'returned', returned: 12 },
      answer: {
        dispense: '01KAGZ5V9YV1Q5T1M0E9J7R2CD.1',
        outcome: 'returned',
        calledAt: '2026-11-20T10:30:00.000Z',
        returned: 12,
      },
    },
  },
});
