/** What a prescriber may ask for: patients, the formulary, prescriptions from issue to cancellation. */

import { Override } from '@darmon/domain/alert-answer';
import { ApprovalId } from '@darmon/domain/approval';
import { DraftBody, DraftTitle } from '@darmon/domain/draft';
import { Reason } from '@darmon/domain/event';
import { IssueLine } from '@darmon/domain/issue';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Medicine } from '@darmon/domain/medicine';
import { PackedFormulary } from '@darmon/domain/packed-formulary';
import { PatientIdentity, PatientQuery } from '@darmon/domain/patient';
import { PatientHistoryItem } from '@darmon/domain/patient-history';
import { PatientChange, PatientRecord } from '@darmon/domain/patient-record';
import { PrescriptionId, PrescriptionStatus, Quantity } from '@darmon/domain/prescription';
import { Icd10, LineView, OwnPrescription, PrescriptionView, Transition } from '@darmon/domain/prescription-view';
import { type RefusalCode, refusalStatus } from '@darmon/domain/refusal';
import { RepeatWanted } from '@darmon/domain/repeat';
import { Alert, Unjudged } from '@darmon/domain/safety';
import { TemplateList } from '@darmon/domain/template';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

export const IssueRequest = z
  .object({
    patient: PatientIdentity,
    diagnosis: z.object({ icd10: Icd10 }),
    lines: z.array(IssueLine).min(1).max(20),
    repeat: RepeatWanted.exactOptional(),
    boardDecision: z.string().trim().min(1).max(40).exactOptional(),
    policy: z.int().positive().exactOptional(),
    /** The draft that it was written as. */
    draft: PrescriptionId.exactOptional(),
    approval: ApprovalId.exactOptional(),
    overrides: z.array(Override).max(60).exactOptional(),
  })
  .meta({ id: 'IssueRequest', description: 'A prescription to sign' });

const CheckRequest = IssueRequest.extend({ diagnosis: IssueRequest.shape.diagnosis.exactOptional() }).meta({
  id: 'CheckRequest',
  description: 'A prescription as far as it is written',
});

const CheckAnswer = z
  .object({
    /** Most severe first. Contraindicated stops; the others need a reason each. */
    alerts: z.array(Alert),
    unjudged: z.array(Unjudged),
    refusals: z.array(
      z.object({
        code: z.enum(Object.keys(refusalStatus) as [RefusalCode, ...RefusalCode[]]),
        pointer: z.string().exactOptional(),
        facts: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
    policy: z.int(),
    /** What is computed of the lines; empty while something is refused. */
    quantities: z.array(z.object({ line: z.int(), quantity: Quantity })),
    validUntil: Instant.exactOptional(),
    /** The set that was asked; null where none is approved, so that silence means little. */
    knowledge: z.object({ version: z.int(), name: z.string(), date: Day }).nullable(),
  })
  .meta({ id: 'PrescriptionCheck' });

export const Issued = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    code: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    lines: z.array(LineView),
  })
  .meta({ id: 'IssuedPrescription' });

const savedDraft = { id: PrescriptionId, version: z.int(), savedAt: Instant };
const SavedDraft = z.object(savedDraft).meta({ id: 'SavedDraft' });
const ListedDraft = z.object({ ...savedDraft, title: DraftTitle.exactOptional() }).meta({ id: 'ListedDraft' });
const DraftView = z
  .object({
    ...savedDraft,
    status: z.enum(['draft', 'discarded', 'issued']),
    title: DraftTitle.exactOptional(),
    body: DraftBody,
  })
  .meta({ id: 'Draft' });

const PatientId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'PatientId', description: 'ULID; means nothing outside Darmon' });
const SavedPatient = z.object({ id: PatientId, version: z.int() }).meta({ id: 'SavedPatient' });

const FormularyAnswer = z
  .object({ version: z.string(), formulary: PackedFormulary.exactOptional() })
  .meta({ id: 'FormularyAnswer' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' } as const;
const line = {
  line: 1,
  medicine: 'AMOX500CAP',
  class: 'rx',
  unit: 'capsule',
  dosage,
  quantity: 21,
  dispensed: 0,
  substitutionAllowed: true,
  status: 'to-dispense',
} as const;
const issued = {
  id,
  number: 'GMQRNAY232P8Y',
  code: 'RX1:6BF$XO…',
  status: 'active',
  issuedAt: '2026-11-20T09:30:00.000Z',
  validUntil: '2026-12-20T19:00:00.000Z',
  lines: [line],
} as const;
const draft = { id, version: 1, savedAt: '2026-11-20T09:28:00.000Z' } as const;
const patientId = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
const patient = { pinfl: '50101019980015', fullName: 'Namuna Bemor', birthDate: '2001-01-01', sex: 'male' } as const;

export const routes = defineRoutes({
  issuePrescription: {
    method: 'POST',
    path: '/api/prescriptions',
    summary: 'Sign and issue a prescription',
    access: { doctor: 'own' },
    body: IssueRequest,
    answers: { 201: Issued },
    keyed: true,
    example: {
      body: { patient, diagnosis: { icd10: 'J02.9' }, lines: [{ medicine: 'AMOX500CAP', dosage }] },
      answer: issued,
    },
  },
  checkPrescription: {
    method: 'POST',
    path: '/api/prescriptions/check',
    summary:
      'What would be refused and what speaks against a prescription, before it is signed; a look at a patient, recorded',
    access: { doctor: 'own' },
    body: CheckRequest,
    answers: { 200: CheckAnswer },
    keyed: false,
    example: {
      body: { patient, lines: [{ medicine: 'AMOX500CAP', dosage }] },
      answer: {
        alerts: [],
        unjudged: [],
        refusals: [],
        policy: 1,
        quantities: [{ line: 1, quantity: 21 }],
        validUntil: issued.validUntil,
        knowledge: { version: 1, name: 'Starter set', date: '2026-11-20' },
      },
    },
  },
  listPrescriptions: {
    method: 'GET',
    path: '/api/prescriptions',
    summary: "A doctor's own prescriptions, newest first, with what became of them",
    access: { doctor: 'own' },
    query: PageQuery.extend({ mine: z.string().exactOptional(), status: z.enum(['open', 'closed']).exactOptional() }),
    answers: { 200: listOf(OwnPrescription) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  readPrescription: {
    method: 'GET',
    path: '/api/prescriptions/{id}',
    summary: 'One prescription as it stands now',
    access: { doctor: 'own', pharmacist: 'all', auditor: 'all' },
    params: z.object({ id: PrescriptionId }),
    answers: { 200: PrescriptionView },
    keyed: false,
    example: {
      answer: {
        ...issued,
        prescriber: 'doctor',
        prescriberName: 'Namuna Shifokor',
        clinic: 'CL-1001',
        clinicName: '1-poliklinika',
        cancelRequested: false,
        dispenses: [],
      },
    },
  },
  cancelPrescription: {
    method: 'POST',
    path: '/api/prescriptions/{id}/cancel',
    summary: 'Cancel what is not dispensed yet; under a claim it becomes a request (202)',
    access: { doctor: 'own' },
    params: z.object({ id: PrescriptionId }),
    body: z.object({ reason: Reason }),
    answers: { 200: Transition, 202: Transition },
    keyed: true,
    example: { body: { reason: 'wrong dose' }, answer: { id, status: 'cancelled', cancelRequested: false } },
  },
  listDrafts: {
    method: 'GET',
    path: '/api/drafts',
    summary: 'The own drafts, the last saved first',
    access: { doctor: 'own' },
    query: PageQuery,
    answers: { 200: listOf(ListedDraft) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  startDraft: {
    method: 'POST',
    path: '/api/drafts',
    summary: 'Keep a half-written prescription, encrypted, for 30 days; its id becomes the id of the prescription',
    access: { doctor: 'own' },
    body: z.object({ body: DraftBody, title: DraftTitle.exactOptional() }),
    answers: { 201: SavedDraft },
    keyed: true,
    example: { body: { body: { lines: [] } }, answer: draft },
  },
  readDraft: {
    method: 'GET',
    path: '/api/drafts/{id}',
    summary: 'One of the own drafts, to go on with',
    access: { doctor: 'own' },
    params: z.object({ id: PrescriptionId }),
    answers: { 200: DraftView },
    keyed: false,
    example: { answer: { ...draft, status: 'draft', body: { lines: [] } } },
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/drafts/{id}',
    summary: 'Save over the version that was seen; one that was thrown away is there again',
    access: { doctor: 'own' },
    params: z.object({ id: PrescriptionId }),
    body: z.object({ version: z.int().positive(), body: DraftBody, title: DraftTitle.exactOptional() }),
    answers: { 200: SavedDraft },
    keyed: true,
    example: { body: { version: 1, body: { lines: [] } }, answer: { ...draft, version: 2 } },
  },
  discardDraft: {
    method: 'POST',
    path: '/api/drafts/{id}/discard',
    summary: 'Throw a draft away; saving it again takes that back',
    access: { doctor: 'own' },
    params: z.object({ id: PrescriptionId }),
    answers: { 200: SavedDraft },
    keyed: true,
    example: { answer: { ...draft, version: 2 } },
  },
  readTemplates: {
    method: 'GET',
    path: '/api/templates',
    summary: 'The own templates and favourites',
    access: { doctor: 'own' },
    answers: { 200: TemplateList },
    keyed: false,
    example: { answer: { version: 0, items: [] } },
  },
  saveTemplates: {
    method: 'PUT',
    path: '/api/templates',
    summary: 'Save all templates and favourites over the version that was seen; nothing of a patient stands in one',
    access: { doctor: 'own' },
    body: TemplateList,
    answers: { 200: z.object({ version: z.int() }) },
    keyed: true,
    example: {
      body: {
        version: 0,
        items: [{ id: '1', name: 'Angina', kind: 'template', lines: [{ medicine: 'AMOX500CAP', dosage }] }],
      },
      answer: { version: 1 },
    },
  },
  lookUpPatient: {
    method: 'POST',
    path: '/api/patients/lookup',
    summary: 'Find a patient by PINFL, passport, or exact name and birth date; recorded',
    access: { doctor: 'all' },
    body: PatientQuery,
    answers: { 200: z.object({ patient: PatientRecord.nullable() }) },
    keyed: false,
    example: {
      body: { pinfl: patient.pinfl },
      answer: {
        patient: {
          ...patient,
          id: patientId,
          version: 2,
          weightKg: 70,
          weightOn: '2026-11-20',
          allergies: [{ kind: 'inn', code: 'amoxicillin' }],
        },
      },
    },
  },
  registerPatient: {
    method: 'POST',
    path: '/api/patients',
    summary: 'Register a patient without a prescription; one who is known stays as is (200)',
    access: { doctor: 'all' },
    body: PatientIdentity,
    answers: { 201: SavedPatient, 200: SavedPatient },
    keyed: true,
    example: { body: patient, answer: { id: patientId, version: 1 } },
  },
  changePatient: {
    method: 'PUT',
    path: '/api/patients/{id}',
    summary: 'Write down allergies, weight, pregnancy; add a document; correct a name; recorded',
    access: { doctor: 'all' },
    params: z.object({ id: PatientId }),
    body: PatientChange,
    answers: { 200: SavedPatient },
    keyed: true,
    example: {
      body: { version: 1, weightKg: 70, allergies: [{ kind: 'inn', code: 'amoxicillin' }] },
      answer: { id: patientId, version: 2 },
    },
  },
  readPatientHistory: {
    method: 'GET',
    path: '/api/patients/{id}/history',
    summary: 'What was prescribed to a patient and really handed over, newest first; recorded',
    access: { doctor: 'all' },
    params: z.object({ id: PatientId }),
    query: PageQuery,
    answers: { 200: listOf(PatientHistoryItem) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  searchMedicines: {
    method: 'GET',
    path: '/api/medicines',
    summary: 'The formulary, by the beginning of words of INN, brand, strength or code, in any script and spelling',
    access: 'any',
    query: PageQuery.extend({ q: z.string().max(60).exactOptional() }),
    answers: {
      200: listOf(Medicine).extend({
        resembling: z
          .literal(true)
          .exactOptional()
          .meta({ description: 'Nothing begins as asked; these differ by a letter' }),
      }),
    },
    keyed: false,
    example: { answer: { items: [] } },
  },
  readFormulary: {
    method: 'GET',
    path: '/api/medicines/packed',
    summary: 'The whole formulary by columns, always compressed with gzip; its version alone where that is `known`',
    access: 'any',
    query: z.object({ known: z.string().max(40).exactOptional() }),
    answers: { 200: FormularyAnswer },
    keyed: false,
    example: { answer: { version: 'mJb0xZ3oVv4k9QeT' } },
  },
});
