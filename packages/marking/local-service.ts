/**
 * The marking service on this machine, of the same shape as the national one, for tests and for the local cloud. What it
 * knows of a pack is asked of whoever starts it. Its faults can be switched on while it runs.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { MarkingAnswer } from './marking.ts';
import { bareCode, codesPath, Question, wireStatuses } from './wire.ts';

/**
 * What goes wrong instead of an answer: `down` cuts the connection, `slow` answers after a while, `status` answers with that
 * status, `garbage` with that body and status 200.
 */
export type Fault =
  | { readonly kind: 'down' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'garbage'; readonly body: string };

export interface LocalMarkingOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The key it accepts. */
  readonly key: string;
  packs(gtin: string, serial: string): Exclude<MarkingAnswer, { kind: 'unavailable' }>;
  readonly requestsPerMinute?: number;
  /** Milliseconds since 1970, for what it counts in a minute. */
  now(): number;
}

export interface LocalMarkingService {
  readonly endpoint: string;
  /** Each question that came, as its codes, whether it was answered or not. */
  readonly questions: readonly (readonly string[])[];
  /** For the next `times` questions, for good where none is said; undefined heals it. */
  setFault(fault: Fault | undefined, times?: number): void;
  /** Cuts what is under way. */
  stop(): Promise<void>;
}

type Reply =
  | 'cut'
  | {
      readonly status: number;
      /** Text goes out as it is, anything else as JSON. */
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly afterMs?: number | undefined;
    };

const minuteMs = 60_000;
const longestQuestion = 262_144;

/** Serves on loopback only. More than the limit in the last sixty seconds is 429 with a Retry-After, as there. */
export async function startMarkingService(options: LocalMarkingOptions): Promise<LocalMarkingService> {
  const { port = 0, key, packs, requestsPerMinute = 100, now } = options;
  const questions: string[][] = [];
  let served: number[] = [];
  let fault: Fault | undefined;
  let times = 0;

  const faultNow = (): Fault | undefined => {
    if (!fault || times <= 0) return undefined;
    times -= 1;
    return fault;
  };

  const secondsToWait = (): number | undefined => {
    const at = now();
    served = served.filter((then) => at - then < minuteMs);
    const first = served[0];
    if (first !== undefined && served.length >= requestsPerMinute) return Math.ceil((first + minuteMs - at) / 1000);
    served.push(at);
    return undefined;
  };

  const itemOf = (code: string): object[] => {
    const read = /^01(\d{14})21(.+)$/s.exec(bareCode(code));
    const [, gtin, serial] = read ?? [];
    const answer = gtin && serial ? packs(gtin, serial) : undefined;
    if (answer?.kind !== 'known') return [];
    const status = Object.keys(wireStatuses).find((name) => wireStatuses[name] === answer.status);
    return [
      {
        code: bareCode(code),
        packageType: 'UNIT',
        status,
        extendedStatus: '',
        gtin,
        ...(answer.lot !== undefined && { productSeries: answer.lot }),
        ...(answer.expiryDate !== undefined && { expirationDate: `${answer.expiryDate}T00:00:00.000Z` }),
      },
    ];
  };

  const replyTo = ({ method, url, headers }: IncomingMessage, body: string): Reply => {
    if (url !== codesPath) return { status: 404, body: { code: 'not-found' } };
    const question = Question.safeParse(jsonOf(body));
    if (method !== 'POST' || !question.success) return { status: 400, body: { code: 'invalid-input-parameter' } };
    questions.push(question.data.codes);
    const wrong = faultNow();
    if (wrong?.kind === 'down') return 'cut';
    if (wrong?.kind === 'status') return { status: wrong.status, body: { code: 'fault' }, headers: wrong.headers };
    if (wrong?.kind === 'garbage') return { status: 200, body: wrong.body };
    if (headers.authorization !== `Bearer ${key}`) return { status: 401, body: { code: 'access-denied' } };
    const seconds = secondsToWait();
    if (seconds !== undefined)
      return { status: 429, body: { code: 'too-many-requests' }, headers: { 'retry-after': String(seconds) } };
    return { status: 200, body: question.data.codes.flatMap(itemOf), afterMs: wrong?.ms };
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
      if (body.length > longestQuestion) request.socket.destroy();
    });
    request.on('end', () => {
      const reply = replyTo(request, body);
      if (reply === 'cut') request.socket.destroy();
      else setTimeout(() => send(response, reply), reply.afterMs ?? 0).unref();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the server has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    questions,
    setFault: (next, count = Number.POSITIVE_INFINITY) => {
      fault = next;
      times = count;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status, body, headers }: Exclude<Reply, 'cut'>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
