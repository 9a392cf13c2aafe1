/** The rules that a ministry can change: what holds, what will hold and when, who saved what and why. */
import { firstPolicy } from '@darmon/domain/policy';
import { routes } from '@darmon/function-identity/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconClock, IconEdit } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keyOf, useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Mark, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { type Policies, PolicyEditor } from './policy-form.tsx';
import { changesBetween } from './policy-rules.ts';
import { Changes, PolicyRules } from './policy-view.tsx';
import { PopulationSection } from './population.tsx';

type Saving = AnswerOf<typeof routes.readPolicyHistory>['items'][number];
type Version = Policies['current'];

/** The time of the device, once a second. */
const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};

/** Another administrator may save meanwhile, and a version begins by itself. */
const lookAgainMs = 15_000;

export const PolicyPage = () => {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const queries = useQueryClient();
  const policies = useAnswer(routes.readPolicies, {}, { refetchInterval: lookAgainMs });
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState('');
  const next = policies.data?.coming[0];
  const isDue = next !== undefined && Date.parse(next.from) <= now;
  useEffect(() => {
    if (isDue) void queries.invalidateQueries({ queryKey: keyOf(routes.readPolicies) });
  }, [isDue, queries]);
  const onSaved = (saved: Version) => {
    setChanging(false);
    setSaid(t('web-policy:saved', { version: saved.version, from: format.instant(saved.from) }));
    for (const route of [routes.readPolicies, routes.readPolicyHistory])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    scrollTo(0, 0);
  };
  return (
    <Page
      title={t(changing ? 'web-policy:change' : 'web-policy:title')}
      action={
        policies.data &&
        !changing && (
          <Button
            leftSection={<IconEdit size={20} aria-hidden />}
            onClick={() => {
              setSaid('');
              setChanging(true);
            }}
          >
            {t('web-policy:change')}
          </Button>
        )
      }
    >
      <Said note={said ? { good: true, text: said } : undefined} />
      {policies.isPending && <Waiting />}
      <FailureAlert failure={policies.error} onRetry={() => void policies.refetch()} />
      {policies.data && changing && (
        <PolicyEditor policies={policies.data} now={now} onClose={() => setChanging(false)} onSaved={onSaved} />
      )}
      {policies.data && !changing && (
        <>
          <Coming policies={policies.data} now={now} />
          <InForce policy={policies.data.current} />
          <PopulationSection />
          <History current={policies.data.current.version} coming={policies.data.coming} />
        </>
      )}
    </Page>
  );
};

const secondMs = 1_000;
const two = (value: number): string => String(value).padStart(2, '0');

const Countdown = ({ until, now }: { readonly until: string; readonly now: number }) => {
  const t = useT();
  const left = Math.max(0, Math.ceil((Date.parse(until) - now) / secondMs));
  const days = Math.floor(left / 86_400);
  const time = [Math.floor(left / 3_600) % 24, Math.floor(left / 60) % 60, left % 60].map(two).join(':');
  return (
    <Text role="timer" className="number" fw={600}>
      {days > 0 ? t('web-policy:leftDays', { days, time }) : t('web-policy:left', { time })}
    </Text>
  );
};

const Coming = ({ policies: { current, coming }, now }: { readonly policies: Policies; readonly now: number }) => {
  const t = useT();
  const format = useFormat();
  if (coming.length === 0) return null;
  return (
    <Section title={t('web-policy:coming')} id="policy-coming">
      <ul className="policy-versions">
        {coming.map((policy) => (
          <li key={policy.version}>
            <div className="row-between">
              <div>
                <strong>{t('web-policy:version', { version: policy.version })}</strong>
                <Text>{t('web-policy:beginsAt', { from: format.instant(policy.from) })}</Text>
              </div>
              <Countdown until={policy.from} now={now} />
            </div>
            <Changes changes={changesBetween(current, policy)} />
          </li>
        ))}
      </ul>
    </Section>
  );
};

const InForce = ({ policy }: { readonly policy: Version }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={t('web-policy:inForce', { version: policy.version })} id="policy-in-force">
      <Text className="quiet">{t('web-policy:since', { from: format.instant(policy.from) })}</Text>
      <PolicyRules policy={policy} id="policy-in-force-classes" />
    </Section>
  );
};

const History = ({ current, coming }: { readonly current: number; readonly coming: readonly Version[] }) => {
  const t = useT();
  const history = useAnswer(routes.readPolicyHistory, {});
  const items = history.data?.items;
  return (
    <section aria-labelledby="policy-history">
      <Stack gap="sm">
        <Title order={2} id="policy-history">
          {t('web-policy:history')}
        </Title>
        {history.isPending && <Waiting />}
        <FailureAlert failure={history.error} onRetry={() => void history.refetch()} />
        {items?.length === 0 && (
          <Empty title={t('web-policy:noHistory')}>
            <Text>{t('web-policy:noHistoryNote')}</Text>
          </Empty>
        )}
        <ol className="policy-versions" reversed>
          {items?.map((item, at) => (
            <Past
              key={item.policy.version}
              item={item}
              before={items[at + 1]?.policy ?? beforeAll(item.policy)}
              isCurrent={item.policy.version === current}
              isComing={coming.some((policy) => policy.version === item.policy.version)}
            />
          ))}
        </ol>
      </Stack>
    </section>
  );
};

/** What held before the first version that anybody saved. */
const beforeAll = ({ version }: Version): Version | undefined =>
  version === firstPolicy.version + 1 ? firstPolicy : undefined;

const Past = ({
  item: { policy, savedAt, person, reason },
  before,
  isCurrent,
  isComing,
}: {
  readonly item: Saving;
  readonly before: Version | undefined;
  readonly isCurrent: boolean;
  readonly isComing: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const changes = before && changesBetween(before, policy);
  return (
    <Paper component="li" withBorder p="md">
      <div className="row-between">
        <div>
          <strong>{t('web-policy:version', { version: policy.version })}</strong>
          <Text>{t('web-policy:since', { from: format.instant(policy.from) })}</Text>
          {person && savedAt ? (
            <Text className="quiet">{t('web-policy:savedBy', { person, at: format.instant(savedAt) })}</Text>
          ) : (
            <Text className="quiet">{t('web-policy:first')}</Text>
          )}
          {reason && <Text>{t('web-policy:because', { reason })}</Text>}
        </div>
        {isCurrent && (
          <Mark color="green" Icon={IconCircleCheck}>
            {t('web-policy:nowMark')}
          </Mark>
        )}
        {isComing && (
          <Mark color="orange" Icon={IconClock}>
            {t('web-policy:comingMark')}
          </Mark>
        )}
      </div>
      {changes && (
        <details className="policy-details">
          <summary>{t('web-policy:showChanges', { count: changes.length })}</summary>
          <Changes changes={changes} />
        </details>
      )}
    </Paper>
  );
};
