/**
 * `/account/second-factor`: whether the person has one, and setting one up. The key lies in this page's memory while it
 * is shown, and nowhere else; leaving the page forgets it.
 */
import { qrMatrix, qrPath } from '@darmon/documents/qr';
import { otpauthUri } from '@darmon/domain/second-factor';
import { secondFactorRoutes as routes } from '@darmon/function-identity/second-factor-routes';
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconDeviceMobile, IconLogin, IconQrcode, IconShieldOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { keyOf, ProblemError, useAnswer, useCall } from '../shared/client.ts';
import { currentLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, isProblem, Mark, Page, Section, Waiting } from '../shared/parts.tsx';
import { freshSignIn, mayChangeAccount } from '../shared/session.ts';

const address = '/account/second-factor';
/** As an app lists it. */
const issuer = 'Darmon';

/** The draft that waits for a second factor, if one does. */
const useDraft = (): string | undefined => useSearch({ from: '/signed-in/account/second-factor' }).draft;

export const SecondFactorPage = () => {
  const t = useT();
  const factor = useAnswer(routes.readSecondFactor, {});
  const [done, setDone] = useState(false);
  const has = done || factor.data?.set === true;
  return (
    <Page title={t('web-account:title')}>
      {factor.isPending && <Waiting />}
      <FailureAlert failure={factor.error} onRetry={() => void factor.refetch()} />
      {factor.data && (
        <Stack maw={720}>
          <div>
            {has ? (
              <Mark color="green" Icon={IconCircleCheck}>
                {t('web-account:set')}
              </Mark>
            ) : (
              <Mark color="orange" Icon={IconShieldOff}>
                {t('web-account:none')}
              </Mark>
            )}
          </div>
          <Text>{t('web-account:why')}</Text>
          {has && !done && (
            <Text>
              {t('web-account:setText')} {t('web-account:lost')}
            </Text>
          )}
          {done ? <Done /> : <SetUp has={factor.data.set} onDone={() => setDone(true)} />}
        </Stack>
      )}
    </Page>
  );
};

/** Leaves for the sign-in page. */
const Leave = ({
  word,
  wish,
}: {
  readonly word: string;
  readonly wish: { readonly secondFactor: boolean; readonly account: boolean; readonly returnTo: string };
}) => {
  const t = useT();
  const [state, setState] = useState<'ready' | 'leaving' | 'failed'>('ready');
  const leave = () => {
    setState('leaving');
    freshSignIn({ ...wish, uiLocale: currentLanguage() }).catch(() => setState('failed'));
  };
  return (
    <div>
      <Button size="md" leftSection={<IconLogin size={20} aria-hidden />} loading={state === 'leaving'} onClick={leave}>
        {word}
      </Button>
      {state === 'failed' && (
        <Text role="alert" className="bad">
          {t('web-account:signInFailed')}
        </Text>
      )}
    </div>
  );
};

/** A sign-in of just now, then the key, then its digits. */
const SetUp = ({ has, onDone }: { readonly has: boolean; readonly onDone: () => void }) => {
  const t = useT();
  const draft = useDraft();
  const [able, setAble] = useState<boolean>();
  const begin = useCall(routes.beginSecondFactor);
  useEffect(() => {
    void mayChangeAccount(has)
      .catch(() => false)
      .then(setAble);
  }, [has]);
  const stale = isProblem(begin.failure, 'sign-in-stale') || isProblem(begin.failure, 'second-factor-needed');
  if (able === undefined) return <Waiting />;
  if (begin.answer) return <Confirm secret={begin.answer.secret} onDone={onDone} onAgain={() => void begin.run({})} />;
  return (
    <Section id="factor-set-up" title={t(has ? 'web-account:another' : 'web-account:missingGo')}>
      <Text>{t('web-account:needs')}</Text>
      {able && !stale ? (
        <>
          <Text>{t('web-account:beginText')}</Text>
          <FailureAlert failure={begin.failure} onRetry={() => void begin.run({})} />
          <div>
            <Button
              size="md"
              leftSection={<IconQrcode size={20} aria-hidden />}
              loading={begin.pending}
              onClick={() => void begin.run({})}
            >
              {t('web-account:begin')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Text>{t(has ? 'web-account:signInTextAnother' : 'web-account:signInText')}</Text>
          <Leave
            word={t('web-account:signIn')}
            wish={{
              secondFactor: has,
              account: true,
              returnTo: draft === undefined ? address : `${address}?draft=${encodeURIComponent(draft)}`,
            }}
          />
        </>
      )}
    </Section>
  );
};

/** In groups of four, as people read them out and type them. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

const Confirm = ({
  secret,
  onDone,
  onAgain,
}: {
  readonly secret: string;
  readonly onDone: () => void;
  readonly onAgain: () => void;
}) => {
  const t = useT();
  const me = useMe();
  const queries = useQueryClient();
  const finish = useCall(routes.finishSecondFactor);
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const person = me.data?.person ?? '';
  const picture = useMemo(() => qrPath(qrMatrix(otpauthUri(issuer, person, secret), 'M')), [person, secret]);
  const digits = code.replace(/\s/g, '');
  const isWhole = /^[0-9]{6}$/.test(digits);
  const wrong = isProblem(finish.failure, 'code-wrong');
  const send = async () => {
    const answer = await finish.run({ body: { code: digits } });
    if (!answer) return field.current?.focus();
    await queries.invalidateQueries({ queryKey: keyOf(routes.readSecondFactor) });
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWhole) void send();
    else field.current?.focus();
  };
  const fault = () => {
    if (tried && !isWhole) return t('web-account:codeShape');
    const { failure } = finish;
    if (wrong && failure && 'problem' in failure) return `${failure.problem.title}. ${failure.problem.detail ?? ''}`;
    return undefined;
  };
  return (
    <Section id="factor-set-up" title={t('web-account:missingGo')}>
      <ol className="factor-steps">
        <li>
          <Text fw={600}>{t('web-account:scan')}</Text>
          <svg
            className="factor-picture"
            viewBox={`0 0 ${picture.side} ${picture.side}`}
            shapeRendering="crispEdges"
            role="img"
            aria-label={t('web-account:picture')}
          >
            <rect width={picture.side} height={picture.side} fill="#fff" />
            <path d={picture.path} fill="#000" />
          </svg>
          <Text>{t('web-account:orType')}</Text>
          <Text>
            {t('web-account:account')}: <strong>{person}</strong>
          </Text>
          <Text>{t('web-account:key')}:</Text>
          <code className="factor-key">{grouped(secret)}</code>
          <Text size="sm" className="quiet">
            {t('web-account:notKept')}
          </Text>
        </li>
        <li>
          <form onSubmit={submit} noValidate>
            <Stack gap="sm">
              <TextInput
                ref={field}
                className="factor-code"
                label={t('web-account:typeCode')}
                value={code}
                maxLength={7}
                inputMode="numeric"
                autoComplete="one-time-code"
                disabled={finish.uncertain}
                error={fault()}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              {!wrong && (
                <FailureAlert failure={finish.failure} uncertain={finish.uncertain} onRetry={() => void send()} />
              )}
              <div className="factor-ways">
                <Button
                  type="submit"
                  size="md"
                  loading={finish.pending}
                  leftSection={<IconDeviceMobile size={20} aria-hidden />}
                >
                  {t('web-account:finish')}
                </Button>
                {finish.failure instanceof ProblemError && !wrong && (
                  <Button variant="default" size="md" onClick={onAgain}>
                    {t('web-account:again')}
                  </Button>
                )}
              </div>
            </Stack>
          </form>
        </li>
      </ol>
    </Section>
  );
};

/** The first sign-in with it makes the token that controlled work asks for. */
const Done = () => {
  const t = useT();
  const draft = useDraft();
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const returnTo = draft === undefined ? address : `/prescribe/new?draft=${encodeURIComponent(draft)}`;
  return (
    <Alert
      ref={heading}
      tabIndex={-1}
      role="status"
      color="green"
      variant="light"
      icon={<IconCircleCheck aria-hidden />}
      title={t('web-account:done')}
    >
      <Stack gap="sm">
        <Text>{t('web-account:doneText')}</Text>
        <Text>{t('web-account:doneNext')}</Text>
        <Leave word={t('web-account:doneSignIn')} wish={{ secondFactor: true, account: false, returnTo }} />
      </Stack>
    </Alert>
  );
};
