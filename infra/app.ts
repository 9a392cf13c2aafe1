/**
 * The deployment, in one stack: what belongs together is created, changed and rolled back together. `cdk` runs this
 * file; the local cloud and the tests call `synthesise`, so all three see the same template.
 */
import { App, type AppProps, CfnOutput, Stack, Tags, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Api, type ApiParts } from './api.ts';
import { type Bundle, bundleAll, type FunctionName } from './bundle.ts';
import { deployCompliance } from './compliance.ts';
import { Data } from './data.ts';
import { deployDispensing } from './dispensing.ts';
import { deployIdentity, UserPools } from './identity.ts';
import { deployInventory } from './inventory.ts';
import { Alarms, Observability } from './observability.ts';
import { deployPrescribing, deployPublishLists } from './prescribing.ts';
import type { House } from './service-function.ts';
import { deployVerification } from './verification.ts';
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

/** Adds the whole of Darmon to an app. Context: `country`, `alarmEmail`, `domain` with `certificateArn`. */
const addDarmon = (app: App, { bundles, webFolder }: StackProps): Stack => {
  const stack = new Stack(app, 'Darmon', {
    description: 'Darmon: e-prescriptions and pharmacy supply',
    terminationProtection: true,
  });
  Tags.of(stack).add('application', 'darmon');
  const setting = (name: string): string | undefined => app.node.tryGetContext(name) as string | undefined;

  const alarms = new Alarms(stack, setting('alarmEmail'));
  const house: House = { bundles, alarms: alarms.topic, country: setting('country') ?? 'UZ' };
  const data = new Data(stack);
  const users = new UserPools(stack, house, data);
  const api = new Api(stack);
  const [domain, certificateArn] = [setting('domain'), setting('certificateArn')];
  const web = new Web(stack, {
    api,
    signInOrigins: users.origins,
    domain: domain && certificateArn ? { name: domain, certificateArn } : undefined,
  });
  const client = users.clientOf(web.publicUrl);
  const parts: ApiParts = { data, api, authorizer: users.authorizerFor(client), publicUrl: web.publicUrl };

  const functions = [
    deployPrescribing(stack, house, parts),
    deployPublishLists(stack, house, parts),
    deployDispensing(stack, house, parts),
    deployInventory(stack, house, parts),
    deployCompliance(stack, house, parts),
    deployVerification(stack, house, parts),
    deployIdentity(stack, house, { ...parts, users }),
    users.addClaims,
  ];
  new Observability(stack, { alarms, data, api, functions });
  if (webFolder) web.publish(webFolder, { issuer: users.pool.userPoolProviderUrl, clientId: client.userPoolClientId });

  for (const [name, value] of Object.entries({
    Url: web.publicUrl,
    TableName: data.table.tableName,
    UserPoolId: users.pool.userPoolId,
    ClientId: client.userPoolClientId,
    PrescriptionKeyId: data.prescriptionKey.keyId,
    ListsKeyId: data.listsKey.keyId,
  }))
    new CfnOutput(stack, name, { value });
  return stack;
};

export interface SynthesisOptions {
  /** Where the template and the assets go. */
  readonly outdir?: string;
  readonly bundles?: Readonly<Record<FunctionName, Bundle>>;
  readonly webFolder?: string;
  /** cdk-nag and CloudFormation's own rules; the local cloud leaves them to the tests. */
  readonly checks?: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** The app with its one stack, not yet synthesised; for tests that look at the constructs. */
export const createApp = async (options: SynthesisOptions = {}): Promise<{ app: App; stack: Stack }> => {
  const bundles = options.bundles ?? (await bundleAll());
  const props: AppProps = {
    context: { ...context, ...options.context },
    ...(options.outdir && { outdir: options.outdir }),
  };
  const app = new App(props);
  const stack = addDarmon(app, { bundles, webFolder: options.webFolder });
  if (options.checks ?? true) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { app, stack };
};

/**
 * Bundles what changed and writes the template `Darmon.template.json` with its assets into `outdir`. Needs no account
 * and no network. A finding of cdk-nag is reported and fails the process.
 */
export const synthesise = async (options: SynthesisOptions = {}): Promise<CloudAssembly> => {
  const { app } = await createApp(options);
  return app.synth();
};

if (import.meta.main) await synthesise();
