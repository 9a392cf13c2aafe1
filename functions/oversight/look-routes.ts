/** Looking at a patient as an auditor: recorded with its reason before anything is shown. */
import { Reason } from '@darmon/domain/event';
import { Passport, Pinfl } from '@darmon/domain/patient';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const reason = Reason;

export const lookRoutes = defineRoutes({
  lookAtPatient: {
    method: 'POST',
    path: '/api/patient-looks',
    summary: 'Find a patient by a prescription’s number or a document, with a reason; the look is recorded',
    access: { auditor: 'all' },
    body: z.union([
      z.strictObject({ number: z.string().min(1).max(40), reason }),
      z.strictObject({ pinfl: Pinfl, reason }),
      z.strictObject({ passport: Passport, reason }),
    ]),
    answers: { 200: z.object({ patient: z.string() }).meta({ id: 'PatientLook', description: 'An id, nothing else' }) },
    keyed: false,
    example: {
      body: { number: 'GMQR-NAY2-32P8-Y', reason: 'complaint of 12 November' },
      answer: { patient: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' },
    },
  },
});
