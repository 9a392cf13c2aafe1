/** A person's rights: what is held is handed out, erased or kept, and what is over its time goes. */
import { routes } from '@darmon/function-privacy/routes';
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { eventSubjects } from './compliance.ts';
import type { TableAccess } from './data.ts';
import { onlyFor } from './patient.ts';
import { type House, ServiceFunction } from './service-function.ts';

/**
 * What both need to take a person's name away. Of all functions these two alone may delete, and only hashes that find a
 * person; of a prescription they write nothing but that its personal fields are empty, which no right can say: tests do.
 */
const erasing = {
  get: ['PATIENT#*', 'PRESCRIPTION#*'],
  query: ['PRESCRIPTION#*'],
  put: ['PRIVACY#*', 'PATIENT#*', 'PRESCRIPTION#*', 'FEEDBACK#*', 'LOG-KEY#patient#*'],
  update: ['PRESCRIPTION#*', 'FEEDBACK#*'],
  remove: ['PATIENT-MAC#*'],
} as const satisfies TableAccess;

/** May open a patient and nobody else's words; signs nothing, and touches no stock. */
export const deployPrivacy = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const privacy = new ServiceFunction(scope, house, {
    name: 'privacy',
    description: "A person's rights: data handed out, erasure, legal holds",
    errorImpact:
      'Nobody can be handed the own data, erased or held; requests wait, and no clinic or pharmacy is touched.',
    // a patient of many years has hundreds of prescriptions
    timeoutSeconds: 28,
    environment: {
      TABLE_NAME: data.table.tableName,
      DATA_KEY_ID: data.dataKey.keyId,
      SEARCH_KEY_ID: data.searchKey.keyId,
    },
  });
  data.open(privacy, {
    ...erasing,
    get: [...erasing.get, 'PATIENT-MAC#*', 'TEMPLATES#*', 'IDEMPOTENCY#*'],
    getMany: [...eventSubjects, 'RECALLS', 'PRIVACY#*', 'MEDICINE#*'],
    query: [...erasing.query, 'PATIENT#*', 'LOOKUPS#*', 'PRIVACY#*', 'PAGE#*', 'PERSON#*', 'TEMPLATES#*'],
    put: [...erasing.put, 'LOOKUPS#*', 'IDEMPOTENCY#*'],
    update: [...erasing.update, 'ATTEMPT#LOOKUP#*'],
    indexes: { gsi1: ['HOLDS', 'ERASURES', 'PATIENT-MACS#*', 'PATIENT#*'], gsi2: ['EVENT#*', 'DRAFTS#*'] },
  });
  privacy.may(
    new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [data.dataKey.keyArn],
      conditions: onlyFor('patient'),
    }),
  );
  api.serve(privacy, routes, authorizer);
  return privacy;
};

/** Destroys keys that it could not use: it may decrypt nothing. */
export const deployApplyRetention = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const applyRetention = new ServiceFunction(scope, house, {
    name: 'apply-retention',
    description: 'Goes on with erasures, and at night takes away what is over its time',
    errorImpact:
      'Personal content stays longer than its time, and erasures wait; nothing is lost, the next run does it all.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
  });
  data.open(applyRetention, {
    ...erasing,
    get: [...erasing.get, 'RETENTION#*'],
    getMany: ['PERSON#*', 'SITE#NONE', 'POLICY', 'RECALLS', 'PRIVACY#*', 'PRESCRIPTION#*', 'FEEDBACK#*'],
    put: [...erasing.put, 'RETENTION#*'],
    indexes: { gsi1: ['PEOPLE', 'PATIENT-MACS#*', 'PATIENT#*'], gsi2: ['PRIVACY-OPEN', 'PRESCRIBER#*', 'FEEDBACK#*'] },
  });
  new Rule(applyRetention, 'schedule', {
    description: 'Goes on with erasures; at night takes away what is over its time',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(applyRetention.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return applyRetention;
};
