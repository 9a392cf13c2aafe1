/** Recalls: what the function of stock may do for them, and the job that counts recalled lots on. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Beside what a function of stock may do anyway. Whom a pharmacy told is counted here and nowhere named. */
export const recallRights = {
  get: ['RECALL#*'],
  getMany: ['RECALL#*', 'RECALL-CALLS#*'],
  query: ['RECALL#*'],
  put: ['RECALL#*', 'RECALLS'],
  update: ['RECALL#*', 'RECALLS'],
  indexes: { gsi1: ['RECALL-LIST', 'RECALLS-AT#*'], gsi3: ['LOT#*'] },
} as const satisfies TableAccess;

/** May freeze rows and write down what it counted: no route leads here. */
export const deployWorkRecalls = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const workRecalls = new ServiceFunction(scope, house, {
    name: 'work-recalls',
    description: 'Counts recalled lots until two counts agree',
    errorImpact:
      'Recalls stay half counted when nobody has them open: recalled lots are refused at every counter all the same, and whoever opens a recall goes on with it.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 60,
  });
  data.open(workRecalls, {
    get: ['RECALL#*'],
    getMany: ['RECALL#*', 'SITE#*#MEDICINE#*'],
    query: ['SITE#*#LOT#*'],
    put: ['RECALL#*', 'SITE#*#LOT#*'],
    update: ['RECALL#*', 'SITE#*#MEDICINE#*'],
    indexes: { gsi2: ['RECALLS-WORKING'], gsi3: ['LOT#*'] },
  });
  new Rule(workRecalls, 'schedule', {
    description: 'Goes on with recalls that are not counted out',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(workRecalls.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return workRecalls;
};
