/**
 * Cognito's administration on loopback: accepts what the identity function tells the user pool, so that its code is the
 * same here and in the cloud. It keeps nothing, because the local issuer reads people from the table itself.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

export interface UserPool {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const Administration = z.looseObject({ UserPoolId: z.string().min(1), Username: z.string().min(1).max(128) });

const operations: Readonly<Record<string, (username: string) => object>> = {
  AdminCreateUser: (Username) => ({
    User: { Username, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD', Attributes: [] },
  }),
  AdminGetUser: (Username) => ({ Username, Enabled: true, UserStatus: 'CONFIRMED', UserAttributes: [] }),
  AdminListGroupsForUser: () => ({ Groups: [] }),
  AdminAddUserToGroup: () => ({}),
  AdminRemoveUserFromGroup: () => ({}),
  AdminDisableUser: () => ({}),
  AdminEnableUser: () => ({}),
  AdminSetUserPassword: () => ({}),
  AdminUserGlobalSignOut: () => ({}),
};

/** Serves on an ephemeral loopback port. */
export async function startUserPool(): Promise<UserPool> {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^AWSCognitoIdentityProviderService\./, '');
    const answer = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    const asked = Administration.safeParse(JSON.parse((await text(request)) || '{}'));
    const [status, body] =
      answer && asked.success
        ? [200, answer(asked.data.Username)]
        : [400, { __type: answer ? 'InvalidParameterException' : 'UnknownOperationException', message: operation }];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the user pool has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
