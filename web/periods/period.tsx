/** `/periods/$month`: where a closed month stands, its reports, and what is to do next. */
import { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { keyOf, useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { VersionChanges } from './changes.tsx';
import { LeftOut, Making } from './making.tsx';
import { PeriodMark, Steps, useMonthText } from './marks.tsx';
import { FileButton, PeriodReports, type PeriodView } from './reports.tsx';
import { Authority, Correction, Review, Signatures } from './steps.tsx';

/** What goes on without anybody here is asked for again. */
const isMoving = ({ state, package: made, submission }: PeriodView): boolean =>
  state === 'frozen' || (state === 'signed' && !made) || (state === 'submitted' && !submission?.failed);

export const PeriodPage = () => {
  const t = useT();
  const { month } = useParams({ strict: false }) as { month: string };
  const { version } = useSearch({ strict: false }) as { version?: number };
  const query = version === undefined ? {} : { version };
  const seen = useAnswer(routes.readPeriod, { params: { month }, query });
  const moving = seen.data !== undefined && isMoving(seen.data);
  const found = useAnswer(
    routes.readPeriod,
    { params: { month }, query },
    { ...(moving && { refetchInterval: 3_000 }) },
  );
  const monthText = useMonthText();
  return (
    <Page
      title={monthText(month)}
      action={
        <Group className="no-print" gap="sm">
          <Button variant="default" leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
            {t('web-periods:print')}
          </Button>
          <Link to="/periods">{t('web-periods:back')}</Link>
        </Group>
      }
    >
      {found.isPending && <Waiting />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {found.data && <Found period={found.data} />}
    </Page>
  );
};

const Found = ({ period }: { readonly period: PeriodView }) => {
  const t = useT();
  const format = useFormat();
  const client = useQueryClient();
  const people = [
    ...(period.by === undefined ? [] : [period.by]),
    ...(period.review ? [period.review.person] : []),
    ...period.signatures.map(({ person }) => person),
  ];
  const nameOf = useNames(people);
  const { month, version, versions, state } = period;
  const isLast = version === versions;
  const changed = () => void client.invalidateQueries({ queryKey: keyOf(routes.readPeriod) });
  const step = { period, nameOf, onDone: changed };
  return (
    <>
      <Group gap="sm">
        <PeriodMark state={state} />
        <Text>{t('web-periods:version', { version })}</Text>
        <Text className="quiet">
          {t('web-periods:frozenAt')}: {format.instant(period.frozenAt)},{' '}
          {period.by === undefined ? t('web-periods:byJob') : nameOf(period.by)}
        </Text>
      </Group>
      {versions > 1 && (
        <Group gap="sm" className="no-print">
          {Array.from({ length: versions }, (_, n) => n + 1).map((one) => (
            <Link
              key={one}
              to="/periods/$month"
              params={{ month }}
              search={one === versions ? {} : { version: one }}
              aria-current={one === version ? 'page' : undefined}
            >
              {t('web-periods:version', { version: one })}
            </Link>
          ))}
        </Group>
      )}
      {!isLast && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('web-periods:olderNote')}
        </Alert>
      )}
      {period.supersedes && <Text>{t('web-periods:supersedes', period.supersedes)}</Text>}
      <Steps state={state} />
      {state === 'frozen' && <Making period={period} />}
      {state !== 'frozen' && period.facts?.gaveUp && <LeftOut facts={period.facts} />}
      {state !== 'frozen' && period.supersedes && <VersionChanges period={period} />}
      {period.made.length > 0 && (
        <Section title={t('web-periods:reports')} id="period-reports">
          <PeriodReports period={period} />
        </Section>
      )}
      {isLast && state === 'computed' && <Review {...step} />}
      {state !== 'frozen' && state !== 'computed' && <Signatures {...step} isLast={isLast} />}
      {period.package && (
        <Section title={t('web-periods:package')} id="period-package">
          <Text>{t('web-periods:packageNote')}</Text>
          <Text className="quiet">{t('web-periods:logSize', { size: format.number(period.package.logSize) })}</Text>
          <code className="period-digest">{period.package.digest}</code>
          <Group>
            <FileButton
              path={`/api/periods/${month}/package?version=${version}`}
              name={`${month}-v${version}.zip`}
              label={t('web-periods:zip')}
            />
          </Group>
        </Section>
      )}
      {state === 'signed' && !period.package && <Waiting label={t('web-periods:packaging')} />}
      {period.package && <Authority {...step} isLast={isLast} />}
      {isLast && state !== 'frozen' && <Correction {...step} />}
    </>
  );
};
