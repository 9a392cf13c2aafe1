/** The patient's public door: the own page, pharmacies that hold a medicine, feedback. */
import { routes } from '@darmon/function-patient/routes';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** A right to wrapping keys that holds for one kind of subject alone, as each request has to name it. */
export const onlyFor = (subject: 'feedback' | 'patient') => ({
  Null: { [`kms:EncryptionContext:${subject}`]: 'false' },
});

/**
 * May decrypt nothing and sign nothing; it compares keyed hashes. Of all it reads it may change only what lies apart:
 * tries, events of pages, feedback, and how often a lot is complained about.
 */
export const deployPatient = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const patient = new ServiceFunction(scope, house, {
    name: 'patient',
    description: "Public: the patient's own page, pharmacies that hold a medicine, feedback",
    errorImpact:
      'Patients cannot open the page of their prescription or give feedback; clinics and pharmacies work as before.',
    environment: {
      TABLE_NAME: data.table.tableName,
      DATA_KEY_ID: data.dataKey.keyId,
      SEARCH_KEY_ID: data.searchKey.keyId,
    },
  });
  data.open(patient, {
    get: ['NUMBER#*', 'PRESCRIPTION#*', 'LIST#keys'],
    getMany: ['PRESCRIPTION#*', 'PAGE#*', 'PERSON#*', 'SITE#*', 'MEDICINE#*', 'SIGNAL#*', 'POLICY', 'RECALLS'],
    query: ['PRESCRIPTION#*', 'PAGE#*'],
    put: ['PAGE#*', 'FEEDBACK#*', 'SIGNAL#*'],
    update: ['PAGE#*', 'ATTEMPT#PAGE#*', 'ATTEMPT#FEEDBACK#*'],
    except: ['SITE#*#LOT#*'],
    indexes: { gsi2: ['HOLDS#*'] },
  });
  patient.may(
    new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [data.searchKey.keyArn] }),
    new PolicyStatement({
      actions: ['kms:GenerateDataKey'],
      resources: [data.dataKey.keyArn],
      conditions: onlyFor('feedback'),
    }),
  );
  api.serve(patient, routes, authorizer);
  return patient;
};
