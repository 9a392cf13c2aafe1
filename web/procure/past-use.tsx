/** What was used before Darmon, from a file: read and judged here, compared with the books there, and kept as a whole. */
import type { Medicine } from '@darmon/domain/medicine';
import type { PastUseRow } from '@darmon/domain/sheet-past';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-procurement/routes';
import { dayText } from '@darmon/i18n/dates';
import { Alert, Button, Checkbox, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Arrived } from '../shared/arrived.tsx';
import { ChooseSheet, type ReadFile, Share } from '../shared/choose-sheet.tsx';
import { call, keyOf, UncertainError } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useImportCourse } from '../shared/import-course.ts';
import { BegunBefore, Sending } from '../shared/import-parts.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { packsOf } from '../shared/open-sheet.ts';
import { FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { problemLines, type SaidProblem } from '../shared/sheet-files.ts';
import { Preview } from '../shared/sheet-preview.tsx';
import { monthText } from '../warehouse/stock-history.tsx';
import { forgetPast, keepPast, keptPast, type PastImport, sendPast } from './past-run.ts';
import { useUnits } from './plan-lines.tsx';

type Row = PastUseRow & { readonly row: number };
const none: readonly Row[] = [];

const periodText = (period: string): string => (period.length > 7 ? dayText(period) : monthText(period));

export const PastUsePage = () => {
  const t = useT();
  const { data: me } = useMe();
  const formulary = useFormulary();
  if (!me || formulary.medicines.length === 0)
    return (
      <Page title={t('web-past:title')}>
        {formulary.failed ? <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} /> : <Waiting />}
      </Page>
    );
  return <PastUse me={me} medicines={formulary.medicines} />;
};

const PastUse = ({ me, medicines }: { readonly me: Me; readonly medicines: readonly Medicine[] }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const units = useUnits();
  const packs = useMemo(() => packsOf(medicines), [medicines]);
  const today = useMemo(() => tashkentDay(Date.now()), []);
  const home = me.site;
  const site = me.roles.includes('planner') ? undefined : home;
  const [replace, setReplace] = useState(false);
  const course = useImportCourse<ReadFile<'past'>, PastImport, PastImport, PastImport>({
    of: home,
    find: (signal) => {
      const id = keptPast(home);
      return id === undefined ? undefined : call(routes.readPastImport, { params: { id } }, { signal });
    },
    stands: (item) => {
      if (item.state === 'posting') return 'taking';
      if (item.state === 'ready') return 'judged';
      return item.state === 'loading' && item.received < item.rows ? 'begun' : 'over';
    },
    send: ({ name, rows }, before, onProgress, signal) =>
      sendPast({ home, site, name, replace, rows: rows.rows, begun: before, onProgress, signal }),
    take: ({ id }, onStep, signal) => keepPast(id, onStep, signal),
    forget: () => forgetPast(home),
    changes: keyOf(routes.readPlanLine),
  });
  const { file, stage, begun, failure, choose, send, take: keep } = course;
  const again = () => {
    course.again();
    setReplace(false);
  };

  const rows = file?.rows.rows ?? none;
  const textOf = ({ site: of, medicine, period, quantity, daysOut }: Row): string => {
    const where = of === undefined ? '' : `${of} · `;
    const out = daysOut === undefined || daysOut === 0 ? '' : ` · ${t('sheet:field.daysOut')}: ${daysOut}`;
    return `${where}${formulary.name(medicine)} · ${periodText(period)} · ${units(medicine, quantity)}${out}`;
  };
  const judged = stage.at === 'judged' ? stage.item : undefined;
  const kept = stage.at === 'taking' ? (stage.going ?? stage.item) : undefined;
  const problems = useMemo((): readonly SaidProblem[] => {
    if (!judged) {
      // the server would say so of each row, after all of them were sent
      const nowhere = site === undefined ? rows.filter((row) => row.site === undefined) : none;
      return [
        ...problemLines(file?.rows.problems ?? [], t),
        ...nowhere.map(({ row }) => ({
          row,
          address: String(row),
          column: t('sheet:field.site'),
          what: t('sheet:problem.missing'),
        })),
      ];
    }
    return judged.problems.map(({ row, field, code, facts }) => {
      const at = rows[row]?.row ?? row + 1;
      // rows of the file, as the person counts them
      const told: Record<string, string | number> = { ...facts };
      if (typeof facts.row === 'number') told.row = rows[facts.row]?.row ?? facts.row + 1;
      if (typeof facts.since === 'string') told.since = dayText(facts.since);
      return {
        row: at,
        address: String(at),
        column: t(`sheet:field.${field}`),
        what: t(`web-past:problem.${code}`, told),
      };
    });
  }, [judged, file, rows, site, t]);
  const isSound = problems.length === 0;
  const isKnown = judged?.problems.some(({ code }) => code === 'period-known') ?? false;
  const mayChoose = stage.at === 'file' || stage.at === 'sending' || (judged !== undefined && !isSound);
  return (
    <Page title={t('web-past:title')}>
      <Link className="tap no-print" to="/procure">
        {t('web-past:back')}
      </Link>
      <Text>{t('web-past:text')}</Text>
      {begun?.state === 'loading' && begun.received < begun.rows && stage.at === 'file' && (
        <BegunBefore begun={begun} onForget={again} />
      )}
      {mayChoose && (
        <ChooseSheet kind="past" packs={packs} today={today} disabled={stage.at === 'sending'} onRead={choose} />
      )}
      <div role="status">
        {stage.at === 'sending' && <Sending done={stage.done} of={stage.of} />}
        {kept && (
          <Share
            label={t('web-past:keeping', { done: format.number(kept.done ?? 0), of: format.number(kept.of ?? 0) })}
            share={(kept.done ?? 0) / Math.max(1, kept.of ?? 1)}
          />
        )}
        {judged && isSound && (
          <>
            <Arrived>{judged.name}</Arrived>
            <Text>{t('web-past:ready')}</Text>
          </>
        )}
      </div>
      {(stage.at === 'file' || judged) && file && (
        <Preview
          key={`${file.name} ${stage.at} ${problems.length} ${rows.length}`}
          sound={rows}
          textOf={textOf}
          problems={problems}
          fileName={file.name}
        />
      )}
      {file && rows.length > 0 && (stage.at === 'file' || isKnown) && (
        <Checkbox
          size="md"
          checked={replace}
          label={t('web-past:replace')}
          description={t('web-past:replaceHint')}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      )}
      <FailureAlert
        failure={failure}
        onRetry={
          stage.at === 'judged' || stage.at === 'taking'
            ? () => void keep(stage.item)
            : file && stage.at === 'file'
              ? () => void send(file)
              : undefined
        }
      />
      {file && rows.length > 0 && ((stage.at === 'file' && isSound) || (isKnown && replace)) && (
        <div className="act-bar">
          <Button className="act-main" onClick={() => void send(file)}>
            {t('web-import:send')}
          </Button>
        </div>
      )}
      {judged && isSound && (
        <div className="act-bar">
          <Button variant="default" onClick={again}>
            {t('web-import:another')}
          </Button>
          <Button className="act-main" onClick={() => void keep(judged)}>
            {t('web-past:keep', { count: judged.rows })}
          </Button>
        </div>
      )}
      {stage.at === 'done' && <Done item={stage.outcome} onAgain={again} />}
    </Page>
  );
};

const Done = ({ item, onAgain }: { readonly item: PastImport; readonly onAgain: () => void }) => {
  const t = useT();
  const { added = 0, replaced = 0, left = 0 } = item;
  return (
    <Alert role="status" color="green" icon={<IconCircleCheck aria-hidden />}>
      <Arrived>{t('web-past:done')}</Arrived>
      <Text>{t('web-past:added', { count: added })}</Text>
      {replaced > 0 && <Text>{t('web-past:replaced', { count: replaced })}</Text>}
      {left > 0 && <Text className="wrong">{t('web-past:left', { count: left })}</Text>}
      <Text>{t('web-past:next')}</Text>
      <Group mt="sm">
        <Button component={Link} to="/procure">
          {t('web-past:back')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('web-import:another')}
        </Button>
      </Group>
    </Alert>
  );
};
