/**
 * A count under way on this device. Every entry goes to the server at once, under a key of its own; what the network does
 * not take waits in the device's store, with the lot that is being counted, so that neither a reload nor an hour in a
 * cellar loses anything.
 */
import { countRoutes } from '@darmon/function-inventory/count-routes';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, type Failure, failureOf, newKey, ProblemError } from '../shared/client.ts';
import { keepWork, keptWork } from '../shared/device-store.ts';
import { type Count, type Entry, type Line, mergedLines, nameOfLot, type Open, type Pending } from './count-view.ts';

/** Rises when what an older version kept could no longer be read. */
const layout = 1;
interface Kept {
  readonly layout: number;
  readonly queue: readonly Pending[];
  readonly open?: Open | undefined;
  /** How much the server's clock is ahead of this device's, in milliseconds. */
  readonly ahead: number;
}
interface KeptLines {
  readonly layout: number;
  readonly count: Count;
  readonly lines: readonly Line[];
}

/** What was loaded of the count, and from where. */
interface Loaded {
  readonly count: Count;
  readonly lines: readonly Line[];
  /** As the device kept it, because there is no network. */
  readonly isOld: boolean;
}

export interface Counting {
  readonly loaded: Loaded | undefined;
  /** How many lines came so far, while they come. */
  readonly coming: number | undefined;
  readonly failure: Failure | undefined;
  readonly queue: readonly Pending[];
  readonly open: Open | undefined;
  /** An instant by the server's clock. */
  now(): string;
  /** The state as it is now, for scans that come faster than the page is drawn. */
  current(): Kept;
  lineOf(lot: { readonly gtin: string; readonly lot: string }): Line | undefined;
  setOpen(open: Open | undefined): void;
  /** The network took nothing the last time. */
  readonly stuck: boolean;
  /** Sends an entry, or keeps it until it can be sent. */
  enter(entry: Entry): void;
  /** Takes back an entry that the server refused. */
  drop(key: string): void;
  sendNow(): void;
  reload(): void;
  /** The count after it was posted or cancelled. */
  closed(count: Count): void;
}

const pageSize = 100;
const retryMs = 5_000;
/** The way of an answer: what began a moment earlier is not missed. */
const roadMs = 500;

export const useCount = (site: string, id: string): Counting => {
  const name = `count/${id}`;
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [coming, setComing] = useState<number | undefined>(0);
  const [failure, setFailure] = useState<Failure | undefined>();
  const [kept, setKept] = useState<Kept>({ layout, queue: [], ahead: 0 });
  const [round, setRound] = useState(0);
  const [stuck, setStuck] = useState(false);
  const [isRestored, setRestored] = useState(false);
  const now = useRef(kept);
  const lines = useRef<Loaded | undefined>(undefined);
  const writing = useRef(false);
  const sending = useRef(false);

  /** One write at a time; what changes meanwhile is written next. */
  const keep = useCallback(
    async (next: Partial<Kept>) => {
      now.current = { ...now.current, ...next };
      setKept(now.current);
      if (writing.current) return;
      writing.current = true;
      for (let written: Kept | undefined; written !== now.current; ) {
        written = now.current;
        await keepWork(name, written);
      }
      writing.current = false;
    },
    [name],
  );
  const show = useCallback(
    (next: Loaded) => {
      lines.current = next;
      setLoaded(next);
      if (!next.isOld) void keepWork(`${name}/lines`, { layout, count: next.count, lines: next.lines });
    },
    [name],
  );

  // what waits is known before anything is sent or scanned
  useEffect(() => {
    let stopped = false;
    void keptWork<Kept>(name).then((before) => {
      if (stopped) return;
      if (before?.layout === layout) {
        now.current = before;
        setKept(before);
      }
      setRestored(true);
    });
    return () => {
      stopped = true;
    };
  }, [name]);

  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      setFailure(undefined);
      setComing(0);
      try {
        const all: Line[] = [];
        let head: Count | undefined;
        let cursor: string | undefined;
        do {
          const query = { limit: pageSize, ...(cursor !== undefined && { cursor }) };
          const page = await call(countRoutes.readCount, { params: { site, id }, query }, { signal: stop.signal });
          const { items, next, asOf, ...count } = page;
          all.push(...items);
          head = count;
          cursor = next;
          setComing(all.length);
          void keep({ ahead: Date.parse(asOf) - Date.now() });
        } while (cursor !== undefined);
        show({ count: head, lines: all, isOld: false });
      } catch (error) {
        if (stop.signal.aborted) return;
        const before = await keptWork<KeptLines>(`${name}/lines`);
        if (!(error instanceof ProblemError) && before?.layout === layout && !lines.current)
          show({ count: before.count, lines: before.lines, isOld: true });
        else setFailure(failureOf(error));
      } finally {
        if (!stop.signal.aborted) setComing(undefined);
      }
    };
    if (isRestored && round >= 0) void load();
    return () => stop.abort();
  }, [site, id, name, round, isRestored, keep, show]);

  const flush = useCallback(async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      for (;;) {
        const next = now.current.queue.find((one) => one.refused === undefined);
        if (!next) return;
        await keep({ queue: now.current.queue.map((one) => (one.key === next.key ? { ...one, tried: true } : one)) });
        try {
          const answer = await call(
            countRoutes.enterCounts,
            { params: { site, id }, body: { entries: [next.entry] } },
            { key: next.key },
          );
          setStuck(false);
          const before = lines.current;
          if (before)
            show({
              ...before,
              count: answer.count,
              lines: mergedLines(before.lines, answer.lines),
              isOld: before.isOld,
            });
          await keep({ queue: now.current.queue.filter((one) => one.key !== next.key) });
        } catch (error) {
          if (!(error instanceof ProblemError)) return setStuck(true);
          const { title, detail } = error.problem;
          const refused = [title, detail].filter(Boolean).join('. ');
          await keep({ queue: now.current.queue.map((one) => (one.key === next.key ? { ...one, refused } : one)) });
        }
      }
    } finally {
      sending.current = false;
    }
  }, [site, id, keep, show]);

  const waits = kept.queue.some((one) => one.refused === undefined);
  useEffect(() => {
    if (!isRestored || !waits) return;
    void flush();
    const timer = setInterval(() => void flush(), retryMs);
    const online = () => void flush();
    addEventListener('online', online);
    return () => {
      clearInterval(timer);
      removeEventListener('online', online);
    };
  }, [isRestored, waits, flush]);

  const reload = useCallback(() => setRound((n) => n + 1), []);

  return {
    loaded: isRestored ? loaded : undefined,
    coming,
    failure,
    queue: kept.queue,
    open: kept.open,
    stuck,
    now: () => new Date(Date.now() + now.current.ahead - roadMs).toISOString(),
    current: () => now.current,
    lineOf: (lot) => lines.current?.lines.find((line) => nameOfLot(line) === nameOfLot(lot)),
    setOpen: (open) => void keep({ open }),
    enter: (entry) => {
      // what was never sent is replaced: two entries of one lot would be a count and a recount
      const others = now.current.queue.filter((one) => one.tried || nameOfLot(one.entry) !== nameOfLot(entry));
      void keep({ queue: [...others, { key: newKey(), entry }], open: undefined });
      void flush();
    },
    drop: (key) => void keep({ queue: now.current.queue.filter((one) => one.key !== key) }),
    sendNow: () => void flush(),
    reload,
    closed: (count) => {
      if (lines.current) show({ ...lines.current, count });
      void keep({ queue: [], open: undefined });
      reload();
    },
  };
};
