import type { TableAccess } from './data.ts';

/** What facts of stock are reckoned from, and where they lie, for whoever reckons them and for whoever reads what is kept. */
export const stockFactRights: TableAccess = {
  get: ['PERIOD#FREEZES'],
  getMany: ['FACTS#*', 'SITE#*', 'TRANSFER#*', 'POLICY', 'RECALLS'],
  query: ['SITE#*'],
  indexes: { gsi1: ['STOCK#*', 'SITES', 'TRANSFERS-FROM#*'] },
};

/** What reports of stock read beside: the register, and what a medicine is. */
export const stockReportRights: TableAccess = {
  get: ['PACKED-FORMULARY'],
  getMany: ['REGISTER#*'],
  query: ['REGISTER#*', 'PACKED-FORMULARY'],
};

/** What facts of care are reckoned from: events of a site's days, and the prescriptions that they are about. */
export const careFactRights: TableAccess = {
  getMany: ['PRESCRIPTION#*', 'PAGE#*', 'LOOKUPS#*'],
  query: ['PRESCRIPTION#*', 'PAGE#*'],
  indexes: { gsi2: ['EVENT#*'] },
};
