/** The patient's public door through the gateway: what guessing, replaying and hostile input get, and what is kept of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeNumber } from '@darmon/domain/number';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

interface Problem {
  code: string;
  status: number;
  title: string;
  errors?: { pointer: string }[];
}
const birthDate = '1980-01-01';
let guests = 0;
/** A prescription of its own patient, and what is on its paper. */
const prescribed = async () => {
  guests += 1;
  const { status, body } = await cloud.api<{ id: string; number: string; code: string }>(
    'doctor',
    'POST /api/prescriptions',
    {
      body: {
        patient: { passport: `XZ${String(guests).padStart(7, '0')}`, fullName: 'Sinov Bemori', birthDate, sex: 'male' },
        diagnosis: { icd10: 'J06.9' },
        lines: [
          {
            medicine: 'PARA500TAB',
            dosage: { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' },
          },
        ],
      },
    },
  );
  expect(status).toBe(201);
  return body;
};
const dispensed = async (id: string) => {
  const { body } = await cloud.api<{ id: string; receipt: string }>(
    'pharmacist',
    `POST /api/prescriptions/${id}/dispenses`,
    { body: { lines: [{ line: 1, quantity: 5 }] } },
  );
  return body;
};
const open = (body: unknown, source?: string) =>
  cloud.api<Problem>(undefined, 'POST /api/patient/prescription', {
    body,
    ...(source !== undefined && { headers: { 'x-forwarded-for': source } }),
  });
const give = (change: object = {}, source?: string) =>
  cloud.api<Problem>(undefined, 'POST /api/feedback', {
    body: { site: 'PH-0001', kind: 'complaint', about: 'medicine', text: 'Tabletka singan', ...change },
    ...(source !== undefined && { headers: { 'x-forwarded-for': source } }),
  });
const said = ({ status, body }: { status: number; body: Problem }) => [
  status,
  body.code,
  ...(body.errors ?? []).map((e) => e.pointer),
];

describe('the page', () => {
  test('opens for whoever has the paper and the birth date, without a token and whatever token comes along', async () => {
    const { number, code } = await prescribed();
    expect((await open({ number, birthDate })).status).toBe(200);
    expect((await open({ code, birthDate })).status).toBe(200);
    const pharmacist = await cloud.token('pharmacist2');
    const { status } = await cloud.api(undefined, 'POST /api/patient/prescription', {
      body: { number, birthDate },
      token: pharmacist,
    });
    expect(status).toBe(200);
  });

  test('a wrong date, and a number that nobody has, say the same to the last byte but the time', async () => {
    const { number } = await prescribed();
    const [known, unknown] = [
      await open({ number, birthDate: '1980-01-02' }),
      await open({ number: completeNumber('K7Q2M9TXA000'), birthDate }),
    ];
    expect(said(known)).toEqual([403, 'page-not-opened']);
    expect(unknown.body).toEqual(known.body);
    expect(JSON.stringify(known.body)).not.toContain(number);
  });

  test('five wrong dates lock it, a counter opens it, and the auditor reads all of it in the trail', async () => {
    const { id, number } = await prescribed();
    for (let n = 0; n < 5; n += 1)
      expect(said(await open({ number, birthDate: '1980-01-02' }))).toEqual([403, 'page-not-opened']);
    expect(said(await open({ number, birthDate }))).toEqual([403, 'page-locked']);
    const { status } = await cloud.api('pharmacist', `POST /api/prescriptions/${id}/open-page`, {
      body: { reason: 'hujjat tekshirildi' },
    });
    expect(status).toBe(200);
    expect((await open({ number, birthDate })).status).toBe(200);
    interface Trail {
      items: { type: string; actor: { person: string; role?: string; site: string } }[];
      next?: string;
    }
    const types: string[] = [];
    let cursor = '';
    do {
      const { body } = await cloud.api<Trail>('auditor', `GET /api/prescriptions/${id}/trail?limit=1${cursor}`);
      types.push(...body.items.map((e) => e.type));
      cursor = body.next === undefined ? '' : `&cursor=${body.next}`;
    } while (cursor);
    expect(types).toEqual(['prescription-issued', 'page-locked', 'page-unlocked', 'page-opened']);
  });

  test.each([
    ['nothing', {}, [422, 'schema']],
    ['half a date', { number: 'K7Q2M9TXA4B0C', birthDate: '1980' }, [422, 'schema', '/birthDate']],
    ['a date that is none', { number: 'K7Q2M9TXA4B0C', birthDate: '1980-02-31' }, [422, 'schema', '/birthDate']],
    ['what is no number', { number: "' OR 1=1", birthDate }, [422, 'number-invalid', '/number']],
    ['what is no code', { code: 'RX1:AAAA', birthDate }, [422, 'code-invalid', '/code']],
    ['a member too many', { number: 'K7Q2M9TXA4B0C', birthDate, id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' }, [422, 'schema']],
  ])('%s is refused and says where', async (_, body, expected) => {
    expect(said(await open(body)).slice(0, expected.length)).toEqual(expected);
  });

  test('nobody looks where a controlled medicine lies, or at a region that is none', async () => {
    const ask = (body: unknown) =>
      cloud.api<{ items: { medicine: string; pharmacies: unknown[] }[] }>(undefined, 'POST /api/patient/pharmacies', {
        body,
      });
    const stock = await cloud.api<{ items: { medicine: string }[] }>(
      'auditor',
      'GET /api/sites/PH-0001/stock?limit=100',
    );
    const formulary = await cloud.api<{ items: { code: string; class: string }[] }>(
      'doctor',
      'GET /api/medicines?limit=100&q=kl',
    );
    const potent = formulary.body.items.find((m) => m.class === 'potent')?.code;
    const [{ medicine = '' } = {}] = stock.body.items;
    expect(potent).toBeDefined();
    const { body } = await ask({ region: 'UZ-TK', medicines: [medicine, potent] });
    expect(body.items).toEqual([{ medicine, pharmacies: expect.arrayContaining([expect.anything()]) }]);
    expect(JSON.stringify(body)).not.toMatch(/quantity|onHand|\blot\b|gtin/);
    expect((await ask({ region: 'Tashkent', medicines: [medicine] })).status).toBe(422);
    expect((await ask({ region: 'UZ-TK', medicines: Array(21).fill(medicine) })).status).toBe(422);
  });
});

describe('feedback', () => {
  test('a receipt counts once, at its own site, and not after the dispense was taken back', async () => {
    const first = await dispensed((await prescribed()).id);
    expect(said(await give({ receipt: first.receipt, site: 'PH-0002' }))).toEqual([
      422,
      'feedback-token-invalid',
      '/receipt',
    ]);
    expect((await give({ receipt: first.receipt })).status).toBe(201);
    expect(said(await give({ receipt: first.receipt }))).toEqual([409, 'feedback-given']);
    const second = await dispensed((await prescribed()).id);
    await cloud.api('pharmacist', `POST /api/dispenses/${second.id}/undo`, { body: { reason: 'boshqa bemor' } });
    expect(said(await give({ receipt: second.receipt }))).toEqual([422, 'feedback-token-invalid', '/receipt']);
  });

  test.each([
    ['ten thousand characters', { text: 'x'.repeat(10_000) }, '/text'],
    ['blank words', { text: '   ' }, '/text'],
    ['an unknown subject', { about: 'politics' }, '/about'],
    ['a receipt of a thousand characters', { receipt: 'x'.repeat(1_000) }, '/receipt'],
  ])('%s are refused and say where', async (_, change, pointer) => {
    expect(said(await give(change))).toEqual([422, 'schema', pointer]);
  });

  test('what looks like markup is kept as the text it is, and only an auditor reads it', async () => {
    const text = '<script>alert("1")</script> & {{name}}';
    expect((await give({ text, kind: 'praise', about: 'staff', site: 'PH-0002' })).status).toBe(201);
    const { body } = await cloud.api<{ items: { text: string }[] }>('auditor', 'GET /api/feedback?site=PH-0002');
    expect(body.items[0]?.text).toBe(text);
    for (const person of ['pharmacist2', 'doctor', 'admin', 'chief', undefined])
      expect([401, 403]).toContain((await cloud.api(person, 'GET /api/feedback?site=PH-0002')).status);
  });

  test('one address is stopped within the hour, and its header cannot be stretched', async () => {
    const codes: unknown[] = [];
    for (let n = 0; n < 31; n += 1) {
      const { body } = await give({ site: 'CL-0001', kind: 'praise' }, `10.0.0.${n}, 203.0.113.9`);
      codes.push(body.code ?? 'given');
    }
    expect(codes.slice(0, 30)).toEqual(Array(30).fill('given'));
    expect(codes[30]).toBe('too-many-requests');
  });

  test('neither address, number, birth date nor words stand in a log', async () => {
    const { number } = await prescribed();
    await open({ number, birthDate: '1980-01-02' }, '198.51.100.42');
    await give({ text: 'maxfiy gap', site: 'PH-0003' }, '198.51.100.42');
    const logs = readFileSync(join(cloud.stateDir, 'functions.log'), 'utf8');
    expect(logs).toContain('openPatientPage');
    for (const secret of ['198.51.100.42', number, '1980-01-0', 'maxfiy']) expect(logs).not.toContain(secret);
  });
});
