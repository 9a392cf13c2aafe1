/** Where people sign in: the Cognito user pool in the cloud. On one machine the local issuer reads the table itself. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Accounts } from '@darmon/usecases/identity';

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
});

/** For a machine without a user pool. */
export const noAccounts: Accounts = { save: async () => {}, setTemporaryPassword: async () => {} };
