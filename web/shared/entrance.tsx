/** The screens before any role: sign-in and its return, the choice of a role's first screen. */
import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconLogin } from '@tabler/icons-react';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { currentLanguage, useT } from './language.ts';
import { useMe } from './me.ts';
import { screensOf } from './navigation.ts';
import { Empty, FailureAlert, Page, Waiting } from './parts.tsx';
import { finishSignIn, signIn } from './session.ts';

/** A button that leaves for the issuer, and comes back to where the person wanted to go. */
export const SignInPage = () => {
  const t = useT();
  const { to } = useSearch({ from: '/sign-in' });
  const [state, setState] = useState<'ready' | 'leaving' | 'failed'>('ready');
  const leave = () => {
    setState('leaving');
    signIn(to ?? '/', currentLanguage()).catch(() => setState('failed'));
  };
  return (
    <Page title={t('web-shared:welcome')}>
      <Paper withBorder p="lg" maw={520}>
        <Stack>
          <Text>{t('web-shared:welcome-detail')}</Text>
          <Button
            size="lg"
            data-autofocus
            autoFocus
            loading={state === 'leaving'}
            leftSection={<IconLogin size={20} aria-hidden />}
            onClick={leave}
          >
            {t('web-shared:sign-in')}
          </Button>
          {state === 'failed' && <Text role="alert">{t('web-shared:sign-in-failed')}</Text>}
        </Stack>
      </Paper>
    </Page>
  );
};

// React runs effects twice in development, and a code of the issuer counts only once.
let finishing: Promise<string> | undefined;

/** Where the issuer sends the person back to. */
export const CallbackPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    finishing ??= finishSignIn();
    finishing
      .then((href) => navigate({ href, replace: true }))
      .catch(() => setFailed(true))
      .finally(() => {
        finishing = undefined;
      });
  }, [navigate]);
  if (!failed) return <Waiting label={t('web-shared:signing-in')} />;
  return (
    <Page title={t('web-shared:sign-in-failed')}>
      <Button component={Link} to="/sign-in" maw={300}>
        {t('web-shared:sign-in')}
      </Button>
    </Page>
  );
};

/** Goes to the first screen of the person's roles. */
export const HomePage = () => {
  const t = useT();
  const me = useMe();
  if (me.isPending) return <Waiting />;
  if (me.error)
    return (
      <Page title="Darmon">
        <FailureAlert failure={me.error} onRetry={() => void me.refetch()} />
      </Page>
    );
  const first = screensOf(me.data.roles)[0];
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title={t('web-shared:signed-in-as', { name: me.data.name })}>
      <Empty title={t('web-shared:no-screens')} />
    </Page>
  );
};

export const NotFoundPage = () => {
  const t = useT();
  return (
    <Page title={t('web-shared:not-found')}>
      <Button component={Link} to="/" maw={300}>
        {t('web-shared:to-start')}
      </Button>
    </Page>
  );
};
