/** What a patient may do without an account: open the own page, ask which pharmacies hold a medicine, give feedback. */
import { SiteId } from '@darmon/domain/actor';
import { FeedbackGiven } from '@darmon/domain/feedback';
import { MedicineCode } from '@darmon/domain/medicine';
import { Holders, PatientPage } from '@darmon/domain/patient-page';
import { Region, SiteKind } from '@darmon/domain/standing';
import { Day } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const birthDate = Day.meta({ description: 'The whole birth date of the patient' });

export const routes = defineRoutes({
  openPatientPage: {
    method: 'POST',
    path: '/api/patient/prescription',
    summary: 'A prescription for its patient, once the whole birth date is confirmed; five wrong ones lock it',
    access: 'public',
    body: z
      .union([
        z.strictObject({ number: z.string().min(1).max(40), birthDate }),
        z.strictObject({ code: z.string().min(1).max(3_000), birthDate }),
      ])
      .meta({ id: 'OpenPatientPage' }),
    answers: { 200: PatientPage },
    keyed: false,
    example: {
      body: { number: 'K7Q2-M9TX-A4B0-C', birthDate: '1985-03-12' },
      answer: {
        number: 'K7Q2M9TXA4B0C',
        status: 'active',
        issuedAt: '2026-11-20T09:30:00.000Z',
        validUntil: '2026-12-20T19:00:00.000Z',
        clinic: 'Namuna poliklinika',
        region: 'UZ-TK',
        prescriber: 'Namuna Shifokor',
        medicines: [],
        dispenses: [],
        looks: [],
      },
    },
  },
  findHolders: {
    method: 'POST',
    path: '/api/patient/pharmacies',
    summary: 'Pharmacies of a region that hold each medicine now, without how much; controlled medicines are left out',
    access: 'public',
    body: z
      .strictObject({ region: Region, medicines: z.array(MedicineCode).min(1).max(20) })
      .meta({ id: 'FindHolders', description: 'In a body and not in an address, which would stand in logs' }),
    answers: { 200: z.object({ items: z.array(Holders) }) },
    keyed: false,
    example: {
      body: { region: 'UZ-TK', medicines: ['AMOX500CAP'] },
      answer: { items: [{ medicine: 'AMOX500CAP', pharmacies: [{ name: 'Namuna dorixona' }] }] },
    },
  },
  readSiteName: {
    method: 'GET',
    path: '/api/patient/sites/{site}',
    cacheSeconds: 300,
    summary: 'What the pharmacy or clinic is called that feedback is about',
    access: 'public',
    params: z.object({ site: SiteId }),
    answers: { 200: z.object({ site: SiteId, name: z.string(), kind: SiteKind }).meta({ id: 'SiteName' }) },
    keyed: false,
    example: { answer: { site: 'PH-0001', name: 'Namuna dorixona', kind: 'pharmacy' } },
  },
  giveFeedback: {
    method: 'POST',
    path: '/api/feedback',
    summary: 'Praise or a complaint about a pharmacy or a clinic, tied to a dispense where its receipt comes along',
    access: 'public',
    body: FeedbackGiven,
    answers: { 201: z.object({ id: z.string() }) },
    keyed: false,
    example: {
      body: { site: 'PH-0001', kind: 'praise', about: 'staff', text: 'Explained everything patiently.' },
      answer: { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' },
    },
  },
});
