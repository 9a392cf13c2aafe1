/** One medicine of a prescription: the dosage as choices that read back as the patient's sentence while they are made. */
import { type When, whens } from '@darmon/domain/dosage';
import { isControlled } from '@darmon/domain/medicine';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { quantityInWords } from '@darmon/i18n/number-words';
import {
  ActionIcon,
  Button,
  Checkbox,
  Chip,
  Group,
  NativeSelect,
  NumberInput,
  Paper,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { IconCheck, IconEdit, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { type Ref, useEffect, useId, useRef } from 'react';
import { nameOf } from '../shared/formulary.ts';
import { type T, useLanguage, useT } from '../shared/language.ts';
import { numberOf } from '../shared/parts.tsx';
import { usePolicy } from '../shared/policy.ts';
import {
  computedQuantity,
  type DraftLine,
  dosageOf,
  missingIn,
  needsQuantity,
  offeredBrands,
  offeredUnits,
  quantityOf,
  type Rhythm,
  rhythms,
} from './draft.ts';

const rhythmText = (rhythm: Rhythm, t: T): string => {
  const count = Number.parseInt(rhythm, 10);
  if (!rhythm.endsWith('h')) return t('web-prescribe:times-a-day', { count });
  if (count === 48) return t('web-prescribe:every-2-days');
  if (count === 72) return t('web-prescribe:every-3-days');
  return count === 168 ? t('web-prescribe:once-a-week') : t('web-prescribe:every-hours', { count });
};

const whole = { tablet: [0.5, 1, 2], capsule: [1, 2], ml: [2.5, 5, 10], drop: [1, 2, 10, 20], dose: [1, 2] } as const;
const usualAmounts = (unit: string): readonly number[] => whole[unit as keyof typeof whole] ?? [1];
const usualDays = [3, 5, 7, 10, 14, 30];

/** Usual values for a finger; the keyboard has the field itself, so Tab passes them by. */
const Usual = ({
  values,
  value,
  label,
  onChoose,
}: {
  readonly values: readonly number[];
  readonly value: number | undefined;
  readonly label: string;
  readonly onChoose: (value: number) => void;
}) => (
  <Group gap={4} role="group" aria-label={label}>
    {values.map((one) => (
      <button
        key={one}
        type="button"
        tabIndex={-1}
        className="usual"
        aria-pressed={one === value}
        onClick={() => onChoose(one)}
      >
        {one === 0.5 ? '½' : one}
      </button>
    ))}
  </Group>
);

/** The sentence that is signed, in the language of the page, or what is needed to make one. */
const ReadBack = ({ line }: { readonly line: DraftLine }) => {
  const t = useT();
  const language = useLanguage();
  const dosage = dosageOf(line);
  return (
    <div className="reads-back" role="status">
      <Text size="sm" className="quiet">
        {t('web-prescribe:reads-back')}
      </Text>
      <Text fw={600} fz="lg">
        {dosage ? dosageSentence(dosage, language) : t('web-prescribe:reads-back-later')}
      </Text>
    </div>
  );
};

export interface LineProps {
  readonly line: DraftLine;
  readonly errors: readonly string[];
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove: () => void;
}

/** A finished line, or one put aside: name, sentence, quantity. */
export const LineSummary = ({
  line,
  errors,
  onEdit,
  onRemove,
  favourite,
}: LineProps & {
  readonly onEdit: () => void;
  /** Whether the medicine stands among the own favourites, and the way to change that; absent while it cannot be kept. */
  readonly favourite?: { readonly is: boolean; readonly toggle: () => void } | undefined;
}) => {
  const t = useT();
  const language = useLanguage();
  const dosage = dosageOf(line);
  const quantity = quantityOf(line);
  const missing = missingIn(line);
  const medicine = nameOf(line.medicine, language);
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div>
          <Text fw={650}>{medicine}</Text>
          {isControlled(line.medicine.class) && (
            <Text size="sm" className="warn">
              {t(`medicine:class.${line.medicine.class}`)}
            </Text>
          )}
          {dosage && <Text>{dosageSentence(dosage, language)}</Text>}
          {quantity !== undefined && (
            <Text className="quiet">
              {isControlled(line.medicine.class)
                ? quantityInWords(quantity, line.medicine.unit, language)
                : quantityText(quantity, line.medicine.unit, language)}
              {line.brand && ` · ${line.brand}`}
              {!line.substitutionAllowed && ` · ${t('web-prescribe:substitution-forbidden')}`}
            </Text>
          )}
          {missing.length > 0 && (
            <Text className="bad">
              {t('web-prescribe:missing-title')} {missing.map((part) => t(`web-prescribe:missing.${part}`)).join(', ')}
            </Text>
          )}
          {errors.map((error) => (
            <Text key={error} className="bad">
              {error}
            </Text>
          ))}
        </div>
        <Group gap={0} wrap="nowrap">
          {favourite && (
            <ActionIcon
              aria-label={t('web-prescribe:favourite', { medicine })}
              aria-pressed={favourite.is}
              onClick={favourite.toggle}
            >
              {favourite.is ? <IconStarFilled size={20} aria-hidden /> : <IconStar size={20} aria-hidden />}
            </ActionIcon>
          )}
          <ActionIcon aria-label={t('web-prescribe:line-edit', { medicine })} onClick={onEdit}>
            <IconEdit size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('web-prescribe:line-remove', { medicine })} onClick={onRemove}>
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
    </Paper>
  );
};

/** The line being written. The focus comes to the amount when it opens. */
export const LineEditor = ({
  line,
  errors,
  onChange,
  onRemove,
  onDone,
  firstField,
}: LineProps & { readonly onDone: () => void; readonly firstField?: Ref<HTMLInputElement> }) => {
  const t = useT();
  const language = useLanguage();
  const amount = useRef<HTMLInputElement>(null);
  const headingId = useId();
  const set = (more: Partial<DraftLine>) => onChange({ ...line, ...more });
  useEffect(() => {
    amount.current?.focus();
    amount.current?.select();
  }, []);
  const { medicine } = line;
  const name = nameOf(medicine, language);
  const unitsOfDose = offeredUnits(medicine);
  const brands = offeredBrands(medicine, usePolicy());
  const unitWord = t(`medicine:unit.${line.unit}`);
  const computed = computedQuantity(line);
  const packs = [...new Set(medicine.packs.map((pack) => pack.units))].sort((a, b) => a - b);
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      aria-labelledby={headingId}
      className="line-open"
      noValidate
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        onDone();
      }}
    >
      <Stack gap="md">
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          <Text fw={650} fz="lg" id={headingId}>
            {name}
          </Text>
          <ActionIcon aria-label={t('web-prescribe:line-remove', { medicine: name })} onClick={onRemove}>
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
        <div className="dose">
          <Stack gap={6}>
            <Group gap="xs" align="flex-end" wrap="nowrap">
              <NumberInput
                ref={(node) => {
                  amount.current = node;
                  if (typeof firstField === 'function') firstField(node);
                  else if (firstField) firstField.current = node;
                }}
                label={t('web-prescribe:amount')}
                value={line.amount ?? ''}
                min={0}
                max={10_000}
                decimalScale={3}
                allowedDecimalSeparators={['.', ',']}
                decimalSeparator={language === 'en' ? '.' : ','}
                inputMode="decimal"
                hideControls
                rightSection={
                  unitsOfDose.length > 1 ? undefined : (
                    <Text size="sm" className="quiet">
                      {unitWord}
                    </Text>
                  )
                }
                rightSectionWidth={unitsOfDose.length > 1 ? undefined : 110}
                className="grow"
                onChange={(value) => set({ amount: numberOf(value) })}
              />
              {unitsOfDose.length > 1 && (
                <NativeSelect
                  className="dose-unit"
                  aria-label={t('web-prescribe:amount-unit')}
                  value={line.unit}
                  data={unitsOfDose.map((unit) => ({ value: unit, label: t(`medicine:unit.${unit}`) }))}
                  onChange={(event) =>
                    set({ unit: event.currentTarget.value as DraftLine['unit'], quantity: undefined })
                  }
                />
              )}
            </Group>
            <Usual
              values={usualAmounts(line.unit)}
              value={line.amount}
              label={t('web-prescribe:amount')}
              onChoose={(value) => set({ amount: value })}
            />
          </Stack>
          <NativeSelect
            label={t('web-prescribe:how-often')}
            value={line.rhythm ?? ''}
            data={[
              { value: '', label: t('web-prescribe:choose'), disabled: true },
              ...rhythms.map((rhythm) => ({ value: rhythm, label: rhythmText(rhythm, t) })),
            ]}
            onChange={(event) => set({ rhythm: event.currentTarget.value as Rhythm })}
          />
          <Stack gap={6}>
            <NumberInput
              label={t('web-prescribe:days')}
              value={line.days ?? ''}
              min={1}
              max={365}
              allowDecimal={false}
              hideControls
              inputMode="numeric"
              onChange={(value) => set({ days: numberOf(value) })}
            />
            <Usual
              values={usualDays}
              value={line.days}
              label={t('web-prescribe:days')}
              onChoose={(value) => set({ days: value })}
            />
          </Stack>
        </div>
        <Chip.Group multiple value={[...line.when]} onChange={(when) => set({ when: when as When[] })}>
          <fieldset className="plain">
            <Text component="legend" size="sm" fw={500} mb={4}>
              {t('web-prescribe:when')} <span className="quiet">({t('common:optional')})</span>
            </Text>
            <Group gap="xs">
              {whens.map((when) => (
                <Chip key={when} value={when} size="md" disabled={line.when.length >= 4 && !line.when.includes(when)}>
                  {t(`web-prescribe:when.${when}`)}
                </Chip>
              ))}
            </Group>
          </fieldset>
        </Chip.Group>
        <div className="dose">
          {medicine.routes.length > 1 && (
            <NativeSelect
              label={t('web-prescribe:route')}
              value={line.route}
              data={medicine.routes.map((route) => ({ value: route, label: t(`medicine:route.${route}`) }))}
              onChange={(event) => set({ route: event.currentTarget.value as DraftLine['route'] })}
            />
          )}
          <Checkbox
            className="tap"
            label={t('web-prescribe:as-needed')}
            checked={line.asNeeded}
            onChange={(event) => set({ asNeeded: event.currentTarget.checked, quantity: undefined })}
          />
          {line.asNeeded && (
            <NumberInput
              label={t('web-prescribe:max-per-day')}
              value={line.maxPerDay ?? ''}
              min={0}
              decimalScale={3}
              allowedDecimalSeparators={['.', ',']}
              decimalSeparator={language === 'en' ? '.' : ','}
              hideControls
              rightSection={
                <Text size="sm" className="quiet">
                  {unitWord}
                </Text>
              }
              rightSectionWidth={110}
              onChange={(value) => set({ maxPerDay: numberOf(value) })}
            />
          )}
          {needsQuantity(line) && (
            <NumberInput
              label={t('web-prescribe:quantity')}
              description={t('web-prescribe:pack-sizes', {
                packs: packs.map((units) => quantityText(units, medicine.unit, language)).join('; '),
              })}
              value={line.quantity ?? ''}
              min={1}
              allowDecimal={false}
              hideControls
              rightSection={
                <Text size="sm" className="quiet">
                  {t(`medicine:unit.${medicine.unit}`)}
                </Text>
              }
              rightSectionWidth={110}
              onChange={(value) => set({ quantity: numberOf(value) })}
            />
          )}
        </div>
        {brands.length > 0 && (
          <NativeSelect
            label={t('web-prescribe:brand')}
            value={line.brand ?? ''}
            data={[{ value: '', label: t('web-prescribe:brand-any') }, ...brands]}
            onChange={(event) => {
              const brand = event.currentTarget.value;
              const { brand: _, ...rest } = line;
              onChange(brand ? { ...rest, brand } : rest);
            }}
          />
        )}
        <Switch
          className="tap"
          label={t('web-prescribe:substitution')}
          checked={line.substitutionAllowed}
          onChange={(event) => set({ substitutionAllowed: event.currentTarget.checked })}
        />
        <ReadBack line={line} />
        {computed !== undefined && (
          <Text>
            {t('web-prescribe:quantity-computed', { quantity: quantityText(computed, medicine.unit, language) })}{' '}
            <span className="quiet">
              {t('web-prescribe:pack-sizes', {
                packs: packs.map((units) => quantityText(units, medicine.unit, language)).join('; '),
              })}
            </span>
          </Text>
        )}
        {errors.map((error) => (
          <Text key={error} className="bad" role="alert">
            {error}
          </Text>
        ))}
        <Group>
          <Button type="submit" variant="light" leftSection={<IconCheck size={18} aria-hidden />}>
            {t('web-prescribe:line-done')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
};
