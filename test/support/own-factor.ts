/** Setting up a second factor over the API, as an app on a telephone would have its digits. */
import { randomUUID } from 'node:crypto';
import { accountScope } from '@darmon/domain/second-factor';
import { noAttempts, openCode } from '@darmon/local/second-factor';
import type { TestCloud } from './cloud.ts';

/** The digits of a secret now; or, where those of now were used, the next ones, which count already. */
export const digitsOf = (secret: string, which: 'now' | 'next' = 'now'): string => {
  const usedStep = which === 'now' ? noAttempts.usedStep : Math.floor(Date.now() / 30_000);
  return openCode(secret, { ...noAttempts, usedStep }, Date.now()) ?? '';
};

/** A token of a sign-in of just now that may change the account, made with the second factor or not. */
export const accountToken = (
  cloud: Pick<TestCloud, 'token'>,
  person: string,
  { secondFactor = false, authAgeSeconds = 0 } = {},
): Promise<string> =>
  cloud.token(person, { secondFactor, authAgeSeconds, claims: { scope: `openid profile ${accountScope}` } });

/** A new planner. */
export const newPerson = async (cloud: TestCloud, roles = ['planner'], site = 'OF-0001'): Promise<string> => {
  const id = `f-${randomUUID().slice(0, 8)}`;
  const body = { id, name: 'Sinov Xodimi', roles, site, rights: [], active: true };
  const { status } = await cloud.api('admin', 'POST /api/people', { body });
  if (status !== 201) throw new Error(`a person could not be added: ${status}`);
  return id;
};

/** Begins and ends the setting up; the secret. */
export const setUpFactor = async (cloud: TestCloud, person: string): Promise<string> => {
  const token = await accountToken(cloud, person);
  const begun = await cloud.api<{ secret: string }>(person, 'POST /api/me/second-factor', { token });
  const body = { code: digitsOf(begun.body.secret) };
  const { status } = await cloud.api(person, 'POST /api/me/second-factor/confirm', { token, body });
  if (status !== 200) throw new Error(`a second factor could not be set up: ${status}`);
  return begun.body.secret;
};
