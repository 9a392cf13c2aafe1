/** What to order: use, plans, requests, suppliers and orders. */
import { routes } from '@darmon/function-procurement/routes';
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { orderRights } from './orders.ts';
import { planRights } from './plans.ts';
import { requisitionRights } from './requisitions.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** May read shelves and movements, and never write one: what it writes is about stock to come. */
export const deployProcurement = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const procurement = new ServiceFunction(scope, house, {
    name: 'procurement',
    description: 'Use, forecasts, requisitions, suppliers, orders',
    errorImpact: 'Nobody can plan, ask for or order goods; what is in stock is dispensed and received as before.',
    // a plan of a site with many medicines takes seconds
    timeoutSeconds: 28,
    memoryMb: 1769,
    environment: { TABLE_NAME: data.table.tableName, ORDER_KEY_ID: data.orderKey.keyId },
  });
  procurement.may(new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [data.orderKey.keyArn] }));
  data.open(procurement, {
    get: ['PAST-IMPORT#*'],
    getMany: ['PERSON#*', 'SITE#*', 'POLICY', 'RECALLS', 'CONSUMPTION#*'],
    query: ['SITE#*#LOT#*', 'SITE#*#MEDICINE#*', 'CONSUMPTION#*', 'PAST-IMPORT#*'],
    put: ['CONSUMPTION#*', 'PAST-IMPORT#*'],
    update: ['PAST-IMPORT#*'],
    indexes: { gsi1: ['STOCK#*'] },
  });
  data.open(procurement, planRights);
  data.open(procurement, orderRights);
  data.open(procurement, requisitionRights);
  api.serve(procurement, routes, authorizer);
  return procurement;
};

/** May read the ledger and write what it reckoned from it: no route leads here. */
export const deployRollConsumption = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const rollConsumption = new ServiceFunction(scope, house, {
    name: 'roll-consumption',
    description: 'Keeps what was used at every site, after midnight',
    errorImpact: 'Plans know of what was used until some days ago; nothing is lost, the next night keeps it all.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 300,
  });
  data.open(rollConsumption, {
    getMany: ['SITE#*', 'POLICY', 'RECALLS', 'CONSUMPTION#*'],
    query: ['SITE#*#LOT#*'],
    put: ['CONSUMPTION#*'],
    indexes: { gsi1: ['STOCK#*', 'SITES'] },
  });
  new Rule(rollConsumption, 'schedule', {
    description: 'Keeps what was used yesterday where it is not kept yet',
    schedule: Schedule.rate(Duration.minutes(10)),
    targets: [new LambdaFunction(rollConsumption.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(10) })],
  });
  return rollConsumption;
};
