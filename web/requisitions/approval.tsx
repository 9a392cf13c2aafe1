/** Approving: what it is worth, what it leaves of the year's money, in whose name; or saying no. */
import { Reason } from '@darmon/domain/event';
import { tashkentDay } from '@darmon/domain/time';
import { budgetRoutes } from '@darmon/function-procurement/budget-routes';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { useAnswer, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import type { Me } from '../shared/me.ts';
import { FailureAlert, Section, Waiting } from '../shared/parts.tsx';
import { isApprover, type Requisition } from './draft.ts';
import { useMoney, usePlaceName, Warned } from './parts.tsx';

const refusals = [
  'approver-is-author',
  'signer-repeated',
  'approval-region',
  'approval-limit',
  'lines-unpriced',
  'budget-exceeded',
  'delegation-missing',
] as const;
type Known = (typeof refusals)[number];

export const Approval = ({
  of,
  me,
  onDone,
}: {
  readonly of: Requisition;
  readonly me: Me;
  readonly onDone: (said: string) => void;
}) => {
  const t = useT();
  const money = useMoney();
  const delegations = useAll(budgetRoutes.listDelegations, {});
  const [instead, setInstead] = useState<string | undefined>();
  const [reason, setReason] = useState('');
  const today = tashkentDay(Date.now());
  const given = (delegations.data ?? []).filter((d) => d.to === me.person && d.from <= today && today <= d.until);
  const name = instead ?? (isApprover(me) ? '' : (given[0]?.person ?? ''));
  const query = name === '' ? {} : { instead: name };
  const outlook = useAnswer(budgetRoutes.readApproval, { params: { id: of.id }, query });
  const approve = useCall(requisitionRoutes.approveRequisition);
  if (!isApprover(me) && delegations.isPending) return <Waiting />;
  // a planner for whom nobody stands in has nothing to approve
  if (!isApprover(me) && given.length === 0) return null;
  const { data } = outlook;
  const needsReason = of.overLimit > 0;
  const said = reason.trim();
  const finish = (done: AnswerOf<typeof requisitionRoutes.approveRequisition> | undefined) => {
    if (done) onDone(t(done.state === 'approved' ? 'web-requisitions:approvedNote' : 'web-requisitions:signedNote'));
  };
  const send = () => {
    const body = { version: of.version, ...query, ...(Reason.safeParse(said).success && { reason: said }) };
    void approve.run({ params: { id: of.id }, body }).then(finish);
  };
  const refusal = refusals.find((code) => code === data?.refusal) as Known | undefined;
  return (
    <Section title={t('web-requisitions:approval')} id="approval">
      {outlook.isPending && <Waiting />}
      <FailureAlert failure={outlook.error} onRetry={() => void outlook.refetch()} />
      {given.length > 0 && (
        <NativeSelect
          label={t('web-requisitions:instead')}
          maw={420}
          value={name}
          disabled={approve.uncertain}
          data={[
            ...(isApprover(me) ? [{ value: '', label: t('web-requisitions:ownName') }] : []),
            ...given.map(({ person }) => ({ value: person, label: t('web-requisitions:insteadOf', { person }) })),
          ]}
          onChange={(event) => setInstead(event.currentTarget.value)}
        />
      )}
      {data && (
        <>
          <Money outlook={data} />
          {data.needed > 1 && (
            <Text>{t('web-requisitions:needed', { count: data.needed, signed: data.signed.length })}</Text>
          )}
          {of.overLimit > 0 && <Warned>{t('web-requisitions:overLimit', { sum: money(of.overLimit) })}</Warned>}
          {refusal && <Warned>{t(`web-requisitions:refusal.${refusal}`)}</Warned>}
          {!refusal && (
            <Stack gap="sm">
              <Text>{t('web-requisitions:approveText', { value: money(data.value) })}</Text>
              {needsReason && (
                <TextInput
                  label={t('web-requisitions:reason')}
                  description={t('web-requisitions:reasonHint')}
                  maw={640}
                  required
                  maxLength={300}
                  value={reason}
                  disabled={approve.uncertain}
                  error={approve.fieldError('/reason')}
                  onChange={(event) => setReason(event.currentTarget.value)}
                />
              )}
              <Button
                size="lg"
                className="requisition-start act-main"
                loading={approve.pending}
                disabled={approve.uncertain || (needsReason && !Reason.safeParse(said).success)}
                leftSection={<IconSignature size={22} aria-hidden />}
                onClick={send}
              >
                {t('web-requisitions:step.approve')}
              </Button>
            </Stack>
          )}
        </>
      )}
      <FailureAlert
        failure={approve.failure}
        uncertain={approve.uncertain}
        onRetry={() => void approve.retry().then(finish)}
      />
    </Section>
  );
};

/** The year's money before and after, in numbers and as one bar. */
const Money = ({ outlook }: { readonly outlook: AnswerOf<typeof budgetRoutes.readApproval> }) => {
  const t = useT();
  const money = useMoney();
  const placeOf = usePlaceName();
  const { budget, leaves, value, more } = outlook;
  if (!budget || leaves === undefined)
    return (
      <Group gap="xl">
        <dl className="requisition-facts">
          <div>
            <dt>{t('web-requisitions:value')}</dt>
            <dd>{money(value)}</dd>
          </div>
        </dl>
        <Text className="quiet">{t('web-requisitions:noBudget')}</Text>
      </Group>
    );
  const share = (part: number) => `${Math.max(0, Math.min(100, (100 * part) / Math.max(1, budget.money)))}%`;
  return (
    <Stack gap="xs">
      <Text fw={650}>{t('web-requisitions:budget.of', { year: budget.year, place: placeOf(budget.place) })}</Text>
      <dl className="requisition-facts">
        {(['money', 'committed', 'spent', 'left'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`web-requisitions:budget.${part}`)}</dt>
            <dd>{money(budget[part])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('web-requisitions:budget.this')}</dt>
          <dd>{money(more)}</dd>
        </div>
        <div data-short={leaves < 0}>
          <dt>{t('web-requisitions:budget.after')}</dt>
          <dd>{money(leaves)}</dd>
        </div>
      </dl>
      <div className="requisition-meter" aria-hidden>
        <span data-part="spent" style={{ width: share(budget.spent) }} />
        <span data-part="committed" style={{ width: share(budget.committed) }} />
        <span data-part="this" style={{ width: share(more) }} />
      </div>
    </Stack>
  );
};
