/**
 * The DynamoDB of the local cloud: the embedded engine as a supervised child on a loopback port, or any other one by
 * `DYNAMODB_ENDPOINT`. It owns the child's life and nothing of what is stored.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Engine {
  readonly endpoint: string;
  /** The child's process id now (it changes when a killed engine is restarted); undefined for an engine of somebody else. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Where the data file lives; it is made if it is not there. */
  readonly folder: string;
  /** An engine that somebody else runs. */
  readonly endpoint?: string | undefined;
  /** Called with the new process id after a restart. */
  readonly onRestart?: (pid: number) => void;
  /** Called once if the engine cannot be kept alive. */
  readonly onDead?: (reason: string) => void;
}

/**
 * Starts the engine and waits until it answers. Writes are on disk when they are acknowledged. If the engine dies it is
 * started again on the same port with the same data, as a database service would come back; it dies with this process,
 * however this process ends.
 * @throws if the platform has no engine (and names `DYNAMODB_ENDPOINT`), or if it does not answer within 10 s
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.endpoint) {
    await answers(options.endpoint, 10_000);
    return { endpoint: options.endpoint, pid: () => undefined, stop: async () => {} };
  }
  const binary = engineBinary();
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', join(options.folder, 'darmon.db')];

  let child = launch(binary, args);
  let stopping = false;
  const restarts: number[] = [];
  const watch = () =>
    child.once('exit', async (code, signal) => {
      if (stopping) return;
      restarts.push(Date.now());
      if (restarts.filter((at) => at > Date.now() - 10_000).length > mostRestartsIn10s) {
        options.onDead?.(`the engine does not stay alive (${signal ?? `exit ${code}`})`);
        return;
      }
      child = launch(binary, args);
      watch();
      if (child.pid !== undefined) options.onRestart?.(child.pid);
    });
  watch();
  try {
    await answers(endpoint, 10_000);
  } catch (error) {
    stopping = true;
    child.kill('SIGKILL');
    throw error;
  }

  return {
    endpoint,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      const inTime = await Promise.race([gone.then(() => true), sleep(3_000, false, { ref: false })]);
      if (!inTime) child.kill('SIGKILL');
      await gone;
    },
  };
}

const mostRestartsIn10s = 20;

/**
 * Before a shell becomes the engine, it leaves a child that waits on a pipe from this process: when the pipe breaks, even
 * by `kill -9`, that child ends the engine. There is no moment at which the engine runs and nobody would end it.
 */
const orNobody = '{ read -r _ <&3 || kill -9 $$; } & exec "$@" 3<&-';

/** `detached`: Ctrl-C reaches the whole foreground group, and the engine has to outlive the requests still in flight. */
function launch(binary: string, args: readonly string[]): ChildProcess {
  const child = spawn('/bin/sh', ['-c', orNobody, 'engine', binary, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  child.once('error', () => {}); // also reported as an engine that does not answer
  const pipe = child.stdio[3] as Socket;
  pipe.unref(); // it may not keep this process alive
  pipe.on('error', () => {}); // broken where nobody waits any more
  // A line tells the one who waits that the engine is gone; its process id may soon be somebody else's.
  child.once('exit', () => pipe.end('\n'));
  return child;
}

function engineBinary(): string {
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
    } catch {
      // an optional dependency: absent where it was left out
    }
  }
  throw new Error(
    `The embedded database runs on Linux x64 (and WSL), not on ${process.platform} ${process.arch}. ` +
      'Start a DynamoDB of your own (such as DynamoDB Local) and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start',
  );
}

/** A loopback port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Waits until the endpoint answers a ListTables, whatever it thinks of the signature. */
async function answers(endpoint: string, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
        body: '{}',
        signal: AbortSignal.timeout(2_000),
      });
      await answer.arrayBuffer();
      return;
    } catch {
      if (Date.now() > until) throw new Error(`no DynamoDB answers at ${endpoint}`);
      await sleep(20);
    }
  }
}
