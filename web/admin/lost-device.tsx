/** An administrator takes the second factor of somebody whose device is lost away, with a reason; the person sets up another. */
import { secondFactorRoutes as routes } from '@darmon/function-identity/second-factor-routes';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconDeviceMobileOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';

export const LostDevice = ({ person }: { readonly person: string }) => {
  const t = useT();
  const { run, retry, pending, uncertain, answer, failure } = useCall(routes.removeSecondFactor);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isGiven = reason.trim().length >= 3;
  const remove = () => {
    setTried(true);
    if (isGiven) void run({ params: { id: person }, body: { reason: reason.trim() } });
    else field.current?.focus();
  };
  const icon = <IconDeviceMobileOff size={20} aria-hidden />;
  if (answer)
    return (
      <Text role="status" className="said-note">
        {t('web-account:removed')}
      </Text>
    );
  if (!isOpen)
    return (
      <Button variant="default" leftSection={icon} onClick={() => setOpen(true)}>
        {t('web-account:remove')}
      </Button>
    );
  return (
    <fieldset className="admin-set">
      <legend>{t('web-account:remove')}</legend>
      <Stack gap="xs">
        <Text>{t('web-account:removeText')}</Text>
        <TextInput
          ref={field}
          label={t('web-account:reason')}
          value={reason}
          maxLength={300}
          required
          autoFocus
          autoComplete="off"
          disabled={pending || uncertain}
          error={tried && !isGiven ? t('web-account:reasonWrong') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            // the field stands in the form of the whole record, which Enter would save
            if (event.key !== 'Enter') return;
            event.preventDefault();
            remove();
          }}
        />
        <FailureAlert failure={failure} uncertain={uncertain} onRetry={() => void retry()} />
        <Group justify="flex-end">
          <Button variant="default" disabled={pending} onClick={() => setOpen(false)}>
            {t('common:close')}
          </Button>
          <Button color="red" leftSection={icon} loading={pending} disabled={uncertain} onClick={remove}>
            {t('web-account:remove')}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
};
