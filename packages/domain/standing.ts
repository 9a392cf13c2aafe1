/** People, sites and their licences: who is in good standing on a day. */
import * as z from 'zod';
import { type Actor, PersonId, Right, Role, SiteId } from './actor.ts';
import { Refusal } from './refusal.ts';
import { Day, tashkentDay } from './time.ts';

export const Licence = z
  .object({ number: z.string().min(1).max(40), from: Day, until: Day })
  .refine((l) => l.from <= l.until, { message: 'ends before it begins', path: ['until'] })
  .meta({ id: 'Licence', description: 'A licence; usable from the first through the last day named' });
export type Licence = z.infer<typeof Licence>;

export const siteKinds = ['clinic', 'pharmacy', 'warehouse', 'office'] as const;
export const SiteKind = z.enum(siteKinds).meta({ id: 'SiteKind' });
export type SiteKind = z.infer<typeof SiteKind>;

export const Region = z
  .string()
  .regex(/^UZ-[A-Z]{2}$/)
  .meta({ id: 'Region', description: 'ISO 3166-2 subdivision', examples: ['UZ-TK'] });

export const Site = z
  .object({
    id: SiteId,
    kind: SiteKind,
    name: z.string().min(1).max(120),
    region: Region,
    address: z.string().max(200).exactOptional(),
    licence: Licence.exactOptional(),
    active: z.boolean(),
    version: z.int().nonnegative(),
  })
  .meta({ id: 'Site', description: 'A clinic, pharmacy, warehouse or office' });
export type Site = z.infer<typeof Site>;

export const Person = z
  .object({
    id: PersonId,
    name: z.string().min(1).max(120),
    roles: z.array(Role).min(1).max(9),
    site: SiteId,
    rights: z.array(Right).max(4),
    licence: Licence.exactOptional(),
    active: z.boolean(),
    version: z.int().nonnegative(),
  })
  .meta({ id: 'Person', description: 'A member of staff' });
export type Person = z.infer<typeof Person>;

/** Roles that nobody works in without a licence of their own. */
export const isLicensedRole = (role: Role): boolean => role === 'doctor' || role === 'pharmacist';

/** Kinds of sites at which nobody works without the site's licence. */
export const isLicensedKind = (kind: SiteKind): boolean => kind === 'clinic' || kind === 'pharmacy';

/** Roles that only one kind of site is licensed for: nobody prescribes in a warehouse. */
const workplaces: Readonly<Partial<Record<Role, SiteKind>>> = { doctor: 'clinic', pharmacist: 'pharmacy' };

/** True where each of the roles can be worked in at this kind of site. */
export const canWorkAt = (roles: readonly Role[], kind: SiteKind): boolean =>
  roles.every((role) => (workplaces[role] ?? kind) === kind);

const holds = (licence: Licence | undefined, day: string): boolean =>
  licence !== undefined && licence.from <= day && day <= licence.until;

/** True where this person was licensed to prescribe at this clinic on a Tashkent day, whatever has become of the account since. */
export const couldPrescribe = (person: Person, site: Site, day: string): boolean =>
  person.roles.includes('doctor') &&
  person.site === site.id &&
  site.kind === 'clinic' &&
  holds(person.licence, day) &&
  holds(site.licence, day);

/** True for a site that is open, and whose licence holds on the day where its kind needs one. */
export const isServing = (site: Site, day: string): boolean =>
  site.active && (!isLicensedKind(site.kind) || holds(site.licence, day));

/** Rights that a token names and the register still has: one that was withdrawn ends at once, not with the token. */
export const rightsOf = (actor: Actor, person: Person | undefined): Right[] =>
  actor.rights.filter((right) => person?.rights.includes(right));

/**
 * Refuses an actor whose account or site is closed, or who is posted elsewhere by now: nothing more is told either.
 * @throws Refusal `account-closed`
 */
export const requireAccount = (
  actor: Actor,
  person: Person | undefined,
  site: Site | undefined,
): { person: Person; site: Site } => {
  if (!person?.active || !site?.active || person.site !== site.id || !person.roles.includes(actor.role))
    throw new Refusal('account-closed');
  return { person, site };
};

/**
 * Refuses an actor whose account or site is closed, or, where the role or the kind of site needs a licence, whose
 * licence does not hold on the Tashkent day of `now` (milliseconds).
 * @throws Refusal `account-closed`, `licence-lapsed`
 */
export const requireStanding = (
  actor: Actor,
  foundPerson: Person | undefined,
  foundSite: Site | undefined,
  now: number,
): void => {
  const { person, site } = requireAccount(actor, foundPerson, foundSite);
  const day = tashkentDay(now);
  if (!canWorkAt([actor.role], site.kind)) throw new Refusal('licence-lapsed', { of: 'site' });
  if (isLicensedRole(actor.role) && !holds(person.licence, day)) throw new Refusal('licence-lapsed', { of: 'person' });
  if (isLicensedKind(site.kind) && !holds(site.licence, day)) throw new Refusal('licence-lapsed', { of: 'site' });
};
