/** The client as a deployed function has it: real clock, chance and waiting, one a process. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { makeMarkingClient } from './client.ts';
import type { Marking } from './marking.ts';

const Environment = z.object({ MARKING_URL: z.url().optional(), MARKING_KEY: z.string().min(1).optional() });

/** From `MARKING_URL` and `MARKING_KEY`; undefined where no service is configured, and then nothing is ever asked. */
export const liveMarking = (environment: Readonly<Record<string, string | undefined>>): Marking | undefined => {
  const { MARKING_URL: endpoint, MARKING_KEY: key } = Environment.parse(environment);
  if (endpoint === undefined || key === undefined) return undefined;
  return makeMarkingClient({ endpoint, key }, { now: Date.now, random: Math.random, sleep });
};
