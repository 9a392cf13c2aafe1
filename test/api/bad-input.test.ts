/** What hostile, broken and mistaken requests get: a problem+json with a code and what to do, and nothing half done. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { makePinfl } from '@darmon/domain/pinfl';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: { pointer: string; detail: string }[];
}

const dosage = { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' };
const patient = () => ({
  pinfl: makePinfl({ birthDate: '1991-04-23', sex: 'male', region: 998, serial: 17 }),
  fullName: 'Sinov Bemori',
  birthDate: '1991-04-23',
  sex: 'male',
});
const prescription = (change: object = {}) => ({
  patient: patient(),
  diagnosis: { icd10: 'J06.9' },
  lines: [{ medicine: 'PARA500TAB', dosage }],
  overrides: [{ alert: 'duplicate-therapy:substance:PARA500TAB', reason: 'one patient for all' }],
  ...change,
});
const issue = (body: unknown, more: object = {}) =>
  cloud.api<Problem>('doctor', 'POST /api/prescriptions', { body, ...more });
const issued = async () => {
  const answer = await cloud.api<{ id: string; number: string; code: string }>('doctor', 'POST /api/prescriptions', {
    body: prescription(),
  });
  expect(answer.status).toBe(201);
  return answer.body;
};
const dispense = (id: string, lines: unknown, more: object = {}) =>
  cloud.api<Problem>('pharmacist', `POST /api/prescriptions/${id}/dispenses`, { body: { lines }, ...more });

/** Status, code and the places that the answer points at. */
const said = ({ status, headers, body }: { status: number; headers: Headers; body: Problem }) => {
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
    type: `urn:darmon:problem:${body.code}`,
  });
  return [status, body.code, ...(body.errors ?? []).map((e) => e.pointer)];
};

describe('tokens', () => {
  const me = (token: string) => cloud.api('nobody', 'GET /api/me', { token });

  test('of another issuer, another key, another audience, without one, expired, cut short: 401', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'other', alg: 'RS256', use: 'sig' };
    const server = createServer((request, response) => {
      const body = request.url?.includes('jwks') ? { keys: [jwk] } : { issuer: 'x', jwks_uri: 'x' };
      response.end(JSON.stringify(body));
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    const { port } = server.address() as { port: number };
    const foreign = (issuer: string) =>
      new SignJWT({ 'cognito:groups': ['admin'] })
        .setProtectedHeader({ alg: 'RS256', kid: 'other', typ: 'at+jwt' })
        .setSubject('admin')
        .setIssuer(issuer)
        .setAudience('urn:darmon:api')
        .setIssuedAt()
        .setExpirationTime('10m')
        .sign(privateKey);
    const good = await cloud.token('doctor');
    const [header = '', payload = ''] = good.split('.');
    const tokens = [
      await foreign(`http://127.0.0.1:${port}`),
      await foreign(cloud.run().issuer),
      await cloud.token('doctor', { claims: { aud: 'urn:other:api' } }),
      await cloud.token('doctor', { claims: { aud: undefined, client_id: undefined } }),
      await cloud.token('doctor', { lifetimeSeconds: -60 }),
      good.slice(0, -4),
      `${header}.${payload}.`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
      'x',
    ];
    for (const token of tokens) expect((await me(token)).status).toBe(401);
    expect((await me(good)).status).toBe(200);
    server.close();
  });

  test('with no group, or groups that are no roles, may do nothing', async () => {
    for (const groups of [undefined, [], ['superuser']]) {
      const token = await cloud.token('doctor', { claims: { 'cognito:groups': groups } });
      expect((await me(token)).status).toBe(403);
      expect((await issue(prescription(), { token })).status).toBe(403);
    }
  });

  test('with a role or a site that the register does not confirm are refused', async () => {
    const otherRole = await cloud.token('pharmacist', { claims: { 'cognito:groups': ['doctor'] } });
    expect(said(await issue(prescription(), { token: otherRole }))).toEqual([403, 'account-closed']);
    const otherSite = await cloud.token('doctor', { claims: { 'darmon:site': 'CL-0002' } });
    expect(said(await issue(prescription(), { token: otherSite }))).toEqual([403, 'account-closed']);
  });

  test('of a doctor whose licence lapsed issue nothing', async () => {
    const answer = await cloud.api<Problem>('doctor-lapsed', 'POST /api/prescriptions', { body: prescription() });
    expect(said(answer)).toEqual([403, 'licence-lapsed']);
  });
});

describe('requests', () => {
  test.each([
    ['not JSON', '{"patient":', 400, 'unreadable-body'],
    ['JSON of another shape', '[]', 422, 'schema'],
    ['null', 'null', 422, 'schema'],
    ['over a megabyte', JSON.stringify({ x: 'x'.repeat(1_100_000) }), 413, 'body-too-large'],
  ])('a body that is %s is refused', async (_, body, status, code) => {
    expect(said(await issue(body)).slice(0, 2)).toEqual([status, code]);
  });

  test('a body of ten megabytes is refused, and the next request is served', async () => {
    const { status } = await issue(`{"x":"${'x'.repeat(10 * 1024 * 1024)}"}`);
    expect(status).toBe(413);
    await issued();
  });

  test('a deeply nested body is refused', async () => {
    expect((await issue('['.repeat(50_000) + ']'.repeat(50_000))).status).toBe(400);
  });

  test('a change without a usable Idempotency-Key is refused', async () => {
    for (const key of ['', ' ', 'x'.repeat(201), 'a b']) {
      expect(said(await issue(prescription(), { key })).slice(0, 2)).toEqual([400, 'idempotency-key-missing']);
    }
  });

  test('a key with another body is refused, with the same answered again in the same words', async () => {
    const key = randomUUID();
    const first = await issue(prescription(), { key });
    const again = await issue(prescription(), { key });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(said(await issue(prescription({ diagnosis: { icd10: 'J06.0' } }), { key }))).toEqual([422, 'key-reused']);
    const other = await cloud.api<Problem>('doctor2', 'POST /api/prescriptions', { body: prescription(), key });
    expect(other.status).toBe(201);
  });

  test('speak the language asked for', async () => {
    const titles = await Promise.all(
      ['uz', 'uz-Cyrl', 'ru-RU,ru;q=0.9', 'en', 'de'].map(async (language) => {
        const { body, headers } = await cloud.api<Problem>(
          'doctor',
          'GET /api/prescriptions/01KAGZ5V9YV1Q5T1M0E9J7R2CD',
          { headers: { 'accept-language': language } },
        );
        return [headers.get('content-language'), body.title];
      }),
    );
    expect(titles.map(([language]) => language)).toEqual(['uz-Latn', 'uz-Cyrl', 'ru', 'en', 'uz-Latn']);
    expect(new Set(titles.map(([, title]) => title)).size).toBe(4);
  });

  test('an unknown path and a broken cursor are refused', async () => {
    expect((await cloud.api('doctor', 'GET /api/nothing')).status).toBe(404);
    for (const cursor of [
      'x',
      Buffer.from('{"pk":"PATIENT#1","sk":"x"}').toString('base64url'),
      Buffer.from('{}').toString('base64url'),
    ]) {
      const { status } = await cloud.api(
        'auditor',
        `GET /api/sites/PH-0001/movements?gtin=09520000000011&lot=A&cursor=${cursor}`,
      );
      expect(status).toBe(400);
    }
    expect((await cloud.api('auditor', 'GET /api/sites/PH-0001/stock?limit=101')).status).toBe(422);
  });

  test('say nothing of what was sent, and the log knows nobody’s name or number', async () => {
    const { pinfl } = patient();
    const { body } = await issue(
      prescription({ patient: { ...patient(), pinfl: `${pinfl.slice(0, 13)}${(Number(pinfl[13]) + 1) % 10}` } }),
    );
    expect(body.code).toBe('pinfl-invalid');
    await cloud.api('pharmacist', 'POST /api/prescriptions/lookup', { body: { pinfl } });
    expect(JSON.stringify(body)).not.toContain(pinfl.slice(0, 13));
    expect(cloud.logs()).not.toMatch(new RegExp(`${pinfl.slice(0, 13)}|Sinov|Bemori`));
  });
});

describe('prescribing', () => {
  const first = ({ pinfl, ...rest }: ReturnType<typeof patient>) => ({
    pinfl: `${pinfl.slice(0, 13)}${(Number(pinfl[13]) + 1) % 10}`,
    ...rest,
  });
  const line = (change: object) => prescription({ lines: [{ medicine: 'PARA500TAB', dosage, ...change }] });

  test.each([
    [
      'a PINFL with a wrong check digit',
      () => prescription({ patient: first(patient()) }),
      422,
      'pinfl-invalid',
      '/patient/pinfl',
    ],
    [
      'a PINFL of another birth date',
      () => prescription({ patient: { ...patient(), birthDate: '1991-04-24' } }),
      422,
      'patient-mismatch',
      '/patient/birthDate',
    ],
    [
      'a PINFL of the other sex',
      () => prescription({ patient: { ...patient(), sex: 'female' } }),
      422,
      'patient-mismatch',
      '/patient/sex',
    ],
    ['no diagnosis', () => ({ ...prescription(), diagnosis: undefined }), 422, 'schema', '/diagnosis'],
    ['a medicine unknown', () => line({ medicine: 'NOSUCH' }), 422, 'medicine-unknown', '/lines/0/medicine'],
    ['a quantity of nothing', () => line({ quantity: 0 }), 422, 'schema', '/lines/0/quantity'],
    ['a negative quantity', () => line({ quantity: -1 }), 422, 'schema', '/lines/0/quantity'],
    ['half a tablet as quantity', () => line({ quantity: 7.5 }), 422, 'schema', '/lines/0/quantity'],
    ['an enormous quantity', () => line({ quantity: 1e15 }), 422, 'schema', '/lines/0/quantity'],
    ['a quantity as text', () => line({ quantity: '15' }), 422, 'schema', '/lines/0/quantity'],
    [
      'a quantity that contradicts the dosage',
      () => line({ quantity: 17 }),
      422,
      'quantity-contradicts-dosage',
      '/lines/0/quantity',
    ],
    [
      'a route that the medicine has not',
      () => line({ dosage: { ...dosage, route: 'intravenous' } }),
      422,
      'dosage-invalid',
      '/lines/0/dosage/route',
    ],
    ['no lines', () => prescription({ lines: [] }), 422, 'schema', '/lines'],
    [
      'six lines',
      () => prescription({ lines: Array.from({ length: 6 }, () => ({ medicine: 'PARA500TAB', dosage })) }),
      422,
      'too-many-lines',
    ],
  ])('%s is refused at its place', async (_, body, status, code, ...pointer) => {
    expect(said(await issue(body()))).toEqual([status, code, ...pointer]);
  });

  test('what is not allowed to outpatients is refused, by class and by registration', async () => {
    const { body } = await cloud.api<{
      items: { code: string; class: string; registered: boolean; unit: string; routes: string[] }[];
    }>('doctor', 'GET /api/medicines?limit=100');
    let items = body.items;
    for (let next = (body as { next?: string }).next; next; ) {
      const page = await cloud.api<{ items: typeof items; next?: string }>(
        'doctor',
        `GET /api/medicines?limit=100&cursor=${next}`,
      );
      items = [...items, ...page.body.items];
      next = page.body.next;
    }
    const forbidden = items.filter((m) => m.class === 'anaesthetic' || !m.registered);
    expect(forbidden.length).toBeGreaterThan(1);
    for (const { code, unit, routes, ...m } of forbidden) {
      const answer = await issue(
        prescription({ lines: [{ medicine: code, dosage: { ...dosage, unit, route: routes[0] } }] }),
      );
      const refusal = m.class === 'anaesthetic' ? 'medicine-not-allowed' : 'medicine-not-registered';
      expect(said(answer)).toEqual([422, refusal, '/lines/0/medicine']);
    }
  });
});

describe('dispensing', () => {
  test.each([
    ['nothing', [{ line: 1, quantity: 0 }], 422, 'schema'],
    ['less than nothing', [{ line: 1, quantity: -3 }], 422, 'schema'],
    ['a fraction', [{ line: 1, quantity: 1.5 }], 422, 'schema'],
    ['more than is owed', [{ line: 1, quantity: 16 }], 409, 'quantity-over-owed'],
    ['a line that is not there', [{ line: 2, quantity: 1 }], 422, 'line-unknown'],
    [
      'the same line twice',
      [
        { line: 1, quantity: 1 },
        { line: 1, quantity: 1 },
      ],
      422,
      'line-repeated',
    ],
    [
      'a lot that does not exist',
      [{ line: 1, quantity: 1, lots: [{ gtin: '09520000000011', lot: 'NOSUCH', quantity: 1 }] }],
      422,
      'lot-unknown',
    ],
    ['a scan that is no pack', [{ line: 1, quantity: 1, scans: ['hello'] }], 422, 'scan-unreadable'],
  ])('%s is refused and changes nothing', async (_, lines, status, code) => {
    const { id } = await issued();
    expect(said(await dispense(id, lines)).slice(0, 2)).toEqual([status, code]);
    const { body } = await cloud.api<{ status: string; dispenses: unknown[] }>(
      'doctor',
      `GET /api/prescriptions/${id}`,
    );
    expect([body.status, body.dispenses]).toEqual(['active', []]);
  });

  test('of what does not exist is not found, whatever the id looks like', async () => {
    for (const id of ['01KAGZ5V9YV1Q5T1M0E9J7R2CD', 'x', '..%2F..', '%00', 'PRESCRIPTION#1']) {
      expect((await dispense(encodeURIComponent(id), [{ line: 1, quantity: 1 }])).status).toBe(404);
    }
  });
});

describe('codes', () => {
  const verify = async (code: string) =>
    (
      await cloud.api<{ valid: boolean; reason?: string; status?: string }>(undefined, 'POST /api/verify', {
        body: { code },
      })
    ).body;

  test('are valid until cancelled, and say nothing of the patient', async () => {
    const { id, code } = await issued();
    expect(await verify(code)).toEqual({ valid: true, status: 'active' });
    await cloud.api('doctor', `POST /api/prescriptions/${id}/cancel`, { body: { reason: 'wrong dose' } });
    expect(await verify(code)).toEqual({ valid: false, reason: 'revoked', status: 'cancelled' });
  });

  test('with one character changed are never valid', async () => {
    const { code } = await issued();
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
    for (let at = 0; at < code.length; at += 7) {
      const other = alphabet[(alphabet.indexOf(code[at] as string) + 1) % 45];
      const { valid, reason } = await verify(code.slice(0, at) + other + code.slice(at + 1));
      expect([valid, typeof reason]).toEqual([false, 'string']);
    }
  });

  test.each([
    ['nothing', ''],
    ['another text', 'hello'],
    ['cut short', 'RX1:PWGSLKC'],
    ['huge', `RX1:${'A'.repeat(15_000)}`],
  ])('that are %s are an answer, not an error', async (_, code) => {
    expect((await verify(code)).valid).toBe(false);
  });
});

describe('receiving', () => {
  const gtinOf = async () => {
    const { body } = await cloud.api<{ items: { packs: { gtin: string; units: number }[] }[] }>(
      'warehouse',
      'GET /api/medicines?q=PARA500TAB',
    );
    return body.items[0]?.packs[0] as { gtin: string; units: number };
  };
  const receive = (lines: unknown, more: object = {}) =>
    cloud.api<Problem & { lines: { quantity: number; lot: string; expiryDate: string }[] }>(
      'warehouse',
      'POST /api/sites/WH-0001/receipts',
      { body: { lines, ...more } },
    );

  test('what is wrong with a line is refused at its place, and the other lines are not received', async () => {
    const { gtin } = await gtinOf();
    const good = { gtin, lot: `G${randomUUID().slice(0, 8)}`, expiryDate: '2029-12-31', packs: 1 };
    const cases: [object, number, string][] = [
      [{ ...good, lot: 'X1', gtin: '09529999999999' }, 422, 'gtin-unknown'],
      [{ ...good, lot: 'X2', expiryDate: '2020-01-31' }, 422, 'already-expired'],
      [{ ...good, lot: 'X3', quantity: 5 }, 422, 'packs-and-quantity'],
      [{ ...good, expiryDate: '2029-11-30' }, 409, 'expiry-mismatch'],
      [{ ...good, lot: 'X4', packs: 0 }, 422, 'schema'],
      [{ scan: `01${gtin}`, packs: 1 }, 422, 'lot-missing'],
      [{ scan: `(01)${gtin}(10)A`, packs: 1 }, 422, 'scan-unreadable'],
      [{ scan: `01${gtin}17291231\u001d10LOT9`, lot: 'OTHER', packs: 1 }, 422, 'scan-contradicts'],
    ];
    for (const [bad, status, code] of cases) {
      const answer = await receive([good, bad]);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    const { body } = await cloud.api<{ items: { lot: string }[] }>(
      'warehouse',
      `GET /api/sites/WH-0001/stock?gtin=${gtin}`,
    );
    expect(body.items.some((i) => i.lot === good.lot)).toBe(false);
  });

  test('a scan says lot and expiry, and what it does not say is typed', async () => {
    const { gtin, units } = await gtinOf();
    const lot = `S${randomUUID().slice(0, 6).toUpperCase()}`;
    const full = await receive([{ scan: `]d201${gtin}17291200${`10${lot}`}`, packs: 2 }]);
    expect(full.body.lines).toMatchObject([{ lot, expiryDate: '2029-12-31', quantity: 2 * units }]);
    const bare = await receive([{ scan: `]d201${gtin}21SER1`, lot, expiryDate: '2029-12-31', quantity: 3 }]);
    expect(bare.body.lines).toMatchObject([{ lot, quantity: 3 }]);
    const { body } = await cloud.api<{ items: { lot: string; onHand: number }[] }>(
      'warehouse',
      `GET /api/sites/WH-0001/stock?gtin=${gtin}`,
    );
    expect(body.items.find((i) => i.lot === lot)?.onHand).toBe(2 * units + 3);
  });

  test('a supplier’s document is received once', async () => {
    const { gtin } = await gtinOf();
    const line = { gtin, lot: `D${randomUUID().slice(0, 8)}`, expiryDate: '2029-12-31', packs: 1 };
    const document = { supplier: 'S1', number: randomUUID().slice(0, 8) };
    expect((await receive([line], { document })).status).toBe(201);
    const again = await receive([line], { document });
    expect([again.status, again.body.code]).toEqual([409, 'document-known']);
  });
});
