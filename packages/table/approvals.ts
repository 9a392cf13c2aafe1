/** Approvals and the requests for them: who said yes to what, and what colleagues at a site are still asked. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Approval, ApprovalRequest, approvalRequestMs } from '@darmon/domain/approval';
import { dayMs, instant } from '@darmon/domain/time';
import { giveApprovalAction } from './approval-items.ts';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { absent, put, update } from './transact.ts';

/** More than a site ever asks in the minutes that a request lives. */
const mostPending = 50;

export const approvalsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadApprovalRequest(site: string, id: string): Promise<ApprovalRequest | undefined> {
      const item = await engine.readOne(key.approvalRequestKey(site, id));
      return item && ApprovalRequest.parse(item);
    },
    /** Requests of a site that nobody can have forgotten yet, newest first; an engine may delete old ones late. */
    async listApprovalRequests(site: string): Promise<ApprovalRequest[]> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: { ':pk': key.approvalsPartition(site), ':sk': 'REQUEST#' },
          ScanIndexForward: false,
          Limit: mostPending,
        }),
      );
      return (answer.Items ?? []).map((i) => ApprovalRequest.parse(i));
    },
    async commitApprovalRequest(request: ApprovalRequest, change: Change): Promise<void> {
      const ttl = Math.ceil((Date.parse(request.at) + approvalRequestMs + dayMs) / 1000);
      await engine.commit([
        put(table, { ...key.approvalRequestKey(request.site, request.id), ...request, ttl }, absent, 'changed'),
        ...engine.changeActions(key.approvalsPartition(request.site), change),
      ]);
    },
    /** A yes, and the request that it answers; or a no. One request has one answer. */
    async commitApproval(
      answer: { approval: Approval } | { declined: ApprovalRequest },
      request: ApprovalRequest | undefined,
      change: Change,
    ): Promise<void> {
      const site = change.event.actor.site;
      const said = 'approval' in answer ? { approval: answer.approval.id } : { declined: true };
      const [[name, value] = []] = Object.entries(said);
      await engine.commit([
        ...('approval' in answer ? [giveApprovalAction(table, answer.approval)] : []),
        ...(request
          ? [
              update(
                table,
                key.approvalRequestKey(request.site, request.id),
                { expression: 'SET #said = :said', names: { '#said': String(name) }, values: { ':said': value } },
                {
                  expression:
                    'attribute_exists(pk) AND attribute_not_exists(#approval) AND attribute_not_exists(#declined) AND #until > :now',
                  names: { '#approval': 'approval', '#declined': 'declined', '#until': 'until' },
                  values: { ':now': instant(change.now) },
                },
                'approval-invalid',
              ),
            ]
          : []),
        ...engine.changeActions(key.approvalsPartition(site), change),
      ]);
    },
  };
};
