/** What a pharmacy may ask for at the counter. */
import { PersonId, SiteId } from '@darmon/domain/actor';
import { ApprovalId } from '@darmon/domain/approval';
import { DispensedLine, DispensedLot, DispenseId, IdentityChecked, NotDispensed } from '@darmon/domain/dispense';
import { Reason } from '@darmon/domain/event';
import { IssueLine } from '@darmon/domain/issue';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PatientIdentity, PatientQuery } from '@darmon/domain/patient';
import { Brand, NonDispenseReason, PrescriptionId, PrescriptionStatus, Quantity } from '@darmon/domain/prescription';
import { Icd10, LineView, PrescriptionSummary, PrescriptionView, Transition } from '@darmon/domain/prescription-view';
import { Lot } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';
import { recallRoutes } from './recall-routes.ts';

export const LookUpRequest = z
  .union([
    z.object({ code: z.string().min(1).max(4_000), reason: Reason.exactOptional() }),
    z.object({ number: z.string().min(1).max(40), reason: Reason.exactOptional() }),
    PatientQuery.and(z.object({ reason: Reason.exactOptional() })),
  ])
  .meta({ id: 'LookUpRequest', description: 'What the patient brings: the code, the printed number, or a document' });

const Scan = z.string().min(1).max(400);
const line = z.int().min(1).max(99);
const owedOn = Day.meta({ description: 'The rest is promised for this day' }).exactOptional();

const HandOver = z.strictObject({
  line,
  quantity: Quantity,
  lots: z
    .array(z.strictObject({ gtin: Gtin, lot: Lot, quantity: Quantity, expiryDate: Day.exactOptional() }))
    .min(1)
    .max(20)
    .exactOptional(),
  scans: z.array(Scan).max(50).exactOptional(),
  reason: Reason.exactOptional(),
  owedOn,
});
const NoHandOver = z.strictObject({ line, notDispensed: NonDispenseReason, note: Reason.exactOptional(), owedOn });

export const DispenseLine = z.union([HandOver, NoHandOver]).meta({
  id: 'DispenseLine',
  description:
    'One line: handed over, without lots or scans from the first expiring lots, and lots beside scans say what a pack does not; or not handed over, and why',
});

export const DispenseRequest = z
  .object({
    lines: z.array(DispenseLine).min(1).max(20),
    approval: ApprovalId.exactOptional(),
    identity: IdentityChecked.exactOptional(),
  })
  .meta({
    id: 'DispenseRequest',
    description: 'Lines; for controlled medicines with the approval of a witness and the document of who collects',
  });

/** `<number>.<n>.<secret>`: printed on the receipt, ties a feedback to this dispense once. */
const ReceiptCode = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{13}\.[1-9]\d{0,3}\.[0-9A-HJKMNP-TV-Z]{6}$/)
  .meta({ id: 'ReceiptCode' });

export const Dispensed = z
  .object({
    id: DispenseId,
    status: PrescriptionStatus,
    lines: z.array(DispensedLine),
    notDispensed: z.array(NotDispensed).exactOptional(),
    receipt: ReceiptCode,
  })
  .meta({ id: 'Dispensed' });

const ProposedLine = z
  .object({
    line: z.int(),
    medicine: MedicineCode,
    owed: z.int(),
    available: z.int(),
    lots: z.array(DispensedLot),
    others: z.array(z.object({ gtin: Gtin, lot: Lot, expiryDate: Day, onHand: z.int(), brand: z.string() })),
    brand: Brand.exactOptional(),
    substitutionAllowed: z.boolean(),
    /** Needs a witness and a document. */
    controlled: z.boolean(),
    /** A pharmacy promised the rest for a day. */
    promised: z.object({ site: SiteId, on: Day }).exactOptional(),
  })
  .meta({ id: 'ProposedLine' });

/** 250 kB of picture in base64, which is a third longer. */
const maxPictureCharacters = 341_336;
export const Picture = z
  .strictObject({
    type: z.enum(['image/jpeg', 'image/webp', 'image/png']),
    data: z.base64().min(4).max(maxPictureCharacters),
  })
  .meta({ id: 'Picture', description: 'A picture of the paper, at most 250 kB, in base64' });

export const PaperRequest = z
  .object({
    patient: PatientIdentity,
    diagnosis: z.object({ icd10: Icd10 }),
    prescriber: PersonId,
    writtenOn: Day,
    lines: z.array(IssueLine).min(1).max(20),
    picture: Picture,
  })
  .meta({ id: 'PaperRequest', description: 'A paper prescription that was written in an outage' });

export const Entered = z
  .object({
    id: PrescriptionId,
    number: z.string(),
    status: PrescriptionStatus,
    issuedAt: Instant,
    validUntil: Instant,
    lines: z.array(LineView),
    paper: z.object({ writtenOn: Day, person: PersonId, site: SiteId }),
  })
  .meta({ id: 'EnteredPrescription' });

export const SetAside = z
  .object({
    id: z.string(),
    at: Instant,
    person: PersonId,
    quarantined: z.enum(['lot', 'pack']),
    gtin: Gtin,
    medicine: MedicineCode,
    lot: Lot.exactOptional(),
    expiryDate: Day.exactOptional(),
    serial: z.string().exactOptional(),
    note: z.string(),
  })
  .meta({ id: 'SetAside', description: 'A pack that contradicted something, and what is blocked since' });

export const DispenseItem = z
  .object({
    id: DispenseId,
    prescription: PrescriptionId,
    number: z.string(),
    at: Instant,
    person: PersonId,
    lines: z.array(DispensedLine.extend({ medicine: MedicineCode })),
    notDispensed: z.array(NotDispensed).exactOptional(),
    undone: z.boolean(),
    undoableUntil: Instant.exactOptional(),
  })
  .meta({ id: 'DispenseItem' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const lot = { gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', quantity: 21 };
const patient = { pinfl: '50101019980015', fullName: 'Namuna Bemor', birthDate: '2001-01-01', sex: 'male' } as const;
const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } as const;
const params = z.object({ id: PrescriptionId });
const siteParams = z.object({ site: SiteId });

const counterRoutes = defineRoutes({
  lookUpPrescription: {
    method: 'POST',
    path: '/api/prescriptions/lookup',
    summary: 'Find a prescription by its code or number, or the open ones of a patient by document; recorded',
    access: { pharmacist: 'all' },
    body: LookUpRequest,
    answers: {
      200: z.object({
        prescription: PrescriptionView.exactOptional(),
        prescriptions: z.array(PrescriptionSummary).exactOptional(),
      }),
    },
    keyed: false,
    example: { body: { number: 'GMQR-NAY2-32P8-Y' }, answer: { prescriptions: [] } },
  },
  claimPrescription: {
    method: 'POST',
    path: '/api/prescriptions/{id}/claim',
    summary: 'Take the prescription for this pharmacy for a while',
    access: { pharmacist: 'all' },
    params,
    answers: { 200: Transition },
    keyed: true,
    example: { answer: { id, status: 'claimed', cancelRequested: false, claimedUntil: '2026-11-20T10:00:00.000Z' } },
  },
  releasePrescription: {
    method: 'POST',
    path: '/api/prescriptions/{id}/release',
    summary: 'Give a claimed prescription back',
    access: { pharmacist: 'all' },
    params,
    answers: { 200: Transition },
    keyed: true,
    example: { answer: { id, status: 'active', cancelRequested: false } },
  },
  proposeLots: {
    method: 'GET',
    path: '/api/prescriptions/{id}/proposal',
    summary: 'The lots of this pharmacy that would serve what is owed, first expiring first',
    access: { pharmacist: 'all' },
    params,
    answers: { 200: z.object({ lines: z.array(ProposedLine) }) },
    keyed: false,
    example: {
      answer: {
        lines: [
          {
            line: 1,
            medicine: 'AMOX500CAP',
            owed: 21,
            available: 160,
            lots: [lot],
            others: [],
            substitutionAllowed: true,
            controlled: false,
          },
        ],
      },
    },
  },
  dispensePrescription: {
    method: 'POST',
    path: '/api/prescriptions/{id}/dispenses',
    summary: 'Hand over lines, fully or in part, from one lot or several, or say why not',
    access: { pharmacist: 'all' },
    params,
    body: DispenseRequest,
    answers: { 201: Dispensed },
    keyed: true,
    example: {
      body: {
        lines: [
          { line: 1, quantity: 21 },
          { line: 2, notDispensed: 'out-of-stock', owedOn: '2026-11-23' },
        ],
      },
      answer: {
        id: `${id}.1`,
        status: 'partially-dispensed',
        lines: [{ line: 1, quantity: 21, lots: [lot] }],
        notDispensed: [{ line: 2, reason: 'out-of-stock', owedOn: '2026-11-23' }],
        receipt: 'GMQRNAY232P8Y.1.7KX2MQ',
      },
    },
  },
  undoDispense: {
    method: 'POST',
    path: '/api/dispenses/{id}/undo',
    summary: 'Take a dispense back: the stock returns to the same lots, its packs can be handed over again',
    access: { pharmacist: 'own' },
    params: z.object({ id: DispenseId }),
    body: z.object({ reason: Reason }),
    answers: { 200: Transition },
    keyed: true,
    example: { body: { reason: 'wrong patient' }, answer: { id, status: 'active', cancelRequested: false } },
  },
  listDispenses: {
    method: 'GET',
    path: '/api/sites/{site}/dispenses',
    summary: 'What this pharmacy handed over on a day, newest first',
    access: { pharmacist: 'own' },
    params: siteParams,
    query: PageQuery.extend({ day: Day }),
    answers: { 200: listOf(DispenseItem) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  enterPaper: {
    method: 'POST',
    path: '/api/prescriptions/paper',
    summary: 'Enter a paper prescription that was written in an outage, with a picture of it',
    access: { pharmacist: 'own' },
    body: PaperRequest,
    answers: { 201: Entered },
    keyed: true,
    example: {
      body: {
        patient,
        diagnosis: { icd10: 'J02.9' },
        prescriber: 'doctor',
        writtenOn: '2026-11-19',
        lines: [{ medicine: 'AMOX500CAP', dosage }],
        picture: { type: 'image/jpeg', data: '/9j/4AAQ' },
      },
      answer: {
        id,
        number: 'GMQRNAY232P8Y',
        status: 'active',
        issuedAt: '2026-11-18T19:00:00.000Z',
        validUntil: '2026-12-19T19:00:00.000Z',
        lines: [
          {
            line: 1,
            medicine: 'AMOX500CAP',
            class: 'rx',
            unit: 'capsule',
            dosage,
            quantity: 21,
            dispensed: 0,
            substitutionAllowed: true,
            status: 'to-dispense',
          },
        ],
        paper: { writtenOn: '2026-11-19', person: 'pharmacist', site: 'PH-1001' },
      },
    },
  },
  readPicture: {
    method: 'GET',
    path: '/api/prescriptions/{id}/picture',
    summary: 'The picture of a paper prescription, for the pharmacy that entered it',
    access: { pharmacist: 'own' },
    params,
    answers: { 200: Picture },
    keyed: false,
    example: { answer: { type: 'image/jpeg', data: '/9j/4AAQ' } },
  },
  setAside: {
    method: 'POST',
    path: '/api/sites/{site}/set-aside',
    summary: 'Put a pack that contradicts something into quarantine: its lot here, or the pack everywhere',
    access: { pharmacist: 'own' },
    params: siteParams,
    body: z
      .object({ scan: Scan, lot: Lot.exactOptional(), expiryDate: Day.exactOptional(), note: Reason })
      .meta({ id: 'SetAsideRequest' }),
    answers: { 201: SetAside },
    keyed: true,
    example: {
      body: { scan: '010952102019901321A1B2C3', lot: 'A1234', expiryDate: '2027-05-31', note: 'other expiry on it' },
      answer: {
        id,
        at: '2026-11-20T09:30:00.000Z',
        person: 'pharmacist',
        quarantined: 'lot',
        gtin: '09521020199013',
        medicine: 'AMOX500CAP',
        lot: 'A1234',
        expiryDate: '2027-05-31',
        serial: 'A1B2C3',
        note: 'other expiry on it',
      },
    },
  },
  listSetAside: {
    method: 'GET',
    path: '/api/sites/{site}/set-aside',
    summary: 'Packs that this pharmacy set aside, newest first',
    access: { pharmacist: 'own' },
    params: siteParams,
    query: PageQuery,
    answers: { 200: listOf(SetAside) },
    keyed: false,
    example: { answer: { items: [] } },
  },
  openPage: {
    method: 'POST',
    path: '/api/prescriptions/{id}/open-page',
    summary: "Open a patient's page again that five wrong birth dates locked, after a look at the document",
    access: { pharmacist: 'all' },
    params,
    body: z.object({ reason: Reason }),
    answers: { 200: z.object({ id: PrescriptionId, open: z.literal(true) }) },
    keyed: true,
    example: { body: { reason: 'passport seen' }, answer: { id, open: true } },
  },
});

export const routes = { ...counterRoutes, ...recallRoutes };
