/** Photos of goods: what each is, and apart from it the picture, which is read only to be shown. */
import { SiteId } from '@darmon/domain/actor';
import { PhotoType } from '@darmon/domain/photo';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { absent, put } from './transact.ts';

const PhotoItem = z.object({
  id: z.string(),
  site: SiteId,
  type: PhotoType,
  bytes: z.int().positive(),
  /** base64url SHA-256 of the picture. */
  sha256: z.string(),
});
export type PhotoItem = z.infer<typeof PhotoItem>;
const PhotoData = z.object({ data: z.custom<Uint8Array>((v) => v instanceof Uint8Array) });

export const photosOf = (engine: Engine) => {
  const { table } = engine;
  return {
    async commitPhoto(photo: PhotoItem, data: Uint8Array, change: Change): Promise<void> {
      const { pk } = key.photoKey(photo.id);
      await engine.commit([
        put(table, { ...key.photoKey(photo.id), ...photo }, absent, 'changed'),
        put(table, { ...key.photoDataKey(photo.id), data }, absent, 'changed'),
        ...engine.changeActions(pk, change, photo.site),
      ]);
    },
    /** Those that are there, in no order. */
    async loadPhotos(ids: readonly string[]): Promise<PhotoItem[]> {
      const items = await engine.readMany(ids.map(key.photoKey));
      return items.flatMap((item) => (item ? [PhotoItem.parse(item)] : []));
    },
    async loadPhotoData(id: string): Promise<Uint8Array | undefined> {
      const item = await engine.readOne(key.photoDataKey(id));
      return item && PhotoData.parse(item).data;
    },
  };
};
