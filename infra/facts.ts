/** Facts that reports are made of: reckoned at night from the ledger and from events, so that no report walks history. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { careFactRights, stockFactRights } from './fact-rights.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** May read the ledger and write what it reckoned from it: no route leads here. */
export const deployRollFacts = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const rollFacts = new ServiceFunction(scope, house, {
    name: 'roll-facts',
    description: 'Keeps what reports are made of, after midnight',
    errorImpact:
      'Reports reckon some days themselves and take longer, or kept facts are not what the table says: look at the month that the log names. Nothing is lost.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
    memoryMb: 1769,
  });
  data.open(rollFacts, stockFactRights);
  data.open(rollFacts, careFactRights);
  data.open(rollFacts, { get: ['FACTS#*'], query: ['FACTS#*'], put: ['FACTS#*'], update: ['FACTS#*'] });
  new Rule(rollFacts, 'schedule', {
    description: 'Keeps facts of yesterday where they are not kept yet',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(rollFacts.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return rollFacts;
};
