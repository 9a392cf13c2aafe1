/**
 * Cognito's administration on loopback: accepts what the identity function tells the user pool, so that its code is the
 * same here and in the cloud. It keeps nothing, because the local issuer reads people from the table itself.
 */
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { type Loopback, serveLoopback } from './loopback.ts';

export type UserPool = Loopback;

/** Whether the person of this id has set up a second factor. */
type HasSecondFactor = (person: string) => Promise<boolean>;

const Administration = z.looseObject({ UserPoolId: z.string().min(1), Username: z.string().min(1).max(128) });

type Operation = (username: string, hasSecondFactor: HasSecondFactor) => object | Promise<object>;

const operations: Readonly<Record<string, Operation>> = {
  AdminCreateUser: (Username) => ({
    User: { Username, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD', Attributes: [] },
  }),
  AdminGetUser: async (Username, hasSecondFactor) => ({
    Username,
    Enabled: true,
    UserStatus: 'CONFIRMED',
    UserAttributes: [],
    ...((await hasSecondFactor(Username)) && { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }),
  }),
  AdminListGroupsForUser: () => ({ Groups: [] }),
  AdminAddUserToGroup: () => ({}),
  AdminRemoveUserFromGroup: () => ({}),
  AdminDisableUser: () => ({}),
  AdminEnableUser: () => ({}),
  AdminSetUserPassword: () => ({}),
};

/** Serves on an ephemeral loopback port. Without being told otherwise, nobody has a second factor. */
export async function startUserPool(hasSecondFactor: HasSecondFactor = async () => false): Promise<UserPool> {
  return serveLoopback(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^AWSCognitoIdentityProviderService\./, '');
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    const asked = Administration.safeParse(JSON.parse((await text(request)) || '{}'));
    const [status, body] =
      answer && asked.success
        ? [200, await answer(asked.data.Username, hasSecondFactor)]
        : [400, { __type: answer ? 'InvalidParameterException' : 'UnknownOperationException', message: operation }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
}
