/** A person's rights and reviews of looks, on every road they take, so that the rights they need are watched too. */
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tashkentDay } from '@darmon/domain/time';
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { readTemplate } from '@darmon/local/template';
import { expect } from 'vitest';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({
  id: z.string().optional(),
  state: z.string().optional(),
  receipt: z.string().optional(),
  patient: z.unknown().optional(),
  items: z.array(z.looseObject({ id: z.string().optional(), subject: z.unknown().optional() })).optional(),
});
type Answer = z.infer<typeof Answer>;
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const day = 86_400_000;
const long = '2020-01-01T00:00:00.000Z';

/** Sets one attribute of an item, as time passing would let it be. */
const turnBack = async (
  cloud: Cloud,
  key: { pk: string; sk: string },
  attribute: string,
  to: string,
): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  await client.send(
    new UpdateItemCommand({
      TableName: cloud.table,
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      UpdateExpression: 'SET #what = :to',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#what': attribute },
      ExpressionAttributeValues: { ':to': { S: to } },
    }),
  );
  client.destroy();
};

/** Left to the job: another patient of the same kind. */
let waiting = '';

/** Two patients of papers are served, praise the pharmacy, and ask to be erased: one is followed, one is left to the job. */
export const usePrivacy = async (
  callAs: CallAs,
  cloud: Cloud,
  {
    clinic,
    pharmacy,
    medicine,
  }: { clinic: string; pharmacy: string; medicine: { code: string; unit: string; routes: readonly string[] } },
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const asked = { site: clinic, checkedBy: 'doctor', document: 'passport', reason: 'asked in writing' };
  const known = async (passport: string) => {
    const dosage = { amount: 1, unit: medicine.unit, timesPerDay: 1, days: 10, route: medicine.routes[0] };
    const patient = { passport, fullName: 'Namuna Bemor', birthDate: '1990-01-01', sex: 'male' };
    const { id = '' } = await call('pharmacist', 'enterPaper', {
      body: {
        patient,
        prescriber: 'doctor',
        writtenOn: tashkentDay(Date.now()),
        diagnosis: { icd10: 'J02.9' },
        lines: [{ medicine: medicine.code, dosage, quantity: 10 }],
        picture: { type: 'image/png', data: 'iVBORw0KGgo=' },
      },
    });
    const { receipt } = await call('pharmacist', 'dispensePrescription', {
      params: { id },
      body: { lines: [{ line: 1, quantity: 10 }] },
    });
    const praise = { site: pharmacy, kind: 'praise', about: 'service', text: 'Kind and quick', receipt };
    await call('doctor', 'giveFeedback', { body: praise });
    await turnBack(
      cloud,
      { pk: `PRESCRIPTION#${id}`, sk: 'DISPENSE#0001' },
      'at',
      new Date(Date.now() - 3 * day).toISOString(),
    );
    const found = await call('admin', 'findForRights', { body: { who: { passport }, asked } });
    return z.looseObject({ id: z.string() }).parse(found.patient).id;
  };
  const begin = async (patient: string): Promise<void> => {
    const params = { patient };
    await call('admin', 'exportPatient', { params, body: asked });
    await call('admin', 'askForErasure', { params, body: asked });
    await call('chief', 'confirmErasure', { params });
    expect((await call('chief', 'workErasure', { params })).state).toBe('closing');
    await turnBack(cloud, { pk: `PRIVACY#${patient}`, sk: 'ERASURE' }, 'closedAt', long);
  };
  const patient = await known('XX0000021');
  const params = { patient };
  await call('auditor', 'holdPatient', { body: { patient, reason: 'a court asks' } });
  await call('auditor', 'liftHold', { params, body: { reason: 'the case is closed' } });
  await begin(patient);
  expect((await call('chief', 'workErasure', { params })).state).toBe('done');
  await call('auditor', 'readRights', { params });
  await call('auditor', 'listErasures', {});
  await call('auditor', 'listHolds', {});

  const refused = await known('XX0000022');
  await call('admin', 'askForErasure', { params: { patient: refused }, body: asked });
  await call('chief', 'refuseErasure', { params: { patient: refused }, body: { reason: 'somebody else asked' } });

  waiting = await known('XX0000023');
  await begin(waiting);
};

/** What people did today, as they may ask for it. */
export const exportDeeds = async (callAs: CallAs, people: readonly string[]): Promise<void> => {
  const today = tashkentDay(Date.now());
  const body = { from: today, to: today, reason: 'asked in writing' };
  for (const person of people) await callAs('admin', 'exportStaff' as never, { params: { person }, body }, Answer);
};

/** The looks of a site's day, and one of them judged. */
export const useReviews = async (callAs: CallAs, site: string): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const today = tashkentDay(Date.now());
  const { items = [] } = await call('auditor', 'listLooks', { query: { site, from: today, to: today } });
  const ofPatient = items.find(({ subject }) => z.looseObject({ patient: z.string() }).safeParse(subject).success);
  const ofPaper = items.find(({ subject }) => z.looseObject({ prescription: z.string() }).safeParse(subject).success);
  for (const look of [ofPatient, ofPaper])
    if (look?.id !== undefined)
      await call('auditor', 'reviewLook', {
        params: { look: look.id },
        body: { subject: look.subject, version: 0, state: 'explained', note: 'the patient telephoned' },
      });
};

/** The job, asked for by hand, with one prescriber's and feedback's marks set back as if Darmon were old. */
export const applyRetention = async (cloud: Cloud, assembly: string): Promise<void> => {
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'ApplyRetention');
  if (!job) throw new Error('the job is not in the template');
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  const years = Number(tashkentDay(Date.now()).slice(0, 4)) - 4;
  for (const [pk, sk, until] of [
    ['RETENTION#prescription', 'doctor', `${years}-12-30T00:00:00.000Z`],
    ['RETENTION#feedback', 'DAYS', `${years}-12-30`],
  ] as const)
    await client.send(
      new PutItemCommand({ TableName: cloud.table, Item: { pk: { S: pk }, sk: { S: sk }, until: { S: until } } }),
    );
  client.destroy();
  const { done } = z.looseObject({ done: z.boolean() }).parse(await (await loadFunction(job))({ now: true }));
  expect([done, waiting === '']).toEqual([true, false]);
};
