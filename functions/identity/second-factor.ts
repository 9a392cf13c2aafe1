/**
 * Whether a token stands for a sign-in with a second factor. Cognito's access tokens do not say how somebody signed in,
 * so it follows from two things: a sign-in has just happened, and the pool asks this person for a factor at each one.
 */
import { AdminGetUserCommand, type CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { accountScope } from '@darmon/domain/second-factor';
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';

/** What the pool calls an authenticator app. */
export const softwareToken = 'SOFTWARE_TOKEN_MFA';

/**
 * The occasions on which a person has just passed every challenge of the pool: Cognito's own pages, and its API. A refresh
 * is none: whoever set a factor up, or stole a session, after the sign-in would have their older proof counted as a newer
 * one. Nor is the first password: Cognito gives tokens for that before any factor is asked for.
 */
const signIns: ReadonlySet<string> = new Set(['TokenGeneration_HostedAuth', 'TokenGeneration_Authentication']);

/**
 * True where the person has switched a factor on in the pool. From then on the pool asks for it at every sign-in, since
 * it remembers no devices (AWS, `SoftwareTokenMfaSettingsType`: "during all sign-in attempts, unless device tracking is
 * turned on and the device has been trusted"); `infra` keeps device tracking off, and a test holds it.
 * Rejects as the pool does where it cannot be asked.
 */
export const signedInWithSecondFactor = async (
  { triggerSource, userPoolId, userName }: PreTokenGenerationV2TriggerEvent,
  pool: CognitoIdentityProviderClient,
): Promise<boolean> => {
  if (!signIns.has(triggerSource)) return false;
  const { UserMFASettingList = [] } = await pool.send(
    new AdminGetUserCommand({ UserPoolId: userPoolId, Username: userName }),
  );
  return UserMFASettingList.includes(softwareToken);
};

/**
 * What a token must not be allowed. Only the pages of the pool give leave to change one's own account, and only at a
 * sign-in: a renewed token would carry it through the day, and Cognito's API gives it to whoever sends a password, past
 * what this function's own routes ask and record.
 */
export const scopesToSuppress = (
  { triggerSource }: Pick<PreTokenGenerationV2TriggerEvent, 'triggerSource'>,
  isStaff: boolean,
): string[] => (isStaff && triggerSource === 'TokenGeneration_HostedAuth' ? [] : [accountScope]);
