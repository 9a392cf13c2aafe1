/** What a patient has at home or may still collect, and for how long: what a new prescription can meet. */
import type { Dispense } from './dispense.ts';
import { asOf, isOpen, lineStatusAt, type Prescription, type PrescriptionLine, statusAt } from './prescription.ts';
import { dayMs, tashkentDay } from './time.ts';

export interface ActiveLine {
  readonly medicine: string;
  readonly line: PrescriptionLine;
  /** Whole days that it is still taken, counted from today; at least 1. */
  readonly remainingDays: number;
}

/** Days of the course that a part of the quantity is for. */
const daysOf = ({ dosage, quantity }: PrescriptionLine, units: number): number =>
  Math.ceil((dosage.days * units) / quantity);

const dayNumber = (day: string): number => Math.round(Date.parse(day) / dayMs);

/** Days until what was handed over of a line is used up: what comes later is taken after what was there before. */
const supplyDays = (line: PrescriptionLine, dispenses: readonly Dispense[], today: string): number => {
  const given = dispenses
    .filter((d) => !d.undone)
    .sort((a, b) => a.n - b.n)
    .flatMap((d) =>
      d.lines
        .filter((l) => l.line === line.line)
        .map((l) => ({
          on: dayNumber(tashkentDay(Date.parse(d.at))),
          days: (line.dosage.days * l.quantity) / line.quantity,
        })),
    );
  const until = given.reduce((end, { on, days }) => Math.max(end, on) + days, 0);
  return Math.max(0, Math.ceil(until - 1e-9) - dayNumber(today));
};

/** Days for which the rest may still be collected and taken; of a repeat, through the issues that are to come. */
const openDays = (p: Prescription, line: PrescriptionLine, now: number): number => {
  const status = statusAt(p, now);
  if (!isOpen(status) || (p.cancel && status !== 'claimed')) return 0;
  const toCome = p.repeat ? p.repeat.issues - p.repeat.current : 0;
  if (toCome > 0) return (p.repeat?.everyDays ?? 0) * toCome + line.dosage.days;
  const waits = ['to-dispense', 'partially-dispensed', 'owed'].includes(lineStatusAt(line, status, false));
  return waits ? daysOf(line, Math.max(0, line.quantity - line.dispensed)) : 0;
};

/** How far back a prescription can lie that still counts: the longest validity that a policy allows, and two courses. */
export const lookBackDays = 366 + 2 * 365;

/** False where every course is surely over, so that nothing more need be read of it; a pack can last as long again. */
export const canCount = (p: Prescription, now: number): boolean =>
  now < Date.parse(p.validUntil) + 2 * dayMs * Math.max(...p.lines.map((l) => l.dosage.days));

/**
 * Lines of a prescription that count at `now` (milliseconds): to be collected yet, or handed over and not used up. A
 * line that is cancelled, lapsed or finished counts for nothing.
 */
export const activeLines = (stored: Prescription, dispenses: readonly Dispense[], now: number): ActiveLine[] => {
  const p = asOf(stored, now);
  const today = tashkentDay(now);
  return p.lines.flatMap((line): ActiveLine[] => {
    const remainingDays = Math.max(supplyDays(line, dispenses, today), openDays(p, line, now));
    return remainingDays > 0 ? [{ medicine: line.medicine, line, remainingDays }] : [];
  });
};
