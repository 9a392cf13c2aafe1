/** The reports of a closed month: their check lines, and their files as they were made. */
import { type ReportText, reportText } from '@darmon/documents/report-text';
import type { ReportKind } from '@darmon/domain/report';
import type { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { download } from '../shared/print.ts';
import { currentUser } from '../shared/session.ts';

export type PeriodView = AnswerOf<typeof routes.readPeriod>;

/** How a report of a month is said, for what is known of it beside its tables. */
export const useReportText = (): ((report: ReportKind, month: string) => ReportText) => {
  const language = useLanguage();
  return (report, month) => {
    const day = `${month}-01`;
    const about = { report, format: 1 as const, from: day, through: day, madeAt: `${day}T00:00:00.000Z` };
    return reportText({ ...about, figures: [], sections: [], checks: [], notes: [] }, language);
  };
};

/** What a file is called on its button: what it is, and of paper in which language. */
const labelOf = (name: string): string => {
  const [, language, end] = name.split('.');
  return end === undefined ? (language ?? name).toUpperCase() : `${end} ${language?.split('-')[0]}`.toUpperCase();
};

/** Bytes as they lie there; the client of routes reads JSON alone. @throws where they did not come */
const bytesAt = async (path: string): Promise<Uint8Array> => {
  const user = await currentUser();
  const headers = new Headers();
  if (user) headers.set('authorization', `Bearer ${user.access_token}`);
  const answer = await fetch(path, { headers, cache: 'no-store' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

export const FileButton = ({
  path,
  name,
  label,
}: {
  readonly path: string;
  readonly name: string;
  readonly label: string;
}) => {
  const t = useT();
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');
  const get = async () => {
    setState('loading');
    try {
      download(await bytesAt(path), name);
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  return (
    <>
      <Button
        variant="default"
        className="no-print"
        loading={state === 'loading'}
        aria-label={`${label}: ${t('web-periods:download', { what: name })}`}
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() => void get()}
      >
        {label}
      </Button>
      {state === 'failed' && (
        <Text role="alert" className="wrong">
          {t('web-periods:downloadFailed')}
        </Text>
      )}
    </>
  );
};

type Made = PeriodView['made'][number];

const Checks = ({ made, month, holds }: { readonly made: Made; readonly month: string; readonly holds: boolean }) => {
  const t = useT();
  const text = useReportText()(made.report, month);
  const checks = made.checks.filter((check) => check.holds === holds);
  if (checks.length === 0) return null;
  return (
    <ul className="period-checks">
      {checks.map((check) => {
        const { name, left, right } = text.check(check);
        return (
          <li key={check.name} data-holds={holds}>
            {holds ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
            <span>
              {name}: {left} {holds ? '=' : '≠'} {right}, {t(holds ? 'web-periods:holds' : 'web-periods:holdsNot')}
            </span>
          </li>
        );
      })}
    </ul>
  );
};

/** Papers and what does not hold are in sight; what holds, and files for machines, a person opens. */
export const PeriodReports = ({ period }: { readonly period: PeriodView }) => {
  const t = useT();
  const format = useFormat();
  const { month, version } = period;
  const buttons = (files: Made['files']) => (
    <div className="period-files">
      {files.map(({ name }) => (
        <FileButton
          key={name}
          path={`/api/periods/${month}/files/${name}?version=${version}`}
          name={`${month}-${name}`}
          label={labelOf(name)}
        />
      ))}
    </div>
  );
  return (
    <ul className="plain-list">
      {period.made.map((made) => {
        const { report, checks, files, rows } = made;
        const papers = files.filter(({ name }) => name.endsWith('.pdf'));
        const holding = checks.filter(({ holds }) => holds).length;
        return (
          <li key={report} className="period-report">
            <h3>{t(`report:title.${report}`)}</h3>
            <Checks made={made} month={month} holds={false} />
            {buttons(papers)}
            <details className="period-more">
              <summary>
                {t('web-periods:rows', { rows: format.number(rows) })}
                {checks.length > 0 && ` · ${t('web-periods:checksHold', { count: holding, of: checks.length })}`}
              </summary>
              <Checks made={made} month={month} holds />
              {buttons(files.filter((file) => !papers.includes(file)))}
            </details>
          </li>
        );
      })}
    </ul>
  );
};
