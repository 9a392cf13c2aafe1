/** The list that a supplier sent as a file: read on this device, announced, and ticked off at once. */
import type { ExpectedList } from '@darmon/domain/asn';
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Waiting } from '../shared/parts.tsx';

/** Fetched when somebody brings a file: whoever scans alone never pays for it. */
const ChooseExpected = lazy(() => import('../imports/pages.tsx').then((pages) => ({ default: pages.ChooseExpected })));

export const UploadList = ({
  site,
  onClose,
  onAnnounced,
}: {
  readonly site: string;
  readonly onClose: () => void;
  readonly onAnnounced: (id: string) => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const announce = useCall(receiptRoutes.announceExpected);
  const [supplier, setSupplier] = useState('');
  const [number, setNumber] = useState('');
  const finish = async (sent: Promise<{ id: string } | undefined>) => {
    const list = await sent;
    if (!list) return;
    void queries.invalidateQueries({ queryKey: keyOf(receiptRoutes.listExpected) });
    onAnnounced(list.id);
  };
  const send = (list: ExpectedList) => {
    const named = number.trim() || list.number;
    void finish(
      announce.run({
        params: { site },
        body: {
          supplier: supplier.trim(),
          ...(named !== undefined && { number: named.slice(0, 40) }),
          lines: [...list.lines],
          ...(list.units.length > 0 && { units: [...list.units] }),
        },
      }),
    );
  };
  const frozen = announce.pending || announce.uncertain;
  return (
    <Dialog opened onClose={onClose} size="xl" fullScreen={isNarrow} title={t('web-receiving:upload')}>
      <Stack gap="md">
        <div className="two-columns">
          <TextInput
            data-autofocus
            label={t('web-receiving:supplier')}
            value={supplier}
            maxLength={60}
            required
            disabled={frozen}
            error={announce.fieldError('/supplier')}
            onChange={(event) => setSupplier(event.currentTarget.value)}
          />
          <TextInput
            label={t('web-warehouse:documentNumber')}
            value={number}
            maxLength={40}
            disabled={frozen}
            error={announce.fieldError('/number')}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </div>
        {supplier.trim() === '' ? (
          <Text className="quiet">{t('web-receiving:uploadSupplier')}</Text>
        ) : (
          <Suspense fallback={<Waiting />}>
            <ChooseExpected disabled={frozen} onExpected={send} />
          </Suspense>
        )}
        <FailureAlert
          failure={announce.failure}
          uncertain={announce.uncertain}
          onRetry={() => void finish(announce.retry())}
        />
      </Stack>
    </Dialog>
  );
};
