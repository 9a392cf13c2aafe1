/** What auditors read: trails of prescriptions and of sites, feedback, and signals about lots. */
import { routes } from '@darmon/function-compliance/routes';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { stockFactRights, stockReportRights } from './fact-rights.ts';
import { onlyFor } from './patient.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** What events lie with, and what is read along with them. */
export const eventSubjects = [
  'PRESCRIPTION#*',
  'PATIENT#*',
  'LOOKUPS#*',
  'PERSON#*',
  'SITE#*',
  'RECEIPT#*',
  'EXPECTED#*',
  'IMPORT#*',
  'TRANSFER#*',
  'WRITE-OFF#*',
  'COUNT#*',
  'REVERSAL#*',
  'RECALL#*',
  'RECALL-CALLS#*',
  'TEMPERATURE#*',
  'PHOTO#*',
  'LOT#*',
  'SERIAL#*',
  'POLICY',
  'APPROVALS#*',
  'FORMULARY',
  'PAGE#*',
  'FEEDBACK#*',
  'SIGNAL#*',
  'SET-ASIDE#*',
  'DRAFT#*',
  'TEMPLATES#*',
  'KNOWLEDGE',
  'REQUISITION#*',
  'BUDGET#*',
  'DELEGATION#*',
  'APPROVERS',
  'REFERENCE-PRICES',
  'SUPPLIER#*',
  'ORDER#*',
  'PAST-IMPORT#*',
  'CASE#*',
  'PERIOD#*',
  'PRIVACY#*',
  'REVIEW#*',
  'LOG-CHECK#*',
  'SIGN-IN#*',
  'CLOCK#*',
] as const;

/** Reads only. It opens the words of feedback and nothing else: a trail names ids, not patients. */
export const deployCompliance = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const compliance = new ServiceFunction(scope, house, {
    name: 'compliance',
    description: 'Trails, feedback and signals for auditors',
    errorImpact:
      'Auditors cannot read trails, feedback or signals; doctors and pharmacies are not touched, and nothing is lost.',
    environment: { TABLE_NAME: data.table.tableName, DATA_KEY_ID: data.dataKey.keyId },
    // a report of what no night kept yet takes seconds
    timeoutSeconds: 28,
    memoryMb: 1769,
  });
  // Events lie with their subjects, so a site's day is read from all of them.
  data.open(compliance, {
    get: ['PRESCRIPTION#*', 'NUMBER#*', 'PLAN#*', 'LOG', 'LOG-CHECK#STATE'],
    // Reports read shelves, plans and documents beside.
    getMany: [...eventSubjects, 'RECALLS', 'PLAN#*', 'FACTS#*', 'MEDICINE#*'],
    query: ['PRESCRIPTION#*', 'PAGE#*', 'ORDER#*', 'PATIENT#*', 'LOOKUPS#*', 'SITE#*#LOT#*', 'LOG-CHECK#RUNS'],
    indexes: {
      gsi1: ['FEEDBACK#*', 'SIGNALS', 'SITES', 'STOCK#*', 'WRITE-OFFS#*', 'PATIENT#*', 'LOG-FINDINGS#*'],
      gsi2: ['EVENT#*', 'FEEDBACK#*', 'ORDERS', 'PRESCRIBER#*'],
      gsi3: ['LOT#*'],
    },
  });
  // facts that are kept, and the ledger where they are not
  data.open(compliance, stockFactRights);
  data.open(compliance, stockReportRights);
  compliance.may(
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [data.dataKey.keyArn],
      conditions: onlyFor('feedback'),
    }),
  );
  api.serve(compliance, routes, authorizer);
  return compliance;
};
