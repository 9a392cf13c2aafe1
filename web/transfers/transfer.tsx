/** One transfer: where it stands, what happens next and by whom, and where each unit of it is. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconBolt, IconPrinter } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, Mark, Page, Section, Waiting } from '../shared/parts.tsx';
import { Arrivals } from './arrivals.tsx';
import { JobProgress, StateMark, useAmount, useSiteName, useTransfer } from './parts.tsx';
import { NextStep } from './steps.tsx';
import { stepOf, type TransferDetail, type TransferLot } from './transfer-view.ts';

export const TransferPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/transfers/$id' });
  const { transfer, refresh } = useTransfer(id);
  return (
    <Page title={t('web-transfers:one', { number: transfer.data?.number ?? '' })}>
      {transfer.isPending && <Waiting />}
      <FailureAlert failure={transfer.error} onRetry={() => void transfer.refetch()} />
      {transfer.data && <Transfer transfer={transfer.data} refresh={refresh} />}
    </Page>
  );
};

const Transfer = ({
  transfer,
  refresh,
}: {
  readonly transfer: TransferDetail;
  readonly refresh: () => Promise<unknown>;
}) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useSiteName();
  const { data: me } = useMe();
  const { id, from, to, state, urgent, reason, closed, shipment, at, person } = transfer;
  const personOf = useNames([person, shipment?.person, closed?.person]);
  const side = me?.site === from ? 'sender' : me?.site === to ? 'receiver' : undefined;
  const keeps = me?.roles.some((role) => role === 'warehouse' || role === 'pharmacist') ?? false;
  const onDone = useCallback(() => void refresh(), [refresh]);
  return (
    <Stack gap="md">
      <Stack gap={6}>
        <Text fw={650} fz="1.15rem">
          {t('web-transfers:fromTo', { from: nameOf(from), to: nameOf(to) })}
        </Text>
        <Group gap="xs">
          <StateMark state={state} />
          {urgent && (
            <Mark color="red" Icon={IconBolt}>
              {t('web-transfers:urgent')}
            </Mark>
          )}
        </Group>
        <Text size="sm" className="quiet">
          {format.instant(at)} · {personOf(person)}
          {shipment &&
            ` · ${t('web-transfers:shippedAt')} ${format.instant(shipment.at)}, ${personOf(shipment.person)}`}
        </Text>
        {reason !== undefined && <Text className="note">{reason}</Text>}
        {closed && (
          <Text className="note">
            {t(`web-transfers:state.${state}`)}, {personOf(closed.person)}: {closed.reason}
          </Text>
        )}
      </Stack>
      {state === 'posting' && keeps && side && <JobProgress transfer={transfer} onDone={onDone} />}
      {keeps && side && state !== 'posting' && stepOf(state, side) !== 'done' && (
        <NextStep transfer={transfer} side={side} refresh={refresh} />
      )}
      {(shipment || state === 'picking') && (
        <Group gap="sm" className="no-print">
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/transfers/$id/slip" params={{ id }} {...props} />}
            leftSection={<IconPrinter size={20} aria-hidden />}
          >
            {t('web-transfers:slip')}
          </Button>
        </Group>
      )}
      <Section title={t('web-transfers:lines')} id="transfer-lines">
        <Lines transfer={transfer} />
      </Section>
      {transfer.lots.length > 0 && (
        <Section title={t('web-transfers:lots')} id="transfer-lots">
          <ul className="rows transfer-lines">
            {transfer.lots.map((lot) => (
              <LotRow key={`${lot.line}#${lot.gtin}#${lot.lot}`} lot={lot} isSent={shipment !== undefined} />
            ))}
          </ul>
        </Section>
      )}
      <Acts transfer={transfer} />
      <Arrivals transfer={transfer} />
    </Stack>
  );
};

/** Acts of write-off over what never came, each with where it stands. */
const Acts = ({ transfer: { acts } }: { readonly transfer: TransferDetail }) => {
  const t = useT();
  if (acts.length === 0) return null;
  return (
    <Section title={t('web-transfers:acts')} id="transfer-acts">
      <ul className="rows transfer-lines">
        {acts.map(({ id, number, state }) => (
          <li key={id}>
            <Link to="/write-offs/$id" params={{ id }}>
              {t('write-off:numbered', { number })}
            </Link>
            <Text size="sm">{t(`write-off:state.${state}`)}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Lines = ({ transfer }: { readonly transfer: TransferDetail }) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  return (
    <ul className="rows transfer-lines">
      {transfer.lines.map((line) => (
        <li key={line.line}>
          <Text fw={600}>{formulary.name(line.medicine)}</Text>
          <dl className="transfer-amounts">
            <div>
              <dt>{t('web-transfers:asked')}</dt>
              <dd>{amountOf(line.medicine, line.asked)}</dd>
            </div>
            {line.approved !== undefined && line.approved !== line.asked && (
              <div>
                <dt>{t('web-transfers:approved')}</dt>
                <dd>{amountOf(line.medicine, line.approved)}</dd>
              </div>
            )}
            {line.picked > 0 && (
              <div>
                <dt>{t('web-transfers:picked')}</dt>
                <dd>{amountOf(line.medicine, line.picked)}</dd>
              </div>
            )}
          </dl>
        </li>
      ))}
    </ul>
  );
};

const LotRow = ({ lot, isSent }: { readonly lot: TransferLot; readonly isSent: boolean }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const amounts = [
    ['picked', lot.picked],
    ...(isSent
      ? ([
          ['received', lot.received],
          ['returned', lot.returned],
          ['inTransit', lot.inTransit],
          ['inAct', lot.inAct],
          ['writtenOff', lot.writtenOff],
        ] as const)
      : []),
  ] as const;
  return (
    <li>
      <Text fw={600}>{formulary.name(lot.medicine)}</Text>
      <Text size="sm" className="number">
        {t('web-transfers:lotOf', { lot: lot.lot, day: format.day(lot.expiryDate) })}
      </Text>
      <dl className="transfer-amounts">
        {amounts
          .filter(([name, units]) => units > 0 || name === 'picked')
          .map(([name, units]) => (
            <div key={name}>
              <dt>{t(`web-transfers:${name}`)}</dt>
              <dd>{amountOf(lot.medicine, units, lot.packUnits)}</dd>
            </div>
          ))}
      </dl>
      {lot.reason !== undefined && (
        <Text size="sm" className="quiet">
          {t('web-transfers:otherLot', { reason: lot.reason })}
        </Text>
      )}
      {lot.leftBehind && <Text className="bad">{t('web-transfers:leftBehind')}</Text>}
      {lot.state !== undefined && lot.state !== 'available' && lot.inTransit > 0 && (
        <Text className="bad">{t(`medicine:lot.${lot.state}`)}</Text>
      )}
    </li>
  );
};
