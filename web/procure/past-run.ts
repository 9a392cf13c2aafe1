/**
 * Past use on its way: rows go up in parts that may be sent again, then it is kept some seconds at a time, by whoever asks
 * next. What the device keeps of it is the import's name, so that a reload goes on.
 */
import { pastPartRows } from '@darmon/domain/past-use';
import type { PastUseRow } from '@darmon/domain/sheet-past';
import { routes } from '@darmon/function-procurement/routes';
import type { AnswerOf } from '@darmon/http/route';
import { call } from '../shared/client.ts';
import { sendParts } from '../shared/import-course.ts';
import { patiently } from '../shared/patiently.ts';

export type PastImport = AnswerOf<typeof routes.readPastImport>;

const keptUnder = (site: string): string => `darmon.past-use.${site}`;

/** The import that this device began last for people of this site. */
export const keptPast = (site: string): string | undefined => localStorage.getItem(keptUnder(site)) ?? undefined;
export const forgetPast = (site: string): void => localStorage.removeItem(keptUnder(site));

interface Sending {
  /** Where the person works. */
  readonly home: string;
  /** The only site of the file; absent where its rows name theirs. */
  readonly site: string | undefined;
  readonly name: string;
  readonly replace: boolean;
  readonly rows: readonly PastUseRow[];
  /** Begun before and not sent whole: the same rows go on into it. */
  readonly begun: PastImport | undefined;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends every row and gives the import as the server judged it. Parts that came before are replaced by themselves, so
 * that going on after a broken line doubles nothing.
 */
export const sendPast = async (asked: Sending): Promise<PastImport> => {
  const { home, site, name, replace, rows, begun, onProgress, signal } = asked;
  const isSame =
    begun?.state === 'loading' && begun.name === name && begun.rows === rows.length && begun.replace === replace;
  const body = { rows: rows.length, name, ...(site !== undefined && { site }), ...(replace && { replace }) };
  const { id } = isSame ? begun : await call(routes.startPastImport, { body }, { signal });
  localStorage.setItem(keptUnder(home), id);
  await sendParts(
    rows,
    pastPartRows,
    (from, part) => call(routes.loadPastPart, { params: { id }, body: { from, rows: part } }, { signal }),
    onProgress,
    signal,
  );
  return call(routes.readPastImport, { params: { id } }, { signal });
};

/** Goes on until it is kept; each answer is heard. */
export const keepPast = async (
  id: string,
  onStep: (item: PastImport) => void,
  signal: AbortSignal,
): Promise<PastImport> => {
  for (;;) {
    const item = await patiently(() => call(routes.keepPastImport, { params: { id }, body: {} }, { signal }), signal);
    onStep(item);
    if (item.state === 'posted') return item;
  }
};
