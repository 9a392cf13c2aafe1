/** The public door: anybody may ask whether a code is authentic. */
import { routes } from '@darmon/function-verification/routes';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { logOrigin } from './append-log.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Can write nothing, sign nothing and decrypt nothing, whatever is sent to it. */
export const deployVerification = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer, publicUrl } = parts;
  const verification = new ServiceFunction(scope, house, {
    name: 'verification',
    description: 'Public: is this code authentic; the signed lists; the interface',
    errorImpact:
      'Nobody can check a code online, and pharmacies cannot renew their lists: after 24 hours they dispense no controlled medicine offline.',
    environment: {
      TABLE_NAME: data.table.tableName,
      PUBLIC_URL: publicUrl,
      LOG_KEY_ID: data.logKey.keyId,
      PERIOD_KEY_ID: data.periodKey.keyId,
      LOG_ORIGIN: logOrigin(scope),
    },
  });
  data.open(verification, { get: ['PRESCRIPTION#*', 'LIST#*'] });
  verification.may(
    new PolicyStatement({
      actions: ['kms:GetPublicKey'],
      resources: [data.logKey.keyArn, data.periodKey.keyArn],
    }),
  );
  api.serve(verification, routes, authorizer);
  return verification;
};
