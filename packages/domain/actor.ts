/**
 * Who acts, as the token says it and the route allows it. No read is needed to know an actor; standing
 * (licence, closed account) is checked against the table by the use case.
 */
import * as z from 'zod';

export const roles = [
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
export const Role = z.enum(roles).meta({ id: 'Role', description: 'What a person may do; a person can have several' });
export type Role = z.infer<typeof Role>;

const rights = ['controlled'] as const;
export const Right = z
  .enum(rights)
  .meta({ id: 'Right', description: 'A licence beyond the role, such as controlled medicines' });
export type Right = z.infer<typeof Right>;

export const PersonId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,35}$/)
  .meta({ id: 'PersonId', examples: ['doctor'] });
export const SiteId = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9-]{2,15}$/)
  .meta({ id: 'SiteId', examples: ['PH-1001'] });

/** How far a role reaches on a route: what belongs to the own site, or to every site. */
export type Reach = 'own' | 'all';

/**
 * An authenticated person on one route. `role` is the one that allowed the route and `reach` how far it goes;
 * `authTime` is in seconds since 1970, as in the token's `auth_time`.
 */
export interface Actor {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly reach: Reach;
  readonly site: string;
  readonly rights: readonly Right[];
  readonly authTime: number;
  /** The sign-in of `authTime` was made with a second factor. */
  readonly secondFactor: boolean;
}

/**
 * How long a sign-in with a second factor lets a person sign what can do harm: time enough to read it through once more,
 * and too short for somebody who finds the desk empty. Our own choice; no law names a figure.
 */
export const secondFactorSeconds = 300;

/** True where the actor signed in with a second factor at most five minutes before `now` (milliseconds). */
export const hasFreshSecondFactor = (actor: Actor, now: number): boolean =>
  actor.secondFactor && now - actor.authTime * 1000 <= secondFactorSeconds * 1000;
