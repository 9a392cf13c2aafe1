/** The register of controlled medicines: what a change enters, and reading it. */
import type { Dispense } from '@darmon/domain/dispense';
import { nextEntry, type RegisterEntry, type RegisterPage } from '@darmon/domain/register';
import type { PageRequest } from '@darmon/table/page';
import type { Deps } from './deps.ts';

/** One entry a controlled line: what a dispense took, or what its undo brings back. */
export const registerOfDispense = (
  pages: ReadonlyMap<string, RegisterPage>,
  lines: readonly Pick<Dispense['lines'][number], 'medicine' | 'quantity'>[],
  about: Pick<RegisterEntry, 'site' | 'at' | 'reference' | 'person' | 'prescriber' | 'witness'> & {
    kind: 'dispense' | 'dispense-undone';
  },
): RegisterEntry[] =>
  lines.map(({ medicine, quantity }) =>
    nextEntry(pages.get(medicine), {
      ...about,
      medicine,
      quantity: about.kind === 'dispense' ? -quantity : quantity,
    }),
  );

/** Entries of a medicine at a site, newest first; each says the balance it left. */
export const listRegister = (deps: Pick<Deps, 'table'>, of: { site: string; medicine: string }, request: PageRequest) =>
  deps.table.listRegister(of.site, of.medicine, request);
