/** What the template must say of erasing: who may delete, and what; who may write what is about a person's rights. */
import { describe, expect, test } from 'vitest';
import type { Template } from './template.ts';

export const describeErasing = (templateOf: () => Template, writersOf: (pk: string) => string[]): void => {
  describe('erasing', () => {
    const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
    const erasers = ['ApplyRetention', 'Privacy'];

    test('no function may delete anything but hashes that find a person who is erased', () => {
      const deleting = templateOf()
        .functions()
        .flatMap((one) =>
          templateOf()
            .rightsOf(one.id)
            .map((right) => ({ by: one.id, ...right })),
        )
        .filter(({ effect, action }) => effect === 'Allow' && action === 'dynamodb:DeleteItem');
      expect(deleting.map(({ by, keys }) => [by, keys]).sort()).toEqual(erasers.map((by) => [by, ['PATIENT-MAC#*']]));
    });

    test('the job that destroys keys can use none, and signs nothing', () => {
      const rights = templateOf().rightsOf('ApplyRetention');
      expect(rights.filter(({ action }) => action.startsWith('kms:'))).toEqual([]);
    });

    test('what is about a person’s rights is written there alone, and a review by auditors', () => {
      expect(writersOf(`PRIVACY#${id}`)).toEqual(erasers);
      expect(writersOf('RETENTION#feedback')).toEqual(['ApplyRetention']);
      expect(writersOf(`REVIEW#${id}`)).toEqual(['Oversight']);
      expect(writersOf(`LOG-KEY#patient#${id}`)).toEqual(['AppendLog', ...erasers].sort());
      expect(writersOf('LOG-KEY#log')).toEqual(['AppendLog']);
    });
  });
};
