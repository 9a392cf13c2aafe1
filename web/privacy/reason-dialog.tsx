/** A step that is taken for a reason: the dialog that asks for it. */
import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Failure } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';

export const ReasonDialog = ({
  title,
  call,
  run,
  onClose,
}: {
  /** Of the dialog, and of the button that ends it. */
  readonly title: string;
  readonly call: {
    readonly pending: boolean;
    readonly uncertain: boolean;
    readonly failure: Failure | undefined;
  };
  /** Takes the step, under one key as long as the reason stays the same; true once it is taken. */
  readonly run: (reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const [reason, setReason] = useState('');
  const submit = () => void run(reason.trim()).then((isTaken) => isTaken && onClose());
  return (
    <Dialog opened onClose={() => !call.pending && onClose()} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('web-privacy:reason')}
            description={t('web-privacy:reasonHint')}
            value={reason}
            maxLength={300}
            required
            // nobody knows whether it happened: only the same may be sent again
            readOnly={call.uncertain}
            data-autofocus
            autoComplete="off"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureAlert failure={call.failure} uncertain={call.uncertain} onRetry={submit} />
          <Button type="submit" loading={call.pending} disabled={call.uncertain || reason.trim().length < 3}>
            {title}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
};
