/** A person's rights: find whom it is about, hand out what is held, erase, hold. Nothing here is for a counter. */
import { PersonId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Passport, Pinfl } from '@darmon/domain/patient';
import { PatientExport, StaffExport } from '@darmon/domain/person-export';
import { PrescriptionId } from '@darmon/domain/prescription';
import { Asked, Erasure, Hold, Kept, PatientId } from '@darmon/domain/privacy';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ patient: PatientId });
/** Who carries out what a person asks for, who says yes beside them, and who reads what was done. */
const readers = { admin: 'all', chief: 'all', auditor: 'all' } as const;
const holders = { admin: 'all', auditor: 'all' } as const;
const seconds = { admin: 'all', chief: 'all' } as const;

const Why = z.strictObject({ reason: Reason }).meta({ id: 'PrivacyReason' });

const patient = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const asked = {
  site: 'CL-1001',
  checkedBy: 'doctor',
  document: 'pinfl' as const,
  reason: 'the patient asks in writing',
};
const erasure = {
  patient,
  version: 1,
  state: 'asked' as const,
  cause: 'request' as const,
  asked,
  at: '2026-11-20T04:00:00.000Z',
  by: 'admin',
};
const hold = { patient, version: 1, at: '2026-11-20T04:00:00.000Z', by: 'auditor', reason: 'a court asks' };

export const routes = defineRoutes({
  findForRights: {
    method: 'POST',
    path: '/api/privacy/find',
    summary: 'The patient behind a document that was seen; the look is recorded with who asked and why',
    access: { admin: 'all' },
    body: z
      .strictObject({
        who: z.union([z.strictObject({ pinfl: Pinfl }), z.strictObject({ passport: Passport })]),
        asked: Asked,
      })
      .meta({ id: 'PrivacyFind' }),
    answers: {
      200: z.object({
        patient: z.object({ id: PatientId, initials: z.string(), birthYear: z.int() }).nullable(),
      }),
    },
    keyed: false,
    example: {
      body: { who: { passport: 'AA1234567' }, asked: { ...asked, document: 'passport' } },
      answer: { patient: { id: patient, initials: 'N. B.', birthYear: 1985 } },
    },
  },
  readRights: {
    method: 'GET',
    path: '/api/privacy/patients/{patient}',
    summary: 'How a patient’s rights stand: holds, an erasure, what has to be kept and until when',
    access: readers,
    params,
    answers: {
      200: z.object({
        patient: PatientId,
        erased: z.boolean(),
        hold: Hold.exactOptional(),
        erasure: Erasure.exactOptional(),
        kept: z.array(Kept),
      }),
    },
    keyed: false,
    example: { answer: { patient, erased: false, kept: [] } },
  },
  exportPatient: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/export',
    summary: 'Everything that is held about a patient, for that person; each time is recorded',
    access: { admin: 'all' },
    params,
    body: Asked,
    answers: { 200: PatientExport },
    keyed: false,
    example: {
      body: asked,
      answer: {
        madeAt: '2026-11-20T04:00:00.000Z',
        patient: {
          id: patient,
          version: 1,
          passport: 'AA1234567',
          fullName: 'Namuna Bemor',
          birthDate: '1985-03-12',
          sex: 'female',
          allergies: [],
        },
        prescriptions: [],
        looks: [],
        feedback: [],
        fhir: { resourceType: 'Bundle', type: 'collection', entry: [] },
      },
    },
  },
  askForErasure: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/erasure',
    summary: 'Write down that a patient asks to be erased; a second person decides',
    access: { admin: 'all' },
    params,
    body: Asked,
    answers: { 201: Erasure },
    keyed: true,
    example: { body: asked, answer: erasure },
  },
  confirmErasure: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/erasure/confirm',
    summary: 'The second person’s yes: what must be kept is waited for, the rest is erased for ever',
    access: seconds,
    params,
    answers: { 200: Erasure },
    keyed: true,
    example: { answer: { ...erasure, version: 2, state: 'waiting', kept: [] } },
  },
  refuseErasure: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/erasure/refuse',
    summary: 'Say no to an erasure, or call one off that still waits',
    access: seconds,
    params,
    body: Why,
    answers: { 200: Erasure },
    keyed: true,
    example: { body: { reason: 'somebody else asked' }, answer: { ...erasure, version: 2, state: 'refused' } },
  },
  workErasure: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/erasure/advance',
    summary: 'Go on with an erasure as far as it can go now; the job does it too',
    access: seconds,
    params,
    answers: { 200: Erasure },
    keyed: false,
    example: { answer: { ...erasure, version: 5, state: 'done' } },
  },
  listErasures: {
    method: 'GET',
    path: '/api/privacy/erasures',
    summary: 'Erasures, newest first',
    access: readers,
    query: PageQuery,
    answers: { 200: listOf(Erasure) },
    keyed: false,
    example: { answer: { items: [erasure] } },
  },
  holdPatient: {
    method: 'POST',
    path: '/api/privacy/holds',
    summary: 'Keep everything of a patient, named by id or by a prescription, whatever the rules say',
    access: holders,
    body: z
      .union([
        z.strictObject({ patient: PatientId, reason: Reason }),
        z.strictObject({ prescription: PrescriptionId, reason: Reason }),
      ])
      .meta({ id: 'HoldRequest' }),
    answers: { 201: Hold },
    keyed: true,
    example: { body: { patient, reason: 'a court asks' }, answer: hold },
  },
  listHolds: {
    method: 'GET',
    path: '/api/privacy/holds',
    summary: 'Legal holds, newest first',
    access: readers,
    query: PageQuery,
    answers: { 200: listOf(Hold) },
    keyed: false,
    example: { answer: { items: [hold] } },
  },
  liftHold: {
    method: 'POST',
    path: '/api/privacy/patients/{patient}/hold/lift',
    summary: 'Lift a hold; what came due meanwhile goes the next night',
    access: holders,
    params,
    body: Why,
    answers: { 200: Hold },
    keyed: true,
    example: {
      body: { reason: 'the case is closed' },
      answer: {
        ...hold,
        version: 2,
        lifted: { at: '2026-11-21T04:00:00.000Z', by: 'auditor', reason: 'the case is closed' },
        settled: false,
      },
    },
  },
  exportStaff: {
    method: 'POST',
    path: '/api/privacy/people/{person}/export',
    summary: 'What is held about a member of staff, for that person; each time is recorded',
    access: { admin: 'all' },
    params: z.object({ person: PersonId }),
    body: z.strictObject({ from: Day, to: Day, reason: Reason }).meta({ id: 'StaffExportRequest' }),
    answers: { 200: StaffExport },
    keyed: false,
    example: {
      body: { from: '2026-11-01', to: '2026-11-20', reason: 'asked in writing' },
      answer: {
        madeAt: '2026-11-20T04:00:00.000Z',
        from: '2026-11-01',
        to: '2026-11-20',
        person: {
          id: 'planner',
          name: 'Namuna Xodim',
          roles: ['planner'],
          site: 'OF-0001',
          rights: [],
          active: true,
          version: 1,
        },
        templates: [],
        drafts: 0,
        account: [],
        deeds: [],
      },
    },
  },
});
