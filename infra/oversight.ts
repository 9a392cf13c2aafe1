/** What auditors write of their own: closed months, cases, reviews. Never a record of the business. */
import { routes as archiveRoutes } from '@darmon/function-archive/routes';
import { routes } from '@darmon/function-oversight/routes';
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { caseRights } from './analysis.ts';
import type { ApiParts } from './api.ts';
import { logOrigin } from './append-log.ts';
import { eventSubjects } from './compliance.ts';
import type { TableAccess } from './data.ts';
import { careFactRights, stockFactRights, stockReportRights } from './fact-rights.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Closed months, whose items nobody else writes but the job that reckons them. */
const periodRights = {
  get: ['PERIOD#*', 'IDEMPOTENCY#*'],
  query: ['PERIOD#*'],
  put: ['PERIOD#*', 'IDEMPOTENCY#*'],
  indexes: { gsi1: ['PERIODS'] },
} as const satisfies TableAccess;

/** Looks at patients lie with the day of a site; what is made of one lies apart. */
const reviewRights = {
  get: ['LOOKUPS#*', 'PRESCRIPTION#*'],
  put: ['REVIEW#*'],
  indexes: { gsi2: ['EVENT#*'] },
} as const satisfies TableAccess;

/** What reports of a whole month read. */
const reportRights = {
  get: ['PLAN#*'],
  getMany: [
    'SITE#*',
    'POLICY',
    'RECALLS',
    'PLAN#*',
    'FACTS#*',
    'MEDICINE#*',
    'ORDER#*',
    'SUPPLIER#*',
    'WRITE-OFF#*',
    'FEEDBACK#*',
    'SIGNAL#*',
  ],
  query: ['ORDER#*'],
  indexes: {
    gsi1: ['SITES', 'STOCK#*', 'WRITE-OFFS#*', 'SIGNALS'],
    gsi2: ['ORDERS', 'FEEDBACK#*'],
  },
} as const satisfies TableAccess;

/** What an auditor says to a difference between table and log. */
const findingRights = { get: ['LOG-CHECK#FINDING#*'], put: ['LOG-CHECK#FINDING#*'] } as const satisfies TableAccess;

const filesReason = 'Files of closed months are named by what is in them; nothing else lies under this prefix.';

export const deployOversight = (scope: Construct, house: House, { data, api, authorizer }: ApiParts) => {
  const oversight = new ServiceFunction(scope, house, {
    name: 'oversight',
    description: 'Closed months, cases and reviews: what auditors write of their own',
    errorImpact: 'Auditors cannot close months or work on cases; nothing is lost, and nobody else is touched.',
    environment: {
      TABLE_NAME: data.table.tableName,
      SEARCH_KEY_ID: data.searchKey.keyId,
    },
  });
  data.open(oversight, {
    ...periodRights,
    // who asks, and what holds now
    getMany: [...eventSubjects, 'RECALLS'],
  });
  data.open(oversight, reviewRights);
  data.open(oversight, caseRights);
  data.open(oversight, findingRights);
  // a look finds its patient by a number or a document, and is written down before anything is shown
  data.open(oversight, {
    get: ['NUMBER#*', 'PRESCRIPTION#*', 'PATIENT-MAC#*', 'PATIENT#*'],
    put: ['LOOKUPS#*'],
    update: ['ATTEMPT#*'],
  });
  oversight.may(new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }));
  api.serve(oversight, routes, authorizer);
  return oversight;
};

/** Files of closed months: reads only, and alone of what people wait for speaks to the bucket. */
export const deployArchive = (scope: Construct, house: House, { data, api, authorizer }: ApiParts): ServiceFunction => {
  const archive = new ServiceFunction(scope, house, {
    name: 'archive',
    description: 'Files and packages of closed months',
    errorImpact: 'Auditors cannot take away files of closed months; nothing is lost, and nobody else is touched.',
    environment: { TABLE_NAME: data.table.tableName, LOG_BUCKET: data.logBucket.bucketName },
  });
  data.open(archive, { query: ['PERIOD#*'], getMany: ['PERSON#*', 'SITE#*', 'POLICY', 'RECALLS'] });
  archive.may(new PolicyStatement({ actions: ['s3:GetObject'], resources: [`${data.logBucket.bucketArn}/periods/*`] }));
  Validations.of(archive).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<LogBucket.Arn>/periods/*]',
    reason: filesReason,
  });
  api.serve(archive, archiveRoutes, authorizer);
  return archive;
};

/** Who is told of closed months: an address, and the public key (a JWK as JSON) of its receipts. */
export interface AuthoritySettings {
  readonly url: string;
  readonly key: string;
}

/** Reads what reports are made of, writes closed months and their files, and alone signs packages. No route leads here. */
export const deployClosePeriods = (
  scope: Construct,
  house: House,
  { data }: ApiParts,
  authority: AuthoritySettings | undefined,
): ServiceFunction => {
  const closePeriods = new ServiceFunction(scope, house, {
    name: 'close-periods',
    description: 'Makes the reports of closed months, their packages, and sends them to the authority',
    errorImpact:
      'Closed months wait for their reports, or the authority for a month; nothing is lost, and it goes on by itself.',
    environment: {
      TABLE_NAME: data.table.tableName,
      PERIOD_KEY_ID: data.periodKey.keyId,
      LOG_KEY_ID: data.logKey.keyId,
      LOG_BUCKET: data.logBucket.bucketName,
      LOG_ORIGIN: logOrigin(scope),
      AUTHORITY_URL: authority?.url ?? '',
      AUTHORITY_KEY: authority?.key ?? '',
    },
    timeoutSeconds: 900,
    memoryMb: 1769,
  });
  const { get, query, getMany, indexes } = reportRights;
  data.open(closePeriods, {
    get: [...get, 'PERIOD#*'],
    // people by their names: files of a package are read far from here
    getMany: [...getMany, 'PERIOD#*', 'PERSON#*'],
    query: [...query, 'PERIOD#*'],
    put: ['PERIOD#*'],
    indexes: { ...indexes, gsi1: [...indexes.gsi1, 'PERIODS'] },
  });
  data.open(closePeriods, stockFactRights);
  data.open(closePeriods, careFactRights);
  data.open(closePeriods, stockReportRights);
  // what no night kept as the month was closed is reckoned before its reports are made
  data.open(closePeriods, { get: ['FACTS#*'], put: ['FACTS#*'], update: ['FACTS#*'] });
  const { bucketArn } = data.logBucket;
  closePeriods.may(
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [`${bucketArn}/periods/*`],
    }),
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [`${bucketArn}/log/checkpoint`] }),
    // without it, what is not there answers as forbidden
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
    new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [data.logKey.keyArn] }),
  );
  Validations.of(closePeriods).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<LogBucket.Arn>/periods/*]',
    reason: filesReason,
  });
  data.signedOnlyBy(closePeriods, data.periodKey);
  new Rule(closePeriods, 'schedule', {
    description: 'Goes on with closed months',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(closePeriods.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return closePeriods;
};
