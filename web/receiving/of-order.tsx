/** The order that a delivery is for: what of it is still to come stands beside the scanning. */
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconShoppingCart } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useAnswer } from '../shared/client.ts';
import type { Formulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, Waiting } from '../shared/parts.tsx';
import type { Draft } from './draft.ts';

export const OfOrder = ({
  draft,
  wanted,
  formulary,
  disabled,
  change,
  onLeave,
}: {
  readonly draft: Draft;
  /** Of the address, where the person came from the order itself. */
  readonly wanted: string | undefined;
  readonly formulary: Formulary;
  readonly disabled: boolean;
  readonly change: (next: (before: Draft) => Draft) => void;
  readonly onLeave: () => void;
}) => {
  const t = useT();
  const id = wanted ?? draft.order?.id;
  const order = useAnswer(
    orderRoutes.readOrder,
    { params: { id: id ?? '' } },
    { enabled: id !== undefined, staleTime: 0 },
  );
  const { data } = order;
  useEffect(() => {
    if (data && draft.order?.id !== data.id && data.id === wanted)
      change((before) => ({ ...before, order: { id: data.id, number: data.number } }));
  }, [data, wanted, draft.order?.id, change]);
  if (id === undefined) return null;
  if (order.isPending) return <Waiting />;
  if (!data) return <FailureAlert failure={order.error} onRetry={() => void order.refetch()} />;
  const open = data.lines.filter((l) => l.receivedUnits < l.packs * l.packUnits);
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Group gap="xs" className="grow" wrap="nowrap">
            <IconShoppingCart size={24} aria-hidden />
            <Text fw={650}>{t('web-receiving:forOrder', { number: data.number, supplier: data.supplierName })}</Text>
          </Group>
          <Button variant="default" disabled={disabled} onClick={onLeave}>
            {t('web-receiving:leaveOrder')}
          </Button>
        </Group>
        {open.length === 0 && <Text>{t('web-receiving:orderWhole')}</Text>}
        {open.length > 0 && <Text size="sm">{t('web-receiving:stillToCome')}</Text>}
        <ul className="problem-errors">
          {open.map((line) => (
            <li key={line.line}>
              {formulary.name(line.medicine)}, {line.brand}:{' '}
              <strong>
                {t('web-receiving:packsToCome', {
                  count: Math.ceil((line.packs * line.packUnits - line.receivedUnits) / line.packUnits),
                })}
              </strong>
            </li>
          ))}
        </ul>
      </Stack>
    </Paper>
  );
};
