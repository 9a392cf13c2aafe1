/** A supplier's invoices: entered, put right, cancelled, marked paid; what no longer counts stays to be seen. */
import { Reason } from '@darmon/domain/event';
import type { InvoiceState } from '@darmon/domain/order-match';
import { tashkentDay } from '@darmon/domain/time';
import { invoiceRoutes } from '@darmon/function-procurement/invoice-routes';
import { amountText, minorDigits } from '@darmon/i18n/money';
import { Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconBan, IconCircleCheck, IconFilePlus, IconFileText, IconReplace } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, FailureAlert, Mark, numberOf } from '../shared/parts.tsx';
import type { Order } from './parts.tsx';

type Invoice = Order['invoices'][number];
type Deed = 'cancel' | 'pay' | 'reverse';
type Doing = { readonly deed: 'enter' } | { readonly deed: 'correct' | Deed; readonly invoice: Invoice };

const marks: Readonly<Record<InvoiceState, { color: string; Icon: typeof IconBan }>> = {
  entered: { color: 'blue', Icon: IconFileText },
  paid: { color: 'green', Icon: IconCircleCheck },
  corrected: { color: 'gray', Icon: IconReplace },
  cancelled: { color: 'red', Icon: IconBan },
};
const deeds: Readonly<Record<InvoiceState, readonly ('correct' | Deed)[]>> = {
  entered: ['pay', 'correct', 'cancel'],
  paid: ['reverse'],
  corrected: [],
  cancelled: [],
};

export const Invoices = ({
  order,
  buys,
  onDone,
}: {
  readonly order: Order;
  readonly buys: boolean;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const [doing, setDoing] = useState<Doing | undefined>();
  const close = () => setDoing(undefined);
  const done = () => {
    close();
    onDone();
  };
  return (
    <>
      {order.invoices.length > 0 && (
        <ul className="plain-list">
          {order.invoices.map((invoice) => (
            <li key={invoice.id} className="order-line">
              <One order={order} invoice={invoice} />
              {buys && deeds[invoice.state].length > 0 && (
                <Group gap="sm" mt="xs" className="no-print">
                  {deeds[invoice.state].map((deed) => (
                    <Button key={deed} variant="default" onClick={() => setDoing({ deed, invoice })}>
                      {t(`web-orders:invoice.${deed}`)}
                    </Button>
                  ))}
                </Group>
              )}
            </li>
          ))}
        </ul>
      )}
      {buys && (
        <div>
          <Button
            variant="default"
            leftSection={<IconFilePlus size={20} aria-hidden />}
            onClick={() => setDoing({ deed: 'enter' })}
          >
            {t('web-orders:enterInvoice')}
          </Button>
        </div>
      )}
      {(doing?.deed === 'enter' || doing?.deed === 'correct') && (
        <InvoiceDialog
          order={order}
          corrects={doing.deed === 'correct' ? doing.invoice : undefined}
          onClose={close}
          onDone={done}
        />
      )}
      {doing && doing.deed !== 'enter' && doing.deed !== 'correct' && (
        <StepDialog order={order} invoice={doing.invoice} deed={doing.deed} onClose={close} onDone={done} />
      )}
    </>
  );
};

const One = ({ order, invoice }: { readonly order: Order; readonly invoice: Invoice }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const numberOfInvoice = (id: string | undefined) => order.invoices.find((one) => one.id === id)?.number;
  const corrects = numberOfInvoice(invoice.corrects);
  const last = invoice.steps.at(-1);
  return (
    <Stack gap={2}>
      <Group gap="sm">
        <Text>
          {t('web-orders:invoiceOf', { number: invoice.number, day: format.day(invoice.date) })} ·{' '}
          <strong>{amountText(invoice.value, invoice.currency, language)}</strong>
        </Text>
        <Mark {...marks[invoice.state]}>{t(`web-orders:invoice.state.${invoice.state}`)}</Mark>
      </Group>
      {corrects !== undefined && <Text size="sm">{t('web-orders:invoice.corrects', { number: corrects })}</Text>}
      {invoice.paidOn !== undefined && (
        <Text size="sm">{t('web-orders:invoice.paidOn', { day: format.day(invoice.paidOn) })}</Text>
      )}
      {last?.reason !== undefined && (
        <Text size="sm" className="quiet">
          {last.person}, {format.instant(last.at)} · {last.reason}
        </Text>
      )}
    </Stack>
  );
};

const ReasonField = ({
  value,
  error,
  onChange,
}: {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}) => {
  const t = useT();
  return (
    <TextInput
      label={t('web-orders:reason')}
      value={value}
      maxLength={300}
      required
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};

/** A step that asks for a reason, or for the day of a payment. */
const StepDialog = ({
  order,
  invoice,
  deed,
  onClose,
  onDone,
}: {
  readonly order: Order;
  readonly invoice: Invoice;
  readonly deed: Deed;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const calls = {
    cancel: useCall(invoiceRoutes.cancelInvoice),
    pay: useCall(invoiceRoutes.payInvoice),
    reverse: useCall(invoiceRoutes.reversePayment),
  };
  const call = calls[deed];
  const today = tashkentDay(Date.now());
  const [reason, setReason] = useState('');
  const [day, setDay] = useState(today);
  const ready = deed === 'pay' ? day !== '' : Reason.safeParse(reason).success;
  const submit = async () => {
    const params = { id: order.id, invoice: invoice.id };
    const { version } = invoice;
    const done =
      deed === 'pay'
        ? await calls.pay.run({ params, body: { version, day } })
        : await calls[deed].run({ params, body: { version, reason: reason.trim() } });
    if (done) onDone();
  };
  return (
    <Dialog
      opened
      onClose={() => !call.pending && !call.uncertain && onClose()}
      title={t(`web-orders:invoice.${deed}`)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <One order={order} invoice={invoice} />
          <Text>{t(`web-orders:invoice.${deed}Hint`)}</Text>
          {deed === 'pay' ? (
            <DayField
              label={t('web-orders:invoice.day')}
              value={day}
              max={today}
              required
              error={call.fieldError('/day')}
              onChange={setDay}
            />
          ) : (
            <ReasonField value={reason} error={call.fieldError('/reason')} onChange={setReason} />
          )}
          <FailureAlert failure={call.failure} uncertain={call.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={call.pending || call.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={call.pending} disabled={!ready || call.uncertain}>
              {t(`web-orders:invoice.${deed}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};

interface Typed {
  readonly packs: number | undefined;
  readonly price: number | undefined;
}

/** A line for each pack of the order: what came and the agreed price stand there, as most invoices say them. */
const InvoiceDialog = ({
  order,
  corrects,
  onClose,
  onDone,
}: {
  readonly order: Order;
  /** The one that is put right; else it is a new one. */
  readonly corrects: Invoice | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const formulary = useFormulary();
  const calls = { enter: useCall(invoiceRoutes.enterInvoice), correct: useCall(invoiceRoutes.correctInvoice) };
  const enter = corrects ? calls.correct : calls.enter;
  const today = tashkentDay(Date.now());
  const whole = 10 ** minorDigits(order.currency);
  const [number, setNumber] = useState(corrects?.number ?? '');
  const [date, setDate] = useState(corrects?.date ?? today);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(() => {
    const ordered = order.lines.map(({ gtin, receivedUnits, packUnits, packPrice }): [string, Typed] => [
      gtin,
      { packs: corrects ? 0 : Math.floor(receivedUnits / packUnits), price: packPrice / whole },
    ]);
    const before = (corrects?.lines ?? []).map(({ gtin, packs, packPrice }): [string, Typed] => [
      gtin,
      { packs, price: packPrice / whole },
    ]);
    return new Map([...ordered, ...before]);
  });
  const change = (gtin: string, next: Partial<Typed>) =>
    setTyped((before) => {
      const old = before.get(gtin) ?? { packs: undefined, price: undefined };
      return new Map(before).set(gtin, { ...old, ...next });
    });
  const lines = [...typed].flatMap(([gtin, { packs, price }]) =>
    packs && price !== undefined ? [{ gtin, packs, packPrice: Math.round(price * whole) }] : [],
  );
  const submit = async () => {
    const paper = { number: number.trim(), date, currency: order.currency, lines };
    const done = corrects
      ? await calls.correct.run({
          params: { id: order.id, invoice: corrects.id },
          body: { version: corrects.version, reason: reason.trim(), ...paper },
        })
      : await calls.enter.run({ params: { id: order.id }, body: paper });
    if (done) onDone();
  };
  return (
    <Dialog
      opened
      size="lg"
      onClose={() => !enter.pending && !enter.uncertain && onClose()}
      title={t(corrects ? 'web-orders:correctInvoice' : 'web-orders:enterInvoice')}
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
          {[...typed].map(([gtin, of]) => {
            const medicine = formulary.byGtin(gtin);
            const name = medicine ? formulary.name(medicine.code) : gtin;
            return (
              <div key={gtin} className="order-line">
                <Text fw={600}>{name}</Text>
                <div className="order-fields">
                  <NumberInput
                    label={t('purchase-order:packs')}
                    aria-label={t('web-orders:invoicePacks', { name })}
                    value={of.packs ?? ''}
                    min={0}
                    max={1_000_000}
                    allowDecimal={false}
                    onChange={(value) => change(gtin, { packs: numberOf(value) })}
                  />
                  <NumberInput
                    label={t('purchase-order:packPrice')}
                    aria-label={t('web-orders:invoicePrice', { name })}
                    value={of.price ?? ''}
                    min={0}
                    decimalScale={minorDigits(order.currency)}
                    suffix={` ${order.currency}`}
                    thousandSeparator=" "
                    onChange={(value) => change(gtin, { price: numberOf(value) })}
                  />
                </div>
              </div>
            );
          })}
          {corrects && <ReasonField value={reason} error={enter.fieldError('/reason')} onChange={setReason} />}
          <FailureAlert failure={enter.failure} uncertain={enter.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={enter.pending || enter.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button
              type="submit"
              loading={enter.pending}
              disabled={
                enter.uncertain ||
                number.trim() === '' ||
                date === '' ||
                lines.length === 0 ||
                (corrects !== undefined && !Reason.safeParse(reason).success)
              }
            >
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
