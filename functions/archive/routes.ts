/** Files of closed months, for auditors; nothing here changes anything. */
import { Month } from '@darmon/domain/report';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const params = z.object({ month: Month });
const ofVersion = z.object({ version: z.coerce.number().int().min(1).max(9_999).exactOptional() });

export const routes = defineRoutes({
  readPeriodFile: {
    method: 'GET',
    path: '/api/periods/{month}/files/{name}',
    summary: 'A file of a closed month, byte for byte as it was made',
    access: { auditor: 'all' },
    params: params.extend({ name: z.string().regex(/^[a-z0-9.-]{1,60}$/) }),
    query: ofVersion,
    answers: { 200: z.string().meta({ description: 'The file' }) },
    keyed: false,
    example: { answer: '{"report":"material-balance"}' },
  },
  readPackage: {
    method: 'GET',
    path: '/api/periods/{month}/package',
    summary: 'The signed package of a closed month as one zip, as the authority gets it',
    access: { auditor: 'all' },
    params,
    query: ofVersion,
    answers: { 200: z.string().meta({ description: 'A zip archive' }) },
    keyed: false,
    example: { answer: 'PK' },
  },
});
