/** Reports: which there are, and one of them as figures, tables and checks. Every form that people take away is made of it. */
import { Report, ReportKind } from '@darmon/domain/report';
import { ReportOffer, ReportQuery } from '@darmon/domain/report-query';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

/** Keepers see what can be told of one site, and of no other than their own. */
const readers = { auditor: 'all', chief: 'all', warehouse: 'own', pharmacist: 'own' } as const;

export const reportRoutes = defineRoutes({
  listReports: {
    method: 'GET',
    path: '/api/reports',
    summary: 'The reports that this person may ask for, and what each has to be told',
    access: readers,
    answers: { 200: z.object({ items: z.array(ReportOffer) }) },
    keyed: false,
    example: {
      answer: { items: [{ report: 'write-offs', span: 'days', needs: [], takes: ['site', 'region'] }] },
    },
  },
  readReport: {
    method: 'GET',
    path: '/api/reports/{report}',
    summary: 'A report of a month, of days, or of now; at most a thousand rows, and `next` where there are more',
    access: readers,
    params: z.object({ report: ReportKind }),
    query: ReportQuery,
    answers: { 200: Report },
    keyed: false,
    example: {
      answer: {
        report: 'write-offs',
        format: 1,
        from: '2026-10-01',
        through: '2026-10-31',
        site: 'WH-0001',
        madeAt: '2026-11-01T05:00:00.000Z',
        figures: [{ name: 'written-off-value', kind: 'money', value: 48_000_000 }],
        sections: [
          {
            name: 'by-reason',
            columns: [
              { name: 'reason', kind: 'word' },
              { name: 'value', kind: 'money', total: true },
            ],
            rows: [{ cells: ['write-off.expired', 48_000_000] }],
            totals: { value: 48_000_000 },
          },
        ],
        checks: [{ name: 'acts-lines', left: 48_000_000, right: 48_000_000, holds: true }],
        notes: [],
      },
    },
  },
});
