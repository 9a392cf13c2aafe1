/** Taking a prescription for this pharmacy, the time that is left, giving it back, and a claim that ran out. */
import { routes } from '@darmon/function-dispensing/routes';
import { Alert, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconHandGrab, IconHandOff, IconHourglass, IconHourglassEmpty } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert } from '../shared/parts.tsx';
import { announcedAt, urgencyOf } from './claim-time.ts';
import type { Prescription } from './find.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Counts down to an instant in minutes and seconds; says aloud when little is left, and tells once when it has come. */
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
  const urgency = urgencyOf(left);
  const minutes = announcedAt(left);
  const Icon = urgency === 'calm' ? IconHourglass : IconAlertTriangle;
  return (
    <>
      <span className="time-left" data-urgency={urgency}>
        <Icon size={20} aria-hidden />
        <span role="timer" className="number">
          {t('web-dispense:claimLeft', { left: `${two(Math.floor(left / 60))}:${two(left % 60)}` })}
        </span>
        {urgency !== 'calm' && <span>{t(`web-dispense:claim.${urgency}`)}</span>}
      </span>
      <VisuallyHidden role="status">
        {minutes !== undefined && t('web-dispense:claimMinutes', { count: minutes })}
      </VisuallyHidden>
    </>
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
  const [ranOut, setRanOut] = useState(false);
  const params = { id: prescription.id };
  const isOwn = prescription.claim?.own === true;
  const act = isOwn ? release : claim;
  const send = async () => {
    await act.run({ params });
    setRanOut(false);
    onChanged();
  };
  const over = useCallback(() => {
    setRanOut(true);
    onChanged();
  }, [onChanged]);
  const button = (
    <Button
      variant="default"
      loading={act.pending}
      disabled={disabled}
      leftSection={isOwn ? <IconHandOff size={20} aria-hidden /> : <IconHandGrab size={20} aria-hidden />}
      onClick={() => void send()}
    >
      {t(isOwn ? 'web-dispense:release' : ranOut ? 'web-dispense:claimAgain' : 'web-dispense:claim')}
    </Button>
  );
  return (
    <>
      {isOwn && prescription.claim ? (
        <Group gap="sm" justify="space-between">
          <Group gap="xs">
            <Text fw={600}>{t('web-dispense:claimed')}</Text>
            <TimeLeft key={prescription.claim.until} until={prescription.claim.until} onOver={over} />
          </Group>
          {button}
        </Group>
      ) : ranOut ? (
        <Alert
          role="alert"
          color="orange"
          icon={<IconHourglassEmpty aria-hidden />}
          title={t('web-dispense:claimOver')}
        >
          <Text mb="sm">{t('web-dispense:claimOverText')}</Text>
          {button}
        </Alert>
      ) : (
        <Group gap="sm" justify="space-between">
          <Text size="sm" className="quiet claim-hint">
            {t('web-dispense:claimHint')}
          </Text>
          {button}
        </Group>
      )}
      <FailureAlert failure={act.failure} uncertain={act.uncertain} onRetry={() => void send()} />
    </>
  );
};
