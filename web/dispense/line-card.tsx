/** One medicine at the counter: what is owed, how much is handed over, and from which lots. */
import type { Medicine } from '@darmon/domain/medicine';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Button, Checkbox, Chip, Group, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconReplaceOff,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { type T, useFormat, useLanguage, useT } from '../shared/language.ts';
import { LineMark, Mark, numberOf } from '../shared/parts.tsx';
import type { Prescription } from './find.ts';
import { byHand, type Choice, type Fault, lotKey, type Plan, type ProposedLine } from './plan.ts';

type Line = Prescription['lines'][number];

/** The line's names, dosage and sums: the same whether it can be handed over or not. */
const LineHead = ({ line }: { readonly line: Line }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  return (
    <Stack gap={4}>
      <Title order={2} className="line-name">
        {formulary.name(line.medicine)}
      </Title>
      <Text>{dosageSentence(line.dosage, language)}</Text>
      <Text size="sm" className="quiet">
        {t('web-dispense:prescribed')} {quantityText(line.quantity, line.unit, language)}
        {line.dispensed > 0 &&
          ` · ${t('web-dispense:dispensedBefore')} ${quantityText(line.dispensed, line.unit, language)}`}
      </Text>
      {!line.substitutionAllowed && (
        <div>
          <Mark color="orange" Icon={IconReplaceOff}>
            {t('web-dispense:noSubstitution')}
          </Mark>
        </div>
      )}
    </Stack>
  );
};

/** A line with nothing more to hand over. */
export const ClosedLine = ({ line }: { readonly line: Line }) => (
  <Paper withBorder p="md">
    <div className="row-between">
      <LineHead line={line} />
      <LineMark status={line.status} />
    </div>
  </Paper>
);

const faultText = (
  fault: Fault,
  line: Line,
  proposed: ProposedLine,
  t: T,
  language: Parameters<typeof quantityText>[2],
) => {
  switch (fault.kind) {
    case 'quantity':
    case 'over-owed':
      return t('web-dispense:giveRange', { owed: proposed.owed });
    case 'short':
      return t('web-dispense:shortStock', { available: quantityText(fault.available, line.unit, language) });
    case 'step':
      return t('web-dispense:wholePacks', { step: fault.step });
    case 'sum':
      return t('web-dispense:sumOver', { sum: fault.sum, owed: proposed.owed });
    case 'reason':
      return t('web-dispense:needReason');
  }
};

export const LineCard = ({
  line,
  proposed,
  medicine,
  choice,
  plan,
  onlyOne,
  disabled,
  scanned,
  onChange,
}: {
  readonly line: Line;
  readonly proposed: ProposedLine;
  readonly medicine: Medicine | undefined;
  readonly choice: Choice;
  readonly plan: Plan;
  readonly onlyOne: boolean;
  readonly disabled: boolean;
  /** Lots of which a pack was scanned, by `lotKey`. */
  readonly scanned: ReadonlySet<string>;
  readonly onChange: (choice: Choice) => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const amount = (units: number) => quantityText(units, line.unit, language);
  const isShort = proposed.available > 0 && proposed.available < proposed.owed;
  return (
    <Paper withBorder p="md" className="line-card" data-skipped={plan.kind === 'skipped' || plan.kind === 'none'}>
      <div className="line-grid">
        <LineHead line={line} />
        {plan.kind === 'none' ? null : (
          <Stack gap="xs" className="line-give">
            {!onlyOne && (
              <Checkbox
                size="md"
                label={t('web-dispense:include')}
                checked={choice.included}
                disabled={disabled}
                onChange={(event) => onChange({ ...choice, included: event.currentTarget.checked })}
              />
            )}
            {choice.included && !choice.lots && (
              <NumberInput
                label={t('common:quantity')}
                description={t('web-dispense:giveOf', { owed: amount(proposed.owed) })}
                value={choice.quantity ?? ''}
                min={0}
                max={100_000}
                clampBehavior="none"
                allowDecimal={false}
                allowNegative={false}
                disabled={disabled}
                error={plan.kind === 'fault' ? faultText(plan.fault, line, proposed, t, language) : undefined}
                onChange={(value) => onChange({ ...choice, quantity: numberOf(value) })}
              />
            )}
          </Stack>
        )}
      </div>
      {plan.kind === 'none' && (
        <Group gap="xs" mt="sm" wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={22} aria-hidden className="warn" />
          <Text>{t('web-dispense:noStock')}</Text>
        </Group>
      )}
      {plan.kind === 'skipped' && <Text mt="sm">{t('web-dispense:skipped')}</Text>}
      {isShort && plan.kind !== 'skipped' && (
        <Group gap="xs" mt="sm" wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={22} aria-hidden className="warn" />
          <Text>{t('web-dispense:shortStock', { available: amount(proposed.available) })}</Text>
        </Group>
      )}
      {plan.kind === 'ready' && plan.given > plan.request.quantity && (
        <Text mt="sm" fw={600}>
          {t('web-dispense:rounded', { quantity: amount(plan.given) })}
        </Text>
      )}
      {choice.included && plan.kind !== 'none' && (
        <div className="lots">
          <Group justify="space-between" gap="xs" mt="sm">
            <Text fw={600}>{t(choice.lots ? 'web-dispense:chosenByHand' : 'web-dispense:takeFrom')}</Text>
            {proposed.others.length > 1 && (
              <Button
                variant="subtle"
                size="sm"
                mih={44}
                disabled={disabled}
                leftSection={
                  choice.lots ? (
                    <IconArrowBackUp size={18} aria-hidden />
                  ) : (
                    <IconSwitchHorizontal size={18} aria-hidden />
                  )
                }
                onClick={() => {
                  const { lots: chosen, ...rest } = choice;
                  const proposedLots = plan.kind === 'ready' ? plan.lots : proposed.lots;
                  onChange(chosen ? { ...rest, reason: '' } : { ...rest, lots: byHand(proposedLots) });
                }}
              >
                {t(choice.lots ? 'web-dispense:firstExpiring' : 'web-dispense:otherLots')}
              </Button>
            )}
          </Group>
          {choice.lots ? (
            <ChooseLots
              line={line}
              proposed={proposed}
              choice={choice}
              plan={plan}
              disabled={disabled}
              scanned={scanned}
              onChange={onChange}
            />
          ) : (
            plan.kind === 'ready' && <Lots lots={plan.lots} line={line} scanned={scanned} medicine={medicine} />
          )}
        </div>
      )}
    </Paper>
  );
};

/** What to take from the shelf. */
const Lots = ({
  lots,
  line,
  medicine,
  scanned,
}: {
  readonly lots: readonly { gtin: string; lot: string; expiryDate: string; quantity: number }[];
  readonly line: Line;
  readonly medicine: Medicine | undefined;
  readonly scanned: ReadonlySet<string>;
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
          {scanned.has(lotKey(lot)) && (
            <Mark color="green" Icon={IconCircleCheck}>
              {t('web-dispense:packMatches')}
            </Mark>
          )}
        </li>
      ))}
    </ul>
  );
};

/** Every usable lot with its own field; why, where an earlier one is left. */
const ChooseLots = ({
  line,
  proposed,
  choice,
  plan,
  disabled,
  scanned,
  onChange,
}: {
  readonly line: Line;
  readonly proposed: ProposedLine;
  readonly choice: Choice;
  readonly plan: Plan;
  readonly disabled: boolean;
  readonly scanned: ReadonlySet<string>;
  readonly onChange: (choice: Choice) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const reasons = [
    t('web-dispense:lotReason.damaged'),
    t('web-dispense:lotReason.missing'),
    t('web-dispense:lotReason.course'),
    t('web-dispense:lotReason.maker'),
  ];
  const chosen = proposed.others.reduce((sum, lot) => sum + (choice.lots?.[lotKey(lot)] ?? 0), 0);
  const needsReason = 'needsReason' in plan && plan.needsReason;
  return (
    <Stack gap="xs">
      {proposed.others.map((lot) => (
        <div key={lotKey(lot)} className="lot-choice">
          <NumberInput
            label={t('web-dispense:lotQuantity', { lot: lot.lot, date: format.day(lot.expiryDate) })}
            description={t('web-dispense:onShelf', { quantity: quantityText(lot.onHand, line.unit, language) })}
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
          {scanned.has(lotKey(lot)) && (
            <Mark color="green" Icon={IconCircleCheck}>
              {t('web-dispense:packMatches')}
            </Mark>
          )}
        </div>
      ))}
      <Text role="status">
        {t('web-dispense:give')}: <strong>{quantityText(chosen, line.unit, language)}</strong>{' '}
        {t('web-dispense:giveOf', { owed: quantityText(proposed.owed, line.unit, language) })}
      </Text>
      {plan.kind === 'fault' && plan.fault.kind !== 'reason' && (
        <Text className="wrong">{faultText(plan.fault, line, proposed, t, language)}</Text>
      )}
      {needsReason && (
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
            error={plan.kind === 'fault' && plan.fault.kind === 'reason' ? t('web-dispense:needReason') : undefined}
            onChange={(event) => onChange({ ...choice, reason: event.currentTarget.value })}
          />
        </Stack>
      )}
    </Stack>
  );
};
