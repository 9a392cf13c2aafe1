/** The sending site's decision: line by line as asked for, or less, beside what lies on the own shelves. */
import { routes } from '@darmon/function-inventory/routes';
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { IconThumbUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, numberOf } from '../shared/parts.tsx';
import { GiveUp } from './give-up.tsx';
import { useAmount } from './parts.tsx';

import type { TransferDetail } from './transfer-view.ts';

export const Approve = ({
  transfer,
  refresh,
}: {
  readonly transfer: TransferDetail;
  readonly refresh: () => Promise<unknown>;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const approve = useCall(transferRoutes.approveTransfer);
  const stock = useAll(routes.listStock, { params: { site: transfer.from } });
  const [units, setUnits] = useState<Readonly<Record<number, number | undefined>>>({});
  const freeOf = (medicine: string) =>
    stock.data
      ?.filter((row) => row.medicine === medicine && row.state === 'available')
      .reduce((sum, row) => sum + row.onHand - row.held, 0);
  const given = (line: TransferDetail['lines'][number]) => (line.line in units ? units[line.line] : line.asked);
  const finish = async (sending: ReturnType<typeof approve.run>) => {
    if (await sending) await refresh();
  };
  const frozen = approve.pending || approve.uncertain;
  const isEmpty = transfer.lines.every((line) => !given(line));
  return (
    <Stack gap="sm">
      <Text>{t('web-transfers:approveTitle')}</Text>
      {transfer.lines.map((line, at) => {
        const name = formulary.name(line.medicine);
        const free = freeOf(line.medicine);
        return (
          <div key={line.line} className="transfer-line">
            <Stack gap={0}>
              <Text fw={600}>{name}</Text>
              <Text size="sm" className="quiet">
                {t('web-transfers:asked')}: {amountOf(line.medicine, line.asked)}
              </Text>
              {free !== undefined && (
                <Text size="sm" className={free < line.asked ? 'warn' : 'quiet'}>
                  {t('web-transfers:here', { units: amountOf(line.medicine, free) })}
                </Text>
              )}
            </Stack>
            <NumberInput
              size="md"
              aria-label={t('web-transfers:sendAmount', { name })}
              min={0}
              max={line.asked}
              allowDecimal={false}
              disabled={frozen}
              value={given(line) ?? ''}
              error={approve.fieldError(`/lines/${at}/quantity`)}
              onChange={(value) => setUnits((all) => ({ ...all, [line.line]: numberOf(value) }))}
            />
          </div>
        );
      })}
      <FailureAlert
        failure={approve.failure}
        uncertain={approve.uncertain}
        onRetry={() => void finish(approve.retry())}
      />
      <Group gap="sm">
        <Button
          size="lg"
          loading={approve.pending}
          disabled={isEmpty || approve.uncertain}
          leftSection={<IconThumbUp size={22} aria-hidden />}
          onClick={() =>
            void finish(
              approve.run({
                params: { id: transfer.id },
                body: { lines: transfer.lines.map((l) => ({ line: l.line, quantity: given(l) ?? 0 })) },
              }),
            )
          }
        >
          {t('web-transfers:approve')}
        </Button>
        <GiveUp transfer={transfer} kind="refuse" refresh={refresh} />
      </Group>
    </Stack>
  );
};
