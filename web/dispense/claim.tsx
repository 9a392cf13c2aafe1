/** Taking a prescription for this pharmacy, the time that is left, and giving it back. */
import { routes } from '@darmon/function-dispensing/routes';
import { Button, Group, Text } from '@mantine/core';
import { IconHandGrab, IconHandOff, IconHourglass } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import type { Prescription } from './find.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Counts down to an instant, and tells once when it has come. */
const TimeLeft = ({ until, onOver }: { readonly until: string; readonly onOver: () => void }) => {
  const t = useT();
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / 1_000));
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) return onOver();
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOver, onOver]);
  return (
    <Text span role="timer" className="number">
      {t('web-dispense:claimLeft', { left: `${Math.floor(left / 60)}:${two(left % 60)}` })}
    </Text>
  );
};

export const ClaimBar = ({
  prescription,
  disabled,
  onChanged,
}: {
  readonly prescription: Prescription;
  readonly disabled: boolean;
  readonly onChanged: () => void;
}) => {
  const t = useT();
  const claim = useCall(routes.claimPrescription);
  const release = useCall(routes.releasePrescription);
  const params = { id: prescription.id };
  const isOwn = prescription.claim?.own === true;
  const act = isOwn ? release : claim;
  const send = async () => {
    await act.run({ params });
    onChanged();
  };
  return (
    <>
      <Group gap="sm" justify="space-between">
        {isOwn && prescription.claim ? (
          <Group gap="xs">
            <IconHourglass size={20} aria-hidden />
            <Text fw={600}>{t('web-dispense:claimed')}</Text>
            <TimeLeft until={prescription.claim.until} onOver={onChanged} />
          </Group>
        ) : (
          <Text size="sm" className="quiet claim-hint">
            {t('web-dispense:claimHint')}
          </Text>
        )}
        <Button
          variant="default"
          loading={act.pending}
          disabled={disabled}
          leftSection={isOwn ? <IconHandOff size={20} aria-hidden /> : <IconHandGrab size={20} aria-hidden />}
          onClick={() => void send()}
        >
          {t(isOwn ? 'web-dispense:release' : 'web-dispense:claim')}
        </Button>
      </Group>
      <FailureAlert failure={act.failure} uncertain={act.uncertain} onRetry={() => void send()} />
    </>
  );
};
