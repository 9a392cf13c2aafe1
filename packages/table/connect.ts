/** The table over the network: region, credentials and endpoint come from the environment, as the SDK reads them. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from './table.ts';

export const connectTable = (table: string, now: () => number): Table =>
  openTable({ client: new DynamoDBClient({}), table, now });
