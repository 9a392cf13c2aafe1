/** Says calmly that this device's clock is off and what to do about it, and lets the server know. */
import { instant } from '@darmon/domain/time';
import { routes } from '@darmon/function-identity/routes';
import { Alert, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from './client.ts';
import {
  deviceId,
  isClockOff,
  isWorthTelling,
  keepTold,
  measuredDrift,
  serverDay,
  toldClock,
  watchDrift,
} from './device-clock.ts';
import { type T, useT } from './language.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How far, in the largest unit that still says something. */
const byHowMuch = (seconds: number, t: T): string => {
  const by = Math.abs(seconds);
  if (by >= 2 * day) return t('web-shared:clock-days', { count: Math.round(by / day) });
  if (by >= 2 * hour) return t('web-shared:clock-hours', { count: Math.round(by / hour) });
  return t('web-shared:clock-minutes', { count: Math.max(1, Math.round(by / minute)) });
};

/** Only for whoever is signed in: the server is told by a person at a site. */
export const ClockBanner = () => {
  const t = useT();
  const drift = useSyncExternalStore(watchDrift, measuredDrift);
  const [told, setTold] = useState(toldClock);
  useEffect(() => {
    if (drift === undefined) return;
    // another tab of this device may have told meanwhile
    const before = toldClock();
    const today = serverDay(drift, Date.now());
    if (!isWorthTelling(drift, before, today)) return;
    const device = deviceId(before);
    // what cannot be told now is told with the next answer that shows it
    call(routes.tellClock, { body: { device, at: instant(Date.now()) } }).then(
      (answer) => {
        const now = { ...answer, device, day: today };
        keepTold(now);
        setTold(now);
      },
      () => {},
    );
  }, [drift]);
  if (drift === undefined || !isClockOff(drift, told)) return null;
  return (
    <Alert
      role="status"
      color="yellow"
      mb="md"
      className="no-print"
      icon={<IconClockExclamation aria-hidden />}
      title={t('web-shared:clock-title')}
    >
      <Text>{t(drift > 0 ? 'web-shared:clock-ahead' : 'web-shared:clock-behind', { by: byHowMuch(drift, t) })}</Text>
      <Text mt={4}>{t('web-shared:clock-what')}</Text>
    </Alert>
  );
};
