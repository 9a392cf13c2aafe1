/** Pieces that the screens of orders and suppliers share. */
import type { OrderState } from '@darmon/domain/purchase-order';
import type { orderRoutes } from '@darmon/function-procurement/order-routes';
import type { AnswerOf } from '@darmon/http/route';
import { amountText } from '@darmon/i18n/money';
import { Paper, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCalendarX,
  IconCircleCheck,
  IconFileText,
  IconLock,
  IconProgressCheck,
  IconSend,
  IconThumbUp,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSites } from '../shared/all-pages.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark } from '../shared/parts.tsx';

export type Order = AnswerOf<typeof orderRoutes.readOrder>;
export type Summary = AnswerOf<typeof orderRoutes.listOrders>['items'][number];

const marks: Readonly<Record<OrderState, { color: string; Icon: typeof IconSend }>> = {
  open: { color: 'gray', Icon: IconFileText },
  sent: { color: 'blue', Icon: IconSend },
  acknowledged: { color: 'blue', Icon: IconThumbUp },
  'partly-received': { color: 'orange', Icon: IconProgressCheck },
  received: { color: 'green', Icon: IconCircleCheck },
  closed: { color: 'gray', Icon: IconLock },
  cancelled: { color: 'red', Icon: IconBan },
};

export const OrderMark = ({ state }: { readonly state: OrderState }) => {
  const t = useT();
  return <Mark {...marks[state]}>{t(`purchase-order:state.${state}`)}</Mark>;
};

const waits: ReadonlySet<OrderState> = new Set(['open', 'sent', 'acknowledged', 'partly-received']);
export const isOverdue = (order: { readonly state: OrderState; readonly due: string }, today: string): boolean =>
  waits.has(order.state) && order.due < today;

export const OverdueMark = () => {
  const t = useT();
  return (
    <Mark color="red" Icon={IconCalendarX}>
      {t('web-orders:overdue')}
    </Mark>
  );
};

const AttentionMark = ({ why }: { readonly why: 'came-after-end' | 'not-delivered' }) => {
  const t = useT();
  return (
    <Mark color="red" Icon={IconAlertTriangle}>
      {t(`web-orders:why.${why}`)}
    </Mark>
  );
};

/** Orders as cards; `names` are those of suppliers, by id. */
export const OrderCards = ({
  orders,
  names,
  today,
}: {
  readonly orders: readonly Summary[];
  readonly names: ReadonlyMap<string, string>;
  readonly today: string;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const sites = useSites();
  const siteName = (id: string) => sites.data?.find((s) => s.id === id)?.name ?? id;
  return (
    <ul className="plain-list">
      {orders.map((order) => (
        <li key={order.id}>
          <Paper withBorder p="sm" className="order-row">
            <div className="row-between">
              <div>
                <Link to="/orders/$id" params={{ id: order.id }} className="order-link number">
                  {t('purchase-order:numbered', { number: order.number })}
                </Link>
                <Text>{names.get(order.supplier) ?? order.supplier}</Text>
                <Text size="sm" className="quiet">
                  {siteName(order.site)} · {format.day(order.at)}
                </Text>
              </div>
              <div className="order-facts">
                <OrderMark state={order.state} />
                {order.attention && <AttentionMark why={order.attention} />}
                {order.undelivered && <AttentionMark why="not-delivered" />}
                {isOverdue(order, today) && <OverdueMark />}
                <Text fw={600}>{amountText(order.value, order.currency, language)}</Text>
                <Text size="sm" className="quiet">
                  {t('web-orders:dueOn', { day: format.day(order.due) })} ·{' '}
                  {t('web-orders:linesFull', { full: order.full, lines: order.lines })}
                </Text>
              </div>
            </div>
          </Paper>
        </li>
      ))}
    </ul>
  );
};

export const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
