/** The daily analysis: reads events at night, writes cases, and sign-ins that nobody came in by; nothing else. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { eventSubjects } from './compliance.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** What auditors do with cases. */
export const caseRights = {
  get: ['CASE#*'],
  query: ['CASE#RUNS'],
  put: ['CASE#*'],
  indexes: { gsi1: ['CASES#*'] },
} as const satisfies TableAccess;

/** It learns which prescriptions are one patient's, and opens no name. No route leads here. */
export const deployAnalysis = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const analyseDay = new ServiceFunction(scope, house, {
    name: 'analyse-day',
    description: 'Looks at each day for what speaks of fraud, and opens cases',
    errorImpact: 'Auditors are told of yesterday’s suspicions a night later; nothing is lost.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 900,
    memoryMb: 1769,
  });
  data.open(analyseDay, {
    get: ['CASE#*', 'SIGN-IN#*'],
    getMany: [...eventSubjects, 'MEDICINE#*', 'RECALLS'],
    put: ['CASE#*', 'SIGN-IN#*'],
    update: ['SIGN-IN#*'],
    indexes: { gsi1: ['SITES', 'SIGN-INS'], gsi2: ['EVENT#*'] },
  });
  new Rule(analyseDay, 'schedule', {
    description: 'Writes refused sign-ins, and analyses the day that is over',
    schedule: Schedule.rate(Duration.minutes(30)),
    targets: [new LambdaFunction(analyseDay.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(30) })],
  });
  return analyseDay;
};
