/** After a dispense: what was handed over from which lots, taking it back, and the field for the next patient. */
import { formatNumber } from '@darmon/domain/number';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconEye, IconProgressCheck } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Page } from '../shared/parts.tsx';
import type { Dispensed, Prescription } from './find.ts';
import { Finder } from './finder.tsx';
import { UndoButton } from './undo.tsx';

/** Medicines with their lots, as they were handed over. */
const HandedOver = ({
  lines,
  prescription,
}: {
  readonly lines: Dispensed['lines'];
  readonly prescription: Prescription;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  return (
    <ul className="plain-list">
      {lines.map((handed) => {
        const line = prescription.lines.find((one) => one.line === handed.line);
        if (!line) return null;
        return (
          <li key={handed.line}>
            <Text>
              <strong>{formulary.name(line.medicine)}</strong>: {quantityText(handed.quantity, line.unit, language)}
            </Text>
            {handed.lots.map((lot) => (
              <Text key={`${lot.gtin}#${lot.lot}`} size="sm" className="quiet">
                {t('common:lot')} <span className="number">{lot.lot}</span>,{' '}
                {t('web-dispense:until', { date: format.day(lot.expiryDate) })}:{' '}
                {quantityText(lot.quantity, line.unit, language)}
              </Text>
            ))}
          </li>
        );
      })}
    </ul>
  );
};

/** What stays open after a dispense, whether or not `prescription` was read again since. */
const openAfter = (prescription: Prescription, dispensed: Dispensed) => {
  const isCounted = prescription.dispenses.some((one) => one.id === dispensed.id);
  return prescription.lines.flatMap((line) => {
    const given = isCounted ? 0 : (dispensed.lines.find((one) => one.line === line.line)?.quantity ?? 0);
    const units = line.quantity - line.dispensed - given;
    return units > 0 ? [{ line, units }] : [];
  });
};

export const Done = ({
  dispensed,
  prescription,
  onOpen,
  onUndone,
}: {
  readonly dispensed: Dispensed;
  /** As it stood before or after the dispense, whichever has been read: only its names and units are used. */
  readonly prescription: Prescription;
  readonly onOpen: () => void;
  readonly onUndone: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const isClosed = dispensed.status === 'completed';
  const open = openAfter(prescription, dispensed);
  return (
    <Page title={t('web-dispense:doneTitle')}>
      <Alert
        role="status"
        color={isClosed ? 'green' : 'orange'}
        variant="light"
        icon={isClosed ? <IconCircleCheck aria-hidden /> : <IconProgressCheck aria-hidden />}
        title={t(isClosed ? 'web-dispense:doneAll' : 'web-dispense:donePart')}
      >
        <Stack gap="sm">
          <Text size="sm">
            {t('common:prescription')} <span className="number">{formatNumber(prescription.number)}</span>
          </Text>
          <HandedOver lines={dispensed.lines} prescription={prescription} />
          {open.length > 0 && (
            <Text>
              {t('web-dispense:stillOwed')}:{' '}
              {open
                .map(
                  ({ line, units }) => `${formulary.name(line.medicine)}, ${quantityText(units, line.unit, language)}`,
                )
                .join('; ')}
            </Text>
          )}
          <Group gap="sm">
            <UndoButton dispense={dispensed.id} onUndone={onUndone} />
            <Button variant="default" leftSection={<IconEye size={20} aria-hidden />} onClick={onOpen}>
              {t('web-dispense:showAgain')}
            </Button>
          </Group>
        </Stack>
      </Alert>
      <Title order={2}>{t('web-dispense:nextPatient')}</Title>
      <Finder onOpen={onOpen} />
    </Page>
  );
};

/** Dispenses before this one, with undo where this pharmacy may still take one back. */
export const History = ({
  prescription,
  onUndone,
}: {
  readonly prescription: Prescription;
  readonly onUndone: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const { data: me } = useMe();
  if (prescription.dispenses.length === 0) return null;
  return (
    <Stack gap="sm">
      <Title order={2}>{t('web-dispense:history')}</Title>
      {prescription.dispenses.map((dispense) => (
        <Paper key={dispense.id} withBorder p="md">
          <div className="row-between">
            <Stack gap={4}>
              <Text fw={600}>
                {format.instant(dispense.at)} ·{' '}
                {t(dispense.site === me?.site ? 'web-dispense:here' : 'web-dispense:anotherSite')}
                {dispense.undone && ` · ${t('web-dispense:historyUndone')}`}
              </Text>
              <HandedOver lines={dispense.lines} prescription={prescription} />
            </Stack>
            {dispense.undoableUntil && (
              <UndoButton dispense={dispense.id} until={dispense.undoableUntil} onUndone={onUndone} />
            )}
          </div>
        </Paper>
      ))}
    </Stack>
  );
};
