/** One medicine at the counter: what is owed, how much is handed over, from which lots, and what becomes of the rest. */
import type { Medicine } from '@darmon/domain/medicine';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Button, Checkbox, Group, NumberInput, Paper, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsExchange,
  IconClockPause,
  IconLock,
  IconReplaceOff,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import { useFormulary } from '../shared/formulary.ts';
import { type T, useFormat, useLanguage, useT } from '../shared/language.ts';
import { LineMark, Mark, numberOf } from '../shared/parts.tsx';
import { ChooseLots, type Line, Lots, ScannedPacks, WhyOther } from './line-lots.tsx';
import { Rest, WhyNot } from './line-rest.tsx';
import { byHand, type Choice, type Fault, type Plan, restOf } from './plan.ts';
import { type ProposedLine, substituteOf } from './shelf.ts';

/** The line's names, dosage and sums: the same whether it can be handed over or not. */
const LineHead = ({ line, proposed }: { readonly line: Line; readonly proposed?: ProposedLine }) => {
  const t = useT();
  const format = useFormat();
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
        {line.brand !== undefined && `, «${line.brand}»`}
        {line.dispensed > 0 &&
          ` · ${t('web-dispense:dispensedBefore')} ${quantityText(line.dispensed, line.unit, language)}`}
      </Text>
      <Group gap="xs">
        {!line.substitutionAllowed && (
          <Mark color="orange" Icon={IconReplaceOff}>
            {line.brand === undefined
              ? t('web-dispense:noSubstitution')
              : t('web-dispense:onlyBrand', { brand: line.brand })}
          </Mark>
        )}
        {proposed?.controlled && (
          <Mark color="red" Icon={IconLock}>
            {t('web-dispense:controlled')}
          </Mark>
        )}
        {line.owed && (
          <Mark color="orange" Icon={IconClockPause}>
            {t('web-dispense:promisedFor', { day: format.day(line.owed.on) })}
          </Mark>
        )}
      </Group>
      {line.notDispensed && (
        <Text size="sm">
          {t('web-dispense:saidBefore')}: {t(`counter-papers:reason.${line.notDispensed.reason}`)}
        </Text>
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
): string | undefined => {
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
    case 'packs':
      return t('web-dispense:packsDisagree');
    case 'reason':
      return t('web-dispense:needReason');
    case 'note':
      return undefined;
  }
};

const Warned = ({ children }: { readonly children: React.ReactNode }) => (
  <Group gap="xs" mt="sm" wrap="nowrap" align="flex-start">
    <IconAlertTriangle size={22} aria-hidden className="warn" />
    <Text>{children}</Text>
  </Group>
);

interface LineCardProps {
  readonly line: Line;
  readonly proposed: ProposedLine;
  readonly medicine: Medicine | undefined;
  readonly choice: Choice;
  readonly plan: Plan;
  /** The last day on which anything can be handed over. */
  readonly last: string;
  readonly disabled: boolean;
  readonly onChange: (choice: Choice) => void;
}

export const LineCard = ({ line, proposed, medicine, choice, plan, last, disabled, onChange }: LineCardProps) => {
  const t = useT();
  const language = useLanguage();
  const amount = (units: number) => quantityText(units, line.unit, language);
  const isEmpty = proposed.available === 0;
  const isGiven = choice.included && !isEmpty;
  const isShort = !isEmpty && proposed.available < proposed.owed;
  const rest = restOf(proposed, plan);
  const substitute = plan.kind === 'ready' ? substituteOf(proposed, plan.lots) : undefined;
  const faulty = plan.kind === 'fault' ? faultText(plan.fault, line, proposed, t, language) : undefined;
  const same = { choice, last, disabled, onChange };
  return (
    <Paper withBorder p="md" className="line-card" data-skipped={!isGiven}>
      <div className="line-grid">
        <LineHead line={line} proposed={proposed} />
        {!isEmpty && (
          <Stack gap="xs" className="line-give">
            <Checkbox
              size="md"
              label={t('web-dispense:include')}
              checked={choice.included}
              disabled={disabled}
              onChange={(event) => {
                const { withheld: _why, ...rest } = choice;
                onChange({ ...rest, included: event.currentTarget.checked });
              }}
            />
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
                error={plan.kind === 'fault' && plan.fault.kind !== 'reason' ? faulty : undefined}
                onChange={(value) => onChange({ ...choice, quantity: numberOf(value) })}
              />
            )}
          </Stack>
        )}
      </div>
      {isEmpty && (
        <Warned>
          {!proposed.substitutionAllowed && proposed.brand !== undefined
            ? t('web-dispense:noBrandStock', { brand: proposed.brand })
            : t('web-dispense:noStock')}
        </Warned>
      )}
      {isShort && isGiven && <Warned>{t('web-dispense:shortStock', { available: amount(proposed.available) })}</Warned>}
      {plan.kind === 'ready' && plan.given > plan.request.quantity && (
        <Text mt="sm" fw={600}>
          {t('web-dispense:rounded', { quantity: amount(plan.given) })}
        </Text>
      )}
      {substitute && (
        <Group gap="xs" mt="sm" wrap="nowrap" align="flex-start">
          <IconArrowsExchange size={22} aria-hidden className="warn" />
          <Text>
            {t('counter-papers:substituted', substitute)}. {t('web-dispense:tellSubstitution')}
          </Text>
        </Group>
      )}
      {isGiven && (
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
              faulty={faulty}
              disabled={disabled}
              onChange={onChange}
            />
          ) : (
            plan.kind === 'ready' && <Lots lots={plan.lots} line={line} packs={choice.packs} medicine={medicine} />
          )}
          {choice.packs && choice.packs.length > 0 && (
            <ScannedPacks
              packs={choice.packs}
              disabled={disabled}
              onChange={(packs) => onChange({ ...choice, packs })}
            />
          )}
          {'needsReason' in plan && plan.needsReason && (
            <WhyOther
              choice={choice}
              missing={plan.kind === 'fault' && plan.fault.kind === 'reason'}
              disabled={disabled}
              onChange={onChange}
            />
          )}
        </div>
      )}
      {isGiven ? (
        plan.kind === 'ready' && rest > 0 && <Rest line={line} units={rest} {...same} />
      ) : (
        <WhyNot plan={plan} {...same} />
      )}
    </Paper>
  );
};
