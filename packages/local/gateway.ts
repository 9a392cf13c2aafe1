/**
 * API Gateway on one machine (an HTTP API with payload format 2.0): finds the route, limits the rate, checks the token
 * as the route's authorizer says, calls the function and hands its answer on. Answers that API Gateway makes by itself
 * have its shape here too. Knows nothing of what the functions do.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Invoke } from './functions.ts';
import type { CloudRoute, JwtAuthorizer, Throttle } from './template.ts';

export interface GatewayOptions {
  readonly routes: readonly CloudRoute[];
  readonly throttle?: Throttle | undefined;
  /** By the function ids that the routes name. */
  readonly functions: ReadonlyMap<string, Invoke>;
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told of every function that failed; the caller of the API sees a 500 without a reason. */
  readonly onFault: (routeKey: string, error: unknown) => void;
  /** Added to every answer, as the distribution in front of the gateway does. */
  readonly headers: Readonly<Record<string, string>>;
}

export type Gateway = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Limits of API Gateway and, below, of a function's event, in bytes. */
const longestBody = 10 * 1024 * 1024;
const longestEvent = 6 * 1024 * 1024;

/** Compiles the routes once; the handler returned answers any request whose path an API Gateway would see. */
export function makeGateway(options: GatewayOptions): Gateway {
  const find = compileRoutes(options.routes);
  const admit = makeAdmit(options);
  const authenticate = makeAuthenticate(options);

  return async (request, response) => {
    const requestId = randomUUID();
    const refuse = (status: number, message: string, headers: OutgoingHttpHeaders = {}) =>
      send(
        response,
        requestId,
        status,
        { 'content-type': 'application/json', ...headers },
        JSON.stringify({ message }),
      );

    const [rawPath = '/', rawQueryString = ''] = splitOnce(request.url ?? '/', '?');
    const found = find(request.method ?? 'GET', rawPath);
    const body = await bodyOf(request);
    if (body === undefined) return refuse(413, 'Request Entity Too Large');
    if (!found) return refuse(404, 'Not Found');
    const { route, parameters } = found;
    if (!admit(route)) return refuse(429, 'Too Many Requests');
    let claims: Claims | undefined;
    if (route.authorizer) {
      const token = request.headers.authorization;
      claims = token === undefined ? undefined : await authenticate(token, route.authorizer);
      if (!claims) {
        const challenge = token === undefined ? 'Bearer' : 'Bearer scope="" error="invalid_token"';
        return refuse(401, 'Unauthorized', { 'www-authenticate': challenge });
      }
    }
    const event = eventOf(request, {
      route,
      parameters,
      rawPath,
      rawQueryString,
      requestId,
      claims,
      body,
      now: options.now(),
    });
    if ((event.body?.length ?? 0) > longestEvent) return refuse(413, 'Request Entity Too Large');

    const invoke = options.functions.get(route.function);
    if (!invoke) throw new Error(`${route.function} was not loaded`);
    let answer: Answer;
    try {
      answer = answerOf(await invoke(event));
    } catch (error) {
      options.onFault(route.key, error);
      return refuse(500, 'Internal Server Error');
    }
    const headers: OutgoingHttpHeaders = {
      'content-type': 'text/plain; charset=utf-8',
      ...answer.headers,
      ...options.headers,
    };
    if (answer.cookies.length) headers['set-cookie'] = answer.cookies;
    send(response, requestId, answer.status, headers, answer.body);
  };
}

function send(
  response: ServerResponse,
  requestId: string,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), 'apigw-requestid': requestId });
  response.end(body);
}

/** The body whole, or undefined if it is longer than the gateway takes. What is too long is read to its end, so that the client hears the answer. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const { 'content-length': announced, 'transfer-encoding': streamed } = request.headers;
  if (streamed === undefined && (announced === undefined || announced === '0')) return noBody;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > patience) request.destroy();
    if (length <= longestBody) chunks.push(chunk);
  }
  return length > longestBody ? undefined : Buffer.concat(chunks);
}

const noBody = Buffer.alloc(0);
const patience = 4 * longestBody;

// --- routes ----------------------------------------------------------------------------------------------------------

interface Node {
  readonly fixed: Map<string, Node>;
  parameter?: Node;
  /** By method; `ANY` for all. */
  readonly routes: Map<string, { route: CloudRoute; names: readonly string[] }>;
}

type Find = (
  method: string,
  path: string,
) => { route: CloudRoute; parameters: Record<string, string> | undefined } | undefined;

const newNode = (): Node => ({ fixed: new Map(), routes: new Map() });

/** The most specific route wins, segment by segment: a fixed text before a parameter, a method before ANY. */
function compileRoutes(routes: readonly CloudRoute[]): Find {
  const root = newNode();
  for (const route of routes) {
    const [method = '', path = ''] = splitOnce(route.key, ' ');
    const names: string[] = [];
    let node = root;
    for (const segment of path.slice(1).split('/')) {
      const name = /^\{([\w.-]+)\}$/.exec(segment)?.[1];
      if (name === undefined) {
        if (segment.includes('{')) throw new Error(`${route.key}: only whole segments may be parameters here`);
        const next = node.fixed.get(segment) ?? newNode();
        node.fixed.set(segment, next);
        node = next;
      } else {
        names.push(name);
        node.parameter ??= newNode();
        node = node.parameter;
      }
    }
    node.routes.set(method, { route, names });
  }

  const walk = (
    node: Node,
    segments: readonly string[],
    at: number,
    method: string,
    values: readonly string[],
  ): ReturnType<Find> => {
    const segment = segments[at];
    if (segment === undefined) {
      const found = node.routes.get(method) ?? node.routes.get('ANY');
      if (!found) return undefined;
      const pairs = found.names.map((name, index) => [name, values[index] ?? '']);
      return { route: found.route, parameters: pairs.length ? Object.fromEntries(pairs) : undefined };
    }
    const fixed = node.fixed.get(segment);
    const viaFixed = fixed && walk(fixed, segments, at + 1, method, values);
    if (viaFixed || !node.parameter || segment === '') return viaFixed;
    return walk(node.parameter, segments, at + 1, method, [...values, decoded(segment)]);
  };
  return (method, path) => walk(root, path.slice(1).split('/'), 0, method, []);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

// --- limits ----------------------------------------------------------------------------------------------------------

/** A token bucket for the stage and one for each route that has its own limit. */
function makeAdmit({ throttle, now }: GatewayOptions): (route: CloudRoute) => boolean {
  const buckets = new Map<string, { left: number; at: number }>();
  const take = (name: string, limit: Throttle): boolean => {
    const bucket = buckets.get(name) ?? { left: limit.burst, at: now() };
    buckets.set(name, bucket);
    const at = now();
    bucket.left = Math.min(limit.burst, bucket.left + (Math.max(0, at - bucket.at) * limit.rate) / 1_000);
    bucket.at = at;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  };
  return (route) => {
    if (route.throttle) return take(route.key, route.throttle);
    return throttle ? take('', throttle) : true;
  };
}

// --- tokens ----------------------------------------------------------------------------------------------------------

type Claims = Readonly<Record<string, string>>;

const mostTokens = 2_000;

/**
 * Gives the claims as API Gateway hands them on, all as text, or undefined for a token it would refuse. A token that was
 * verified once is known by its text until it expires: verifying is the dearest thing the gateway does.
 */
function makeAuthenticate({ issuer, keys, now }: GatewayOptions) {
  const known = new Map<string, { claims: Claims; from: number; until: number; audience: readonly string[] }>();
  return async (header: string, authorizer: JwtAuthorizer): Promise<Claims | undefined> => {
    const token = header.replace(/^Bearer /i, '');
    const at = now();
    const cached = known.get(token);
    const fits = (audience: readonly string[]) => audience.some((one) => authorizer.audience.includes(one));
    if (cached) return cached.from <= at && at < cached.until && fits(cached.audience) ? cached.claims : undefined;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        algorithms: ['RS256', 'RS384', 'RS512'],
        requiredClaims: ['exp'],
        currentDate: new Date(at),
      });
      const audience = [payload.aud ?? payload.client_id ?? []].flat().filter((one) => typeof one === 'string');
      if (!fits(audience)) return undefined;
      const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, asText(value)]));
      if (known.size >= mostTokens) known.clear();
      known.set(token, { claims, from: (payload.nbf ?? 0) * 1_000, until: (payload.exp ?? 0) * 1_000, audience });
      return claims;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
}

/** Lists become `[a b]`. */
const asText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

// --- events and answers ----------------------------------------------------------------------------------------------

interface EventParts {
  readonly route: CloudRoute;
  readonly parameters: Record<string, string> | undefined;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly requestId: string;
  readonly claims: Claims | undefined;
  readonly body: Buffer;
  readonly now: number;
}

/** Bodies of these types reach a function as text, others in base64. */
const textual = /^\s*(text\/|application\/(json|xml|javascript|[\w.+-]+\+(json|xml))\s*(;|$))/i;

function eventOf(request: IncomingMessage, parts: EventParts) {
  const { cookie, ...rest } = request.headers;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(rest))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  const isText = textual.test(headers['content-type'] ?? 'text/plain');
  const method = request.method ?? 'GET';
  return {
    version: '2.0',
    routeKey: parts.route.key,
    rawPath: parts.rawPath,
    rawQueryString: parts.rawQueryString,
    ...(cookie && { cookies: cookie.split('; ') }),
    headers,
    ...(parts.rawQueryString && { queryStringParameters: queryOf(parts.rawQueryString) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? '',
      domainPrefix: 'local',
      http: {
        method,
        path: parts.rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: parts.requestId,
      routeKey: parts.route.key,
      stage: '$default',
      time: logTime(parts.now),
      timeEpoch: parts.now,
      ...(parts.claims && { authorizer: { jwt: { claims: parts.claims, scopes: null } } }),
    },
    ...(parts.parameters && { pathParameters: parts.parameters }),
    ...(parts.body.length && { body: parts.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: parts.body.length > 0 && !isText,
  };
}

/** Repeated parameters are joined by commas. */
function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text))
    query[name] = name in query ? `${query[name]},${value}` : value;
  return query;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `20/Nov/2026:09:30:00 +0000` */
function logTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(8, 10)}/${months[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly cookies: string[];
  readonly body: string | Buffer;
}

/** What a handler gave, as format 2.0 reads it: an object with a status, or else anything as a JSON body of a 200. */
function answerOf(given: unknown): Answer {
  if (given === null || typeof given !== 'object' || !('statusCode' in given))
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: JSON.stringify(given ?? null),
    };
  const shape = given as {
    statusCode: unknown;
    headers?: Record<string, string>;
    cookies?: string[];
    body?: string;
    isBase64Encoded?: boolean;
  };
  const status = Number(shape.statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw new Error(`an answer of status ${shape.statusCode}`);
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(shape.headers ?? {})) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('transfer-') && lower !== 'connection' && lower !== 'content-length') headers[lower] = value;
  }
  const text = shape.body ?? '';
  return {
    status,
    headers,
    cookies: shape.cookies ?? [],
    body: shape.isBase64Encoded ? Buffer.from(text, 'base64') : text,
  };
}
