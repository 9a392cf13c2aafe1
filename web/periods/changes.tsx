/** What a correction changed: every figure that is another one than in the version before, old beside new. */
import { changesBetween, type ReportChange } from '@darmon/domain/period-change';
import { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import { Text, VisuallyHidden } from '@mantine/core';
import { useAnswer } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { FailureAlert, Section, Waiting } from '../shared/parts.tsx';
import { type PeriodView, useReportText } from './reports.tsx';

const OneReport = ({ change, month }: { readonly change: ReportChange; readonly month: string }) => {
  const t = useT();
  const text = useReportText()(change.report, month);
  const { how, figures, checks, rows } = change;
  const lines = [
    ...figures.map(({ name, kind, before, after }) => ({
      name: text.t(`figure.${name}`),
      before: before === undefined ? '–' : text.figure(before, kind),
      after: after === undefined ? '–' : text.figure(after, kind),
    })),
    ...checks.map(({ name, before, after }) => {
      const said = (holds: boolean | undefined) =>
        holds === undefined ? '–' : t(holds ? 'web-periods:holds' : 'web-periods:holdsNot');
      return { name: text.t(`check.${name}`), before: said(before), after: said(after) };
    }),
    ...(rows.before === rows.after
      ? []
      : [
          {
            name: t('web-periods:rowCount'),
            before: rows.before === undefined ? '–' : text.figure(rows.before, 'count'),
            after: rows.after === undefined ? '–' : text.figure(rows.after, 'count'),
          },
        ]),
  ];
  return (
    <li className="period-report">
      <h3>{text.title}</h3>
      {how !== 'said' && <Text>{t(`web-periods:change.${how === 'added' ? 'added' : 'gone'}`)}</Text>}
      {how === 'said' && lines.length === 0 && <Text>{t('web-periods:change.rows')}</Text>}
      {lines.length > 0 && (
        <dl className="period-changes">
          {lines.map(({ name, before, after }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <VisuallyHidden>{t('web-periods:before')}: </VisuallyHidden>
                <s>{before}</s>
                <span aria-hidden>→</span>
                <VisuallyHidden>{t('web-periods:after')}: </VisuallyHidden>
                <strong>{after}</strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
};

/** Of a version that takes the place of another, once its reports are there. */
export const VersionChanges = ({ period }: { readonly period: PeriodView }) => {
  const t = useT();
  const { month, supersedes, made } = period;
  const was = supersedes?.version ?? 1;
  const old = useAnswer(routes.readPeriod, { params: { month }, query: { version: was } });
  const changes = old.data ? changesBetween(old.data.made, made) : [];
  const other = changes.filter(({ how }) => how !== 'same');
  const same = changes.filter(({ how }) => how === 'same');
  return (
    <Section title={t('web-periods:changes', { version: was })} id="period-changes">
      {old.isPending && <Waiting />}
      <FailureAlert failure={old.error} onRetry={() => void old.refetch()} />
      {old.data && other.length === 0 && <Text>{t('web-periods:noChanges')}</Text>}
      {other.length > 0 && (
        <ul className="plain-list">
          {other.map((change) => (
            <OneReport key={change.report} change={change} month={month} />
          ))}
        </ul>
      )}
      {other.length > 0 && same.length > 0 && (
        <Text size="sm" className="quiet">
          {t('web-periods:unchanged', { what: same.map(({ report }) => t(`report:title.${report}`)).join(', ') })}
        </Text>
      )}
    </Section>
  );
};
