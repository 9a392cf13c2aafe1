/** Taking a dispense back: why, and once. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import { noReason, ReasonChoice, reasonOf } from './reason-choice.tsx';

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
  const [chosen, setChosen] = useState(noReason);
  const reasons = [
    t('web-dispense:undoReason.patient'),
    t('web-dispense:undoReason.medicine'),
    t('web-dispense:undoReason.refused'),
  ];
  const reason = reasonOf(chosen);
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
            <ReasonChoice
              label={t('web-dispense:undoWhy')}
              usual={reasons}
              chosen={chosen}
              onChoose={setChosen}
              disabled={undo.uncertain}
            />
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
