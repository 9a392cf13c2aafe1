/** What an administrator types about people, sites and licences, and what is still wrong with it. */
import { PersonId, type Right, type Role, SiteId } from '@darmon/domain/actor';
import type { Licence, Person, Site, SiteKind } from '@darmon/domain/standing';

export interface LicenceFields {
  readonly has: boolean;
  readonly number: string;
  readonly from: string;
  readonly until: string;
}

export interface PersonFields {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly rights: readonly Right[];
  readonly site: string;
  readonly licence: LicenceFields;
  readonly active: boolean;
}

export interface SiteFields {
  readonly id: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly region: string;
  readonly address: string;
  readonly licence: LicenceFields;
  readonly active: boolean;
}

const noLicence: LicenceFields = { has: false, number: '', from: '', until: '' };

const licenceFields = (licence: Licence | undefined): LicenceFields =>
  licence ? { has: true, ...licence } : noLicence;

/** The form of a person as recorded, or an empty one. */
export const personFields = (person: Person | undefined): PersonFields => ({
  id: person?.id ?? '',
  name: person?.name ?? '',
  roles: person?.roles ?? [],
  rights: person?.rights ?? [],
  site: person?.site ?? '',
  licence: licenceFields(person?.licence),
  active: person?.active ?? true,
});

export const siteFields = (site: Site | undefined): SiteFields => ({
  id: site?.id ?? '',
  name: site?.name ?? '',
  kind: site?.kind ?? 'pharmacy',
  region: site?.region ?? 'UZ-TK',
  address: site?.address ?? '',
  licence: licenceFields(site?.licence),
  active: site?.active ?? true,
});

const isLicence = ({ has, number, from, until }: LicenceFields): boolean =>
  !has || (number.trim() !== '' && from !== '' && until !== '' && from <= until);

export type Fault = 'id' | 'name' | 'roles' | 'site' | 'licence';

export const personFaults = (fields: PersonFields): readonly Fault[] => [
  ...(PersonId.safeParse(fields.id).success ? [] : ['id' as const]),
  ...(fields.name.trim() === '' ? ['name' as const] : []),
  ...(fields.roles.length === 0 ? ['roles' as const] : []),
  ...(SiteId.safeParse(fields.site).success ? [] : ['site' as const]),
  ...(isLicence(fields.licence) ? [] : ['licence' as const]),
];

export const siteFaults = (fields: SiteFields): readonly Fault[] => [
  ...(SiteId.safeParse(fields.id).success ? [] : ['id' as const]),
  ...(fields.name.trim() === '' ? ['name' as const] : []),
  ...(isLicence(fields.licence) ? [] : ['licence' as const]),
];

const licenceBody = ({ has, number, from, until }: LicenceFields): { licence?: Licence } =>
  has ? { licence: { number: number.trim(), from, until } } : {};

/** What is sent of a person, without id and version. */
export const personBody = ({ name, roles, rights, site, licence, active }: PersonFields) => ({
  name: name.trim(),
  roles: [...roles],
  rights: [...rights],
  site,
  ...licenceBody(licence),
  active,
});

export const siteBody = ({ kind, name, region, address, licence, active }: SiteFields) => ({
  kind,
  name: name.trim(),
  region,
  ...(address.trim() !== '' && { address: address.trim() }),
  ...licenceBody(licence),
  active,
});

export type LicenceState = 'none' | 'later' | 'over' | 'soon' | 'good';

const soonDays = 30;

/** How a licence stands on a day (`YYYY-MM-DD`); it holds through its last day. */
export const licenceState = (licence: Licence | undefined, today: string): LicenceState => {
  if (!licence) return 'none';
  if (licence.until < today) return 'over';
  if (licence.from > today) return 'later';
  const left = (Date.parse(licence.until) - Date.parse(today)) / 86_400_000;
  return left <= soonDays ? 'soon' : 'good';
};

export const shows = ['all', 'licence', 'closed'] as const;
export type Show = (typeof shows)[number];

/** Which records a filter shows: those that are closed, or open ones whose needed licence is lapsed or nearly so. */
export const isShown = (
  record: { readonly active: boolean; readonly licence?: Licence | undefined },
  needed: boolean,
  show: Show,
  today: string,
): boolean => {
  if (show === 'closed') return !record.active;
  if (show === 'licence') return record.active && needed && licenceState(record.licence, today) !== 'good';
  return true;
};
