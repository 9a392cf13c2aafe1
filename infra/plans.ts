/** Plans: what the function of procurement may do for them, and the workers of the weekly run. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** What planning a site reads and writes, and the draft that comes of it: no stock, no order, no approval. */
const planning = {
  get: ['PLAN#*', 'PACKED-FORMULARY', 'REQUISITION#*', 'REQUISITION-OF#*'],
  getMany: [
    'SITE#*',
    'POLICY',
    'RECALLS',
    'CONSUMPTION#*',
    'TRANSFER#*',
    'SUPPLIER#*',
    'ORDER#*',
    'REQUISITION#*',
    'REFERENCE-PRICE#*',
  ],
  query: ['SITE#*#LOT#*', 'CONSUMPTION#*', 'PLAN-RUN#*', 'SUPPLIER#*', 'PACKED-FORMULARY'],
  put: ['CONSUMPTION#*', 'PLAN#*', 'PLAN-RUN#*', 'REQUISITION#*', 'REQUISITION-OF#*'],
  update: ['PLAN-RUN#*'],
  indexes: {
    gsi1: ['STOCK#*', 'SITES', 'SUPPLIERS', 'REQUISITIONS#*'],
    gsi2: ['TRANSFERS-TO#*', 'ORDERS-OPEN#*'],
  },
} as const satisfies TableAccess;

/** Beside what the function of procurement may do anyway. */
export const planRights = {
  ...planning,
  getMany: [...planning.getMany, 'PLAN#*'],
  indexes: { ...planning.indexes, gsi1: [...planning.indexes.gsi1, 'PLANS'] },
} as const satisfies TableAccess;

/** May plan and draft: no route leads here, and nobody is asked for anything by a draft. */
export const deployPlanSites = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const planSites = new ServiceFunction(scope, house, {
    name: 'plan-sites',
    description: 'Plans every site on Monday morning, several at once',
    errorImpact:
      'Some sites have no plan and no draft of this week: planners see which on their board, can plan them by hand, and last week’s plans stay.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
    memoryMb: 1769,
  });
  data.open(planSites, planning);
  // a worker runs for four minutes, so up to five are at work together
  new Rule(planSites, 'schedule', {
    description: 'On Monday morning, begins another worker of the weekly run',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(planSites.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return planSites;
};
