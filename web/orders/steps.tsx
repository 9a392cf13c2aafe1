/** What can be done with an order, each behind a dialog that says what it means. */
import { Reason } from '@darmon/domain/event';
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBan, IconLock, IconPackageImport, IconSend, IconThumbUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import type { Me } from '../shared/me.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import type { Order } from './parts.tsx';

type Step = 'send' | 'acknowledge' | 'cancel' | 'close';

/** Whether goods of it are taken in here; what was cancelled may come all the same. */
const mayReceive = (order: Order, me: Me): boolean =>
  me.roles.some((r) => r === 'warehouse' || r === 'pharmacist') &&
  (order.site === me.site || order.lines.some((l) => l.requisitions.some((r) => r.site === me.site)));

export const OrderSteps = ({
  order,
  me,
  onDone,
}: {
  readonly order: Order;
  readonly me: Me;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const [step, setStep] = useState<Step | undefined>();
  const buys = me.roles.includes('planner');
  const { state } = order;
  const underWay = state === 'open' || state === 'sent' || state === 'acknowledged' || state === 'partly-received';
  const hasEnded = state === 'closed' || state === 'cancelled';
  const receives = mayReceive(order, me);
  const begun = order.receipts.length > 0;
  if (!receives && (!buys || hasEnded)) return null;
  const done = () => {
    setStep(undefined);
    onDone();
  };
  return (
    <Group gap="sm" className="no-print">
      {receives && (
        <Button
          size="md"
          variant={hasEnded ? 'default' : 'filled'}
          renderRoot={(props) => <Link {...props} to="/warehouse/receive" search={{ order: order.id }} />}
          leftSection={<IconPackageImport size={20} aria-hidden />}
        >
          {t('web-orders:receive')}
        </Button>
      )}
      {buys && underWay && (
        <Button
          size="md"
          variant={state === 'open' ? 'filled' : 'default'}
          leftSection={<IconSend size={20} aria-hidden />}
          onClick={() => setStep('send')}
        >
          {t(state === 'open' ? 'web-orders:send' : 'web-orders:sendAgain')}
        </Button>
      )}
      {buys && underWay && order.sentAt !== undefined && (
        <Button
          size="md"
          variant="default"
          leftSection={<IconThumbUp size={20} aria-hidden />}
          onClick={() => setStep('acknowledge')}
        >
          {t('web-orders:acknowledge')}
        </Button>
      )}
      {buys && !hasEnded && state !== 'open' && (
        <Button
          size="md"
          variant="default"
          leftSection={<IconLock size={20} aria-hidden />}
          onClick={() => setStep('close')}
        >
          {t('web-orders:close')}
        </Button>
      )}
      {buys && underWay && (
        <Button
          size="md"
          variant="default"
          leftSection={<IconBan size={20} aria-hidden />}
          onClick={() => setStep('cancel')}
        >
          {t(begun ? 'web-orders:cancelRest' : 'web-orders:cancel')}
        </Button>
      )}
      {step && <StepDialog order={order} step={step} onClose={() => setStep(undefined)} onDone={done} />}
    </Group>
  );
};

const StepDialog = ({
  order,
  step,
  onClose,
  onDone,
}: {
  readonly order: Order;
  readonly step: Step;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const calls = {
    send: useCall(orderRoutes.sendOrder),
    acknowledge: useCall(orderRoutes.acknowledgeOrder),
    cancel: useCall(orderRoutes.cancelOrder),
    close: useCall(orderRoutes.closeOrder),
  };
  const call = calls[step];
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState('');
  const [due, setDue] = useState(order.acknowledged?.due ?? order.due);
  const { id, version } = order;
  const params = { id };
  const why = reason.trim();
  const again = { send: order.state !== 'open', cancel: order.receipts.length > 0 };
  const named =
    step === 'send' && again.send
      ? 'web-orders:sendAgain'
      : step === 'cancel' && again.cancel
        ? 'web-orders:cancelRest'
        : (`web-orders:${step}` as const);
  const needsReason = step === 'cancel' || (step === 'close' && order.state !== 'received');
  const send = async (): Promise<boolean> => {
    if (step === 'send') return Boolean(await calls.send.run({ params, body: { version } }));
    if (step === 'cancel') return Boolean(await calls.cancel.run({ params, body: { version, reason: why } }));
    if (step === 'close')
      return Boolean(await calls.close.run({ params, body: { version, ...(why !== '' && { reason: why }) } }));
    const body = { version, ...(number.trim() !== '' && { number: number.trim() }), ...(due !== '' && { due }) };
    return Boolean(await calls.acknowledge.run({ params, body }));
  };
  const submit = async () => {
    if (await send()) onDone();
  };
  return (
    <Dialog opened onClose={() => !call.pending && !call.uncertain && onClose()} title={t(named)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {step !== 'acknowledge' && <Text>{t(`web-orders:${step}Hint`)}</Text>}
          {step === 'acknowledge' && (
            <>
              <TextInput
                label={t('web-orders:theirNumber')}
                value={number}
                maxLength={40}
                data-autofocus
                error={call.fieldError('/number')}
                onChange={(event) => setNumber(event.currentTarget.value)}
              />
              <DayField
                label={t('web-orders:theirDay')}
                value={due}
                min={tashkentDay(Date.now())}
                error={call.fieldError('/due')}
                onChange={setDue}
              />
            </>
          )}
          {(step === 'cancel' || step === 'close') && (
            <TextInput
              label={t('web-orders:reason')}
              value={reason}
              maxLength={300}
              required={needsReason}
              data-autofocus
              disabled={call.uncertain}
              error={call.fieldError('/reason')}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <FailureAlert failure={call.failure} uncertain={call.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={call.pending || call.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button
              type="submit"
              loading={call.pending}
              disabled={call.uncertain || ((needsReason || why !== '') && !Reason.safeParse(why).success)}
            >
              {t(named)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
