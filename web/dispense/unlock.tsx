/** The patient's own page is locked after wrong birth dates: the counter opens it again, having seen the document. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';

export const OpenPageButton = ({ id, onOpened }: { readonly id: string; readonly onOpened: () => void }) => {
  const t = useT();
  const openPage = useCall(routes.openPage);
  const [opened, setOpened] = useState(false);
  const [choice, setChoice] = useState('');
  const [own, setOwn] = useState('');
  const reasons = [t('web-dispense:openPageReason.passport'), t('web-dispense:openPageReason.birth')];
  const reason = choice === 'own' ? own.trim() : choice;
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
            <Radio.Group label={t('web-dispense:openPageWhy')} value={choice} onChange={setChoice}>
              <Stack gap="sm" mt="xs">
                {reasons.map((one) => (
                  <Radio key={one} size="md" value={one} label={one} disabled={openPage.uncertain} />
                ))}
                <Radio size="md" value="own" label={t('web-dispense:ownReason')} disabled={openPage.uncertain} />
              </Stack>
            </Radio.Group>
            {choice === 'own' && (
              <TextInput
                label={t('web-dispense:ownReason')}
                description={t('web-dispense:ownReasonHint')}
                value={own}
                maxLength={300}
                autoFocus
                disabled={openPage.uncertain}
                onChange={(event) => setOwn(event.currentTarget.value)}
              />
            )}
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
