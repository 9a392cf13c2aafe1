/** The way on where orders cost more than was approved: asking for an approval of what they cost. */
import { Reason } from '@darmon/domain/event';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { type Failure, ProblemError, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';

/** The requisition that is over its approval, with what it would cost in tiyin; undefined for any other failure. */
export const overApproval = (failure: Failure | undefined): { requisition: string; cost: number } | undefined => {
  if (!(failure instanceof ProblemError) || failure.problem.code !== 'order-over-approval') return undefined;
  const { requisition, cost } = failure.problem.facts;
  return typeof requisition === 'string' && typeof cost === 'number' ? { requisition, cost } : undefined;
};

export const Raise = ({
  requisition: { id, version, text },
  cost,
  onDone,
}: {
  readonly requisition: { readonly id: string; readonly version: number; readonly text: string };
  readonly cost: number;
  readonly onDone: () => void;
}) => {
  const t = useT();
  const raise = useCall(requisitionRoutes.raiseRequisition);
  const [reason, setReason] = useState('');
  const send = async () => {
    if (await raise.run({ params: { id }, body: { version, value: cost, reason: reason.trim() } })) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Text fw={600}>{text}</Text>
      <Group align="flex-end" gap="sm">
        <TextInput
          className="grow"
          label={t('web-orders:reason')}
          value={reason}
          maxLength={300}
          required
          disabled={raise.uncertain}
          error={raise.fieldError('/reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          type="submit"
          loading={raise.pending}
          disabled={raise.uncertain || !Reason.safeParse(reason).success}
          leftSection={<IconArrowUp size={20} aria-hidden />}
        >
          {t('web-orders:raise')}
        </Button>
      </Group>
      <FailureAlert failure={raise.failure} uncertain={raise.uncertain} onRetry={() => void send()} />
    </form>
  );
};
