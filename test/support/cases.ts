/** Cases as a night would have left them, for tests of what people do with them. */
import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openedCase, type PlacedFinding } from '@darmon/domain/case';
import { analysisActor } from '@darmon/domain/event';
import { instant } from '@darmon/domain/time';
import { openTable } from '@darmon/table/table';
import { ulid } from 'ulid';

/** Opens a case with this finding; gives its id. */
export const leaveCase = async (
  client: DynamoDBClient,
  table: string,
  finding: Partial<PlacedFinding> = {},
): Promise<string> => {
  const now = Date.now();
  const id = randomBytes(12).toString('hex');
  const day = instant(now).slice(0, 10);
  const one = openedCase(
    id,
    {
      rule: 'clock-drift',
      subject: { kind: 'person', id: 'pharmacist' },
      day,
      score: 80,
      evidence: [],
      statistics: { days: 3, seconds: 480 },
      places: [{ event: ulid(now), at: instant(now), kind: 'clock-read', person: 'pharmacist', site: 'PH-0001' }],
      ...finding,
    },
    now,
  );
  const event = {
    id: ulid(now),
    at: instant(now),
    type: 'case-opened',
    actor: analysisActor,
    changes: { case: id },
  } as const;
  await openTable({ client, table, now: Date.now }).commitCase(one, { now, event });
  return id;
};
