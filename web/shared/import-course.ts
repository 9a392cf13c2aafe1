/**
 * How a file of rows becomes an import: read here, sent in parts that may be sent again, judged there, and taken in by one
 * word, which goes on without the page. What was begun before the page was opened goes on from where it is.
 */
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from './client.ts';
import { patiently } from './patiently.ts';

/** Where it is. `going` is what was heard last of taking it in. */
export type ImportStage<Item, Going, Outcome> =
  | { readonly at: 'file' }
  | { readonly at: 'sending'; readonly done: number; readonly of: number }
  | { readonly at: 'judged'; readonly item: Item }
  | { readonly at: 'taking'; readonly item: Item; readonly going: Going | undefined }
  | { readonly at: 'done'; readonly outcome: Outcome };

/** What one kind of rows makes of it. */
export interface ImportCourse<File, Item, Going, Outcome> {
  /** Whose import it is, as the device keeps its name. */
  readonly of: string;
  /** The import that this device began last; undefined where it knows of none. */
  find(signal: AbortSignal): Promise<Item> | undefined;
  /** From where that one goes on; `over` where all is done, or nothing was written and only a mended file goes on. */
  stands(item: Item): 'taking' | 'begun' | 'judged' | 'over';
  /** Sends every row, into `begun` where it is of the same file, and gives the import as the server judged it. */
  send(file: File, begun: Item | undefined, onProgress: (done: number) => void, signal: AbortSignal): Promise<Item>;
  take(item: Item, onGoing: (going: Going) => void, signal: AbortSignal): Promise<Outcome>;
  /** Takes its name from the device. */
  forget(): void;
  /** What is to be asked anew once it is in the books. */
  readonly changes: QueryKey;
}

export const useImportCourse = <
  File extends { readonly rows: { readonly rows: readonly unknown[] } },
  Item,
  Going,
  Outcome,
>(
  course: ImportCourse<File, Item, Going, Outcome>,
) => {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [stage, setStage] = useState<ImportStage<Item, Going, Outcome>>({ at: 'file' });
  const [begun, setBegun] = useState<Item>();
  const [failure, setFailure] = useState<Failure>();
  const stop = useRef(new AbortController());

  const take = async (item: Item): Promise<void> => {
    setFailure(undefined);
    setStage({ at: 'taking', item, going: undefined });
    const { signal } = stop.current;
    try {
      const outcome = await course.take(item, (going) => setStage({ at: 'taking', item, going }), signal);
      course.forget();
      setBegun(undefined);
      setStage({ at: 'done', outcome });
      await queries.invalidateQueries({ queryKey: course.changes });
    } catch (error) {
      if (!signal.aborted) setFailure(failureOf(error));
    }
  };
  const now = useRef({ course, take });
  now.current = { course, take };
  useEffect(() => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    now.current.course.find(signal)?.then(
      (item) => {
        const stands = now.current.course.stands(item);
        if (stands === 'taking') void now.current.take(item);
        else if (stands === 'begun') setBegun(() => item);
        else if (stands === 'judged') setStage({ at: 'judged', item });
        else now.current.course.forget();
      },
      () => undefined,
    );
    return () => stop.current.abort();
  }, [course.of]);

  const send = async (chosen: File): Promise<void> => {
    const of = chosen.rows.rows.length;
    setFailure(undefined);
    setStage({ at: 'sending', done: 0, of });
    try {
      const onProgress = (done: number) => setStage({ at: 'sending', done, of });
      const item = await course.send(chosen, begun, onProgress, stop.current.signal);
      setBegun(() => item);
      setStage({ at: 'judged', item });
    } catch (error) {
      setStage({ at: 'file' });
      setFailure(failureOf(error));
    }
  };
  const choose = (read: File | undefined): void => {
    setFile(() => read);
    setStage({ at: 'file' });
  };
  const again = (): void => {
    course.forget();
    setBegun(undefined);
    setFailure(undefined);
    choose(undefined);
  };
  return { file, stage, begun, failure, choose, send, take, again };
};

/** Sends rows in parts of `size`, each until it is answered, and without their place in the file. */
export const sendParts = async <Row extends object>(
  rows: readonly (Row & { readonly row?: number })[],
  size: number,
  load: (from: number, part: Row[]) => Promise<unknown>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  onProgress(0);
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size).map(({ row: _, ...values }) => values as unknown as Row);
    await patiently(() => load(from, part), signal);
    onProgress(from + part.length);
  }
};
