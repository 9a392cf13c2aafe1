/** The log of events as it is deployed: what feeds it, who writes it, and how long it cannot be taken back. */
import { buildAll } from '@darmon/local/build';
import { beforeAll, describe, expect, test } from 'vitest';
import { only, Template } from './template.ts';

let template: Template;
beforeAll(async () => {
  const { assembly } = await buildAll({ web: false, say: () => {} });
  template = new Template(assembly);
});
/** Rights of all our functions, one an action and resource: `AppendLog s3:PutObject LogBucket/log/*`. */
const allRights = (): string[] =>
  template
    .functions()
    .flatMap(({ id }) => template.rightsOf(id).map(({ action, resource }) => `${id} ${action} ${resource}`));

describe('the log', () => {
  test('its files can be neither changed nor deleted before their time, and only its own function writes them', () => {
    const { Properties } = template.get('LogBucket');
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3653 } } },
    });
    expect(allRights().filter((right) => / s3:/.test(right))).toEqual([
      'AppendLog s3:GetObject LogBucket/log/*',
      'AppendLog s3:PutObject LogBucket/log/*',
      'AppendLog s3:ListBucket LogBucket',
      'CompareLog s3:GetObject LogBucket/log/*',
      'CompareLog s3:ListBucket LogBucket',
      'Archive s3:GetObject LogBucket/periods/*',
      'ClosePeriods s3:GetObject LogBucket/periods/*',
      'ClosePeriods s3:PutObject LogBucket/periods/*',
      'ClosePeriods s3:GetObject LogBucket/log/checkpoint',
      'ClosePeriods s3:ListBucket LogBucket',
    ]);
    expect(template.get('LogKey').Properties.KeySpec).toBe('ECC_NIST_EDWARDS25519');
  });

  test('it is fed by insertions of events alone, and a batch that fails comes again for as long as the stream keeps it', () => {
    const { Properties } = only(template.ofType('AWS::Lambda::EventSourceMapping'));
    const { FilterCriteria, ...rest } = Properties as { FilterCriteria: { Filters: { Pattern: string }[] } };
    expect(rest).toMatchObject({ MaximumRetryAttempts: -1, StartingPosition: 'TRIM_HORIZON' });
    expect(JSON.parse(only(FilterCriteria.Filters).Pattern)).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } } },
    });
  });
});
