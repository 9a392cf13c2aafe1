/** The register of controlled medicines as items: a page that says where it stands, and its entries, never changed. */
import { RegisterEntry, RegisterPage } from '@darmon/domain/register';
import { registerEntryKey, registerPageKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put } from './transact.ts';

export const parsePage = (item: Item): RegisterPage => RegisterPage.parse(item);
export const parseEntry = (item: Item): RegisterEntry => RegisterEntry.parse(item);

/** Writes the next entry of a page, on condition that the page stands where it was read. */
export const registerActions = (table: string, entry: RegisterEntry): Action[] => {
  const { site, medicine, seq, balance } = entry;
  const page: RegisterPage = { site, medicine, seq, balance };
  return [
    put(
      table,
      { ...registerPageKey(site, medicine), ...page },
      seq === 1 ? absent : { expression: '#seq = :was', names: { '#seq': 'seq' }, values: { ':was': seq - 1 } },
      'changed',
    ),
    put(table, { ...registerEntryKey(site, medicine, seq), ...entry }, absent, 'changed'),
  ];
};
