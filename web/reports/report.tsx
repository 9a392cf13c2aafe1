/** One report: what it is asked, whether it adds up, its figures, pictures and tables, and files of it. */
import { type ReportText, reportText } from '@darmon/documents/report-text';
import { type Opens, type Report, ReportKind } from '@darmon/domain/report';
import { reportSearch } from '@darmon/domain/report-fields';
import type { ReportOffer } from '@darmon/domain/report-query';
import { reportRoutes } from '@darmon/function-compliance/report-routes';
import { Text } from '@mantine/core';
import { IconArrowLeft, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { Behind } from './behind.tsx';
import { ReportFiles } from './files.tsx';
import { type Asked, joined, useReport, useReportNames } from './load.ts';
import { Questions, type Search, useIsOwn } from './questions.tsx';
import { SectionTable } from './tables.tsx';

export const ReportPage = () => {
  const { report: named } = useParams({ from: '/signed-in/reports/$report' });
  const kind = ReportKind.safeParse(named).data;
  const t = useT();
  const offers = useAnswer(reportRoutes.listReports, {}, { staleTime: 600_000 });
  const offer = offers.data?.items.find(({ report }) => report === kind);
  if (offer) return <OneReport key={offer.report} offer={offer} />;
  return (
    <Page title={t('web-reports:title')}>
      {offers.isPending && <Waiting />}
      <FailureAlert failure={offers.error} onRetry={() => void offers.refetch()} />
      {offers.data && (
        <Empty title={t('web-reports:empty')}>
          <Link to="/reports">{t('web-reports:back')}</Link>
        </Empty>
      )}
    </Page>
  );
};

/** Only what this report takes, so that a link from another one is not refused for what it carries along. */
const askedOf = ({ span, needs, takes }: ReportOffer, search: Search): Asked => {
  const known: readonly string[] = [
    ...needs,
    ...takes,
    ...(span === 'now' ? [] : span === 'month' ? ['month'] : ['month', 'from', 'through']),
  ];
  return Object.fromEntries(
    reportSearch.flatMap((name) => (known.includes(name) && search[name] ? [[name, search[name]]] : [])),
  );
};

const OneReport = ({ offer }: { readonly offer: ReportOffer }) => {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const search: Search = useSearch({ from: '/signed-in/reports/$report' });
  const isOwn = useIsOwn();
  const query = askedOf(offer, search);
  const missing = offer.needs.filter((field) => query[field] === undefined && !(field === 'site' && isOwn));
  const found = useReport(offer.report, query, missing.length === 0);
  const { refetch } = found;
  const report = found.data && joined(found.data.pages);
  const isTorn = found.data !== undefined && report === undefined;
  // pages of different states are no report: it is fetched again from its beginning
  useEffect(() => {
    if (isTorn) void refetch();
  }, [isTorn, refetch]);
  const { names, namesOf, isPending } = useReportNames(report);
  const text = reportText(report ?? emptyOf(offer), language, names);
  const [behind, setBehind] = useState<Opens>();
  return (
    <Page title={text.title}>
      <Link to="/reports" className="report-back no-print">
        <IconArrowLeft size={18} aria-hidden />
        {t('web-reports:back')}
      </Link>
      <Questions
        offer={offer}
        search={search}
        onAsk={(next) => void navigate({ to: '/reports/$report', params: { report: offer.report }, search: next })}
      />
      {missing.length > 0 && isOwn !== undefined && (
        <Empty
          title={t('web-reports:needs', {
            what: missing
              .map((field) =>
                field === 'site' || field === 'region' ? t(`web-reports:${field}`) : t(`web-reports:field.${field}`),
              )
              .join(', '),
          })}
        >
          <Text>{t('web-reports:needsNext')}</Text>
        </Empty>
      )}
      {missing.length === 0 && (found.isPending || isPending) && <Waiting label={t('web-reports:making')} />}
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      {report && !isPending && (
        <>
          <Head report={report} text={text} />
          <ReportFiles kind={offer.report} query={query} namesOf={namesOf} />
          {report.sections.map((section, i) => (
            <SectionTable
              key={section.name}
              section={section}
              text={text}
              asked={search}
              onBehind={setBehind}
              onMore={
                found.hasNextPage && (section.of !== undefined || i === report.sections.length - 1)
                  ? () => void found.fetchNextPage()
                  : undefined
              }
            />
          ))}
          {report.notes.length > 0 && (
            <section className="report-notes">
              <Text fw={600}>{text.t('notes')}</Text>
              <ul>
                {report.notes.map((note) => (
                  <li key={note}>{text.t(`note.${note}`)}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      {behind && <Behind opens={behind} onClose={() => setBehind(undefined)} />}
    </Page>
  );
};

/** Before it is there, only its name is said. */
const emptyOf = ({ report }: ReportOffer): Report => ({
  report,
  format: 1,
  from: '2000-01-01',
  through: '2000-01-01',
  madeAt: '2000-01-01T00:00:00.000Z',
  figures: [],
  sections: [],
  checks: [],
  notes: [],
});

const Head = ({ report, text }: { readonly report: Report; readonly text: ReportText }) => {
  const t = useT();
  const format = useFormat();
  const failing = report.checks.filter(({ holds }) => !holds).length;
  return (
    <>
      <Text className="report-scope">
        <strong>{text.scope}</strong> · {text.period} ·{' '}
        <span className="quiet">
          {text.t('madeAt')}: {format.instant(report.madeAt)}
        </span>
      </Text>
      {report.figures.length > 0 && (
        <dl className="report-figures">
          {report.figures.map(({ name, kind, value }) => (
            <div key={name}>
              <dt>{text.t(`figure.${name}`)}</dt>
              <dd>{text.figure(value, kind)}</dd>
            </div>
          ))}
        </dl>
      )}
      {report.checks.length > 0 && (
        <details className={failing === 0 ? 'report-checks' : 'report-checks failing'} open={failing > 0}>
          <summary>
            {failing === 0 ? <IconCircleCheck size={22} aria-hidden /> : <IconCircleX size={22} aria-hidden />}
            <span>{failing === 0 ? t('web-reports:allHold') : t('web-reports:someFail', { count: failing })}</span>
          </summary>
          <ul>
            {report.checks.map((check) => {
              const { name, left, right, result } = text.check(check);
              return (
                <li key={check.name} className={check.holds ? 'good' : 'bad'}>
                  {check.holds ? <IconCircleCheck size={18} aria-hidden /> : <IconCircleX size={18} aria-hidden />}
                  <span>
                    {name}: {left} {check.holds ? '=' : '≠'} {right} — {result}
                  </span>
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </>
  );
};
