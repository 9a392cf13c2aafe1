/** `/periods`: the months that are closed, and the one that is next. */
import { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Dialog, Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { PeriodMark, useMonthText } from './marks.tsx';

export const PeriodsPage = () => {
  const t = useT();
  const monthText = useMonthText();
  const format = useFormat();
  const { data, error, isPending, refetch } = useAnswer(routes.listPeriods, { query: { limit: 100 } });
  return (
    <Page title={t('web-periods:title')}>
      <Text>{t('web-periods:intro')}</Text>
      {isPending && <Waiting />}
      <FailureAlert failure={error} onRetry={() => void refetch()} />
      {data && <Upcoming {...data.upcoming} />}
      {data?.items.length === 0 && (
        <Empty title={t('web-periods:empty')}>
          <Text>{t('web-periods:emptyNext')}</Text>
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ul className="plain-list">
          {data.items.map(({ month, version, state, frozenAt }) => (
            <li key={month}>
              <Link to="/periods/$month" params={{ month }} className="period-card">
                <span className="period-month">{monthText(month)}</span>
                <PeriodMark state={state} />
                <span className="quiet">
                  {t('web-periods:frozenAt')}: {format.instant(frozenAt)}
                  {version > 1 && ` · ${t('web-periods:version', { version })}`}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
};

const Upcoming = ({
  month,
  from,
  scheduled,
}: {
  readonly month: string;
  readonly from: string;
  readonly scheduled?: string;
}) => {
  const t = useT();
  const format = useFormat();
  const monthText = useMonthText();
  const navigate = useNavigate();
  const freeze = useCall(routes.freezePeriod);
  const [sure, setSure] = useState(false);
  const isOver = Date.parse(from) <= Date.now();
  const close = async () => {
    if (await freeze.run({ body: { month } })) await navigate({ to: '/periods/$month', params: { month } });
  };
  return (
    <Section title={t('web-periods:upcoming', { month: monthText(month) })} id="period-next">
      {isOver ? (
        <Group>
          <Button leftSection={<IconLock size={20} aria-hidden />} onClick={() => setSure(true)}>
            {t('web-periods:closeNow')}
          </Button>
        </Group>
      ) : (
        <Text>{t('web-periods:closeFrom', { at: format.instant(from) })}</Text>
      )}
      {scheduled !== undefined && (
        <Text className="quiet">{t('web-periods:closesItself', { at: format.instant(scheduled) })}</Text>
      )}
      <Dialog opened={sure} onClose={() => !freeze.pending && setSure(false)} title={t('web-periods:closeNow')}>
        <Stack>
          <Text>{t('web-periods:closeSure', { month: monthText(month) })}</Text>
          <FailureAlert failure={freeze.failure} uncertain={freeze.uncertain} onRetry={() => void close()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={freeze.pending} onClick={() => setSure(false)}>
              {t('common:close')}
            </Button>
            <Button data-autofocus loading={freeze.pending} onClick={() => void close()}>
              {t('web-periods:closeNow')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </Section>
  );
};
