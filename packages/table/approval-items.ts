/** Approvals as items: given once, used once, gone after a day. */
import { Approval } from '@darmon/domain/approval';
import { dayMs, instant } from '@darmon/domain/time';
import { approvalKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put, update } from './transact.ts';

export const parseApproval = (item: Item): Approval => Approval.parse(item);

export const giveApprovalAction = (table: string, approval: Approval): Action =>
  put(
    table,
    { ...approvalKey(approval.id), ...approval, ttl: Math.ceil((Date.parse(approval.until) + dayMs) / 1000) },
    absent,
    'changed',
  );

/** Uses an approval up; the database refuses one that is used, or that has run out by `now`. */
export const useApprovalAction = (table: string, approval: Approval, now: number): Action =>
  update(
    table,
    approvalKey(approval.id),
    { expression: 'SET #used = :used', names: { '#used': 'used' }, values: { ':used': true } },
    {
      expression: '#used = :unused AND #until > :now',
      names: { '#until': 'until' },
      values: { ':unused': false, ':now': instant(now) },
    },
    'approval-invalid',
  );
