/** What the function of procurement may do for requisitions, their approval and its money. */
import type { TableAccess } from './data.ts';

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
    gsi1: ['REQUISITIONS#*', 'BUDGETS#*', 'DELEGATIONS', 'REFERENCE-PRICES'],
    gsi2: ['REQUISITIONS-IN#*'],
  },
} as const satisfies TableAccess;
