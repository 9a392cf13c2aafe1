/** A photo that was kept, small; a press opens it as large as the screen. */
import { photoRoutes } from '@darmon/function-inventory/photo-routes';
import { webPhotos } from '@darmon/i18n/words/web-photos';
import { Loader } from '@mantine/core';
import { useState } from 'react';
import { useAnswer } from '../shared/client.ts';
import { addAreas, useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import './photos.css';

addAreas({ 'web-photos': webPhotos });

/** What is kept never changes. */
const forever = { staleTime: Number.POSITIVE_INFINITY };

export const KeptPhoto = ({ id, n }: { readonly id: string; readonly n: number }) => {
  const t = useT();
  const photo = useAnswer(photoRoutes.readPhoto, { params: { id } }, forever);
  const [open, setOpen] = useState(false);
  const name = t('web-photos:photo', { n });
  if (photo.isPending) return <Loader size="sm" aria-label={name} />;
  if (!photo.data) return <FailureAlert failure={photo.error} onRetry={() => void photo.refetch()} />;
  const source = `data:${photo.data.type};base64,${photo.data.data}`;
  return (
    <>
      <button type="button" className="photo" aria-label={name} onClick={() => setOpen(true)}>
        <img src={source} alt="" />
      </button>
      <Dialog opened={open} onClose={() => setOpen(false)} size="xl" title={name}>
        <img className="photo-large" src={source} alt={name} />
      </Dialog>
    </>
  );
};
