/**
 * What the ids of a report are called, for files that are read far from the table that knows them. Of people only staff
 * have names here: no item of a patient is ever asked for.
 */
import type { Medicine } from '@darmon/domain/medicine';
import type { Report } from '@darmon/domain/report';
import type { Deps } from './deps.ts';
import { allSites } from './period-reports.ts';

/** Sites and medicines by their ids, and those of the staff that a report names. Nothing where nobody knows. */
export interface NamesOfIds {
  readonly medicine: (code: string) => Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'strength'> | undefined;
  readonly site: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
}

/** Every id of a member of staff in a report's tables, each once. */
const staffIn = ({ sections }: Report): string[] => {
  const ids = new Set<string>();
  for (const { columns, rows } of sections)
    for (const [at, { kind }] of columns.entries())
      if (kind === 'person')
        for (const { cells } of rows) {
          const id = cells[at];
          if (typeof id === 'string' && id !== '') ids.add(id);
        }
  return [...ids].sort();
};

/** Answers what the ids of each report are called; sites and medicines are read once, people report by report. */
export const namesFrom = (deps: Pick<Deps, 'table'>): ((report: Report) => Promise<NamesOfIds>) => {
  let known: Promise<Pick<NamesOfIds, 'medicine' | 'site'>> | undefined;
  const read = async () => {
    const [sites, { medicines }] = await Promise.all([allSites(deps), deps.table.loadFormulary()]);
    const [nameOfSite, byCode] = [
      new Map(sites.map(({ id, name }) => [id, name])),
      new Map(medicines.map((medicine) => [medicine.code, medicine])),
    ];
    return { medicine: (code: string) => byCode.get(code), site: (id: string) => nameOfSite.get(id) };
  };
  return async (report) => {
    known ??= read();
    const [names, staff] = await Promise.all([known, deps.table.loadNames(staffIn(report))]);
    const people = new Map(staff.map(({ id, name }) => [id, name]));
    return { ...names, person: (id) => people.get(id) };
  };
};
