/** Events: each change writes exactly one, in its own transaction, and none is ever changed. Nothing personal stands in one. */
import * as z from 'zod';
import { PersonId, Role, SiteId } from './actor.ts';
import { Instant } from './time.ts';

const eventTypes = [
  'prescription-issued',
  'prescription-claimed',
  'prescription-released',
  'prescription-cancelled',
  'cancel-requested',
  'prescription-dispensed',
  'dispense-undone',
  'prescription-looked-up',
  'patient-looked-up',
  'patient-registered',
  'stock-received',
  'lot-state-changed',
  'person-saved',
  'password-given',
  'second-factor-begun',
  'second-factor-set',
  'second-factor-removed',
  'site-saved',
  'system-bootstrapped',
  'formulary-imported',
  'prescription-entered',
  'line-not-dispensed',
  'page-opened',
  'page-locked',
  'page-unlocked',
  'feedback-given',
  'signal-raised',
  'patient-changed',
  'patient-history-read',
  'draft-saved',
  'draft-discarded',
  'templates-saved',
  'approval-asked',
  'approval-given',
  'approval-declined',
  'pack-set-aside',
  'pack-released',
  'pack-refused',
  'marking-checked',
  'policy-saved',
  'population-saved',
  'knowledge-imported',
  'knowledge-approved',
  // stock documents
  'import-opened',
  'import-posted',
  'stock-posted',
  'stock-reversed',
  'stock-placed',
  'expected-announced',
  'discrepancy-resolved',
  'lot-released',
  'lot-blocked',
  'transfer-requested',
  'transfer-approved',
  'transfer-refused',
  'transfer-picked',
  'transfer-shipped',
  'transfer-received',
  'transfer-cancelled',
  'write-off-requested',
  'write-off-signed',
  'write-off-approved',
  'write-off-refused',
  'write-off-withdrawn',
  'count-opened',
  'count-entered',
  'count-posted',
  'count-cancelled',
  'recall-opened',
  'recall-worked',
  'recall-found',
  'recall-notified',
  'recall-closed',
  'temperature-read',
  'supplier-saved',
  'prices-saved',
  'order-opened',
  'order-sent',
  'order-delivered',
  'order-undelivered',
  'order-acknowledged',
  'order-cancelled',
  'order-closed',
  'order-kept',
  'invoice-entered',
  'invoice-corrected',
  'invoice-cancelled',
  'invoice-paid',
  'invoice-payment-reversed',
  'photo-kept',
  // requisitions and their money
  'past-use-opened',
  'past-use-posted',
  'past-use-kept',
  'requisition-drafted',
  'requisition-changed',
  'requisition-submitted',
  'requisition-authorised',
  'requisition-signed',
  'requisition-approved',
  'requisition-rejected',
  'requisition-skipped',
  'requisition-reopened',
  'requisition-released',
  'requisition-settled',
  'requisition-raised',
  'delegation-saved',
  'budget-set',
  'reference-prices-saved',
  // closing a month
  'period-frozen',
  'period-computed',
  'period-reviewed',
  'period-signed',
  'period-packaged',
  'period-submitted',
  'period-acknowledged',
  'period-refused',
  'period-undelivered',
  'period-corrected',
  // a person's rights
  'data-exported',
  'erasure-asked',
  'erasure-confirmed',
  'erasure-refused',
  'patient-erased',
  'content-removed',
  'hold-set',
  'hold-lifted',
  'look-reviewed',
  // what the daily analysis finds
  'case-opened',
  'case-extended',
  'case-taken',
  'case-noted',
  'case-decided',
  'case-reopened',
  'sign-in-refused',
  'log-finding-acknowledged',
  'device-clock-read',
] as const;
export const EventType = z.enum(eventTypes).meta({ id: 'EventType' });
export type EventType = z.infer<typeof EventType>;

export const Event = z
  .object({
    id: z.string().meta({ description: 'ULID' }),
    at: Instant,
    type: EventType,
    /** Of the public page there is no member of staff: `patient`, without a role, and the site that it concerns. */
    actor: z.object({ person: PersonId, role: Role.exactOptional(), site: SiteId }),
    reason: z.string().exactOptional(),
    /** What changed, as plain values: quantities, lots, statuses, ids. */
    changes: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event', description: 'One recorded change' });
export type Event = z.infer<typeof Event>;

/** Who opened a page or gave feedback: nobody who could be named. No member of staff may be called so. */
export const patientActor = (site: string): Event['actor'] => ({ person: 'patient', site });

/** Whose a draft is that the weekly plan made by itself. No member of staff may be called so either. */
export const planActor = (site: string): Event['actor'] => ({ person: 'weekly-plan', site });

/** Who takes away what is over its time. No member of staff may be called so either. */
export const retentionActor = (site: string): Event['actor'] => ({ person: 'retention', site });

/** Who opens cases: no person. They lie at no one site, so their days are those of a site that does not exist. */
export const analysisActor: Event['actor'] = { person: 'daily-analysis', site: 'COUNTRY' };

/** Where that lies which happens at no one site. */
export const countrySite = analysisActor.site;

/** Why somebody did something. */
export const Reason = z
  .string()
  .trim()
  .min(3)
  .max(300)
  .meta({ id: 'Reason', description: 'Why, in a few words; nothing personal' });
