/** The camera as a dialog: what it sees, what it read, its light, and in plain words why it does not work. */
import { Alert, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle, IconBulb, IconBulbOff, IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../shared/language.ts';
import { Dialog } from '../shared/parts.tsx';
import { type Camera, type CameraProblem, openCamera, watch } from './camera.ts';

/** The same code counts again when it was out of sight that long: the next pack of a lot looks the same. */
const forgetMs = 1_200;

type State = { at: 'opening' } | { at: 'watching'; camera: Camera } | { at: 'failed'; problem: CameraProblem };

export const CameraDialog = ({
  opened,
  onClose,
  onCode,
  stayOpen,
  note,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onCode: (raw: string) => void;
  /** For packs one after the other; else the dialog closes with the first code. */
  readonly stayOpen: boolean;
  /** What became of the last code, shown under the picture while the dialog stays open. */
  readonly note?: string;
}) => {
  const t = useT();
  const isPhone = useMediaQuery('(max-width: 40em)');
  const [attempt, setAttempt] = useState(0);
  return (
    <Dialog opened={opened} onClose={onClose} title={t('web-scan:cameraTitle')} fullScreen={isPhone} size="lg">
      {opened && (
        <View
          key={attempt}
          onCode={onCode}
          onClose={onClose}
          onAgain={() => setAttempt(attempt + 1)}
          stayOpen={stayOpen}
          note={note}
        />
      )}
    </Dialog>
  );
};

const View = ({
  onCode,
  onClose,
  onAgain,
  stayOpen,
  note,
}: {
  readonly onCode: (raw: string) => void;
  readonly onClose: () => void;
  readonly onAgain: () => void;
  readonly stayOpen: boolean;
  readonly note?: string;
}) => {
  const t = useT();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>({ at: 'opening' });
  const [torch, setTorch] = useState(false);
  const [count, setCount] = useState(0);
  const latest = useRef({ onCode, onClose, stayOpen });
  latest.current = { onCode, onClose, stayOpen };

  const take = useCallback((raw: string) => {
    navigator.vibrate?.(60);
    latest.current.onCode(raw);
    setCount((before) => before + 1);
    if (!latest.current.stayOpen) latest.current.onClose();
  }, []);

  useEffect(() => {
    const ending = new AbortController();
    let camera: Camera | undefined;
    const run = async () => {
      const opened = await openCamera();
      if (typeof opened === 'string') return setState({ at: 'failed', problem: opened });
      camera = opened;
      if (ending.signal.aborted || !video.current) return camera.close();
      video.current.srcObject = camera.stream;
      await video.current.play().catch(() => undefined);
      setState({ at: 'watching', camera });
      const problem = await watch(video.current, { signal: ending.signal, forgetMs, onCode: take });
      if (problem && !ending.signal.aborted) {
        camera.close();
        setState({ at: 'failed', problem });
      }
    };
    void run();
    return () => {
      ending.abort();
      camera?.close();
    };
  }, [take]);

  const switchTorch = async (camera: Camera) => {
    await camera.setTorch?.(!torch).catch(() => undefined);
    setTorch(!torch);
  };

  return (
    <Stack gap="sm">
      {state.at === 'opening' && (
        <Group role="status" gap="sm">
          <Loader size="sm" aria-hidden />
          <Text>{t('web-scan:cameraAsking')}</Text>
        </Group>
      )}
      {state.at === 'failed' ? (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
          <Text>{t(`web-scan:camera.${state.problem}`)}</Text>
          <Button mt="sm" variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onAgain}>
            {t('common:retry')}
          </Button>
        </Alert>
      ) : (
        <video ref={video} className="scan-video" muted playsInline aria-label={t('web-scan:cameraView')} />
      )}
      {state.at === 'watching' && (
        <>
          <Text>{t('web-scan:cameraAim')}</Text>
          <Text role="status" fw={600} mih="1.6em">
            {count > 0 && (
              <Group component="span" gap={6} wrap="nowrap">
                <IconCircleCheck size={20} aria-hidden />
                <span>{note ?? t('web-scan:cameraRead', { count })}</span>
              </Group>
            )}
          </Text>
          <Group justify="space-between">
            {state.camera.setTorch ? (
              <Button
                variant="default"
                aria-pressed={torch}
                leftSection={torch ? <IconBulbOff size={20} aria-hidden /> : <IconBulb size={20} aria-hidden />}
                onClick={() => void switchTorch(state.camera)}
              >
                {t(torch ? 'web-scan:torchOff' : 'web-scan:torchOn')}
              </Button>
            ) : (
              <span />
            )}
            <Button variant="default" onClick={onClose}>
              {t('common:close')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
};
