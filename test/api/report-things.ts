/** What is asked of reports, trails and inhabitants, for the test of every role on every route. */
import type { Role } from '@darmon/domain/actor';

const days = 'from=2026-11-01&through=2026-11-20';

export const reportThings = (stockSite: (role: Role) => string, issued: () => Promise<{ number: string }>) => ({
  listReports: async () => ({ params: {} }),
  lookAtPatient: async () => ({
    params: {},
    body: { number: (await issued()).number, reason: 'a test of rights' },
  }),
  readPatientTrail: async () => ({ params: { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' } }),
  readDaysTrail: async () => ({ params: { query: `site=PH-0001&${days}` } }),
  listPrescribed: async () => ({ params: { person: 'doctor' } }),
  readLotTrail: async () => ({ params: { gtin: '09521020199013', lot: 'A1234' } }),
  readPopulation: async () => ({ params: {} }),
  savePopulation: async () => ({
    params: {},
    body: { year: 2025, source: 'a test', inhabitants: { 'UZ-TK': 3_000_000 }, version: 1, reason: 'a test of rights' },
  }),
  readReport: async (role: Role) => ({ params: { report: 'write-offs', query: `site=${stockSite(role)}` } }),
});
