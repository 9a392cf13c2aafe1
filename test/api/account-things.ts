/** Staff, and a second factor as each of its routes needs it: to begin, to end, and somebody's to lose. */
import type { Role } from '@darmon/domain/actor';
import type { TestCloud } from '../support/cloud.ts';
import { accountToken, digitsOf, newPerson, setUpFactor } from '../support/own-factor.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
  /** In place of the caller's ordinary one. */
  readonly token?: string;
}

export const accountThings = (cloud: () => TestCloud, own: Readonly<Record<Role, string>>) => {
  const tokenOf = (role: Role) => accountToken(cloud(), own[role], { secondFactor: true });
  return {
    whoAmI: async (): Promise<Thing> => ({ params: {} }),
    listPeople: async (): Promise<Thing> => ({ params: {} }),
    readPerson: async (): Promise<Thing> => ({ params: { id: 'planner' } }),
    givePassword: async (): Promise<Thing> => ({ params: { id: 'planner' } }),
    readSecondFactor: async (): Promise<Thing> => ({ params: {} }),
    beginSecondFactor: async (role: Role): Promise<Thing> => ({ params: {}, token: await tokenOf(role) }),
    finishSecondFactor: async (role: Role): Promise<Thing> => {
      const token = await tokenOf(role);
      const begun = await cloud().api<{ secret: string }>(own[role], 'POST /api/me/second-factor', { token });
      return { params: {}, body: { code: digitsOf(begun.body.secret) }, token };
    },
    removeSecondFactor: async (): Promise<Thing> => {
      const id = await newPerson(cloud());
      await setUpFactor(cloud(), id);
      return { params: { id }, body: { reason: 'the telephone was lost' } };
    },
  };
};
