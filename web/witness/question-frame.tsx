/** One question to colleagues: who asks, the code to compare, what is asked, and yes or no. */
import type { ApprovalRequest } from '@darmon/domain/approval';
import { routes } from '@darmon/function-identity/routes';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, isProblem, type Note } from '../shared/parts.tsx';
import { compareCode, useTimeLeft } from './question.ts';

const Left = ({ until }: { readonly until: string }) => {
  const t = useT();
  const left = useTimeLeft(until);
  return (
    <Text span role="timer" className="number quiet">
      {t('web-approvals:left', { left: left ?? '0:00' })}
    </Text>
  );
};

/** What is said of a question's kind, and the reasons to say no. */
const kinds = {
  'hand-over': {
    howTo: 'web-approvals:howTo',
    confirmed: 'web-approvals:confirmed',
    no: ['web-approvals:no.quantity', 'web-approvals:no.pack', 'web-approvals:no.unseen'],
  },
  reversal: {
    howTo: 'web-approvals:back.howTo',
    confirmed: 'web-approvals:back.confirmed',
    no: ['web-approvals:back.no.right', 'web-approvals:back.no.reason', 'web-approvals:back.no.unseen'],
  },
} as const;

/** `isShown` once everything that is asked can be seen: nobody confirms what they did not see. */
export const QuestionFrame = ({
  kind,
  question,
  title,
  isShown,
  isUnreadable = false,
  onAnswered,
  children,
}: {
  readonly kind: keyof typeof kinds;
  readonly question: ApprovalRequest;
  readonly title: ReactNode;
  readonly isShown: boolean;
  readonly isUnreadable?: boolean;
  readonly onAnswered: (note: Note | undefined) => void;
  readonly children: ReactNode;
}) => {
  const t = useT();
  const headingId = useId();
  const give = useCall(routes.giveApproval);
  const decline = useCall(routes.declineApproval);
  const [refusing, setRefusing] = useState(false);
  const { id, subject, bodyHash } = question;
  const nameOf = useNames([question.person]);
  const words = kinds[kind];
  const busy = give.pending || decline.pending || give.uncertain || decline.uncertain;

  const confirm = async () => {
    if (await give.run({ body: { subject, bodyHash, request: id } }))
      onAnswered({ good: true, text: t(words.confirmed) });
  };
  const refuse = async (reason: string) => {
    if (await decline.run({ params: { id }, body: { reason } }))
      onAnswered({ good: true, text: t('web-approvals:refused') });
  };
  const failure = give.failure ?? decline.failure;
  const isGone = isProblem(failure, 'approval-invalid');
  return (
    <Paper component="section" withBorder p="md" aria-labelledby={headingId}>
      <Stack gap="sm">
        <div className="row-between">
          <div>
            <Text size="sm" className="quiet" component="h2" id={headingId} m={0}>
              {title}
            </Text>
            <Text size="sm" className="quiet">
              {t('web-approvals:asking', { person: nameOf(question.person) })} · <Left until={question.until} />
            </Text>
          </div>
          <div>
            <Text size="sm" className="quiet">
              {t('web-approvals:code')}
            </Text>
            <Text className="compare-code">{compareCode(id)}</Text>
          </div>
        </div>
        {children}
        {isUnreadable && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
            {t('web-approvals:unreadable')}
          </Alert>
        )}
        {isShown && <Text className="note">{t(words.howTo)}</Text>}
        <FailureAlert
          failure={failure}
          uncertain={give.uncertain || decline.uncertain}
          onRetry={isGone ? () => onAnswered(undefined) : undefined}
        />
        {refusing ? (
          <fieldset className="plain" disabled={busy}>
            <legend>{t('web-approvals:whyNot')}</legend>
            <Stack gap="xs" mt="xs">
              {words.no.map((why, index) => (
                <Button
                  key={why}
                  size="lg"
                  variant="default"
                  data-autofocus={index === 0 || undefined}
                  onClick={() => void refuse(t(why))}
                >
                  {t(why)}
                </Button>
              ))}
              <Button variant="subtle" onClick={() => setRefusing(false)}>
                {t('common:back')}
              </Button>
            </Stack>
          </fieldset>
        ) : (
          <Group grow preventGrowOverflow={false} gap="sm">
            <Button
              size="lg"
              variant="default"
              disabled={busy}
              leftSection={<IconX size={22} aria-hidden />}
              onClick={() => setRefusing(true)}
            >
              {t('web-approvals:refuse')}
            </Button>
            <Button
              size="lg"
              loading={give.pending}
              disabled={!isShown || busy}
              leftSection={<IconCheck size={22} aria-hidden />}
              onClick={() => void confirm()}
            >
              {t('web-approvals:confirm')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
};
