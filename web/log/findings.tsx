/** Differences between records and log: those that wait for an answer, the dialog that takes it, and those that have one. */
import { EventType } from '@darmon/domain/event';
import type { LogFinding, MissedEvent } from '@darmon/domain/log-check';
import { logRoutes } from '@darmon/function-compliance/log-routes';
import { findingRoutes } from '@darmon/function-oversight/finding-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Dialog, FailureAlert, Mark, Section } from '../shared/parts.tsx';

type Told = AnswerOf<typeof logRoutes.readLogCheck>;

/** What is known of an event: what, when and where, and its id for whoever looks further. */
export const EventWords = ({ of }: { readonly of: Partial<MissedEvent> }) => {
  const t = useT();
  const format = useFormat();
  const type = EventType.safeParse(of.type).data;
  const said = [type && t(`web-audit:event.${type}`), of.at && format.instant(of.at), of.site].filter(Boolean);
  return (
    <>
      {said.length > 0 && <Text>{said.join(' · ')}</Text>}
      {of.event !== undefined && (
        <Text size="sm" className="quiet log-id" translate="no">
          {of.event}
        </Text>
      )}
    </>
  );
};

const FindingWords = ({ one }: { readonly one: LogFinding }) => {
  const t = useT();
  const format = useFormat();
  const said = [
    one.entry !== undefined && t('web-log:place', { entry: format.number(one.entry) }),
    one.code !== undefined && t('web-log:code', { code: one.code }),
    t('web-log:foundAt', { at: format.instant(one.foundAt) }),
  ];
  return (
    <>
      <EventWords of={one} />
      <Text size="sm" className="quiet">
        {said.filter(Boolean).join(' · ')}
      </Text>
    </>
  );
};

/** Nothing where no comparison ever was: its own place says so. */
export const OpenFindings = ({ told: { open, more, runs } }: { readonly told: Told }) => {
  const t = useT();
  const [chosen, setChosen] = useState<LogFinding>();
  if (open.length === 0 && runs.length === 0) return null;
  return (
    <Section title={t('web-log:open')} id="log-open">
      {open.length === 0 && (
        <Mark color="green" Icon={IconCircleCheck}>
          {t('web-log:none')}
        </Mark>
      )}
      {open.length > 0 && (
        <ul className="plain-list">
          {open.map((one) => (
            <li key={one.id} className="log-row">
              <Mark color="red" Icon={IconAlertTriangle}>
                {t(`web-log:kind.${one.kind}`)}
              </Mark>
              <FindingWords one={one} />
              <Button variant="default" className="no-print" onClick={() => setChosen(one)}>
                {t('web-log:answer')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {more && <Text fw={600}>{t('web-log:more')}</Text>}
      {chosen && <AnswerDialog key={chosen.id} one={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  );
};

const AnswerDialog = ({ one, onClose }: { readonly one: LogFinding; readonly onClose: () => void }) => {
  const t = useT();
  const queries = useQueryClient();
  const say = useCall(findingRoutes.acknowledgeFinding);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (!(await say.run({ params: { id: one.id }, body: { reason: reason.trim() } }))) return;
    await queries.invalidateQueries({ queryKey: keyOf(logRoutes.readLogCheck) });
    onClose();
  };
  return (
    <Dialog opened onClose={() => !say.pending && onClose()} title={t('web-log:answerTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <div>
            <Text fw={600}>{t(`web-log:kind.${one.kind}`)}</Text>
            <FindingWords one={one} />
          </div>
          <Text>{t('web-log:answerNote')}</Text>
          <TextInput
            data-autofocus
            label={t('web-log:reason')}
            description={t('web-log:reasonHint')}
            value={reason}
            maxLength={300}
            required
            autoComplete="off"
            error={say.fieldError('/reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={say.failure} uncertain={say.uncertain} onRetry={() => void say.retry()} />
          <Button type="submit" loading={say.pending} disabled={reason.trim().length < 3}>
            {t('web-log:save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};

export const Answered = ({ told: { acknowledged } }: { readonly told: Told }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useNames(acknowledged.map((one) => one.acknowledged?.by));
  if (acknowledged.length === 0) return null;
  return (
    <Section title={t('web-log:answered')} id="log-answered">
      <ul className="plain-list">
        {acknowledged.map((one) => (
          <li key={one.id} className="log-row">
            <Text fw={600}>{t(`web-log:kind.${one.kind}`)}</Text>
            <FindingWords one={one} />
            {one.acknowledged && (
              <Text>
                {t('web-log:answeredBy', {
                  person: nameOf(one.acknowledged.by),
                  at: format.instant(one.acknowledged.at),
                  reason: one.acknowledged.reason,
                })}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
};
