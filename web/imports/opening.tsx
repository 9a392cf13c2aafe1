/** The opening balance of a site: a file is read and judged here, compared with the books there, and posted as a whole. */
import type { Medicine } from '@darmon/domain/medicine';
import type { OpeningRow } from '@darmon/domain/sheet-rows';
import { importProblems } from '@darmon/domain/stock-import';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-inventory/routes';
import { dayText } from '@darmon/i18n/dates';
import { quantityText } from '@darmon/i18n/dosage';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Arrived } from '../shared/arrived.tsx';
import { ChooseSheet, type ReadFile, Share } from '../shared/choose-sheet.tsx';
import { call, keyOf, UncertainError, useCall } from '../shared/client.ts';
import { nameOf, useFormulary } from '../shared/formulary.ts';
import { useImportCourse } from '../shared/import-course.ts';
import { BegunBefore, Sending } from '../shared/import-parts.tsx';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { packsOf } from '../shared/open-sheet.ts';
import { FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { problemLines, type SaidProblem } from '../shared/sheet-files.ts';
import { Preview } from '../shared/sheet-preview.tsx';
import { finishJob, forgetImport, type Job, keptImport, type StockImport, sendRows } from './opening-run.ts';

type Row = OpeningRow & { readonly row: number };
const none: readonly Row[] = [];

const readable = (value: string | number): string | number =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value) : value;

/** Facts of a problem as people read them. */
const shownFacts = (facts: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, readable(value)]));

export const OpeningPage = () => {
  const t = useT();
  const { data: me } = useMe();
  const formulary = useFormulary();
  if (!me || formulary.medicines.length === 0)
    return (
      <Page title={t('web-import:openingTitle')}>
        {formulary.failed ? <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} /> : <Waiting />}
      </Page>
    );
  return <Opening site={me.site} medicines={formulary.medicines} />;
};

const Opening = ({ site, medicines }: { readonly site: string; readonly medicines: readonly Medicine[] }) => {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const formulary = useFormulary();
  const packs = useMemo(() => packsOf(medicines), [medicines]);
  const today = useMemo(() => tashkentDay(Date.now()), []);
  const posting = useCall(routes.postImport);
  const { file, stage, begun, failure, choose, send, take, again } = useImportCourse<
    ReadFile<'opening'>,
    StockImport,
    Job,
    Job
  >({
    of: site,
    find: (signal) => {
      const id = keptImport(site);
      return id === undefined ? undefined : call(routes.readImport, { params: { site, id } }, { signal });
    },
    stands: (item) => {
      if (item.state === 'posting' && item.posting) return 'taking';
      if (item.state === 'posted') return 'over';
      if (item.received < item.rows) return 'begun';
      return item.problemCount === 0 ? 'judged' : 'over';
    },
    send: ({ name, rows }, before, onProgress, signal) =>
      sendRows({ site, name, rows: rows.rows, begun: before, onProgress, signal }),
    take: ({ posting: job = '' }, onJob, signal) => finishJob(job, onJob, signal),
    forget: () => forgetImport(site),
    changes: keyOf(routes.listStock),
  });
  const post = async (item: StockImport) => {
    const posted = await posting.run({ params: { site, id: item.id }, body: {} });
    if (posted?.posting) await take(posted);
  };
  const another = () => {
    again();
    posting.reset();
  };

  const rows = file?.rows.rows ?? none;
  const textOf = (row: Row): string => {
    const medicine = formulary.byGtin(row.gtin);
    const name = medicine ? nameOf(medicine, language) : row.gtin;
    const amount = quantityText(row.quantity, medicine?.unit ?? 'piece', language);
    return `${name} · ${row.lot} · ${format.day(row.expiryDate)} · ${amount}`;
  };
  const judged = stage.at === 'judged' ? stage.item : undefined;
  const problems = useMemo((): readonly SaidProblem[] => {
    if (!judged) return problemLines(file?.rows.problems ?? [], t);
    return judged.problems.map(({ row, field, code, facts }) => {
      const at = rows[row]?.row ?? row + 1;
      return {
        row: at,
        address: String(at),
        column: t(`sheet:field.${field}`),
        what: t(`web-import:problem.${code}`, shownFacts(facts)),
      };
    });
  }, [judged, file, rows, t]);
  const isSound = problems.length === 0;
  return (
    <Page title={t('web-import:openingTitle')}>
      <Text>{t('web-import:openingText')}</Text>
      {begun?.state === 'loading' && stage.at === 'file' && <BegunBefore begun={begun} onForget={another} />}
      {(stage.at === 'file' || stage.at === 'sending' || (judged && !isSound)) && (
        <ChooseSheet kind="opening" packs={packs} today={today} disabled={stage.at === 'sending'} onRead={choose} />
      )}
      <div role="status">
        {stage.at === 'sending' && <Sending done={stage.done} of={stage.of} />}
        {stage.at === 'taking' && (
          <>
            <Arrived>{t('web-import:openingTitle')}</Arrived>
            <Share
              label={t('web-import:posting', {
                done: format.number(stage.going?.done ?? 0),
                of: format.number(stage.going?.of ?? stage.item.rows),
              })}
              share={(stage.going?.done ?? 0) / (stage.going?.of ?? stage.item.rows)}
            />
            <Text size="sm">{t('web-import:postingHint')}</Text>
          </>
        )}
        {judged && isSound && (
          <>
            <Arrived>{judged.name}</Arrived>
            <Text>{t('web-import:ready')}</Text>
          </>
        )}
      </div>
      {judged && !isSound && <Arrived>{t('web-import:byBooks')}</Arrived>}
      {(stage.at === 'file' || judged) && file && (
        <Preview
          key={`${file.name} ${stage.at} ${problems.length} ${rows.length}`}
          sound={rows}
          textOf={textOf}
          problems={problems}
          fileName={file.name}
        />
      )}
      <FailureAlert
        failure={failure ?? posting.failure}
        uncertain={posting.uncertain}
        onRetry={
          stage.at === 'judged'
            ? () => void post(stage.item)
            : stage.at === 'taking'
              ? () => void take(stage.item)
              : file && stage.at === 'file'
                ? () => void send(file)
                : undefined
        }
      />
      {stage.at === 'file' && file && isSound && rows.length > 0 && (
        <div className="act-bar">
          <Button className="act-main" onClick={() => void send(file)}>
            {t('web-import:send')}
          </Button>
        </div>
      )}
      {judged && isSound && (
        <div className="act-bar">
          <Button variant="default" disabled={posting.pending || posting.uncertain} onClick={another}>
            {t('web-import:another')}
          </Button>
          <Button
            className="act-main"
            loading={posting.pending}
            disabled={posting.uncertain}
            onClick={() => void post(judged)}
          >
            {t('web-import:post', { count: judged.rows })}
          </Button>
        </div>
      )}
      {stage.at === 'done' && <Done job={stage.outcome} rows={rows} onAgain={another} />}
    </Page>
  );
};

const Done = ({
  job,
  rows,
  onAgain,
}: {
  readonly job: Job;
  /** As they were read from the file, where this device still has it. */
  readonly rows: readonly { readonly row: number }[];
  readonly onAgain: () => void;
}) => {
  const t = useT();
  const wordOf = ({ code, facts }: Job['problems'][number]): string => {
    const known = importProblems.find((one) => one === code);
    return known ? t(`web-import:problem.${known}`, shownFacts(facts)) : t('web-import:notPostedBecause', { code });
  };
  const missed = job.problems.length;
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
      <Arrived>{t('web-import:done')}</Arrived>
      <Text>{t('web-import:doneText', { count: job.of - missed })}</Text>
      {missed > 0 && (
        <>
          <Text className="wrong">{t('web-import:notPosted', { count: missed })}</Text>
          <ul className="problem-errors">
            {job.problems.map((problem) => (
              <li key={problem.line}>
                {t('web-import:row', { row: rows[problem.line - 1]?.row ?? problem.line })}: {wordOf(problem)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Group mt="sm">
        <Button component={Link} to="/warehouse/stock">
          {t('web-import:toStock')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('web-import:another')}
        </Button>
      </Group>
    </Alert>
  );
};
