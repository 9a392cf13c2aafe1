/** Taking a dispense back: why, and once. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';

export const UndoButton = ({
  dispense,
  until,
  onUndone,
}: {
  /** The dispense's id. */
  readonly dispense: string;
  /** Until when it may be taken back, an instant. */
  readonly until?: string;
  readonly onUndone: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const undo = useCall(routes.undoDispense);
  const [opened, setOpened] = useState(false);
  const [choice, setChoice] = useState('');
  const [own, setOwn] = useState('');
  const reasons = [
    t('web-dispense:undoReason.patient'),
    t('web-dispense:undoReason.medicine'),
    t('web-dispense:undoReason.refused'),
  ];
  const reason = choice === 'own' ? own.trim() : choice;
  const send = async () => {
    if (!(await undo.run({ params: { id: dispense }, body: { reason } }))) return;
    setOpened(false);
    onUndone();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size={20} aria-hidden />} onClick={() => setOpened(true)}>
        {t('web-dispense:undo')}
      </Button>
      <Dialog opened={opened} onClose={() => !undo.pending && setOpened(false)} title={t('web-dispense:undoTitle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Stack gap="md">
            <Text>{t('web-dispense:undoText')}</Text>
            {until && <Text className="quiet">{t('web-dispense:undoUntil', { at: format.instant(until) })}</Text>}
            <Radio.Group label={t('web-dispense:undoWhy')} value={choice} onChange={setChoice}>
              <Stack gap="sm" mt="xs">
                {reasons.map((one) => (
                  <Radio key={one} size="md" value={one} label={one} disabled={undo.uncertain} />
                ))}
                <Radio size="md" value="own" label={t('web-dispense:ownReason')} disabled={undo.uncertain} />
              </Stack>
            </Radio.Group>
            {choice === 'own' && (
              <TextInput
                label={t('web-dispense:ownReason')}
                description={t('web-dispense:ownReasonHint')}
                value={own}
                maxLength={300}
                autoFocus
                disabled={undo.uncertain}
                onChange={(event) => setOwn(event.currentTarget.value)}
              />
            )}
            <FailureAlert failure={undo.failure} uncertain={undo.uncertain} onRetry={() => void send()} />
            <Group justify="flex-end">
              <Button variant="default" disabled={undo.pending} onClick={() => setOpened(false)}>
                {t('common:close')}
              </Button>
              <Button type="submit" color="red.8" loading={undo.pending} disabled={!Reason.safeParse(reason).success}>
                {t('web-dispense:undo')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
};
