/**
 * What the small printed code opens on any phone. The number stands behind `#`, so no server ever sees it, and is taken
 * out of the address at once, so that it stays in no history. Nothing is kept: not on the device, and not in the page
 * once ten minutes have passed without a touch.
 */
import { formatNumber, parseNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-patient/routes';
import { Button, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import { FailureAlert, Page } from '../shared/parts.tsx';
import { OpenedPage } from './page.tsx';

const idleMs = 600_000;
const signsOfLife = ['pointerdown', 'keydown', 'scroll'] as const;

/** Calls `onIdle` after ten minutes without a touch, and when the page is left. */
const useIdle = (isOpen: boolean, onIdle: () => void): void => {
  useEffect(() => {
    if (!isOpen) return undefined;
    let timer = setTimeout(onIdle, idleMs);
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(onIdle, idleMs);
    };
    for (const sign of signsOfLife) addEventListener(sign, alive, { passive: true });
    addEventListener('pagehide', onIdle);
    return () => {
      clearTimeout(timer);
      for (const sign of signsOfLife) removeEventListener(sign, alive);
      removeEventListener('pagehide', onIdle);
    };
  }, [isOpen, onIdle]);
};

/** The number behind `#`, taken out of the address. */
const usePrintedNumber = (onNumber: (number: string) => void): void => {
  const navigate = useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  useEffect(() => {
    if (hash === '') return;
    onNumber(hash);
    void navigate({ to: '/p', hash: '', replace: true });
  }, [hash, navigate, onNumber]);
};

export const PatientEntrance = () => {
  const t = useT();
  const opening = useCall(routes.openPatientPage);
  const [number, setNumber] = useState('');
  const [isPrinted, setIsPrinted] = useState(false);
  const [birthDate, setBirthDate] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const [wasClosed, setWasClosed] = useState(false);
  const { answer, reset } = opening;

  const take = useCallback(
    (text: string) => {
      const reading = parseNumber(decodeURIComponent(text));
      reset();
      setBirthDate('');
      setIsAsked(false);
      setWasClosed(false);
      setIsPrinted(reading.kind === 'prescription-number');
      setNumber(reading.kind === 'prescription-number' ? formatNumber(reading.number) : text.slice(0, 40));
    },
    [reset],
  );
  usePrintedNumber(take);
  const close = useCallback(() => {
    reset();
    setBirthDate('');
    setIsAsked(false);
  }, [reset]);
  const idle = useCallback(() => {
    close();
    setWasClosed(true);
  }, [close]);
  useIdle(answer !== undefined, idle);

  if (answer)
    return (
      <div className="patient">
        <OpenedPage page={answer} onClose={close} />
      </div>
    );
  const reading = parseNumber(number);
  const isNumber = reading.kind === 'prescription-number';
  const ask = (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    setWasClosed(false);
    if (isNumber && birthDate !== '') void opening.run({ body: { number: reading.number, birthDate } });
  };
  return (
    <div className="patient">
      <Page title={t('web-patient:title')}>
        {wasClosed && (
          <Text role="status" className="note">
            {t('web-patient:closed')}
          </Text>
        )}
        <Paper withBorder p="lg" maw={560} component="form" onSubmit={ask} noValidate>
          <Stack gap="md">
            {isPrinted ? (
              <div>
                <Text>{t('web-patient:number')}</Text>
                <Text fz="1.6rem" fw={700} className="number">
                  {number}
                </Text>
              </div>
            ) : (
              <TextInput
                size="lg"
                label={t('web-patient:number')}
                description={t('web-patient:numberHint')}
                value={number}
                maxLength={40}
                required
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                error={isAsked && !isNumber ? t('web-shared:printed-number-wrong') : opening.fieldError('/number')}
                onChange={(event) => setNumber(event.currentTarget.value)}
              />
            )}
            <DayField
              size="lg"
              label={t('web-patient:birthDate')}
              description={t('web-patient:birthDateHint')}
              value={birthDate}
              max={tashkentDay(Date.now())}
              required
              error={isAsked && birthDate === '' ? t('web-patient:needed') : undefined}
              onChange={setBirthDate}
            />
            <FailureAlert failure={opening.failure} />
            <Button
              type="submit"
              size="lg"
              loading={opening.pending}
              leftSection={<IconLockOpen size={22} aria-hidden />}
            >
              {t('web-patient:open')}
            </Button>
            <Text>{t('web-patient:triesNote')}</Text>
            <Text>{t('web-patient:privacy')}</Text>
          </Stack>
        </Paper>
      </Page>
    </div>
  );
};
