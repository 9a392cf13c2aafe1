/** Receipts of a site, the newest first. */
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPackageImport, IconProgressCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ChooseSite, isKeeper } from '../shared/choose-site.tsx';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, Page, Waiting } from '../shared/parts.tsx';

export const ReceiptsPage = () => {
  const t = useT();
  const { data: me } = useMe();
  const [other, setOther] = useState<string | undefined>();
  const site = other ?? me?.site;
  return (
    <Page
      title={t('web-receiving:receipts')}
      action={
        me &&
        isKeeper(me) && (
          <Button component={Link} to="/warehouse/receive" leftSection={<IconPackageImport size={20} aria-hidden />}>
            {t('web-warehouse:receiveTitle')}
          </Button>
        )
      }
    >
      {me && !isKeeper(me) && <ChooseSite site={site} onChoose={setOther} />}
      {site !== undefined && <Receipts key={site} site={site} />}
    </Page>
  );
};

const Receipts = ({ site }: { readonly site: string }) => {
  const t = useT();
  const format = useFormat();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const page = useAnswer(receiptRoutes.listReceipts, {
    params: { site },
    query: { limit: 30, ...(cursor !== undefined && { cursor }) },
  });
  if (page.isPending) return <Waiting />;
  if (page.error) return <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />;
  if (page.data.items.length === 0 && cursors.length === 1)
    return (
      <Empty title={t('web-receiving:noReceipts')}>
        <Text>{t('web-receiving:noReceiptsText')}</Text>
      </Empty>
    );
  const { next } = page.data;
  return (
    <Stack gap="sm">
      <ul className="plain-list">
        {page.data.items.map((receipt) => (
          <li key={receipt.id}>
            <Group justify="space-between" gap="sm">
              <div>
                <Text
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="/warehouse/receipts/$id"
                      params={{ id: receipt.id }}
                      search={site === undefined ? {} : { site }}
                    />
                  )}
                  fw={650}
                >
                  {receipt.document
                    ? `${receipt.document.supplier}, ${receipt.document.number}`
                    : t('web-receiving:noSupplier')}
                </Text>
                <Text size="sm" className="quiet">
                  {format.instant(receipt.at)} · {t('web-receiving:lines')}: {format.number(receipt.of)} ·{' '}
                  <span className="number">{receipt.id.slice(-8)}</span>
                </Text>
              </div>
              <Group gap="xs">
                {receipt.state === 'posting' && (
                  <Mark color="blue" Icon={IconProgressCheck}>
                    {t('web-receiving:posting')}
                  </Mark>
                )}
                {receipt.open > 0 && (
                  <Mark color="orange" Icon={IconAlertTriangle}>
                    {t('web-receiving:discrepancies')}: {receipt.open}
                  </Mark>
                )}
                {receipt.state === 'posted' && receipt.open === 0 && (
                  <Mark color="green" Icon={IconCircleCheck}>
                    {t('web-warehouse:received')}
                  </Mark>
                )}
              </Group>
            </Group>
          </li>
        ))}
      </ul>
      <Group gap="sm">
        {cursors.length > 1 && (
          <Button variant="default" onClick={() => setCursors(cursors.slice(0, -1))}>
            {t('common:back')}
          </Button>
        )}
        {next !== undefined && (
          <Button variant="default" onClick={() => setCursors([...cursors, next])}>
            {t('common:next')}
          </Button>
        )}
      </Group>
    </Stack>
  );
};
