/** `/orders`: what needs somebody, what is under way and what is over; at a site, what it waits for. */
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { Button, Text } from '@mantine/core';
import { IconFilePlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { OrderCards } from './parts.tsx';

const useSupplierNames = (): ReadonlyMap<string, string> => {
  const suppliers = useAll(supplierRoutes.listSuppliers, {}, { staleTime: 600_000 });
  return new Map((suppliers.data ?? []).map((s) => [s.id, s.name]));
};

export const OrdersPage = () => {
  const t = useT();
  const me = useMe();
  const roles = me.data?.roles ?? [];
  const buys = roles.includes('planner');
  const overlooks = buys || roles.some((r) => r === 'approver' || r === 'chief' || r === 'auditor');
  const keeps = me.data && roles.some((r) => r === 'warehouse' || r === 'pharmacist');
  return (
    <Page
      title={t('web-orders:listTitle')}
      action={
        buys && (
          <Button component={Link} to="/orders/new" leftSection={<IconFilePlus size={20} aria-hidden />}>
            {t('web-orders:newOrder')}
          </Button>
        )
      }
    >
      <FailureAlert failure={me.error} onRetry={() => void me.refetch()} />
      {keeps && <ForSite site={me.data.site} />}
      {overlooks && <Attention />}
      {overlooks && <Group group="open" title={t('web-orders:underWay')} buys={buys} />}
      {overlooks && <Group group="over" title={t('web-orders:over')} buys={false} />}
    </Page>
  );
};

const ForSite = ({ site }: { readonly site: string }) => {
  const t = useT();
  const names = useSupplierNames();
  const orders = useAnswer(orderRoutes.listOrdersFor, { params: { site } }, { staleTime: 0 });
  if (orders.isPending) return <Waiting />;
  if (orders.error) return <FailureAlert failure={orders.error} onRetry={() => void orders.refetch()} />;
  return (
    <Section id="for-site" title={t('web-orders:forSite')}>
      {orders.data.items.length === 0 ? (
        <Text>{t('web-orders:noneForSite')}</Text>
      ) : (
        <OrderCards orders={orders.data.items} names={names} today={tashkentDay(Date.now())} />
      )}
    </Section>
  );
};

/** Nothing where nothing does. */
const Attention = () => {
  const t = useT();
  const names = useSupplierNames();
  const orders = useAnswer(orderRoutes.listOrders, { query: { group: 'attention', limit: 50 } }, { staleTime: 0 });
  if (!orders.data || orders.data.items.length === 0)
    return <FailureAlert failure={orders.error} onRetry={() => void orders.refetch()} />;
  return (
    <Section id="attention" title={t('web-orders:attention')}>
      <OrderCards orders={orders.data.items} names={names} today={tashkentDay(Date.now())} />
    </Section>
  );
};

const Group = ({
  group,
  title,
  buys,
}: {
  readonly group: 'open' | 'over';
  readonly title: string;
  readonly buys: boolean;
}) => {
  const t = useT();
  const names = useSupplierNames();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const orders = useAnswer(
    orderRoutes.listOrders,
    { query: { group, limit: 20, ...(cursor !== undefined && { cursor }) } },
    { staleTime: 0 },
  );
  return (
    <Section id={`orders-${group}`} title={title}>
      {orders.isPending && <Waiting />}
      <FailureAlert failure={orders.error} onRetry={() => void orders.refetch()} />
      {orders.data && orders.data.items.length === 0 && cursors.length === 1 && (
        <Empty title={t(group === 'open' ? 'web-orders:noneUnderWay' : 'web-orders:noneOver')}>
          {buys && <Text>{t('web-orders:noneUnderWayText')}</Text>}
        </Empty>
      )}
      {orders.data && <OrderCards orders={orders.data.items} names={names} today={tashkentDay(Date.now())} />}
      {(cursors.length > 1 || orders.data?.next !== undefined) && (
        <div className="pager">
          {cursors.length > 1 && (
            <Button variant="default" onClick={() => setCursors(cursors.slice(0, -1))}>
              {t('common:back')}
            </Button>
          )}
          {orders.data?.next !== undefined && (
            <Button variant="default" onClick={() => setCursors([...cursors, orders.data?.next])}>
              {t('common:next')}
            </Button>
          )}
        </div>
      )}
    </Section>
  );
};
