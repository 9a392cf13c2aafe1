/**
 * The local cloud as a process of its own, as `npm start` runs it, so that it can be measured from outside and killed.
 * It knows how to start, reach and end it, and nothing of what is asked.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Person } from '@darmon/domain/standing';
import { accessToken, issuerKeys } from '@darmon/local/access-token';
import { type RunRecord, readRun } from '@darmon/local/state';

const start = fileURLToPath(new URL('../../packages/local/start.ts', import.meta.url));

export interface CloudProcess {
  readonly url: string;
  /** What it wrote down of itself: endpoints, and the process ids of now. */
  run(): RunRecord;
  /** A token of an hour. */
  token(person: Person): Promise<string>;
  /** `kill -9`; its engine is left without a parent. */
  kill(): Promise<void>;
  /** On the same port with the same state. */
  restart(): Promise<void>;
  /** How it ended, if it did so without being told. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

/**
 * Starts it without the web app and answers when it serves.
 * @throws with what it said last, if it ends instead
 */
export const startCloudProcess = async (stateDir: string): Promise<CloudProcess> => {
  let last = '';
  const launch = async (port: number): Promise<{ child: ChildProcess; url: string }> => {
    const child = spawn(process.execPath, [start, '--no-web'], {
      env: { ...process.env, PORT: String(port), DARMON_STATE: stateDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    last = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      last = chunk.toString();
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const ready = new Promise<string>((resolve) => {
      lines.on('line', (line) => {
        const [, url] = /^ready (\S+)$/.exec(line) ?? [];
        if (url) resolve(url);
      });
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`the local cloud ended before it served: ${last.trim()}`);
    });
    ended.catch(() => {});
    return { child, url: await Promise.race([ready, ended]) };
  };

  let { child, url } = await launch(0);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const run = (): RunRecord => {
    const record = readRun(stateDir);
    if (!record) throw new Error('the local cloud wrote no record of its run');
    return record;
  };
  return {
    url,
    run,
    token: (person) => accessToken(issuerKeys(stateDir), person, { issuer: `${url}/identity`, now: Date.now() }),
    kill: () => end('SIGKILL'),
    restart: async () => {
      ({ child } = await launch(Number(new URL(url).port)));
    },
    ended: () =>
      child.exitCode === null && child.signalCode === null
        ? undefined
        : `${child.signalCode ?? `exit ${child.exitCode}`} ${last.trim()}`,
    stop: () => end('SIGTERM'),
  };
};

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Call {
  readonly token: string;
  readonly key: string;
  readonly body: unknown;
}

/** A client that keeps as many connections as it has requests under way. Rejects where no answer came in time. */
export const httpClient = (url: string, { atOnce, timeoutMs }: { atOnce: number; timeoutMs: number }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const { hostname, port } = new URL(url);
  return {
    post: (path: string, { token, key, body }: Call): Promise<Answered> =>
      new Promise((resolve, reject) => {
        const text = JSON.stringify(body);
        const headers = {
          authorization: `Bearer ${token}`,
          'idempotency-key': key,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        };
        const sent = request(
          { agent, hostname, port, path, method: 'POST', headers, timeout: timeoutMs },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              try {
                resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) });
              } catch (error) {
                reject(error);
              }
            });
          },
        );
        sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
        sent.on('error', reject);
        sent.end(text);
      }),
    close: () => agent.destroy(),
  };
};
export type HttpClient = ReturnType<typeof httpClient>;
