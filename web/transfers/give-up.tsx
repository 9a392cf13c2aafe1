/** The way out of a transfer before it is shipped: the sender refuses it, either side gives it up; both say why. */
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { Button, Stack, Text, Textarea } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import type { TransferDetail } from './transfer-view.ts';

export const GiveUp = ({
  transfer,
  kind,
  refresh,
}: {
  readonly transfer: TransferDetail;
  readonly kind: 'cancel' | 'refuse';
  readonly refresh: () => Promise<unknown>;
}) => {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const call = useCall(kind === 'cancel' ? transferRoutes.cancelTransfer : transferRoutes.refuseTransfer);
  const finish = async (sending: Promise<unknown>) => {
    if (!(await sending)) return;
    setOpened(false);
    await refresh();
  };
  return (
    <>
      <Button variant="default" leftSection={<IconBan size={20} aria-hidden />} onClick={() => setOpened(true)}>
        {t(`web-transfers:${kind}`)}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t(`web-transfers:${kind}Title`)}>
        <Stack gap="md">
          {kind === 'cancel' && transfer.lots.length > 0 && <Text>{t('web-transfers:cancelText')}</Text>}
          <Textarea
            data-autofocus
            required
            label={t('web-transfers:reason')}
            description={t('web-transfers:reasonHint')}
            value={reason}
            maxLength={300}
            autosize
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={call.failure} uncertain={call.uncertain} onRetry={() => void finish(call.retry())} />
          <Button
            color="red"
            size="md"
            loading={call.pending}
            disabled={reason.trim().length < 3 || call.uncertain}
            onClick={() => void finish(call.run({ params: { id: transfer.id }, body: { reason: reason.trim() } }))}
          >
            {t(`web-transfers:${kind}`)}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
};
