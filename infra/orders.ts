/** Suppliers and orders: what the functions of procurement and of stock may do for them, and the job that sends them. */
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import type { TableAccess } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** Beside what a function of procurement may do anyway. */
export const orderRights = {
  get: ['SUPPLIER#*', 'ORDER#*', 'REQUISITION#*', 'IDEMPOTENCY#*'],
  getMany: ['SUPPLIER#*', 'ORDER#*', 'ORDER-MESSAGE#*', 'REQUISITION#*', 'GTIN#*', 'SITE#*', 'PERSON#*'],
  query: ['SUPPLIER#*', 'ORDER#*'],
  put: ['SUPPLIER#*', 'ORDER#*', 'INVOICE#*', 'ORDER-MESSAGE#*', 'REQUISITION#*', 'IDEMPOTENCY#*'],
  update: ['ORDER#*'],
  indexes: { gsi1: ['SUPPLIERS', 'ORDERS#*'], gsi2: ['PRICES#*', 'ORDERS', 'ORDERS-OPEN#*'] },
} as const satisfies TableAccess;

/** Of the function of stock: a receipt counts what came of its order, in the same transaction. */
export const orderReceiptRights = { get: ['ORDER#*'], put: ['ORDER#*'] } as const satisfies TableAccess;

/** May read orders and tell suppliers of them; it changes none, and alone signs what is sent. No route leads here. */
export const deploySendOrders = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const sendOrders = new ServiceFunction(scope, house, {
    name: 'send-orders',
    description: 'Sends orders to suppliers that have an address for them',
    errorImpact:
      'Suppliers’ systems get no new orders or cancellations; nothing is lost, and planners can send the paper by hand.',
    environment: { TABLE_NAME: data.table.tableName, ORDER_KEY_ID: data.orderKey.keyId },
    timeoutSeconds: 60,
  });
  data.open(sendOrders, {
    get: ['ORDER#*', 'SUPPLIER#*'],
    getMany: ['ORDER-MESSAGE#*', 'SITE#*'],
    put: ['ORDER-MESSAGE#*'],
    indexes: { gsi1: ['ORDER-MESSAGES'] },
  });
  data.signedOnlyBy(sendOrders, data.orderKey);
  new Rule(sendOrders, 'schedule', {
    description: 'Sends orders that wait, and again those that were not taken',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(sendOrders.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return sendOrders;
};
