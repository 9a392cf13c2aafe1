/** What the function of procurement may do for requisitions, their approval and its money. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Beside what it may do for plans; it moves no stock and opens no order. */
export const requisitionRights = {
  get: ['REQUISITION#*', 'BUDGET#*', 'DELEGATION#*', 'IDEMPOTENCY#*'],
  getMany: [
    'PERSON#*',
    'SITE#*',
    'POLICY',
    'RECALLS',
    'GTIN#*',
    'REQUISITION#*',
    'BUDGET#*',
    'DELEGATION#*',
    'APPROVERS',
    'REFERENCE-PRICE#*',
  ],
  query: ['APPROVERS'],
  put: [
    'REQUISITION#*',
    'BUDGET#*',
    'DELEGATION#*',
    'APPROVERS',
    'REFERENCE-PRICE#*',
    'REFERENCE-PRICES',
    'IDEMPOTENCY#*',
  ],
  update: ['BUDGET#*'],
  indexes: {
    gsi1: ['REQUISITIONS#*', 'BUDGETS#*', 'DELEGATIONS', 'REFERENCE-PRICES', 'PEOPLE'],
    gsi2: ['REQUISITIONS-IN#*'],
  },
} as const satisfies TableAccess;

/** May read orders and write what became of the money that was promised for them: no route leads here. */
export const deploySettleBudgets = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const settleBudgets = new ServiceFunction(scope, house, {
    name: 'settle-budgets',
    description: 'Settles the year’s money with what came, at night',
    errorImpact:
      'Budgets show as promised what was received or given up days ago; approvals see less money than there is until somebody opens the budgets.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
  });
  data.open(settleBudgets, {
    get: ['REQUISITION#*'],
    getMany: ['REQUISITION#*', 'ORDER#*', 'SITE#*', 'TRANSFER#*'],
    query: ['TRANSFER#*'],
    put: ['REQUISITION#*'],
    update: ['BUDGET#*', 'ORDER#*'],
    indexes: { gsi1: ['SITES'], gsi2: ['REQUISITIONS-IN#*', 'ORDERS-OPEN#*', 'TRANSFERS-TO#*'] },
  });
  new Rule(settleBudgets, 'schedule', {
    description: 'Settles the year’s money with what came since',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(settleBudgets.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return settleBudgets;
};
