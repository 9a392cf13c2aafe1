/** A section of a report: its picture and its table, whose rows open to what is behind them. */
import { chartOf } from '@darmon/documents/report-chart';
import { isNumeric, type ReportText } from '@darmon/documents/report-text';
import type { ColumnKind, Opens, ReportSection } from '@darmon/domain/report';
import { Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useT } from '../shared/language.ts';
import { Section } from '../shared/parts.tsx';
import { ReportChart } from './chart.tsx';
import type { Search } from './questions.tsx';

/** Rows of a table at first; more when somebody wants them. */
const firstRows = 50;

const named: ReadonlySet<ColumnKind> = new Set(['medicine', 'site', 'person']);
/**
 * Digits stand under digits, a name is not broken into single words, and what a row is about, its first or second column,
 * stays where it is while the others are moved.
 */
const classesOf = (kinds: readonly ColumnKind[]): readonly string[] => {
  const held = Math.max(
    0,
    kinds.slice(0, 2).findIndex((kind) => named.has(kind)),
  );
  return kinds.map((kind, i) =>
    [isNumeric(kind) ? 'digits' : named.has(kind) ? 'named' : '', i === held ? 'held' : ''].join(' ').trim(),
  );
};

/** A narrower question keeps the days of the one before it, unless it tells its own. */
const searchOf = (query: Readonly<Record<string, string>>, asked: Search): Search => {
  const tells = query.month !== undefined || query.from !== undefined || query.through !== undefined;
  const { month, from, through } = asked;
  const days = Object.entries({ month, from, through }).filter(([, value]) => value !== undefined && !tells);
  return { ...Object.fromEntries(days), ...query };
};

/** A link to what is behind a row; what has no screen of its own is shown over the report. */
const Opening = ({
  opens,
  asked,
  text,
  label,
  onBehind,
}: {
  readonly opens: Opens;
  readonly asked: Search;
  readonly text: string;
  readonly label: string;
  readonly onBehind: (opens: Opens) => void;
}) => {
  const shown = { className: 'report-open', 'aria-label': label, children: text };
  if ('report' in opens)
    return (
      <Link {...shown} to="/reports/$report" params={{ report: opens.report }} search={searchOf(opens.query, asked)} />
    );
  const { id = '', site = '', day = '' } = opens.of;
  if (opens.screen === 'prescription') return <Link {...shown} to="/audit/$id" params={{ id }} />;
  if (opens.screen === 'write-off') return <Link {...shown} to="/write-offs/$id" params={{ id }} />;
  if (opens.screen === 'order') return <Link {...shown} to="/orders/$id" params={{ id }} />;
  if (opens.screen === 'case') return <Link {...shown} to="/cases/$id" params={{ id }} />;
  if (opens.screen === 'site-day') return <Link {...shown} to="/audit" search={{ site, day }} />;
  return <button type="button" {...shown} onClick={() => onBehind(opens)} />;
};

export const SectionTable = ({
  section,
  text,
  asked,
  onBehind,
  onMore,
}: {
  readonly section: ReportSection;
  readonly text: ReportText;
  readonly asked: Search;
  readonly onBehind: (opens: Opens) => void;
  /** Fetches rows that are not here yet; undefined where all are. */
  readonly onMore: (() => void) | undefined;
}) => {
  const t = useT();
  const [most, setMost] = useState(firstRows);
  const { columns, rows, totals = {} } = section;
  const classes = classesOf(columns.map(({ kind }) => kind));
  const name = text.heading(section);
  const chart = chartOf(section, text);
  const of = section.of ?? rows.length;
  const shown = rows.slice(0, most);
  const more = () => {
    if (most >= rows.length) onMore?.();
    setMost(most + 4 * firstRows);
  };
  return (
    <Section id={`section-${section.name}`} title={name}>
      {of === 0 && <Text>{text.t('noRows')}</Text>}
      {chart && <ReportChart chart={chart} text={text} label={t('web-reports:picture', { name })} />}
      {of > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is moved with the arrow keys
        <section className="report-scroll" tabIndex={0} aria-label={t('web-reports:table', { name })}>
          <table className="report-table">
            <thead>
              <tr>
                {columns.map((column, i) => (
                  <th key={column.name} scope="col" className={classes[i]}>
                    {text.column(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ cells, opens }, row) => (
                <tr key={row}>
                  {columns.map(({ name: column, kind }, i) => {
                    const said = text.cell(cells[i] ?? null, kind);
                    return (
                      <td key={column} className={classes[i]}>
                        {i === 0 && opens ? (
                          <Opening
                            opens={opens}
                            asked={asked}
                            text={said || t('web-reports:open')}
                            label={t('web-reports:openRow', { what: said || name })}
                            onBehind={onBehind}
                          />
                        ) : (
                          said
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
            {Object.keys(totals).length > 0 && (
              <tfoot>
                <tr>
                  {columns.map(({ name: column, kind }, i) => {
                    const sum = totals[column];
                    return (
                      <td key={column} className={classes[i]}>
                        {sum === undefined ? (i === 0 ? text.t('total') : '') : text.cell(sum, kind)}
                      </td>
                    );
                  })}
                </tr>
              </tfoot>
            )}
          </table>
        </section>
      )}
      {(shown.length < of || onMore !== undefined) && (
        <div className="report-more no-print">
          <Text size="sm">{t('web-reports:shown', { shown: shown.length, of: Math.max(of, shown.length) })}</Text>
          <Button variant="default" onClick={more}>
            {t('web-reports:more')}
          </Button>
        </div>
      )}
    </Section>
  );
};
