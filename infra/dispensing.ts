/** The counter: find a prescription, claim it, hand it over, take it back. */
import { routes } from '@darmon/function-dispensing/routes';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** May move stock out and change prescriptions, may read the patient it serves, may sign nothing. */
export const deployDispensing = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
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
    },
  });
  data.open(dispensing, {
    get: ['PRESCRIPTION#*', 'NUMBER#*', 'PATIENT#*', 'PATIENT-MAC#*', 'LIST#keys', 'IDEMPOTENCY#*'],
    getMany: ['PRESCRIPTION#*', 'PERSON#*', 'SITE#*', 'POLICY', 'RECALLS', 'PATIENT#*', 'GTIN#*', 'LOT#*'],
    query: ['PRESCRIPTION#*', 'PATIENT-MAC#*', 'SITE#*#MEDICINE#*'],
    put: ['PRESCRIPTION#*', 'SITE#*#LOT#*', 'LOOKUPS#*', 'IDEMPOTENCY#*'],
    update: ['PRESCRIPTION#*', 'SITE#*#MEDICINE#*', 'ATTEMPT#*'],
    indexes: { gsi1: ['PATIENT#*'] },
  });
  dispensing.may(
    new PolicyStatement({ actions: ['kms:Decrypt'], resources: [data.dataKey.keyArn] }),
    new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }),
  );
  api.serve(dispensing, routes, authorizer);
  return dispensing;
};
