/** One lot: everything that moved it, and whether it may be dispensed. */
import { Reason } from '@darmon/domain/event';
import { reversibleKinds } from '@darmon/domain/ledger';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Radio, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, FailureAlert, Waiting } from '../shared/parts.tsx';
import { Reverse, signed } from './reverse.tsx';
import { Proof } from './stock-proof.tsx';
import type { Movement, StockItem } from './stock-view.ts';

const states = ['available', 'on-hold', 'quarantined'] as const;

/** Where the document of a movement is read; a dispense belongs to a patient and is not opened from here. */
const documentOf = ({ kind, reference }: Movement, site: string): string | undefined => {
  if (kind === 'receipt') return `/warehouse/receipts/${reference}?site=${site}`;
  if (kind === 'transfer-in' || kind === 'transfer-out') return `/transfers/${reference}`;
  return kind === 'write-off' ? `/write-offs/${reference}` : undefined;
};

const Reference = ({ movement, site }: { readonly movement: Movement; readonly site: string }) => {
  const router = useRouter();
  const address = documentOf(movement, site);
  const number = movement.reference.slice(-8);
  if (address === undefined) return <span title={movement.reference}>{number}</span>;
  return (
    <a
      href={address}
      onClick={(event) => {
        event.preventDefault();
        router.history.push(address);
      }}
    >
      {number}
    </a>
  );
};

export const Movements = ({
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
  const language = useLanguage();
  const formulary = useFormulary();
  const { data: me } = useMe();
  const unit = formulary.byCode(item.medicine)?.unit ?? 'piece';
  const textOf = (units: number) => quantityText(units, unit, language);
  const [part, setPart] = useState<'movements' | 'proof'>('movements');
  const [taking, setTaking] = useState<Movement | undefined>();
  const mayReverse = me?.site === site && me.roles.some((role) => role === 'warehouse' || role === 'pharmacist');
  return (
    <Dialog opened onClose={onClose} size="xl" title={t('web-warehouse:detailsOf', { name, lot: item.lot })}>
      <Stack gap="sm">
        <SegmentedControl
          className="segments no-print"
          size="md"
          fullWidth
          aria-label={t('web-warehouse:details')}
          value={part}
          data={[
            { value: 'movements', label: t('web-stock-views:movements') },
            { value: 'proof', label: t('web-stock-views:proof') },
          ]}
          onChange={(value) => setPart(value === 'proof' ? 'proof' : 'movements')}
        />
        {part === 'proof' && <Proof item={item} site={site} textOf={textOf} />}
        {part === 'movements' && !taking && (
          <MovementList item={item} site={site} textOf={textOf} onReverse={mayReverse ? setTaking : undefined} />
        )}
        {part === 'movements' && taking && (
          <Reverse
            item={item}
            site={site}
            movement={taking}
            textOf={textOf}
            onClose={() => setTaking(undefined)}
            onReversed={(text) => {
              setTaking(undefined);
              onChanged(text);
            }}
          />
        )}
      </Stack>
    </Dialog>
  );
};

const MovementList = ({
  item,
  site,
  textOf,
  onReverse,
}: {
  readonly item: StockItem;
  readonly site: string;
  readonly textOf: (units: number) => string;
  readonly onReverse: ((movement: Movement) => void) | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const [cursor, setCursor] = useState<string | undefined>();
  const page = useAnswer(routes.listMovements, {
    params: { site },
    query: { gtin: item.gtin, lot: item.lot, limit: 100, ...(cursor !== undefined && { cursor }) },
  });
  const items = page.data?.items ?? [];
  const taken = new Set(items.map(({ reverses }) => reverses));
  const nameOf = useNames(items.map(({ person }) => person));
  if (!page.data)
    return page.isPending ? <Waiting /> : <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />;
  if (items.length === 0) return <Text>{t('web-warehouse:noMovements')}</Text>;
  return (
    <>
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
              {onReverse && <Table.Th className="no-print">{t('web-stock-views:reverse')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((movement) => (
              <Table.Tr key={movement.id}>
                <Table.Td className="number">
                  {format.instant(movement.at)}
                  {movement.recordedAt && (
                    <Text size="sm" className="quiet">
                      {t('web-stock-views:late', { at: format.instant(movement.recordedAt) })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {t(`web-warehouse:kind.${movement.kind}`)}
                  {movement.reason && (
                    <Text size="sm" className="quiet">
                      {t('web-stock-views:because', { reason: movement.reason })}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{signed(movement.quantity, textOf)}</Table.Td>
                <Table.Td>{nameOf(movement.person)}</Table.Td>
                <Table.Td className="reference">
                  <Reference movement={movement} site={site} />
                </Table.Td>
                {onReverse && (
                  <Table.Td className="no-print">
                    {taken.has(movement.id) && <Text size="sm">{t('web-stock-views:reversedBy')}</Text>}
                    {!taken.has(movement.id) && reversibleKinds.has(movement.kind) && (
                      <Button
                        variant="subtle"
                        size="sm"
                        mih={44}
                        leftSection={<IconArrowBackUp size={20} aria-hidden />}
                        aria-label={`${t('web-stock-views:reverse')}: ${format.instant(movement.at)}, ${signed(movement.quantity, textOf)}`}
                        onClick={() => onReverse(movement)}
                      >
                        {t('web-stock-views:reverse')}
                      </Button>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between">
        <Text>
          {t('web-warehouse:balance')}: <strong>{textOf(item.onHand)}</strong>
        </Text>
        {page.data.next && (
          <Button variant="default" onClick={() => setCursor(page.data.next)}>
            {t('common:next')}
          </Button>
        )}
      </Group>
    </>
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
