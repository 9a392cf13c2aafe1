/** What is not handed over of a line: why, and for which day it is promised. */
import { type NonDispenseReason, nonDispenseReasons } from '@darmon/domain/prescription';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { quantityText } from '@darmon/i18n/dosage';
import { Chip, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import type { Line } from './line-lots.tsx';
import type { Choice, Plan } from './plan.ts';

const reasons = Object.keys(nonDispenseReasons) as NonDispenseReason[];

const presets = [
  { days: 1, word: 'web-dispense:tomorrow' },
  { days: 3, word: 'web-dispense:inThreeDays' },
  { days: 7, word: 'web-dispense:inAWeek' },
] as const;

/** Days that can be promised at one touch. `last` is the last day on which anything can be handed over. */
const PromiseDay = ({
  choice,
  last,
  disabled,
  onChange,
}: {
  readonly choice: Choice;
  readonly last: string;
  readonly disabled: boolean;
  readonly onChange: (choice: Choice) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const now = Date.now();
  const offered = presets
    .map(({ days, word }) => ({ word, day: tashkentDay(now + days * dayMs) }))
    .filter(({ day }) => day <= last);
  if (offered.length === 0) return null;
  return (
    <Group gap="xs" role="group" aria-label={t('web-dispense:promise')}>
      <Text fw={600}>{t('web-dispense:promise')}</Text>
      {offered.map(({ word, day }) => (
        <Chip
          key={day}
          size="md"
          disabled={disabled}
          checked={choice.owedOn === day}
          onChange={(on) => {
            const { owedOn: _before, ...rest } = choice;
            onChange(on ? { ...rest, owedOn: day } : rest);
          }}
        >
          {t(word)}, {format.day(day).slice(0, 5)}
        </Chip>
      ))}
    </Group>
  );
};

interface RestProps {
  readonly choice: Choice;
  readonly last: string;
  readonly disabled: boolean;
  readonly onChange: (choice: Choice) => void;
}

/** Less than is owed is handed over: what is left, and when to come for it. */
export const Rest = ({ line, units, ...same }: RestProps & { readonly line: Line; readonly units: number }) => {
  const t = useT();
  const language = useLanguage();
  return (
    <Stack gap="xs" mt="sm">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconClockPause size={22} aria-hidden className="warn" />
        <Text>{t('web-dispense:restStays', { quantity: quantityText(units, line.unit, language) })}</Text>
      </Group>
      <PromiseDay {...same} />
    </Stack>
  );
};

/** Nothing is handed over of the line: one of the typed reasons, or none said. */
export const WhyNot = ({ plan, ...same }: RestProps & { readonly plan: Plan }) => {
  const t = useT();
  const { choice, disabled, onChange } = same;
  const staysOpen = choice.withheld !== undefined && !nonDispenseReasons[choice.withheld];
  const choose = (value: string) => {
    const { withheld: _before, owedOn: _promise, ...rest } = choice;
    const withheld = reasons.find((one) => one === value);
    onChange(withheld === undefined ? rest : { ...rest, withheld });
  };
  return (
    <Stack gap="xs" mt="sm">
      <NativeSelect
        label={t('web-dispense:whyNot')}
        description={
          choice.withheld === undefined
            ? t('web-dispense:whyNotHint')
            : t(staysOpen ? 'web-dispense:lineStaysOpen' : 'web-dispense:lineCloses')
        }
        value={choice.withheld ?? ''}
        disabled={disabled}
        maw={420}
        data={[
          { value: '', label: t('web-dispense:notSaid') },
          ...reasons.map((reason) => ({ value: reason, label: t(`counter-papers:reason.${reason}`) })),
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {choice.withheld === 'other' && (
        <TextInput
          label={t('web-dispense:note')}
          description={t('web-dispense:ownReasonHint')}
          value={choice.note ?? ''}
          maxLength={300}
          autoFocus
          disabled={disabled}
          error={plan.kind === 'fault' && plan.fault.kind === 'note' ? t('web-dispense:needNote') : undefined}
          onChange={(event) => onChange({ ...choice, note: event.currentTarget.value })}
        />
      )}
      {staysOpen && <PromiseDay {...same} />}
    </Stack>
  );
};
