/** The client as a deployed function has it: configured by its environment, one a process. */
import * as z from 'zod';
import { makeMarkingClient } from './client.ts';
import type { Marking } from './marking.ts';

const Environment = z.object({ MARKING_URL: z.url().optional(), MARKING_KEY: z.string().min(1).optional() });

/** What the process has of clock, chance (bytes) and waiting (milliseconds). */
interface Process {
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly pause: (ms: number) => Promise<void>;
}

/** From `MARKING_URL` and `MARKING_KEY`; undefined where no service is configured, and then nothing is ever asked. */
export const liveMarking = (
  environment: Readonly<Record<string, string | undefined>>,
  { now, random, pause }: Process,
): Marking | undefined => {
  const { MARKING_URL: endpoint, MARKING_KEY: key } = Environment.parse(environment);
  if (endpoint === undefined || key === undefined) return undefined;
  return makeMarkingClient({ endpoint, key }, { now, random: () => (random(1)[0] ?? 0) / 256, sleep: pause });
};
