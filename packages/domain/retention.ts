/**
 * How long what is known of a person is kept. When a time is over, what names the person goes: its key is destroyed, or
 * its sealed fields are emptied. What was supplied, when, where and by whom stays for ever, because sums and the log rest
 * on it; nobody is named there.
 */
import * as z from 'zod';
import { refuseAt } from './refusal.ts';
import { dayStart, tashkentDay } from './time.ts';

const Years = z.int().min(1).max(100);

export const Retention = z.object({
  /** Who a prescription is for and why it was written. */
  prescriptionYears: Years,
  /** The same, where a line is controlled. */
  controlledYears: Years,
  /** Pictures of papers that were entered after an outage. */
  pictureYears: Years,
  /** The words of praise and complaints. */
  feedbackYears: Years,
});
export type Retention = z.infer<typeof Retention>;

/**
 * Until an administrator records others. Controlled: the five years that Uzbekistan asks of records of narcotics, more
 * than the two of the US rules for electronic prescriptions of controlled substances (21 CFR 1311). Others: three years,
 * in which a claim can be brought; no rule that we know names a shorter or a longer time for a paper prescription. A
 * picture is only a proof of what was typed. Cautious choices of ours, for a ministry to put right.
 */
export const firstRetention: Retention = {
  prescriptionYears: 3,
  controlledYears: 5,
  pictureYears: 3,
  feedbackYears: 3,
};

const retentionClasses = ['prescription', 'controlled', 'picture', 'feedback'] as const;
export const RetentionClass = z.enum(retentionClasses).meta({ id: 'RetentionClass' });
export type RetentionClass = z.infer<typeof RetentionClass>;

const yearsOf = (retention: Retention, of: RetentionClass): number => retention[`${of}Years`];

/**
 * Everything of a class that was recorded before this day is over its time. Years are counted from the first of January
 * after the year in which something was recorded, as archives count them; so nothing goes that is still valid.
 */
export const overBefore = (retention: Retention, of: RetentionClass, now: number): string =>
  `${Number(tashkentDay(now).slice(0, 4)) - yearsOf(retention, of)}-01-01`;

/** The first day on which what was recorded at this instant is over its time. */
export const overOn = (retention: Retention, of: RetentionClass, at: string): string =>
  `${Number(tashkentDay(Date.parse(at)).slice(0, 4)) + 1 + yearsOf(retention, of)}-01-01`;

/** True where something of this class is over its time. */
export const isOver = (retention: Retention, of: RetentionClass, at: string, now: number): boolean =>
  Date.parse(at) < dayStart(overBefore(retention, of, now));

/** @throws Refusal `policy-invalid` where controlled ones would be kept for a shorter time than the others */
export const requireRetention = ({ prescriptionYears, controlledYears }: Retention): void => {
  if (controlledYears < prescriptionYears)
    throw refuseAt('policy-invalid', '/retention/controlledYears', { min: prescriptionYears });
};
