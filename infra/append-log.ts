/** The log of events: fed by the table's stream, behind every change and on the way of none. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { eventSubjects } from './compliance.ts';
import { type House, ServiceFunction } from './service-function.ts';

const logFilesReason = 'A log grows by files whose names follow from its size; nothing else lies under this prefix.';

/** The log's name in its checkpoints. It outlives domains, and only has to be nobody else's. */
export const logOrigin = (scope: Construct): string => `${Stack.of(scope).stackName.toLowerCase()}.log`;

/**
 * Reads events and writes the log, and nothing else; alone may sign its checkpoints. The stream gives a batch again until
 * it is in, for a day; what a longer fault left out the nightly comparison names, and a schedule has it appended.
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
    put: ['LOGGED#*', 'LOG-KEY#*', 'LOG-CHECK#MISSED'],
    update: ['LOG'],
    indexes: { gsi1: ['LOG-MISSED'] },
  });
  const files = `${data.logBucket.bucketArn}/log/*`;
  appendLog.may(
    new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [files] }),
    // without it, what is not there answers as forbidden
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [data.logBucket.bucketArn] }),
  );
  Validations.of(appendLog).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<LogBucket.Arn>/log/*]',
    reason: logFilesReason,
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
  new Rule(appendLog, 'schedule', {
    description: 'Appends what the nightly comparison found to be missing',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(appendLog.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return appendLog;
};

/** Reads events and the log, and writes what it found: it can neither append nor sign. No route leads here. */
export const deployCompareLog = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const compareLog = new ServiceFunction(scope, house, {
    name: 'compare-log',
    description: 'Holds the events of the table against the log, at night',
    errorImpact:
      'Table and log differ, or could not be compared: what happened to a patient may have been changed or taken away. Nobody at a counter is touched; an auditor looks at the screen of the log now.',
    environment: {
      TABLE_NAME: data.table.tableName,
      LOG_KEY_ID: data.logKey.keyId,
      LOG_BUCKET: data.logBucket.bucketName,
      LOG_ORIGIN: logOrigin(scope),
    },
    timeoutSeconds: 900,
    memoryMb: 1769,
  });
  data.open(compareLog, {
    get: ['LOG-CHECK#*'],
    getMany: [...eventSubjects, 'LOGGED#*', 'LOG-KEY#*'],
    query: ['SITE#*', 'LOG-CHECK#MISSED'],
    put: ['LOG-CHECK#*'],
    indexes: { gsi1: ['SITES'], gsi2: ['EVENT#*'] },
  });
  const { bucketArn } = data.logBucket;
  compareLog.may(
    new PolicyStatement({ actions: ['s3:GetObject'], resources: [`${bucketArn}/log/*`] }),
    // without it, what is not there answers as forbidden
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
    new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [data.logKey.keyArn] }),
  );
  Validations.of(compareLog).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<LogBucket.Arn>/log/*]',
    reason: logFilesReason,
  });
  new Rule(compareLog, 'schedule', {
    description: 'Compares table and log, and goes on where it stood',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(compareLog.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return compareLog;
};
