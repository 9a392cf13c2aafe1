/**
 * What every chapter of the demo is told with: a Darmon that runs, people with their tokens, steps that must hold, and
 * questions to the API whose answers are read by the routes' own schemas.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { tashkentDay } from '@darmon/domain/time';
import type { AnswerOf, BodyOf, Route } from '@darmon/http/route';
import * as z from 'zod';
import { accessToken, issuerKeys } from './access-token.ts';
import { makeCountry } from './country/country.ts';
import { readRun, stateFolder } from './state.ts';

export const stateDir = stateFolder();
export const country = makeCountry(1, tashkentDay(Date.now()));

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export function hold(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** One line of the story. What it does must hold, or the story ends here. */
export const step = async <T>(title: string, run: () => Promise<readonly [detail: string, result: T]>): Promise<T> => {
  const began = performance.now();
  try {
    const [detail, result] = await run();
    say(`✓ ${title}: ${detail} (${Math.round(performance.now() - began)} ms)`);
    return result;
  } catch (error) {
    say(`✗ ${title}: ${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
};

// --- where it is told ------------------------------------------------------------------------------------------------

export interface Darmon {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The one that runs in this folder, if it answers. */
export const running = async (): Promise<Darmon | undefined> => {
  const url = readRun(stateDir)?.url;
  const health =
    url && (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(3_000) }).catch(() => undefined));
  return health && health.status === 200 ? { url, stop: async () => {} } : undefined;
};

/** One of its own, as `npm start` would start it, on any port; jobs that come once a minute come every five seconds. */
export const own = async (): Promise<Darmon> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), '--no-web'], {
    env: { ...process.env, PORT: '0', DARMON_PACE: '12' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url) return { url, stop };
    if (/^ *[0-9.]+ s /.test(line)) say(`  ${line}`);
  }
  throw new Error('it did not start');
};

/** Somebody at a desk; with `secondFactor` just signed in with a code of the authenticator app. */
export type Who = string | { readonly id: string; readonly secondFactor: true };
const nameOf = (who: Who): string => (typeof who === 'string' ? who : `${who.id} with a second factor`);

const tokenOf = (who: Who): Promise<string> => {
  const [id, secondFactor] = typeof who === 'string' ? [who, false] : [who.id, true];
  const person = country.people.find((one) => one.id === id);
  const issuer = readRun(stateDir)?.issuer;
  hold(person && issuer, `nobody has the id ${id}`);
  return accessToken(issuerKeys(stateDir), person, { issuer, now: Date.now(), secondFactor });
};

// --- how it is asked -------------------------------------------------------------------------------------------------

const Problem = z.object({ status: z.int(), code: z.string() });

interface Asked<R extends Route> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: BodyOf<R>;
}

export const asker = (darmon: Darmon) => {
  const tokens = new Map<string, string>();
  const send = async <R extends Route>(person: Who, route: R, { params = {}, query, body }: Asked<R>) => {
    const token = tokens.get(nameOf(person)) ?? (await tokenOf(person));
    tokens.set(nameOf(person), token);
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    return fetch(`${darmon.url}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
      method: route.method,
      headers: {
        authorization: `Bearer ${token}`,
        'accept-language': 'en',
        ...(route.keyed && { 'idempotency-key': randomUUID() }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  return {
    /** The answer, as the route's own schema reads it. */
    answer: async <R extends Route>(person: Who, route: R, asked: Asked<R> = {}): Promise<AnswerOf<R>> => {
      const response = await send(person, route, asked);
      const schema = route.answers[response.status];
      const body: unknown = await response.json();
      hold(
        schema,
        `${route.method} ${route.path} answered ${response.status} ${Problem.safeParse(body).data?.code ?? ''}`,
      );
      return schema.parse(body) as AnswerOf<R>;
    },
    /** Why it is refused. */
    refusal: async <R extends Route>(person: Who, route: R, asked: Asked<R> = {}) => {
      const response = await send(person, route, asked);
      return Problem.parse(await response.json());
    },
    /** A file as it is served. */
    bytes: async (person: Who, url: string): Promise<Buffer> => {
      const token = tokens.get(nameOf(person)) ?? (await tokenOf(person));
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      hold(response.ok, `${new URL(url).pathname} answered ${response.status}`);
      return Buffer.from(await response.arrayBuffer());
    },
    /** All pages of a list. */
    all: async <T>(ask: (cursor: Record<string, string>) => Promise<{ items: T[]; next?: string }>): Promise<T[]> => {
      const items: T[] = [];
      let next: string | undefined;
      do {
        const page = await ask(next === undefined ? {} : { cursor: next });
        items.push(...page.items);
        next = page.next;
      } while (next !== undefined);
      return items;
    },
  };
};

export type Desk = ReturnType<typeof asker>;
