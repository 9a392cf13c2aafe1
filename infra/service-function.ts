/**
 * The one way a function of Darmon is deployed: same runtime, own role with nothing in it, own log group that forgets,
 * and an alarm that says in a sentence who is hurt. Rights are given by the caller, one by one.
 */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { type CfnLogGroup, FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Bundle, FunctionName } from './bundle.ts';

/** What all functions of one deployment share. */
export interface House {
  readonly bundles: Readonly<Record<FunctionName, Bundle>>;
  readonly alarms: ITopic;
}

export interface ServiceFunctionProps {
  readonly name: FunctionName;
  readonly description: string;
  /** One sentence that a person on call reads at night: what breaks for whom. It becomes the alarm's text. */
  readonly errorImpact: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  readonly memoryMb?: number;
}

/** `prescribing` -> `Prescribing`, `publish-lists` -> `PublishLists`: the logical id, so that a refactoring replaces nothing. */
const logicalId = (name: string): string =>
  name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export class ServiceFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly errors: Alarm;

  constructor(scope: Construct, house: House, props: ServiceFunctionProps) {
    super(scope, props.name);
    this.name = props.name;
    const id = logicalId(props.name);

    const logs = new LogGroup(this, 'logs', {
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    (logs.node.defaultChild as CfnLogGroup).overrideLogicalId(`${id}Logs`);

    // The managed AWSLambdaBasicExecutionRole may write any log group of the account; this one writes its own.
    this.role = new Role(this, 'role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `What the function ${props.name} may do`,
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logs.logGroupArn],
      }),
    );

    this.lambda = new LambdaFunction(this, 'function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(house.bundles[props.name].folder),
      handler: 'index.handler',
      role: this.role,
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // START, END and REPORT would be half of the log's price and say what the metrics say.
      systemLogLevelV2: SystemLogLevel.WARN,
      memorySize: props.memoryMb ?? 1024,
      timeout: Duration.seconds(props.timeoutSeconds ?? 10),
      environment: { ...props.environment },
    });
    (this.lambda.node.defaultChild as CfnFunction).overrideLogicalId(id);

    this.errors = this.alarmOn(logs, house.alarms, props.errorImpact);
  }

  /**
   * A crash or a timeout is an error of Lambda's; an answer 500 is not, it is a line of level ERROR in the log.
   * Either one rings.
   */
  private alarmOn(logs: LogGroup, topic: ITopic, errorImpact: string): Alarm {
    const faults = new MetricFilter(this, 'faults', {
      logGroup: logs,
      filterPattern: FilterPattern.stringValue('$.level', '=', 'ERROR'),
      metricNamespace: 'darmon',
      metricName: `${this.name}-faults`,
      metricValue: '1',
      defaultValue: 0,
    });
    const period = Duration.minutes(5);
    const alarm = new Alarm(this, 'errors', {
      alarmName: `${Stack.of(this).stackName}-${this.name}-errors`,
      alarmDescription: errorImpact,
      metric: new MathExpression({
        expression: 'FILL(crashes, 0) + FILL(faults, 0)',
        usingMetrics: {
          crashes: this.lambda.metricErrors({ period }),
          faults: faults.metric({ period, statistic: 'Sum' }),
        },
        label: `${this.name}: crashes and faults`,
        period,
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    return alarm;
  }

  /** Adds one right. `actions` never hold a wildcard, and `resources` name what they are; a test holds both. */
  may(...statements: PolicyStatement[]): void {
    for (const statement of statements) this.role.addToPolicy(statement);
  }
}
