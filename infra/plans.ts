/** Plans: what the function of procurement may do for them, and the workers of the weekly run. */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { pin, type TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** What planning a site reads and writes, and the draft that comes of it: no stock, no order, no approval. */
const planning = {
  get: ['PLAN#*', 'PACKED-FORMULARY', 'REQUISITION#*', 'REQUISITION-OF#*', 'BUDGET#*'],
  getMany: [
    'SITE#*',
    'POLICY',
    'RECALLS',
    'CONSUMPTION#*',
    'TRANSFER#*',
    'SUPPLIER#*',
    'ORDER#*',
    'REQUISITION#*',
    'REFERENCE-PRICE#*',
    'PLAN#*',
  ],
  query: ['SITE#*#LOT#*', 'CONSUMPTION#*', 'PLAN-RUN#*', 'SUPPLIER#*', 'TRANSFER#*', 'PACKED-FORMULARY'],
  put: ['CONSUMPTION#*', 'PLAN#*', 'PLAN-RUN#*', 'REQUISITION#*', 'REQUISITION-OF#*'],
  update: ['PLAN-RUN#*'],
  indexes: {
    gsi1: ['STOCK#*', 'SITES', 'SUPPLIERS', 'ORDERS#*', 'REQUISITIONS#*'],
    gsi2: ['TRANSFERS-TO#*', 'ORDERS-OPEN#*'],
  },
} as const satisfies TableAccess;

/** Beside what the function of procurement may do anyway. */
export const planRights = {
  ...planning,
  indexes: { ...planning.indexes, gsi1: [...planning.indexes.gsi1, 'PLANS'] },
} as const satisfies TableAccess;

/** May plan and draft: no route leads here, and nobody is asked for anything by a draft. */
export const deployPlanSites = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const planSites = new ServiceFunction(scope, house, {
    name: 'plan-sites',
    description: 'Opens the weekly run, plans sites beside others, closes it',
    errorImpact:
      'Some sites have no plan and no draft of this week: planners see which on their board, can plan them by hand, and last week’s plans stay.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
    memoryMb: 1769,
  });
  data.open(planSites, planning);
  deployPlanWeek(scope, house, planSites);
  return planSites;
};

/** Tries again what Lambda did not do: after ten seconds, half a minute, and so on; each of many at its own moment. */
const again = (MaxAttempts: number) => [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 10,
    BackoffRate: 3,
    MaxAttempts,
    MaxDelaySeconds: 120,
    JitterStrategy: 'FULL',
  },
];

/**
 * The run of a week as a state machine: opened, worked on by several at once, closed. Between them the machine carries
 * the week and numbers, and nothing of sites, people or stock. What is done stands in the table, so a run that is begun
 * twice, or breaks off, is gone on with by the next.
 */
const weekOfPlans = (Resource: string) => {
  const task = { Type: 'Task', Resource, TimeoutSeconds: 310 };
  return {
    StartAt: 'Open',
    // from the first begin on Monday morning until noon, and an hour for what is under way then
    TimeoutSeconds: 12 * 3_600,
    States: {
      Open: { ...task, Parameters: { step: 'open', 'asked.$': '$' }, Retry: again(6), Next: 'Next' },
      Next: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.next', StringEquals: 'work', Next: 'Work' },
          { Variable: '$.next', StringEquals: 'rest', Next: 'Rest' },
          { Variable: '$.next', StringEquals: 'close', Next: 'Close' },
        ],
        Default: 'Nothing',
      },
      Work: {
        Type: 'Map',
        ItemsPath: '$.workers',
        // as many as the opening ever asks for
        MaxConcurrency: 10,
        ItemSelector: { step: 'work', 'asked.$': '$' },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'Worker',
          States: {
            // a worker that is lost stops no other: its sites are free again when their time is over
            Worker: { ...task, Retry: again(2), Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }], End: true },
            Lost: { Type: 'Pass', Result: { lost: true }, End: true },
          },
        },
        ResultPath: '$.worked',
        Next: 'Open',
      },
      Rest: { Type: 'Wait', SecondsPath: '$.restSeconds', Next: 'Open' },
      Close: { ...task, Parameters: { step: 'close', 'asked.$': '$' }, Retry: again(6), Next: 'Nothing' },
      Nothing: { Type: 'Succeed' },
    },
  };
};

const deployPlanWeek = (scope: Construct, house: House, planSites: ServiceFunction): void => {
  const part = new Construct(scope, 'plan-week');
  const stack = Stack.of(part);
  const logs = new LogGroup(part, 'logs', {
    // a name of this kind keeps the account's list of who may write logs short
    logGroupName: `/aws/vendedlogs/states/${stack.stackName}-plan-week`,
    retention: RetentionDays.THIRTEEN_MONTHS,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(part, 'role', {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
    description: 'What the weekly run may do: begin its one function',
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [planSites.lambda.functionArn] }),
  );
  const machine = pin(
    new StateMachine(part, 'machine', {
      comment: 'Plans every site on Monday morning, several at once',
      definitionBody: DefinitionBody.fromString(stack.toJsonString(weekOfPlans(planSites.lambda.functionArn))),
      stateMachineType: StateMachineType.STANDARD,
      role,
      logs: { destination: logs, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    }),
    'PlanWeek',
  );
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Delivery of logs and traces are rights to no resource of this account: AWS takes them with a star alone.',
  });

  const period = Duration.minutes(5);
  const alarm = new Alarm(part, 'broken', {
    alarmName: `${stack.stackName}-plan-week-broken`,
    alarmDescription:
      'The weekly run broke off: sites that it did not reach have no plan and no draft of this week until the next hour begins it again or a planner does.',
    metric: new MathExpression({
      expression: 'FILL(failed, 0) + FILL(late, 0)',
      usingMetrics: { failed: machine.metricFailed({ period }), late: machine.metricTimedOut({ period }) },
      label: 'weekly runs that broke off',
      period,
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(house.alarms));
  // the hours that come after the first find the run closed, or go on with one that broke off
  new Rule(part, 'schedule', {
    description: 'On Monday morning, begins the weekly run or goes on with it',
    schedule: Schedule.rate(Duration.hours(1)),
    targets: [new SfnStateMachine(machine, { input: RuleTargetInput.fromObject({}), maxEventAge: Duration.hours(1) })],
  });
};
