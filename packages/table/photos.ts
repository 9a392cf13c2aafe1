/** Photos of goods: what each is, and apart from it the picture, which is read only to be shown. */
import { SiteId } from '@darmon/domain/actor';
import { PhotoType } from '@darmon/domain/photo';
import { dayMs } from '@darmon/domain/time';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { absent, put, update } from './transact.ts';

const PhotoItem = z.object({
  id: z.string(),
  site: SiteId,
  type: PhotoType,
  bytes: z.int().positive(),
  /** base64url SHA-256 of the picture. */
  sha256: z.string(),
  /** Sites beside its own whose people see it: the other end of a transfer. */
  also: z.array(SiteId).exactOptional(),
  /** Seconds: when it is forgotten, unless a document names it before. */
  ttl: z.int().exactOptional(),
});
export type PhotoItem = z.infer<typeof PhotoItem>;
/** As long as a photo waits for the document that names it; a delivery is seldom begun and finished weeks apart. */
const openDays = 30;
/** Photos that one transaction keeps for good: two items each. */
const keptAtOnce = 40;

const PhotoData = z.object({ data: z.custom<Uint8Array>((v) => v instanceof Uint8Array) });

export const photosOf = (engine: Engine) => {
  const { table } = engine;
  return {
    async commitPhoto(photo: PhotoItem, data: Uint8Array, change: Change): Promise<void> {
      const { pk } = key.photoKey(photo.id);
      const ttl = Math.ceil((change.now + openDays * dayMs) / 1000);
      await engine.commit([
        put(table, { ...key.photoKey(photo.id), ...photo, ttl }, absent, 'changed'),
        put(table, { ...key.photoDataKey(photo.id), data, ttl }, absent, 'changed'),
        ...engine.changeActions(pk, change, photo.site),
      ]);
    },
    /** Those that are there, in no order; one whose time is over is not, although it may lie there for some days yet. */
    async loadPhotos(ids: readonly string[]): Promise<PhotoItem[]> {
      const items = await engine.readMany(ids.map(key.photoKey));
      return items
        .flatMap((item) => (item ? [PhotoItem.parse(item)] : []))
        .filter(({ ttl }) => ttl === undefined || ttl * 1000 > engine.now());
    },
    /**
     * A document names them, so that they stay for good, and people of `also` see them too. It goes before the document:
     * one that is refused in the end leaves a photo more, and one that stands never lacks any.
     */
    async keepPhotos(ids: readonly string[], also: readonly string[]): Promise<void> {
      const shared = also.length > 0 ? ', #also = :also' : '';
      const about = {
        expression: `SET #named = :named${shared} REMOVE #ttl`,
        names: { '#named': 'named', '#ttl': 'ttl', ...(shared && { '#also': 'also' }) },
        values: { ':named': true, ...(shared && { ':also': also }) },
      };
      const data = {
        expression: 'SET #named = :named REMOVE #ttl',
        names: { '#named': 'named', '#ttl': 'ttl' },
        values: { ':named': true },
      };
      const present = { expression: 'attribute_exists(pk)' };
      for (let at = 0; at < ids.length; at += keptAtOnce)
        await engine.commit(
          ids
            .slice(at, at + keptAtOnce)
            .flatMap((id) => [
              update(table, key.photoKey(id), about, present, 'changed'),
              update(table, key.photoDataKey(id), data, present, 'changed'),
            ]),
        );
    },
    async loadPhotoData(id: string): Promise<Uint8Array | undefined> {
      const item = await engine.readOne(key.photoDataKey(id));
      return item && PhotoData.parse(item).data;
    },
  };
};
