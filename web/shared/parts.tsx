/** Small pieces that every role's screens are made of. */
import type { LineStatus, PrescriptionStatus } from '@darmon/domain/prescription';
import { Alert, Badge, Button, Group, Loader, Modal, type ModalProps, Paper, Stack, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconBan,
  IconCircleCheck,
  IconClockPause,
  IconClockX,
  IconFileText,
  IconHandStop,
  IconPill,
  IconProgressCheck,
  IconRefresh,
  IconWifiOff,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Failure, ProblemError, SessionEndedError, UncertainError } from './client.ts';
import { useT } from './language.ts';

const titleId = 'page-title';

/**
 * One screen: its only `h1`, the window's title, and the focus, which goes to the heading when the screen opens unless
 * the screen itself has put it into a field (`autoFocus`).
 */
export const Page = ({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Darmon`;
  }, [title]);
  useEffect(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body || !heading.current?.closest('main')?.contains(focused))
      heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center" gap="sm">
        <Title order={1} id={titleId} ref={heading} tabIndex={-1} className="page-title">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </Stack>
  );
};

/** A request under way, said to a screen reader too. */
export const Waiting = ({ label }: { readonly label?: string }) => {
  const t = useT();
  return (
    <Group role="status" gap="sm" py="md">
      <Loader size="sm" aria-hidden />
      <Text>{label ?? t('common:loading')}</Text>
    </Group>
  );
};

/** Nothing here yet, and what to do about it. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <Paper withBorder p="xl">
    <Stack align="center" gap="xs" ta="center">
      <IconFileText size={36} stroke={1.4} aria-hidden />
      <Text fw={600}>{title}</Text>
      {children}
    </Stack>
  </Paper>
);

/** Why something failed and what to do next, with a button where trying again makes sense. Nothing without a failure. */
export const FailureAlert = ({
  failure,
  onRetry,
  uncertain = false,
}: {
  readonly failure: Failure | null | undefined;
  readonly onRetry?: () => void;
  /** A change may or may not have been made; see `useCall`. */
  readonly uncertain?: boolean;
}) => {
  const t = useT();
  if (!failure) return null;
  const retry = onRetry && (
    <Button mt="sm" variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onRetry}>
      {t('common:retry')}
    </Button>
  );
  if (failure instanceof SessionEndedError)
    return (
      <Alert
        role="alert"
        color="orange"
        variant="light"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('web-shared:session-ended')}
      >
        <Text>{t('web-shared:session-ended-detail')}</Text>
        {retry}
      </Alert>
    );
  if (failure instanceof UncertainError)
    return (
      <Alert
        role="alert"
        color="orange"
        variant="light"
        icon={<IconWifiOff aria-hidden />}
        title={t(navigator.onLine ? 'web-shared:no-answer' : 'web-shared:offline')}
      >
        <Text>{t(uncertain ? 'web-shared:no-answer-uncertain' : 'web-shared:no-answer-detail')}</Text>
        {retry}
      </Alert>
    );
  const { code, title, detail, errors, instance } = failure.problem;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={title || t('web-shared:failed')}
    >
      <Stack gap={4}>
        {detail && <Text>{detail}</Text>}
        {errors.length > 1 && (
          <ul className="problem-errors">
            {errors.map((error) => (
              <li key={error.pointer + error.detail}>{error.detail}</li>
            ))}
          </ul>
        )}
        <Text size="sm" className="quiet">
          {t('web-shared:problem-code', { code: instance ? `${code} · ${instance}` : code })}
        </Text>
      </Stack>
      {retry}
    </Alert>
  );
};

/** What became of the last press or scan. */
export interface Note {
  readonly good: boolean;
  readonly text: string;
}

/** Says a note, to a screen reader too; its place is there before it, so that it is heard when it comes. */
export const Said = ({ note }: { readonly note: Note | undefined }) => (
  <div role="status">
    {note && (
      <Text className={note.good ? 'said-note' : 'said-note said-wrong'}>
        {note.good ? <IconCircleCheck size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
        {note.text}
      </Text>
    )}
  </div>
);

/** A dialog whose way out has a name and the size of a finger. */
export const Dialog = (props: Omit<ModalProps, 'closeButtonProps'>) => {
  const t = useT();
  return <Modal {...props} closeButtonProps={{ 'aria-label': t('common:close'), size: 44 }} />;
};

/** What a field of numbers holds; undefined while it is empty or half typed. */
export const numberOf = (value: string | number): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** True for a refusal with this code, so that a screen can answer it in its own way. */
export const isProblem = (failure: Failure | null | undefined, code: string): boolean =>
  failure instanceof ProblemError && failure.problem.code === code;

const prescriptionMarks: Readonly<Record<PrescriptionStatus, { color: string; Icon: typeof IconPill }>> = {
  draft: { color: 'gray', Icon: IconFileText },
  active: { color: 'blue', Icon: IconPill },
  claimed: { color: 'violet', Icon: IconHandStop },
  'partially-dispensed': { color: 'orange', Icon: IconProgressCheck },
  completed: { color: 'green', Icon: IconCircleCheck },
  cancelled: { color: 'red', Icon: IconBan },
  expired: { color: 'gray', Icon: IconClockX },
};

const lineMarks: Readonly<Record<LineStatus, { color: string; Icon: typeof IconPill }>> = {
  'to-dispense': { color: 'blue', Icon: IconPill },
  'partially-dispensed': { color: 'orange', Icon: IconProgressCheck },
  dispensed: { color: 'green', Icon: IconCircleCheck },
  'not-dispensed': { color: 'gray', Icon: IconArchive },
  owed: { color: 'orange', Icon: IconClockPause },
  cancelled: { color: 'red', Icon: IconBan },
  expired: { color: 'gray', Icon: IconClockX },
};

/** Icon, word and colour, so that none of them carries the meaning alone. */
export const Mark = ({
  color,
  Icon,
  children,
}: {
  readonly color: string;
  readonly Icon: typeof IconPill;
  readonly children: ReactNode;
}) => (
  <Badge className="mark" data-tone={color} variant="default" size="lg" leftSection={<Icon size={16} aria-hidden />}>
    {children}
  </Badge>
);

export const PrescriptionMark = ({ status }: { readonly status: PrescriptionStatus }) => {
  const t = useT();
  return <Mark {...prescriptionMarks[status]}>{t(`medicine:prescription.${status}`)}</Mark>;
};

export const LineMark = ({ status }: { readonly status: LineStatus }) => {
  const t = useT();
  return <Mark {...lineMarks[status]}>{t(`medicine:line.${status}`)}</Mark>;
};

/** A part of the page with its own heading. */
export const Section = ({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id: string;
  readonly children: ReactNode;
}) => (
  <Paper component="section" withBorder p="md" aria-labelledby={id}>
    <Stack gap="sm">
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </Stack>
  </Paper>
);
