/** One lot: everything that moved it, and whether it may be dispensed. */
import { Reason } from '@darmon/domain/event';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Radio, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Waiting } from '../shared/parts.tsx';
import type { StockItem } from './stock-view.ts';

const states = ['available', 'on-hold', 'quarantined'] as const;

export const Movements = ({
  item,
  name,
  site,
  onClose,
}: {
  readonly item: StockItem;
  readonly name: string;
  readonly site: string;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const unit = formulary.byCode(item.medicine)?.unit ?? 'piece';
  const [cursor, setCursor] = useState<string | undefined>();
  const page = useAnswer(routes.listMovements, {
    params: { site },
    query: { gtin: item.gtin, lot: item.lot, limit: 100, cursor },
  });
  return (
    <Dialog opened onClose={onClose} size="xl" title={t('web-warehouse:detailsOf', { name, lot: item.lot })}>
      {page.isPending && <Waiting />}
      <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />
      {page.data && page.data.items.length === 0 && <Text>{t('web-warehouse:noMovements')}</Text>}
      {page.data && page.data.items.length > 0 && (
        <Stack gap="sm">
          <Table.ScrollContainer
            minWidth={480}
            type="native"
            tabIndex={0}
            role="region"
            aria-label={t('web-warehouse:details')}
          >
            <Table className="movements">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('web-warehouse:when')}</Table.Th>
                  <Table.Th>{t('web-warehouse:what')}</Table.Th>
                  <Table.Th>{t('web-warehouse:amount')}</Table.Th>
                  <Table.Th>{t('web-warehouse:who')}</Table.Th>
                  <Table.Th>{t('web-warehouse:reference')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {page.data.items.map((movement) => (
                  <Table.Tr key={movement.id}>
                    <Table.Td className="number">{format.instant(movement.at)}</Table.Td>
                    <Table.Td>{t(`web-warehouse:kind.${movement.kind}`)}</Table.Td>
                    <Table.Td>
                      {movement.quantity === 0
                        ? '—'
                        : `${movement.quantity > 0 ? '+' : '−'}${quantityText(Math.abs(movement.quantity), unit, language)}`}
                    </Table.Td>
                    <Table.Td>{movement.person}</Table.Td>
                    <Table.Td className="reference">{movement.reference}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Group justify="space-between">
            <Text>
              {t('web-warehouse:balance')}: <strong>{quantityText(item.onHand, unit, language)}</strong>
            </Text>
            {page.data.next && (
              <Button variant="default" onClick={() => setCursor(page.data.next)}>
                {t('common:next')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Dialog>
  );
};

export const ChangeState = ({
  item,
  name,
  site,
  onChanged,
  onClose,
}: {
  readonly item: StockItem;
  readonly name: string;
  readonly site: string;
  readonly onChanged: (said: string) => void;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const change = useCall(routes.setLotState);
  const [state, setState] = useState<(typeof states)[number] | ''>('');
  const [reason, setReason] = useState('');
  const present = item.state === 'expired' ? 'available' : item.state;
  const send = async () => {
    if (state === '') return;
    const body = { gtin: item.gtin, lot: item.lot, state, reason: reason.trim() };
    if (!(await change.run({ params: { site }, body }))) return;
    await queries.invalidateQueries({ queryKey: keyOf(routes.listStock) });
    onChanged(t('web-warehouse:changed', { name, lot: item.lot, state: t(`medicine:lot.${state}`) }));
    onClose();
  };
  return (
    <Dialog
      opened
      onClose={() => !change.pending && onClose()}
      title={t('web-warehouse:changeOf', { name, lot: item.lot })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          <Radio.Group
            label={t('web-warehouse:change')}
            value={state}
            onChange={(value) => setState(states.find((one) => one === value) ?? '')}
          >
            <Stack gap="sm" mt="xs">
              {states
                .filter((one) => one !== present)
                .map((one) => (
                  <Radio
                    key={one}
                    size="md"
                    value={one}
                    label={t(`web-warehouse:to.${one}`)}
                    description={t(`web-warehouse:to.${one}.text`)}
                    disabled={change.uncertain}
                  />
                ))}
            </Stack>
          </Radio.Group>
          <TextInput
            label={t('web-warehouse:why')}
            description={t('web-warehouse:whyHint')}
            value={reason}
            maxLength={300}
            required
            disabled={change.uncertain}
            error={change.fieldError('/reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={change.failure} uncertain={change.uncertain} onRetry={() => void send()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={change.pending} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={change.pending} disabled={state === '' || !Reason.safeParse(reason).success}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
