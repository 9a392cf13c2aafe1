/** People, sites, policy, recalls and the formulary as items. */
import type { Medicine } from '@darmon/domain/medicine';
import { firstPolicy, livePolicies, Policy } from '@darmon/domain/policy';
import { Person, Site } from '@darmon/domain/standing';
import { BlockedState } from '@darmon/domain/stock';
import * as z from 'zod';
import { gtinKey, medicineKey, personKey, policyKey, policyVersionKey, siteKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put } from './transact.ts';

export const people = 'PEOPLE';
export const sites = 'SITES';
export const formulary = 'FORMULARY';

/** The lots that are blocked in the whole country now, by `lotName`, and how. */
export const Recalls = z.object({ lots: z.record(z.string(), BlockedState) });

export const parsePerson = (item: Item): Person => Person.parse(item);
export const parseSite = (item: Item): Site => Site.parse(item);
/** Rules that are younger than a saved version hold in it as they do at first: groups of them, and single ones of the warehouse and of ordering. */
const SavedPolicy = z.preprocess((saved) => {
  const { warehouse, procurement, analysis, ...rest } = Object(saved);
  return {
    ...firstPolicy,
    ...rest,
    warehouse: { ...firstPolicy.warehouse, ...warehouse },
    procurement: { ...firstPolicy.procurement, ...procurement },
    analysis: { ...firstPolicy.analysis, ...analysis },
  };
}, Policy);
export const parsePolicy = (item: Item): Policy => SavedPolicy.parse(item);

/** Versions that hold now or will: one small item that every decision reads. `version` is the newest ever saved. */
export const PolicyBook = z.object({ version: z.int().positive(), policies: z.array(SavedPolicy) });
export type PolicyBook = z.infer<typeof PolicyBook>;

/** Version 1 is new; any other replaces the version before it. */
export const personAction = (table: string, person: Person): Action =>
  put(
    table,
    { ...personKey(person.id), gsi1pk: people, gsi1sk: person.id, ...person },
    person.version === 1 ? absent : atVersion(person.version - 1),
    person.version === 1 ? 'person-known' : 'version-changed',
  );

export const siteAction = (table: string, site: Site): Action =>
  put(
    table,
    { ...siteKey(site.id), gsi1pk: sites, gsi1sk: site.id, ...site },
    site.version === 1 ? absent : atVersion(site.version - 1),
    site.version === 1 ? 'site-known' : 'version-changed',
  );

/** A version in the history, and in the book that decisions read; only one can be the next after `last`. */
export const policyActions = (table: string, policy: Policy, book: PolicyBook | undefined, now: number): Action[] => {
  const policies = livePolicies([...(book?.policies ?? []), policy], now);
  return [
    put(
      table,
      { ...policyKey, version: policy.version, policies },
      book ? atVersion(book.version) : absent,
      book ? 'version-changed' : 'already-bootstrapped',
    ),
    put(table, { ...policyVersionKey(policy.version), ...policy }, absent, 'version-changed'),
  ];
};

export const medicineActions = (table: string, medicine: Medicine): Action[] => [
  put(
    table,
    { ...medicineKey(medicine.code), gsi1pk: formulary, gsi1sk: medicine.code, ...medicine },
    undefined,
    'changed',
  ),
  ...medicine.packs.map((pack) =>
    put(
      table,
      {
        ...gtinKey(pack.gtin),
        ...pack,
        medicine: medicine.code,
        class: medicine.class,
        ...(medicine.storage && { storage: medicine.storage }),
        ...(medicine.qualityRelease && { qualityRelease: true }),
      },
      undefined,
      'changed',
    ),
  ),
];
