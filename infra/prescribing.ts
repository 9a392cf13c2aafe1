/** Issue, cancel, patients, formulary; and the job that signs the lists every verifier lives on. */
import { routes } from '@darmon/function-prescribing/routes';
import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** The only function that may sign a prescription. */
export const deployPrescribing = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const prescribing = new ServiceFunction(scope, house, {
    name: 'prescribing',
    description: 'Patients, formulary, prescriptions from issue to cancellation',
    errorImpact:
      'Doctors cannot issue or cancel prescriptions, or find patients and medicines; patients wait or get paper.',
    environment: {
      TABLE_NAME: data.table.tableName,
      PRESCRIPTION_KEY_ID: data.prescriptionKey.keyId,
      DATA_KEY_ID: data.dataKey.keyId,
      SEARCH_KEY_ID: data.searchKey.keyId,
    },
  });
  data.open(prescribing, {
    get: [
      'PRESCRIPTION#*',
      'PATIENT#*',
      'PATIENT-MAC#*',
      'PACKED-FORMULARY',
      'IDEMPOTENCY#*',
      'DRAFT#*',
      'TEMPLATES#*',
    ],
    getMany: [
      'APPROVAL#*',
      'DRAFT#*',
      'KNOWLEDGE',
      'KNOWLEDGE#*',
      'PERSON#*',
      'SITE#*',
      'POLICY',
      'RECALLS',
      'MEDICINE#*',
      'PATIENT#*',
      'PRESCRIPTION#*',
    ],
    query: ['PRESCRIPTION#*', 'PATIENT-MAC#*', 'PACKED-FORMULARY'],
    put: [
      'PRESCRIPTION#*',
      'NUMBER#*',
      'PATIENT#*',
      'PATIENT-MAC#*',
      'REVOCATIONS',
      'LOOKUPS#*',
      'IDEMPOTENCY#*',
      'DRAFT#*',
      'TEMPLATES#*',
    ],
    update: ['APPROVAL#*', 'ATTEMPT#*', 'DRAFT#*'],
    except: ['SITE#*#*'],
    indexes: { gsi1: ['FORMULARY', 'PATIENT#*'], gsi2: ['PRESCRIBER#*', 'DRAFTS#*'] },
  });
  data.signedOnlyBy(prescribing, data.prescriptionKey);
  prescribing.may(
    new PolicyStatement({
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resources: [data.dataKey.keyArn],
    }),
    new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }),
  );
  api.serve(prescribing, routes, authorizer);
  return prescribing;
};

/** The only function that may sign the lists; it cannot sign a prescription or read a patient. */
export const deployPublishLists = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const publishLists = new ServiceFunction(scope, house, {
    name: 'publish-lists',
    description: 'Signs the list of keys and the list of revocations',
    errorImpact:
      'Revocations stop reaching pharmacies: after 24 hours without a new list they dispense no controlled medicine offline, after 7 days they refuse every code offline.',
    environment: {
      TABLE_NAME: data.table.tableName,
      PRESCRIPTION_KEY_ID: data.prescriptionKey.keyId,
      LISTS_KEY_ID: data.listsKey.keyId,
    },
    timeoutSeconds: 60,
  });
  data.open(publishLists, { get: ['LIST#*'], query: ['REVOCATIONS'], put: ['LIST#*'] });
  data.signedOnlyBy(publishLists, data.listsKey);
  publishLists.may(new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [data.prescriptionKey.keyArn] }));

  new Rule(publishLists, 'schedule', {
    description: 'Renews the signed lists',
    schedule: Schedule.rate(Duration.minutes(15)),
    targets: [new LambdaFunction(publishLists.lambda, { retryAttempts: 2, maxEventAge: Duration.minutes(10) })],
  });
  // A run that never happens raises no error, so silence has an alarm of its own.
  const silence = new Alarm(publishLists, 'silence', {
    alarmName: `${Stack.of(scope).stackName}-publish-lists-silence`,
    alarmDescription:
      'The job that renews the signed lists has not run for an hour: pharmacies offline soon work with stale lists.',
    metric: publishLists.lambda.metricInvocations({ period: Duration.hours(1) }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });
  silence.addAlarmAction(new SnsAction(house.alarms));
  return publishLists;
};
