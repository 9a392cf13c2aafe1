/**
 * Photos of goods: kept once, never changed, seen by the site and by who oversees all. One that no document names within
 * a month is forgotten.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { type PhotoType, requirePhoto } from '@darmon/domain/photo';
import type { Discrepancy } from '@darmon/domain/receiving';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/**
 * Keeps a photo of the site; `data` is base64.
 * @throws Refusal of standing, `not-found` for another's site, `photo-invalid`, `key-reused`
 */
export const keepPhoto = (
  deps: Deps,
  actor: Actor,
  input: { site: string; type: PhotoType; data: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const { site, type } = input;
      if (actor.reach === 'own' && site !== actor.site) throw new Refusal('not-found');
      const now = deps.now();
      const data = Buffer.from(input.data, 'base64');
      requirePhoto(type, data);
      await loadStanding(deps, actor);
      const sha256 = createHash('sha256').update(data).digest('base64url');
      const photo = { id: deps.id(), site, type, bytes: data.length, sha256 };
      const body = { id: photo.id };
      const event = eventOf(deps, actor, 'photo-kept', now, { photo: photo.id, bytes: photo.bytes, sha256 });
      const change = changeOf(event, now, once, { status: 201, reference: photo.id, answer: body });
      await deps.table.commitPhoto(photo, data, change);
      return { status: 201, body };
    },
    asAnswered<{ id: string }>,
  );

/** @throws Refusal `not-found`, also for another site's */
export const readPhoto = async (deps: Deps, actor: Actor, id: string) => {
  const [photo] = await deps.table.loadPhotos([id]);
  const isOwn = photo?.site === actor.site || photo?.also?.includes(actor.site);
  if (!photo || (actor.reach === 'own' && !isOwn)) throw new Refusal('not-found');
  const data = await deps.table.loadPhotoData(id);
  if (!data) throw new Refusal('not-found');
  return { type: photo.type, data: Buffer.from(data).toString('base64') };
};

/** Which of these are not the site's own, or stand there twice, by place; the first of them, or -1. */
const firstStranger = async (deps: Deps, site: string, ids: readonly string[]): Promise<number> => {
  const known = new Set((await deps.table.loadPhotos(ids)).filter((p) => p.site === site).map((p) => p.id));
  return ids.findIndex((id, i) => !known.has(id) || ids.indexOf(id) !== i);
};

/**
 * Photos that a document names are the site's own, each once; they stay for good from now on. @throws Refusal
 * `photo-invalid`
 */
export const namePhotos = async (
  deps: Deps,
  site: string,
  ids: readonly string[],
  also: readonly string[] = [],
): Promise<void> => {
  if (ids.length === 0) return;
  const strange = await firstStranger(deps, site, ids);
  if (strange >= 0) throw refuseAt('photo-invalid', `/photos/${strange}`);
  await deps.table.keepPhotos(ids, also);
};

/**
 * Photos of discrepancies are the receiving site's own, kept before; they stay for good from now on. @throws Refusal
 * `photo-invalid` at the discrepancy
 */
export const nameToldPhotos = async (
  deps: Deps,
  site: string,
  told: readonly Discrepancy[],
  also: readonly string[] = [],
): Promise<void> => {
  const ids = [...new Set(told.flatMap((d) => d.photos ?? []))];
  if (ids.length === 0) return;
  const strange = await firstStranger(deps, site, ids);
  const at = strange < 0 ? -1 : told.findIndex((d) => d.photos?.includes(ids[strange] ?? ''));
  if (at >= 0) throw refuseAt('photo-invalid', `/discrepancies/${at}/photos`);
  await deps.table.keepPhotos(ids, also);
};
