/** What people do with a closed month: look through it, sign it, send it, correct it. */
import { Reason } from '@darmon/domain/event';
import { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import { Alert, Button, Group, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDeviceMobile, IconPencilPlus, IconSend, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { useCall } from '../shared/client.ts';
import { currentLanguage, useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, isProblem, Section, Waiting } from '../shared/parts.tsx';
import { freshSignIn } from '../shared/session.ts';
import type { PeriodView } from './reports.tsx';

interface StepProps {
  readonly period: PeriodView;
  readonly nameOf: (person: string) => string;
  readonly onDone: () => void;
}

export const Review = ({ period, onDone }: StepProps) => {
  const t = useT();
  const review = useCall(routes.reviewPeriod);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const { month, contents = '', open } = period;
  const keyOf = (one: (typeof open)[number]) => `${one.report} ${one.check}`;
  const isAnswered = open.every((one) => Reason.safeParse(reasons[keyOf(one)]).success);
  const isBlocked = open.some(({ blocks }) => blocks);
  const send = async () => {
    const answers = open.map((one) => ({
      report: one.report,
      check: one.check,
      reason: (reasons[keyOf(one)] ?? '').trim(),
    }));
    if (await review.run({ params: { month }, body: { contents, answers } })) onDone();
  };
  return (
    <Section title={t('web-periods:review')} id="period-review">
      {isBlocked ? (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-periods:blocked')}
        </Alert>
      ) : (
        <form
          className="period-form"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Text>{t('web-periods:reviewNote')}</Text>
          {open.map((one) => (
            <TextInput
              key={keyOf(one)}
              label={t('web-periods:why', {
                check: `${t(`report:title.${one.report}`)}, ${t(`report:check.${one.check}` as Parameters<typeof t>[0])}`,
              })}
              required
              maxLength={300}
              value={reasons[keyOf(one)] ?? ''}
              disabled={review.uncertain}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setReasons((all) => ({ ...all, [keyOf(one)]: value }));
              }}
            />
          ))}
          <FailureAlert failure={review.failure} uncertain={review.uncertain} onRetry={() => void send()} />
          <Group>
            <Button type="submit" loading={review.pending} disabled={!isAnswered}>
              {t('web-periods:reviewDone')}
            </Button>
          </Group>
        </form>
      )}
    </Section>
  );
};

export const Signatures = ({ period, nameOf, onDone, isLast }: StepProps & { readonly isLast: boolean }) => {
  const t = useT();
  const format = useFormat();
  const me = useMe();
  const sign = useCall(routes.signPeriod);
  const { month, contents = '', signatures, signaturesNeeded = 2, review } = period;
  const missing = signaturesNeeded - signatures.length;
  const hasSigned = signatures.some(({ person }) => person === me.data?.person);
  const needsFactor = isProblem(sign.failure, 'second-factor-needed');
  const send = async () => {
    if (await sign.run({ params: { month }, body: { contents } })) onDone();
  };
  const toFactor = () =>
    freshSignIn({ secondFactor: true, returnTo: `/periods/${month}`, uiLocale: currentLanguage() });
  return (
    <Section title={t('web-periods:signatures')} id="period-signatures">
      <ul className="period-hands">
        {review && (
          <li>
            {t('web-periods:reviewedBy', { name: nameOf(review.person) })} · {format.instant(review.at)}
            {review.answers.length > 0 && (
              <ul>
                {review.answers.map(({ report, check, reason }) => (
                  <li key={`${report} ${check}`}>
                    {t(`report:title.${report}`)}: {reason}
                  </li>
                ))}
              </ul>
            )}
          </li>
        )}
        {signatures.map(({ person, at }) => (
          <li key={person}>
            {t('web-periods:signedBy', { name: nameOf(person) })} · {format.instant(at)}
          </li>
        ))}
      </ul>
      <Text size="sm" className="quiet">
        {t('web-periods:contents')}
      </Text>
      <code className="period-digest">{contents}</code>
      {signaturesNeeded > 1 && <Text>{t('web-periods:two')}</Text>}
      {missing > 0 && <Text fw={600}>{t('web-periods:missing', { count: missing })}</Text>}
      {isLast && period.state === 'reviewed' && hasSigned && <Text>{t('web-periods:youSigned')}</Text>}
      {isLast && period.state === 'reviewed' && me.data && !hasSigned && (
        <>
          <FailureAlert
            failure={sign.failure}
            uncertain={sign.uncertain}
            {...(!needsFactor && { onRetry: () => void send() })}
          />
          <Group>
            {needsFactor ? (
              <Button leftSection={<IconDeviceMobile size={20} aria-hidden />} onClick={() => void toFactor()}>
                {t('web-periods:toFactor')}
              </Button>
            ) : (
              <Button
                loading={sign.pending}
                leftSection={<IconSignature size={20} aria-hidden />}
                onClick={() => void send()}
              >
                {t('web-periods:sign')}
              </Button>
            )}
          </Group>
        </>
      )}
    </Section>
  );
};

const words = ['timeout', 'unreachable', 'no-address', 'no-receipt', 'other-digest'] as const;

export const Authority = ({ period, onDone, isLast }: StepProps & { readonly isLast: boolean }) => {
  const t = useT();
  const format = useFormat();
  const submit = useCall(routes.submitPeriod);
  const { month, state, submission, receipt } = period;
  const mayAgain = state === 'submitted' && submission?.failed === true;
  const send = async () => {
    if (await submit.run({ params: { month }, body: {} })) onDone();
  };
  const last = submission?.last;
  const word = words.find((one) => one === last);
  return (
    <Section title={t('web-periods:authority')} id="period-authority">
      {receipt && (
        <>
          <Text fw={600} className={receipt.status === 'refused' ? 'wrong' : ''}>
            {t(`web-periods:step.${receipt.status === 'refused' ? 'refused' : 'acknowledged'}`)} ·{' '}
            {t('web-periods:receipt', { number: receipt.number })} · {format.instant(receipt.at)}
          </Text>
          {receipt.reason !== undefined && <Text>{receipt.reason}</Text>}
        </>
      )}
      {state === 'submitted' && submission && !submission.failed && (
        <>
          <Waiting label={t('web-periods:sending', { tries: submission.tries })} />
          {submission.tries > 0 && <Text>{t('web-periods:nextTry', { at: format.instant(submission.nextAt) })}</Text>}
        </>
      )}
      {mayAgain && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-periods:undelivered')}
        </Alert>
      )}
      {state === 'submitted' && last !== undefined && (
        <Text>{word ? t(`web-periods:last.${word}`) : t('web-periods:last.status', { status: last })}</Text>
      )}
      <FailureAlert failure={submit.failure} uncertain={submit.uncertain} onRetry={() => void send()} />
      {isLast && (state === 'signed' || mayAgain) && (
        <Group>
          <Button loading={submit.pending} leftSection={<IconSend size={20} aria-hidden />} onClick={() => void send()}>
            {t(mayAgain ? 'web-periods:submitAgain' : 'web-periods:submit')}
          </Button>
        </Group>
      )}
    </Section>
  );
};

export const Correction = ({ period, onDone }: StepProps) => {
  const t = useT();
  const correct = useCall(routes.correctPeriod);
  const [reason, setReason] = useState('');
  const { month, state, submission } = period;
  if (state === 'submitted' && !submission?.failed) return null;
  const send = async () => {
    if (await correct.run({ params: { month }, body: { reason: reason.trim() } })) {
      setReason('');
      onDone();
    }
  };
  return (
    <Section title={t('web-periods:correct')} id="period-correct">
      <form
        className="period-form no-print"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Text>{t('web-periods:correctNote')}</Text>
        <TextInput
          label={t('web-periods:correctWhy')}
          required
          maxLength={300}
          value={reason}
          disabled={correct.uncertain}
          error={correct.fieldError('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FailureAlert failure={correct.failure} uncertain={correct.uncertain} onRetry={() => void send()} />
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={correct.pending}
            disabled={!Reason.safeParse(reason).success}
            leftSection={<IconPencilPlus size={20} aria-hidden />}
          >
            {t('web-periods:correctDo')}
          </Button>
        </Group>
      </form>
    </Section>
  );
};
