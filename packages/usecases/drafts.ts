/** A prescriber's drafts: kept encrypted, for the owner alone, to go on with on any machine. */
import type { Actor } from '@darmon/domain/actor';
import { type Draft, discardDraft, nextDraft, ownDraft } from '@darmon/domain/draft';
import type { Once } from '@darmon/domain/once';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { type Answer, asAnswered, changeOf, changeOnce, eventOf, loadAccount, loadStanding } from './deps.ts';
import type { PatientDeps } from './patients.ts';
import { seal, unseal } from './vault.ts';

/** Nothing of the content: it is kept as the answer to a repeat. */
interface Saved {
  readonly id: string;
  readonly version: number;
  readonly savedAt: string;
}

interface Written {
  readonly body: Readonly<Record<string, unknown>>;
  readonly title?: string;
}

const textsOf = ({ body, title }: Written): Record<string, string> => ({
  body: JSON.stringify(body),
  ...(title !== undefined && { title }),
});

const savedOf = ({ id, version, savedAt }: Draft): Saved => ({ id, version, savedAt });

const openDraft = async (deps: PatientDeps, draft: Draft): Promise<Record<string, string>> =>
  unseal(await deps.vault.openKey(draft.id, draft.wrappedKey), draft.id, draft.sealed);

const commit = async (
  deps: PatientDeps,
  actor: Actor,
  draft: Draft,
  type: 'draft-saved' | 'draft-discarded',
  about: { now: number; once: Once; status: number },
): Promise<Answer<Saved>> => {
  const { now, once, status } = about;
  const body = savedOf(draft);
  const event = eventOf(deps, actor, type, now, { draft: draft.id, version: draft.version });
  await deps.table.commitDraft(draft, changeOf(event, now, once, { status, reference: draft.id, answer: body }));
  return { status, body };
};

/**
 * Keeps a new draft under a data key of its own; its id is the prescription's, once it is issued.
 * @throws Refusal of standing, `key-reused`
 */
export const startDraft = (deps: PatientDeps, actor: Actor, input: Written, once: Once): Promise<Answer<Saved>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const id = deps.id();
      const { wrapped, key } = await deps.vault.newKey(id);
      const draft: Draft = {
        id,
        version: 1,
        status: 'draft',
        person: actor.person,
        savedAt: instant(now),
        wrappedKey: wrapped,
        sealed: seal(key, id, textsOf(input), deps.random),
      };
      return commit(deps, actor, draft, 'draft-saved', { now, once, status: 201 });
    },
    asAnswered<Saved>,
  );

/**
 * Saves over the version that was seen; one that was thrown away is there again.
 * @throws Refusal of standing, `not-found`, `draft-closed`, `version-changed`, `key-reused`
 */
export const saveDraft = (
  deps: PatientDeps,
  actor: Actor,
  input: Written & { id: string; version: number },
  once: Once,
): Promise<Answer<Saved>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const draft = ownDraft(await deps.table.loadDraft(input.id), actor.person, now);
      const next = nextDraft(draft, input.version, now);
      const key = await deps.vault.openKey(draft.id, draft.wrappedKey);
      const sealed = seal(key, draft.id, textsOf(input), deps.random);
      return commit(deps, actor, { ...next, sealed }, 'draft-saved', { now, once, status: 200 });
    },
    asAnswered<Saved>,
  );

/**
 * Throws a draft away; saving it again takes that back, as long as it is kept.
 * @throws Refusal of standing, `not-found`, `draft-closed`, `key-reused`
 */
export const throwDraftAway = (deps: PatientDeps, actor: Actor, id: string, once: Once): Promise<Answer<Saved>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const draft = discardDraft(ownDraft(await deps.table.loadDraft(id), actor.person, now));
      return commit(deps, actor, draft, 'draft-discarded', { now, once, status: 200 });
    },
    asAnswered<Saved>,
  );

/**
 * One draft with what stands in it.
 * @throws Refusal `account-closed`, `not-found`, also for another's
 */
export const readDraft = async (deps: PatientDeps, actor: Actor, id: string) => {
  await loadAccount(deps, actor);
  const draft = ownDraft(await deps.table.loadDraft(id), actor.person, deps.now());
  const { body = '{}', title } = draft.status === 'issued' ? {} : await openDraft(deps, draft);
  return {
    ...savedOf(draft),
    status: draft.status,
    body: JSON.parse(body) as Record<string, unknown>,
    ...(title !== undefined && { title }),
  };
};

/** The own drafts, the last saved first, by their titles. */
export const listDrafts = async (deps: PatientDeps, actor: Actor, request: PageRequest) => {
  await loadAccount(deps, actor);
  const page = await deps.table.listDrafts(actor.person, request);
  const items = await Promise.all(
    page.items.map(async (draft) => {
      const { title } = await openDraft(deps, draft);
      return { ...savedOf(draft), ...(title !== undefined && { title }) };
    }),
  );
  return { items, ...(page.next !== undefined && { next: page.next }) };
};
