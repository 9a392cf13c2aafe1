/** What came of an order for other sites and lies where it was delivered: theirs, until it is sent on or said to stay. */
import { Reason } from '@darmon/domain/event';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Section } from '../shared/parts.tsx';
import type { Order } from './parts.tsx';

export const ForOthers = ({
  order,
  buys,
  onDone,
}: {
  readonly order: Order;
  readonly buys: boolean;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const sites = useSites();
  const [keeping, setKeeping] = useState<string | undefined>();
  if (order.waiting.length === 0) return null;
  const nameOf = (id: string) => sites.data?.find((s) => s.id === id)?.name ?? id;
  return (
    <Section id="order-waiting" title={t('web-orders:waiting')}>
      <Text>{t('web-orders:waitingText')}</Text>
      <ul className="plain-list">
        {[...Map.groupBy(order.waiting, ({ site }) => site)].map(([site, lines]) => (
          <li key={site} className="order-line">
            <Text fw={600}>{nameOf(site)}</Text>
            {lines.map(({ gtin, medicine, quantity, since }) => (
              <Text key={gtin} size="sm">
                {formulary.name(medicine)} · {quantityText(quantity, formulary.byGtin(gtin)?.unit ?? 'piece', language)}{' '}
                · {t('web-orders:waitingSince', { day: format.day(since) })}
              </Text>
            ))}
            {buys && (
              <Group mt="xs" className="no-print">
                <Button variant="default" onClick={() => setKeeping(site)}>
                  {t('web-orders:keep')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
      {keeping !== undefined && (
        <KeepDialog
          order={order}
          site={{ id: keeping, name: nameOf(keeping) }}
          onClose={() => setKeeping(undefined)}
          onDone={() => {
            setKeeping(undefined);
            onDone();
          }}
        />
      )}
    </Section>
  );
};

const KeepDialog = ({
  order,
  site,
  onClose,
  onDone,
}: {
  readonly order: Order;
  readonly site: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const keep = useCall(orderRoutes.keepOrdered);
  const [reason, setReason] = useState('');
  const submit = async () => {
    const body = { version: order.version, site: site.id, reason: reason.trim() };
    if (await keep.run({ params: { id: order.id }, body })) onDone();
  };
  return (
    <Dialog opened onClose={() => !keep.pending && !keep.uncertain && onClose()} title={t('web-orders:keep')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text>{t('web-orders:keepHint', { site: site.name })}</Text>
          <TextInput
            label={t('web-orders:reason')}
            value={reason}
            maxLength={300}
            required
            data-autofocus
            disabled={keep.uncertain}
            error={keep.fieldError('/reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={keep.failure} uncertain={keep.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={keep.pending || keep.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={keep.pending} disabled={keep.uncertain || !Reason.safeParse(reason).success}>
              {t('web-orders:keep')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
