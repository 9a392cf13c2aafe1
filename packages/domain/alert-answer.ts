/** How a prescriber goes past a warning: with a written reason for each, and past a contraindication not at all. */
import * as z from 'zod';
import { Reason } from './event.ts';
import { Refusal, type RefusalError } from './refusal.ts';
import type { Alert } from './safety.ts';

export const Override = z
  .strictObject({ alert: z.string().min(1).max(160), reason: Reason })
  .meta({ id: 'AlertOverride', description: 'Why the prescriber goes past a warning, by the id that it has' });
export type Override = z.infer<typeof Override>;

/** Where the medicines of alerts stand among the lines. */
const errorsOf = (alerts: readonly Alert[], lines: readonly { readonly medicine: string }[], detail: string) => {
  const named = new Set(alerts.flatMap((a) => a.medicines));
  return lines.flatMap(({ medicine }, i): RefusalError[] =>
    named.has(medicine) ? [{ pointer: `/lines/${i}/medicine`, detail }] : [],
  );
};

/**
 * The answers that count: one for each warning that stands now. What was answered and stands no more is dropped.
 * @throws Refusal `alert-contraindicated`, `alert-unanswered`; each points at the lines that are meant
 */
export const requireAnswered = (
  alerts: readonly Alert[],
  overrides: readonly Override[],
  lines: readonly { readonly medicine: string }[],
): Override[] => {
  const stopping = alerts.filter((a) => a.severity === 'contraindicated');
  if (stopping.length > 0)
    throw new Refusal('alert-contraindicated', {}, errorsOf(stopping, lines, 'alert-contraindicated'));
  const given = new Map(overrides.map((o) => [o.alert, o]));
  const unanswered = alerts.filter((a) => !given.has(a.id));
  if (unanswered.length > 0)
    throw new Refusal(
      'alert-unanswered',
      { alerts: unanswered.map((a) => a.id).join(' ') },
      errorsOf(unanswered, lines, 'alert-unanswered'),
    );
  return alerts.flatMap((a) => given.get(a.id) ?? []);
};

/** Warnings about the medicines themselves; the others would tell what the patient is allergic to, or expects. */
const openKinds: readonly Alert['kind'][] = ['interaction', 'duplicate-therapy', 'dose-ceiling'];

/** Ids that may stand beside a prescription in the open. */
export const openIds = (alerts: readonly Alert[], answered: readonly Override[]): string[] => {
  const kinds = new Map(alerts.map((a) => [a.id, a.kind]));
  return answered.map((o) => o.alert).filter((id) => openKinds.some((kind) => kind === kinds.get(id)));
};
