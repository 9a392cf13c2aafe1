/** A job: makes the reports of closed months, puts the package together and sends it. Alone may sign packages. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { PublicJwk } from '@darmon/credential/p256';
import { reportCsv, reportWorkbook } from '@darmon/documents/report-sheet';
import { canonicalText } from '@darmon/domain/period-package';
import type { Report } from '@darmon/domain/report';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { makePost } from '@darmon/http/post';
import { openCheckpoint, parseVkey, vkeyOf } from '@darmon/log/note';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { ed25519Of, kmsSigner } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import type { NamesOfIds } from '@darmon/usecases/period-names';
import { type Paper, runPeriods } from '@darmon/usecases/period-run';
import { sendPeriod } from '@darmon/usecases/period-send';
import { reportMakers } from '@darmon/usecases/reports';
import * as z from 'zod';
import { bucketFile, periodBucket } from './period-bucket.ts';

/** Well within the function's own time, one report and one request to the authority included. */
const sliceMs = 420_000;

const env = z
  .object({
    TABLE_NAME: z.string(),
    PERIOD_KEY_ID: z.string(),
    LOG_KEY_ID: z.string(),
    LOG_BUCKET: z.string(),
    LOG_ORIGIN: z.string(),
    /** Empty while nobody is told of closed months. */
    AUTHORITY_URL: z.string(),
    AUTHORITY_KEY: z.string(),
    AWS_REGION: z.string().optional(),
  })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const s3 = new S3Client({ forcePathStyle: true });
// a package may be large, and a receipt is some hundred bytes
const post = makePost({ local: env.AWS_REGION === 'local', attemptMs: 60_000, mostAnswer: 64_000 });
const instruments = instrumentsOf('close-periods');
const authority = () =>
  env.AUTHORITY_URL === ''
    ? undefined
    : { url: env.AUTHORITY_URL, key: PublicJwk.parse(JSON.parse(env.AUTHORITY_KEY)) };

/** Where the log stands, as its own key signed it. */
const checkpoint = async () => {
  const bytes = await bucketFile(s3, env.LOG_BUCKET, 'log/checkpoint');
  if (!bytes) return undefined;
  const key = parseVkey(vkeyOf(env.LOG_ORIGIN, 'log', await ed25519Of(kms, env.LOG_KEY_ID)), 'log');
  const { size, root } = openCheckpoint(bytes, key);
  const text = Buffer.from(bytes).toString('utf8');
  return { size, root: Buffer.from(root).toString('base64'), checkpoint: text };
};

/**
 * The languages of a package: that of the state first, in which sheets are, and the one that offices write to each other
 * in. The data are in every package, and other languages can be drawn of them.
 */
const languages = ['uz-Latn', 'ru'] as const;

const withIds = (names: NamesOfIds) => ({ ...names, withIds: true });

/** For machines, and as sheets. */
const render = async (report: Report, names: NamesOfIds) => [
  { name: `${report.report}.json`, bytes: Buffer.from(canonicalText(report), 'utf8') },
  { name: `${report.report}.csv`, bytes: Buffer.from(reportCsv(report, 'uz-Latn', withIds(names)), 'utf8') },
  { name: `${report.report}.xlsx`, bytes: await reportWorkbook(report, 'uz-Latn', withIds(names)) },
];

const papers = languages.map(
  (language): Paper => ({
    end: `.${language.toLowerCase()}.pdf`,
    draw: async (report, names) => {
      // what draws lies beside, larger than all of this, and most runs draw nothing
      const { drawReport } = await import('@darmon/documents/report-paper');
      return drawReport(report, language, withIds(names));
    },
  }),
);

export const handler = jobFunction(instruments, async () => {
  const deps = {
    ...live,
    files: periodBucket(s3, env.LOG_BUCKET),
    signer: await kmsSigner(kms, env.PERIOD_KEY_ID),
    makers: reportMakers,
    facts: factJobs,
    render,
    papers,
    checkpoint,
    post,
    authority: authority(),
  };
  const { failing, ...run } = await runPeriods(deps, sendPeriod, live.now() + sliceMs);
  // a month and a site, and nothing of what was found there; the line rings
  for (const one of failing) instruments.logger.error('a closed month waits for facts that cannot be reckoned', one);
  instruments.logger.info('closed', { ...run });
  return run;
});
