import type { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { beforeEach, expect, test } from 'vitest';
import { scopesToSuppress, signedInWithSecondFactor } from './second-factor.ts';

const asked: unknown[] = [];
beforeEach(() => {
  asked.length = 0;
});

/** A pool in which the person has switched these factors on. */
const poolWith = (factors: readonly string[] | undefined): CognitoIdentityProviderClient => {
  const send = async ({ input }: AdminGetUserCommand) => {
    asked.push(input);
    return { ...(factors && { UserMFASettingList: factors }) };
  };
  return { send } as unknown as CognitoIdentityProviderClient;
};

const at = (triggerSource: string) =>
  ({ triggerSource, userPoolId: 'region_Pool1', userName: 'doctor' }) as PreTokenGenerationV2TriggerEvent;

const withApp = ['SOFTWARE_TOKEN_MFA'];

test('a sign-in of somebody who has an authenticator app in the pool was made with it', async () => {
  for (const triggerSource of ['TokenGeneration_HostedAuth', 'TokenGeneration_Authentication'])
    expect(await signedInWithSecondFactor(at(triggerSource), poolWith(withApp)), triggerSource).toBe(true);
  expect(asked).toEqual(Array(2).fill({ UserPoolId: 'region_Pool1', Username: 'doctor' }));
});

test.each([undefined, [], ['EMAIL_OTP'], ['SMS_MFA']])('a sign-in of somebody with %j was not', async (factors) => {
  expect(await signedInWithSecondFactor(at('TokenGeneration_HostedAuth'), poolWith(factors))).toBe(false);
});

test.each([
  'TokenGeneration_RefreshTokens',
  'TokenGeneration_NewPasswordChallenge',
  'TokenGeneration_AuthenticateDevice',
  'TokenGeneration_SomethingNew',
])('%s proves no second factor, whatever the person has, and the pool is not asked', async (triggerSource) => {
  expect(await signedInWithSecondFactor(at(triggerSource), poolWith(withApp))).toBe(false);
  expect(asked).toEqual([]);
});

test('a pool that cannot be asked is an error, not a factor', async () => {
  const pool = { send: () => Promise.reject(new Error('no answer')) } as unknown as CognitoIdentityProviderClient;
  await expect(signedInWithSecondFactor(at('TokenGeneration_HostedAuth'), pool)).rejects.toThrow('no answer');
});

test('only a sign-in of staff on the pool’s own pages gives a token that may change the account', () => {
  expect(scopesToSuppress(at('TokenGeneration_HostedAuth'), true)).toEqual([]);
  const admin = ['aws.cognito.signin.user.admin'];
  expect(scopesToSuppress(at('TokenGeneration_HostedAuth'), false)).toEqual(admin);
  for (const occasion of [
    'Authentication',
    'RefreshTokens',
    'NewPasswordChallenge',
    'AuthenticateDevice',
    'SomethingNew',
  ])
    expect(scopesToSuppress(at(`TokenGeneration_${occasion}`), true), occasion).toEqual(admin);
});
