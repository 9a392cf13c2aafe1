/** `/suppliers/$id`: who it is, how it kept its word, and what it asks. */
import { type Price, priceOn } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { amountText } from '@darmon/i18n/money';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconFileSpreadsheet, IconPencil, IconTag } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Fact, OrderCards } from '../orders/parts.tsx';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { ActiveMark } from './list.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { SupplierDialog } from './supplier-dialog.tsx';

export const SupplierPage = () => {
  const t = useT();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const me = useMe();
  const found = useAnswer(supplierRoutes.readSupplier, { params: { id } }, { staleTime: 0 });
  const [dialog, setDialog] = useState<'edit' | 'price' | undefined>();
  const [said, setSaid] = useState<Note | undefined>();
  const roles = me.data?.roles ?? [];
  const keeps = roles.some((r) => r === 'planner' || r === 'admin');
  const overlooks = roles.some((r) => r === 'planner' || r === 'approver' || r === 'chief' || r === 'auditor');
  const supplier = found.data?.supplier;
  const saved = () => {
    setDialog(undefined);
    setSaid({ good: true, text: t('web-orders:saved') });
  };
  return (
    <Page
      title={supplier?.name ?? t('purchase-order:supplier')}
      action={supplier && <ActiveMark active={supplier.active} />}
    >
      <Said note={said} />
      {found.isPending && <Waiting />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {supplier && found.data && (
        <>
          <Section id="supplier-about" title={supplier.id}>
            <dl className="facts">
              {supplier.taxId !== undefined && <Fact name={t('purchase-order:taxId')}>{supplier.taxId}</Fact>}
              <Fact name={t('web-orders:country')}>{supplier.country}</Fact>
              {supplier.address !== undefined && <Fact name={t('web-orders:address')}>{supplier.address}</Fact>}
              {supplier.webhook !== undefined && <Fact name={t('web-orders:webhook')}>{supplier.webhook}</Fact>}
            </dl>
            {keeps && (
              <Group gap="sm">
                <Button
                  variant="default"
                  leftSection={<IconPencil size={20} aria-hidden />}
                  onClick={() => setDialog('edit')}
                >
                  {t('web-orders:editSupplier')}
                </Button>
                <Button leftSection={<IconTag size={20} aria-hidden />} onClick={() => setDialog('price')}>
                  {t('web-orders:addPrice')}
                </Button>
                <Button
                  variant="default"
                  renderRoot={(props) => <Link {...props} to="/suppliers/$id/prices" params={{ id }} />}
                  leftSection={<IconFileSpreadsheet size={20} aria-hidden />}
                >
                  {t('web-orders:priceList')}
                </Button>
              </Group>
            )}
          </Section>
          <Scores id={id} />
          {overlooks && <Orders id={id} name={supplier.name} />}
          <Prices prices={found.data.prices} />
          {dialog === 'edit' && (
            <SupplierDialog supplier={supplier} onClose={() => setDialog(undefined)} onSaved={saved} />
          )}
          {dialog === 'price' && <PriceDialog supplier={id} onClose={() => setDialog(undefined)} onSaved={saved} />}
        </>
      )}
    </Page>
  );
};

const Scores = ({ id }: { readonly id: string }) => {
  const t = useT();
  const format = useFormat();
  const card = useAnswer(supplierRoutes.readScorecard, { params: { id } }, { staleTime: 0 });
  return (
    <Section id="scorecard" title={t('web-orders:scorecard')}>
      {card.isPending && <Waiting />}
      <FailureAlert failure={card.error} onRetry={() => void card.refetch()} />
      {card.data && card.data.orders === 0 && <Text>{t('web-orders:noOrdersYet')}</Text>}
      {card.data && card.data.orders > 0 && (
        <>
          {(['onTime', 'inFull', 'withoutFault'] as const).map((name) => (
            <Score key={name} name={t(`web-orders:${name}`)} share={card.data[name]} />
          ))}
          {card.data.leadTimes && (
            <Text>
              {t('web-orders:leadTimes', {
                median: format.number(card.data.leadTimes.median),
                shortest: card.data.leadTimes.shortest,
                longest: card.data.leadTimes.longest,
                samples: card.data.leadTimes.samples,
              })}
            </Text>
          )}
          <Text size="sm" className="quiet">
            {t('web-orders:ordersJudged', { count: card.data.orders })}
            {card.data.from !== undefined && ` · ${t('web-orders:since', { day: format.day(card.data.from) })}`}
          </Text>
        </>
      )}
    </Section>
  );
};

/** A share as words, with a bar that says the same. */
const Score = ({ name, share }: { readonly name: string; readonly share: { good: number; of: number } }) => {
  const t = useT();
  const percent = share.of === 0 ? 0 : Math.round((100 * share.good) / share.of);
  return (
    <div className="score">
      <Text fw={600}>{name}</Text>
      <div className="score-bar" aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </div>
      <Text ta="right">
        {share.of === 0 ? t('web-orders:notJudged') : `${percent} % · ${t('web-orders:shareOf', share)}`}
      </Text>
    </div>
  );
};

const Orders = ({ id, name }: { readonly id: string; readonly name: string }) => {
  const t = useT();
  const orders = useAnswer(orderRoutes.listOrders, { query: { supplier: id, limit: 10 } }, { staleTime: 0 });
  if (!orders.data || orders.data.items.length === 0)
    return <FailureAlert failure={orders.error} onRetry={() => void orders.refetch()} />;
  return (
    <Section id="supplier-orders" title={t('web-orders:listTitle')}>
      <OrderCards orders={orders.data.items} names={new Map([[id, name]])} today={tashkentDay(Date.now())} />
    </Section>
  );
};

const shownAtFirst = 30;

/** What counts today first, by name; what has ended or not begun says so. */
const Prices = ({ prices }: { readonly prices: readonly Price[] }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const today = tashkentDay(Date.now());
  const isNow = (p: Price) => priceOn(prices, p.gtin, today) === p;
  const sorted = prices
    .map((price) => ({ price, name: formulary.name(price.medicine), now: isNow(price) }))
    .filter(({ name, price }) =>
      `${name} ${price.brand} ${price.gtin}`.toLowerCase().includes(text.trim().toLowerCase()),
    )
    .sort((a, b) => Number(b.now) - Number(a.now) || a.name.localeCompare(b.name));
  return (
    <Section id="prices" title={t('web-orders:prices')}>
      {prices.length === 0 && (
        <Empty title={t('web-orders:noPrices')}>
          <Text>{t('web-orders:noPricesText')}</Text>
        </Empty>
      )}
      {prices.length > shownAtFirst && (
        <TextInput
          label={t('web-orders:findPack')}
          maw={420}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <ul className="plain-list">
        {sorted.slice(0, all ? undefined : shownAtFirst).map(({ price, name, now }) => (
          <li key={`${price.gtin}#${price.validFrom}`} className="order-line">
            <div className="row-between">
              <div>
                <Text fw={now ? 650 : 400} className={now ? undefined : 'quiet'}>
                  {name}
                </Text>
                <Text size="sm">
                  {price.brand} · <span className="number">{price.gtin}</span>
                </Text>
              </div>
              <div className="order-facts">
                <Text fw={650}>{amountText(price.packPrice, price.currency, language)}</Text>
                <Text size="sm">
                  {t('web-orders:terms', { min: price.minPacks, multiple: price.multiple, days: price.leadDays })}
                </Text>
                <Text size="sm" className="quiet">
                  {t('web-orders:since', { day: format.day(price.validFrom) })}
                  {price.validUntil !== undefined && ` ${t('web-orders:until', { day: format.day(price.validUntil) })}`}
                </Text>
              </div>
            </div>
          </li>
        ))}
      </ul>
      {!all && sorted.length > shownAtFirst && (
        <div>
          <Button variant="default" onClick={() => setAll(true)}>
            {t('common:next')} ({sorted.length - shownAtFirst})
          </Button>
        </div>
      )}
    </Section>
  );
};
