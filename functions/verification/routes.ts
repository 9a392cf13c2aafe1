/** What anybody may ask, signed in or not: is this code authentic, and with which keys can I check it myself. */
import { PrescriptionStatus } from '@darmon/domain/prescription';
import { Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

export const routes = defineRoutes({
  verifyCode: {
    method: 'POST',
    path: '/api/verify',
    summary: 'Whether a code is authentic, in time and not revoked; tells nothing of the patient',
    access: 'public',
    body: z.object({ code: z.string() }).meta({ id: 'VerifyRequest' }),
    answers: {
      200: z
        .object({ valid: z.boolean(), reason: z.string().exactOptional(), status: PrescriptionStatus.exactOptional() })
        .meta({ id: 'Verification' }),
    },
    keyed: false,
    example: { body: { code: 'RX1:6BF$XO…' }, answer: { valid: false, reason: 'malformed' } },
  },
  readKeys: {
    method: 'GET',
    path: '/api/.well-known/prescription-keys',
    cacheSeconds: 300,
    summary: 'The public keys of prescriptions, and the same list signed',
    access: 'public',
    answers: {
      200: z
        .object({
          keys: z.array(z.looseObject({ kid: z.string(), notBefore: Instant, notAfter: Instant.exactOptional() })),
          signed: z.string(),
        })
        .meta({ id: 'KeyList' }),
    },
    keyed: false,
    example: { answer: { keys: [], signed: 'eyJ…' } },
  },
  readRevocations: {
    method: 'GET',
    path: '/api/.well-known/revocations',
    cacheSeconds: 60,
    summary: 'The signed revocation list with the time it was made',
    access: 'public',
    answers: { 200: z.object({ madeAt: Instant, serial: z.int(), signed: z.string() }).meta({ id: 'RevocationList' }) },
    keyed: false,
    example: { answer: { madeAt: '2026-11-20T09:30:00.000Z', serial: 1, signed: 'eyJ…' } },
  },
  readLogKey: {
    method: 'GET',
    path: '/api/.well-known/log-key',
    cacheSeconds: 300,
    summary: 'The public key of the log of events, as its files are verified with; the files are under /log/',
    access: 'public',
    answers: { 200: z.string().meta({ description: 'A vkey of C2SP signed-note, and a newline' }) },
    keyed: false,
    example: { answer: 'darmon.log+435c089b+AWvJ…' },
  },
  readPeriodKey: {
    method: 'GET',
    path: '/api/.well-known/period-key',
    cacheSeconds: 300,
    summary: 'The public key under which packages of closed months are signed, as a JWK',
    access: 'public',
    answers: {
      200: z
        .object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), kid: z.string() })
        .meta({ id: 'PeriodKey' }),
    },
    keyed: false,
    example: { answer: { kty: 'EC', crv: 'P-256', x: '…', y: '…', kid: 'AQIDBA' } },
  },
  readOpenApi: {
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This interface as OpenAPI 3.1',
    access: 'public',
    answers: { 200: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi' }) },
    keyed: false,
    example: { answer: { openapi: '3.1.0' } },
  },
  readDocs: {
    method: 'GET',
    path: '/api/docs',
    summary: 'This interface as a page for people',
    access: 'public',
    answers: { 200: z.string().meta({ description: 'HTML' }) },
    keyed: false,
    example: { answer: '<!doctype html>' },
  },
});
