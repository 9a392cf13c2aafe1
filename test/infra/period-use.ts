/** A month closed on every road that it takes, so that the rights it needs are watched too. */
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { type Resolve, readTemplate } from '@darmon/local/template';
import { vi } from 'vitest';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly secondFactor?: boolean;
}
const Answer = z.looseObject({
  upcoming: z.object({ month: z.string() }).optional(),
  state: z.string().optional(),
  contents: z.string().optional(),
  package: z.unknown().optional(),
  made: z.array(z.looseObject({ files: z.array(z.object({ name: z.string() })) })).optional(),
  open: z.array(z.object({ report: z.string(), check: z.string() })).optional(),
});
type Answer = z.infer<typeof Answer>;
type CallAs = (person: string, name: never, input: Input, shape: z.ZodType) => Promise<unknown>;

/** Closes the last month. It rests for half a minute before its reports are made, so this comes early. */
export const closeMonth = async (callAs: CallAs): Promise<string> => {
  const { upcoming } = Answer.parse(await callAs('auditor', 'listPeriods' as never, {}, Answer));
  const month = upcoming?.month ?? '';
  await callAs('auditor', 'freezePeriod' as never, { body: { month } }, Answer);
  return month;
};

/** Reviews, signs, submits and corrects it; what is long the job does, called as its schedule does. */
export const usePeriods = async (callAs: CallAs, cloud: Cloud, assembly: string, month: string): Promise<void> => {
  const named: Resolve = ({ id, type }) =>
    type === 'AWS::KMS::Key' ? id : type === 'AWS::S3::Bucket' ? 'log' : cloud.table;
  const job = readTemplate(assembly, named).functions.find(({ id }) => id === 'ClosePeriods');
  if (!job) throw new Error('the job is not in the template');
  const invoke = await loadFunction(job);
  const params = { month };
  const ask = async (name: string, input: Input = {}, person = 'auditor') =>
    Answer.parse(await callAs(person, name as never, { params, ...input }, Answer));
  /** Lets the job work until the month is as wanted. */
  const until = (is: (period: Answer) => boolean) =>
    vi.waitFor(
      async () => {
        await invoke({});
        if (!is(await ask('readPeriod'))) throw new Error('the month is not as wanted yet');
      },
      { timeout: 180_000, interval: 1_000 },
    );
  await until(({ state }) => state === 'computed');
  const { contents, open = [], made = [] } = await ask('readPeriod');
  const name = made[0]?.files[0]?.name ?? '';
  await callAs('auditor', 'readPeriodFile' as never, { params: { month, name } }, z.unknown());
  const answers = open.map(({ report, check }) => ({ report, check, reason: 'a test of rights' }));
  await ask('reviewPeriod', { body: { contents, answers } });
  for (const person of ['auditor', 'auditor2'])
    await ask('signPeriod', { body: { contents }, secondFactor: true }, person);
  await until((period) => period.package !== undefined);
  await callAs('auditor', 'readPackage' as never, { params }, z.unknown());
  await ask('submitPeriod', { body: {} });
  // here nobody is told, unless the cloud's own clock was there first
  await until((period) => period.state === 'acknowledged' || JSON.stringify(period).includes('no-address'));
  await ask('correctPeriod', { body: { reason: 'a test of rights' } });
};

/**
 * What an empty month and a country of one day have none of, and an authority without an address is not sent. Transfers
 * among them: the cloud's own clock may have computed the month before this test sent any.
 */
export const laterInLife: readonly string[] = [
  ...['PRIVACY#*', 'REVIEW#*', 'LOG-CHECK#*'].map((kind) => `AnalyseDay dynamodb:BatchGetItem Table ${kind}`),
  ...['FEEDBACK#*', 'LOOKUPS#*', 'MEDICINE#*', 'PAGE#*', 'PERSON#*', 'PRESCRIPTION#*', 'SUPPLIER#*', 'TRANSFER#*'].map(
    (kind) => `ClosePeriods dynamodb:BatchGetItem Table ${kind}`,
  ),
  // facts of an empty month have no parts
  'ClosePeriods dynamodb:PutItem Table FACTS#*',
  ...['ORDER#*', 'PAGE#*', 'PRESCRIPTION#*'].map((kind) => `ClosePeriods dynamodb:Query Table ${kind}`),
  ...['s3:GetObject LogBucket/periods/* ', 's3:ListBucket LogBucket '].map((right) => `ClosePeriods ${right}`),
  // the cloud's own clock may also be the one that makes the package, which is not watched
  ...['kms:GetPublicKey LogKey ', 'kms:Sign PeriodKey ', 's3:GetObject LogBucket/log/checkpoint '].map(
    (right) => `ClosePeriods ${right}`,
  ),
];
