/** What of a draft is checked before signing, and what of the answer goes with the signature. Pure. */
import { Reason } from '@darmon/domain/event';
import type { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';
import { type Draft, dosageOf, needsQuantity } from './draft.ts';

export type CheckRequest = BodyOf<typeof routes.checkPrescription>;
export type Check = AnswerOf<typeof routes.checkPrescription>;
/** Reasons by the id of the alert that they answer. */
export type Reasons = Readonly<Record<string, string>>;

/** What of a draft can be judged: the lines that say a whole dose. Undefined while there is nothing to judge. */
export const checkRequestOf = ({ patient, icd10, lines, repeat, boardDecision }: Draft): CheckRequest | undefined => {
  const whole = lines.flatMap((line) => {
    const dosage = dosageOf(line);
    if (!dosage) return [];
    const given = needsQuantity(line) && line.quantity ? { quantity: line.quantity } : {};
    const brand = line.brand === undefined ? {} : { brand: line.brand };
    return [{ medicine: line.medicine.code, dosage, ...given, ...brand }];
  });
  if (!patient || whole.length === 0) return undefined;
  return {
    patient,
    ...(icd10 && { diagnosis: { icd10 } }),
    lines: whole,
    ...(repeat && { repeat }),
    ...(boardDecision?.trim() && { boardDecision }),
  };
};

const isAnswered = (alert: Check['alerts'][number], reasons: Reasons): boolean =>
  alert.severity !== 'contraindicated' && Reason.safeParse(reasons[alert.id]).success;

/** Alerts that keep a prescription from being signed: contraindications, and warnings without a reason. */
export const standingAlerts = (alerts: Check['alerts'], reasons: Reasons): Check['alerts'] =>
  alerts.filter((alert) => !isAnswered(alert, reasons));

/** The reasons that go with a signature: of the alerts that stand, and no others. */
export const overridesOf = (alerts: Check['alerts'], reasons: Reasons): { alert: string; reason: string }[] =>
  alerts
    .filter((alert) => isAnswered(alert, reasons))
    .map(({ id }) => ({ alert: id, reason: (reasons[id] ?? '').trim() }));
