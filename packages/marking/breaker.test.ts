/** What only the order of things shows; the rest is proven through the client. */
import { expect, test } from 'vitest';
import { makeBreaker } from './breaker.ts';

const limits = { failures: 2, windowMs: 1000, openMs: 5000 };

test('a try that fails opens it again, even if the earlier failures are long past', () => {
  let at = 0;
  const breaker = makeBreaker(limits, () => at);
  breaker.failed();
  breaker.failed();
  at = 5000;
  expect(breaker.allows()).toBe(true);
  breaker.started();
  breaker.failed();
  at = 9999;
  expect(breaker.allows()).toBe(false);
  at = 10_000;
  expect(breaker.allows()).toBe(true);
});

test('after a try that succeeded one late failure of an older request does not open it', () => {
  let at = 0;
  const breaker = makeBreaker(limits, () => at);
  breaker.failed();
  breaker.failed();
  at = 5000;
  breaker.started();
  breaker.succeeded();
  breaker.failed();
  expect(breaker.allows()).toBe(true);
});

test('to be allowed is not yet to go: who was allowed and did not start keeps nobody out', () => {
  let at = 0;
  const breaker = makeBreaker(limits, () => at);
  breaker.failed();
  breaker.failed();
  at = 5000;
  expect([breaker.allows(), breaker.allows()]).toEqual([true, true]);
  breaker.started();
  expect(breaker.allows()).toBe(false);
});
