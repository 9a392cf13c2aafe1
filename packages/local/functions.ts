/**
 * Lambda on one machine: loads the very bundle that would be deployed, with its own environment, and calls the handler
 * it exports. Knows nothing of where an event comes from.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CloudFunction, functionArn } from './template.ts';

/** Calls the function with an event and gives what its handler gave. Rejects if it throws or takes longer than it may. */
export type Invoke = (event: unknown) => Promise<unknown>;

type Handler = (event: unknown, context: LambdaContext) => unknown;

/** What a handler may ask of its invocation. */
interface LambdaContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

/** How often a function was loaded in this process, by its id. */
const generations = new Map<string, number>();
/** The end of the last load that was asked for. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Loads a function. Functions are loaded one after another, because each finds its environment in `process.env` while
 * its modules run, as in Lambda; what all share (endpoints, region, credentials) has to be there already and stays.
 * @throws if its code is not there, does not run, or exports no handler
 */
export function loadFunction(deployed: CloudFunction): Promise<Invoke> {
  const file = codeOf(deployed);
  const loaded = turn.then(() => loadNow(deployed, file));
  turn = loaded.catch(() => {});
  return loaded;
}

/**
 * A function that is loaded when it is first called, as Lambda does it: most of them are never called in a short life,
 * and loading all takes longer than anything else at a start. A load that fails fails the call, and is tried again.
 * @throws if its code is not there
 */
export function functionOf(deployed: CloudFunction): Invoke {
  codeOf(deployed);
  let loading: Promise<Invoke> | undefined;
  return async (event) => {
    loading ??= loadFunction(deployed).catch((error) => {
      loading = undefined;
      throw error;
    });
    return (await loading)(event);
  };
}

/** The file that CloudFormation names. */
function codeOf({ id, folder, module }: CloudFunction): string {
  const file = ['mjs', 'js', 'cjs'].map((end) => join(folder, `${module}.${end}`)).find(existsSync);
  if (!file) throw new Error(`the function ${id} has no module ${module} in ${folder}`);
  return file;
}

async function loadNow(deployed: CloudFunction, file: string): Promise<Invoke> {
  const environment = { ...deployed.environment, AWS_LAMBDA_FUNCTION_NAME: deployed.id };
  const before = Object.fromEntries(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);
  // A query of its own: a second cloud in this process has another environment and so needs other modules.
  const generation = (generations.get(deployed.id) ?? 0) + 1;
  generations.set(deployed.id, generation);
  const url = `${pathToFileURL(file).href}?${generation}`;
  const loaded: Record<string, unknown> = await import(/* @vite-ignore */ url).finally(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const handler = loaded[deployed.export];
  if (typeof handler !== 'function') throw new Error(`the function ${deployed.id} exports no ${deployed.export}`);
  return (event) => call(deployed, handler as Handler, event);
}

function call(deployed: CloudFunction, handler: Handler, event: unknown): Promise<unknown> {
  const limitMs = deployed.timeoutSeconds * 1_000;
  const until = performance.now() + limitMs;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${deployed.id} timed out after ${limitMs} ms`)), limitMs);
    const context: LambdaContext = {
      functionName: deployed.id,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn(deployed.id),
      memoryLimitInMB: String(deployed.memoryMb),
      awsRequestId: randomUUID(),
      logGroupName: `/aws/lambda/${deployed.id}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, until - performance.now()),
    };
    Promise.resolve()
      .then(() => handler(event, context))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
