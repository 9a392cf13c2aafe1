/**
 * Who people are. The user pool holds how somebody signs in; roles, sites, rights and licences are in the table, and
 * the trigger copies them into each token, so that no request needs a read to know its actor.
 */
import { routes } from '@darmon/function-identity/routes';
import { type CfnResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPool,
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ApiParts } from './api.ts';
import { type Data, pin } from './data.ts';
import { type House, ServiceFunction } from './service-function.ts';

/** One group a role, in the order of the domain's list of roles (a test compares the two). */
const groups = [
  'doctor',
  'pharmacist',
  'warehouse',
  'quality',
  'planner',
  'approver',
  'chief',
  'auditor',
  'admin',
] as const;

/** Names the API for tokens that carry an audience; Cognito's access tokens carry the client instead. */
const apiAudience = 'urn:darmon:api';

/** The user pool with its groups, its sign-in pages and the function behind its triggers. */
export class UserPools extends Construct {
  readonly pool: UserPool;
  readonly addClaims: ServiceFunction;
  /** Origins the web app calls to sign in: the issuer and the sign-in pages. */
  readonly origins: readonly string[];

  constructor(scope: Construct, house: House, data: Data) {
    super(scope, 'users');
    this.addClaims = new ServiceFunction(this, house, {
      name: 'add-claims',
      description: 'Puts who a person is, and whether a second factor was used, into the token; sees refused sign-ins',
      errorImpact:
        'Nobody can sign in or renew a session, and within 15 minutes every doctor and pharmacy stands still; or, where the log says that a second factor was not seen, nobody can sign a controlled prescription; or, where it says that a sign-in was not watched, refused ones are missing from the trail.',
      environment: { TABLE_NAME: data.table.tableName },
      // Cognito gives a trigger five seconds and tries three times.
      timeoutSeconds: 5,
    });
    // A person is read together with a site; at sign-in that is the site that does not exist.
    data.open(this.addClaims, {
      get: ['SIGN-IN#*'],
      getMany: ['PERSON#*', 'SITE#NONE', 'POLICY', 'RECALLS'],
      put: ['SIGN-IN#*'],
      update: ['SIGN-IN#*'],
    });

    this.pool = pin(
      new UserPool(this, 'pool', {
        userPoolName: 'darmon',
        selfSignUpEnabled: false,
        signInAliases: { username: true },
        signInCaseSensitive: false,
        // People have no address or telephone here: an admin resets a password, the next sign-in changes it.
        accountRecovery: AccountRecovery.NONE,
        passwordPolicy: {
          minLength: 12,
          requireLowercase: true,
          requireUppercase: true,
          requireDigits: true,
          requireSymbols: true,
          passwordHistorySize: 5,
          tempPasswordValidity: Duration.days(3),
        },
        // No `deviceTracking`: a device that Cognito trusts is not asked for the second factor, and the trigger relies
        // on everybody who has one being asked each time.
        mfa: Mfa.OPTIONAL,
        mfaSecondFactor: { otp: true, sms: false },
        featurePlan: FeaturePlan.PLUS,
        standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
        deletionProtection: true,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      'UserPool',
    );
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason:
        'A second factor is offered to everybody and demanded where harm is possible: signing a controlled medicine refuses a session without one. Demanding it for every counter would lock out pharmacies that share one machine and own no telephone.',
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, this.addClaims.lambda, LambdaVersion.V2_0);
    // The pool tells it of each password too. Said to the template itself: the permission to call the function is there
    // already, and CDK would add the same one twice more.
    for (const moment of ['PreAuthentication', 'PostAuthentication'])
      (this.pool.node.defaultChild as CfnUserPool).addPropertyOverride(
        `LambdaConfig.${moment}`,
        this.addClaims.lambda.functionArn,
      );
    // A policy of its own, beside the role: in the role's own one it would close a circle, since the pool waits for the
    // function, the function for its role, and this right for the pool. The function learns the pool from its event.
    new Policy(this, 'sees-second-factors', {
      roles: [this.addClaims.role],
      statements: [new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [this.pool.userPoolArn] })],
    });

    for (const [precedence, groupName] of groups.entries())
      new CfnUserPoolGroup(this, groupName, {
        userPoolId: this.pool.userPoolId,
        groupName,
        precedence,
      });

    const { account, region } = Stack.of(this);
    const prefix = `darmon-${account}`;
    const domain = this.pool.addDomain('domain', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.origins = [`https://cognito-idp.${region}.amazonaws.com`, domain.baseUrl()];
  }

  /**
   * The web app as a client: public, code flow with PKCE, back to `<publicUrl>/callback` and nowhere else. A session
   * lasts a working day; its tokens 15 minutes, after which a closed account is closed.
   */
  clientOf(publicUrl: string): UserPoolClient {
    const client = this.pool.addClient('web', {
      userPoolClientName: 'darmon-web',
      generateSecret: false,
      // Sign-in goes through Cognito's own pages; this names the one flow left for them to use.
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        // The last one is asked for where somebody sets up a second factor; the trigger takes it out of every other token.
        scopes: [OAuthScope.OPENID, OAuthScope.PROFILE, OAuthScope.COGNITO_ADMIN],
        callbackUrls: [`${publicUrl}/callback`],
        logoutUrls: [`${publicUrl}/`],
      },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.hours(12),
      // A stolen refresh token is worth one use; the grace covers an answer lost on a weak network.
      refreshTokenRotationGracePeriod: Duration.seconds(30),
    });
    (client.node.defaultChild as CfnResource).overrideLogicalId('WebClient');
    new CfnManagedLoginBranding(this, 'sign-in-pages', {
      userPoolId: this.pool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return client;
  }

  /** Lets in whoever holds a token of this pool for our client. Which role may do what is the route table's matter. */
  authorizerFor(client: UserPoolClient): HttpJwtAuthorizer {
    return new HttpJwtAuthorizer('authorizer', this.pool.userPoolProviderUrl, {
      jwtAudience: [client.userPoolClientId, apiAudience],
    });
  }
}

/** Staff, sites and licences. The only function that may change anything in the user pool. */
export const deployIdentity = (
  scope: Construct,
  house: House,
  parts: ApiParts & { readonly users: UserPools },
): ServiceFunction => {
  const { data, api, authorizer, users } = parts;
  const identity = new ServiceFunction(scope, house, {
    name: 'identity',
    description: 'Staff, sites, licences; who is signed in',
    errorImpact: 'Admins cannot add or close accounts, sites and licences; who is signed in already can go on working.',
    environment: {
      TABLE_NAME: data.table.tableName,
      USER_POOL_ID: users.pool.userPoolId,
    },
  });
  data.open(identity, {
    get: ['APPROVALS#*', 'IDEMPOTENCY#*', 'KNOWLEDGE', 'CLOCK#*'],
    getMany: ['PERSON#*', 'SITE#*', 'POLICY', 'RECALLS'],
    query: ['POLICY', 'APPROVALS#*', 'KNOWLEDGE', 'KNOWLEDGE#*'],
    put: [
      'PERSON#*',
      'SITE#*',
      'POLICY',
      'APPROVAL#*',
      'APPROVALS#*',
      'IDEMPOTENCY#*',
      'KNOWLEDGE',
      'KNOWLEDGE#*',
      'CLOCK#*',
    ],
    update: ['APPROVALS#*'],
    except: ['SITE#*#*'],
    indexes: { gsi1: ['PEOPLE', 'SITES'] },
  });
  identity.may(
    new PolicyStatement({
      actions: [
        'cognito-idp:AdminCreateUser',
        'cognito-idp:AdminDisableUser',
        'cognito-idp:AdminEnableUser',
        'cognito-idp:AdminAddUserToGroup',
        'cognito-idp:AdminRemoveUserFromGroup',
        'cognito-idp:AdminListGroupsForUser',
        'cognito-idp:AdminSetUserPassword',
        // A second factor: whether there is one, and taking away that of a lost device. Setting one up needs no right:
        // the pool takes the person's own token for it.
        'cognito-idp:AdminGetUser',
        'cognito-idp:AdminDeleteSoftwareToken',
        'cognito-idp:AdminSetUserMFAPreference',
      ],
      resources: [users.pool.userPoolArn],
    }),
  );
  api.serve(identity, routes, authorizer);
  return identity;
};
