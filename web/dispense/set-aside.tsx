/** A pack that contradicts something is put out of reach before anybody hands it over: one button, and what was seen. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-dispensing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBoxOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import type { TakenPack } from './packs.ts';

export type SetAside = AnswerOf<typeof routes.setAside>;

export const SetAsideButton = ({
  pack,
  onDone,
}: {
  readonly pack: TakenPack;
  readonly onDone: (done: SetAside) => void;
}) => {
  const t = useT();
  const { data: me } = useMe();
  const setAside = useCall(routes.setAside);
  const [opened, setOpened] = useState(false);
  const [note, setNote] = useState('');
  const notes = [
    t('web-dispense:setAsideNote.date'),
    t('web-dispense:setAsideNote.lot'),
    t('web-dispense:setAsideNote.pack'),
  ];
  const answered = (done: SetAside | undefined) => {
    if (!done) return;
    setOpened(false);
    onDone(done);
  };
  const send = async () => {
    if (!me) return;
    const { raw: scan, lot, expiryDate } = pack;
    const said = { ...(lot !== undefined && { lot }), ...(expiryDate !== undefined && { expiryDate }) };
    answered(await setAside.run({ params: { site: me.site }, body: { scan, ...said, note: note.trim() } }));
  };
  return (
    <>
      <Button
        color="red.8"
        disabled={!me}
        leftSection={<IconBoxOff size={20} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('web-dispense:setAside')}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => !setAside.pending && setOpened(false)}
        title={t('web-dispense:setAsideTitle')}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Stack gap="md">
            <Text>{t('web-dispense:setAsideText')}</Text>
            <Group gap="xs" role="group" aria-label={t('web-dispense:setAsideWhat')}>
              {notes.map((one) => (
                <Chip
                  key={one}
                  size="md"
                  checked={note === one}
                  disabled={setAside.uncertain}
                  onChange={(on) => setNote(on ? one : '')}
                >
                  {one}
                </Chip>
              ))}
            </Group>
            <TextInput
              label={t('web-dispense:setAsideWhat')}
              description={t('web-dispense:ownReasonHint')}
              value={note}
              maxLength={300}
              data-autofocus
              disabled={setAside.uncertain}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <FailureAlert
              failure={setAside.failure}
              uncertain={setAside.uncertain}
              onRetry={() => void setAside.retry().then(answered)}
            />
            <Group justify="flex-end">
              <Button variant="default" disabled={setAside.pending} onClick={() => setOpened(false)}>
                {t('common:close')}
              </Button>
              <Button
                type="submit"
                color="red.8"
                loading={setAside.pending}
                disabled={!Reason.safeParse(note).success || setAside.uncertain}
              >
                {t('web-dispense:setAside')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
};
