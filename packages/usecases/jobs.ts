/** Long work as people see it: how far it is, and going on with it while somebody waits. */
import type { Actor } from '@darmon/domain/actor';
import type { Posting } from '@darmon/domain/posting';
import { Refusal } from '@darmon/domain/refusal';
import { type Deps, loadStanding } from './deps.ts';
import { advancePosting } from './posting.ts';

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;

const jobView = (p: Posting) => ({
  id: p.id,
  kind: p.kind,
  state: p.finishedAt ? ('done' as const) : ('running' as const),
  done: p.linesDone,
  of: p.lines,
  problems: p.problems,
  ...(p.finishedAt && { result: { document: p.document, state: p.after } }),
});

const loadOwn = async (deps: Deps, actor: Actor, id: string): Promise<Posting> => {
  const posting = await deps.table.loadPosting(id);
  if (!posting || (actor.reach === 'own' && posting.site !== actor.site)) throw new Refusal('not-found');
  return posting;
};

/** @throws Refusal `not-found`, also for another site's */
export const readJob = async (deps: Deps, actor: Actor, id: string) => jobView(await loadOwn(deps, actor, id));

/** Goes on for a few seconds; several may at once. @throws Refusal of standing, `not-found` */
export const advanceJob = async (deps: Deps, actor: Actor, id: string) => {
  await loadStanding(deps, actor);
  await loadOwn(deps, actor, id);
  return jobView(await advancePosting(deps, id, deps.now() + sliceMs));
};
