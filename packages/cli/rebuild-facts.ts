// `darmon rebuild-facts`: reckons what reports are made of anew from the table itself, and says of each site which months
// that nobody may change any more had been kept otherwise.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable } from '@darmon/table/table';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { type RebuiltFacts, rebuildFacts } from '@darmon/usecases/facts';
import { liveDeps } from '@darmon/usecases/live';

export interface FactsRebuild {
  readonly table: string;
  /** Absent: the region's own DynamoDB. */
  readonly endpoint?: string | undefined;
  /** All sites where none is named. */
  readonly sites: readonly string[];
  /** Since this month (YYYY-MM); absent: since the beginning. */
  readonly from?: string | undefined;
}

/**
 * One line a site and kind of facts, as each is done. Credentials and region come from the environment.
 * @throws Refusal `not-found` for a site that is not there, `busy` where somebody else reckons the same again and again
 */
export async function* rebuildTableFacts({ table, endpoint, ...input }: FactsRebuild): AsyncGenerator<RebuiltFacts> {
  const live = liveDeps(table);
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  try {
    yield* rebuildFacts({ ...live, table: openTable({ client, table, now: live.now }) }, factJobs, input);
  } finally {
    client.destroy();
  }
}
