/**
 * Keeping what is being written on the server, a moment after the hand rests. Nothing of a patient is stored on the
 * device: without a network the page itself keeps it, and says so.
 */
import { routes } from '@darmon/function-prescribing/routes';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, type Failure, failureOf, newKey } from '../shared/client.ts';

export interface Kept {
  readonly id: string;
  readonly version: number;
  readonly savedAt: string;
}

const restMs = 2_500;

/**
 * Saves `body` under `title` whenever it has changed and rested; `body` undefined: nothing to keep. `begun` is the
 * draft that the page goes on with. `settle` waits for what is under way, so that a signature names the last version.
 */
export const useKeptDraft = (
  body: Record<string, unknown> | undefined,
  title: string | undefined,
  begun: Kept | undefined,
) => {
  const [kept, setKept] = useState<Kept | undefined>(begun);
  const [failure, setFailure] = useState<Failure | undefined>();
  const held = useRef<Kept | undefined>(begun);
  const stopped = useRef(false);
  const underWay = useRef<Promise<void>>(Promise.resolve());
  const text = body && JSON.stringify(body);
  const savedText = useRef<string | undefined>(undefined);

  useEffect(() => {
    if (!begun || held.current) return;
    held.current = begun;
    setKept(begun);
  }, [begun]);

  const save = useCallback(async (json: string, name: string | undefined) => {
    if (stopped.current || savedText.current === json) return;
    const content = { body: JSON.parse(json) as Record<string, unknown>, ...(name !== undefined && { title: name }) };
    const known = held.current;
    try {
      const answer = known
        ? await call(
            routes.saveDraft,
            { params: { id: known.id }, body: { version: known.version, ...content } },
            { key: newKey() },
          )
        : await call(routes.startDraft, { body: content }, { key: newKey() });
      held.current = answer;
      savedText.current = json;
      setKept(answer);
      setFailure(undefined);
    } catch (error) {
      setFailure(failureOf(error));
    }
  }, []);

  useEffect(() => {
    if (text === undefined) return;
    const timer = setTimeout(() => {
      underWay.current = underWay.current.then(() => save(text, title));
    }, restMs);
    return () => clearTimeout(timer);
  }, [text, title, save]);

  /** Saves at once, for a page that is about to be left; undefined where it could not be saved. */
  const keepNow = async (): Promise<Kept | undefined> => {
    if (text === undefined) return undefined;
    stopped.current = false;
    underWay.current = underWay.current.then(() => save(text, title));
    await underWay.current;
    return savedText.current === text ? held.current : undefined;
  };

  /** Saves no more, and says which draft there is; `resume` goes on where what it was stopped for did not happen. */
  const settle = useCallback(async (): Promise<Kept | undefined> => {
    stopped.current = true;
    await underWay.current;
    return held.current;
  }, []);
  const resume = useCallback(() => {
    stopped.current = false;
  }, []);
  return { kept, failure, settle, resume, keepNow, saved: text !== undefined && savedText.current === text };
};
