/** A trigger: before a token is made, adds who the person is here. Whoever is not active staff gets no roles. */
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { connectTable } from '@darmon/table/connect';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import * as z from 'zod';

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const table = connectTable(env.TABLE_NAME, Date.now);

export const handler = jobFunction(instrumentsOf('add-claims'), async (event: PreTokenGenerationV2TriggerEvent) => {
  const { person } = await table.loadStanding(event.userName, 'NONE');
  const staff = person?.active ? person : undefined;
  const claims = {
    'darmon:person': event.userName,
    'darmon:site': staff?.site ?? '',
    'darmon:rights': staff?.rights.join(' ') ?? '',
    name: staff?.name ?? '',
  };
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: { claimsToAddOrOverride: claims },
    idTokenGeneration: { claimsToAddOrOverride: claims },
    groupOverrideDetails: { groupsToOverride: staff ? [...staff.roles] : [] },
  };
  return event;
});
