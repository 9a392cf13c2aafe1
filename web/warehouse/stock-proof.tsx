/** The proof of one lot's balance: what it is the sum of on a day, to print and to take away as a file. */
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-inventory/routes';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { call, type Failure, failureOf, useAnswer } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Waiting } from '../shared/parts.tsx';
import { balanceCsv, type Movement, type StockItem } from './stock-view.ts';

const save = (text: string, name: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};

export const Proof = ({
  item,
  site,
  textOf,
}: {
  readonly item: StockItem;
  readonly site: string;
  /** Units in words. */
  readonly textOf: (units: number) => string;
}) => {
  const t = useT();
  const format = useFormat();
  const [day, setDay] = useState('');
  const [failure, setFailure] = useState<Failure | undefined>();
  const [busy, setBusy] = useState(false);
  const lot = { gtin: item.gtin, lot: item.lot };
  const balance = useAnswer(routes.readBalance, {
    params: { site },
    query: { ...lot, ...(day !== '' && { at: day }) },
  });
  const download = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const all: Movement[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...lot, limit: 100, ...(cursor !== undefined && { cursor }) };
        const page = await call(routes.listMovements, { params: { site }, query });
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      const until = balance.data?.at ?? '';
      save(
        balanceCsv(all.filter(({ at }) => at <= until)),
        `${site}-${item.gtin}-${day || tashkentDay(Date.now())}.csv`,
      );
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <Stack gap="sm">
      <DayField
        className="no-print"
        label={t('web-stock-views:asOf')}
        description={t('web-stock-views:asOfHint')}
        value={day}
        max={tashkentDay(Date.now())}
        maw={260}
        onChange={setDay}
      />
      {balance.isPending && <Waiting />}
      <FailureAlert failure={balance.error} onRetry={() => void balance.refetch()} />
      <FailureAlert failure={failure} />
      {balance.data && (
        <>
          <Text fw={700}>
            {t('web-stock-views:proofAt', {
              at: format.instant(balance.data.at),
              units: textOf(balance.data.onHand),
            })}
          </Text>
          <Text>{t('web-stock-views:proofSum', { count: balance.data.movements })}</Text>
          <table className="view-table">
            <thead>
              <tr>
                <th scope="col">{t('web-warehouse:what')}</th>
                <th scope="col">№</th>
                <th scope="col">{t('web-warehouse:amount')}</th>
              </tr>
            </thead>
            <tbody>
              {balance.data.of.map(({ kind, quantity, movements }) => (
                <tr key={kind}>
                  <th scope="row">{t(`web-warehouse:kind.${kind}`)}</th>
                  <td>{format.number(movements)}</td>
                  <td>{`${quantity > 0 ? '+' : '−'}${textOf(Math.abs(quantity))}`}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('web-warehouse:balance')}</th>
                <td />
                <td>{textOf(balance.data.onHand)}</td>
              </tr>
            </tfoot>
          </table>
          {balance.data.addsUp ? (
            <Text className="said-note">
              <IconCircleCheck size={20} aria-hidden />
              {t('web-stock-views:addsUp')}
            </Text>
          ) : (
            <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />}>
              {t('web-stock-views:doesNotAddUp')}
            </Alert>
          )}
          <Group className="no-print">
            <Button
              variant="default"
              loading={busy}
              leftSection={<IconDownload size={20} aria-hidden />}
              onClick={() => void download()}
            >
              {t('web-stock-views:toCsv')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPrinter size={20} aria-hidden />}
              onClick={() => window.print()}
            >
              {t('common:print')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
};
