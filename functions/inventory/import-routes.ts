/** Opening balances of many rows: part by part, judged row by row, and posted only when every row is sound. */
import { SiteId } from '@darmon/domain/actor';
import { ImportProblem, ImportRow, importPartRows, maxImportRows } from '@darmon/domain/stock-import';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const importParams = z.object({ site: SiteId, id: Ulid });
const keepers = { warehouse: 'own', pharmacist: 'own' } as const;

export const StockImport = z
  .object({
    id: z.string(),
    kind: z.enum(['opening']),
    name: z.string(),
    /** `ready` where every row came and is sound; `posting` goes on by itself, as `/api/jobs/{id}` says. */
    state: z.enum(['loading', 'ready', 'posting', 'posted']),
    rows: z.int(),
    received: z.int(),
    problemCount: z.int(),
    problems: z.array(ImportProblem).meta({ description: 'The first thousand, in the order of the rows' }),
    /** The job that posts it. */
    posting: z.string().exactOptional(),
  })
  .meta({ id: 'StockImport' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';

export const importRoutes = defineRoutes({
  startImport: {
    method: 'POST',
    path: '/api/sites/{site}/imports',
    summary: 'Begin an opening balance of so many rows; nothing of it counts before it is posted',
    access: keepers,
    params: z.object({ site: SiteId }),
    body: z
      .strictObject({
        kind: z.enum(['opening']),
        rows: z.int().min(1).max(maxImportRows),
        name: z.string().trim().min(1).max(120),
      })
      .meta({ id: 'ImportRequest' }),
    answers: { 201: z.object({ id: z.string() }) },
    keyed: true,
    example: { body: { kind: 'opening', rows: 2, name: 'opening.xlsx' }, answer: { id } },
  },
  loadImportPart: {
    method: 'POST',
    path: '/api/sites/{site}/imports/{id}/parts',
    summary: 'Its rows from the one numbered `from`, counted from 0: a thousand, or the rest; harmless to repeat',
    access: keepers,
    params: importParams,
    body: z
      .strictObject({
        from: z.int().min(0).max(maxImportRows).multipleOf(importPartRows),
        rows: z.array(ImportRow).min(1).max(importPartRows),
      })
      .meta({ id: 'ImportPart' }),
    answers: { 200: z.object({ received: z.int(), problems: z.array(ImportProblem) }) },
    keyed: false,
    example: {
      body: {
        from: 0,
        rows: [
          { gtin: '09521020199013', lot: 'A1234', expiryDate: '2027-06-30', packs: 10, zone: 'B', shelf: '3-2' },
          { medicine: 'AMOX500CAP', lot: 'A1235', expiryDate: '30.06.2027', quantity: 160 },
        ],
      },
      answer: {
        received: 2,
        problems: [{ row: 1, field: 'expiryDate', code: 'value-invalid', facts: { value: '30.06.2027' } }],
      },
    },
  },
  readImport: {
    method: 'GET',
    path: '/api/sites/{site}/imports/{id}',
    summary: 'How far an import is, and what is wrong with its rows',
    access: keepers,
    params: importParams,
    answers: { 200: StockImport },
    keyed: false,
    example: {
      answer: {
        id,
        kind: 'opening',
        name: 'opening.xlsx',
        state: 'ready',
        rows: 2,
        received: 2,
        problemCount: 0,
        problems: [],
      },
    },
  },
  postImport: {
    method: 'POST',
    path: '/api/sites/{site}/imports/{id}/post',
    summary: 'Take the whole of it into the ledger; refused while any row is missing or wrong',
    access: keepers,
    params: importParams,
    body: z.strictObject({}).meta({ id: 'ImportPosting' }),
    answers: { 202: StockImport },
    keyed: true,
    example: {
      body: {},
      answer: {
        id,
        kind: 'opening',
        name: 'opening.xlsx',
        state: 'posting',
        rows: 2,
        received: 2,
        problemCount: 0,
        problems: [],
        posting: id,
      },
    },
  },
});
