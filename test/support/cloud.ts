/**
 * The whole local cloud for a test: a process of its own, on a free port, with a state folder of its own that holds the
 * demo country. It is the very program of `npm start`, so it can be killed and started again like it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { accessToken, issuerKeys, type TokenOptions } from '@darmon/local/access-token';
import { peopleOf } from '@darmon/local/people';
import { type RunRecord, readRun } from '@darmon/local/state';
import { openTable } from '@darmon/table/table';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where Node keeps what it compiled once, so that it is not compiled again at each start. */
export const compiled = join(root, '.local', 'compiled');

export interface ApiAnswer<Body> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where the answer says it is JSON, else the text. */
  readonly body: Body;
}

export interface ApiRequest {
  readonly body?: unknown;
  /** The Idempotency-Key of a POST or PUT; a new one unless told. */
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in place of the person's own. */
  readonly token?: string;
}

export interface TestCloud {
  readonly url: string;
  readonly stateDir: string;
  /** As the running process recorded it: process ids and endpoints change with a restart. */
  run(): RunRecord;
  /** A client of the engine, for looking at what was really stored. */
  readonly dynamodb: DynamoDBClient;
  readonly table: string;
  token(person: string, options?: Partial<TokenOptions>): Promise<string>;
  /** Calls the API as a person of the demo country, or as nobody. `route` is such as `POST /api/verify`. */
  api<Body = Record<string, unknown>>(
    person: string | undefined,
    route: string,
    request?: ApiRequest,
  ): Promise<ApiAnswer<Body>>;
  /** What the functions logged so far. */
  logs(): string;
  /** How it ended and what it said, if it did so without being told; undefined while it runs. */
  ended(): string | undefined;
  /** Ends the process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same state; ends it first if it runs. */
  restart(): Promise<void>;
  /** Ends the process and forgets its state. */
  stop(): Promise<void>;
}

export interface TestCloudOptions {
  /** Serve the web app too: builds it if its sources changed. */
  readonly web?: boolean;
  /** How many times as often as they say schedules come by, for a test that waits for a job. */
  readonly pace?: number;
}

/** Starts a cloud with the demo country. Give the hook that calls it a minute: the first start of all builds everything. */
export async function startCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const stateDir = mkdtempSync(join(tmpdir(), 'darmon-cloud-'));
  const seeded = await seededState();
  cpSync(seeded, stateDir, { recursive: true });
  let running = await launch(stateDir, 0, options);
  const run = (): RunRecord => {
    const record = readRun(stateDir);
    if (!record) throw new Error('the cloud left no record of its run');
    return record;
  };
  const { url, table } = run();
  const port = Number(new URL(url).port);
  const keys = issuerKeys(stateDir);
  let dynamodb = clientOf(run().engineEndpoint);
  const tokens = new Map<string, Promise<string>>();

  const token: TestCloud['token'] = async (person, more) => {
    const found = await peopleOf(openTable({ client: dynamodb, table, now: Date.now })).find(person);
    if (!found) throw new Error(`nobody in the demo country is called ${person}`);
    return accessToken(keys, found, { issuer: run().issuer, now: Date.now(), ...more });
  };
  const tokenOnce = (person: string): Promise<string> => {
    const known = tokens.get(person) ?? token(person);
    tokens.set(person, known);
    return known;
  };

  return {
    url,
    stateDir,
    run,
    get dynamodb() {
      return dynamodb;
    },
    table,
    token,
    async api(person, route, request = {}) {
      const [method = 'GET', path = '/'] = route.split(' ');
      const bearer = request.token ?? (person === undefined ? undefined : await tokenOnce(person));
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...(method !== 'GET' && {
            'content-type': 'application/json',
            'idempotency-key': request.key ?? randomUUID(),
          }),
          ...request.headers,
        },
        ...(request.body !== undefined && {
          body: typeof request.body === 'string' ? request.body : JSON.stringify(request.body),
        }),
      });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
    },
    logs: () => readFileSync(join(stateDir, 'functions.log'), 'utf8'),
    ended: () =>
      hasEnded(running.child)
        ? `${running.child.signalCode ?? `exit ${running.child.exitCode}`}: ${running.said.join('\n')}`
        : undefined,
    kill: () => end(running, 'SIGKILL'),
    async restart() {
      await end(running, 'SIGTERM');
      running = await launch(stateDir, port, options);
      dynamodb.destroy();
      dynamodb = clientOf(run().engineEndpoint);
    },
    async stop() {
      dynamodb.destroy();
      await end(running, 'SIGTERM');
      rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

interface Running {
  readonly child: ChildProcess;
  /** Its latest lines. */
  readonly said: readonly string[];
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function end({ child }: Running, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Starts the program and waits for its `ready` line. Rejects with what it said if it ends before. */
async function launch(stateDir: string, port: number, { web = false, pace = 1 }: TestCloudOptions): Promise<Running> {
  const child = spawn(
    process.execPath,
    [join(root, 'packages/local/start.ts'), '--no-past', ...(web ? [] : ['--no-web'])],
    {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(port),
        DARMON_STATE: stateDir,
        DARMON_PACE: String(pace),
        DYNAMODB_ENDPOINT: '',
        NODE_COMPILE_CACHE: compiled,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said: string[] = [];
  const hear = (line: string) => {
    if (said.push(line) > mostLines) said.shift();
  };
  createInterface({ input: child.stderr }).on('line', hear);
  const lines = createInterface({ input: child.stdout }).on('line', hear);
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('ready ') && resolve());
    child.once('close', (code) => reject(new Error(`the cloud ended with ${code}:\n${said.join('\n')}`)));
  });
  return { child, said };
}

const mostLines = 50;

// --- the demo country, written once ----------------------------------------------------------------------------------

/**
 * A state folder with the demo country and nothing else, kept between test runs while what it is made of is the same.
 * Writing it takes seconds, copying it milliseconds.
 */
async function seededState(): Promise<string> {
  const recipe = createHash('sha256').update(new Date().toISOString().slice(0, 10));
  const sources = [
    'packages/local',
    'packages/local/country',
    'packages/table',
    'packages/usecases',
    'packages/domain',
    'packages/forecast',
    'infra',
  ];
  for (const folder of sources)
    for (const name of readdirSync(join(root, folder)).sort())
      if (name.endsWith('.ts') && !name.endsWith('.test.ts'))
        recipe.update(name).update(readFileSync(join(root, folder, name)));
  const parent = join(root, '.local', 'test');
  const folder = join(parent, `seeded-${recipe.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;

  mkdirSync(parent, { recursive: true });
  // it is of sources that are no more, and Node never throws any of it away
  rmSync(compiled, { recursive: true, force: true, maxRetries: 5 });
  for (const old of readdirSync(parent))
    if (old.startsWith('seeded-') && statSync(join(parent, old)).mtimeMs < Date.now() - 3_600_000)
      rmSync(join(parent, old), { recursive: true, force: true });
  const draft = mkdtempSync(join(parent, 'draft-'));
  await end(await launch(draft, 0, {}), 'SIGTERM');
  for (const part of ['functions.log', 'run.json', 'lock.db']) rmSync(join(draft, part), { force: true });
  try {
    renameSync(draft, folder);
  } catch {
    // another test file was faster
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}
