/**
 * Reads a synthesised CloudFormation template as far as one machine can act on it: functions with their code and
 * environment, routes with their authorizers and limits, schedules, state machines and keys. What it does not understand in a place
 * that matters is an error, never a guess: the local cloud would then differ from the deployed one in silence.
 */
import { resolve } from 'node:path';
import { readAssembly } from '@darmon/infra/assembly';
import * as z from 'zod';
import { KeySpec } from './kms.ts';
import { type CloudMachine, functionsOf, Machine } from './machines.ts';

export interface CloudFunction {
  readonly id: string;
  /** Folder of the code and the module and export in it that CloudFormation names. */
  readonly folder: string;
  readonly module: string;
  readonly export: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

export interface JwtAuthorizer {
  readonly audience: readonly string[];
}

export interface Throttle {
  /** Requests a second in the long run, and how many at once. */
  readonly rate: number;
  readonly burst: number;
}

export interface CloudRoute {
  /** As API Gateway has it: `POST /api/prescriptions/{id}/dispenses`. */
  readonly key: string;
  readonly function: string;
  readonly authorizer?: JwtAuthorizer;
  readonly throttle?: Throttle;
}

export interface CloudSchedule {
  readonly id: string;
  /** What it begins: a function, or a state machine. */
  readonly target: string;
  readonly everyMs: number;
  /** The event given instead of EventBridge's own. */
  readonly input?: unknown;
}

const poolMoments = ['PreAuthentication', 'PostAuthentication'] as const;
/** Before a person is asked for anything, and after everything that was asked was right. */
export type PoolMoment = (typeof poolMoments)[number];

export interface CloudTemplate {
  readonly functions: readonly CloudFunction[];
  readonly routes: readonly CloudRoute[];
  readonly schedules: readonly CloudSchedule[];
  readonly machines: readonly CloudMachine[];
  readonly keys: Readonly<Record<string, KeySpec>>;
  /** Functions that the table's stream calls. */
  readonly listeners: readonly string[];
  /** Functions that the user pool calls, by the moment at which it does. */
  readonly triggers: Readonly<Partial<Record<PoolMoment, string>>>;
  readonly throttle?: Throttle;
}

/**
 * Local values of what only exists once deployed: the physical name of a resource (`attribute` undefined: `Ref`) or one
 * of its attributes. Undefined: this resource has no counterpart here.
 */
export type Resolve = (resource: { id: string; type: string }, attribute: string | undefined) => string | undefined;

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
});
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });

/** The one template of a synthesised app, with what stands in stacks within its stack. */
export const readTemplate = (cloudAssembly: string, resolveName: Resolve): CloudTemplate =>
  parseTemplate(readAssembly(cloudAssembly).template, cloudAssembly, resolveName);

/**
 * @param json a CloudFormation template
 * @param assets folder that relative `aws:asset:path` are in
 * @throws on a function without code, a route to nothing, a schedule that is no rate, or an unknown intrinsic function
 */
export function parseTemplate(json: unknown, assets: string, resolveName: Resolve): CloudTemplate {
  const resources = Object.entries(Template.parse(json).Resources).map(([id, resource]) => ({ id, ...resource }));
  type Found = (typeof resources)[number];
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const ofType = (type: string) => resources.filter((resource) => resource.Type === type);

  /** A property as text. Pseudo parameters have the values of this machine. */
  const text = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    const reference = referenceIn(value);
    if (reference) {
      if (reference.id in pseudo) return pseudo[reference.id] ?? '';
      const resource = byId.get(reference.id);
      if (!resource) throw new Error(`${reference.id} is not in the template`);
      if (resource.Type === 'AWS::Lambda::Function' && reference.attribute === 'Arn') return functionArn(resource.id);
      return resolveName({ id: resource.id, type: resource.Type }, reference.attribute) ?? `local-${resource.id}`;
    }
    const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
    if (join.success) return join.data['Fn::Join'][1].map(text).join(join.data['Fn::Join'][0]);
    throw new Error(`not understood in the template: ${JSON.stringify(value)?.slice(0, 200)}`);
  };

  /** The resource that a property leads to, through joins such as `integrations/<id>`. */
  const target = (value: unknown, type: string): Found => {
    for (const reference of referencesIn(value)) {
      const resource = byId.get(reference.id);
      if (resource?.Type === type) return resource;
    }
    throw new Error(`no ${type} behind ${JSON.stringify(value)?.slice(0, 200)}`);
  };

  const functions = ofType('AWS::Lambda::Function')
    .filter(({ Metadata }) => typeof Metadata['aws:asset:path'] === 'string')
    .map((resource): CloudFunction => {
      const shape = FunctionProperties.parse(resource.Properties);
      const [module = 'index', exported = 'handler'] = shape.Handler.split('.');
      const variables = Object.entries(shape.Environment.Variables);
      return {
        id: resource.id,
        folder: resolve(assets, String(resource.Metadata['aws:asset:path'])),
        module,
        export: exported,
        environment: Object.fromEntries(variables.map(([name, value]) => [name, text(value)])),
        timeoutSeconds: shape.Timeout,
        memoryMb: shape.MemorySize,
      };
    });
  const functionBehind = (value: unknown): string => {
    const { id } = target(value, 'AWS::Lambda::Function');
    if (!functions.some((one) => one.id === id)) throw new Error(`the function ${id} has no code beside the template`);
    return id;
  };

  const [stage] = ofType('AWS::ApiGatewayV2::Stage');
  const limits = StageProperties.parse(stage?.Properties ?? {});
  const routes = ofType('AWS::ApiGatewayV2::Route').map(({ id, Properties }): CloudRoute => {
    const shape = RouteProperties.parse(Properties);
    if (shape.AuthorizationScopes) throw new Error(`${id}: scopes of routes are not checked here`);
    const authorizer =
      shape.AuthorizationType === 'JWT' ? target(shape.AuthorizerId, 'AWS::ApiGatewayV2::Authorizer') : undefined;
    const throttle = limits.RouteSettings[shape.RouteKey];
    return {
      key: shape.RouteKey,
      function: functionBehind(target(shape.Target, 'AWS::ApiGatewayV2::Integration').Properties.IntegrationUri),
      ...(authorizer && {
        authorizer: { audience: AuthorizerProperties.parse(authorizer.Properties).JwtConfiguration.Audience.map(text) },
      }),
      ...(throttle && { throttle }),
    };
  });

  const machines = ofType('AWS::StepFunctions::StateMachine').map(({ id, Properties }): CloudMachine => {
    const definition = Machine.parse(JSON.parse(text(Properties.DefinitionString)));
    const known = new Set(functions.map((one) => functionArn(one.id)));
    const unknown = functionsOf(definition).find((arn) => !known.has(arn));
    if (unknown !== undefined) throw new Error(`${id} begins ${unknown}, which has no code beside the template`);
    return { id, definition };
  });
  /** What a schedule begins. */
  const begunBy = (value: unknown): string => {
    const machine = referencesIn(value).find((reference) => machines.some(({ id }) => id === reference.id));
    return machine?.id ?? functionBehind(value);
  };
  const schedules = [
    ...ofType('AWS::Events::Rule').flatMap(({ id, Properties }): CloudSchedule[] => {
      const shape = RuleProperties.parse(Properties);
      if (shape.ScheduleExpression === undefined || shape.State !== 'ENABLED') return [];
      const everyMs = rate(shape.ScheduleExpression);
      return shape.Targets.map((one) => ({ id, target: begunBy(one.Arn), everyMs, ...inputOf(one.Input) }));
    }),
    ...ofType('AWS::Scheduler::Schedule').flatMap(({ id, Properties }): CloudSchedule[] => {
      const shape = ScheduleProperties.parse(Properties);
      if (shape.State !== 'ENABLED') return [];
      const everyMs = rate(shape.ScheduleExpression);
      return [{ id, target: begunBy(shape.Target.Arn), everyMs, ...inputOf(shape.Target.Input) }];
    }),
  ];

  const keys = ofType('AWS::KMS::Key').flatMap(({ id, Properties }): [string, KeySpec][] => {
    const spec = KeySpec.safeParse(Properties.KeySpec ?? 'SYMMETRIC_DEFAULT');
    if (!spec.success) throw new Error(`${id}: keys of spec ${Properties.KeySpec} cannot be made here`);
    return [[id, spec.data]];
  });

  const listeners = ofType('AWS::Lambda::EventSourceMapping').map(({ id, Properties }) => {
    const shape = MappingProperties.parse(Properties);
    const source = referencesIn(shape.EventSourceArn)[0];
    if (!source || !/^AWS::DynamoDB::/.test(byId.get(source.id)?.Type ?? ''))
      throw new Error(`${id} listens to something else than the table`);
    return functionBehind(shape.FunctionName);
  });

  const [pool] = ofType('AWS::Cognito::UserPool');
  const { LambdaConfig } = UserPoolProperties.parse(pool?.Properties ?? {});
  const triggers = Object.fromEntries(
    poolMoments.flatMap((moment) => (moment in LambdaConfig ? [[moment, functionBehind(LambdaConfig[moment])]] : [])),
  );

  return {
    functions,
    routes,
    schedules,
    machines,
    keys: Object.fromEntries(keys),
    listeners,
    triggers,
    ...(limits.DefaultRouteSettings && { throttle: limits.DefaultRouteSettings }),
  };
}

/** The name of a function here, as Lambda and Step Functions say it. */
export const functionArn = (id: string): string => `arn:aws:lambda:local:000000000000:function:${id}`;

// --- shapes, as far as they are read ---------------------------------------------------------------------------------

const FunctionProperties = z.looseObject({
  Handler: z.string().regex(/^[\w-]+\.\w+$/),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()).default({}) }).prefault({}),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
});
const UserPoolProperties = z.looseObject({ LambdaConfig: z.record(z.string(), z.unknown()).default({}) });
const MappingProperties = z.looseObject({ EventSourceArn: z.unknown(), FunctionName: z.unknown() });
const RouteProperties = z.looseObject({
  RouteKey: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \//),
  Target: z.unknown(),
  AuthorizationType: z.enum(['JWT', 'NONE']).default('NONE'),
  AuthorizerId: z.unknown().optional(),
  AuthorizationScopes: z.array(z.string()).optional(),
});
const AuthorizerProperties = z.looseObject({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.looseObject({ Audience: z.array(z.unknown()).min(1) }),
});
const RouteSettings = z
  .looseObject({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() })
  .transform((limit): Throttle => ({ rate: limit.ThrottlingRateLimit, burst: limit.ThrottlingBurstLimit }));
const StageProperties = z.looseObject({
  DefaultRouteSettings: RouteSettings.optional(),
  RouteSettings: z.record(z.string(), RouteSettings).default({}),
});
const RuleProperties = z.looseObject({
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z.array(z.looseObject({ Arn: z.unknown(), Input: z.string().optional() })).default([]),
});
const ScheduleProperties = z.looseObject({
  ScheduleExpression: z.string(),
  State: z.string().default('ENABLED'),
  Target: z.looseObject({ Arn: z.unknown(), Input: z.string().optional() }),
});

const inputOf = (input: string | undefined): { input?: unknown } =>
  input === undefined ? {} : { input: JSON.parse(input) };

const unitMs: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** EventBridge's `rate(5 minutes)` in milliseconds. */
function rate(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const ms = Number(count) * (unitMs[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new Error(`schedules run at rates here, not at ${expression}`);
  return ms;
}

// --- references ------------------------------------------------------------------------------------------------------

interface Reference {
  readonly id: string;
  readonly attribute: string | undefined;
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': 'local',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'Darmon',
};

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });

function referenceIn(value: unknown): Reference | undefined {
  const ref = Ref.safeParse(value);
  if (ref.success) return { id: ref.data.Ref, attribute: undefined };
  const attribute = GetAtt.safeParse(value);
  return attribute.success
    ? { id: attribute.data['Fn::GetAtt'][0], attribute: attribute.data['Fn::GetAtt'][1] }
    : undefined;
}

function referencesIn(value: unknown): Reference[] {
  const reference = referenceIn(value);
  if (reference) return [reference];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(referencesIn) : [];
}
