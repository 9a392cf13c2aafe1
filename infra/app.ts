/**
 * The deployment, in one stack: what belongs together is created, changed and rolled back together. `cdk` runs this
 * file, and so does `synthesis.ts` for the local cloud and the tests: all see the same template. Any finding of
 * cdk-nag or of CloudFormation's own rules is reported and fails it.
 */
import { readFileSync } from 'node:fs';
import { App, CfnOutput, Stack, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { deployAnalysis } from './analysis.ts';
import { Api, type ApiParts } from './api.ts';
import { deployAppendLog, deployCompareLog } from './append-log.ts';
import { type Bundle, buildWeb, bundleAll, type FunctionName } from './bundle.ts';
import { deployCompliance } from './compliance.ts';
import { Data } from './data.ts';
import { deployCheckMarking, deployDispensing, type MarkingSettings } from './dispensing.ts';
import { deployRollFacts } from './facts.ts';
import { deployIdentity, UserPools } from './identity.ts';
import { deployInventory, deployPostDocuments } from './inventory.ts';
import { Alarms, Observability } from './observability.ts';
import { deploySendOrders } from './orders.ts';
import { type AuthoritySettings, deployArchive, deployClosePeriods, deployOversight } from './oversight.ts';
import { deployPatient } from './patient.ts';
import { deployPlanSites } from './plans.ts';
import { deployPrescribing, deployPublishLists } from './prescribing.ts';
import { deployApplyRetention, deployPrivacy } from './privacy.ts';
import { deployProcurement, deployRollConsumption } from './procurement.ts';
import { deployWorkRecalls } from './recalls.ts';
import { deploySettleBudgets } from './requisitions.ts';
import type { House } from './service-function.ts';
import { deployVerification } from './verification.ts';
import { deployWatchStock } from './watch.ts';
import { Web } from './web.ts';

/**
 * CDK's behaviour is fixed here and not in cdk.json, so that a synthesis without the CLI makes the same template.
 * The asset metadata is how the local cloud finds a function's bundle.
 */
const context = {
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:enable-path-metadata': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/aws-s3:publicAccessBlockedByDefault': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-apigateway:logGroupDestinationArnWithoutWildcard': true,
  '@aws-cdk/aws-cloudfront:defaultFunctionRuntimeV2_0': true,
};

interface StackProps {
  readonly bundles: Readonly<Record<FunctionName, Bundle>>;
  /** The built web app. Without it the stack serves no pages, as the local cloud and most tests want it. */
  readonly webFolder: string | undefined;
}

/** A value of the command line (`-c name=value`) or of cdk.json. */
const setting = (app: App, name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`the context value ${name} is text`);
};

/** The name people type, with its certificate: both or neither. */
const domainOf = (app: App): { name: string; certificateArn: string } | undefined => {
  const [name, certificateArn] = [setting(app, 'domain'), setting(app, 'certificateArn')];
  if (name && certificateArn) return { name, certificateArn };
  if (name || certificateArn) throw new Error('the context values domain and certificateArn come together');
  return undefined;
};

/** The national marking service, with the name of the secret that holds its key: both or neither. */
const markingOf = (app: App): MarkingSettings | undefined => {
  const [url, secret] = [setting(app, 'markingUrl'), setting(app, 'markingSecret')];
  if (url && secret) return { url, secret };
  if (url || secret) throw new Error('the context values markingUrl and markingSecret come together');
  return undefined;
};

/** Who is told of closed months, with a file that holds the key of its receipts: both or neither. */
const authorityOf = (app: App): AuthoritySettings | undefined => {
  const [url, keyFile] = [setting(app, 'authorityUrl'), setting(app, 'authorityKey')];
  if (url && keyFile) return { url, key: readFileSync(keyFile, 'utf8') };
  if (url || keyFile) throw new Error('the context values authorityUrl and authorityKey come together');
  return undefined;
};

/** The public halves of the keys that sign the lists, as the app pins them; none before the first of them is made. */
const rootsOf = (app: App): unknown[] => {
  const file = setting(app, 'roots');
  const roots: unknown = file === undefined ? [] : JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(roots)) throw new Error(`${file} holds no list of keys`);
  return roots;
};

/** Longer than any keep period of what the log proves. */
const tenYears = 3653;

/** Adds the whole of Darmon to an app. */
const addDarmon = (app: App, { bundles, webFolder }: StackProps): void => {
  const stack = new Stack(app, 'Darmon', {
    description: 'Darmon: e-prescriptions and pharmacy supply',
    terminationProtection: true,
  });
  Tags.of(stack).add('application', 'darmon');

  const alarms = new Alarms(stack, setting(app, 'alarmEmail'));
  const house: House = { bundles, alarms: alarms.topic };
  const data = new Data(stack, Number(setting(app, 'logLockedDays') ?? tenYears));
  const users = new UserPools(stack, house, data);
  const api = new Api(stack);
  const web = new Web(stack, { api, log: data.logBucket, signInOrigins: users.origins, domain: domainOf(app) });
  const client = users.clientOf(web.publicUrl);
  const parts: ApiParts = { data, api, authorizer: users.authorizerFor(client), publicUrl: web.publicUrl };

  const marking = markingOf(app);
  const functions = [
    deployPrescribing(stack, house, parts),
    deployPublishLists(stack, house, parts),
    deployDispensing(stack, house, parts, marking),
    deployCheckMarking(stack, house, parts, marking),
    deployInventory(stack, house, parts),
    deployPostDocuments(stack, house, parts),
    deployWatchStock(stack, house, parts),
    deployWorkRecalls(stack, house, parts),
    deployProcurement(stack, house, parts),
    deployRollConsumption(stack, house, parts),
    deployPlanSites(stack, house, parts),
    deploySettleBudgets(stack, house, parts),
    deploySendOrders(stack, house, parts),
    deployCompliance(stack, house, parts),
    deployAppendLog(stack, house, parts),
    deployCompareLog(stack, house, parts),
    deployRollFacts(stack, house, parts),
    deployOversight(stack, house, parts),
    deployArchive(stack, house, parts),
    deployClosePeriods(stack, house, parts, authorityOf(app)),
    deployAnalysis(stack, house, parts),
    deployVerification(stack, house, parts),
    deployPatient(stack, house, parts),
    deployPrivacy(stack, house, parts),
    deployApplyRetention(stack, house, parts),
    deployIdentity(stack, house, { ...parts, users }),
    users.addClaims,
  ];
  new Observability(stack, { alarms, data, api, functions });
  if (webFolder)
    web.publish(webFolder, {
      identity: {
        authority: users.pool.userPoolProviderUrl,
        clientId: client.userPoolClientId,
        scope: 'openid profile',
      },
      lists: { roots: rootsOf(app) },
    });

  for (const [name, value] of Object.entries({
    Url: web.publicUrl,
    TableName: data.table.tableName,
    UserPoolId: users.pool.userPoolId,
    ClientId: client.userPoolClientId,
    PrescriptionKeyId: data.prescriptionKey.keyId,
    ListsKeyId: data.listsKey.keyId,
    OrderKeyId: data.orderKey.keyId,
    LogKeyId: data.logKey.keyId,
    PeriodKeyId: data.periodKey.keyId,
    LogBucketName: data.logBucket.bucketName,
  }))
    new CfnOutput(stack, name, { value });
};

const app = new App({ context });
const web = setting(app, 'web');
const [bundles, webFolder] = await Promise.all([bundleAll(), web === 'build' ? buildWeb() : web]);
addDarmon(app, { bundles, webFolder });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
