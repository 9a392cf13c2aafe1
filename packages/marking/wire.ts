/**
 * The service's own words: path, question, answer and statuses, as they go over the wire, and what each means here. Owns
 * every name that the operator chose; the README says which of them are certain.
 */
import { Lot } from '@darmon/domain/stock';
import { Day, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';
import type { MarkedPack, MarkingAnswer, MarkingStatus } from './marking.ts';

export const codesPath = '/public/api/cod/public/codes';

/** How many codes one question may hold. */
const mostCodes = 1000;

export const Question = z.object({ codes: z.array(z.string()).max(mostCodes), addCodeHistory: z.boolean().optional() });

/** Of an answer's fields only those that are used; the others may come and go. Absent, null and empty are the same. */
const Item = z.object({
  code: z.string(),
  status: z.string(),
  gtin: z.string().nullish(),
  productSeries: z.string().nullish(),
  expirationDate: z.string().nullish(),
});
const Items = z.array(Item);
type Item = z.infer<typeof Item>;

export const wireStatuses: Readonly<Record<string, MarkingStatus>> = {
  EMITTED: 'issued',
  RECEIVED: 'issued',
  UTILIZED: 'applied',
  APPLIED: 'applied',
  INTRODUCED: 'in-circulation',
  WITHDRAWN: 'withdrawn',
  WRITTEN_OFF: 'written-off',
  RETIRED: 'annulled',
};

const unreadable: MarkingAnswer = { kind: 'unavailable', why: 'unreadable' };

/** The key under which the service knows a pack: AI 01 and AI 21, without the verification key behind them. */
export const codeOf = (pack: MarkedPack): string => `01${pack.gtin}21${pack.serial}`;

const separator = '\u001d';

/** The same key out of a whole code: a leading separator and the groups behind the next one are cut off. */
export const bareCode = (code: string): string =>
  (code.startsWith(separator) ? code.slice(1) : code).split(separator, 1)[0] as string;

/**
 * What the service says of the codes asked. `unknown` is only said where every item of the answer was about a code that was
 * asked: else the service may spell ours in another way, and a pack would be called unknown that is not.
 * @param text the body as it came
 * @param codes as `codeOf` makes them
 * @returns an answer for each code, or undefined if the body as a whole is not of the service's shape
 */
export function readAnswers(text: string, codes: readonly string[]): ReadonlyMap<string, MarkingAnswer> | undefined {
  const items = Items.safeParse(jsonOf(text));
  if (!items.success) return undefined;
  const asked = new Set(codes);
  const answers = new Map<string, MarkingAnswer>();
  let missing: MarkingAnswer = { kind: 'unknown' };
  for (const item of items.data) {
    const code = bareCode(item.code);
    if (!asked.has(code)) missing = unreadable;
    else answers.set(code, answers.has(code) ? unreadable : answerOf(item, code));
  }
  for (const code of codes) if (!answers.has(code)) answers.set(code, missing);
  return answers;
}

function answerOf(item: Item, code: string): MarkingAnswer {
  const status = Object.hasOwn(wireStatuses, item.status) ? wireStatuses[item.status] : undefined;
  const expiryDate = item.expirationDate ? dayOf(item.expirationDate) : undefined;
  if (!status || expiryDate === null || (item.gtin && item.gtin !== code.slice(2, 16))) return unreadable;
  // A series is free text there. One that AI 10 could not hold is on no shelf here: the person at the counter types it.
  const lot = Lot.safeParse(item.productSeries?.trim());
  return { kind: 'known', status, ...(lot.success && { lot: lot.data }), ...(expiryDate && { expiryDate }) };
}

/**
 * The day of an expiry that is given as a day, as a time without a zone (its day) or as an instant. Where the instant is a
 * midnight in Tashkent it is that day; else the day in UTC, which is never the later one of the two. Null if it is none.
 */
function dayOf(text: string): string | null {
  if (Day.safeParse(text).success) return text;
  if (z.iso.datetime({ offset: true }).safeParse(text).success) {
    const ms = Date.parse(text);
    const inTashkent = tashkentDay(ms);
    return Date.parse(`${inTashkent}T00:00:00+05:00`) === ms ? inTashkent : new Date(ms).toISOString().slice(0, 10);
  }
  return z.iso.datetime({ local: true }).safeParse(text).success ? text.slice(0, 10) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
