/** Deciding a case, what was decided, and taking it up again. */
import { type CaseDecision, CaseOutcome } from '@darmon/domain/case';
import { tashkentDay } from '@darmon/domain/time';
import { caseRoutes as routes } from '@darmon/function-oversight/case-routes';
import { Button, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowForwardUp, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Mark, numberOf } from '../shared/parts.tsx';
import { useRefresh } from './refresh.ts';

const outcomes = CaseOutcome.options;
const marks = {
  confirmed: { color: 'red', Icon: IconCircleCheck },
  'not-founded': { color: 'green', Icon: IconCircleX },
  'passed-on': { color: 'blue', Icon: IconArrowForwardUp },
} as const;

export const Decision = ({
  one,
  days,
  nameOf,
}: {
  readonly one: CaseDecision;
  /** On which something was found. */
  readonly days: readonly string[];
  readonly nameOf: (person: string) => string;
}) => {
  const t = useT();
  const format = useFormat();
  const isMore = days.some((day) => day > tashkentDay(Date.parse(one.at)));
  return (
    <Stack gap={4} align="flex-start">
      <Mark {...marks[one.outcome]}>{t(`web-cases:outcome.${one.outcome}`)}</Mark>
      <Text className="case-words">{one.reason}</Text>
      <Text size="sm" className="quiet">
        {t('web-cases:decidedBy', { person: nameOf(one.person), at: format.instant(one.at) })}
      </Text>
      {one.silentUntil !== undefined && (
        <Text size="sm">{t('web-cases:silentUntil', { day: format.day(one.silentUntil) })}</Text>
      )}
      {isMore && (
        <Mark color="orange" Icon={IconAlertTriangle}>
          {t('web-cases:foundAfter')}
        </Mark>
      )}
    </Stack>
  );
};

export const DecideForm = ({
  id,
  canBeSilent,
}: {
  readonly id: string;
  /** What the analysis opened may be kept from opening again. */
  readonly canBeSilent: boolean;
}) => {
  const t = useT();
  const refresh = useRefresh();
  const decide = useCall(routes.stepCase);
  const [outcome, setOutcome] = useState<CaseDecision['outcome']>();
  const [reason, setReason] = useState('');
  const [silentDays, setSilentDays] = useState<number | undefined>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!outcome) return;
    const isSilent = outcome === 'not-founded' && silentDays !== undefined;
    const body = { step: 'decide' as const, outcome, reason: reason.trim(), ...(isSilent && { silentDays }) };
    if (await decide.run({ params: { id }, body })) await refresh();
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="no-print">
      <Stack gap="sm">
        <Radio.Group
          label={t('web-cases:decision')}
          value={outcome ?? ''}
          onChange={(next) => setOutcome(outcomes.find((one) => one === next))}
        >
          <Stack gap={4} mt={4}>
            {outcomes.map((one) => (
              <Radio key={one} size="md" value={one} label={t(`web-cases:outcome.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label={t('web-cases:reason')}
          description={t('web-cases:nothingPersonal')}
          value={reason}
          maxLength={300}
          required
          autoComplete="off"
          error={decide.fieldError('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {outcome === 'not-founded' && canBeSilent && (
          <NumberInput
            label={t('web-cases:silent')}
            description={t('web-cases:silentHint')}
            value={silentDays ?? ''}
            min={1}
            max={366}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            error={decide.fieldError('/silentDays')}
            onChange={(typed) => setSilentDays(numberOf(typed))}
          />
        )}
        <FailureAlert failure={decide.failure} uncertain={decide.uncertain} onRetry={() => void decide.retry()} />
        <Button type="submit" loading={decide.pending} disabled={!outcome || reason.trim().length < 3}>
          {t('web-cases:decide')}
        </Button>
      </Stack>
    </form>
  );
};

export const ReopenForm = ({ id }: { readonly id: string }) => {
  const t = useT();
  const refresh = useRefresh();
  const reopen = useCall(routes.stepCase);
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await reopen.run({ params: { id }, body: { step: 'reopen', reason: reason.trim() } })) await refresh();
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="no-print">
      <Stack gap="sm">
        <TextInput
          label={t('web-cases:reason')}
          value={reason}
          maxLength={300}
          autoComplete="off"
          error={reopen.fieldError('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert failure={reopen.failure} uncertain={reopen.uncertain} onRetry={() => void reopen.retry()} />
        <Button type="submit" variant="default" loading={reopen.pending} disabled={reason.trim().length < 3}>
          {t('web-cases:reopen')}
        </Button>
      </Stack>
    </form>
  );
};
