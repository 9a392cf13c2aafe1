/**
 * A document that is drawn up on this device and sent once: kept after every change, so that a reload or an empty battery
 * loses nothing, and sent under one key, which is kept too, so that a lost answer never does anything twice.
 */
import type { AnswerOf, BodyOf, ParamsOf, Route } from '@darmon/http/route';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, type Failure, failureOf, type Input, newKey, ProblemError, UncertainError } from './client.ts';
import { keepWork, keptWork } from './device-store.ts';

interface Kept<R extends Route, D> {
  /** Changes when what an older app kept could no longer be read. */
  readonly layout: number;
  readonly draft: D;
  readonly sent?: { readonly key: string; readonly body: BodyOf<R> };
}

export interface KeptCall<R extends Route, D> {
  /** Undefined while it is being read from the device. */
  readonly draft: D | undefined;
  /** It was begun before this page was opened. */
  readonly isOld: boolean;
  /** The draft as it is now, for what comes faster than the page is drawn. */
  current(): D;
  change(next: (before: D) => D): void;
  send(body: BodyOf<R>): Promise<AnswerOf<R> | undefined>;
  retry(): Promise<AnswerOf<R> | undefined>;
  clear(): void;
  readonly pending: boolean;
  readonly failure: Failure | undefined;
  /** Nobody knows whether it was done: only a retry may tell. */
  readonly uncertain: boolean;
  errorsOf(pointer: string): readonly string[];
}

/** `name` names it among the device's work; `empty` is the draft that a new one begins with. */
export const useKeptCall = <R extends Route, D>(
  route: R,
  params: ParamsOf<R>,
  { name, layout, empty }: { readonly name: string; readonly layout: number; readonly empty: D },
): KeptCall<R, D> => {
  const [draft, setDraft] = useState<D | undefined>();
  const [isOld, setOld] = useState(false);
  const [state, setState] = useState<{ pending: boolean; failure?: Failure }>({ pending: false });
  const first = useRef(empty);
  const now = useRef<Kept<R, D>>({ layout, draft: empty });
  const writing = useRef(false);

  /** One write at a time; what changes meanwhile is written next. What is empty again is forgotten. */
  const keep = useCallback(async () => {
    if (writing.current) return;
    writing.current = true;
    for (let written: Kept<R, D> | undefined; written !== now.current; ) {
      written = now.current;
      await keepWork(name, written.draft === first.current ? undefined : written);
    }
    writing.current = false;
  }, [name]);

  useEffect(() => {
    let stopped = false;
    void keptWork<Kept<R, D>>(name).then((kept) => {
      if (stopped) return;
      if (kept?.layout === layout) {
        now.current = kept;
        setOld(true);
        if (kept.sent) setState({ pending: false, failure: new UncertainError() });
      }
      setDraft(now.current.draft);
    });
    return () => {
      stopped = true;
    };
  }, [name, layout]);

  const change = useCallback(
    (next: (before: D) => D) => {
      if (now.current.sent) return;
      now.current = { layout, draft: next(now.current.draft) };
      setDraft(now.current.draft);
      void keep();
    },
    [layout, keep],
  );
  const clear = useCallback(() => {
    now.current = { layout, draft: first.current };
    setDraft(first.current);
    setOld(false);
    setState({ pending: false });
    void keep();
  }, [layout, keep]);

  const post = async (sent: { key: string; body: BodyOf<R> }): Promise<AnswerOf<R> | undefined> => {
    now.current = { ...now.current, sent };
    setState({ pending: true });
    await keepWork(name, now.current);
    try {
      // which parts a route has is open to the compiler while the route is
      const input = { params, body: sent.body } as unknown as Input<R>;
      const answer = await call(route, input, { key: sent.key });
      clear();
      return answer;
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof ProblemError) {
        const { sent: _, ...rest } = now.current;
        now.current = rest;
        void keep();
      }
      setState({ pending: false, failure });
      return undefined;
    }
  };

  const problem = state.failure instanceof ProblemError ? state.failure.problem : undefined;
  return {
    draft,
    isOld,
    current: () => now.current.draft,
    change,
    send: (body) => (now.current.sent ? Promise.resolve(undefined) : post({ key: newKey(), body })),
    retry: () => (now.current.sent ? post(now.current.sent) : Promise.resolve(undefined)),
    clear,
    pending: state.pending,
    failure: state.failure,
    uncertain: state.failure !== undefined && !(state.failure instanceof ProblemError),
    errorsOf: (pointer) =>
      (problem?.errors ?? [])
        .filter((e) => e.pointer === pointer || e.pointer.startsWith(`${pointer}/`))
        .map((e) => e.detail),
  };
};
