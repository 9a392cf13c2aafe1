/** The page's side of reading a file: one worker a file, asked and answered in turn, and ended with it. */
import type { AsnReading } from '@darmon/domain/asn';
import type { Medicine } from '@darmon/domain/medicine';
import { type Mapping, type SheetKind, SheetRefusal } from '@darmon/domain/sheet';
import type { PackFacts, Rows } from '@darmon/domain/sheet-rows';
import { requireSize } from './read-sheet-size.ts';
import type { Ask, Opened, RowOf, Tell } from './sheet-worker.ts';

export type PackList = readonly (readonly [gtin: string, pack: PackFacts])[];

/** Packs of the formulary as rows are judged by; made once a formulary. */
export const packsOf = (medicines: readonly Medicine[]): PackList =>
  medicines.flatMap(({ code, packs }) =>
    packs.map(
      ({ gtin, units, divisibleBy }) =>
        [gtin, { medicine: code, units, ...(divisibleBy !== undefined && { divisibleBy }) }] as const,
    ),
  );

export interface OpenFile<K extends SheetKind> {
  readonly opened: Opened<K>;
  /** What the rows mean where the columns are these. @throws SheetRefusal */
  read(mapping: Mapping<K>, known: { packs: PackList; today: string }): Promise<Rows<RowOf[K]>>;
  close(): void;
}

const tellingsOf = (worker: Worker, onProgress: (share: number) => void) => {
  const ask = (message: Ask): Promise<Exclude<Tell, { kind: 'progress' | 'refused' }>> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Tell>) => {
        if (data.kind === 'progress') onProgress(data.share);
        else if (data.kind === 'refused') reject(new SheetRefusal(data.code, data.facts));
        else resolve(data);
      };
      worker.onerror = () => reject(new SheetRefusal('damaged'));
      worker.postMessage(message);
    });
  return ask;
};

/**
 * Opens a file of the kind; an announcement of a delivery comes out whole. The size is judged before a byte is read.
 * @throws SheetRefusal
 */
export const openSheet = async <K extends SheetKind>(
  file: File,
  of: K,
  today: string,
  onProgress: (share: number) => void,
): Promise<OpenFile<K> | { readonly announced: AsnReading }> => {
  requireSize(file.size);
  const worker = new Worker(new URL('./sheet-worker.ts', import.meta.url), { type: 'module' });
  const ask = tellingsOf(worker, onProgress);
  try {
    const told = await ask({ kind: 'open', file, of, today });
    if (told.kind === 'announced') {
      worker.terminate();
      return { announced: told.reading };
    }
    if (told.kind !== 'opened') throw new SheetRefusal('damaged');
    return {
      opened: told.opened as Opened<K>,
      read: async (mapping, { packs, today: day }) => {
        const answer = await ask({ kind: 'rows', of, mapping, packs, today: day });
        if (answer.kind !== 'rows') throw new SheetRefusal('damaged');
        return answer.rows as Rows<RowOf[K]>;
      },
      close: () => worker.terminate(),
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
};
