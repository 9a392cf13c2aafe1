/** The patient's own page is locked after wrong birth dates: the counter opens it again, having seen the document. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import { noReason, ReasonChoice, reasonOf } from './reason-choice.tsx';

export const OpenPageButton = ({ id, onOpened }: { readonly id: string; readonly onOpened: () => void }) => {
  const t = useT();
  const openPage = useCall(routes.openPage);
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState(noReason);
  const reasons = [t('web-dispense:openPageReason.passport'), t('web-dispense:openPageReason.birth')];
  const reason = reasonOf(chosen);
  const answered = (answer: unknown) => {
    if (!answer) return;
    setOpened(false);
    onOpened();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconLockOpen size={20} aria-hidden />} onClick={() => setOpened(true)}>
        {t('web-dispense:openPage')}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => !openPage.pending && setOpened(false)}
        title={t('web-dispense:openPageTitle')}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void openPage.run({ params: { id }, body: { reason } }).then(answered);
          }}
        >
          <Stack gap="md">
            <Text>{t('web-dispense:openPageText')}</Text>
            <ReasonChoice
              label={t('web-dispense:openPageWhy')}
              usual={reasons}
              chosen={chosen}
              onChoose={setChosen}
              disabled={openPage.uncertain}
            />
            <FailureAlert
              failure={openPage.failure}
              uncertain={openPage.uncertain}
              onRetry={() => void openPage.retry().then(answered)}
            />
            <Group justify="flex-end">
              <Button variant="default" disabled={openPage.pending} onClick={() => setOpened(false)}>
                {t('common:close')}
              </Button>
              <Button type="submit" loading={openPage.pending} disabled={!Reason.safeParse(reason).success}>
                {t('web-dispense:openPage')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
};
