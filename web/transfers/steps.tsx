/** What one side of a transfer does next: decide, pick, ship, take in, find or take back; or give it up. */
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { Button, Group, NumberInput, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconArrowBackUp, IconBasket, IconFileX, IconPackageImport, IconThumbUp, IconTruck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert, numberOf } from '../shared/parts.tsx';
import { Approve } from './approve.tsx';
import { GiveUp } from './give-up.tsx';
import { useAmount } from './parts.tsx';
import { type Side, stepOf, type TransferDetail } from './transfer-view.ts';

interface Props {
  readonly transfer: TransferDetail;
  readonly side: Side;
  readonly refresh: () => Promise<unknown>;
}

/** True for what can still be given up; what is only asked for the sender refuses instead. */
const mayCancel = ({ state }: TransferDetail, side: Side): boolean =>
  (state === 'requested' && side === 'receiver') ||
  state === 'approved' ||
  state === 'picking' ||
  state === 'cancelling';

export const NextStep = ({ transfer, side, refresh }: Props) => {
  const t = useT();
  const step = stepOf(transfer.state, side);
  const { id } = transfer;
  const waitsForActs = transfer.shipment !== undefined && !isOpen(transfer);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="next-step" className="no-print">
      <Stack gap="sm">
        <Title order={2} id="next-step" fz="1.15rem">
          {t('web-transfers:nextStep')}: {t(waitsForActs ? 'web-transfers:waitSigned' : `web-transfers:step.${step}`)}
        </Title>
        {step === 'approve' && <Approve transfer={transfer} refresh={refresh} />}
        {step === 'pick' && (
          <Button
            size="lg"
            renderRoot={(props) => <Link to="/transfers/$id/pick" params={{ id }} {...props} />}
            variant={isPicked(transfer) ? 'default' : 'filled'}
            leftSection={<IconBasket size={22} aria-hidden />}
          >
            {t('web-transfers:pick')}
          </Button>
        )}
        {step === 'pick' && transfer.lots.length > 0 && <Ship transfer={transfer} refresh={refresh} />}
        {!waitsForActs && (step === 'receive' || (step === 'find' && side === 'receiver')) && (
          <>
            {step === 'find' && <OnTheWay transfer={transfer} side={side} />}
            <Button
              size="lg"
              renderRoot={(props) => <Link to="/transfers/$id/receive" params={{ id }} {...props} />}
              leftSection={<IconPackageImport size={22} aria-hidden />}
            >
              {t('web-transfers:receive')}
            </Button>
          </>
        )}
        {side === 'sender' && (step === 'find' || step === 'wait-receive') && (
          <TakeBack transfer={transfer} side={side} refresh={refresh} />
        )}
        {waitsForActs && <Text>{t('web-transfers:allInActs')}</Text>}
        {transfer.shipment && isOpen(transfer) && <WriteOff id={id} />}
        {mayCancel(transfer, side) && <GiveUp transfer={transfer} kind="cancel" refresh={refresh} />}
      </Stack>
    </Paper>
  );
};

/** True while something is on its way that no act of write-off holds. */
const isOpen = ({ lots }: TransferDetail): boolean => lots.some(({ inTransit }) => inTransit > 0);

/** What will never come leaves by an act that others sign. */
const WriteOff = ({ id }: { readonly id: string }) => {
  const t = useT();
  return (
    <Button
      variant="default"
      size="md"
      renderRoot={(props) => <Link to="/write-offs/new" search={{ transfer: id }} {...props} />}
      leftSection={<IconFileX size={20} aria-hidden />}
    >
      {t('web-transfers:writeOff')}
    </Button>
  );
};

/** True once nothing is left to pick of any line. */
const isPicked = ({ lines }: TransferDetail): boolean => lines.every((l) => l.picked >= (l.approved ?? l.asked));

const OnTheWay = ({ transfer, side }: { readonly transfer: TransferDetail; readonly side: Side }) => {
  const t = useT();
  return (
    <Stack gap={2}>
      <Text fw={600}>{t('web-transfers:stillOnWay', { units: transfer.inTransit })}</Text>
      <Text size="sm">
        {t(side === 'sender' ? 'web-transfers:stillOnWaySender' : 'web-transfers:stillOnWayReceiver')}
      </Text>
    </Stack>
  );
};

const ssccOf = (text: string): string | undefined => /^(?:\][A-Za-z]\d)?(?:\(00\)|00)?(\d{18})$/.exec(text.trim())?.[1];

const Ship = ({ transfer, refresh }: Omit<Props, 'side'>) => {
  const t = useT();
  const ship = useCall(transferRoutes.shipTransfer);
  const formulary = useFormulary();
  const [sscc, setSscc] = useState('');
  const [celsius, setCelsius] = useState<number | undefined>();
  const code = ssccOf(sscc);
  const isWrong = sscc.trim() !== '' && code === undefined;
  const isCold = transfer.lots.some((lot) => (formulary.byCode(lot.medicine)?.storage ?? 'room') !== 'room');
  const finish = async (sending: ReturnType<typeof ship.run>) => {
    if (await sending) await refresh();
  };
  const frozen = ship.pending || ship.uncertain;
  return (
    <Stack gap="sm">
      <Text>{t('web-transfers:shipText')}</Text>
      <Group gap="sm" align="start">
        <TextInput
          className="grow"
          label={t('web-transfers:sscc')}
          description={t('web-transfers:ssccHint')}
          value={sscc}
          maxLength={40}
          autoComplete="off"
          inputMode="numeric"
          disabled={frozen}
          error={isWrong ? t('web-transfers:ssccWrong') : ship.fieldError('/sscc')}
          onChange={(event) => setSscc(event.currentTarget.value)}
        />
        {isCold && (
          <NumberInput
            label={t('web-transfers:celsiusAtStart')}
            value={celsius ?? ''}
            min={-90}
            max={60}
            decimalScale={1}
            disabled={frozen}
            onChange={(value) => setCelsius(numberOf(value))}
          />
        )}
      </Group>
      <FailureAlert failure={ship.failure} uncertain={ship.uncertain} onRetry={() => void finish(ship.retry())} />
      <Button
        size="lg"
        loading={ship.pending}
        disabled={isWrong || ship.uncertain}
        variant={isPicked(transfer) ? 'filled' : 'default'}
        leftSection={<IconTruck size={22} aria-hidden />}
        onClick={() =>
          void finish(
            ship.run({
              params: { id: transfer.id },
              body: { ...(code !== undefined && { sscc: code }), ...(celsius !== undefined && { celsius }) },
            }),
          )
        }
      >
        {t('web-transfers:ship')}
      </Button>
    </Stack>
  );
};

/** The sender has packs again: never loaded, found, or come back. */
const TakeBack = ({ transfer, side, refresh }: Props) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const call = useCall(transferRoutes.returnTransfer);
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const lots = transfer.lots.filter((lot) => lot.inTransit > 0);
  const [back, setBack] = useState<Readonly<Record<string, number | undefined>>>({});
  const nameOf = (lot: { gtin: string; lot: string }) => `${lot.gtin}#${lot.lot}`;
  const lines = lots.flatMap(({ gtin, lot, inTransit }) => {
    const quantity = nameOf({ gtin, lot }) in back ? (back[nameOf({ gtin, lot })] ?? 0) : inTransit;
    return quantity > 0 ? [{ gtin, lot, quantity }] : [];
  });
  const finish = async (sending: Promise<unknown>) => {
    if (!(await sending)) return;
    setOpened(false);
    await refresh();
  };
  if (lots.length === 0) return null;
  return (
    <>
      <OnTheWay transfer={transfer} side={side} />
      <Button
        variant="default"
        size="md"
        leftSection={<IconArrowBackUp size={20} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('web-transfers:takeBack')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} size="lg" title={t('web-transfers:takeBackTitle')}>
        <Stack gap="md">
          {lots.map((lot) => (
            <NumberInput
              key={nameOf(lot)}
              label={t('web-transfers:backOf', { name: formulary.name(lot.medicine), lot: lot.lot })}
              description={amountOf(lot.medicine, lot.inTransit, lot.packUnits)}
              min={0}
              max={lot.inTransit}
              allowDecimal={false}
              value={nameOf(lot) in back ? (back[nameOf(lot)] ?? '') : lot.inTransit}
              onChange={(value) => setBack((all) => ({ ...all, [nameOf(lot)]: numberOf(value) }))}
            />
          ))}
          <Textarea
            required
            label={t('web-transfers:reason')}
            value={reason}
            maxLength={300}
            autosize
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={call.failure} uncertain={call.uncertain} onRetry={() => void finish(call.retry())} />
          <Button
            size="md"
            leftSection={<IconThumbUp size={20} aria-hidden />}
            loading={call.pending}
            disabled={lines.length === 0 || reason.trim().length < 3 || call.uncertain}
            onClick={() =>
              void finish(call.run({ params: { id: transfer.id }, body: { lines, reason: reason.trim() } }))
            }
          >
            {t('web-transfers:takeBack')}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
};
