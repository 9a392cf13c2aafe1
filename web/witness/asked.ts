/** What a colleague is asked to witness, read from the question as the server keeps it: never from words of who asks. */
import type { ApprovalRequest } from '@darmon/domain/approval';
import { parseScan } from '@darmon/domain/scan';
import { DispenseRequest } from '@darmon/function-dispensing/routes';
import { ReversalRequest } from '@darmon/function-inventory/ledger-routes';
import type * as z from 'zod';

/** Units of one lot, or one scanned pack. */
export interface Taken {
  readonly gtin: string;
  readonly lot?: string;
  readonly expiryDate?: string;
  readonly serial?: string;
  readonly quantity?: number;
}

export interface AskedLine {
  readonly line: number;
  /** Nothing where the line is not handed over. */
  readonly quantity: number;
  /** Empty where the server takes the lots that expire first. */
  readonly taken: readonly Taken[];
}

export interface AskedHandOver {
  readonly prescription: string;
  readonly lines: readonly AskedLine[];
}

const subjectOf = /^\/api\/prescriptions\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/dispenses$/;

const packOf = (raw: string, today: string): Taken | undefined => {
  const read = parseScan(raw, { today });
  if (read.kind !== 'pack') return undefined;
  const { gtin, lot, expiryDate, serial } = read;
  return {
    gtin,
    ...(lot !== undefined && { lot }),
    ...(expiryDate !== undefined && { expiryDate }),
    ...(serial !== undefined && { serial }),
  };
};

/**
 * The hand-over that is asked about; undefined where the question is of something else or says what cannot be shown, so
 * that nobody confirms what they did not see.
 * @param today `YYYY-MM-DD`, for the centuries of years on packs
 */
export const handOverOf = (
  { subject, body }: Pick<ApprovalRequest, 'subject' | 'body'>,
  today: string,
): AskedHandOver | undefined => {
  const prescription = subjectOf.exec(subject)?.[1];
  const read = DispenseRequest.safeParse(body);
  if (prescription === undefined || !read.success) return undefined;
  const lines: AskedLine[] = [];
  for (const one of read.data.lines) {
    if ('notDispensed' in one) {
      lines.push({ line: one.line, quantity: 0, taken: [] });
      continue;
    }
    const packs = (one.scans ?? []).map((raw) => packOf(raw, today));
    if (packs.some((pack) => pack === undefined)) return undefined;
    lines.push({
      line: one.line,
      quantity: one.quantity,
      taken: [...(one.lots ?? []), ...packs.filter((pack) => pack !== undefined)],
    });
  }
  return { prescription, lines };
};

const reversalSubject = /^\/api\/sites\/([^/]+)\/reversals$/;

/** A movement that somebody wants to take back, and where. */
export type AskedReversal = z.infer<typeof ReversalRequest> & { readonly site: string };

/** The same of a movement; undefined where the question is of something else. */
export const reversalOf = ({ subject, body }: Pick<ApprovalRequest, 'subject' | 'body'>): AskedReversal | undefined => {
  const site = reversalSubject.exec(subject)?.[1];
  const read = ReversalRequest.safeParse(body);
  return site === undefined || !read.success ? undefined : { ...read.data, site };
};

/** The newest question of each person about each thing: an earlier one was asked before something changed. */
export const newestOf = <Q extends Pick<ApprovalRequest, 'id' | 'person' | 'subject'>>(
  questions: readonly Q[],
): Q[] => {
  const newest = new Map<string, Q>();
  for (const question of questions) {
    const about = `${question.person} ${question.subject}`;
    const before = newest.get(about);
    if (!before || before.id < question.id) newest.set(about, question);
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};
