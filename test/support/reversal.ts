/** A movement taken back as a test's keepers do it: alone, or with the yes of a colleague. */
import { createHash } from 'node:crypto';
import type { Actor } from '@darmon/domain/actor';
import { approvedText } from '@darmon/domain/approval';
import type { Once } from '@darmon/domain/once';
import { giveApproval } from '@darmon/usecases/approvals';
import { type ReversalInput, reverseMovement } from '@darmon/usecases/reversals';
import type { House } from './house.ts';

type Wanted = Omit<ReversalInput, 'approval'>;

/** What an approval of this very reversal names. */
export const reversalOf = ({ site, ...body }: Wanted) => ({
  subject: `/api/sites/${site}/reversals`,
  bodyHash: createHash('sha256').update(approvedText(body)).digest('base64url'),
});

/** A colleague's yes to it, good for two minutes. */
export const approveReversal = async (house: House, wanted: Wanted, colleague: string): Promise<string> =>
  (await giveApproval(house.deps, house.actor(colleague, 'own'), reversalOf(wanted), house.once(colleague))).body.id;

export const takeBack = (house: House, by: Actor, wanted: Wanted, once: Once, approval?: string) =>
  reverseMovement(
    house.deps,
    by,
    { ...wanted, ...(approval !== undefined && { approval }) },
    { once, approvable: reversalOf(wanted) },
  );
