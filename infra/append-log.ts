/** The log of events: fed by the table's stream, behind every change and on the way of none. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { eventSubjects } from './compliance.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** The log's name in its checkpoints. It outlives domains, and only has to be nobody else's. */
export const logOrigin = (scope: Construct): string => `${Stack.of(scope).stackName.toLowerCase()}.log`;

/**
 * Reads events and writes the log, and nothing else; alone may sign its checkpoints. The stream gives a batch again until
 * it is in, for a day; what a longer fault left out is found by comparing table and log, and appended by hand.
 */
export const deployAppendLog = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const appendLog = new ServiceFunction(scope, house, {
    name: 'append-log',
    description: 'Appends every event to the log that can be proven',
    errorImpact:
      'New events are not in the log yet, so they cannot be proven; nobody at a counter is touched. The stream keeps them for a day.',
    environment: {
      TABLE_NAME: data.table.tableName,
      LOG_KEY_ID: data.logKey.keyId,
      LOG_BUCKET: data.logBucket.bucketName,
      LOG_ORIGIN: logOrigin(scope),
    },
    timeoutSeconds: 60,
  });
  data.open(appendLog, {
    get: ['LOG'],
    getMany: [...eventSubjects, 'LOGGED#*', 'LOG-KEY#*'],
    put: ['LOGGED#*', 'LOG-KEY#*'],
    update: ['LOG'],
  });
  const files = `${data.logBucket.bucketArn}/log/*`;
  appendLog.may(
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [files] }),
    // without it, what is not there answers as forbidden
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [data.logBucket.bucketArn] }),
  );
  Validations.of(appendLog).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<LogBucket.Arn>/log/*]',
    reason: 'A log grows by files whose names follow from its size; nothing else lies under this prefix.',
  });
  data.signedOnlyBy(appendLog, data.logKey);
  appendLog.lambda.addEventSource(
    new DynamoEventSource(data.table, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 500,
      maxBatchingWindow: Duration.seconds(1),
      retryAttempts: -1,
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('EVENT#') } } },
        }),
      ],
    }),
  );
  return appendLog;
};
