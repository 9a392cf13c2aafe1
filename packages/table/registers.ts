/** The register of controlled medicines: where its pages stand, and what is entered. */
import type { RegisterEntry, RegisterPage } from '@darmon/domain/register';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import { parseEntry, parsePage } from './register-items.ts';

export const registersOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    /** Pages of a site by medicine, in one request; one that nobody opened yet is not in it. */
    async loadRegister(site: string, medicines: readonly string[]): Promise<ReadonlyMap<string, RegisterPage>> {
      if (medicines.length === 0) return new Map();
      const items = await engine.readMany(medicines.map((medicine) => key.registerPageKey(site, medicine)));
      return new Map(items.flatMap((i) => (i ? [parsePage(i)] : [])).map((page) => [page.medicine, page]));
    },
    /** Entries of one medicine at a site, newest first. */
    async listRegister(site: string, medicine: string, request: PageRequest): Promise<Page<RegisterEntry>> {
      const page = await pageOf(
        client,
        table,
        { pk: key.registerPageKey(site, medicine).pk, skPrefix: key.registerEntryPrefix, backwards: true },
        request,
      );
      return { ...page, items: page.items.map(parseEntry) };
    },
  };
};
