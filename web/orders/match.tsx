/** Order, receipts and invoices side by side, and the entering of an invoice. */
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { quantityText } from '@darmon/i18n/dosage';
import { amountText, minorDigits } from '@darmon/i18n/money';
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFilePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Mark, numberOf, Section } from '../shared/parts.tsx';
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
  const format = useFormat();
  const [entering, setEntering] = useState(false);
  const { match, currency, invoices } = order;
  const money = (amount: number) => amountText(amount, currency, language);
  return (
    <Section id="order-match" title={t('web-orders:match')}>
      <dl className="order-sums">
        {(['ordered', 'received', 'invoiced', 'payable'] as const).map((of) => (
          <div key={of}>
            <dt>{t(`web-orders:sum.${of}`)}</dt>
            <dd>{money(match[of])}</dd>
          </div>
        ))}
      </dl>
      {match.agrees && (
        <Mark color="green" Icon={IconCircleCheck}>
          {t('web-orders:matchAgrees')}
        </Mark>
      )}
      {invoices.length === 0 && <Text>{t('web-orders:matchNone')}</Text>}
      <Differences order={order} />
      {invoices.length > 0 && (
        <ul className="plain-list">
          {invoices.map((invoice) => (
            <li key={invoice.id}>
              <Text>
                {t('web-orders:invoiceOf', { number: invoice.number, day: format.day(invoice.date) })} ·{' '}
                <strong>{money(invoice.value)}</strong>
              </Text>
            </li>
          ))}
        </ul>
      )}
      {buys && (
        <div>
          <Button
            variant="default"
            leftSection={<IconFilePlus size={20} aria-hidden />}
            onClick={() => setEntering(true)}
          >
            {t('web-orders:enterInvoice')}
          </Button>
        </div>
      )}
      {entering && (
        <InvoiceDialog
          order={order}
          onClose={() => setEntering(false)}
          onDone={() => {
            setEntering(false);
            onDone();
          }}
        />
      )}
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

interface Typed {
  readonly packs: number | undefined;
  readonly price: number | undefined;
}

/** A line for each pack of the order: what came and the agreed price stand there, as most invoices say them. */
const InvoiceDialog = ({
  order,
  onClose,
  onDone,
}: {
  readonly order: Order;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const enter = useCall(orderRoutes.enterInvoice);
  const today = tashkentDay(Date.now());
  const whole = 10 ** minorDigits(order.currency);
  const [number, setNumber] = useState('');
  const [date, setDate] = useState(today);
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(
    new Map(
      order.lines.map((l) => [
        l.gtin,
        { packs: Math.floor(l.receivedUnits / l.packUnits), price: l.packPrice / whole },
      ]),
    ),
  );
  const change = (gtin: string, next: Partial<Typed>) =>
    setTyped((before) => {
      const old = before.get(gtin) ?? { packs: undefined, price: undefined };
      return new Map(before).set(gtin, { ...old, ...next });
    });
  const lines = [...typed].flatMap(([gtin, { packs, price }]) =>
    packs && price !== undefined ? [{ gtin, packs, packPrice: Math.round(price * whole) }] : [],
  );
  const submit = async () => {
    const body = { number: number.trim(), date, currency: order.currency, lines };
    if (await enter.run({ params: { id: order.id }, body })) onDone();
  };
  return (
    <Dialog
      opened
      size="lg"
      onClose={() => !enter.pending && !enter.uncertain && onClose()}
      title={t('web-orders:enterInvoice')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <div className="order-fields">
            <TextInput
              label={t('web-orders:invoiceNumber')}
              value={number}
              maxLength={40}
              required
              data-autofocus
              error={enter.fieldError('/number')}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <DayField
              label={t('web-orders:invoiceDate')}
              value={date}
              max={today}
              required
              error={enter.fieldError('/date')}
              onChange={setDate}
            />
          </div>
          <Text size="sm">{t('web-orders:invoiceHint')}</Text>
          {order.lines.map((line) => {
            const name = formulary.name(line.medicine);
            const of = typed.get(line.gtin);
            return (
              <div key={line.gtin} className="order-line">
                <Text fw={600}>{name}</Text>
                <div className="order-fields">
                  <NumberInput
                    label={t('purchase-order:packs')}
                    aria-label={t('web-orders:invoicePacks', { name })}
                    value={of?.packs ?? ''}
                    min={0}
                    max={1_000_000}
                    allowDecimal={false}
                    onChange={(value) => change(line.gtin, { packs: numberOf(value) })}
                  />
                  <NumberInput
                    label={t('purchase-order:packPrice')}
                    aria-label={t('web-orders:invoicePrice', { name })}
                    value={of?.price ?? ''}
                    min={0}
                    decimalScale={minorDigits(order.currency)}
                    suffix={` ${order.currency}`}
                    thousandSeparator=" "
                    onChange={(value) => change(line.gtin, { price: numberOf(value) })}
                  />
                </div>
              </div>
            );
          })}
          <FailureAlert failure={enter.failure} uncertain={enter.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={enter.pending || enter.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button
              type="submit"
              loading={enter.pending}
              disabled={enter.uncertain || number.trim() === '' || date === '' || lines.length === 0}
            >
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
