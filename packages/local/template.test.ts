import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseTemplate, type Resolve, readTemplate } from './template.ts';

const code = { 'aws:asset:path': 'asset.1', 'aws:asset:property': 'Code' };
const small = () => ({
  Resources: {
    Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
    SignKey: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'ECC_NIST_P256' } },
    DataKey: { Type: 'AWS::KMS::Key', Properties: {} },
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
    Counter: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Timeout: 10,
        MemorySize: 1024,
        Environment: {
          Variables: {
            TABLE_NAME: { Ref: 'Table' },
            SIGN_KEY_ID: { Ref: 'SignKey' },
            DATA_KEY_ARN: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
            USER_POOL_ID: { Ref: 'Pool' },
            ISSUER: {
              'Fn::Join': ['', ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.amazonaws.com/', { Ref: 'Pool' }]],
            },
            COUNTRY: 'UZ',
          },
        },
      },
      Metadata: code,
    },
    Custom: { Type: 'AWS::Lambda::Function', Properties: { Handler: 'x.y' } },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Audience: [{ Ref: 'Client' }, 'urn:darmon:api'] },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { IntegrationUri: { 'Fn::GetAtt': ['Counter', 'Arn'] }, PayloadFormatVersion: '2.0' },
    },
    Closed: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'POST /api/things/{id}',
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: 'Authorizer' },
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
    Open: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'GET /api/open',
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
        RouteSettings: { 'GET /api/open': { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 } },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(15 minutes)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Counter', 'Arn'] }, Id: 'Target0' }],
      },
    },
    Daily: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        Target: { Arn: { 'Fn::GetAtt': ['Counter', 'Arn'] }, Input: '{"day":1}' },
      },
    },
    Paused: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        State: 'DISABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Counter', 'Arn'] }, Id: 'Target0' }],
      },
    },
    OnEvents: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {} } },
  },
});

const resolve: Resolve = ({ id, type }, attribute) => {
  if (type === 'AWS::DynamoDB::GlobalTable') return 'darmon';
  if (type === 'AWS::KMS::Key') return attribute === 'Arn' ? `arn:of:${id}` : id;
  return undefined;
};
const parse = (template: unknown) => parseTemplate(template, '/assembly', resolve);

test('functions come with their code and with an environment of local names', () => {
  expect(parse(small()).functions).toEqual([
    {
      id: 'Counter',
      folder: '/assembly/asset.1',
      module: 'index',
      export: 'handler',
      timeoutSeconds: 10,
      memoryMb: 1024,
      environment: {
        TABLE_NAME: 'darmon',
        SIGN_KEY_ID: 'SignKey',
        DATA_KEY_ARN: 'arn:of:DataKey',
        USER_POOL_ID: 'local-Pool',
        ISSUER: 'https://cognito-idp.local.amazonaws.com/local-Pool',
        COUNTRY: 'UZ',
      },
    },
  ]);
});

test('routes come with their function, their own limit and the audience that their authorizer asks for', () => {
  const { routes, throttle } = parse(small());
  expect(routes).toEqual([
    { key: 'POST /api/things/{id}', function: 'Counter', authorizer: { audience: ['local-Client', 'urn:darmon:api'] } },
    { key: 'GET /api/open', function: 'Counter', throttle: { rate: 100, burst: 200 } },
  ]);
  expect(throttle).toEqual({ rate: 1000, burst: 2000 });
});

/** The same template with its routes in a stack within the stack, as files. */
const nested = (more: (inner: object, outer: object) => void = () => {}) => {
  const { Closed, Open, Integration, ...rest } = small().Resources;
  const parameters = { fn: { 'Fn::GetAtt': ['Counter', 'Arn'] }, authorizer: { Ref: 'Authorizer' } };
  Integration.Properties.IntegrationUri = { Ref: 'fn' } as never;
  Closed.Properties.AuthorizerId = { Ref: 'authorizer' } as never;
  const inner = { Parameters: { fn: { Type: 'String' }, authorizer: {} }, Resources: { Closed, Open, Integration } };
  const Routes = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { Parameters: parameters },
    Metadata: { 'aws:asset:path': 'Routes.nested.template.json' },
  };
  const outer = { Resources: { ...rest, Routes } };
  more(inner, outer);
  const folder = mkdtempSync(join(tmpdir(), 'darmon-template-'));
  writeFileSync(join(folder, 'Small.template.json'), JSON.stringify(outer));
  writeFileSync(join(folder, 'Routes.nested.template.json'), JSON.stringify(inner));
  try {
    return readTemplate(folder, resolve);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('routes in a stack within the stack are the same routes', () => {
  expect(nested().routes).toEqual(parse(small()).routes);
});

test('a stack within the stack that cannot be followed is an error', () => {
  expect(() =>
    nested((_, outer) => Object.assign(outer, { Outputs: { X: { 'Fn::GetAtt': ['Routes', 'Outputs.x'] } } })),
  ).toThrow('Routes');
  expect(() =>
    nested((inner) =>
      Object.assign(inner, {
        Parameters: { fn: {}, authorizer: {}, lost: {} },
        Resources: { Lost: { Type: 'X', Properties: { A: { Ref: 'lost' } } } },
      }),
    ),
  ).toThrow('lost');
  expect(() => nested((inner) => Object.assign(inner, { Resources: { Counter: { Type: 'X' } } }))).toThrow('Counter');
});

test('enabled schedules come with their rate and input, and keys with their spec', () => {
  const { schedules, keys } = parse(small());
  expect(schedules).toEqual([
    { id: 'Rule', target: 'Counter', everyMs: 900_000 },
    { id: 'Daily', target: 'Counter', everyMs: 86_400_000, input: { day: 1 } },
  ]);
  expect(keys).toEqual({ SignKey: 'ECC_NIST_P256', DataKey: 'SYMMETRIC_DEFAULT' });
});

const machineOf = (state: object) => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    DefinitionString: {
      'Fn::Join': [
        '',
        [
          `{"StartAt":"A","TimeoutSeconds":60,"States":{"A":${JSON.stringify(state).replace(/"}$/, '')}`,
          { 'Fn::GetAtt': ['Counter', 'Arn'] },
          '"}}}',
        ],
      ],
    },
  },
});

test('the moments at which the user pool calls a function come with it, and one without code is an error', () => {
  const template = small();
  const pool = (LambdaConfig: object) =>
    parse({
      Resources: { ...template.Resources, Pool: { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig } } },
    });
  expect(parse(template).triggers).toEqual({});
  const counter = { 'Fn::GetAtt': ['Counter', 'Arn'] };
  expect(pool({ PreAuthentication: counter, PreSignUp: counter }).triggers).toEqual({ PreAuthentication: 'Counter' });
  expect(() => pool({ PostAuthentication: { 'Fn::GetAtt': ['Custom', 'Arn'] } })).toThrow('Custom');
});

test('a state machine comes with the functions that it begins, and a schedule may begin one', () => {
  const template = small();
  Object.assign(template.Resources, { Weekly: machineOf({ Type: 'Task', End: true, Resource: '' }) });
  template.Resources.Daily.Properties.Target.Arn = { Ref: 'Weekly' } as never;
  const { machines, schedules } = parse(template);
  const Resource = 'arn:aws:lambda:local:000000000000:function:Counter';
  expect(machines).toEqual([
    {
      id: 'Weekly',
      definition: { StartAt: 'A', TimeoutSeconds: 60, States: { A: { Type: 'Task', End: true, Resource } } },
    },
  ]);
  expect(schedules[1]).toMatchObject({ id: 'Daily', target: 'Weekly' });
});

test('what this machine cannot act on faithfully is an error that names it', () => {
  const cron = small();
  cron.Resources.Rule.Properties.ScheduleExpression = 'cron(0 3 * * ? *)';
  expect(() => parse(cron)).toThrow('cron(0 3 * * ? *)');
  const intrinsic = small();
  Object.assign(intrinsic.Resources.Counter.Properties.Environment.Variables, { X: { 'Fn::Select': [0, ['a']] } });
  expect(() => parse(intrinsic)).toThrow('Fn::Select');
  const scoped = small();
  Object.assign(scoped.Resources.Closed.Properties, { AuthorizationScopes: ['write'] });
  expect(() => parse(scoped)).toThrow('Closed');
  const spec = small();
  spec.Resources.SignKey.Properties.KeySpec = 'RSA_4096';
  expect(() => parse(spec)).toThrow('RSA_4096');
  const codeless = small();
  codeless.Resources.Integration.Properties.IntegrationUri = { 'Fn::GetAtt': ['Custom', 'Arn'] };
  expect(() => parse(codeless)).toThrow('Custom');
  const unknown = small();
  Object.assign(unknown.Resources, {
    Weekly: machineOf({ Type: 'Task', End: true, HeartbeatSeconds: 5, Resource: '' }),
  });
  expect(() => parse(unknown)).toThrow('HeartbeatSeconds');
});
