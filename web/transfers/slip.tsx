/** The packing slip: what is in the boxes, between whom, with a code that opens the transfer, and room for two signatures. */
import { qrMatrix, qrPath } from '@darmon/documents/qr';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { useAmount, useSiteName, useTransfer } from './parts.tsx';
import type { TransferDetail } from './transfer-view.ts';

export const SlipPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/transfers/$id/slip' });
  const { transfer } = useTransfer(id);
  return (
    <Page
      title={`${t('web-transfers:slip')} ${transfer.data?.number ?? ''}`}
      action={
        <Button className="no-print" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          {t('common:print')}
        </Button>
      }
    >
      <Text className="no-print">{t('web-transfers:slipHint')}</Text>
      {transfer.isPending && <Waiting />}
      <FailureAlert failure={transfer.error} onRetry={() => void transfer.refetch()} />
      {transfer.data && <Slip transfer={transfer.data} />}
    </Page>
  );
};

const Code = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const code = useMemo(() => qrPath(qrMatrix(text, 'M')), [text]);
  return (
    <figure className="plain">
      <svg
        className="slip-code"
        viewBox={`0 0 ${code.side} ${code.side}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={label}
      >
        <rect width={code.side} height={code.side} fill="#fff" />
        <path d={code.path} fill="#000" />
      </svg>
      <figcaption className="number">{label}</figcaption>
    </figure>
  );
};

const Slip = ({ transfer }: { readonly transfer: TransferDetail }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const nameOf = useSiteName();
  const { id, number, from, to, shipment, lots } = transfer;
  const sscc = shipment?.sscc;
  return (
    <Stack gap="md">
      <Group gap="xl" align="start">
        <Code text={`${location.origin}/transfers/${id}`} label={`${t('web-transfers:slipCode')} ${number}`} />
        {sscc !== undefined && <Code text={`https://id.gs1.org/00/${sscc}`} label={`SSCC (00) ${sscc}`} />}
        <dl className="facts">
          <div>
            <dt>{t('web-transfers:sender')}</dt>
            <dd>
              {nameOf(from)} ({from})
            </dd>
          </div>
          <div>
            <dt>{t('web-transfers:receiver')}</dt>
            <dd>
              {nameOf(to)} ({to})
            </dd>
          </div>
          {shipment && (
            <div>
              <dt>{t('web-transfers:shippedAt')}</dt>
              <dd>
                {format.instant(shipment.at)}
                {shipment.celsius !== undefined && `, ${format.number(shipment.celsius)} °C`}
              </dd>
            </div>
          )}
        </dl>
      </Group>
      <table className="slip-table">
        <thead>
          <tr>
            <th>{t('web-transfers:lines')}</th>
            <th>{t('common:lot')}</th>
            <th>{t('common:quantity')}</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <tr key={`${lot.line}#${lot.gtin}#${lot.lot}`}>
              <td>{formulary.name(lot.medicine)}</td>
              <td className="number">
                {lot.lot}, {format.day(lot.expiryDate)}
              </td>
              <td>{amountOf(lot.medicine, lot.picked, lot.packUnits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="slip-signs">
        <div>{t('web-transfers:signSent')}</div>
        <div>{t('web-transfers:signGot')}</div>
      </div>
    </Stack>
  );
};
