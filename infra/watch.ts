/** What is watched: what the function of stock may do for it, and the job that looks through every shelf by morning. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Beside what a function of stock may do anyway. */
export const watchRights = {
  get: ['SITE#*#LOT#*', 'REVERSAL#*'],
  query: ['TEMPERATURE#*', 'OVERVIEW'],
  put: ['REVERSAL#*', 'TEMPERATURE#*', 'OVERVIEW'],
  indexes: { gsi1: ['SITES'] },
} as const satisfies TableAccess;

/** May read shelves and write what it saw of them: no route leads here. */
export const deployWatchStock = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const watchStock = new ServiceFunction(scope, house, {
    name: 'watch-stock',
    description: 'Looks through every shelf once a day, from five in the morning on',
    errorImpact:
      'Those who look at all sites together see them as they were a day ago, with the time beside them; each site sees its own alerts as they are.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
  });
  data.open(watchStock, {
    getMany: ['SITE#*', 'POLICY', 'RECALLS', 'RECEIPT#*'],
    query: ['TEMPERATURE#*', 'OVERVIEW'],
    put: ['OVERVIEW'],
    indexes: { gsi1: ['STOCK#*', 'SITES'], gsi2: ['DISCREPANCIES#*'] },
  });
  new Rule(watchStock, 'schedule', {
    description: 'Between five and eight in the morning, looks through the shelves that were not looked through yet',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(watchStock.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return watchStock;
};
