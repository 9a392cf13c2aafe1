/** Looks at patients: who looked, why, whether anything was done for the patient, and what an auditor made of it. */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { Look, Looker, LookSubject, Review, ReviewState } from '@darmon/domain/look-review';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const LookId = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const look = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  at: '2026-11-20T04:00:00.000Z',
  type: 'patient-looked-up' as const,
  person: 'pharmacist',
  role: 'pharmacist' as const,
  site: 'PH-1001',
  subject: { patient: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' },
  by: 'pinfl',
  reason: 'no paper, document seen',
};

export const reviewRoutes = defineRoutes({
  listLooks: {
    method: 'GET',
    path: '/api/reviews/looks',
    summary: 'Who looked at patients at a site, at most a week, and whether anything was done for them',
    access: { auditor: 'all' },
    query: z.object({
      site: SiteId,
      from: Day,
      to: Day,
      person: PersonId.exactOptional(),
      only: z.enum(['without', 'open']).exactOptional(),
    }),
    answers: { 200: z.object({ people: z.array(Looker), total: z.int(), items: z.array(Look) }) },
    keyed: false,
    example: {
      answer: {
        people: [{ person: 'pharmacist', looks: 1, without: 1, missed: 0, reviewed: 0 }],
        total: 1,
        items: [look],
      },
    },
  },
  reviewLook: {
    method: 'POST',
    path: '/api/reviews/looks/{look}',
    summary: 'Write down what came of looking at a look: seen, explained, or to be followed, which opens a case once',
    access: { auditor: 'all' },
    params: z.object({ look: LookId }),
    body: z
      .strictObject({
        subject: LookSubject,
        version: z.int().min(0),
        state: ReviewState,
        note: Reason.exactOptional(),
      })
      .meta({ id: 'LookReviewRequest' }),
    answers: { 200: Review },
    keyed: true,
    example: {
      body: { subject: look.subject, version: 0, state: 'explained', note: 'the patient telephoned' },
      answer: {
        look: look.id,
        version: 1,
        state: 'explained',
        note: 'the patient telephoned',
        person: 'pharmacist',
        by: 'auditor',
        at: '2026-11-21T04:00:00.000Z',
      },
    },
  },
});
