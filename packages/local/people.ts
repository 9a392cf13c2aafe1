/** People as the table has them, for whoever signs them in here. */
import type { Person } from '@darmon/domain/standing';
import type { Table } from '@darmon/table/table';
import { demoPeople } from './country/country.ts';
import type { People } from './identity.ts';

/** Those of the demo come first and in its order, the others by id. */
export function peopleOf(table: Table): People {
  const rank = (id: string) => (demoPeople.includes(id) ? demoPeople.indexOf(id) : demoPeople.length);
  return {
    // Only the person is wanted, and no site has this id.
    find: async (id) => (await table.loadStanding(id, 'NONE')).person,
    async list() {
      const all: Person[] = [];
      let cursor: string | undefined;
      do {
        const page = await table.listPeople({ cursor, limit: 100 });
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return all.sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
    },
  };
}
