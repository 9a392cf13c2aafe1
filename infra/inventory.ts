/** Goods in, stock on hand, movements, the state of a lot, the register of controlled medicines. */
import { routes } from '@darmon/function-inventory/routes';
import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { orderReceiptRights } from './orders.ts';
import { recallRights } from './recalls.ts';
import { type House, ServiceFunction } from './service-function.ts';
import { watchRights } from './watch.ts';

/** May move stock; has no key and no way to a patient or a prescription. */
export const deployInventory = (scope: Construct, house: House, parts: ApiParts): ServiceFunction => {
  const { data, api, authorizer } = parts;
  const inventory = new ServiceFunction(scope, house, {
    name: 'inventory',
    description: 'Receipts, stock on hand, movements, lots',
    errorImpact:
      'Warehouses and pharmacies cannot receive goods or see their stock; what is received already can be dispensed.',
    environment: { TABLE_NAME: data.table.tableName },
  });
  data.open(inventory, {
    get: [
      'GTIN#*',
      'IDEMPOTENCY#*',
      'POSTING#*',
      'RECEIPT#*',
      'EXPECTED#*',
      'IMPORT#*',
      'COUNT#*',
      'WRITE-OFF#*',
      'TRANSFER#*',
      'PHOTO#*',
    ],
    getMany: [
      'PERSON#*',
      'SITE#*',
      'POLICY',
      'RECALLS',
      'GTIN#*',
      'MEDICINE#*',
      'COUNT#*',
      'LOT#*',
      'REGISTER#*',
      'SERIAL#*',
      'RECEIPT#*',
      'EXPECTED#*',
      'WRITE-OFF#*',
      'TRANSFER#*',
      'PHOTO#*',
      'APPROVAL#*',
    ],
    query: ['SITE#*#LOT#*', 'SITE#*#MEDICINE#*', 'REGISTER#*', 'RECEIPT#*', 'IMPORT#*', 'COUNT#*', 'TRANSFER#*'],
    put: [
      ...documents,
      'EXPECTED#*',
      'DOCUMENT#*',
      'POSTING#*',
      'LOT#*',
      'SITE#*#LOT#*',
      'REGISTER#*',
      'IDEMPOTENCY#*',
      'PHOTO#*',
      'SERIAL#*',
    ],
    update: [...documents, 'POSTING#*', 'SITE#*#MEDICINE#*', 'LOT#*', 'SERIAL#*', 'APPROVAL#*', 'PHOTO#*'],
    indexes: {
      gsi1: ['STOCK#*', 'RECEIPTS#*', 'EXPECTED#*', 'COUNTS#*', 'WRITE-OFFS#*', 'TRANSFERS-FROM#*'],
      gsi2: ['DISCREPANCIES#*', 'WRITE-OFFS', 'TRANSFERS-TO#*'],
    },
  });
  data.open(inventory, recallRights);
  data.open(inventory, orderReceiptRights);
  data.open(inventory, watchRights);
  api.serve(inventory, routes, authorizer);
  return inventory;
};

/** Documents of stock: what people write, and what is posted from it. */
const documents = ['RECEIPT#*', 'IMPORT#*', 'TRANSFER#*', 'WRITE-OFF#*', 'COUNT#*'];

/** May do what posting does and nothing else: no route leads here. */
export const deployPostDocuments = (scope: Construct, house: House, { data }: ApiParts): ServiceFunction => {
  const postDocuments = new ServiceFunction(scope, house, {
    name: 'post-documents',
    description: 'Finishes documents of many lines that nobody goes on with',
    errorImpact:
      'Long receipts, counts and transfers stay half posted when the browser that began them is closed; nothing is lost, and whoever opens them goes on.',
    environment: { TABLE_NAME: data.table.tableName },
    timeoutSeconds: 60,
  });
  data.open(postDocuments, {
    get: ['POSTING#*'],
    getMany: ['POSTING#*', 'SITE#*', 'LOT#*', 'POLICY', 'RECALLS', 'REGISTER#*', 'SERIAL#*'],
    put: [...documents, 'SITE#*#LOT#*', 'REGISTER#*'],
    update: [...documents, 'POSTING#*', 'SITE#*#MEDICINE#*', 'LOT#*', 'SERIAL#*'],
    indexes: { gsi1: ['POSTINGS'] },
  });
  new Rule(postDocuments, 'schedule', {
    description: 'Goes on with documents whose posting stands still',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(postDocuments.lambda, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
  });
  return postDocuments;
};
