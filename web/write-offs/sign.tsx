/** What can be done with an act that waits: sign it, refuse it, take it back. */
import { approvedText } from '@darmon/domain/approval';
import { Reason } from '@darmon/domain/event';
import { actText, approvePath } from '@darmon/domain/write-off';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes } from '@darmon/function-inventory/routes';
import { soumText } from '@darmon/i18n/money';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconSignature, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { hashOf } from '../shared/hash.ts';
import { useLanguage, useT } from '../shared/language.ts';
import type { Me } from '../shared/me.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';
import { waitsFor } from '../shared/to-sign.ts';
import type { Act } from './act-marks.tsx';

/** Whether what this screen shows is what the signature will be for; undefined until it is known. */
const useIsAsHashed = (act: Act): boolean | undefined => {
  const [isSame, setIsSame] = useState<boolean | undefined>();
  useEffect(() => {
    let live = true;
    void hashOf(actText(act)).then((hash) => live && setIsSame(hash === act.actHash));
    return () => {
      live = false;
    };
  }, [act]);
  return isSame;
};

export const ActActions = ({
  act,
  me,
  onDone,
}: {
  readonly act: Act;
  readonly me: Me;
  /** What was done, in words. */
  readonly onDone: (said: string) => void;
}) => {
  const t = useT();
  const isAsHashed = useIsAsHashed(act);
  const [dialog, setDialog] = useState<'sign' | 'refuse' | 'withdraw' | undefined>();
  if (act.state !== 'requested') return null;
  const close = () => setDialog(undefined);
  const done = (said: string) => {
    close();
    onDone(said);
  };
  const isAuthor = act.author.person === me.person;
  const maySign = waitsFor(act, me);
  const hasSigned = act.signatures.some(({ person }) => person === me.person);
  return (
    <Stack gap="sm">
      {isAsHashed === false && (
        <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-write-offs:altered')}
        </Alert>
      )}
      {isAuthor && <Text className="note">{t('web-write-offs:ownAct')}</Text>}
      {hasSigned && <Text className="note">{t('web-write-offs:youSigned')}</Text>}
      <Group gap="sm">
        {maySign && (
          <Button
            size="lg"
            disabled={isAsHashed !== true}
            leftSection={<IconSignature size={22} aria-hidden />}
            onClick={() => setDialog('sign')}
          >
            {t('web-write-offs:sign')}
          </Button>
        )}
        {maySign && (
          <Button
            size="lg"
            variant="default"
            leftSection={<IconX size={22} aria-hidden />}
            onClick={() => setDialog('refuse')}
          >
            {t('web-write-offs:refuse')}
          </Button>
        )}
        {isAuthor && (
          <Button
            size="lg"
            variant="default"
            leftSection={<IconArrowBackUp size={22} aria-hidden />}
            onClick={() => setDialog('withdraw')}
          >
            {t('web-write-offs:withdraw')}
          </Button>
        )}
      </Group>
      {dialog === 'sign' && <SignDialog act={act} onClose={close} onDone={done} />}
      {dialog !== undefined && dialog !== 'sign' && (
        <CloseDialog act={act} how={dialog} onClose={close} onDone={done} />
      )}
    </Stack>
  );
};

interface DialogProps {
  readonly act: Act;
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
}

/** The signer's own approval, for the act with this very hash, and at once the signature that uses it up. */
const SignDialog = ({ act, onClose, onDone }: DialogProps) => {
  const t = useT();
  const language = useLanguage();
  const give = useCall(identity.giveApproval);
  const approve = useCall(routes.approveWriteOff);
  const { id, actHash } = act;
  const isLast = act.signatures.length + 1 >= act.needed;
  const busy = give.pending || approve.pending;
  const finish = (signed: Act | undefined) => {
    if (signed) onDone(t(signed.state === 'approved' ? 'web-write-offs:signedLast' : 'web-write-offs:signed'));
  };
  const sign = async () => {
    const bodyHash = await hashOf(approvedText({ actHash }));
    const given = await give.run({ body: { subject: approvePath(id), bodyHash } });
    if (given) finish(await approve.run({ params: { id }, body: { actHash, approval: given.id } }));
  };
  return (
    <Dialog
      opened
      onClose={() => !busy && !approve.uncertain && onClose()}
      title={t('web-write-offs:signTitle', { number: act.number })}
    >
      <Stack gap="md">
        <Text>
          {isLast
            ? t('web-write-offs:signText', { value: soumText(act.value, language) })
            : t('web-write-offs:signFirstText')}
        </Text>
        <FailureAlert
          failure={give.failure ?? approve.failure}
          uncertain={give.uncertain || approve.uncertain}
          onRetry={() => (approve.uncertain ? void approve.retry().then(finish) : void sign())}
        />
        <Group justify="flex-end">
          <Button variant="default" disabled={busy || approve.uncertain} onClick={onClose}>
            {t('common:close')}
          </Button>
          <Button
            data-autofocus
            loading={busy}
            disabled={approve.uncertain}
            leftSection={<IconSignature size={20} aria-hidden />}
            onClick={() => void sign()}
          >
            {t('web-write-offs:sign')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

const closing = {
  refuse: { route: routes.refuseWriteOff, title: 'refuseTitle', said: 'refused' },
  withdraw: { route: routes.withdrawWriteOff, title: 'withdrawTitle', said: 'withdrawn' },
} as const;

const CloseDialog = ({ act, how, onClose, onDone }: DialogProps & { readonly how: 'refuse' | 'withdraw' }) => {
  const t = useT();
  const { route, title, said } = closing[how];
  const close = useCall(route);
  const [reason, setReason] = useState('');
  const send = async () => {
    if (await close.run({ params: { id: act.id }, body: { reason: reason.trim() } }))
      onDone(t(`web-write-offs:${said}`));
  };
  return (
    <Dialog
      opened
      onClose={() => !close.pending && onClose()}
      title={t(`web-write-offs:${title}`, { number: act.number })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md">
          <Text>{t('web-write-offs:closeText')}</Text>
          <TextInput
            label={t('web-write-offs:why')}
            value={reason}
            maxLength={300}
            required
            data-autofocus
            disabled={close.uncertain}
            error={close.fieldError('/reason')}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={close.failure} uncertain={close.uncertain} onRetry={() => void send()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={close.pending} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={close.pending} disabled={!Reason.safeParse(reason).success}>
              {t(`web-write-offs:${how}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
