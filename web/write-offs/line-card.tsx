/** One lot in an act that is drawn up: how much of it goes, why, and what is said beside. */
import type { WriteOffReason } from '@darmon/domain/write-off';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { ActionIcon, Button, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { IconLock, IconTrash } from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark, numberOf } from '../shared/parts.tsx';
import { type DraftLine, needsOf, withQuantity, worthOf } from './draft.ts';

export const LineCard = ({
  line,
  today,
  disabled,
  reasons,
  serverError,
  isControlled,
  onChange,
  onRemove,
}: {
  readonly line: DraftLine;
  readonly today: string;
  readonly disabled: boolean;
  /** Those to choose from. */
  readonly reasons: readonly WriteOffReason[];
  readonly serverError: string | undefined;
  readonly isControlled: boolean;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const { lot, quantity, reason, note } = line;
  const unit = formulary.byCode(lot.medicine)?.unit ?? 'piece';
  const name = formulary.name(lot.medicine);
  const needs = needsOf(line, today);
  const setReason = (chosen: string) => onChange({ ...line, reason: reasons.find((one) => one === chosen) ?? reason });
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={650}>{name}</Text>
          <Text size="sm">
            {t('web-write-offs:lotWord')} <strong className="number">{lot.lot}</strong> ·{' '}
            {t('web-write-offs:until', { day: format.day(lot.expiryDate) })} ·{' '}
            {lot.packPrice === undefined ? t('write-off:noPrice') : soumText(worthOf(line), language)}
          </Text>
          {line.serials && (
            <Text size="sm">{t('web-write-offs:packsNamed', { serials: line.serials.join(', ') })}</Text>
          )}
          {isControlled && (
            <Mark color="violet" Icon={IconLock}>
              {t('write-off:controlled')}
            </Mark>
          )}
        </div>
        <ActionIcon
          size={44}
          variant="default"
          aria-label={t('web-write-offs:removeLine', { name, lot: lot.lot })}
          disabled={disabled}
          onClick={onRemove}
        >
          <IconTrash size={20} aria-hidden />
        </ActionIcon>
      </Group>
      <div className="act-fields">
        <div>
          <NumberInput
            label={t('web-write-offs:units')}
            description={quantity === undefined ? undefined : quantityText(quantity, unit, language)}
            value={quantity ?? ''}
            min={1}
            max={lot.free}
            step={lot.step}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            disabled={disabled}
            error={
              needs.includes('quantity')
                ? t('web-write-offs:wrongUnits', { max: lot.free, step: lot.step })
                : serverError
            }
            onChange={(value) => onChange(withQuantity(line, numberOf(value)))}
          />
          {quantity !== lot.free && (
            <Button
              variant="subtle"
              size="sm"
              mih={44}
              px={4}
              disabled={disabled}
              onClick={() => onChange({ ...line, quantity: lot.free })}
            >
              {t('web-write-offs:takeAll', { units: quantityText(lot.free, unit, language) })}
            </Button>
          )}
        </div>
        <NativeSelect
          label={t('write-off:reason')}
          value={reason}
          disabled={disabled}
          error={needs.includes('not-expired') ? t('web-write-offs:notExpired') : undefined}
          data={reasons.map((one) => ({ value: one, label: t(`write-off:reason.${one}`) }))}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label={reason === 'other' ? t('write-off:note') : `${t('write-off:note')} (${t('common:optional')})`}
          value={note}
          maxLength={300}
          disabled={disabled}
          error={needs.includes('note') ? t('web-write-offs:noteNeeded') : undefined}
          onChange={(event) => onChange({ ...line, note: event.currentTarget.value })}
        />
      </div>
    </div>
  );
};
