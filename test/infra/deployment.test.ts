import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roles } from '@darmon/domain/actor';
import { routes as archive } from '@darmon/function-archive/routes';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as oversight } from '@darmon/function-oversight/routes';
import { routes as patient } from '@darmon/function-patient/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as privacy } from '@darmon/function-privacy/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { routes as verification } from '@darmon/function-verification/routes';
import type { entries } from '@darmon/infra/bundle';
import { contentSecurityPolicy } from '@darmon/infra/security-headers';
import { synthesise } from '@darmon/infra/synthesis';
import { tableSchema } from '@darmon/table/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeErasing } from './erasing-rights.ts';
import { sampleKeys } from './sample-keys.ts';
import { describeStacks } from './stack-sizes.ts';
import { isLike, only, Policy, type Right, referencesIn, Template, textOf } from './template.ts';
import { describeWeeklyRun } from './weekly-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-infra-'));
const outdir = join(folder, 'cdk.out');
let template: Template;

/** With a web app of one page, so that its publishing is part of what is checked. */
beforeAll(async () => {
  const web = join(folder, 'web');
  mkdirSync(join(web, 'assets'), { recursive: true });
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Darmon</title>');
  writeFileSync(join(web, 'assets/app-0a1b2c.js'), 'export {};');
  // Fails with whatever cdk-nag or CloudFormation's rules report: no finding, warning or notice is left.
  await synthesise(outdir, { web });
  template = new Template(outdir);
});
afterAll(() => rmSync(folder, { recursive: true }));

const functionIds = {
  prescribing: 'Prescribing',
  'publish-lists': 'PublishLists',
  dispensing: 'Dispensing',
  'check-marking': 'CheckMarking',
  inventory: 'Inventory',
  'post-documents': 'PostDocuments',
  'watch-stock': 'WatchStock',
  'work-recalls': 'WorkRecalls',
  procurement: 'Procurement',
  'roll-consumption': 'RollConsumption',
  'plan-sites': 'PlanSites',
  'settle-budgets': 'SettleBudgets',
  'send-orders': 'SendOrders',
  compliance: 'Compliance',
  'append-log': 'AppendLog',
  'compare-log': 'CompareLog',
  'roll-facts': 'RollFacts',
  archive: 'Archive',
  oversight: 'Oversight',
  'close-periods': 'ClosePeriods',
  'analyse-day': 'AnalyseDay',
  patient: 'Patient',
  privacy: 'Privacy',
  'apply-retention': 'ApplyRetention',
  verification: 'Verification',
  identity: 'Identity',
  'add-claims': 'AddClaims',
} as const satisfies Record<keyof typeof entries, string>;

const allRights = (): { readonly id: string; readonly right: Right }[] =>
  Object.values(functionIds).flatMap((id) => template.rightsOf(id).map((right) => ({ id, right })));
/** Which functions may do an action, by resource: `Prescribing on PrescriptionKey`. */
const whoMay = (action: string): string[] =>
  allRights()
    .filter(({ right }) => right.effect === 'Allow' && right.action === action)
    .map(({ id, right }) => `${id} on ${right.resource}${right.subject === undefined ? '' : ` for ${right.subject}`}`)
    .sort();

describe('rights', () => {
  test('exactly one function may sign each: prescriptions, lists, orders, closed months, and the checkpoints of the log', () => {
    expect(whoMay('kms:Sign')).toEqual([
      'AppendLog on LogKey',
      'ClosePeriods on PeriodKey',
      'Prescribing on PrescriptionKey',
      'PublishLists on ListsKey',
      'SendOrders on OrderKey',
    ]);
  });

  test.each([
    ['PrescriptionKey', 'Prescribing'],
    ['ListsKey', 'PublishLists'],
    ['OrderKey', 'SendOrders'],
    ['LogKey', 'AppendLog'],
    ['PeriodKey', 'ClosePeriods'],
  ])('the key %s itself refuses a signature to everybody but %s, administrators included', (key, signer) => {
    const { Statement } = Policy.parse(template.get(key).Properties.KeyPolicy);
    const denial = only(Statement.filter(({ Effect }) => Effect === 'Deny'));
    expect(denial.Action).toEqual(['kms:Sign']);
    expect(denial.Principal).toEqual({ AWS: '*' });
    expect(denial.Condition).toEqual({ ArnNotEquals: { 'aws:PrincipalArn': template.get(signer).Properties.Role } });
  });

  test('verification can write nothing, sign nothing and decrypt nothing', () => {
    const actions = new Set(template.rightsOf('Verification').map(({ action }) => action));
    expect([...actions].sort()).toEqual([
      'dynamodb:GetItem',
      'kms:GetPublicKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
    ]);
  });

  test('only the functions that serve a patient can decrypt one, and only those where a patient is first met can make one', () => {
    expect(whoMay('kms:Decrypt')).toEqual([
      'Compliance on DataKey for feedback',
      'Dispensing on DataKey',
      'Prescribing on DataKey',
      'Privacy on DataKey for patient',
    ]);
    expect(whoMay('kms:GenerateDataKey')).toEqual([
      'Dispensing on DataKey',
      'Patient on DataKey for feedback',
      'Prescribing on DataKey',
    ]);
    expect(whoMay('kms:GenerateMac')).toEqual([
      'Dispensing on SearchKey',
      'Oversight on SearchKey',
      'Patient on SearchKey',
      'Prescribing on SearchKey',
      'Privacy on SearchKey',
    ]);
  });

  test('the public function of patients can decrypt nothing, sign nothing and change no prescription, patient or stock', () => {
    const rights = template.rightsOf('Patient').filter(({ effect }) => effect === 'Allow');
    const keyRights = rights.filter(({ action }) => action.startsWith('kms:')).map(({ action }) => action);
    expect(keyRights.sort()).toEqual(['kms:GenerateDataKey', 'kms:GenerateMac']);
    const written = rights.filter(({ action }) => /:(Put|Update)Item$/.test(action)).flatMap(({ keys }) => keys ?? []);
    expect([...new Set(written)].sort()).toEqual([
      'ATTEMPT#FEEDBACK#*',
      'ATTEMPT#PAGE#*',
      'FEEDBACK#*',
      'PAGE#*',
      'SIGNAL#*',
    ]);
    expect(writersOf('FEEDBACK#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['ApplyRetention', 'Patient', 'Privacy']);
  });

  test('only identity may change the user pool, and the trigger of sign-ins may look at who has a second factor', () => {
    const administer = allRights().filter(({ right }) => right.action.startsWith('cognito-idp:'));
    const others = administer.filter(({ id }) => id !== 'Identity').map(({ id, right }) => `${id} ${right.action}`);
    expect(others).toEqual(['AddClaims cognito-idp:AdminGetUser']);
    expect(new Set(administer.map(({ right }) => right.resource))).toEqual(new Set(['UserPool']));
  });

  test('no right of a function holds a wildcard, in its action or in its resource', () => {
    // the log grows by files whose names follow from its size, a month by those of its reports: each under one prefix
    for (const { id, right } of allRights())
      expect(`${right.action} ${right.resource}`.replace(/ LogBucket\/(log|periods)\/\*/, ''), id).not.toContain('*');
  });

  test('no function may read the table as a whole or change the table', () => {
    const known = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'];
    const used = allRights().flatMap(({ right }) =>
      right.action.startsWith('dynamodb:') && !right.resource.endsWith('/stream')
        ? [right.action.slice('dynamodb:'.length)]
        : [],
    );
    expect([...new Set(used)].sort()).toEqual(known);
  });

  test('every right to the table is bound to partition keys that the page of access patterns knows', () => {
    const samples = sampleKeys();
    for (const { id, right } of allRights()) {
      if (!right.resource.startsWith('Table') || right.resource.endsWith('/stream')) continue;
      expect(right.keys, `${id} ${right.action}`).toBeDefined();
      const known = samples[right.resource.slice('Table'.length)] ?? [];
      for (const pattern of right.keys ?? [])
        expect(
          known.some((key) => isLike(pattern, key)),
          `${id}: ${pattern} in ${right.resource}`,
        ).toBe(true);
    }
  });

  test('each kind of item is written by the functions it belongs to, and by no other', () => {
    const stock = ['Dispensing', 'Inventory', 'PostDocuments', 'WorkRecalls'];
    expect(writersOf('SITE#PH-1001#MEDICINE#AMOX500CAP')).toEqual(stock);
    expect(writersOf('RECALL#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'WorkRecalls']);
    expect(writersOf('RECALL-CALLS#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Dispensing']);
    expect(writersOf('RECALLS')).toEqual(['Inventory']);
    expect(writersOf('PERSON#doctor')).toEqual(['Identity']);
    expect(writersOf('SITE#PH-1001')).toEqual(['Identity']);
    // whoever comes with a paper of an outage may be met at a counter first
    const erasers = ['ApplyRetention', 'Privacy'];
    expect(writersOf('PATIENT#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual([...erasers, 'Dispensing', 'Prescribing'].sort());
    const counter = ['CheckMarking', 'Dispensing', 'Prescribing'];
    expect(writersOf('PRESCRIPTION#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual([...erasers, ...counter].sort());
    expect(writersOf('SERIAL#09521020199013#A1')).toEqual(['CheckMarking', 'Dispensing', 'Inventory', 'PostDocuments']);
    expect(writersOf('REGISTER#PH-1001#TRAM50CAP')).toEqual(['Dispensing', 'Inventory', 'PostDocuments']);
    expect(writersOf('WRITE-OFF#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'PostDocuments']);
    expect(writersOf('TRANSFER#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'PostDocuments']);
    expect(writersOf('COUNT#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'PostDocuments']);
    expect(writersOf('IMPORT#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'PostDocuments']);
    expect(writersOf('PHOTO#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory']);
    expect(writersOf('EXPECTED#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory']);
    expect(writersOf('OVERVIEW')).toEqual(['Inventory', 'WatchStock']);
    // at night what a pharmacy waited for in vain is taken off its share of an order
    expect(writersOf('ORDER#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory', 'Procurement', 'SettleBudgets']);
    expect(writersOf('SUPPLIER#SU-0001')).toEqual(['Procurement']);
    expect(writersOf('REVERSAL#01KAGZ5V9YV1Q5T1M0E9J7R2CD')).toEqual(['Inventory']);
    expect(writersOf('LIST#keys')).toEqual(['PublishLists']);
    for (const kept of ['LOG', 'LOGGED#01KAGZ5V9YV1Q5T1M0E9J7R2CD', 'LOG-KEY#log'])
      expect(writersOf(kept)).toEqual(['AppendLog']);
    // what compares can neither append nor sign, and what auditors say is the one thing that changes a finding
    expect(writersOf('LOG-CHECK#STATE')).toEqual(['CompareLog']);
    expect(writersOf('LOG-CHECK#MISSED')).toEqual(['AppendLog', 'CompareLog']);
    expect(writersOf('LOG-CHECK#FINDING#5f1d0a3c9be247d8a6c1e0f2')).toEqual(['CompareLog', 'Oversight']);
  });

  test('a role is taken by Lambda alone and holds no policy of AWS, whose content could change', () => {
    for (const id of Object.values(functionIds)) {
      const role = template.get(only(referencesIn(template.get(id).Properties.Role)));
      const trust = only(Policy.parse(role.Properties.AssumeRolePolicyDocument).Statement);
      expect(trust.Principal, id).toEqual({ Service: 'lambda.amazonaws.com' });
      expect(role.Properties.ManagedPolicyArns, id).toBeUndefined();
    }
  });
});

/** Functions that may put or update an item with this partition key, as IAM would decide. */
const writersOf = (pk: string): string[] =>
  Object.values(functionIds)
    .filter((id) => {
      const matching = template
        .rightsOf(id)
        .filter(
          ({ action, keys }) => /:(Put|Update)Item$/.test(action) && keys?.some((pattern) => isLike(pattern, pk)),
        );
      return matching.some(({ effect }) => effect === 'Allow') && !matching.some(({ effect }) => effect === 'Deny');
    })
    .sort();

describe('functions', () => {
  test('every function that is bundled is deployed once, and nothing else is', () => {
    const deployed = template.functions().map(({ id }) => id);
    expect(deployed.sort()).toEqual(Object.values(functionIds).sort());
  });

  test.each(Object.entries(functionIds))('%s runs the bundle of its own name on Node 24 and arm64', (name, id) => {
    const { Properties, Metadata } = template.get(id);
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    const code = readFileSync(join(outdir, String(Metadata['aws:asset:path']), 'index.mjs'));
    const bundled = readFileSync(new URL(`../../.local/bundles/${name}/index.mjs`, import.meta.url));
    expect(code.equals(bundled)).toBe(true);
  });

  test('every function writes its own log, which is kept for 13 months', () => {
    const logs = template.functions().map(({ Properties }) => only(referencesIn(Properties.LoggingConfig)));
    expect(new Set(logs).size).toBe(logs.length);
    for (const log of logs) expect(template.get(log).Properties.RetentionInDays).toBe(400);
  });

  test('every function rings on a crash and on a fault in its log, and the alarm says who is hurt', () => {
    const impacts = template.functions().map(({ id }) => {
      const alarm = only(
        template
          .ofType('AWS::CloudWatch::Alarm')
          .filter(({ Properties }) => Properties.Metrics && referencesIn(Properties.Metrics).includes(id)),
      );
      const log = only(referencesIn(template.get(id).Properties.LoggingConfig));
      const filter = only(
        template
          .ofType('AWS::Logs::MetricFilter')
          .filter(({ Properties }) => referencesIn(Properties.LogGroupName).includes(log)),
      );
      const { MetricName } = only(filter.Properties.MetricTransformations as { MetricName: string }[]);
      expect(JSON.stringify(alarm.Properties.Metrics)).toContain(`"${MetricName}"`);
      expect(referencesIn(alarm.Properties.AlarmActions).map((topic) => template.get(topic).Type)).toEqual([
        'AWS::SNS::Topic',
      ]);
      return String(alarm.Properties.AlarmDescription);
    });
    for (const impact of impacts) expect(impact).toMatch(/^[A-Z].{40,400}\.$/);
    expect(new Set(impacts).size).toBe(impacts.length);
  });

  test('the signed lists are renewed by the clock, and an hour of silence rings', () => {
    const rules = template.ofType('AWS::Events::Rule');
    const rateOf = Object.fromEntries(
      rules.map(({ Properties }) => [
        String((Properties.Targets as { Arn: unknown }[]).flatMap(({ Arn }) => referencesIn(Arn))),
        Properties.ScheduleExpression,
      ]),
    );
    expect(rateOf).toEqual({
      PublishLists: 'rate(15 minutes)',
      ApplyRetention: 'rate(10 minutes)',
      CheckMarking: 'rate(5 minutes)',
      AppendLog: 'rate(10 minutes)',
      ClosePeriods: 'rate(1 minute)',
      CompareLog: 'rate(10 minutes)',
      PostDocuments: 'rate(1 minute)',
      RollConsumption: 'rate(10 minutes)',
      RollFacts: 'rate(10 minutes)',
      SendOrders: 'rate(1 minute)',
      SettleBudgets: 'rate(10 minutes)',
      AnalyseDay: 'rate(30 minutes)',
      PlanWeek: 'rate(1 hour)',
      WatchStock: 'rate(10 minutes)',
      WorkRecalls: 'rate(1 minute)',
    });
    const silence = template
      .ofType('AWS::CloudWatch::Alarm')
      .filter(({ Properties }) => Properties.MetricName === 'Invocations');
    expect(only(silence).Properties).toMatchObject({ Period: 3600, TreatMissingData: 'breaching' });
  });
});

describeWeeklyRun(() => template);
describeErasing(
  () => template,
  (pk) => writersOf(pk),
);

describe('what must outlive a deployment', () => {
  test('the table is kept, protected, restorable to any second of 35 days, and as its schema says', () => {
    const table = template.get('Table');
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: tableSchema.ttl, Enabled: true },
      KeySchema: [{ AttributeName: tableSchema.partitionKey }, { AttributeName: tableSchema.sortKey }],
      GlobalSecondaryIndexes: tableSchema.indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: [{ AttributeName: index.partitionKey }, { AttributeName: index.sortKey }],
        Projection: { ProjectionType: tableSchema.projection },
      })),
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        },
      ],
    });
  });

  test.each([
    ['PrescriptionKey', 'ECC_NIST_P256', 'SIGN_VERIFY', false],
    ['ListsKey', 'ECC_NIST_P256', 'SIGN_VERIFY', false],
    ['OrderKey', 'ECC_NIST_P256', 'SIGN_VERIFY', false],
    ['LogKey', 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', false],
    ['PeriodKey', 'ECC_NIST_P256', 'SIGN_VERIFY', false],
    ['DataKey', 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', true],
    ['SearchKey', 'HMAC_256', 'GENERATE_VERIFY_MAC', false],
  ])('%s is kept, of its kind, and rotated where KMS can', (id, KeySpec, KeyUsage, rotated) => {
    const key = template.get(id);
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(key.Properties).toMatchObject({ KeySpec, KeyUsage, EnableKeyRotation: rotated, PendingWindowInDays: 30 });
  });

  test('accounts are kept and protected, and every role of the domain has its group', () => {
    const pool = template.get('UserPool');
    expect(pool).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(pool.Properties).toMatchObject({ DeletionProtection: 'ACTIVE', UserPoolTier: 'PLUS' });
    const groups = template.ofType('AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName);
    expect(groups.sort()).toEqual([...roles].sort());
  });

  test('whoever has a second factor is asked for it at every sign-in: no device is ever remembered', () => {
    const pool = template.get('UserPool').Properties;
    expect(pool).toMatchObject({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] });
    expect('DeviceConfiguration' in pool).toBe(false);
  });
});

describe('routes', () => {
  const declared = Object.entries({
    prescribing,
    dispensing,
    inventory,
    procurement,
    archive,
    compliance,
    oversight,
    patient,
    privacy,
    verification,
    identity,
  }).flatMap(([name, routes]) =>
    Object.values(routes).map(({ method, path, access }) => ({
      key: `${method} ${path}`,
      by: functionIds[name as keyof typeof functionIds],
      isPublic: access === 'public',
    })),
  );

  test('the gateway has every declared route, with its own function, and no other route', () => {
    const deployed = template.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => {
      const integration = template.get(only(referencesIn(Properties.Target)));
      expect(integration.Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
      return { key: Properties.RouteKey, by: only(referencesIn(integration.Properties.IntegrationUri)) };
    });
    const byKey = (a: { key: unknown }, b: { key: unknown }) => String(a.key).localeCompare(String(b.key));
    expect(deployed.sort(byKey)).toEqual(declared.map(({ key, by }) => ({ key, by })).sort(byKey));
  });

  test('a route demands a token of our user pool for our client unless it is declared public', () => {
    const authorizer = only(template.ofType('AWS::ApiGatewayV2::Authorizer'));
    expect(authorizer.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: {
        Audience: [{ Ref: 'WebClient' }, 'urn:darmon:api'],
        Issuer: { 'Fn::GetAtt': ['UserPool', 'ProviderURL'] },
      },
    });
    for (const { Properties } of template.ofType('AWS::ApiGatewayV2::Route')) {
      const isPublic = declared.some(({ key, isPublic }) => key === Properties.RouteKey && isPublic);
      expect(Properties.AuthorizationType, String(Properties.RouteKey)).toBe(isPublic ? 'NONE' : 'JWT');
      expect(referencesIn(Properties.AuthorizerId), String(Properties.RouteKey)).toEqual(
        isPublic ? [] : [authorizer.id],
      );
    }
  });

  test('every route has a limit, and each public one a narrower limit of its own', () => {
    const { Properties } = only(template.ofType('AWS::ApiGatewayV2::Stage'));
    const settings = Properties.RouteSettings as Record<string, { ThrottlingRateLimit: number }>;
    const { ThrottlingRateLimit } = Properties.DefaultRouteSettings as { ThrottlingRateLimit: number };
    expect(ThrottlingRateLimit).toBeGreaterThan(0);
    const open = declared.filter(({ isPublic }) => isPublic).map(({ key }) => key);
    expect(Object.keys(settings).sort()).toEqual(open.sort());
    for (const key of open) expect(settings[key]?.ThrottlingRateLimit, key).toBeLessThan(ThrottlingRateLimit);
  });

  test('the access log names routes, never a path, a query, an address or a person', () => {
    const { Properties } = only(template.ofType('AWS::ApiGatewayV2::Stage'));
    const { Format } = Properties.AccessLogSettings as { Format: string };
    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/\$context\.(path|identity|authorizer\.(claims|principalId)|httpMethod\/)/);
  });
});

describe('the web', () => {
  test('pages and API are one origin, over TLS, and API answers are not kept by the edge but for signed lists', () => {
    const { DistributionConfig } = only(template.ofType('AWS::CloudFront::Distribution')).Properties as {
      DistributionConfig: { CacheBehaviors: Record<string, unknown>[]; DefaultCacheBehavior: Record<string, unknown> };
    };
    const { CacheBehaviors, DefaultCacheBehavior } = DistributionConfig;
    for (const behaviour of [...CacheBehaviors, DefaultCacheBehavior])
      expect(behaviour.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/log/*', '/api/.well-known/*', '/api/*']);
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    expect(CacheBehaviors[2]?.CachePolicyId).toBe(cachingDisabled);
  });

  test('a page may load what the policy says and talk to itself and the sign-in alone', () => {
    const headers = only(template.ofType('AWS::CloudFront::ResponseHeadersPolicy'));
    const config = headers.Properties.ResponseHeadersPolicyConfig as {
      SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: unknown } };
    };
    const domain = only(template.ofType('AWS::Cognito::UserPoolDomain')).id;
    expect(textOf(config.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy)).toBe(
      contentSecurityPolicy([
        'https://cognito-idp.AWS::Region.amazonaws.com',
        `https://${domain}.auth.AWS::Region.amazoncognito.com`,
      ]),
    );
  });

  test('no bucket is public, and each refuses a request without TLS', () => {
    const buckets = template.ofType('AWS::S3::Bucket');
    for (const { id, Properties } of buckets) {
      expect(Properties.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      const policy = template
        .ofType('AWS::S3::BucketPolicy')
        .find((one) => referencesIn(one.Properties.Bucket).includes(id));
      expect(JSON.stringify(policy?.Properties.PolicyDocument), id).toContain('"aws:SecureTransport":"false"');
    }
  });
});

describeStacks(() => template);
