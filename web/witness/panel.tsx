/** A colleague's yes to what a person is about to do: asked for, waited for, and counted down. */
import { approvalMs } from '@darmon/domain/approval';
import { instant } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import type { AnswerOf } from '@darmon/http/route';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBan, IconClockX, IconEye, IconHourglass, IconUserCheck } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useAnswer, useCall } from '../shared/client.ts';
import { addAreas, useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { compareCode, useTimeLeft } from './question.ts';
import './witness.css';

addAreas({ 'web-approvals': webApprovals });

const pollMs = 2_000;
const witnessPath = '/witness';

type Question = AnswerOf<typeof routes.askApproval>;
/** What is asked: the body as it will be posted, without who collects. */
type Asked = Readonly<Record<string, unknown>>;

const withoutPerson = ({ identity: _personal, approval: _itself, ...body }: Asked): Record<string, unknown> => body;

const TimeLeft = ({ until, onOver }: { readonly until: string; readonly onOver?: () => void }) => {
  const t = useT();
  const left = useTimeLeft(until);
  const over = useRef(onOver);
  over.current = onOver;
  useEffect(() => {
    if (left === undefined) over.current?.();
  }, [left]);
  return (
    <Text span role="timer" className="number">
      {t('web-approvals:left', { left: left ?? '0:00' })}
    </Text>
  );
};

/** Asks every two seconds what became of the question, and hands on the answer once. */
const Pending = ({
  words,
  question,
  onApproved,
  onEnded,
  onStop,
}: {
  readonly words: (typeof wordsOf)[About];
  readonly question: Question;
  readonly onApproved: (approval: string) => void;
  readonly onEnded: (end: 'declined' | 'lapsed') => void;
  readonly onStop: () => void;
}) => {
  const t = useT();
  const [settled, setSettled] = useState(false);
  const asked = useAnswer(
    routes.readApprovalRequest,
    { params: { id: question.id } },
    { enabled: !settled, refetchInterval: pollMs, staleTime: 0 },
  );
  const tell = useRef({ onApproved, onEnded });
  tell.current = { onApproved, onEnded };
  const { state, approval } = asked.data ?? {};
  useEffect(() => {
    if (settled || state === undefined || state === 'pending') return;
    setSettled(true);
    if (state === 'approved' && approval !== undefined) tell.current.onApproved(approval);
    else tell.current.onEnded(state === 'declined' ? 'declined' : 'lapsed');
  }, [settled, state, approval]);
  const address = `${location.host}${witnessPath}`;
  return (
    <Stack gap="sm">
      <Group role="status" gap="sm">
        <IconHourglass size={22} aria-hidden />
        <Text fw={650}>{t('web-approvals:waiting')}</Text>
      </Group>
      <Group gap="md" align="center">
        <div>
          <Text size="sm" className="quiet">
            {t('web-approvals:code')}
          </Text>
          <Text className="compare-code">{compareCode(question.id)}</Text>
        </div>
        <Text className="grow">{t(words.waitingText, { address })}</Text>
      </Group>
      <Group justify="space-between" gap="sm">
        <TimeLeft until={question.until} />
        <Button variant="default" onClick={onStop}>
          {t('web-approvals:stop')}
        </Button>
      </Group>
      <FailureAlert failure={asked.error} onRetry={() => void asked.refetch()} />
    </Stack>
  );
};

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'asked'; readonly question: Question }
  | { readonly at: 'approved'; readonly until: string }
  | { readonly at: 'declined' | 'lapsed' | 'run-out' };

const ends = {
  declined: { Icon: IconBan, title: 'web-approvals:declined' },
  lapsed: { Icon: IconClockX, title: 'web-approvals:lapsed' },
  'run-out': { Icon: IconClockX, title: 'web-approvals:runOut' },
} as const;

const general = { lapsed: 'web-approvals:lapsedText', 'run-out': 'web-approvals:runOutText' } as const;
/** What is said of each kind of question. */
const wordsOf = {
  'hand-over': {
    needed: 'web-approvals:needed',
    neededText: 'web-approvals:neededText',
    waitingText: 'web-approvals:waitingText',
    changed: 'web-approvals:changed',
    approvedText: 'web-approvals:approvedText',
    nobody: 'web-approvals:nobody',
    ends: { ...general, declined: 'web-approvals:declinedText' },
  },
  reversal: {
    needed: 'web-approvals:back.needed',
    neededText: 'web-approvals:back.neededText',
    waitingText: 'web-approvals:back.waitingText',
    changed: 'web-approvals:back.changed',
    approvedText: 'web-approvals:back.approvedText',
    nobody: 'web-approvals:back.nobody',
    ends: { ...general, declined: 'web-approvals:back.declinedText' },
  },
} as const;
type About = keyof typeof wordsOf;

/**
 * Asks the colleagues of the own site for their yes to one request, and waits. What is asked is the body as it will be
 * posted to `subject`; when the body changes, an answer to the earlier one is forgotten, because it would be refused.
 * `onApproved` is told once, with the approval to post along; it holds two minutes, which the panel counts down.
 */
export const WitnessPanel = ({
  about = 'hand-over',
  subject,
  body,
  disabled = false,
  onApproved,
  onLost,
}: {
  readonly about?: About;
  /** `/api/prescriptions/{id}/dispenses` or another path that asks for a second person. */
  readonly subject: string;
  /** The whole request, such as a hand-over with its lots or scans, so that the witness sees it; undefined while it is incomplete. */
  readonly body: Asked | undefined;
  readonly disabled?: boolean;
  readonly onApproved: (approval: string) => void;
  /** The approval told before no longer fits: it ran out, or the body changed. */
  readonly onLost?: () => void;
}) => {
  const t = useT();
  const words = wordsOf[about];
  const headingId = useId();
  const ask = useCall(routes.askApproval);
  const [state, setState] = useState<State>({ at: 'idle' });
  const [changed, setChanged] = useState(false);
  const asked = body && withoutPerson(body);
  const text = JSON.stringify([subject, asked]);
  const askedText = useRef<string | undefined>(undefined);
  const lost = useRef(onLost);
  lost.current = onLost;
  useEffect(() => {
    if (askedText.current === undefined || askedText.current === text) return;
    askedText.current = undefined;
    setState({ at: 'idle' });
    setChanged(true);
    lost.current?.();
  }, [text]);

  const start = async (again: boolean) => {
    if (!asked) return;
    setChanged(false);
    askedText.current = text;
    const question = again ? await ask.retry() : await ask.run({ body: { subject, body: asked } });
    if (question && askedText.current === text) setState({ at: 'asked', question });
  };
  const forget = () => {
    askedText.current = undefined;
    setState({ at: 'idle' });
  };
  const ended = state.at in ends ? (state.at as keyof typeof ends) : undefined;
  const end = ended && { ...ends[ended], text: words.ends[ended] };
  const mayAsk = state.at !== 'asked' && state.at !== 'approved';
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId} className="no-print">
      <Stack gap="sm">
        <Group gap="xs">
          <IconEye size={24} aria-hidden />
          <Title order={2} id={headingId}>
            {t(words.needed)}
          </Title>
        </Group>
        {mayAsk && <Text>{t(words.neededText)}</Text>}
        <div role="status">
          {changed && <Text className="note">{t(words.changed)}</Text>}
          {state.at === 'approved' && (
            <Group gap="xs" className="said-note">
              <IconUserCheck size={22} aria-hidden />
              <div>
                <Text fw={650}>{t('web-approvals:approved')}</Text>
                <Text>
                  {t(words.approvedText)}{' '}
                  <TimeLeft
                    until={state.until}
                    onOver={() => {
                      askedText.current = undefined;
                      setState({ at: 'run-out' });
                      lost.current?.();
                    }}
                  />
                </Text>
              </div>
            </Group>
          )}
        </div>
        {end && (
          <Alert role="alert" color="orange" variant="light" icon={<end.Icon aria-hidden />} title={t(end.title)}>
            {t(end.text)}
          </Alert>
        )}
        {state.at === 'asked' && (
          <Pending
            key={state.question.id}
            words={words}
            question={state.question}
            onApproved={(approval) => {
              setState({ at: 'approved', until: instant(Date.now() + approvalMs) });
              onApproved(approval);
            }}
            onEnded={(how) => {
              askedText.current = undefined;
              setState({ at: how });
            }}
            onStop={forget}
          />
        )}
        <FailureAlert failure={ask.failure} uncertain={ask.uncertain} onRetry={() => void start(true)} />
        {mayAsk && (
          <div>
            <Button
              id="ask-witness"
              size="lg"
              loading={ask.pending}
              disabled={disabled || !asked || ask.uncertain}
              leftSection={<IconEye size={22} aria-hidden />}
              onClick={() => void start(false)}
            >
              {t(state.at === 'idle' && !changed ? 'web-approvals:ask' : 'web-approvals:askAgain')}
            </Button>
          </div>
        )}
        {state.at !== 'approved' && (
          <details>
            <summary className="tap">{t('web-approvals:oneDevice')}</summary>
            <Text>{t('web-approvals:oneDeviceText', { address: `${location.host}${witnessPath}` })}</Text>
            <Text mt="xs">{t(words.nobody)}</Text>
          </details>
        )}
      </Stack>
    </Paper>
  );
};
