/**
 * What leaves the house of a closed month: a manifest that names every file by its hash, is signed, and says where the
 * log of events stood; and what the authority answers. Both can be checked by whoever has the keys, without Darmon.
 */
import * as z from 'zod';
import { PersonId, Role } from './actor.ts';
import { CheckAnswer, Digest, type Period, PeriodFile, type PeriodReport } from './period.ts';
import { Month, ReportCheck, ReportFigure, ReportKind } from './report.ts';
import { Instant } from './time.ts';

const Hand = z.object({ person: PersonId, role: Role, at: Instant });

export const Manifest = z.strictObject({
  /** Of this shape. */
  format: z.literal('darmon-period-1'),
  month: Month,
  version: z.int().positive(),
  /** The version that this one takes the place of, and why; `digest` is of its manifest, where it got that far. */
  supersedes: z
    .strictObject({ version: z.int().positive(), digest: Digest.exactOptional(), reason: z.string() })
    .exactOptional(),
  /** From then on nothing got into the month any more. */
  frozenAt: Instant,
  madeAt: Instant,
  reports: z
    .array(
      z.strictObject({
        report: ReportKind,
        madeAt: Instant,
        rows: z.int().nonnegative(),
        figures: z.array(ReportFigure).exactOptional(),
        content: Digest.exactOptional(),
        checks: z.array(ReportCheck),
        files: z.array(PeriodFile),
      }),
    )
    .min(1),
  /** Why checks that do not hold may stand. */
  answers: z.array(CheckAnswer),
  reviewed: Hand,
  signed: z.array(Hand.extend({ secondFactor: z.boolean() })).min(1),
  /** Of the log of events, as it stood when this was made; `checkpoint` is the signed note. */
  log: z.strictObject({ size: z.int().nonnegative(), root: z.string(), checkpoint: z.string() }),
});
export type Manifest = z.infer<typeof Manifest>;

/** Names of the two files that are about the others. */
export const manifestName = 'manifest.json';
export const signatureName = 'manifest.jws';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
};

/** The same text for the same value, always: keys sorted at every depth, no spaces. */
export const canonicalText = (value: unknown): string => JSON.stringify(sorted(value));

/** What people review and sign: every report with its files and checks, in the order of their kinds. */
export const contentsText = (period: Pick<Period, 'month' | 'version'>, reports: readonly PeriodReport[]): string =>
  canonicalText({
    month: period.month,
    version: period.version,
    reports: [...reports].sort((a, b) => (a.report < b.report ? -1 : 1)),
  });

/** The manifest of a period that people have signed. @throws Error where it is not signed */
export const manifestOf = (
  period: Period,
  reports: readonly PeriodReport[],
  log: Manifest['log'],
  madeAt: string,
): Manifest => {
  const { review, signatures } = period;
  if (!review || signatures.length === 0) throw new Error(`${period.month} is not signed`);
  const { answers, site: _place, ...reviewed } = review;
  return {
    format: 'darmon-period-1',
    month: period.month,
    version: period.version,
    ...(period.supersedes && { supersedes: period.supersedes }),
    frozenAt: period.frozenAt,
    madeAt,
    reports: [...reports].sort((a, b) => (a.report < b.report ? -1 : 1)),
    answers,
    reviewed,
    signed: signatures.map(({ site: _where, ...hand }) => hand),
    log,
  };
};

/** What the authority signs: that this very package came, and what becomes of it. */
export const AuthorityReceipt = z.object({
  format: z.literal('darmon-receipt-1'),
  month: Month,
  version: z.int().positive(),
  /** Of the manifest that it got. */
  digest: Digest,
  number: z.string().min(1).max(80),
  at: Instant,
  status: z.enum(['accepted', 'refused']),
  reason: z.string().max(1_000).exactOptional(),
});
export type AuthorityReceipt = z.infer<typeof AuthorityReceipt>;
