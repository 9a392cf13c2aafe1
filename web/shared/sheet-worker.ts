/** Reads a chosen file beside the page, which stays quick meanwhile: fifty thousand rows take seconds on an old machine. */
import { type AsnReading, listOfEpcis } from '@darmon/domain/asn';
import {
  cellText,
  type Mapping,
  recognise,
  type Sheet,
  type SheetKind,
  type SheetNote,
  SheetRefusal,
  type SheetRefusalCode,
} from '@darmon/domain/sheet';
import { type PastUseRow, readPast } from '@darmon/domain/sheet-past';
import { type ReferenceRow, readPrices, readReferences } from '@darmon/domain/sheet-prices';
import {
  columnNames,
  type ExpectedRow,
  type OpeningRow,
  type PackFacts,
  type Rows,
  readExpected,
  readOpening,
  readSites,
  type SiteRow,
} from '@darmon/domain/sheet-rows';
import type { WantedPrice } from '@darmon/domain/supplier';
import { headerNames, siteWords } from '@darmon/i18n/words/sheet-names';
import { readSheet } from './read-sheet.ts';

export interface RowOf {
  readonly opening: OpeningRow;
  readonly sites: SiteRow;
  readonly expected: ExpectedRow;
  readonly past: PastUseRow;
  readonly prices: WantedPrice;
  readonly references: ReferenceRow;
}

/** What a file holds, before it is said which column is which. */
export interface Opened<K extends SheetKind = SheetKind> {
  readonly notes: readonly SheetNote[];
  readonly columns: readonly string[];
  readonly mapping: Mapping<K>;
  /** The first rows, as a person reads them. */
  readonly sample: readonly (readonly string[])[];
  /** Rows below the names of the columns. */
  readonly count: number;
}

export type Ask =
  | { readonly kind: 'open'; readonly file: File; readonly of: SheetKind; readonly today: string }
  | {
      readonly kind: 'rows';
      readonly of: SheetKind;
      readonly mapping: Mapping<SheetKind>;
      readonly packs: readonly (readonly [gtin: string, pack: PackFacts])[];
      readonly today: string;
    };

export type Tell =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'announced'; readonly reading: AsnReading }
  | { readonly kind: 'rows'; readonly rows: Rows<RowOf[SheetKind]> }
  | {
      readonly kind: 'refused';
      readonly code: SheetRefusalCode;
      readonly facts: Readonly<Record<string, string | number>>;
    };

const port = globalThis as unknown as {
  postMessage(message: Tell): void;
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
};

const sampleRows = 4;
let open: { sheet: Sheet; header: number } | undefined;

/** An announcement is an object, and no table begins with a brace. */
const announcementIn = async (file: File, today: string): Promise<AsnReading | undefined> => {
  if (!/^\ufeff?\s*\{/.test(await file.slice(0, 100).text())) return undefined;
  try {
    return listOfEpcis(JSON.parse(await file.text()), today);
  } catch {
    return { problems: [{ code: 'not-epcis', facts: { at: '' } }] };
  }
};

const openFile = async ({ file, of, today }: Extract<Ask, { kind: 'open' }>): Promise<Tell> => {
  const reading = of === 'expected' ? await announcementIn(file, today) : undefined;
  if (reading) return { kind: 'announced', reading };
  const sheet = await readSheet(new Uint8Array(await file.arrayBuffer()), (share) =>
    port.postMessage({ kind: 'progress', share }),
  );
  const { header, mapping } = recognise(sheet, of, headerNames);
  open = { sheet, header };
  const columns = columnNames(sheet, header);
  const sample = sheet.rows
    .slice(header + 1, header + 1 + sampleRows)
    .map(({ cells }) => columns.map((_, column) => cellText(cells[column]).slice(0, 60)));
  return {
    kind: 'opened',
    opened: { notes: sheet.notes, columns, mapping, sample, count: sheet.rows.length - header - 1 },
  };
};

const readRows = ({ of, mapping, packs, today }: Extract<Ask, { kind: 'rows' }>): Tell => {
  if (!open) throw new SheetRefusal('no-rows');
  const { sheet, header } = open;
  if (of === 'sites') return { kind: 'rows', rows: readSites(sheet, { header, mapping }, { words: siteWords }) };
  const known = { packs: new Map(packs), today };
  const head = { header, mapping };
  if (of === 'prices') return { kind: 'rows', rows: readPrices(sheet, head, known) };
  if (of === 'references') return { kind: 'rows', rows: readReferences(sheet, head, known) };
  if (of === 'past') return { kind: 'rows', rows: readPast(sheet, head, known) };
  return { kind: 'rows', rows: of === 'opening' ? readOpening(sheet, head, known) : readExpected(sheet, head, known) };
};

port.onmessage = async ({ data }) => {
  try {
    port.postMessage(data.kind === 'open' ? await openFile(data) : readRows(data));
  } catch (error) {
    const refusal = error instanceof SheetRefusal ? error : new SheetRefusal('damaged');
    port.postMessage({ kind: 'refused', code: refusal.code, facts: refusal.facts });
  }
};
