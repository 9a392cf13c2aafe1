/** `/requisitions/$id`: one requisition: its lines, what is to be done with it next and by whom, and its way so far. */
import { Reason } from '@darmon/domain/event';
import { approvalValue } from '@darmon/domain/requisition';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconBan, IconChecks, IconPlayerSkipForward, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { Dialog, FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { AddProducts } from './add-products.tsx';
import { Approval } from './approval.tsx';
import {
  type Added,
  changeBody,
  changedItems,
  type Deed,
  deedsOf,
  type Edits,
  faultsOf,
  type Requisition,
  worthOf,
} from './draft.ts';
import { Lines } from './lines.tsx';
import { EmergencyMark, StateMark, useMoney, useSiteName, Warned } from './parts.tsx';

export const RequisitionPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/requisitions/$id' });
  const me = useMe();
  const queries = useQueryClient();
  const answer = useAnswer(requisitionRoutes.readRequisition, { params: { id } });
  const [note, setNote] = useState<Note | undefined>();
  const of = answer.data;
  const done = (text: string) => {
    setNote({ good: true, text });
    void answer.refetch();
    void queries.invalidateQueries({ queryKey: keyOf(requisitionRoutes.listRequisitions) });
  };
  return (
    <Page title={of ? t('web-requisitions:one', { number: of.number }) : t('web-requisitions:title')}>
      {answer.isPending && <Waiting />}
      <FailureAlert failure={answer.error ?? me.error} onRetry={() => void answer.refetch()} />
      <Said note={note} />
      {of && me.data && (
        <>
          <Head of={of} />
          <Steps of={of} me={me.data} onDone={done} />
          {/* what was typed belongs to the version it was typed over */}
          <Editor key={of.version} of={of} me={me.data} onDone={done} />
          <Way of={of} />
        </>
      )}
    </Page>
  );
};

const Head = ({ of }: { readonly of: Requisition }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useSiteName();
  const money = useMoney();
  return (
    <Stack gap="xs">
      <Text size="lg" fw={650}>
        {nameOf(of.site)}
      </Text>
      <Text className="quiet">
        {t(`web-requisitions:kind.${of.kind}`)}
        {of.week !== undefined && ` · ${t('web-requisitions:week', { week: of.week })}`} · {format.instant(of.at)} ·{' '}
        {t('web-requisitions:lineCount', { count: of.lines })}
      </Text>
      <Group gap="sm">
        <StateMark state={of.state} />
        {of.kind === 'emergency' && <EmergencyMark />}
        <span className="big-number">{money(approvalValue(of))}</span>
      </Group>
      {of.raised !== undefined && <Warned>{t('web-requisitions:raised', { value: money(of.value) })}</Warned>}
      {of.rest && <Warned>{t('web-requisitions:rest')}</Warned>}
      {of.reason !== undefined && (
        <Text>
          {t('web-requisitions:reason')}: {of.reason}
        </Text>
      )}
      {of.unpriced > 0 && <Warned>{t('web-requisitions:unpriced', { count: of.unpriced })}</Warned>}
      {of.overLimit > 0 && <Warned>{t('web-requisitions:overLimit', { sum: money(of.overLimit) })}</Warned>}
    </Stack>
  );
};

const plain = {
  submit: { route: requisitionRoutes.submitRequisition, Icon: IconSend },
  authorise: { route: requisitionRoutes.authoriseRequisition, Icon: IconChecks },
  reopen: { route: requisitionRoutes.reopenRequisition, Icon: IconArrowBackUp },
} as const;
const reasoned = {
  reject: { route: requisitionRoutes.rejectRequisition, Icon: IconBan },
  skip: { route: requisitionRoutes.skipRequisition, Icon: IconPlayerSkipForward },
} as const;

/** What a no means: of what is approved, taking that back; of what was ordered, giving up the rest. */
const nameOf = (deed: keyof typeof reasoned, of: Requisition) => {
  if (deed === 'reject' && of.rest) return 'web-requisitions:step.giveUp';
  if (deed === 'reject' && of.state === 'approved') return 'web-requisitions:step.takeBack';
  return `web-requisitions:step.${deed}` as const;
};

const waits = ['submitted', 'authorised', 'approved'] as const;

const Steps = ({
  of,
  me,
  onDone,
}: {
  readonly of: Requisition;
  readonly me: Me;
  readonly onDone: (said: string) => void;
}) => {
  const t = useT();
  const [asking, setAsking] = useState<keyof typeof reasoned | undefined>();
  const deeds = deedsOf(of, me);
  const wait = waits.find((state) => state === of.state);
  return (
    <Stack gap="sm">
      {wait && <Text>{t(`web-requisitions:wait.${wait}`)}</Text>}
      {deeds.has('approve') && <Approval of={of} me={me} onDone={onDone} />}
      <Group gap="sm">
        {(['submit', 'authorise', 'reopen'] as const)
          .filter((deed) => deeds.has(deed))
          .map((deed) => (
            <PlainStep key={`${deed} ${of.version}`} deed={deed} of={of} onDone={onDone} />
          ))}
        {(['reject', 'skip'] as const)
          .filter((deed) => deeds.has(deed as Deed))
          .map((deed) => {
            const { Icon } = reasoned[deed];
            return (
              <Button
                key={deed}
                variant="default"
                leftSection={<Icon size={20} aria-hidden />}
                onClick={() => setAsking(deed)}
              >
                {t(nameOf(deed, of))}
              </Button>
            );
          })}
      </Group>
      {asking && <ReasonedStep deed={asking} of={of} onClose={() => setAsking(undefined)} onDone={onDone} />}
    </Stack>
  );
};

const PlainStep = ({
  deed,
  of,
  onDone,
}: {
  readonly deed: keyof typeof plain;
  readonly of: Requisition;
  readonly onDone: (said: string) => void;
}) => {
  const t = useT();
  const { route, Icon } = plain[deed];
  const step = useCall(route);
  const finish = (sending: ReturnType<typeof step.run>) =>
    void sending.then((done) => done && onDone(t('web-requisitions:doneNote')));
  return (
    <>
      <Button
        variant={deed === 'reopen' ? 'default' : 'filled'}
        leftSection={<Icon size={20} aria-hidden />}
        loading={step.pending}
        disabled={step.uncertain}
        onClick={() => finish(step.run({ params: { id: of.id }, body: { version: of.version } }))}
      >
        {t(`web-requisitions:step.${deed}`)}
      </Button>
      <FailureAlert failure={step.failure} uncertain={step.uncertain} onRetry={() => finish(step.retry())} />
    </>
  );
};

const ReasonedStep = ({
  deed,
  of,
  onClose,
  onDone,
}: {
  readonly deed: keyof typeof reasoned;
  readonly of: Requisition;
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
}) => {
  const t = useT();
  const step = useCall(reasoned[deed].route);
  const [reason, setReason] = useState('');
  const finish = (sending: ReturnType<typeof step.run>) =>
    void sending.then((done) => {
      if (!done) return;
      onClose();
      onDone(t('web-requisitions:doneNote'));
    });
  const send = () => finish(step.run({ params: { id: of.id }, body: { version: of.version, reason: reason.trim() } }));
  return (
    <Dialog opened onClose={() => !step.pending && onClose()} title={t(nameOf(deed, of))}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('web-requisitions:reason')}
            description={t('web-requisitions:reasonHint')}
            value={reason}
            maxLength={300}
            required
            data-autofocus
            disabled={step.uncertain}
            error={step.fieldError('/reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={step.failure} uncertain={step.uncertain} onRetry={() => finish(step.retry())} />
          <Group justify="flex-end">
            <Button variant="default" disabled={step.pending} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={step.pending} disabled={!Reason.safeParse(reason).success}>
              {t(nameOf(deed, of))}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};

const Editor = ({
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
  const [edits, setEdits] = useState<Edits>(new Map());
  const [added, setAdded] = useState<readonly Added[]>([]);
  const change = useCall(requisitionRoutes.changeRequisition);
  const mayEdit = deedsOf(of, me).has('edit');
  const frozen = change.pending || change.uncertain;
  const unsaved = changedItems(of.items, edits).length + added.length;
  const body = changeBody(of, edits, added);
  const finish = (sending: ReturnType<typeof change.run>) =>
    void sending.then((done) => done && onDone(t('web-requisitions:saved')));
  return (
    <Section title={t('web-requisitions:lines')} id="requisition-lines">
      <Lines
        id={of.id}
        items={of.items}
        edits={mayEdit ? edits : undefined}
        faults={faultsOf(of.items, edits)}
        disabled={frozen}
        onEdit={(line, edit) => setEdits(new Map(edits).set(line, edit))}
      />
      {mayEdit && (
        <AddProducts
          site={of.kind === 'emergency' ? '' : of.site}
          known={new Set(of.items.map(({ gtin }) => gtin))}
          added={added}
          reasons={of.kind === 'weekly'}
          disabled={frozen}
          onChange={setAdded}
        />
      )}
      <FailureAlert failure={change.failure} uncertain={change.uncertain} onRetry={() => finish(change.retry())} />
      {mayEdit && unsaved > 0 && (
        <div className="act-bar">
          <Text>
            {t('web-requisitions:unsaved', { count: unsaved })} · {t('web-requisitions:total')}:{' '}
            <strong>{money(worthOf(of.items, edits, added))}</strong>
          </Text>
          <Group gap="sm">
            <Button
              variant="default"
              disabled={frozen}
              onClick={() => {
                setEdits(new Map());
                setAdded([]);
                change.reset();
              }}
            >
              {t('web-requisitions:discard')}
            </Button>
            <Button
              loading={change.pending}
              disabled={body === undefined || change.uncertain}
              onClick={() => body && finish(change.run({ params: { id: of.id }, body }))}
            >
              {t('web-requisitions:save')}
            </Button>
          </Group>
        </div>
      )}
    </Section>
  );
};

const Way = ({ of }: { readonly of: Requisition }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('web-requisitions:history')} id="requisition-way">
      <ol className="requisition-way">
        {of.history.map(({ step, person, instead, role, at, reason }) => (
          <li key={`${step} ${at}`}>
            <Text>
              <strong>{t(`web-requisitions:did.${step}`)}</strong> · {format.instant(at)} ·{' '}
              {role === undefined ? t('web-requisitions:byPlan') : person}
              {instead !== undefined && ` (${t('web-requisitions:insteadOf', { person: instead })})`}
            </Text>
            {reason !== undefined && (
              <Text size="sm">
                {t('web-requisitions:reason')}: {reason}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
};
