/** Setting sites up from a file, for the administrator: as many at once as one transaction holds, and each part whole. */
import { maxSitesAtOnce, routes } from '@darmon/function-identity/routes';
import { Alert, Button, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { Arrived } from '../shared/arrived.tsx';
import { ChooseSheet, type ReadFile, Share } from '../shared/choose-sheet.tsx';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import type { PackList } from '../shared/open-sheet.ts';
import { FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { problemLines, type SaidProblem } from '../shared/sheet-files.ts';
import { Preview } from '../shared/sheet-preview.tsx';

const noPacks: PackList = [];
const none: ReadFile<'sites'>['rows']['rows'] = [];

export const SitesImportPage = () => {
  const t = useT();
  const queries = useQueryClient();
  const sites = useSites();
  const adding = useCall(routes.addSites);
  const [file, setFile] = useState<ReadFile<'sites'> | undefined>();
  const [added, setAdded] = useState(0);
  // What this very file has added is not there twice.
  const known = useMemo(() => new Set(added > 0 ? [] : (sites.data ?? []).map(({ id }) => id)), [sites.data, added]);
  const rows = file?.rows.rows ?? none;
  const problems = useMemo((): readonly SaidProblem[] => {
    const twice = rows.filter(({ id }) => known.has(id));
    return [
      ...problemLines(file?.rows.problems ?? [], t),
      ...twice.map(({ row, id }) => ({
        row,
        address: String(row),
        column: t('sheet:field.id'),
        what: `${id}: ${t('web-import:siteKnown')}`,
      })),
    ];
  }, [file, rows, known, t]);
  const isDone = rows.length > 0 && added === rows.length;

  const send = async () => {
    for (let from = added; from < rows.length; from += maxSitesAtOnce) {
      const part = rows.slice(from, from + maxSitesAtOnce);
      const body = { sites: part.map(({ row: _, ...site }) => ({ ...site, active: true })) };
      if (!(await adding.run({ body }))) return;
      setAdded(from + part.length);
    }
    await queries.invalidateQueries({ queryKey: keyOf(routes.listSites) });
  };
  if (sites.isPending || sites.error)
    return (
      <Page title={t('web-import:sitesTitle')}>
        {sites.error ? <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} /> : <Waiting />}
      </Page>
    );
  const isSending = adding.pending || (added > 0 && !isDone);
  return (
    <Page title={t('web-import:sitesTitle')}>
      <Text>{t('web-import:sitesText')}</Text>
      {!isDone && (
        <ChooseSheet
          kind="sites"
          packs={noPacks}
          today=""
          disabled={isSending || adding.uncertain}
          onRead={(read) => {
            setFile(read);
            setAdded(0);
            adding.reset();
          }}
        />
      )}
      {file && !isDone && (
        <Preview
          key={`${file.name} ${rows.length} ${problems.length}`}
          fileName={file.name}
          problems={problems}
          sound={rows}
          textOf={({ id, name, kind }) => `${id} · ${t(`common:kind.${kind}`)} · ${name}`}
        />
      )}
      <div role="status">
        {isSending && <Share label={t('web-import:sitesAdded', { count: added })} share={added / rows.length} />}
      </div>
      <FailureAlert failure={adding.failure} uncertain={adding.uncertain} onRetry={() => void send()} />
      {file && rows.length > 0 && problems.length === 0 && !isDone && (
        <div className="act-bar">
          <Button className="act-main" loading={adding.pending} disabled={adding.uncertain} onClick={() => void send()}>
            {t('web-import:addSites', { count: rows.length - added })}
          </Button>
        </div>
      )}
      {isDone && (
        <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
          <Arrived>{t('web-import:sitesAdded', { count: added })}</Arrived>
          <Button component={Link} to="/admin/sites">
            {t('web-import:toSites')}
          </Button>
        </Alert>
      )}
    </Page>
  );
};
