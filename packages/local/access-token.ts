/**
 * The local issuer's keys and the claims it puts in access tokens, for the sign-in pages and for `npm run token` alike.
 * It knows no HTTP and no storage of people.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Person } from '@darmon/domain/standing';
import { SignJWT } from 'jose';
import * as z from 'zod';
import { readIfThere, writeWhole } from './state.ts';

/** The audience that the API asks for, as Cognito's resource server has it. */
export const apiAudience = 'urn:darmon:api';
export const webClient = 'darmon-web';

const SigningKey = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('RS256'),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});
const IssuerKeys = z.object({ signing: SigningKey, cookies: z.array(z.string()).min(1) });
export type IssuerKeys = z.infer<typeof IssuerKeys>;

/** The issuer's keys of a state folder, made at first use, readable by their owner only. */
export function issuerKeys(folder: string): IssuerKeys {
  const path = join(folder, 'identity', 'keys.json');
  const text = readIfThere(path);
  if (text !== undefined) return IssuerKeys.parse(JSON.parse(text));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = IssuerKeys.parse({
    signing: { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' },
    cookies: [randomBytes(32).toString('base64url')],
  });
  writeWhole(path, JSON.stringify(keys));
  return keys;
}

/** The half of the signing key that verifiers may have. */
export const publicJwk = ({ signing: { kty, kid, use, alg, n, e } }: IssuerKeys) => ({ kty, kid, use, alg, n, e });

/** What a token says of a person beside the standard claims; in the cloud the pre-token-generation trigger adds the same. */
export const claimsOf = (person: Person) => ({
  name: person.name,
  'cognito:groups': [...person.roles],
  'darmon:site': person.site,
  'darmon:rights': [...person.rights],
});

/** Says `true` where the sign-in of `auth_time` was made with a second factor, else `false`; texts, as Cognito's claims are. */
export const secondFactorClaim = 'darmon:second-factor';

export interface TokenOptions {
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** One hour unless told. A negative one makes a token that has expired. */
  readonly lifetimeSeconds?: number;
  /** How long ago the person proved who they are. */
  readonly authAgeSeconds?: number;
  /** Whether that was with a second factor; without one unless told. */
  readonly secondFactor?: boolean;
  /** Claims to replace, or with `undefined` to leave out: for tests of what the gateway refuses. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** An access token (RFC 9068) as the sign-in pages would give it to this person. */
export function accessToken(keys: IssuerKeys, person: Person, options: TokenOptions): Promise<string> {
  const seconds = Math.floor(options.now / 1000);
  const lifetime = options.lifetimeSeconds ?? 3_600;
  const issued = lifetime > 0 ? seconds : seconds + 2 * lifetime;
  const claims = {
    iss: options.issuer,
    aud: apiAudience,
    sub: person.id,
    client_id: webClient,
    jti: randomUUID(),
    iat: issued,
    exp: seconds + lifetime,
    auth_time: seconds - (options.authAgeSeconds ?? 0),
    scope: 'openid profile',
    ...claimsOf(person),
    [secondFactorClaim]: String(options.secondFactor ?? false),
    ...options.claims,
  };
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: keys.signing.kid })
    .sign(createPrivateKey({ key: keys.signing, format: 'jwk' }));
}
