/** Order, receipts and invoices side by side, and how they differ. */
import { quantityText } from '@darmon/i18n/dosage';
import { amountText } from '@darmon/i18n/money';
import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Mark, Section } from '../shared/parts.tsx';
import { Invoices } from './invoices.tsx';
import type { Order } from './parts.tsx';

export const MatchSection = ({
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
  const { match, currency } = order;
  const isInvoiced = order.invoices.some(({ state }) => state === 'entered' || state === 'paid');
  const money = (amount: number) => amountText(amount, currency, language);
  return (
    <Section id="order-match" title={t('web-orders:match')}>
      <dl className="order-sums">
        {(['ordered', 'received', 'invoiced', 'payable', 'paid'] as const).map((of) => (
          <div key={of}>
            <dt>{t(`web-orders:sum.${of}`)}</dt>
            <dd>{money(of === 'payable' ? Math.max(0, match.payable - match.paid) : match[of])}</dd>
          </div>
        ))}
      </dl>
      {match.agrees && (
        <Mark color="green" Icon={IconCircleCheck}>
          {t('web-orders:matchAgrees')}
        </Mark>
      )}
      {!isInvoiced && <Text>{t('web-orders:matchNone')}</Text>}
      <Differences order={order} />
      <Invoices order={order} buys={buys} onDone={onDone} />
    </Section>
  );
};

const Differences = ({ order }: { readonly order: Order }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const money = (amount: number) => amountText(amount, order.currency, language);
  if (order.match.differences.length === 0) return null;
  return (
    <ul className="plain-list">
      {order.match.differences.map((d, i) => {
        const medicine = formulary.byGtin(d.gtin);
        return (
          <li key={`${d.kind}#${d.gtin}#${i}`} className="order-line">
            <Mark color="orange" Icon={IconAlertTriangle}>
              {t(`web-orders:differs.${d.kind}`)}
            </Mark>
            <Text fw={600}>{medicine ? formulary.name(medicine.code) : d.gtin}</Text>
            <Text size="sm">
              {quantityText(d.units, medicine?.unit ?? 'piece', language)}
              {d.asked !== undefined &&
                d.agreed !== undefined &&
                ` · ${t('web-orders:priceAsked', { asked: money(d.asked), agreed: money(d.agreed) })}`}
              {d.amount !== 0 && ` · ${money(d.amount)}`}
            </Text>
          </li>
        );
      })}
    </ul>
  );
};
