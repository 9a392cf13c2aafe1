import { expect, test } from 'vitest';
import { makeSchedules } from './schedules.ts';
import type { CloudSchedule } from './template.ts';

const quarter = 15 * 60_000;
const begin = Date.parse('2026-11-20T09:00:00.000Z');
const schedule = (id: string, more: Partial<CloudSchedule> = {}): CloudSchedule => ({
  id,
  target: id,
  everyMs: quarter,
  ...more,
});

function at(schedules: readonly CloudSchedule[], run: (name: string, event: unknown) => Promise<unknown>, pace = 1) {
  let now = begin;
  const faults: string[] = [];
  const made = makeSchedules({
    schedules,
    targets: new Map(schedules.map((one) => [one.target, (event) => run(one.target, event)])),
    now: () => now,
    pace,
    onFault: (id) => faults.push(id),
  });
  return { made, faults, pass: (ms: number) => (now += ms) };
}

test('a schedule runs at the start and then at its rate, never earlier', async () => {
  const runs: string[] = [];
  const { made, pass } = at([schedule('a'), schedule('b', { everyMs: 4 * quarter })], async (name) => runs.push(name));
  await made.tick();
  expect(runs).toEqual(['a', 'b']);
  pass(quarter - 1);
  await made.tick();
  expect(runs).toHaveLength(2);
  pass(1);
  await made.tick();
  expect(runs).toEqual(['a', 'b', 'a']);
});

test('at a pace of three a schedule comes three times as often, and no oftener', async () => {
  const runs: string[] = [];
  const { made, pass } = at([schedule('a')], async (name) => runs.push(name), 3);
  await made.tick();
  pass(quarter / 3 - 1);
  await made.tick();
  expect(runs).toEqual(['a']);
  pass(1);
  await made.tick();
  expect(runs).toEqual(['a', 'a']);
});

test('a clock that stood still for hours makes one run, not one for each turn that was missed', async () => {
  const runs: string[] = [];
  const { made, pass } = at([schedule('a')], async (name) => runs.push(name));
  await made.tick();
  pass(20 * quarter);
  await made.tick();
  await made.tick();
  expect(runs).toHaveLength(2);
});

test('a run that takes longer than its rate is not joined by a second', async () => {
  let finish = () => {};
  let running = 0;
  const { made, pass } = at([schedule('a')], () => {
    running += 1;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  const first = made.tick();
  pass(quarter);
  const second = made.tick();
  expect(running).toBe(1);
  finish();
  await Promise.all([first, second]);
});

test('a failed run is told, stops no other, and is tried at its next turn', async () => {
  const runs: string[] = [];
  const { made, pass, faults } = at([schedule('bad'), schedule('good')], async (name) => {
    runs.push(name);
    if (name === 'bad') throw new Error('no');
  });
  await made.tick();
  pass(quarter);
  await made.tick();
  expect(runs).toEqual(['bad', 'good', 'bad', 'good']);
  expect(faults).toEqual(['bad', 'bad']);
});

test('a run gets the event that EventBridge sends, or the input that the template gives', async () => {
  const events: unknown[] = [];
  const { made } = at([schedule('a'), schedule('b', { input: { day: 1 } })], async (_, event) => events.push(event));
  await made.tick();
  expect(events).toEqual([
    expect.objectContaining({ source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-11-20T09:00:00Z' }),
    { day: 1 },
  ]);
});
