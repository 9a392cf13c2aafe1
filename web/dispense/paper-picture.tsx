/** A prescription that was entered from a paper: on what day it was written, and the picture for who entered it. */
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { call, type Failure, failureOf } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert } from '../shared/parts.tsx';
import type { Prescription } from './find.ts';

export const PaperPicture = ({ prescription }: { readonly prescription: Prescription }) => {
  const t = useT();
  const format = useFormat();
  const { data: me } = useMe();
  const [picture, setPicture] = useState<string | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const [pending, setPending] = useState(false);
  const { paper, id } = prescription;
  if (!paper) return null;
  // Asked for by a person, because each look is recorded; it is kept by nothing but this screen.
  const show = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      const { type, data } = await call(routes.readPicture, { params: { id } });
      setPicture(`data:${type};base64,${data}`);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Text className="grow">{t('web-dispense:fromPaperText', { day: format.day(paper.writtenOn) })}</Text>
          {paper.site === me?.site && !picture && (
            <Button
              variant="default"
              loading={pending}
              leftSection={<IconPhoto size={20} aria-hidden />}
              onClick={() => void show()}
            >
              {t('web-dispense:showPicture')}
            </Button>
          )}
        </Group>
        <FailureAlert failure={failure} onRetry={() => void show()} />
        {picture && <img className="paper-picture" src={picture} alt={t('web-dispense:pictureOfPaper')} />}
      </Stack>
    </Paper>
  );
};
