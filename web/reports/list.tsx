/** Which reports there are, each with one sentence. */
import { reportRoutes } from '@darmon/function-compliance/report-routes';
import { translatorOf } from '@darmon/i18n/translator';
import { reportFrame } from '@darmon/i18n/words/report-frame';
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useAnswer } from '../shared/client.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';

const frame = translatorOf({ report: reportFrame });

export const ReportsPage = () => {
  const t = useT();
  const said = frame(useLanguage());
  const { data, error, isPending, refetch } = useAnswer(reportRoutes.listReports, {}, { staleTime: 600_000 });
  return (
    <Page title={t('web-reports:title')}>
      <Text>{t('web-reports:intro')}</Text>
      {isPending && <Waiting />}
      <FailureAlert failure={error} onRetry={() => void refetch()} />
      {data?.items.length === 0 && (
        <Empty title={t('web-reports:empty')}>
          <Text>{t('web-reports:emptyNext')}</Text>
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <ul className="report-list">
          {data.items.map(({ report }) => (
            <li key={report}>
              <Link to="/reports/$report" params={{ report }} className="report-card">
                <span className="report-name">{said(`report:title.${report}`)}</span>
                <span>{said(`report:about.${report}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
};
