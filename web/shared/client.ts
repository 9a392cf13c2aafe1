/**
 * The one way to the API. Routes are data, so a call is typed by the route it names. What fails is one of three things,
 * and a screen treats them apart: the server refused (`ProblemError`), nobody knows whether it happened
 * (`UncertainError`), or the session ended before anything did (`SessionEndedError`).
 */
import type { AnswerOf, BodyOf, ParamsOf, QueryOf, Route } from '@darmon/http/route';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { noteAnswer } from './device-clock.ts';
import { currentLanguage, useLanguage } from './language.ts';
import { currentUser, renew } from './session.ts';

/** RFC 9457, with the code that never changes and the places in the request that are wrong. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
  /** The figures of the refusal. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** The network broke or the server did: the change may have been made or not, and only the same key may ask again. */
export class UncertainError extends Error {}

export class SessionEndedError extends Error {}

type Part<K extends string, V> = [V] extends [undefined]
  ? { readonly [P in K]?: undefined }
  : object extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V };

export type Input<R extends Route> = Part<'params', ParamsOf<R>> & Part<'query', QueryOf<R>> & Part<'body', BodyOf<R>>;

const urlOf = (route: Route, input: { params?: unknown; query?: unknown }): string => {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
    if (value !== undefined) query.set(name, String(value));
  return query.size ? `${path}?${query}` : path;
};

const problemOf = async (response: Response): Promise<Problem> => {
  const body: unknown = await response.json().catch(() => undefined);
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  return {
    status: response.status,
    code: typeof fields.code === 'string' ? fields.code : `http-${response.status}`,
    title: typeof fields.title === 'string' ? fields.title : '',
    detail: typeof fields.detail === 'string' ? fields.detail : undefined,
    instance: typeof fields.instance === 'string' ? fields.instance : undefined,
    errors: Array.isArray(fields.errors) ? fields.errors : [],
    facts: typeof fields.facts === 'object' && fields.facts !== null ? fields.facts : {},
  };
};

// Nothing was begun: the same request with the same key is harmless.
const worthRepeating = ({ status, code }: Problem): boolean => status === 429 || status === 503 || code === 'busy';

const pausesMs = [400, 1_200, 3_000];
const timeoutMs = 20_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A new name for one intention; every repeat of it carries the same. */
export const newKey = (): string => crypto.randomUUID();

/**
 * Calls a route and gives its answer. Repeats by itself, with the same key, what the network lost.
 * @throws ProblemError, UncertainError, SessionEndedError
 */
export const call = async <R extends Route>(
  route: R,
  input: Input<R>,
  options: { readonly key?: string; readonly signal?: AbortSignal } = {},
): Promise<AnswerOf<R>> => {
  const { params, query, body } = input as { params?: unknown; query?: unknown; body?: unknown };
  const url = urlOf(route, { params, query });
  const key = route.keyed ? (options.key ?? newKey()) : undefined;
  const send = async (): Promise<Response> => {
    const user = route.access === 'public' ? null : await currentUser();
    if (!user && route.access !== 'public') throw new SessionEndedError();
    const headers = new Headers({ accept: 'application/json', 'accept-language': currentLanguage() });
    if (user) headers.set('authorization', `Bearer ${user.access_token}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (key) headers.set('idempotency-key', key);
    // By hand, because browsers of old machines cannot join two signals.
    const stop = new AbortController();
    const abort = () => stop.abort();
    const timer = setTimeout(abort, timeoutMs);
    options.signal?.addEventListener('abort', abort);
    if (options.signal?.aborted) abort();
    const sentAt = Date.now();
    try {
      const answer = await fetch(url, {
        method: route.method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: stop.signal,
        cache: 'no-store',
      });
      noteAnswer(answer, sentAt);
      return answer;
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', abort);
    }
  };

  for (let attempt = 0; ; attempt += 1) {
    const mayRepeat = attempt < pausesMs.length && (route.method === 'GET' || route.keyed);
    let response: Response | undefined;
    try {
      response = await send();
      if (response.status === 401 && (await renew())) response = await send();
    } catch (error) {
      if (error instanceof SessionEndedError || options.signal?.aborted) throw error;
      if (!mayRepeat || !navigator.onLine) throw new UncertainError();
    }
    if (response?.ok) return (await response.json()) as AnswerOf<R>;
    if (response?.status === 401) throw new SessionEndedError();
    if (response) {
      const problem = await problemOf(response);
      const repeat = mayRepeat && worthRepeating(problem);
      if (!repeat && problem.status >= 500 && route.method !== 'GET' && problem.code !== 'unavailable')
        throw new UncertainError();
      if (!repeat) throw new ProblemError(problem);
    }
    await pause(pausesMs[attempt] ?? 0);
  }
};

export type Failure = ProblemError | UncertainError | SessionEndedError;

/** What went wrong in a call, as a screen treats it; anything unforeseen leaves it uncertain. */
export const failureOf = (error: unknown): Failure =>
  error instanceof ProblemError || error instanceof SessionEndedError ? error : new UncertainError();

export interface Call<R extends Route> {
  /** Sends, once however often it is pressed; gives the answer, or undefined when it failed or was already under way. */
  run(input: Input<R>): Promise<AnswerOf<R> | undefined>;
  /** Sends the last input again with its key. */
  retry(): Promise<AnswerOf<R> | undefined>;
  readonly pending: boolean;
  readonly answer: AnswerOf<R> | undefined;
  readonly failure: Failure | undefined;
  /** Whether it may have happened: until a retry has told, the form must not be changed. */
  readonly uncertain: boolean;
  /** The words for a field, by JSON pointer: `fieldError('/patient/pinfl')`. */
  fieldError(pointer: string): string | undefined;
  /** Forgets the outcome and the key: the next run is a new intention. */
  reset(): void;
}

/**
 * One intention to change something. The key is made at the first press and kept until it succeeded or the input
 * changed, so that a double click or a retry after a lost answer changes nothing twice.
 */
export const useCall = <R extends Route>(route: R): Call<R> => {
  const intent = useRef<{ key: string; text: string; input: Input<R> } | undefined>(undefined);
  const underWay = useRef(false);
  const [state, setState] = useState<{ pending: boolean; answer?: AnswerOf<R>; failure?: Failure }>({ pending: false });

  const run = useCallback(
    async (input: Input<R>): Promise<AnswerOf<R> | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      const text = JSON.stringify(input);
      if (intent.current?.text !== text) intent.current = { key: newKey(), text, input };
      setState({ pending: true });
      try {
        const answer = await call(route, input, { key: intent.current.key });
        intent.current = undefined;
        setState({ pending: false, answer });
        return answer;
      } catch (error) {
        setState({ pending: false, failure: failureOf(error) });
        return undefined;
      } finally {
        underWay.current = false;
      }
    },
    [route],
  );
  const retry = useCallback(async () => (intent.current ? run(intent.current.input) : undefined), [run]);
  const reset = useCallback(() => {
    intent.current = undefined;
    setState({ pending: false });
  }, []);

  const problem = state.failure instanceof ProblemError ? state.failure.problem : undefined;
  return {
    ...state,
    answer: state.answer,
    failure: state.failure,
    uncertain: route.keyed && state.failure instanceof UncertainError,
    run,
    retry,
    reset,
    fieldError: (pointer) => problem?.errors.find((error) => error.pointer === pointer)?.detail,
  };
};

/**
 * What a GET route answers, kept by route and input and asked for again in the language of the page.
 * `data`, `isPending`, `error` (a `Failure`) and `refetch` are TanStack Query's.
 */
export const useAnswer = <R extends Route>(
  route: R,
  input: Input<R>,
  options: { readonly enabled?: boolean; readonly staleTime?: number; readonly refetchInterval?: number } = {},
): UseQueryResult<AnswerOf<R>, Failure> => {
  const language = useLanguage();
  return useQuery<AnswerOf<R>, Failure>({
    queryKey: [route.method, route.path, input, language],
    queryFn: async ({ signal }) => {
      try {
        return await call(route, input, { signal });
      } catch (error) {
        throw failureOf(error);
      }
    },
    retry: false,
    ...options,
  });
};

/** The key prefix under which `useAnswer` keeps a route, for `queryClient.invalidateQueries({ queryKey })`. */
export const keyOf = (route: Route): readonly [string, string] => [route.method, route.path];
