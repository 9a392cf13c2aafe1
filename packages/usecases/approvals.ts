/** Asking a colleague, and saying yes or no with one's own token. What is approved is the hash of a body, never its author's words. */
import { createHash } from 'node:crypto';
import { type Actor, hasFreshSecondFactor } from '@darmon/domain/actor';
import {
  type Approval,
  type ApprovalRequest,
  approvalMs,
  approvalRequestMs,
  approvedText,
  requestStateAt,
} from '@darmon/domain/approval';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { instant } from '@darmon/domain/time';
import { changeAs, type Deps } from './deps.ts';

const hashOf = (body: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(approvedText(body)).digest('base64url');

const requestView = (r: ApprovalRequest, now: number) => ({ ...r, state: requestStateAt(r, now) });

/** Asks the colleagues of the own site. Who collects a medicine stays out of what is kept: it is personal, and approved by nobody. */
export const askApproval = (
  deps: Deps,
  actor: Actor,
  input: { subject: string; body: Readonly<Record<string, unknown>> },
  once: Once,
) =>
  changeAs(deps, actor, once, async (now) => {
    const { identity: _personal, approval: _other, ...body } = input.body;
    const request: ApprovalRequest = {
      id: deps.id(),
      subject: input.subject,
      bodyHash: hashOf(body),
      body,
      person: actor.person,
      site: actor.site,
      at: instant(now),
      until: instant(now + approvalRequestMs),
    };
    return {
      body: { id: request.id, bodyHash: request.bodyHash, until: request.until },
      status: 201,
      reference: request.id,
      type: 'approval-asked',
      changes: { request: request.id, subject: request.subject },
      commit: (change) => deps.table.commitApprovalRequest(request, change),
    };
  });

/** What colleagues of the own site are asked now; the own questions are not among them. */
export const listApprovalRequests = async (deps: Deps, actor: Actor) => {
  const now = deps.now();
  const requests = await deps.table.listApprovalRequests(actor.site);
  const items = requests.map((r) => requestView(r, now));
  return { items: items.filter((r) => r.state === 'pending' && r.person !== actor.person) };
};

/** @throws Refusal `not-found`, also for a request of another site */
export const readApprovalRequest = async (deps: Deps, actor: Actor, id: string) => {
  const request = await deps.table.loadApprovalRequest(actor.site, id);
  if (!request) throw new Refusal('not-found');
  return requestView(request, deps.now());
};

/** The request that is answered: of the own site, still open, and not the own. */
const requireAnswerable = async (deps: Deps, actor: Actor, id: string): Promise<ApprovalRequest> => {
  const request = await deps.table.loadApprovalRequest(actor.site, id);
  if (!request) throw new Refusal('not-found');
  if (request.person === actor.person) throw new Refusal('approver-is-author');
  if (requestStateAt(request, deps.now()) !== 'pending') throw new Refusal('approval-invalid');
  return request;
};

/**
 * Says yes to one request: it holds two minutes and is used once. With `request` it answers a colleague, and must be
 * for the very body that was asked about.
 * @throws Refusal of standing, `not-found`, `approver-is-author`, `approval-invalid`, `key-reused`
 */
export const giveApproval = (
  deps: Deps,
  actor: Actor,
  input: { subject: string; bodyHash: string; request?: string },
  once: Once,
) =>
  changeAs(deps, actor, once, async (now) => {
    const request = input.request === undefined ? undefined : await requireAnswerable(deps, actor, input.request);
    if (request && (request.subject !== input.subject || request.bodyHash !== input.bodyHash))
      throw new Refusal('approval-invalid');
    const approval: Approval = {
      id: deps.id(),
      subject: input.subject,
      bodyHash: input.bodyHash,
      person: actor.person,
      role: actor.role,
      site: actor.site,
      at: instant(now),
      until: instant(now + approvalMs),
      secondFactor: hasFreshSecondFactor(actor, now),
      used: false,
    };
    return {
      body: { id: approval.id, until: approval.until },
      status: 201,
      reference: approval.id,
      type: 'approval-given',
      changes: { approval: approval.id, subject: approval.subject },
      commit: (change) => deps.table.commitApproval({ approval }, request, change),
    };
  });

/**
 * Says no to a colleague, who then knows at once.
 * @throws Refusal of standing, `not-found`, `approver-is-author`, `approval-invalid`, `key-reused`
 */
export const declineApproval = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeAs(deps, actor, once, async () => {
    const request = await requireAnswerable(deps, actor, input.id);
    return {
      body: { id: request.id },
      reference: request.id,
      type: 'approval-declined',
      changes: { request: request.id },
      reason: input.reason,
      commit: (change) => deps.table.commitApproval({ declined: request }, request, change),
    };
  });
