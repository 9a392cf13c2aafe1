/**
 * EventBridge on one machine: runs the template's schedules, once at the start and then at their rates, on a clock that
 * is given. One run of a schedule at a time; a failed run is told and tried again when it is due again.
 */
import { randomUUID } from 'node:crypto';
import type { Invoke } from './functions.ts';
import type { CloudSchedule } from './template.ts';

export interface SchedulesOptions {
  readonly schedules: readonly CloudSchedule[];
  /** What the schedules begin, by its id. */
  readonly targets: ReadonlyMap<string, Invoke>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How many times as often as they say they come by; once unless told. */
  readonly pace?: number;
  readonly onFault: (schedule: string, error: unknown) => void;
}

export interface Schedules {
  /** Runs whatever is due at the clock's time and waits for it; what is still running is not started twice. */
  tick(): Promise<void>;
  /** Ticks by itself until stopped. */
  start(): void;
  /** Waits for what is running. */
  stop(): Promise<void>;
}

/** However long the clock stood still, a schedule that missed several turns runs once. */
export function makeSchedules({ schedules, targets, now, pace = 1, onFault }: SchedulesOptions): Schedules {
  const due = new Map(schedules.map((schedule) => [schedule, Number.NEGATIVE_INFINITY]));
  const running = new Map<CloudSchedule, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;

  const run = async (schedule: CloudSchedule, at: number): Promise<void> => {
    try {
      const invoke = targets.get(schedule.target);
      if (!invoke) throw new Error(`${schedule.target} was not loaded`);
      await invoke(schedule.input ?? eventAt(schedule.id, at));
    } catch (error) {
      onFault(schedule.id, error);
    } finally {
      running.delete(schedule);
    }
  };
  const tick = async (): Promise<void> => {
    const at = now();
    for (const [schedule, from] of due) {
      if (at < from || running.has(schedule)) continue;
      due.set(schedule, at + schedule.everyMs / pace);
      running.set(schedule, run(schedule, at));
    }
    await Promise.all(running.values());
  };

  return {
    tick,
    start() {
      timer ??= setInterval(() => void tick(), 1_000);
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

/** What EventBridge sends for a schedule without an input of its own. */
const eventAt = (rule: string, at: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: `${new Date(at).toISOString().slice(0, 19)}Z`,
  region: 'local',
  resources: [`arn:aws:events:local:000000000000:rule/${rule}`],
  detail: {},
});
