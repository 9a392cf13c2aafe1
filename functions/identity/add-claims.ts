/**
 * The user pool's triggers. Before a token is made, adds who the person is here and whether a second factor stood behind
 * the sign-in; whoever is not active staff gets no roles. Around the password, sees who tries and who comes in.
 */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import * as z from 'zod';
import { scopesToSuppress, signedInWithSecondFactor } from './second-factor.ts';
import { type SignInEvent, signInWatch } from './watch-sign-ins.ts';

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('add-claims');
const watch = signInWatch(live, instruments.logger);
// Cognito waits five seconds for the whole: two tries have to fit in.
const pool = new CognitoIdentityProviderClient({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
});

/** Nobody is kept from signing in because a factor could not be seen; what needs one is refused then, and the log rings. */
const secondFactor = (event: PreTokenGenerationV2TriggerEvent): Promise<boolean> =>
  signedInWithSecondFactor(event, pool).catch((error: unknown) => {
    instruments.logger.error('second factor not seen', { fault: error instanceof Error ? error.name : 'unknown' });
    return false;
  });

const isToken = (event: PreTokenGenerationV2TriggerEvent | SignInEvent): event is PreTokenGenerationV2TriggerEvent =>
  event.triggerSource.startsWith('TokenGeneration_');

export const handler = jobFunction(instruments, async (event: PreTokenGenerationV2TriggerEvent | SignInEvent) => {
  if (!isToken(event)) {
    await watch(event);
    return event;
  }
  const [{ person }, confirmed] = await Promise.all([
    live.table.loadStanding(event.userName, 'NONE'),
    secondFactor(event),
    // whoever replaces a temporary password comes in by that, and the pool may tell of it in no other way
    event.triggerSource === 'TokenGeneration_NewPasswordChallenge' ? watch(event) : undefined,
  ]);
  const staff = person?.active ? person : undefined;
  const claims = {
    'darmon:person': event.userName,
    'darmon:site': staff?.site ?? '',
    'darmon:rights': staff?.rights.join(' ') ?? '',
    'darmon:second-factor': String(confirmed),
    name: staff?.name ?? '',
  };
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: {
      claimsToAddOrOverride: claims,
      scopesToSuppress: scopesToSuppress(event, staff !== undefined),
    },
    idTokenGeneration: { claimsToAddOrOverride: claims },
    groupOverrideDetails: { groupsToOverride: staff ? [...staff.roles] : [] },
  };
  return event;
});
