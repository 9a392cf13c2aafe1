/**
 * A person's own yes to one request, given with the own token: a prescriber's confirmation of a controlled
 * prescription, a witness at the counter, the second signature of a write-off. It names the path it is for and the hash
 * of the body, holds two minutes, and is used up by the change it allows.
 */
import * as z from 'zod';
import { type Actor, hasFreshSecondFactor, PersonId, Role, SiteId } from './actor.ts';
import { Refusal } from './refusal.ts';
import { Instant } from './time.ts';

export const ApprovalId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'ApprovalId', description: 'ULID; single use' });

/** The path that the approved request is posted to. */
export const ApprovalSubject = z
  .string()
  .regex(/^\/api\/[A-Za-z0-9/_.-]{1,200}$/)
  .meta({ id: 'ApprovalSubject', examples: ['/api/prescriptions'] });

export const BodyHash = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({
    id: 'BodyHash',
    description:
      'base64url SHA-256 of the request body as JSON without spaces, keys sorted at every depth, without its members `approval` and `identity`',
  });

export const Approval = z.object({
  id: ApprovalId,
  subject: ApprovalSubject,
  bodyHash: BodyHash,
  person: PersonId,
  role: Role,
  site: SiteId,
  at: Instant,
  until: Instant,
  /** It was given within minutes of a sign-in with a second factor. */
  secondFactor: z.boolean(),
  used: z.boolean(),
});
export type Approval = z.infer<typeof Approval>;

/** What somebody at a site asks a colleague to approve: the body as it will be posted, and who asks. */
export const ApprovalRequest = z
  .object({
    id: ApprovalId,
    subject: ApprovalSubject,
    bodyHash: BodyHash,
    body: z.record(z.string(), z.unknown()),
    person: PersonId,
    site: SiteId,
    at: Instant,
    until: Instant,
    /** The approval that was given. */
    approval: ApprovalId.exactOptional(),
    /** A colleague said no. */
    declined: z.boolean().exactOptional(),
  })
  .meta({ id: 'ApprovalRequest' });
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** How long a colleague may be asked. */
export const approvalRequestMs = 600_000;

/** What became of a request by `now`. */
export const requestStateAt = (r: ApprovalRequest, now: number): 'pending' | 'approved' | 'declined' | 'lapsed' => {
  if (r.approval !== undefined) return 'approved';
  if (r.declined) return 'declined';
  return now < Date.parse(r.until) ? 'pending' : 'lapsed';
};

/** How long an approval holds. */
export const approvalMs = 120_000;

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
};

/** The text whose SHA-256 an approval names. What it leaves out is the approval itself, and who collects, which is personal. */
export const approvedText = (body: Readonly<Record<string, unknown>>): string => {
  const { approval: _itself, identity: _personal, ...rest } = body;
  return JSON.stringify(sorted(rest));
};

/** What a request shows of itself, to be compared with what was approved. */
export interface Approvable {
  readonly subject: string;
  readonly bodyHash: string;
}

const requireHolds = (approval: Approval | undefined, of: Approvable, now: number): Approval => {
  const holds =
    approval !== undefined &&
    !approval.used &&
    now < Date.parse(approval.until) &&
    approval.subject === of.subject &&
    approval.bodyHash === of.bodyHash;
  if (!holds) throw new Refusal('approval-invalid');
  return approval;
};

/**
 * The prescriber's own confirmation, given with a second factor at most five minutes old.
 * @throws Refusal `second-factor-needed`, `approval-missing`, `approval-invalid`
 */
export const requireConfirmation = (
  approval: { wanted: string | undefined; found: Approval | undefined },
  actor: Actor,
  of: Approvable,
  now: number,
): Approval => {
  if (!hasFreshSecondFactor(actor, now)) throw new Refusal('second-factor-needed');
  if (approval.wanted === undefined) throw new Refusal('approval-missing');
  const held = requireHolds(approval.found, of, now);
  if (held.person !== actor.person || !held.secondFactor) throw new Refusal('approval-invalid');
  return held;
};

/**
 * A second person of the same site, never the author. Whether that person has the author's role too is asked of the
 * account, since somebody with several roles may have said yes in any of them.
 * @throws Refusal `approval-missing`, `approval-invalid`, `approver-is-author`
 */
export const requireWitness = (
  approval: { wanted: string | undefined; found: Approval | undefined },
  actor: Actor,
  of: Approvable,
  now: number,
): Approval => {
  if (approval.wanted === undefined) throw new Refusal('approval-missing');
  if (approval.found?.person === actor.person) throw new Refusal('approver-is-author');
  const held = requireHolds(approval.found, of, now);
  if (held.site !== actor.site) throw new Refusal('approval-invalid');
  return held;
};

/** A document that several persons sign one after another, none of them its author and none of them twice. */
export interface Signable {
  readonly author: string;
  /** Who has signed already. */
  readonly signers: readonly string[];
}

/**
 * The next signature of a document: the actor's own, given for this very document, by somebody who neither drew it up
 * nor signed it before. Who may sign at all is the route's to say.
 * @throws Refusal `approver-is-author`, `signer-repeated`, `approval-missing`, `approval-invalid`
 */
export const requireSignature = (
  approval: { wanted: string | undefined; found: Approval | undefined },
  actor: Actor,
  document: Signable,
  of: Approvable,
  now: number,
): Approval => {
  if (actor.person === document.author) throw new Refusal('approver-is-author');
  if (document.signers.includes(actor.person)) throw new Refusal('signer-repeated');
  if (approval.wanted === undefined) throw new Refusal('approval-missing');
  const held = requireHolds(approval.found, of, now);
  if (held.person !== actor.person) throw new Refusal('approval-invalid');
  return held;
};
