/** Goods in, stock on hand, movements, the state of a lot, the register of controlled medicines. */
import { routes } from '@darmon/function-inventory/routes';
import type { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type House, ServiceFunction } from './service-function.ts';

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
    get: ['GTIN#*', 'IDEMPOTENCY#*'],
    getMany: ['PERSON#*', 'SITE#*', 'POLICY', 'RECALLS', 'GTIN#*', 'LOT#*', 'REGISTER#*'],
    query: ['SITE#*#LOT#*', 'REGISTER#*'],
    put: ['RECEIPT#*', 'DOCUMENT#*', 'LOT#*', 'SITE#*#LOT#*', 'REGISTER#*', 'IDEMPOTENCY#*'],
    update: ['SITE#*#MEDICINE#*', 'LOT#*'],
    indexes: { gsi1: ['STOCK#*'] },
  });
  api.serve(inventory, routes, authorizer);
  return inventory;
};
