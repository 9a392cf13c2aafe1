/** What auditors read: trails of prescriptions and of sites. */
import { routes } from '@darmon/function-compliance/routes';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Reads only, and without a key: a trail names ids, not patients. */
export const deployCompliance = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const compliance = new ServiceFunction(scope, house, {
    name: 'compliance',
    description: 'Trails for auditors',
    errorImpact: 'Auditors cannot read trails; doctors and pharmacies are not touched, and nothing is lost.',
    environment: { TABLE_NAME: data.table.tableName },
  });
  // Events lie with their subjects, so a site's day is read from all of them.
  data.open(compliance, {
    get: ['PRESCRIPTION#*', 'NUMBER#*'],
    getMany: [
      'PRESCRIPTION#*',
      'PATIENT#*',
      'LOOKUPS#*',
      'PERSON#*',
      'SITE#*',
      'RECEIPT#*',
      'LOT#*',
      'POLICY',
      'APPROVALS#*',
      'FORMULARY',
    ],
    query: ['PRESCRIPTION#*'],
    except: ['SITE#*#*'],
    indexes: { gsi2: ['EVENT#*'] },
  });
  api.serve(compliance, routes, authorizer);
  return compliance;
};
