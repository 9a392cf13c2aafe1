/**
 * Who approves a requisition: by its value, by its region, in whose place by delegation, and never the own. Above the
 * highest limit two persons do, one of them with the highest role.
 */
import * as z from 'zod';
import { PersonId } from './actor.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { approvalValue, type Requisition, requireStep, signatures, sinceSubmitted } from './requisition.ts';
import { Region } from './standing.ts';
import { Day } from './time.ts';

export const approverRoles = ['approver', 'chief'] as const;
export const ApproverRole = z.enum(approverRoles).meta({ id: 'ApproverRole' });
export type ApproverRole = z.infer<typeof ApproverRole>;

export const RegionApprovers = z
  .object({
    region: Region,
    /** Nobody: every approver of the country approves for it. */
    persons: z.array(PersonId).max(20),
    version: z.int().positive(),
  })
  .meta({ id: 'RegionApprovers', description: 'Who beside the chiefs approves for a region' });
export type RegionApprovers = z.infer<typeof RegionApprovers>;

/** What an approval is judged by. Limits are tiyin that one person of a role approves alone. */
export interface ApprovalRules {
  readonly limits: Readonly<Record<ApproverRole, number>>;
  /** Approvers named for the region; empty: every approver. */
  readonly named: readonly string[];
}

/** A person who lets another approve in the own place, from one day to another. */
export const Delegation = z
  .object({
    person: PersonId,
    to: PersonId,
    from: Day,
    until: Day,
    version: z.int().positive(),
  })
  .meta({
    id: 'Delegation',
    description: '`to` approves in the place of `person` from the first through the last day',
  });
export type Delegation = z.infer<typeof Delegation>;

/** A year of absence is a new appointment. */
const longestDelegationDays = 366;
const daysBetween = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / 86_400_000;

/** @throws Refusal `delegation-invalid` for oneself, for days that are over, in the wrong order or too many */
export const requireDelegation = ({ person, to, from, until }: Omit<Delegation, 'version'>, today: string): void => {
  if (person === to) throw refuseAt('delegation-invalid', '/to');
  if (until < today) throw refuseAt('delegation-invalid', '/until', { from: today });
  const days = daysBetween(from, until);
  if (days < 0 || days > longestDelegationDays) throw refuseAt('delegation-invalid', '/until', { from });
};

/** @throws Refusal `delegation-missing` where nobody lets this person approve in that place on that day */
export const requireDelegated = (delegation: Delegation | undefined, person: string, day: string): void => {
  if (!delegation || delegation.to !== person || day < delegation.from || day > delegation.until)
    throw new Refusal('delegation-missing');
};

/** Who approves, and in which role: the own, or that of the person in whose place. */
export interface Approver {
  readonly person: string;
  readonly role: ApproverRole;
  readonly instead?: string;
}

/** How many persons approve a value, and whether one of them must be a chief. */
export const approvalsNeeded = (value: number, limits: ApprovalRules['limits']): { count: 1 | 2; chief: boolean } => {
  if (value <= limits.approver) return { count: 1, chief: false };
  return { count: value <= limits.chief ? 1 : 2, chief: true };
};

/** Whoever had a hand in what is to be approved: who drew it up, changed it, submitted, authorised or raised it. */
const handsIn = (head: Requisition): ReadonlySet<string> =>
  new Set([
    head.author,
    ...head.editors,
    ...sinceSubmitted(head)
      .filter(({ step }) => step === 'submit' || step === 'authorise' || step === 'raise')
      .map(({ person }) => person),
  ]);

const mayForRegion = (by: Approver, named: readonly string[]): boolean =>
  by.role === 'chief' || named.length === 0 || named.includes(by.instead ?? by.person);

/**
 * Whether this approval is the last one needed. The order of refusals is that of what can be put right least.
 * @throws Refusal `document-closed`, `approver-is-author` (also for the person in whose place), `signer-repeated`,
 * `approval-region`, `lines-unpriced`, `price-over-limit` where prices are too high and no reason is given,
 * `approval-limit` with the limit
 */
export const judgeApproval = (
  head: Requisition,
  by: Approver,
  rules: ApprovalRules,
  reason: string | undefined,
): { complete: boolean } => {
  requireStep(head, 'approve');
  const names = [by.person, ...(by.instead === undefined ? [] : [by.instead])];
  const hands = handsIn(head);
  if (names.some((name) => hands.has(name))) throw new Refusal('approver-is-author');
  const signed = signatures(head);
  const signers = new Set(signed.flatMap(({ person, instead }) => [person, instead]));
  if (names.some((name) => signers.has(name))) throw new Refusal('signer-repeated');
  if (!mayForRegion(by, rules.named)) throw new Refusal('approval-region');
  if (head.unpriced > 0) throw refuseAt('lines-unpriced', '/lines', { lines: head.unpriced });
  if (head.overLimit > 0 && reason === undefined) throw refuseAt('price-over-limit', '/reason');
  const { count, chief } = approvalsNeeded(approvalValue(head), rules.limits);
  const hasChief = by.role === 'chief' || signed.some(({ role }) => role === 'chief');
  const complete = signed.length + 1 >= count;
  if (complete && chief && !hasChief) throw new Refusal('approval-limit', { limit: rules.limits.approver });
  return { complete };
};
