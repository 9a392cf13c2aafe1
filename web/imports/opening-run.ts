/**
 * An opening balance on its way: rows go up in parts that may be sent again, then one word takes them all into the books,
 * and that goes on without the page. What the device keeps of it is the import's name, so that a reload goes on.
 */

import type { OpeningRow } from '@darmon/domain/sheet-rows';
import { importPartRows } from '@darmon/domain/stock-import';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { call, UncertainError } from '../shared/client.ts';
import { sendParts } from '../shared/import-course.ts';
import { patiently } from '../shared/patiently.ts';

export type StockImport = AnswerOf<typeof routes.readImport>;
export type Job = AnswerOf<typeof routes.advanceJob>;

const keptUnder = (site: string): string => `darmon.opening.${site}`;

/** The import of this site that this device began last. */
export const keptImport = (site: string): string | undefined => localStorage.getItem(keptUnder(site)) ?? undefined;
const keepImport = (site: string, id: string): void => localStorage.setItem(keptUnder(site), id);
export const forgetImport = (site: string): void => localStorage.removeItem(keptUnder(site));

interface Sending {
  readonly site: string;
  readonly name: string;
  readonly rows: readonly OpeningRow[];
  /** Begun before and not sent whole: the same rows go on into it. */
  readonly begun: StockImport | undefined;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends every row and gives the import as the server judged it. Parts that came before are replaced by themselves, so
 * that going on after a broken line doubles nothing.
 */
export const sendRows = async ({ site, name, rows, begun, onProgress, signal }: Sending): Promise<StockImport> => {
  const isSame = begun?.state === 'loading' && begun.name === name && begun.rows === rows.length;
  const { id } = isSame
    ? begun
    : await call(
        routes.startImport,
        { params: { site }, body: { kind: 'opening', rows: rows.length, name } },
        { signal },
      );
  keepImport(site, id);
  await sendParts(
    rows,
    importPartRows,
    (from, part) => call(routes.loadImportPart, { params: { site, id }, body: { from, rows: part } }, { signal }),
    onProgress,
    signal,
  );
  return call(routes.readImport, { params: { site, id } }, { signal });
};

/** Goes on with a job until it is done; each answer is heard. */
export const finishJob = async (id: string, onJob: (job: Job) => void, signal: AbortSignal): Promise<Job> => {
  for (;;) {
    const job = await patiently(() => call(routes.advanceJob, { params: { id } }, { signal }), signal);
    if (signal.aborted) throw new UncertainError();
    onJob(job);
    if (job.state === 'done') return job;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};
