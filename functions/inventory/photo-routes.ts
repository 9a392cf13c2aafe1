/** Photos of goods: kept for an act or a delivery, seen by the site and by who oversees all. */
import { SiteId } from '@darmon/domain/actor';
import { PhotoId, PhotoType } from '@darmon/domain/photo';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

/** 250 kB in base64, which is a third longer. */
const maxPhotoCharacters = 341_336;
export const Photo = z
  .object({ type: PhotoType, data: z.base64().min(4).max(maxPhotoCharacters) })
  .meta({ id: 'Photo', description: 'A photo, at most 250 kB, in base64' });

const examplePhoto = '01KAGZ5V9YV1Q5T1M0E9J7R2CF';

export const photoRoutes = defineRoutes({
  keepPhoto: {
    method: 'POST',
    path: '/api/photos',
    summary: 'Keep a photo of goods; an act or a delivery then names it',
    access: { warehouse: 'own', pharmacist: 'own', quality: 'all' },
    body: Photo.extend({ site: SiteId }).meta({ id: 'NewPhoto' }),
    answers: { 201: z.object({ id: PhotoId }) },
    keyed: true,
    example: {
      body: { type: 'image/jpeg', data: '/9j/4AAQ', site: 'WH-0001' },
      answer: { id: examplePhoto },
    },
  },
  readPhoto: {
    method: 'GET',
    path: '/api/photos/{id}',
    summary: 'A photo that was kept',
    access: {
      warehouse: 'own',
      pharmacist: 'own',
      quality: 'all',
      approver: 'all',
      chief: 'all',
      auditor: 'all',
    },
    params: z.object({ id: PhotoId }),
    answers: { 200: Photo },
    keyed: false,
    example: { answer: { type: 'image/jpeg', data: '/9j/4AAQ' } },
  },
});
