/** What a pharmacy may ask for at the counter. */
import { DispensedLot, DispenseId } from '@darmon/domain/dispense';
import { Reason } from '@darmon/domain/event';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { PatientQuery } from '@darmon/domain/patient';
import { HandedOver, PrescriptionId, PrescriptionStatus, Quantity } from '@darmon/domain/prescription';
import { PrescriptionSummary, PrescriptionView, Transition } from '@darmon/domain/prescription-view';
import { Lot } from '@darmon/domain/stock';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

export const LookUpRequest = z
  .union([
    z.object({ code: z.string().min(1).max(4_000), reason: Reason.exactOptional() }),
    z.object({ number: z.string().min(1).max(40), reason: Reason.exactOptional() }),
    PatientQuery.and(z.object({ reason: Reason.exactOptional() })),
  ])
  .meta({ id: 'LookUpRequest', description: 'What the patient brings: the code, the printed number, or a document' });

export const DispenseLine = z
  .strictObject({
    line: z.int().min(1).max(99),
    quantity: Quantity,
    lots: z
      .array(z.strictObject({ gtin: Gtin, lot: Lot, quantity: Quantity }))
      .min(1)
      .max(20)
      .exactOptional(),
    scans: z.array(z.string().min(1).max(400)).max(50).exactOptional(),
    reason: Reason.exactOptional(),
  })
  .meta({
    id: 'DispenseLine',
    description: 'One line to hand over; without lots or scans the first expiring are taken',
  });

export const Dispensed = z
  .object({
    id: DispenseId,
    status: PrescriptionStatus,
    lines: z.array(z.object({ line: z.int(), quantity: HandedOver, lots: z.array(DispensedLot) })),
  })
  .meta({ id: 'Dispensed' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const lot = { gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', quantity: 21 };
const params = z.object({ id: PrescriptionId });

export const routes = defineRoutes({
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
    answers: {
      200: z.object({
        lines: z.array(
          z.object({
            line: z.int(),
            medicine: MedicineCode,
            owed: z.int(),
            available: z.int(),
            lots: z.array(DispensedLot),
            others: z.array(z.object({ gtin: Gtin, lot: Lot, expiryDate: z.string(), onHand: z.int() })),
          }),
        ),
      }),
    },
    keyed: false,
    example: {
      answer: { lines: [{ line: 1, medicine: 'AMOX500CAP', owed: 21, available: 160, lots: [lot], others: [] }] },
    },
  },
  dispensePrescription: {
    method: 'POST',
    path: '/api/prescriptions/{id}/dispenses',
    summary: 'Hand over lines, fully or in part, from one lot or several',
    access: { pharmacist: 'all' },
    params,
    body: z.object({ lines: z.array(DispenseLine).min(1).max(20) }).meta({ id: 'DispenseRequest' }),
    answers: { 201: Dispensed },
    keyed: true,
    example: {
      body: { lines: [{ line: 1, quantity: 21 }] },
      answer: { id: `${id}.1`, status: 'completed', lines: [{ line: 1, quantity: 21, lots: [lot] }] },
    },
  },
  undoDispense: {
    method: 'POST',
    path: '/api/dispenses/{id}/undo',
    summary: 'Take a dispense back: the stock returns to the same lots',
    access: { pharmacist: 'own' },
    params: z.object({ id: DispenseId }),
    body: z.object({ reason: Reason }),
    answers: { 200: Transition },
    keyed: true,
    example: { body: { reason: 'wrong patient' }, answer: { id, status: 'active', cancelRequested: false } },
  },
});
