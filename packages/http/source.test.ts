import { expect, test } from 'vitest';
import { sourceOf } from './source.ts';

test.each([
  ['without a header it is whoever called', undefined, '127.0.0.1', '127.0.0.1'],
  [
    'behind the distribution it is whom the distribution saw',
    '203.0.113.9, 198.51.100.1',
    '198.51.100.1',
    '203.0.113.9',
  ],
  [
    'what the caller put in front counts for nothing',
    '10.0.0.1, 203.0.113.9, 198.51.100.1',
    '198.51.100.1',
    '203.0.113.9',
  ],
  ['what is no address counts for nothing', '<script>, 203.0.113.9', '127.0.0.1', '203.0.113.9'],
  ['of IPv6 it is the network of the household', '2001:db8:1:2:3:4:5:6', '::1', '2001:db8:1:2'],
])('%s', (_, forwarded, caller, source) => {
  expect(sourceOf(forwarded, caller)).toBe(source);
});
