/** A doctor's templates and favourites: one list, saved as a whole over the version that was seen. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import type { TemplateList } from '@darmon/domain/template';
import { type Answer, asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

export const readTemplates = (deps: Deps, actor: Actor): Promise<TemplateList> =>
  deps.table.loadTemplates(actor.person);

/**
 * Saves all of them.
 * @throws Refusal of standing, `version-changed` where another device saved meanwhile, `key-reused`
 */
export const saveTemplates = (
  deps: Deps,
  actor: Actor,
  input: TemplateList,
  once: Once,
): Promise<Answer<{ version: number }>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const before = await deps.table.loadTemplates(actor.person);
      if (before.version !== input.version) throw new Refusal('version-changed');
      const next = { version: before.version + 1, items: input.items };
      const event = eventOf(deps, actor, 'templates-saved', now, { version: next.version, items: next.items.length });
      const body = { version: next.version };
      const change = changeOf(event, now, once, { status: 200, reference: actor.person, answer: body });
      await deps.table.commitTemplates(actor.person, next, change);
      return { status: 200, body };
    },
    asAnswered<{ version: number }>,
  );
