/** The lots of one line: what to take from the shelf, every usable lot with its own field, and the packs that were scanned. */
import type { Medicine } from '@darmon/domain/medicine';
import { quantityText } from '@darmon/i18n/dosage';
import { ActionIcon, Chip, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconBarcode, IconCircleCheck, IconTrash } from '@tabler/icons-react';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Mark, numberOf } from '../shared/parts.tsx';
import type { Prescription } from './find.ts';
import type { TakenPack } from './packs.ts';
import type { Choice, Plan } from './plan.ts';
import { lotKey, type ProposedLine } from './shelf.ts';

export type Line = Prescription['lines'][number];

const PackMatches = () => {
  const t = useT();
  return (
    <Mark color="green" Icon={IconCircleCheck}>
      {t('web-dispense:packMatches')}
    </Mark>
  );
};

const isScanned = (packs: readonly TakenPack[] | undefined, lot: { gtin: string; lot: string }): boolean =>
  packs?.some((pack) => pack.gtin === lot.gtin && pack.lot === lot.lot) ?? false;

/** What to take from the shelf. */
export const Lots = ({
  lots,
  line,
  medicine,
  packs,
}: {
  readonly lots: readonly { gtin: string; lot: string; expiryDate: string; quantity: number }[];
  readonly line: Line;
  readonly medicine: Medicine | undefined;
  readonly packs: readonly TakenPack[] | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  return (
    <ul className="lot-list">
      {lots.map((lot) => (
        <li key={lotKey(lot)}>
          <span className="lot-name">
            <span className="quiet">{t('common:lot')}</span> <strong className="number">{lot.lot}</strong>
          </span>
          <span>{medicine?.packs.find((pack) => pack.gtin === lot.gtin)?.brand}</span>
          <span>{t('web-dispense:until', { date: format.day(lot.expiryDate) })}</span>
          <strong>{quantityText(lot.quantity, line.unit, language)}</strong>
          {isScanned(packs, lot) && <PackMatches />}
        </li>
      ))}
    </ul>
  );
};

/** Packs in the order of their scans; one that was scanned by mistake can be taken out. */
export const ScannedPacks = ({
  packs,
  disabled,
  onChange,
}: {
  readonly packs: readonly TakenPack[];
  readonly disabled: boolean;
  readonly onChange: (packs: readonly TakenPack[]) => void;
}) => {
  const t = useT();
  return (
    <ul className="pack-list" aria-label={t('web-dispense:scannedPacks')}>
      {packs.map((pack, at) => {
        const serial = pack.serial === undefined ? '' : ` · ${t('web-dispense:serial', { serial: pack.serial })}`;
        const named = `${t('common:lot')} ${pack.lot}${serial}`;
        return (
          <li key={`${pack.raw}#${at}`}>
            <IconBarcode size={20} aria-hidden />
            <span className="number">{named}</span>
            <ActionIcon
              aria-label={t('web-dispense:packOut', { pack: named })}
              disabled={disabled}
              onClick={() => onChange(packs.filter((one) => one !== pack))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
};

/** Why a lot that expires earlier stays on the shelf. */
export const WhyOther = ({
  choice,
  missing,
  disabled,
  onChange,
}: {
  readonly choice: Choice;
  readonly missing: boolean;
  readonly disabled: boolean;
  readonly onChange: (choice: Choice) => void;
}) => {
  const t = useT();
  const reasons = [
    t('web-dispense:lotReason.damaged'),
    t('web-dispense:lotReason.missing'),
    t('web-dispense:lotReason.course'),
    t('web-dispense:lotReason.maker'),
  ];
  return (
    <Stack gap="xs" role="group" aria-label={t('web-dispense:whyOther')}>
      <Text fw={600}>{t('web-dispense:whyOther')}</Text>
      <Group gap="xs">
        {reasons.map((reason) => (
          <Chip
            key={reason}
            size="md"
            disabled={disabled}
            checked={choice.reason === reason}
            onChange={(on) => onChange({ ...choice, reason: on ? reason : '' })}
          >
            {reason}
          </Chip>
        ))}
      </Group>
      <TextInput
        label={t('web-dispense:ownReason')}
        description={t('web-dispense:ownReasonHint')}
        value={reasons.includes(choice.reason) ? '' : choice.reason}
        maxLength={300}
        disabled={disabled}
        error={missing ? t('web-dispense:needReason') : undefined}
        onChange={(event) => onChange({ ...choice, reason: event.currentTarget.value })}
      />
    </Stack>
  );
};

/** Every usable lot with its own field. */
export const ChooseLots = ({
  line,
  proposed,
  choice,
  plan,
  faulty,
  disabled,
  onChange,
}: {
  readonly line: Line;
  readonly proposed: ProposedLine;
  readonly choice: Choice;
  readonly plan: Plan;
  /** What is wrong with the lots as they stand. */
  readonly faulty: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (choice: Choice) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const chosen = proposed.others.reduce((sum, lot) => sum + (choice.lots?.[lotKey(lot)] ?? 0), 0);
  return (
    <Stack gap="xs">
      {proposed.others.map((lot) => (
        <div key={lotKey(lot)} className="lot-choice">
          <NumberInput
            label={t('web-dispense:lotQuantity', { lot: lot.lot, date: format.day(lot.expiryDate) })}
            description={`${lot.brand} · ${t('web-dispense:onShelf', { quantity: quantityText(lot.onHand, line.unit, language) })}`}
            value={choice.lots?.[lotKey(lot)] ?? ''}
            min={0}
            max={lot.onHand}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            disabled={disabled}
            error={(choice.lots?.[lotKey(lot)] ?? 0) > lot.onHand}
            onChange={(value) => onChange({ ...choice, lots: { ...choice.lots, [lotKey(lot)]: numberOf(value) ?? 0 } })}
          />
          {isScanned(choice.packs, lot) && <PackMatches />}
        </div>
      ))}
      <Text role="status">
        {t('web-dispense:give')}: <strong>{quantityText(chosen, line.unit, language)}</strong>{' '}
        {t('web-dispense:giveOf', { owed: quantityText(proposed.owed, line.unit, language) })}
      </Text>
      {plan.kind === 'fault' && plan.fault.kind !== 'reason' && <Text className="bad">{faulty}</Text>}
    </Stack>
  );
};
