/**
 * Praise and complaints about a site, tied to a dispense where the patient has its receipt, and the signal that several
 * complaints about one lot raise.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { DispenseId } from './dispense.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Lot } from './stock.ts';
import { Instant } from './time.ts';

export const feedbackKinds = ['praise', 'complaint'] as const;
export const FeedbackKind = z.enum(feedbackKinds).meta({ id: 'FeedbackKind' });
export type FeedbackKind = z.infer<typeof FeedbackKind>;

export const feedbackSubjects = ['service', 'price', 'waiting', 'staff', 'medicine', 'other'] as const;
export const FeedbackSubject = z.enum(feedbackSubjects).meta({ id: 'FeedbackSubject' });
export type FeedbackSubject = z.infer<typeof FeedbackSubject>;

export const maxFeedbackText = 1_000;

/** What people send. `line` is the number of the medicine on the receipt; without it all of the receipt is meant. */
export const FeedbackGiven = z
  .object({
    site: SiteId,
    kind: FeedbackKind,
    about: FeedbackSubject,
    text: z.string().trim().min(3).max(maxFeedbackText),
    receipt: z
      .string()
      .trim()
      .max(60)
      .exactOptional()
      .meta({ description: '`<number>.<n>.<secret>`, as the receipt has it' }),
    line: z.int().min(1).max(20).exactOptional(),
  })
  .meta({ id: 'FeedbackGiven' });
export type FeedbackGiven = z.infer<typeof FeedbackGiven>;

export const FeedbackLot = z.object({ gtin: Gtin, lot: Lot, medicine: MedicineCode }).meta({ id: 'FeedbackLot' });
export type FeedbackLot = z.infer<typeof FeedbackLot>;

const about = {
  id: z.string(),
  at: Instant,
  site: SiteId,
  kind: FeedbackKind,
  about: FeedbackSubject,
  /** The dispense whose receipt came along. */
  dispense: DispenseId.exactOptional(),
  /** What a complaint about a medicine is about. */
  lots: z.array(FeedbackLot).exactOptional(),
};

/** As it is stored: the words under a key of their own. */
export const Feedback = z.object({ ...about, wrappedKey: z.string(), sealed: z.record(z.string(), z.string()) });
export type Feedback = z.infer<typeof Feedback>;

/** As an auditor reads it. */
export const FeedbackView = z
  .object({
    ...about,
    text: z.string(),
    /** The words were destroyed; `text` is empty. */
    erased: z.literal(true).exactOptional(),
  })
  .meta({ id: 'Feedback' });

/** Complaints about one lot, one for each prescription: a patient who complains twice is still one. */
export const LotSignal = z.object({
  ...FeedbackLot.shape,
  prescriptions: z.array(z.string()),
  version: z.int().nonnegative(),
  /** The auditor knows since. One lot raises one signal. */
  raisedAt: Instant.exactOptional(),
});
export type LotSignal = z.infer<typeof LotSignal>;

export const SignalView = z
  .object({ ...FeedbackLot.shape, complaints: z.int(), raisedAt: Instant })
  .meta({ id: 'LotSignal', description: 'A lot that patients complain about' });

/** One complaint more about a lot, and the signal where it is the one that reaches `enough`. */
export const withComplaint = (
  before: LotSignal | undefined,
  lot: FeedbackLot,
  prescription: string,
  enough: number,
  at: string,
): LotSignal => {
  const known = before ?? { ...lot, prescriptions: [], version: 0 };
  const prescriptions = known.prescriptions.includes(prescription)
    ? known.prescriptions
    : [...known.prescriptions, prescription].slice(-maxKept);
  const raised = known.raisedAt === undefined && prescriptions.length >= enough;
  return { ...known, prescriptions, version: known.version + 1, ...(raised && { raisedAt: at }) };
};

/** More than any policy waits for. */
const maxKept = 1_000;

/** A code of a receipt taken apart; undefined for what cannot be one. The secret is six characters of Crockford's base32. */
export const readReceiptCode = (text: string): { number: string; n: number; secret: string } | undefined => {
  const [, number, n, secret] = /^([^.]{13,17})\.([1-9]\d{0,3})\.([0-9A-Za-z]{6})$/.exec(text) ?? [];
  if (number === undefined || n === undefined || secret === undefined) return undefined;
  return { number, n: Number(n), secret: secret.toUpperCase() };
};
