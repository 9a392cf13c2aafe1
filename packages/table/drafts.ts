/** Drafts and templates: what a prescriber keeps for the own use. */
import { Draft, draftDays } from '@darmon/domain/draft';
import { TemplateList } from '@darmon/domain/template';
import { dayMs } from '@darmon/domain/time';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOfIndex } from './page.ts';
import { absent, atVersion, put } from './transact.ts';

/** Out of the list once it is no draft any more. */
const itemOf = (draft: Draft) => ({
  ...key.draftKey(draft.id),
  ...(draft.status === 'draft' && { gsi2pk: key.draftsPartition(draft.person), gsi2sk: draft.savedAt }),
  ...draft,
  ttl: Math.ceil((Date.parse(draft.savedAt) + draftDays * dayMs) / 1000),
});

export const draftsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadDraft(id: string): Promise<Draft | undefined> {
      const item = await engine.readOne(key.draftKey(id));
      return item && Draft.parse(item);
    },
    /** The last saved first. The index can lag behind: what is closed since is left out. */
    async listDrafts(person: string, request: PageRequest): Promise<Page<Draft>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi2', partition: key.draftsPartition(person), backwards: true },
        request,
      );
      return { ...page, items: page.items.map((i) => Draft.parse(i)).filter((d) => d.status === 'draft') };
    },
    async commitDraft(draft: Draft, change: Change): Promise<void> {
      const condition = draft.version === 1 ? absent : atVersion(draft.version - 1);
      const item = key.draftKey(draft.id);
      await engine.commit([put(table, itemOf(draft), condition, 'changed'), ...engine.changeActions(item.pk, change)]);
    },
    async loadTemplates(person: string): Promise<TemplateList> {
      const item = await engine.readOne(key.templatesKey(person));
      return item ? TemplateList.parse(item) : { version: 0, items: [] };
    },
    /** All of them, over the version before. */
    async commitTemplates(person: string, list: TemplateList, change: Change): Promise<void> {
      const at = key.templatesKey(person);
      await engine.commit([
        put(table, { ...at, ...list }, list.version === 1 ? absent : atVersion(list.version - 1), 'changed'),
        ...engine.changeActions(at.pk, change),
      ]);
    },
  };
};
