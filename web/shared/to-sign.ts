/** Which acts wait for whom: a document is signed by somebody who neither drew it up nor signed it before. */
import type { WriteOffState } from '@darmon/domain/write-off';
import type { Me } from './me.ts';

const signers: readonly string[] = ['warehouse', 'pharmacist', 'quality', 'approver', 'chief'];

interface Signable {
  readonly state: WriteOffState;
  readonly author: { readonly person: string };
  readonly signatures: readonly { readonly person: string }[];
}

/** Whether an act waits for this person's signature. */
export const waitsFor = (act: Signable, me: Pick<Me, 'person' | 'roles'>): boolean =>
  act.state === 'requested' &&
  me.roles.some((role) => signers.includes(role)) &&
  act.author.person !== me.person &&
  !act.signatures.some(({ person }) => person === me.person);
