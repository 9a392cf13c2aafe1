/** `/orders/$id`: one order, for whom it is, what came of it, and what can be done with it. */
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { quantityText } from '@darmon/i18n/dosage';
import { amountText, soumText } from '@darmon/i18n/money';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { ForOthers } from './for-others.tsx';
import { MatchSection } from './match.tsx';
import { OrderPapers } from './papers.tsx';
import { Fact, isOverdue, type Order, OrderMark, OverdueMark } from './parts.tsx';
import { OrderSteps } from './steps.tsx';

export const OrderPage = () => {
  const t = useT();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const me = useMe();
  const queries = useQueryClient();
  const order = useAnswer(orderRoutes.readOrder, { params: { id } }, { staleTime: 0 });
  const [said, setSaid] = useState<Note | undefined>();
  const buys = me.data?.roles.includes('planner') ?? false;
  const refresh = () => {
    for (const route of [orderRoutes.readOrder, orderRoutes.listOrders, orderRoutes.listOrdersFor])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    setSaid({ good: true, text: t('web-orders:done') });
    scrollTo(0, 0);
  };
  return (
    <Page
      title={order.data ? t('purchase-order:numbered', { number: order.data.number }) : t('purchase-order:title')}
      action={order.data && <OrderMark state={order.data.state} />}
    >
      <Said note={said} />
      {order.isPending && <Waiting />}
      <FailureAlert failure={order.error} onRetry={() => void order.refetch()} />
      {order.data && me.data && (
        <>
          <Attention order={order.data} />
          <About order={order.data} />
          <OrderSteps order={order.data} me={me.data} onDone={refresh} />
          <Lines order={order.data} />
          <Receipts order={order.data} />
          <ForOthers order={order.data} buys={buys} onDone={refresh} />
          <MatchSection order={order.data} buys={buys} onDone={refresh} />
          <OrderPapers order={order.data} />
        </>
      )}
    </Page>
  );
};

const Attention = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const undelivered = order.messages.some((m) => m.state === 'failed') ? ('not-delivered' as const) : undefined;
  const why = order.attention ?? undelivered;
  if (!why) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t(`web-orders:why.${why}`)}>
      {t(`web-orders:why.${why}-text`)}
    </Alert>
  );
};

const useSiteName = () => {
  const sites = useSites();
  return (id: string) => sites.data?.find((s) => s.id === id)?.name ?? id;
};

const About = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const siteName = useSiteName();
  const { acknowledged, ended } = order;
  return (
    <Section id="order-about" title={t('web-orders:about')}>
      <dl className="facts">
        <Fact name={t('purchase-order:supplier')}>
          <Link to="/suppliers/$id" params={{ id: order.supplier }}>
            {order.supplierName} ({order.supplier})
          </Link>
        </Fact>
        <Fact name={t('purchase-order:deliverTo')}>
          {siteName(order.site)} ({order.site})
        </Fact>
        <Fact name={t('purchase-order:due')}>
          {format.day(order.due)} {isOverdue(order, tashkentDay(Date.now())) && <OverdueMark />}
        </Fact>
        <Fact name={t('purchase-order:total')}>
          <strong>{amountText(order.value, order.currency, language)}</strong>
          {order.rate !== undefined && (
            <Text size="sm" className="quiet">
              {t('web-orders:inSoum', { sum: soumText(order.valueTiyin, language) })} ·{' '}
              {t('web-orders:rateText', { currency: order.currency, sum: soumText(order.rate, language) })}
            </Text>
          )}
        </Fact>
        <Fact name={t('web-orders:author')}>
          {order.author}, {format.instant(order.at)}
        </Fact>
        {order.sentAt && (
          <Fact name={t('web-orders:sentAt')}>
            {format.instant(order.sentAt)}
            {order.sentBy && `, ${order.sentBy}`}
          </Fact>
        )}
        {acknowledged && (
          <Fact name={t('web-orders:acknowledgedAt')}>
            {format.instant(acknowledged.at)}, {acknowledged.person}
            {acknowledged.number !== undefined && (
              <Text size="sm">{t('web-orders:supplierNumber', { number: acknowledged.number })}</Text>
            )}
            {acknowledged.due !== undefined && (
              <Text size="sm">{t('web-orders:promised', { day: format.day(acknowledged.due) })}</Text>
            )}
          </Fact>
        )}
        {ended && (
          <Fact name={t(`purchase-order:state.${order.state}`)}>
            {format.instant(ended.at)}, {ended.person}
            {ended.reason !== undefined && ` · ${ended.reason}`}
          </Fact>
        )}
        {order.note !== undefined && <Fact name={t('purchase-order:note')}>{order.note}</Fact>}
        {order.messages.length > 0 && (
          <Fact name={t('web-orders:messages')}>
            {order.messages.map((m) => (
              <Text key={m.kind} size="sm">
                {t(`web-orders:told.${m.kind}`)}:{' '}
                {t(`web-orders:told.${m.state}`, {
                  tries: m.tries,
                  at: format.instant(m.state === 'waiting' ? m.nextAt : (m.lastAt ?? m.at)),
                })}
              </Text>
            ))}
          </Fact>
        )}
      </dl>
    </Section>
  );
};

const Lines = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const siteName = useSiteName();
  return (
    <Section id="order-lines" title={t('web-orders:lines')}>
      <ol className="plain-list">
        {order.lines.map((line) => {
          const unit = formulary.byCode(line.medicine)?.unit ?? 'piece';
          const all = line.packs * line.packUnits;
          return (
            <li key={line.line} className="order-line">
              <div className="row-between">
                <div>
                  <Text fw={650}>{formulary.name(line.medicine)}</Text>
                  <Text size="sm">
                    {line.brand}, {t('web-orders:packOf', { quantity: quantityText(line.packUnits, unit, language) })} ·{' '}
                    <span className="number">{line.gtin}</span>
                  </Text>
                  <Text size="sm" className="quiet">
                    {line.requisitions
                      .map((r) => t('web-orders:sharesOf', { site: siteName(r.site), packs: r.packs }))
                      .join(' · ')}
                  </Text>
                </div>
                <div className="order-facts">
                  <Text fw={650}>
                    {t('web-orders:packsCount', { count: line.packs })} ×{' '}
                    {amountText(line.packPrice, order.currency, language)}
                  </Text>
                  <Text>{amountText(line.packs * line.packPrice, order.currency, language)}</Text>
                  <Text size="sm" className={line.receivedUnits < all ? 'quiet' : undefined}>
                    {t('web-orders:came', {
                      came: quantityText(line.receivedUnits, unit, language),
                      of: quantityText(all, unit, language),
                    })}
                  </Text>
                </div>
              </div>
            </li>
          );
        })}
      </ol>
    </Section>
  );
};

const Receipts = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section id="order-receipts" title={t('web-orders:receipts')}>
      {order.receipts.length === 0 && <Text>{t('web-orders:noReceipts')}</Text>}
      <ul className="plain-list">
        {order.receipts.map((receipt) => (
          <li key={receipt.id}>
            <Link to="/warehouse/receipts/$id" params={{ id: receipt.id }} search={{ site: receipt.site }}>
              {t('web-orders:receiptOn', { day: format.day(receipt.day) })}
            </Link>
            {receipt.faults > 0 && <Text size="sm">{t('web-orders:faults', { count: receipt.faults })}</Text>}
            {receipt.unwanted && (
              <Text size="sm" className="wrong">
                {t('web-orders:unwanted')}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
};
