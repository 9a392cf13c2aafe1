/** Photos of goods for a document: taken or chosen, made small on the device, kept at once, named by their ids. */
import { photoRoutes } from '@darmon/function-inventory/photo-routes';
import { webPhotos } from '@darmon/i18n/words/web-photos';
import { webScan } from '@darmon/i18n/words/web-scan';
import { ActionIcon, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconPhoto, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type ShrinkProblem, shrinkPicture } from '../dispense/shrink.ts';
import { useCall } from '../shared/client.ts';
import { addAreas, useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { KeptPhoto } from './kept-photo.tsx';
import './photos.css';

addAreas({ 'web-photos': webPhotos, 'web-scan': webScan });

export const PhotoPicker = ({
  site,
  photos,
  max,
  disabled,
  onChange,
}: {
  /** Whose photos they are. */
  readonly site: string;
  readonly photos: readonly string[];
  readonly max: number;
  readonly disabled: boolean;
  readonly onChange: (photos: readonly string[]) => void;
}) => {
  const t = useT();
  const keep = useCall(photoRoutes.keepPhoto);
  const [problem, setProblem] = useState<ShrinkProblem | undefined>();
  const finish = (kept: { id: string } | undefined) => {
    if (kept) onChange([...photos, kept.id]);
  };
  const take = async (file: File | null) => {
    if (!file) return;
    setProblem(undefined);
    const shrunk = await shrinkPicture(file);
    if ('problem' in shrunk) return setProblem(shrunk.problem);
    finish(await keep.run({ body: { ...shrunk, site } }));
  };
  const isFull = photos.length >= max;
  const off = disabled || isFull || keep.uncertain;
  return (
    <Stack gap="xs">
      {photos.length > 0 && (
        <ul className="photos">
          {photos.map((id, at) => (
            <li key={id}>
              <KeptPhoto id={id} n={at + 1} />
              <ActionIcon
                size={44}
                variant="default"
                aria-label={t('web-photos:remove', { n: at + 1 })}
                disabled={disabled}
                onClick={() => onChange(photos.filter((one) => one !== id))}
              >
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Group gap="sm">
        <FileButton accept="image/*" capture="environment" disabled={off} onChange={(file) => void take(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              disabled={off}
              loading={keep.pending}
              leftSection={<IconCamera size={20} aria-hidden />}
            >
              {t('web-photos:take')}
            </Button>
          )}
        </FileButton>
        <FileButton accept="image/*" disabled={off} onChange={(file) => void take(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              disabled={off}
              loading={keep.pending}
              leftSection={<IconPhoto size={20} aria-hidden />}
            >
              {t('web-photos:choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" className="quiet" role="status">
          {keep.pending ? t('web-photos:keeping') : t('web-photos:count', { count: photos.length, max })}
        </Text>
      </Group>
      <div role="alert">{problem && <Text className="bad">{t(`web-scan:picture.${problem}`)}</Text>}</div>
      <FailureAlert failure={keep.failure} uncertain={keep.uncertain} onRetry={() => void keep.retry().then(finish)} />
    </Stack>
  );
};
