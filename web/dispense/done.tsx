/** After a dispense: what was handed over from which lots, its papers, taking it back, and the field for the next patient. */
import { formatNumber } from '@darmon/domain/number';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconEye, IconProgressCheck } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Page } from '../shared/parts.tsx';
import { openAfter } from './after.ts';
import type { Dispensed, Prescription } from './find.ts';
import { Finder } from './finder.tsx';
import { Papers } from './papers.tsx';
import { UndoButton } from './undo.tsx';

/** Medicines with their lots, as they were handed over, and why others were not. */
export const HandedOver = ({
  lines,
  notDispensed,
  medicineOf,
}: {
  readonly lines: Dispensed['lines'];
  readonly notDispensed?: Dispensed['notDispensed'] | undefined;
  /** The medicine of a line. */
  readonly medicineOf: (line: number) => string | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const amount = (line: number, units: number): string => {
    const unit = formulary.byCode(medicineOf(line) ?? '')?.unit;
    return unit ? quantityText(units, unit, language) : String(units);
  };
  const nameOf = (line: number): string => {
    const medicine = medicineOf(line);
    return medicine === undefined ? t('web-dispense:lineNumber', { line }) : formulary.name(medicine);
  };
  return (
    <ul className="plain-list">
      {lines.map((handed) => (
        <li key={handed.line}>
          <Text>
            <strong>{nameOf(handed.line)}</strong>: {amount(handed.line, handed.quantity)}
          </Text>
          {handed.lots.map((lot) => (
            <Text key={`${lot.gtin}#${lot.lot}`} size="sm" className="quiet">
              {t('common:lot')} <span className="number">{lot.lot}</span>,{' '}
              {t('web-dispense:until', { date: format.day(lot.expiryDate) })}: {amount(handed.line, lot.quantity)}
            </Text>
          ))}
          {handed.substitution && <Text size="sm">{t('counter-papers:substituted', handed.substitution)}</Text>}
          {handed.balance !== undefined && (
            <Text size="sm" fw={600}>
              {t('web-dispense:balance', { quantity: amount(handed.line, handed.balance) })}
            </Text>
          )}
        </li>
      ))}
      {notDispensed?.map((withheld) => (
        <li key={withheld.line}>
          <Text>
            <strong>{nameOf(withheld.line)}</strong>:{' '}
            {t('counter-papers:notDispensed', { reason: t(`counter-papers:reason.${withheld.reason}`) })}
          </Text>
        </li>
      ))}
    </ul>
  );
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
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const isClosed = dispensed.status === 'completed';
  const isHandedOver = dispensed.lines.length > 0;
  const open = isClosed ? [] : openAfter(prescription, dispensed);
  const medicineOf = (line: number) => prescription.lines.find((one) => one.line === line)?.medicine;
  const title = isClosed
    ? isHandedOver
      ? 'web-dispense:doneAll'
      : 'web-dispense:doneClosed'
    : isHandedOver
      ? 'web-dispense:donePart'
      : 'web-dispense:doneNothing';
  return (
    <Page title={t(isHandedOver ? 'web-dispense:doneTitle' : 'web-dispense:doneNothingTitle')}>
      <Alert
        role="status"
        color={isClosed ? 'green' : 'orange'}
        variant="light"
        icon={isClosed ? <IconCircleCheck aria-hidden /> : <IconProgressCheck aria-hidden />}
        title={t(title)}
      >
        <Stack gap="sm">
          <Text size="sm">
            {t('common:prescription')} <span className="number">{formatNumber(prescription.number)}</span>
          </Text>
          <HandedOver lines={dispensed.lines} notDispensed={dispensed.notDispensed} medicineOf={medicineOf} />
          {open.length > 0 && (
            <div>
              <Text fw={600}>{t('web-dispense:stillOwed')}:</Text>
              <ul className="plain-list">
                {open.map(({ line, units, owedOn }) => (
                  <li key={line.line}>
                    <Text>
                      {formulary.name(line.medicine)}, {quantityText(units, line.unit, language)}
                      {owedOn !== undefined && `: ${t('web-dispense:comeOn', { day: format.day(owedOn) })}`}
                    </Text>
                  </li>
                ))}
              </ul>
            </div>
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
      <Papers prescription={prescription} dispensed={dispensed} />
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
  const medicineOf = (line: number) => prescription.lines.find((one) => one.line === line)?.medicine;
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
              <HandedOver lines={dispense.lines} notDispensed={dispense.notDispensed} medicineOf={medicineOf} />
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
