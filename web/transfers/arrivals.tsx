/** What was taken in of a transfer or came back, each with what differed. */
import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconPackageImport } from '@tabler/icons-react';
import { KeptPhoto } from '../photos/kept-photo.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Mark, Section } from '../shared/parts.tsx';
import { useAmount } from './parts.tsx';
import type { TransferDetail } from './transfer-view.ts';

type Arrival = TransferDetail['arrivals'][number];
type Told = NonNullable<Arrival['discrepancies']>[number];

export const Arrivals = ({ transfer }: { readonly transfer: TransferDetail }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const nameOf = useNames(transfer.arrivals.map(({ person }) => person));
  if (transfer.arrivals.length === 0) return null;
  return (
    <Section title={t('web-transfers:arrivals')} id="transfer-arrivals">
      <ul className="rows transfer-lines">
        {transfer.arrivals.map((arrival) => (
          <li key={arrival.id}>
            <Stack gap="xs">
              <Group gap="xs">
                {arrival.kind === 'receipt' ? (
                  <Mark color="green" Icon={IconPackageImport}>
                    {t('web-transfers:arrival.receipt')}
                  </Mark>
                ) : (
                  <Mark color="blue" Icon={IconArrowBackUp}>
                    {t('web-transfers:arrival.return')}
                  </Mark>
                )}
                <Text size="sm" className="quiet">
                  {format.instant(arrival.at)} · {nameOf(arrival.person)}
                </Text>
              </Group>
              {arrival.reason !== undefined && <Text className="note">{arrival.reason}</Text>}
              <ul className="rows">
                {arrival.lines.map((line) => (
                  <li key={`${line.gtin}#${line.lot}`}>
                    <Text>
                      {formulary.name(line.medicine)}, <span className="number">{line.lot}</span>:{' '}
                      <strong>{amountOf(line.medicine, line.quantity)}</strong>
                      {line.state !== 'available' && <span className="bad"> · {t(`medicine:lot.${line.state}`)}</span>}
                    </Text>
                  </li>
                ))}
              </ul>
              {(arrival.discrepancies ?? []).map((one) => (
                <Difference key={`${one.kind}#${one.gtin}#${one.lot}#${one.note}`} told={one} />
              ))}
            </Stack>
          </li>
        ))}
      </ul>
    </Section>
  );
};

/** How something differed: its kind in words, what of, and how much. */
export const Difference = ({ told }: { readonly told: Told }) => {
  const t = useT();
  const formulary = useFormulary();
  const amountOf = useAmount();
  const medicine = told.gtin === undefined ? undefined : formulary.byGtin(told.gtin)?.code;
  const units =
    told.kind === 'short' || told.kind === 'over'
      ? Math.abs((told.expected ?? 0) - (told.received ?? 0))
      : told.received;
  return (
    <Stack gap={2}>
      <Group gap="xs">
        <Mark color="orange" Icon={IconAlertTriangle}>
          {t(`web-transfers:kind.${told.kind}`)}
        </Mark>
        <Text>
          {[
            medicine === undefined ? undefined : formulary.name(medicine),
            told.lot,
            units === undefined || medicine === undefined ? undefined : amountOf(medicine, units),
          ]
            .filter((part) => part !== undefined)
            .join(', ')}
        </Text>
      </Group>
      {told.note !== undefined && <Text size="sm">{told.note}</Text>}
      {told.photos && (
        <Group gap="xs">
          {told.photos.map((id, at) => (
            <KeptPhoto key={id} id={id} n={at + 1} />
          ))}
        </Group>
      )}
    </Stack>
  );
};
