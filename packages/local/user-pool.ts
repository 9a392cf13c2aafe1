/**
 * Cognito's API on loopback: accepts what the identity function tells the user pool, so that its code is the same here
 * and in the cloud. Of accounts it keeps nothing, because the local issuer reads people from the table itself; second
 * factors are real, with its names for what it refuses.
 */
import { text } from 'node:stream/consumers';
import { accountScope } from '@darmon/domain/second-factor';
import type { Person } from '@darmon/domain/standing';
import * as z from 'zod';
import { type Factors, openFactors } from './factors.ts';
import { type Loopback, serveLoopback } from './loopback.ts';

export type UserPool = Loopback;

export interface UserPoolOptions {
  /** The person of this id, also one who may not sign in. */
  readonly find: (id: string) => Promise<Person | undefined>;
  readonly factors: Factors;
  /** Whom a token of the issuer was made for and what it may; undefined for one that does not count. */
  readonly verify: (token: string) => Promise<{ readonly person: string; readonly scope: string } | undefined>;
}

/** A refusal by its name in AWS's models. */
class PoolError extends Error {
  constructor(name: string, message = name) {
    super(message);
    this.name = name;
  }
}

const OfPool = z.looseObject({ UserPoolId: z.string().min(1), Username: z.string().min(1).max(128) });
const WithToken = z.looseObject({ AccessToken: z.string().min(1) });
const Preference = z.looseObject({ SoftwareTokenMfaSettings: z.looseObject({ Enabled: z.boolean() }) });
const Code = z.looseObject({ UserCode: z.string() });

type Asked = Readonly<Record<string, unknown>>;
/** What a person's own token may; the pool asks no other right for it. */
type OwnOperation = (factors: Factors, person: Person, asked: Asked) => object;
type Administration = (options: UserPoolOptions, username: string, asked: Asked) => object | Promise<object>;

/** Somebody whom the table does not know has no factor. */
const known = async ({ find }: UserPoolOptions, id: string): Promise<Pick<Person, 'id' | 'rights'>> =>
  (await find(id)) ?? { id, rights: [] };

const prefer = (factors: Factors, person: Pick<Person, 'id' | 'rights'>, asked: Asked): object => {
  if (!factors.demand(person, Preference.parse(asked).SoftwareTokenMfaSettings.Enabled))
    throw new PoolError('InvalidParameterException', 'User has not verified software token mfa');
  return {};
};

const administration: Readonly<Record<string, Administration>> = {
  AdminCreateUser: (_, Username) => ({
    User: { Username, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD', Attributes: [] },
  }),
  AdminGetUser: async (options, Username) => ({
    Username,
    Enabled: true,
    UserStatus: 'CONFIRMED',
    UserAttributes: [],
    ...(options.factors.of(await known(options, Username)) && { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }),
  }),
  AdminListGroupsForUser: () => ({ Groups: [] }),
  AdminAddUserToGroup: () => ({}),
  AdminRemoveUserFromGroup: () => ({}),
  AdminDisableUser: () => ({}),
  AdminEnableUser: () => ({}),
  AdminSetUserPassword: () => ({}),
  AdminSetUserMFAPreference: async (options, username, asked) =>
    prefer(options.factors, await known(options, username), asked),
  AdminDeleteSoftwareToken: async (options, username) => {
    options.factors.remove(await known(options, username));
    return {};
  },
};

const verdicts = {
  wrong: 'EnableSoftwareTokenMFAException',
  used: 'EnableSoftwareTokenMFAException',
  locked: 'TooManyRequestsException',
  'not-begun': 'SoftwareTokenMFANotFoundException',
} as const;

const own: Readonly<Record<string, OwnOperation>> = {
  AssociateSoftwareToken: (factors, person) => ({ SecretCode: factors.begin(person) }),
  VerifySoftwareToken: (factors, person, asked) => {
    const verdict = factors.confirm(person, Code.parse(asked).UserCode);
    if (verdict !== 'accepted') throw new PoolError(verdicts[verdict]);
    return { Status: 'SUCCESS' };
  },
  SetUserMFAPreference: prefer,
};

const answerTo = async (options: UserPoolOptions, operation: string, asked: Asked): Promise<object> => {
  const ownOperation = Object.hasOwn(own, operation) ? own[operation] : undefined;
  if (ownOperation) {
    const token = await options.verify(WithToken.parse(asked).AccessToken);
    if (!token?.scope.split(' ').includes(accountScope))
      throw new PoolError('NotAuthorizedException', 'Access Token does not have required scopes');
    const person = await options.find(token.person);
    if (!person?.active) throw new PoolError('NotAuthorizedException');
    return ownOperation(options.factors, person, asked);
  }
  const answer = Object.hasOwn(administration, operation) ? administration[operation] : undefined;
  if (!answer) throw new PoolError('UnknownOperationException', operation);
  return answer(options, OfPool.parse(asked).Username, asked);
};

/** Nobody is known, and nobody has a factor. */
const empty = (): UserPoolOptions => ({
  find: async () => undefined,
  factors: openFactors(':memory:', new Uint8Array(1), Date.now),
  verify: async () => undefined,
});

/** Serves on an ephemeral loopback port. */
export async function startUserPool(options: UserPoolOptions = empty()): Promise<UserPool> {
  return serveLoopback(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^AWSCognitoIdentityProviderService\./, '');
    const [status, body] = await answerTo(options, operation, JSON.parse((await text(request)) || '{}')).then(
      (answer) => [200, answer] as const,
      (error: unknown) => {
        const name = error instanceof PoolError ? error.name : 'InvalidParameterException';
        return [400, { __type: name, message: error instanceof PoolError ? error.message : operation }] as const;
      },
    );
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
}
