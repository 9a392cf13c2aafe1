/** A movement taken back: alone by who entered it a moment ago, else before a colleague of the same site. */
import { Reason } from '@darmon/domain/event';
import { reversalNeedsSecond } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import { routes } from '@darmon/function-inventory/routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, isProblem } from '../shared/parts.tsx';
import { usePolicy } from '../shared/policy.ts';
import { WitnessPanel } from '../witness/panel.tsx';
import type { Movement, StockItem } from './stock-view.ts';

/** Signed units in words. */
export const signed = (units: number, textOf: (units: number) => string): string =>
  units === 0 ? '—' : `${units > 0 ? '+' : '−'}${textOf(Math.abs(units))}`;

export const Reverse = ({
  item,
  site,
  movement,
  textOf,
  onClose,
  onReversed,
}: {
  readonly item: StockItem;
  readonly site: string;
  readonly movement: Movement;
  readonly textOf: (units: number) => string;
  readonly onClose: () => void;
  readonly onReversed: (said: string) => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const formulary = useFormulary();
  const { warehouse } = usePolicy();
  const change = useCall(routes.reverseMovement);
  const [reason, setReason] = useState('');
  const [approval, setApproval] = useState<string | undefined>();
  const medicine = formulary.byCode(item.medicine);
  const by = {
    person: me?.person ?? '',
    controlled: medicine !== undefined && isControlled(medicine.class),
    hours: warehouse.reversalHours,
  };
  // the server is asked in the end, whose clock and rules may be others
  const needsSecond = reversalNeedsSecond(movement, by, Date.now()) || isProblem(change.failure, 'approval-missing');
  const isReady = Reason.safeParse(reason).success;
  const body = { gtin: item.gtin, lot: item.lot, movement: movement.id, reason: reason.trim() };
  const send = async (again: boolean) => {
    const whole = { ...body, ...(approval !== undefined && { approval }) };
    // the yes may have run out since: what was sent is sent again as it was
    const done = again ? await change.retry() : await change.run({ params: { site }, body: whole });
    if (!done) return;
    for (const route of [routes.listStock, routes.listMovements, routes.readBalance, routes.readHistory])
      await queries.invalidateQueries({ queryKey: keyOf(route) });
    onReversed(t('web-stock-views:reversed', { units: signed(done.quantity, textOf) }));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(change.uncertain);
      }}
    >
      <Stack gap="md">
        <Text fw={700}>
          {t('web-stock-views:reverseOf', {
            what: t(`web-warehouse:kind.${movement.kind}`),
            units: signed(-movement.quantity, textOf),
          })}
        </Text>
        <Text>{t('web-stock-views:reverseNote')}</Text>
        <TextInput
          label={t('web-warehouse:why')}
          description={t('web-warehouse:whyHint')}
          value={reason}
          maxLength={300}
          required
          data-autofocus
          autoComplete="off"
          disabled={change.uncertain}
          error={change.fieldError('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {needsSecond && (
          <WitnessPanel
            about="reversal"
            subject={`/api/sites/${site}/reversals`}
            body={isReady ? body : undefined}
            disabled={change.pending || change.uncertain}
            onApproved={setApproval}
            onLost={() => setApproval(undefined)}
          />
        )}
        <FailureAlert failure={change.failure} uncertain={change.uncertain} onRetry={() => void send(true)} />
        <Group justify="flex-end">
          <Button variant="default" disabled={change.pending} onClick={onClose}>
            {t('common:back')}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={change.pending}
            disabled={!isReady || (needsSecond && approval === undefined)}
          >
            {t('web-stock-views:reverse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
