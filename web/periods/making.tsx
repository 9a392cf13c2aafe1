/** What a closed month waits for while it is made: facts of sites first, then report after report and paper after paper. */
import { factsPatienceMs, type PeriodFacts } from '@darmon/domain/period';
import { Alert, Progress, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useSites } from '../shared/all-pages.ts';
import { useFormat, useT } from '../shared/language.ts';
import type { PeriodView } from './reports.tsx';

/** Sites of which something could not be reckoned, by name and id, each with what of it. */
const Failing = ({ failing }: Pick<PeriodFacts, 'failing'>) => {
  const t = useT();
  const sites = useSites();
  const nameOf = (id: string) => {
    const name = sites.data?.find((site) => site.id === id)?.name;
    return name === undefined ? id : `${name} (${id})`;
  };
  return (
    <ul className="period-sites">
      {failing.map(({ site, facts }) => (
        <li key={`${site} ${facts}`}>
          {nameOf(site)}: {t(`web-periods:facts.${facts}`)}
        </li>
      ))}
    </ul>
  );
};

const Bar = ({ done, of, label }: { readonly done: number; readonly of: number; readonly label: string }) => (
  <Progress mt="xs" value={of === 0 ? 0 : (100 * done) / of} aria-label={label} />
);

/** How far a month is that nobody has to do anything for, and what keeps it. */
export const Making = ({ period }: { readonly period: PeriodView }) => {
  const t = useT();
  const format = useFormat();
  const { facts, steps, reports, done, made } = period;
  if (reports.length === 0 && facts && facts.done < facts.of)
    return (
      <>
        <div role="status">
          <Text>{t('web-periods:gathering', { done: format.number(facts.done), of: format.number(facts.of) })}</Text>
          <Bar {...facts} label={t('web-periods:gatheringBar')} />
        </div>
        {facts.failing.length > 0 && (
          <Alert
            color="orange"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('web-periods:factsFail')}
          >
            <Failing {...facts} />
            <Text>
              {t('web-periods:factsFailNext', {
                at: format.instant(new Date(Date.parse(facts.at) + factsPatienceMs).toISOString()),
              })}
            </Text>
          </Alert>
        )}
      </>
    );
  const now = reports.find((kind) => !made.some((one) => one.report === kind));
  return (
    <div role="status">
      <Text>
        {reports.length === 0
          ? t('web-periods:waiting')
          : t('web-periods:making', { done: steps?.done ?? done, of: steps?.of ?? reports.length })}
      </Text>
      {now !== undefined && (
        <Text size="sm" className="quiet">
          {t('web-periods:makingNow', { what: t(`report:title.${now}`) })}
        </Text>
      )}
      <Bar done={steps?.done ?? done} of={steps?.of ?? reports.length} label={t('web-periods:reports')} />
    </div>
  );
};

/** What is missing in reports that were made without waiting any longer. */
export const LeftOut = ({ facts }: { readonly facts: PeriodFacts }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('web-periods:leftOut', { count: format.number(facts.of - facts.done) })}
    >
      <Failing {...facts} />
      <Text>{t('web-periods:leftOutNext')}</Text>
    </Alert>
  );
};
