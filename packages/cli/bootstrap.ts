// `darmon bootstrap`: the first office and the first administrator of a country, straight into its table, because until
// then nobody exists whom the API would let in.

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { cognitoAccounts, noAccounts } from '@darmon/function-identity/accounts';
import { openTable } from '@darmon/table/table';
import { bootstrap } from '@darmon/usecases/identity';
import { liveDeps } from '@darmon/usecases/live';

export interface BootstrapOptions {
  readonly table: string;
  /** Absent where people do not sign in through Cognito. */
  readonly userPool?: string | undefined;
  /** Absent: the region's own DynamoDB. */
  readonly endpoint?: string | undefined;
  readonly site: string;
  readonly siteName: string;
  readonly region: string;
  readonly person: string;
  readonly name: string;
}

/**
 * Makes office, administrator and policy in one transaction. Credentials and region come from the environment.
 * @throws Refusal `already-bootstrapped`, `site-known`, `person-known`
 */
export const bootstrapCountry = async (options: BootstrapOptions): Promise<{ person: string; site: string }> => {
  const live = liveDeps(options.table);
  const client = new DynamoDBClient(options.endpoint ? { endpoint: options.endpoint } : {});
  const accounts = options.userPool ? cognitoAccounts(options.userPool) : noAccounts;
  const table = openTable({ client, table: options.table, now: live.now });
  try {
    const { id, site } = await bootstrap(
      { ...live, table, accounts },
      { id: options.site, kind: 'office', name: options.siteName, region: options.region },
      { id: options.person, name: options.name },
    );
    return { person: id, site };
  } finally {
    client.destroy();
  }
};
