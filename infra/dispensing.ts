/** The counter: find a prescription, claim it, hand it over, take it back; and the job that asks about packs afterwards. */
import { routes } from '@darmon/function-dispensing/routes';
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** The national marking service: where it is, and the name of the secret that holds the account's key. */
export interface MarkingSettings {
  readonly url: string;
  readonly secret: string;
}

/**
 * What the functions read of it; nothing without a service. CloudFormation puts the key in at deployment, so it stands in
 * no template, and whoever may read the functions' configuration may read it.
 */
const markingEnvironment = (marking: MarkingSettings | undefined): Record<string, string> =>
  marking ? { MARKING_URL: marking.url, MARKING_KEY: `{{resolve:secretsmanager:${marking.secret}:SecretString}}` } : {};

/** May move stock out and change prescriptions, may read the patient it serves, may sign nothing. */
export const deployDispensing = (
  scope: Construct,
  house: House,
  parts: ApiParts,
  marking?: MarkingSettings,
): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const dispensing = new ServiceFunction(scope, house, {
    name: 'dispensing',
    description: 'Look up, claim, dispense and undo at the counter',
    errorImpact:
      'Pharmacies cannot look up or dispense prescriptions: patients stand at the counter without their medicine.',
    environment: {
      TABLE_NAME: data.table.tableName,
      DATA_KEY_ID: data.dataKey.keyId,
      SEARCH_KEY_ID: data.searchKey.keyId,
      ...markingEnvironment(marking),
    },
  });
  data.open(dispensing, {
    get: ['PRESCRIPTION#*', 'NUMBER#*', 'PATIENT#*', 'PATIENT-MAC#*', 'LIST#keys', 'IDEMPOTENCY#*', 'RECALL#*'],
    getMany: [
      'PRESCRIPTION#*',
      'PERSON#*',
      'SITE#*',
      'POLICY',
      'RECALLS',
      'PATIENT#*',
      'MEDICINE#*',
      'GTIN#*',
      'LOT#*',
      'APPROVAL#*',
      'REGISTER#*',
      'SERIAL#*',
      'RECALL-CALLS#*',
    ],
    query: ['PRESCRIPTION#*', 'PATIENT-MAC#*', 'SITE#*#MEDICINE#*', 'SITE#*#LOT#*', 'SET-ASIDE#*'],
    put: [
      'PRESCRIPTION#*',
      'NUMBER#*',
      'PATIENT#*',
      'PATIENT-MAC#*',
      'SITE#*#LOT#*',
      'REGISTER#*',
      'SET-ASIDE#*',
      'MARKING-CHECK#*',
      'LOOKUPS#*',
      'RECALL-CALLS#*',
      'IDEMPOTENCY#*',
    ],
    update: ['PRESCRIPTION#*', 'SITE#*#MEDICINE#*', 'SERIAL#*', 'APPROVAL#*', 'PAGE#*', 'ATTEMPT#*', 'RECALL-CALLS#*'],
    indexes: { gsi1: ['PATIENT#*'], gsi2: ['EVENT#*'] },
  });
  dispensing.may(
    new PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [data.dataKey.keyArn] }),
    new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }),
  );
  api.serve(dispensing, routes, authorizer);
  return dispensing;
};

/** Has no key: it knows packs, not patients. It may put a pack into quarantine and write what it found. */
export const deployCheckMarking = (
  scope: Construct,
  house: House,
  { data }: ApiParts,
  marking?: MarkingSettings,
): ServiceFunction => {
  const checkMarking = new ServiceFunction(scope, house, {
    name: 'check-marking',
    description: 'Asks the marking service about packs that were handed over while it gave no answer',
    errorImpact:
      'Packs that were handed over while the marking service was away are not checked; counters work on, and the checks wait.',
    environment: { TABLE_NAME: data.table.tableName, ...markingEnvironment(marking) },
    timeoutSeconds: 60,
  });
  data.open(checkMarking, {
    getMany: ['MARKING-CHECK#*'],
    put: ['PRESCRIPTION#*'],
    update: ['MARKING-CHECK#*', 'SERIAL#*'],
    indexes: { gsi1: ['MARKING-CHECK#*'] },
  });
  new Rule(checkMarking, 'schedule', {
    description: 'Works off the packs that wait for the marking service',
    schedule: Schedule.rate(Duration.minutes(5)),
    targets: [new LambdaFunction(checkMarking.lambda, { retryAttempts: 1, maxEventAge: Duration.minutes(4) })],
  });
  return checkMarking;
};
