/**
 * The national marking service over HTTP. Owns how often and how long it is asked, and what becomes of each way to fail;
 * what goes over the wire is `wire.ts`. Everything that remembers (rate, breaker, cache) lives as long as the client, so a
 * process makes one and keeps it.
 */
import { makeBreaker } from './breaker.ts';
import { makeCache } from './cache.ts';
import type { Marking, MarkingAnswer, WhyUnavailable } from './marking.ts';
import { makeRate } from './rate.ts';
import { codeOf, codesPath, readAnswers } from './wire.ts';

export interface MarkingService {
  /** Its origin, `https` or on this machine. */
  readonly endpoint: string;
  /** The key of the organisation's account, sent as a bearer token. */
  readonly key: string;
}

/** Clock (milliseconds since 1970), chance in [0, 1) and waiting. */
export interface Surroundings {
  now(): number;
  random(): number;
  sleep(ms: number): Promise<unknown>;
}

export interface MarkingLimits {
  /** Of this process. The service counts those of an account: who runs several processes divides its 100 among them. */
  readonly requestsPerMinute: number;
  /** A look is answered within this, whatever happens. */
  readonly budgetMs: number;
  readonly attemptMs: number;
  readonly attempts: number;
  /** The wait before attempt n + 1 is random, below `backoffMs * 2^n`. */
  readonly backoffMs: number;
  /** A Retry-After beyond this is cut to it. */
  readonly longestHoldMs: number;
  readonly failuresToPause: number;
  readonly failureWindowMs: number;
  readonly pauseMs: number;
  readonly packsAtOnce: number;
  readonly answerBytes: number;
  readonly packsRemembered: number;
  readonly knownMs: number;
  readonly unknownMs: number;
}

const usual: MarkingLimits = {
  requestsPerMinute: 100,
  budgetMs: 800,
  attemptMs: 500,
  attempts: 3,
  backoffMs: 100,
  longestHoldMs: 300_000,
  failuresToPause: 5,
  failureWindowMs: 60_000,
  pauseMs: 30_000,
  packsAtOnce: 100,
  answerBytes: 524_288,
  packsRemembered: 5000,
  knownMs: 600_000,
  unknownMs: 60_000,
};

type Answers = ReadonlyMap<string, MarkingAnswer>;

/** How one request ended: with answers, or why not, whether another try may help, and when at the earliest. */
type Ended = Answers | { readonly why: WhyUnavailable; readonly again: boolean; readonly afterMs?: number };

/**
 * A client that never throws while it looks and never keeps anybody longer than its budget.
 *
 * - At most the limit of requests go out in any sixty seconds, retries among them. Over it: `limited`, at once.
 * - No answer in time, a broken connection and 5xx are tried again while the budget lasts, after a random wait; then `down`.
 * - 429 likewise, then `limited`. A Retry-After beyond the budget stops every request until it is over.
 * - Another status is `refused`, another shape or too long an answer `unreadable`; neither is tried again.
 * - After several failures in a row it is `paused`; then one request tries, and its end decides.
 * - What the service said is remembered for a while, what it did not say never.
 *
 * @throws RangeError if the endpoint is neither `https` nor this machine: the key would go over the wire for all to read
 */
export function makeMarkingClient(
  service: MarkingService,
  { now, random, sleep }: Surroundings,
  changed: Partial<MarkingLimits> = {},
): Marking {
  const limits = { ...usual, ...changed };
  const url = new URL(codesPath, service.endpoint);
  if (url.protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new RangeError('the marking service is asked over https only');
  const rate = makeRate(limits.requestsPerMinute, now);
  const breaker = makeBreaker(
    { failures: limits.failuresToPause, windowMs: limits.failureWindowMs, openMs: limits.pauseMs },
    now,
  );
  const cache = makeCache<MarkingAnswer>(limits.packsRemembered, now);

  /** One request. It ends before its signal or with it. */
  const request = async (codes: readonly string[], signal: AbortSignal): Promise<Ended> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${service.key}`,
          'content-type': 'application/json;charset=UTF-8',
        },
        body: JSON.stringify({ codes, addCodeHistory: false }),
        redirect: 'manual',
        signal,
      });
      if (response.status === 200) {
        const text = await readAtMost(response, limits.answerBytes);
        const answers = text === undefined ? undefined : readAnswers(text, codes);
        return answers ?? { why: 'unreadable', again: false };
      }
      await response.body?.cancel();
      const failure = failureOf(response.status);
      const afterMs = failure.again ? retryAfterMs(response.headers.get('retry-after'), now()) : undefined;
      return afterMs === undefined ? failure : { ...failure, afterMs };
    } catch {
      return { why: 'down', again: true };
    }
  };

  /** One question, tried again while that can help, is allowed and fits the budget. */
  const ask = async (codes: readonly string[]): Promise<Answers | WhyUnavailable> => {
    const end = now() + limits.budgetMs;
    const budget = AbortSignal.timeout(limits.budgetMs);
    let why: WhyUnavailable | undefined;
    for (let attempt = 0; ; attempt++) {
      if (!breaker.allows()) return why ?? 'paused';
      if (!rate.take()) return why ?? 'limited';
      breaker.started();
      const ended = await request(codes, AbortSignal.any([budget, AbortSignal.timeout(limits.attemptMs)]));
      // Who says 429 is alive.
      if (!('why' in ended) || ended.why === 'limited') breaker.succeeded();
      else breaker.failed();
      if (!('why' in ended)) return ended;
      why = ended.why;
      if (ended.afterMs !== undefined) rate.holdUntil(now() + Math.min(ended.afterMs, limits.longestHoldMs));
      const waitMs = Math.max(random() * limits.backoffMs * 2 ** attempt, ended.afterMs ?? 0);
      if (!ended.again || attempt + 1 >= limits.attempts || budget.aborted || now() + waitMs >= end) return why;
      await sleep(waitMs);
    }
  };

  const lookAll: Marking['lookAll'] = async (packs) => {
    const answers = new Map<string, MarkingAnswer>();
    const open: string[] = [];
    for (const code of new Set(packs.map(codeOf))) {
      const remembered = cache.get(code);
      if (remembered) answers.set(code, remembered);
      else open.push(code);
    }
    const questions: string[][] = [];
    while (open.length > 0) questions.push(open.splice(0, limits.packsAtOnce));
    await Promise.all(
      questions.map(async (codes) => {
        const said = await ask(codes);
        for (const code of codes) {
          const answer: MarkingAnswer =
            typeof said === 'string'
              ? { kind: 'unavailable', why: said }
              : (said.get(code) ?? { kind: 'unavailable', why: 'unreadable' });
          answers.set(code, answer);
          if (answer.kind !== 'unavailable')
            cache.set(code, answer, answer.kind === 'known' ? limits.knownMs : limits.unknownMs);
        }
      }),
    );
    return packs.map((pack) => answers.get(codeOf(pack)) as MarkingAnswer);
  };

  return { lookAll, look: async (pack) => (await lookAll([pack]))[0] as MarkingAnswer };
}

function failureOf(status: number): { why: WhyUnavailable; again: boolean } {
  if (status === 429) return { why: 'limited', again: true };
  if (status >= 500) return { why: 'down', again: true };
  return { why: 'refused', again: false };
}

/** RFC 9110, 10.2.3: seconds or a date. Undefined where there is none or it makes no sense. */
function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The body as text, or undefined as soon as it is longer than that; what follows is not fetched. */
async function readAtMost(response: Response, bytes: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > bytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
