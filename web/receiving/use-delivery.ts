/**
 * A delivery under way on this device: kept after every scan, so that a reload or an empty battery loses nothing, and sent
 * under one key, which is kept too, so that a lost answer never receives anything twice.
 */
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, type Failure, failureOf, newKey, ProblemError, UncertainError } from '../shared/client.ts';
import { keepWork, keptWork } from '../shared/device-store.ts';
import { type Draft, emptyDraft } from './draft.ts';

type Body = BodyOf<typeof receiptRoutes.receiveStock>;
type Receipt = AnswerOf<typeof receiptRoutes.receiveStock>;

/** Changes when a kept delivery of an older app could no longer be read. */
const layout = 1;
interface Kept {
  readonly layout: number;
  readonly draft: Draft;
  readonly sent?: { readonly key: string; readonly body: Body };
}

export interface Delivery {
  /** Undefined while it is being read from the device. */
  readonly draft: Draft | undefined;
  /** It was begun before this page was opened. */
  readonly isOld: boolean;
  /** The delivery as it is now, for what comes faster than the page is drawn. */
  current(): Draft;
  change(next: (before: Draft) => Draft): void;
  send(body: Body): Promise<Receipt | undefined>;
  retry(): Promise<Receipt | undefined>;
  clear(): void;
  readonly pending: boolean;
  readonly failure: Failure | undefined;
  /** Nobody knows whether it was received: only a retry may tell. */
  readonly uncertain: boolean;
  errorsOf(pointer: string): readonly string[];
}

export const useDelivery = (site: string): Delivery => {
  const name = `receive/${site}`;
  const [draft, setDraft] = useState<Draft | undefined>();
  const [isOld, setOld] = useState(false);
  const [state, setState] = useState<{ pending: boolean; failure?: Failure }>({ pending: false });
  const now = useRef<Kept>({ layout, draft: emptyDraft });
  const writing = useRef(false);

  /** One write at a time; what changes meanwhile is written next. */
  const keep = useCallback(async () => {
    if (writing.current) return;
    writing.current = true;
    for (let written: Kept | undefined; written !== now.current; ) {
      written = now.current;
      await keepWork(name, written);
    }
    writing.current = false;
  }, [name]);

  useEffect(() => {
    let stopped = false;
    void keptWork<Kept>(name).then((kept) => {
      if (stopped) return;
      if (kept?.layout === layout) {
        now.current = kept;
        setOld(kept.draft.lines.length > 0 || kept.draft.told.length > 0);
        if (kept.sent) setState({ pending: false, failure: new UncertainError() });
      }
      setDraft(now.current.draft);
    });
    return () => {
      stopped = true;
    };
  }, [name]);

  const change = useCallback(
    (next: (before: Draft) => Draft) => {
      if (now.current.sent) return;
      now.current = { layout, draft: next(now.current.draft) };
      setDraft(now.current.draft);
      void keep();
    },
    [keep],
  );
  const clear = useCallback(() => {
    now.current = { layout, draft: emptyDraft };
    setDraft(emptyDraft);
    setOld(false);
    setState({ pending: false });
    void keep();
  }, [keep]);

  const post = useCallback(
    async (sent: { key: string; body: Body }): Promise<Receipt | undefined> => {
      now.current = { ...now.current, sent };
      setState({ pending: true });
      await keepWork(name, now.current);
      try {
        const receipt = await call(
          receiptRoutes.receiveStock,
          { params: { site }, body: sent.body },
          { key: sent.key },
        );
        clear();
        return receipt;
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
    },
    [name, site, clear, keep],
  );

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
