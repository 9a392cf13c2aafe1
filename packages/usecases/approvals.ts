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
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

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
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
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
      const answer = { id: request.id, bodyHash: request.bodyHash, until: request.until };
      const event = eventOf(deps, actor, 'approval-asked', now, { request: request.id, subject: request.subject });
      const change = changeOf(event, now, once, { status: 201, reference: request.id, answer });
      await deps.table.commitApprovalRequest(request, change);
      return { status: 201, body: answer };
    },
    asAnswered<{ id: string; bodyHash: string; until: string }>,
  );

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
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
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
      const answer = { id: approval.id, until: approval.until };
      const event = eventOf(deps, actor, 'approval-given', now, { approval: approval.id, subject: approval.subject });
      const change = changeOf(event, now, once, { status: 201, reference: approval.id, answer });
      await deps.table.commitApproval({ approval }, request, change);
      return { status: 201, body: answer };
    },
    asAnswered<{ id: string; until: string }>,
  );

/**
 * Says no to a colleague, who then knows at once.
 * @throws Refusal of standing, `not-found`, `approver-is-author`, `approval-invalid`, `key-reused`
 */
export const declineApproval = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const request = await requireAnswerable(deps, actor, input.id);
      const event = eventOf(deps, actor, 'approval-declined', now, { request: request.id }, input.reason);
      const answer = { id: request.id };
      const change = changeOf(event, now, once, { status: 200, reference: request.id, answer });
      await deps.table.commitApproval({ declined: request }, request, change);
      return { status: 200, body: answer };
    },
    asAnswered<{ id: string }>,
  );
