/** The user pool's triggers have no route: they are called as Cognito calls them, on every road they take. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openMs } from '@darmon/domain/sign-in-watch';
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { poolTriggers } from '@darmon/local/pool-triggers';
import { readTemplate } from '@darmon/local/template';
import { openTable } from '@darmon/table/table';
import { expect } from 'vitest';

/** Tokens are made, and people are refused and come in. Of the last one nobody hears again: that is left to the job. */
export const signInAsCognito = async (cloud: Cloud, assembly: string): Promise<void> => {
  const { functions, triggers } = readTemplate(assembly, () => cloud.table);
  const trigger = functions.find(({ id }) => id === 'AddClaims');
  if (!trigger) throw new Error('the trigger is not in the template');
  const invoke = await loadFunction(trigger);
  const tokenOf = (userName: string, occasion: string) =>
    invoke({
      userName,
      userPoolId: 'region_Pool1',
      triggerSource: `TokenGeneration_${occasion}`,
      request: {},
      response: {},
    });
  const claims = (secondFactor: 'true' | 'false', role: string) => ({
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { 'darmon:second-factor': secondFactor } },
        groupOverrideDetails: { groupsToOverride: [role] },
      },
    },
  });
  expect(await tokenOf('doctor', 'HostedAuth')).toMatchObject(claims('true', 'doctor'));
  expect(await tokenOf('doctor', 'RefreshTokens')).toMatchObject(claims('false', 'doctor'));
  expect(await tokenOf('doctor2', 'HostedAuth')).toMatchObject(claims('false', 'doctor'));

  expect(triggers).toEqual({ PreAuthentication: 'AddClaims', PostAuthentication: 'AddClaims' });
  const pool = poolTriggers(triggers, new Map([['AddClaims', invoke]]));
  await pool.began('doctor');
  await pool.cameIn('doctor');
  for (let n = 0; n < 3; n += 1) await pool.began('doctor');
  await pool.cameIn('doctor');

  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  const before = openTable({ client, table: cloud.table, now: Date.now });
  // a quarter of an hour ago, so that the next attempt settles the one and the job the other
  for (const person of ['pharmacist', 'doctor2']) await before.addAttempt(person, Date.now() - openMs - 1_000);
  await pool.began('pharmacist');
  await pool.cameIn('pharmacist');
  client.destroy();
};
