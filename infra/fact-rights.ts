import type { TableAccess } from './data.ts';

/** What facts of stock are reckoned from, for whoever reckons them and for whoever reads what is kept. */
export const stockFactRights: TableAccess = {
  get: ['PERIOD#FREEZES'],
  getMany: ['FACTS#*', 'SITE#*', 'TRANSFER#*', 'POLICY', 'RECALLS'],
  query: ['SITE#*#LOT#*', 'FACTS#*'],
  indexes: { gsi1: ['STOCK#*', 'SITES', 'TRANSFERS-FROM#*'] },
};
