/** Where trouble is heard and seen: the topic every alarm speaks to, and one page of graphs. */
import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Operation } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Api } from './api.ts';
import type { Data } from './data.ts';
import type { ServiceFunction } from './service-function.ts';

/** The topic of all alarms. `email` is who reads them; without one the topic waits for a subscription made by hand. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, email: string | undefined) {
    super(scope, 'alarms');
    // Unencrypted on purpose: the texts are the sentences of this repository and never hold personal data.
    this.topic = new Topic(this, 'topic', { displayName: 'Darmon alarms', enforceSSL: true });
    // A topic with any policy of its own loses the default one, which is what lets alarms of the account publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (email) this.topic.addSubscription(new EmailSubscription(email));
  }
}

interface Observed {
  readonly alarms: Alarms;
  readonly data: Data;
  readonly api: Api;
  readonly functions: readonly ServiceFunction[];
}

/** One dashboard that answers "does it work, is it slow, what is refused", and the alarms that belong to no function. */
export class Observability extends Construct {
  constructor(scope: Construct, { alarms, data, api, functions }: Observed) {
    super(scope, 'observability');
    const period = Duration.minutes(5);
    const apiMetric = (metricName: string, statistic: string) =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        statistic,
        period,
        dimensionsMap: { ApiId: api.http.apiId },
        label: `${metricName} ${statistic}`,
      });
    const throttled = data.table.metricThrottledRequestsForOperations({
      operations: [Operation.GET_ITEM, Operation.QUERY, Operation.TRANSACT_WRITE_ITEMS],
      period,
    });

    const dashboard = new Dashboard(this, 'dashboard');
    dashboard.addWidgets(
      new GraphWidget({ title: 'Requests', left: [apiMetric('Count', 'Sum')], right: [apiMetric('4xx', 'Sum')] }),
      new GraphWidget({ title: 'Answers 5xx', left: [apiMetric('5xx', 'Sum')] }),
      new GraphWidget({ title: 'Latency (ms)', left: ['p50', 'p95', 'p99'].map((p) => apiMetric('Latency', p)) }),
    );
    dashboard.addWidgets(
      new GraphWidget({
        title: 'Function time, p95 (ms)',
        left: functions.map((f) => f.lambda.metricDuration({ statistic: 'p95', period, label: f.name })),
      }),
      new GraphWidget({
        title: 'Function crashes',
        left: functions.map((f) => f.lambda.metricErrors({ period, label: f.name })),
      }),
      new GraphWidget({
        title: 'Table: capacity and throttles',
        left: [data.table.metricConsumedReadCapacityUnits(), data.table.metricConsumedWriteCapacityUnits()],
        right: [throttled],
      }),
    );

    const throttles = new Alarm(this, 'throttled-functions', {
      alarmName: `${Stack.of(this).stackName}-throttled-functions`,
      alarmDescription:
        'The account has no free Lambda concurrency: doctors and pharmacists wait or are turned away until it is raised.',
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period }),
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const slow = new Alarm(this, 'slow-api', {
      alarmName: `${Stack.of(this).stackName}-slow-api`,
      alarmDescription: 'One request in a hundred takes more than two seconds: the queue at the counter grows.',
      metric: apiMetric('Latency', 'p99'),
      threshold: 2000,
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    for (const alarm of [throttles, slow]) alarm.addAlarmAction(new SnsAction(alarms.topic));
  }
}
