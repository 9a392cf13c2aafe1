import { describe, expect, test } from 'vitest';
import { driftBy, isClockOff, isWorthTelling, measuredDrift, noteAnswer, serverDay } from './device-clock.ts';

const server = 'Fri, 20 Nov 2026 07:00:00 GMT';
const at = Date.parse(server);

describe('what an answer says of the device’s clock', () => {
  test('is how far its own time, half way there and back, is ahead of the server’s', () => {
    expect(driftBy(server, at + 480_000, at + 481_000)).toBe(480);
    expect(driftBy(server, at - 3_600_000, at - 3_599_000)).toBe(-3_600);
  });
  test('is nothing where the answer has no time, took long, or the clock was set meanwhile', () => {
    expect(driftBy(null, at, at)).toBeUndefined();
    expect(driftBy('yesterday', at, at)).toBeUndefined();
    expect(driftBy(server, at, at + 10_001)).toBeUndefined();
    expect(driftBy(server, at, at - 1)).toBeUndefined();
  });
});

test('an answer that lay in a cache or took a minute measures nothing; one that came at once does', () => {
  const answer = (more: Record<string, string>) =>
    new Response(null, { headers: { date: new Date(Date.now() - 3_600_000).toUTCString(), ...more } });
  noteAnswer(answer({ age: '3600' }), Date.now());
  noteAnswer(answer({}), Date.now() - 60_000);
  expect(measuredDrift()).toBeUndefined();
  noteAnswer(answer({}), Date.now());
  expect(Math.abs((measuredDrift() ?? 0) - 3_600)).toBeLessThanOrEqual(2);
});

describe('the server is told', () => {
  const told = { device: '5f1d0a3c9be247d8', day: '2026-11-20', driftSeconds: 480, limitSeconds: 300, isOff: true };
  test('once a day of a clock that is off, of a change, and of one that is right again; never of one that is right', () => {
    expect(isWorthTelling(2, {}, '2026-11-20')).toBe(false);
    expect(isWorthTelling(480, {}, '2026-11-20')).toBe(true);
    expect(isWorthTelling(500, told, '2026-11-20')).toBe(false);
    expect(isWorthTelling(500, told, '2026-11-21')).toBe(true);
    expect(isWorthTelling(900, told, '2026-11-20')).toBe(true);
    expect(isWorthTelling(0, told, '2026-11-20')).toBe(true);
    expect(isWorthTelling(0, { ...told, driftSeconds: 0, isOff: false }, '2026-11-21')).toBe(false);
  });
  test('by its own day, whatever the device takes for today', () => {
    expect(serverDay(86_400, Date.parse('2026-11-21T07:00:00.000Z'))).toBe('2026-11-20');
  });
});

test('a clock is off by the limit that the server judged by, and by five minutes before it did', () => {
  expect([isClockOff(300, {}), isClockOff(-301, {}), isClockOff(90, { limitSeconds: 60 })]).toEqual([
    false,
    true,
    true,
  ]);
});
