/** A photo that proves something about goods: small, of a kind that every browser shows, and what it says it is. */
import * as z from 'zod';
import { refuseAt } from './refusal.ts';

const photoTypes = ['image/jpeg', 'image/png'] as const;
export const PhotoType = z.enum(photoTypes).meta({ id: 'PhotoType' });
export type PhotoType = z.infer<typeof PhotoType>;

export const PhotoId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'PhotoId', description: 'ULID of a photo that was kept before' });

/** An item of the database holds 400 kB; a shrunk photo of a pack needs far less. */
export const maxPhotoBytes = 250_000;

/** How the files begin: JPEG with its marker of a start and of a segment, PNG with its eight bytes (ISO 10918-1, 15948). */
const beginnings: Record<PhotoType, readonly number[]> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};

/** @throws Refusal `photo-invalid` for what is empty, too large, or not of the type that it is said to be */
export const requirePhoto = (type: PhotoType, data: Uint8Array): void => {
  const isSo = beginnings[type].every((byte, i) => data[i] === byte);
  if (!isSo || data.length > maxPhotoBytes) throw refuseAt('photo-invalid', '/data', { max: maxPhotoBytes });
};
