/** All sites together, region by region: what lies there, what is missing, what will be lost; each site on request. */

import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { soumText } from '@darmon/i18n/money';
import { regions } from '@darmon/i18n/words/regions';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { call, type Failure, failureOf, keyOf } from '../shared/client.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { Bars } from './charts.tsx';

type Site = AnswerOf<typeof routes.listOverview>['items'][number];

const isRegion = (code: string): code is keyof typeof regions => code in regions;

export const OverviewPage = () => {
  const t = useT();
  const sites = useAll(routes.listOverview, {});
  return (
    <Page title={t('web-stock-views:overviewTitle')} action={<Refresh />}>
      {sites.isPending && <Waiting />}
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      {sites.data?.length === 0 && (
        <Empty title={t('web-stock-views:noOverview')}>
          <Text>{t('web-stock-views:noOverviewText')}</Text>
        </Empty>
      )}
      {sites.data && sites.data.length > 0 && <Country sites={sites.data} />}
    </Page>
  );
};

/** Looks through every site again, a few seconds at a time, and says how far it is. */
const Refresh = () => {
  const t = useT();
  const queries = useQueryClient();
  const [at, setAt] = useState<{ done: number; of: number } | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const run = async () => {
    setFailure(undefined);
    setAt({ done: 0, of: 0 });
    try {
      let since = new Date().toISOString();
      for (let more = true; more; ) {
        const step = await call(routes.refreshOverview, { body: { since } });
        since = step.since;
        more = step.done < step.of;
        setAt(step);
      }
      await queries.invalidateQueries({ queryKey: keyOf(routes.listOverview) });
    } catch (error) {
      setFailure(failureOf(error));
    }
    setAt(undefined);
  };
  return (
    <Group className="no-print" gap="sm">
      <Button
        variant="default"
        loading={at !== undefined}
        leftSection={<IconRefresh size={20} aria-hidden />}
        onClick={() => void run()}
      >
        {t('web-stock-views:refresh')}
      </Button>
      <Text role="status">{at && at.of > 0 && t('web-stock-views:refreshing', { done: at.done, of: at.of })}</Text>
      <FailureAlert failure={failure} />
    </Group>
  );
};

const sums = ['value', 'stockOut', 'low', 'expiringValue', 'expiredValue', 'discrepancies', 'temperature'] as const;
type Sum = (typeof sums)[number];

const totalOf = (sites: readonly Site[], sum: Sum): number => sites.reduce((total, site) => total + site[sum], 0);

const Country = ({ sites }: { readonly sites: readonly Site[] }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const nameOf = (region: string) => (isRegion(region) ? t(`regions:${region}`) : region);
  const byRegion = [...Map.groupBy(sites, ({ region }) => region)].sort(
    ([, a], [, b]) => totalOf(b, 'value') - totalOf(a, 'value'),
  );
  const oldest = sites.map(({ at }) => at).sort()[0] ?? '';
  return (
    <Stack gap="md">
      <Text className="quiet" size="sm">
        {t('web-stock-views:overviewAt', { at: format.instant(oldest) })} ·{' '}
        {t('web-stock-views:sites', { count: format.number(sites.length) })}
      </Text>
      <Section title={t('web-stock-views:country')} id="overview-country">
        <Facts sites={sites} />
        <Bars
          label={t('web-stock-views:value')}
          bars={byRegion.map(([region, own]) => ({
            key: region,
            name: nameOf(region),
            value: totalOf(own, 'value'),
            lost: Math.min(totalOf(own, 'value'), totalOf(own, 'expiringValue') + totalOf(own, 'expiredValue')),
            text: soumText(totalOf(own, 'value'), language),
          }))}
        />
        <p className="bars-legend" aria-hidden>
          <span>
            <i className="bar-lost" /> {t('web-stock-views:expired')}, {t('web-stock-views:expiringLost').toLowerCase()}
          </span>
        </p>
      </Section>
      {byRegion.map(([region, own]) => (
        <Section key={region} title={nameOf(region)} id={`region-${region}`}>
          <Facts sites={own} />
          <details className="site-rows">
            <summary>{t('web-stock-views:sites', { count: format.number(own.length) })}</summary>
            <Stack gap="sm">
              {own.map((site) => (
                <div key={site.site}>
                  <strong>
                    {site.name} ({site.site})
                  </strong>
                  <Facts sites={[site]} />
                </div>
              ))}
            </Stack>
          </details>
        </Section>
      ))}
    </Stack>
  );
};

const Facts = ({ sites }: { readonly sites: readonly Site[] }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const words = {
    value: t('web-stock-views:value'),
    stockOut: t('web-stock-views:stockOut'),
    low: t('web-stock-views:low'),
    expiringValue: t('web-stock-views:expiringLost'),
    expiredValue: t('web-stock-views:expired'),
    discrepancies: t('web-stock-views:discrepancies'),
    temperature: t('web-stock-views:temperature'),
  };
  return (
    <dl className="site-facts">
      {sums.map((sum) => (
        <div key={sum} data-some={sum !== 'value' && totalOf(sites, sum) > 0}>
          <dt>{words[sum]}</dt>
          <dd>
            {sum === 'value' || sum === 'expiringValue' || sum === 'expiredValue'
              ? soumText(totalOf(sites, sum), language)
              : format.number(totalOf(sites, sum))}
          </dd>
        </div>
      ))}
    </dl>
  );
};
