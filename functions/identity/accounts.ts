/** Where people sign in: the Cognito user pool in the cloud. On one machine the local issuer reads the table itself. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Refusal } from '@darmon/domain/refusal';
import { FactorSecret } from '@darmon/domain/second-factor';
import type { Accounts } from '@darmon/usecases/identity';
import type { OwnFactor } from '@darmon/usecases/second-factor';
import { softwareToken } from './second-factor.ts';

/** Accounts in a user pool. Saving twice changes nothing the second time, so a retried change is harmless. */
export const cognitoAccounts = (userPoolId: string, client = new CognitoIdentityProviderClient({})): Accounts => ({
  async save({ id, name, roles, active }) {
    const user = { UserPoolId: userPoolId, Username: id };
    try {
      // people have no address here: nobody is written to, an administrator gives the first password
      const attributes = [{ Name: 'name', Value: name }];
      await client.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: attributes }));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'UsernameExistsException')) throw error;
    }
    const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand(user));
    const had = Groups.map((g) => g.GroupName ?? '');
    for (const role of roles.filter((r) => !had.includes(r)))
      await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: role }));
    for (const group of had.filter((g) => !roles.some((r) => r === g)))
      await client.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: group }));
    await client.send(active ? new AdminEnableUserCommand(user) : new AdminDisableUserCommand(user));
  },
  async setTemporaryPassword(id, password) {
    const user = { UserPoolId: userPoolId, Username: id };
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: false }));
  },
  async hasSecondFactor(id) {
    const { UserMFASettingList = [] } = await client.send(
      new AdminGetUserCommand({ UserPoolId: userPoolId, Username: id }),
    );
    return UserMFASettingList.includes(softwareToken);
  },
  async removeSecondFactor(id) {
    const user = { UserPoolId: userPoolId, Username: id };
    // First the secret itself: with the demand alone gone, whoever found the device could be asked for it again one day.
    await client.send(new AdminDeleteSoftwareTokenCommand(user)).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'SoftwareTokenMFANotFoundException')) throw error;
    });
    await client.send(new AdminSetUserMFAPreferenceCommand({ ...user, SoftwareTokenMfaSettings: { Enabled: false } }));
  },
});

/** What the pool says of digits, by the names of its refusals. */
const verdicts: Readonly<Record<string, Awaited<ReturnType<OwnFactor['confirm']>>>> = {
  EnableSoftwareTokenMFAException: 'wrong',
  CodeMismatchException: 'wrong',
  SoftwareTokenMFANotFoundException: 'not-begun',
  TooManyRequestsException: 'locked',
};

/** The pool takes no token without leave to change the account, and none that it has revoked: both end with a new sign-in. */
const orStale = (error: unknown): never => {
  throw error instanceof Error && error.name === 'NotAuthorizedException' ? new Refusal('sign-in-stale') : error;
};

/**
 * A person's own factor. The pool takes the person's token as the right to it and looks at no policy, so this needs none;
 * what it refuses is not repeated, because each try counts against the person.
 */
export const cognitoFactor = (client = new CognitoIdentityProviderClient({ maxAttempts: 1 })): OwnFactor => ({
  async begin(token) {
    const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: token })).catch(orStale);
    return FactorSecret.parse(SecretCode);
  },
  async confirm(token, code) {
    try {
      const { Status } = await client.send(new VerifySoftwareTokenCommand({ AccessToken: token, UserCode: code }));
      return Status === 'SUCCESS' ? 'right' : 'wrong';
    } catch (error) {
      const verdict = error instanceof Error ? verdicts[error.name] : undefined;
      if (verdict === undefined) return orStale(error);
      return verdict;
    }
  },
  async demand(token) {
    const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
    await client.send(new SetUserMFAPreferenceCommand({ AccessToken: token, SoftwareTokenMfaSettings })).catch(orStale);
  },
});

/** For a machine without a user pool, where nobody has a second factor. */
export const noAccounts: Accounts = {
  save: async () => {},
  setTemporaryPassword: async () => {},
  hasSecondFactor: async () => false,
  removeSecondFactor: async () => {},
};
