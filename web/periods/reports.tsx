/** The reports of a closed month: their check lines, and their files as they were made. */
import type { periodRoutes as routes } from '@darmon/function-oversight/period-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useFormat, useT } from '../shared/language.ts';
import { download } from '../shared/print.ts';
import { currentUser } from '../shared/session.ts';

export type PeriodView = AnswerOf<typeof routes.readPeriod>;

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
        aria-label={t('web-periods:download', { what: name })}
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

export const PeriodReports = ({ period }: { readonly period: PeriodView }) => {
  const t = useT();
  const format = useFormat();
  const { month, version } = period;
  return (
    <ul className="plain-list">
      {period.made.map(({ report, checks, files, rows }) => (
        <li key={report} className="period-report">
          <h3>{t(`report:title.${report}`)}</h3>
          <Text size="sm" className="quiet">
            {t('web-periods:rows', { rows: format.number(rows) })}
          </Text>
          {checks.length > 0 && (
            <ul className="period-checks">
              {checks.map(({ name, left, right, holds }) => (
                <li key={name} data-holds={holds}>
                  {holds ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
                  <span>
                    {t(`report:check.${name}` as Parameters<typeof t>[0])}: {format.number(left)} {holds ? '=' : '≠'}{' '}
                    {format.number(right)}, {t(holds ? 'web-periods:holds' : 'web-periods:holdsNot')}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <div className="period-files">
            {files.map(({ name }) => (
              <FileButton
                key={name}
                path={`/api/periods/${month}/files/${name}?version=${version}`}
                name={`${month}-${name}`}
                label={(name.split('.').at(-1) ?? '').toUpperCase()}
              />
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
};
