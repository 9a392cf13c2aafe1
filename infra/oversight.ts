/** What auditors write of their own: closed months, cases, reviews. Never a record of the business. */
import { routes } from '@darmon/function-oversight/routes';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Closed months, whose items nobody else writes but the job that reckons them. */
const periodRights = {
  get: ['PERIOD#*'],
  query: ['PERIOD#*'],
  indexes: { gsi1: ['PERIODS'] },
} as const satisfies TableAccess;

export const deployOversight = (scope: Construct, house: House, { data, api, authorizer }: ApiParts) => {
  const oversight = new ServiceFunction(scope, house, {
    name: 'oversight',
    description: 'Closed months, cases and reviews: what auditors write of their own',
    errorImpact: 'Auditors cannot close months or work on cases; nothing is lost, and nobody else is touched.',
    environment: { TABLE_NAME: data.table.tableName },
  });
  data.open(oversight, {
    ...periodRights,
    // who asks, and what holds now
    getMany: ['PERSON#*', 'SITE#*', 'POLICY', 'RECALLS'],
  });
  api.serve(oversight, routes, authorizer);
  return oversight;
};
