/** Paper prescriptions of an outage: which may be entered afterwards. Nobody signed them here, so little is let through. */
import { isControlled, type Medicine } from './medicine.ts';
import type { Policy } from './policy.ts';
import { isOpen, type Prescription, statusAt } from './prescription.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { couldPrescribe, type Person, type Site } from './standing.ts';
import { dayMs, dayStart, tashkentDay, validUntil } from './time.ts';

interface PaperAround {
  readonly prescriber: Person | undefined;
  readonly clinic: Site | undefined;
  /** In the order of the lines, undefined where the code is unknown. */
  readonly medicines: readonly (Medicine | undefined)[];
  readonly policy: Policy;
}

/**
 * Refuses a paper that is of the future or too old, whose prescriber was not licensed at a clinic on that Tashkent day,
 * or that names a controlled medicine: that needs the prescriber's own signature.
 * @throws Refusal `paper-not-allowed`
 */
export const requirePaper = (writtenOn: string, around: PaperAround, now: number): void => {
  const { prescriber, clinic, medicines, policy } = around;
  const earliest = tashkentDay(now - policy.paperDays * dayMs);
  if (writtenOn > tashkentDay(now) || writtenOn < earliest)
    throw refuseAt('paper-not-allowed', '/writtenOn', { days: policy.paperDays });
  if (!prescriber || !clinic || !couldPrescribe(prescriber, clinic, writtenOn))
    throw refuseAt('paper-not-allowed', '/prescriber');
  for (const [i, medicine] of medicines.entries())
    if (medicine && isControlled(medicine.class))
      throw refuseAt('paper-not-allowed', `/lines/${i}/medicine`, { medicine: medicine.code });
};

/**
 * From when and until when a paper is valid: from the first instant of the day it was written.
 * @throws Refusal `prescription-expired` where that is over
 */
export const paperValidity = (
  writtenOn: string,
  validityDays: number,
  now: number,
): { from: number; until: number } => {
  const from = dayStart(writtenOn);
  const until = validUntil(from, validityDays);
  if (now >= until) throw new Refusal('prescription-expired');
  return { from, until };
};

/**
 * Refuses a paper that is in the system already, entered from it before or signed on that day by the same doctor for the
 * same patient: the printed page of a signed prescription looks like one too. What was closed with nothing handed over,
 * such as a slip of the keys, may be entered again.
 * @throws Refusal `paper-known` with the number of the other one
 */
export const requireNewPaper = (
  paper: { readonly prescriber: string; readonly writtenOn: string; readonly medicines: readonly string[] },
  ofPatient: readonly Prescription[],
  now: number,
): void => {
  const isSame = (p: Prescription): boolean =>
    p.prescriber === paper.prescriber && tashkentDay(Date.parse(p.issuedAt)) === paper.writtenOn;
  const counts = (p: Prescription): boolean =>
    p.lines.some((l) => paper.medicines.includes(l.medicine) && (l.dispensed > 0 || isOpen(statusAt(p, now))));
  const known = ofPatient.find((p) => isSame(p) && counts(p));
  if (known) throw new Refusal('paper-known', { number: known.number });
};
