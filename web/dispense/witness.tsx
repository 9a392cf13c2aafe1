/** What a controlled medicine needs at the counter before it is handed over: a colleague's yes, and a document of who collects. */
import { approvalMs } from '@darmon/domain/approval';
import type { IdentityChecked } from '@darmon/domain/dispense';
import { Passport } from '@darmon/domain/patient';
import { parsePinfl } from '@darmon/domain/pinfl';
import { parseScan } from '@darmon/domain/scan';
import { instant, tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import type { AnswerOf } from '@darmon/http/route';
import { scan } from '@darmon/i18n/words/scan';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webScan } from '@darmon/i18n/words/web-scan';
import { Alert, Button, Group, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconBan, IconCamera, IconClockX, IconEye, IconHourglass, IconUserCheck } from '@tabler/icons-react';
import { type Ref, useEffect, useId, useRef, useState } from 'react';
import { CameraDialog } from '../scan/camera-dialog.tsx';
import { useAnswer, useCall } from '../shared/client.ts';
import { addAreas, useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { compareCode, useTimeLeft } from '../witness/question.ts';
import '../witness/witness.css';

addAreas({ scan, 'web-scan': webScan, 'web-approvals': webApprovals });

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
  question,
  onApproved,
  onEnded,
  onStop,
}: {
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
        <Text className="grow">{t('web-approvals:waitingText', { address })}</Text>
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
  declined: { Icon: IconBan, title: 'web-approvals:declined', text: 'web-approvals:declinedText' },
  lapsed: { Icon: IconClockX, title: 'web-approvals:lapsed', text: 'web-approvals:lapsedText' },
  'run-out': { Icon: IconClockX, title: 'web-approvals:runOut', text: 'web-approvals:runOutText' },
} as const;

/**
 * Asks the colleagues of the own pharmacy to witness one hand-over, and waits. What is asked is the body as it will be
 * posted to `subject`; when the body changes, an answer to the earlier one is forgotten, because it would be refused.
 * `onApproved` is told once, with the approval to post along; it holds two minutes, which the panel counts down.
 */
export const WitnessPanel = ({
  subject,
  body,
  disabled = false,
  onApproved,
  onLost,
}: {
  /** `/api/prescriptions/{id}/dispenses` */
  readonly subject: string;
  /** The hand-over with its lots or scans, so that the witness sees what leaves the shelf; undefined while it is incomplete. */
  readonly body: Asked | undefined;
  readonly disabled?: boolean;
  readonly onApproved: (approval: string) => void;
  /** The approval told before no longer fits: it ran out, or the body changed. */
  readonly onLost?: () => void;
}) => {
  const t = useT();
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
  const end = state.at in ends ? ends[state.at as keyof typeof ends] : undefined;
  const mayAsk = state.at !== 'asked' && state.at !== 'approved';
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId} className="no-print">
      <Stack gap="sm">
        <Group gap="xs">
          <IconEye size={24} aria-hidden />
          <Title order={2} id={headingId}>
            {t('web-approvals:needed')}
          </Title>
        </Group>
        {mayAsk && <Text>{t('web-approvals:neededText')}</Text>}
        <div role="status">
          {changed && <Text className="note">{t('web-approvals:changed')}</Text>}
          {state.at === 'approved' && (
            <Group gap="xs" className="said-note">
              <IconUserCheck size={22} aria-hidden />
              <div>
                <Text fw={650}>{t('web-approvals:approved')}</Text>
                <Text>
                  {t('web-approvals:approvedText')}{' '}
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
            <Text mt="xs">{t('web-approvals:nobody')}</Text>
          </details>
        )}
      </Stack>
    </Paper>
  );
};

type DocumentKind = 'pinfl' | 'passport';
type Collector = 'patient' | 'other';

interface Typed {
  readonly collector: Collector;
  readonly document: DocumentKind;
  readonly number: string;
}

const cleaned = (document: DocumentKind, text: string): string =>
  document === 'pinfl'
    ? text.replace(/\D/g, '').slice(0, 14)
    : text
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .slice(0, 20);

const identityOf = ({ collector, document, number }: Typed): IdentityChecked | undefined => {
  if (document === 'pinfl')
    return parsePinfl(number, tashkentDay(Date.now())).kind === 'pinfl' ? { pinfl: number, collector } : undefined;
  return Passport.safeParse(number).success ? { passport: number, collector } : undefined;
};

/**
 * The document of whoever collects a controlled medicine, typed, scanned by hand scanner into the field, or read with the
 * camera. Gives the identity once it can be one, and undefined while it cannot; nothing of it is kept on the device.
 */
export const CollectorFields = ({
  onChange,
  disabled = false,
  error,
  fieldRef,
}: {
  readonly onChange: (identity: IdentityChecked | undefined) => void;
  readonly disabled?: boolean;
  /** What the server said of it, such as that it is not this patient's. */
  readonly error?: string;
  readonly fieldRef?: Ref<HTMLInputElement>;
}) => {
  const t = useT();
  const headingId = useId();
  const [typed, setTyped] = useState<Typed>({ collector: 'patient', document: 'pinfl', number: '' });
  const [left, setLeft] = useState(false);
  const [foreign, setForeign] = useState(false);
  const [camera, setCamera] = useState(false);
  const change = (more: Partial<Typed>) => {
    const next = { ...typed, ...more };
    setTyped(next);
    setForeign(false);
    onChange(identityOf(next));
  };
  const take = (raw: string) => {
    const read = parseScan(raw, { today: tashkentDay(Date.now()) });
    const pinfl =
      read.kind === 'pinfl' ? read.pinfl : parsePinfl(raw, tashkentDay(Date.now())).kind === 'pinfl' && raw.trim();
    if (pinfl) change({ document: 'pinfl', number: pinfl });
    else setForeign(true);
  };
  const reading = parsePinfl(typed.number, tashkentDay(Date.now()));
  const isPinfl = typed.document === 'pinfl';
  const isJudged = left || (isPinfl && typed.number.length === 14);
  const wrong = (): string | undefined => {
    if (foreign) return t('web-approvals:notADocument');
    if (typed.number === '' || !isJudged || identityOf(typed)) return undefined;
    return isPinfl && reading.kind === 'refused' ? t(`scan:${reading.code}`) : t('web-approvals:passportWrong');
  };
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId} className="no-print">
      <Stack gap="sm">
        <Title order={2} id={headingId}>
          {t('web-approvals:collector')}
        </Title>
        <Text>{t('web-approvals:collectorHint')}</Text>
        <Radio.Group
          aria-labelledby={headingId}
          value={typed.collector}
          onChange={(collector) => change({ collector: collector as Collector })}
        >
          <div className="choices">
            {(['patient', 'other'] as const).map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(`web-approvals:collector.${one}`)}
                disabled={disabled}
                className="tap"
              />
            ))}
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('web-approvals:document')}
          value={typed.document}
          onChange={(document) => change({ document: document as DocumentKind, number: '' })}
        >
          <div className="choices">
            {(['pinfl', 'passport'] as const).map((one) => (
              <Radio key={one} value={one} label={t(`common:${one}`)} disabled={disabled} className="tap" />
            ))}
          </div>
        </Radio.Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            ref={fieldRef}
            className="grow"
            maw={420}
            label={t(`common:${typed.document}`)}
            description={isPinfl ? undefined : t('web-approvals:passportHint')}
            value={typed.number}
            inputMode={isPinfl ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            disabled={disabled}
            error={error ?? wrong()}
            onFocus={() => setLeft(false)}
            onBlur={() => setLeft(true)}
            onChange={(event) => change({ number: cleaned(typed.document, event.currentTarget.value) })}
          />
          <Button
            variant="default"
            disabled={disabled}
            leftSection={<IconCamera size={20} aria-hidden />}
            onClick={() => setCamera(true)}
          >
            {t('web-approvals:camera')}
          </Button>
        </Group>
      </Stack>
      <CameraDialog opened={camera} onClose={() => setCamera(false)} onCode={take} stayOpen={false} />
    </Paper>
  );
};
