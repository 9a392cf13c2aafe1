/**
 * The cloud on one machine, put together: engine, keys, issuer, the template's functions behind its routes, its
 * schedules, and the web app, all on one loopback origin. Everything it starts ends with it.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { tashkentDay } from '@darmon/domain/time';
import { contentSecurityPolicy, securityHeaders } from '@darmon/infra/security-headers';
import { createTable } from '@darmon/table/create';
import { tableSchema } from '@darmon/table/schema';
import { openTable, type Table } from '@darmon/table/table';
import { publicKeyOf } from '@darmon/usecases/kms-signer';
import { createLocalJWKSet, jwtVerify } from 'jose';
import * as z from 'zod';
import {
  accessToken,
  apiAudience,
  type IssuerKeys,
  issuerKeys,
  publicJwk,
  type TokenOptions,
  webClient,
} from './access-token.ts';
import { startAuthority } from './authority.ts';
import { type Built, buildAll } from './build.ts';
import { makeCountry } from './country/country.ts';
import { formulary } from './country/formulary.ts';
import { type Engine, startEngine } from './engine.ts';
import { factorsIn } from './factors.ts';
import { functionOf, type Invoke } from './functions.ts';
import { type Gateway, makeGateway } from './gateway.ts';
import { type Identity, identityPath, makeIdentity, type People } from './identity.ts';
import { type Kms, startKms } from './kms.ts';
import type { Loopback } from './loopback.ts';
import { functionsOf, type Machines, makeMachines } from './machines.ts';
import { objectAt, startObjects } from './objects.ts';
import { peopleOf } from './people.ts';
import { poolTriggers } from './pool-triggers.ts';
import { makeSchedules, type Schedules } from './schedules.ts';
import { seedCountry } from './seed.ts';
import { clearState, lockState, readIfThere, readRun, writeRun, writeWhole } from './state.ts';
import { makeStream, type Stream } from './stream.ts';
import { type CloudTemplate, functionArn, type Resolve, readTemplate } from './template.ts';
import { startUserPool, type UserPoolOptions } from './user-pool.ts';
import { makeWebFiles, type WebFiles } from './web-files.ts';

export interface CloudOptions {
  /** Holds everything that outlives a run. One cloud at a time. */
  readonly stateDir: string;
  /** On loopback; 0 for any that is free. */
  readonly port: number;
  /** Forget the state first. */
  readonly fresh?: boolean;
  /** Serve the web app; without it only the API and the issuer. */
  readonly web?: boolean;
  /** Write the demo country with some months of prescribing behind it, which takes some seconds more. */
  readonly past?: boolean;
  /** Milliseconds since 1970, for tokens and schedules; functions have their own. */
  readonly clock?: () => number;
  /** How many times as often as they say schedules come by: for who would else wait a minute for each step of a job. */
  readonly pace?: number;
  /** Another DynamoDB than the embedded engine. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Hears each step. */
  readonly say?: (step: string) => void;
  /** Hears what failed inside: where, and the error, whose message may hold personal data. */
  readonly onFault?: (where: string, error: unknown) => void;
  /** Told when the cloud cannot go on. */
  readonly onDead?: (reason: string) => void;
}

export interface Cloud {
  readonly url: string;
  readonly table: string;
  readonly engineEndpoint: string;
  readonly kmsEndpoint: string;
  readonly people: People;
  /** An access token of a person in the table, one hour unless told. Rejects if nobody has this id. */
  token(person: string, options?: Partial<TokenOptions>): Promise<string>;
  stop(): Promise<void>;
}

const tableName = 'darmon';
const seed = 1;
const versions = { darmon: packageVersion(), node: process.versions.node };

/**
 * Starts the whole and answers when it serves. Until then its port answers 503. Its functions find region, credentials and
 * endpoints in this process's environment, which it sets so that no call can leave the machine.
 * @throws with a sentence for the operator: port taken, state in use, no engine for this platform, sources do not build
 */
export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const say = options.say ?? (() => {});
  const now = options.clock ?? Date.now;
  const onFault = options.onFault ?? (() => {});
  const { stateDir } = options;
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };

  try {
    const release = lockState(stateDir);
    if (!release) throw new Error(`${stateDir} is in use by the Darmon at ${readRun(stateDir)?.url ?? 'another port'}`);
    undo.push(release);
    const front = await listen(options.port, onFault);
    undo.push(front.stop);
    const origin = front.origin;
    if (options.fresh) clearState(stateDir);

    const built = await buildAll({ web: options.web ?? true, say });
    const template = readTemplate(built.assembly, localNames);

    say('starting the database');
    const engine: Engine = await startEngine({
      folder: join(stateDir, 'table'),
      endpoint: options.dynamodbEndpoint,
      onRestart: () => record(),
      ...(options.onDead && { onDead: options.onDead }),
    });
    undo.push(engine.stop);
    say('starting keys and identity');
    const kms: Kms = await startKms(join(stateDir, 'kms'), template.keys);
    undo.push(kms.stop);
    const objectsDir = join(stateDir, 'objects');
    const objects: Loopback = await startObjects(objectsDir);
    undo.push(objects.stop);
    const authority = await startAuthority(join(stateDir, 'authority'), () => kmsKey(kms, template, 'PERIOD_KEY_ID'));
    undo.push(authority.stop);
    const keys = issuerKeys(stateDir);
    const factors = factorsIn(stateDir, now);
    undo.push(factors.stop);
    const verify = verifyWith(keys, now);
    const userPool = await startUserPool({ find: (id) => people.find(id), factors, verify });
    undo.push(userPool.stop);
    setEnvironment({
      engine: engine.endpoint,
      kms: kms.endpoint,
      objects: objects.endpoint,
      userPool: userPool.endpoint,
    });

    const client = new DynamoDBClient({ endpoint: engine.endpoint });
    undo.push(() => client.destroy());
    const open = (clock: () => number): Table => openTable({ client, table: tableName, now: clock });
    await prepareTable({ client, stateDir, kms, template, open, now: now(), past: options.past ?? false, say });
    const people = peopleOf(open(now));

    const functions = functionsIn(template, {
      PUBLIC_URL: origin,
      AUTHORITY_URL: authority.endpoint,
      AUTHORITY_KEY: JSON.stringify(authority.key),
    });
    const identity: Identity = makeIdentity({
      origin,
      keys,
      people,
      factors,
      sessions: join(stateDir, 'identity', 'sessions.db'),
      signIns: poolTriggers(template.triggers, functions),
      now,
    });
    undo.push(identity.stop);
    const byArn = new Map([...functions].map(([id, invoke]) => [functionArn(id), invoke]));
    const machines: Machines = makeMachines({ machines: template.machines, functions: byArn, onFault });
    undo.push(machines.stop);
    const targets = new Map([...functions, ...machines.begin]);
    const schedules: Schedules = makeSchedules({
      schedules: template.schedules,
      targets,
      now,
      onFault,
      pace: options.pace ?? 1,
    });
    await schedules.tick();
    schedules.start();
    undo.push(schedules.stop);
    const stream: Stream = makeStream({
      client,
      table: tableName,
      targets: template.listeners.flatMap((id) => functions.get(id) ?? []),
      now: Date.now,
      onFault,
    });
    stream.start();
    undo.push(stream.stop);

    const headers = { ...securityHeaders, 'Content-Security-Policy': contentSecurityPolicy([]) };
    const gateway = makeGateway({
      routes: template.routes,
      throttle: template.throttle,
      functions,
      issuer: identity.issuer,
      keys: createLocalJWKSet({ keys: [publicJwk(keys)] }),
      now,
      onFault,
      headers,
    });
    // the key under which devices believe the signed lists, as a deployment pins it
    const roots = [await kmsKey(kms, template, 'LISTS_KEY_ID')];
    front.serve({
      identity,
      gateway,
      web: webOf(built, headers, roots),
      logFile: (path) => objectAt(objectsDir, logBucket, path),
    });
    const record = () =>
      writeRun(stateDir, {
        url: origin,
        issuer: identity.issuer,
        table: tableName,
        pid: process.pid,
        enginePid: engine.pid(),
        engineEndpoint: engine.endpoint,
        kmsEndpoint: kms.endpoint,
      });
    record();

    return {
      url: origin,
      table: tableName,
      engineEndpoint: engine.endpoint,
      kmsEndpoint: kms.endpoint,
      people,
      async token(id, more) {
        const person = await people.find(id);
        if (!person) throw new Error(`nobody has the id ${id}`);
        return accessToken(keys, person, { issuer: identity.issuer, now: now(), ...more });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the user pool sees of a token that the issuer signed. */
const verifyWith = (keys: IssuerKeys, now: () => number): UserPoolOptions['verify'] => {
  const set = createLocalJWKSet({ keys: [publicJwk(keys)] });
  return (token) =>
    jwtVerify(token, set, { requiredClaims: ['exp'], currentDate: new Date(now()) }).then(
      ({ payload: { sub = '', scope } }) => ({ person: sub, scope: String(scope) }),
      () => undefined,
    );
};

// --- the one origin --------------------------------------------------------------------------------------------------

interface Parts {
  readonly identity: Identity;
  readonly gateway: Gateway;
  readonly web: WebFiles;
  /** A file of the log by its path, `/log/…`. */
  readonly logFile: (path: string) => Uint8Array | undefined;
}

/** Listens at once, so that a port that is taken is known before anything is built; answers 503 until it may serve. */
async function listen(port: number, onFault: (where: string, error: unknown) => void) {
  let parts: Parts | undefined;
  let hosts: ReadonlySet<string> = new Set();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    // A page of another site may have its name resolve to this machine; it must not sign in here as anybody.
    if (!hosts.has(request.headers.host ?? '')) return answer(response, 421, { message: 'Misdirected Request' });
    if (url === '/api/health')
      return answer(response, parts ? 200 : 503, { status: parts ? 'ready' : 'starting', versions });
    if (!parts) return answer(response, 503, { message: 'Service Unavailable' }, { 'retry-after': '2' });
    if (url.startsWith('/api/')) return parts.gateway(request, response);
    if (url.startsWith('/log/')) return sendFile(response, parts.logFile(url));
    const home = request.headers.host?.startsWith('127.0.0.1:') ?? false;
    // One address for the browser: sessions and the issuer belong to it.
    if (!home) return answer(response, 307, {}, { location: `http://127.0.0.1:${bound(server)}${url}` });
    if (url === identityPath || url.startsWith(`${identityPath}/`)) return parts.identity.handle(request, response);
    parts.web(request, response);
  };
  const server = createServer({ keepAliveTimeout: 65_000, noDelay: true }, (request, response) => {
    handle(request, response).catch((error) => {
      if (!request.destroyed || !request.complete) onFault('front', error);
      if (!response.headersSent) answer(response, 500, { message: 'Internal Server Error' });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  hosts = new Set(['127.0.0.1', 'localhost'].map((name) => `${name}:${bound(server)}`));
  return {
    origin: `http://127.0.0.1:${bound(server)}`,
    serve: (all: Parts) => {
      parts = all;
    },
    /** Lets requests under way finish, but not for long. */
    stop: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), 3_000);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function bound(server: Server): number {
  const address = server.address();
  return address && typeof address === 'object' ? address.port : 0;
}

const portError = (error: NodeJS.ErrnoException, port: number): Error => {
  if (error.code === 'EADDRINUSE') return new Error(`port ${port} is taken; choose another one: PORT=4001 npm start`);
  return error.code === 'EACCES'
    ? new Error(`port ${port} needs rights that are not there; choose one above 1023`)
    : error;
};

function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(text);
}

/** A file of the log, for anybody; asked for again each time, since the checkpoint moves. */
function sendFile(response: ServerResponse, bytes: Uint8Array | undefined): void {
  if (!bytes) {
    answer(response, 404, { message: 'Not Found' });
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    ...securityHeaders,
  });
  response.end(bytes);
}

/** The public half of the key that functions find under this name. */
async function kmsKey(kms: Kms, template: CloudTemplate, name: string) {
  const client = new KMSClient({ endpoint: kms.endpoint });
  try {
    return await publicKeyOf(client, keyOf(template, name));
  } finally {
    client.destroy();
  }
}

function webOf({ web }: Built, headers: Readonly<Record<string, string>>, roots: readonly unknown[]): WebFiles {
  const identity = { authority: identityPath, clientId: webClient, scope: 'openid profile', resource: apiAudience };
  return makeWebFiles(web, { '/settings.json': { identity, lists: { roots } } }, headers);
}

// --- the template's resources here -----------------------------------------------------------------------------------

/** The bucket of the log, by its fixed id; the others hold what is served from the build here. */
const logBucketId = 'LogBucket';
const logBucket = 'log';

const localNames: Resolve = ({ id, type }, attribute) => {
  if (type === 'AWS::DynamoDB::GlobalTable' || type === 'AWS::DynamoDB::Table') return tableName;
  if (type === 'AWS::S3::Bucket') return id === logBucketId ? logBucket : undefined;
  if (type === 'AWS::KMS::Key') return attribute === 'Arn' ? `arn:aws:kms:local:000000000000:key/${id}` : id;
  return undefined;
};

/** Those that a route, a schedule, a state machine or a sign-in can reach. */
function functionsIn(template: CloudTemplate, here: Readonly<Record<string, string>>): Map<string, Invoke> {
  const tasks = new Set(template.machines.flatMap(({ definition }) => functionsOf(definition)));
  const reachable = new Set([
    ...template.routes.map((route) => route.function),
    ...template.schedules.map(({ target }) => target),
    ...template.listeners,
    ...Object.values(template.triggers),
    ...template.functions.map(({ id }) => id).filter((id) => tasks.has(functionArn(id))),
  ]);
  const found = new Map<string, Invoke>();
  for (const deployed of template.functions) {
    if (!reachable.has(deployed.id)) continue;
    // What has another address here: the distribution, the authority.
    const own = Object.entries(here).filter(([name]) => name in deployed.environment);
    const environment = { ...deployed.environment, ...Object.fromEntries(own) };
    found.set(deployed.id, functionOf({ ...deployed, environment }));
  }
  return found;
}

/** A closed port: a service that has no counterpart here fails at once and on this machine. */
const nowhere = 'http://127.0.0.1:9';

function setEnvironment(endpoints: { engine: string; kms: string; objects: string; userPool: string }): void {
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'])
    delete process.env[name];
  Object.assign(process.env, {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: nowhere,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.engine,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
    AWS_ENDPOINT_URL_S3: endpoints.objects,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.userPool,
  });
}

// --- the table -------------------------------------------------------------------------------------------------------

interface Preparation {
  readonly client: DynamoDBClient;
  readonly stateDir: string;
  readonly kms: Kms;
  readonly template: CloudTemplate;
  readonly open: (now: () => number) => Table;
  readonly now: number;
  readonly past: boolean;
  readonly say: (step: string) => void;
}

/** The demo country was written whole, as items that this version reads. */
const Marker = z.object({ items: z.literal(tableSchema.items) });

/** A table whose seeding did not end is dropped and written anew: a half country would look like a whole one. */
async function prepareTable({ client, stateDir, kms, template, open, now, past, say }: Preparation): Promise<void> {
  const marker = join(stateDir, 'seeded.json');
  const exists = await tableExists(client);
  const written = exists ? readIfThere(marker) : undefined;
  if (written !== undefined) {
    if (Marker.safeParse(JSON.parse(written)).success) return;
    throw new Error(`${stateDir} was written by another version of Darmon: npm start -- --fresh begins again`);
  }
  rmSync(marker, { force: true });
  if (exists) await client.send(new DeleteTableCommand({ TableName: tableName }));
  await createTable(client, tableName);
  say(past ? 'writing the demo country and its last months' : 'writing the demo country');
  const country = makeCountry(seed, tashkentDay(now));
  await seedCountry({
    open,
    kms: {
      endpoint: kms.endpoint,
      dataKey: keyOf(template, 'DATA_KEY_ID'),
      searchKey: keyOf(template, 'SEARCH_KEY_ID'),
      prescriptionKey: keyOf(template, 'PRESCRIPTION_KEY_ID'),
    },
    country,
    formulary,
    seed,
    now,
    past,
  });
  writeWhole(marker, JSON.stringify({ seed, at: new Date(now).toISOString(), items: tableSchema.items }));
}

/** The key that the functions know by this variable. */
function keyOf({ functions, keys }: CloudTemplate, variable: string): string {
  const id = functions.map((one) => one.environment[variable]).find((value) => value !== undefined);
  if (id === undefined || !(id in keys)) throw new Error(`no function has a key as ${variable}`);
  return id;
}

async function tableExists(client: DynamoDBClient): Promise<boolean> {
  try {
    await client.send(new DescribeTableCommand({ TableName: tableName }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  }
}

function packageVersion(): string {
  const path = new URL('../../package.json', import.meta.url);
  return existsSync(path) ? String(JSON.parse(readFileSync(path, 'utf8')).version) : 'unknown';
}
