/** Rows as they were understood, each with what is wrong with it; the wrong ones alone where a person mends them. */
import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useFormat, useT } from './language.ts';
import { Section } from './parts.tsx';
import { type SaidProblem, saveProblems } from './sheet-files.ts';

const pageRows = 25;

interface Shown<R> {
  readonly row: number;
  readonly sound: R | undefined;
  readonly problems: readonly SaidProblem[];
}

/** Sound and wrong rows together, as the file has them. */
const shownRows = <R extends { readonly row: number }>(sound: readonly R[], problems: readonly SaidProblem[]) => {
  const found = new Map<number, { row: number; sound: R | undefined; problems: SaidProblem[] }>();
  for (const one of sound) found.set(one.row, { row: one.row, sound: one, problems: [] });
  for (const problem of problems) {
    const known = found.get(problem.row);
    if (known) known.problems.push(problem);
    else found.set(problem.row, { row: problem.row, sound: undefined, problems: [problem] });
  }
  return [...found.values()].sort((a, b) => a.row - b.row);
};

/** What the server found has no cell, and its row stands beside it already. */
const columnAt = (column: string, address: string, row: number): string =>
  address === String(row) ? column : `${column} (${address})`;

/** Only the rows of the page are put into words: a file may have fifty thousand. */
export const Preview = <R extends { readonly row: number }>({
  sound,
  textOf,
  problems,
  fileName,
}: {
  readonly sound: readonly R[];
  readonly textOf: (row: R) => string;
  readonly problems: readonly SaidProblem[];
  readonly fileName: string;
}) => {
  const t = useT();
  const format = useFormat();
  const [onlyProblems, setOnlyProblems] = useState(problems.length > 0);
  const [from, setFrom] = useState(0);
  const all: readonly Shown<R>[] = useMemo(() => shownRows(sound, problems), [sound, problems]);
  const wrong = useMemo(() => all.filter((one) => one.problems.length > 0), [all]);
  const shown = onlyProblems ? wrong : all;
  const page = shown.slice(from, from + pageRows);
  return (
    <Section title={t('web-import:rows')} id="import-rows">
      <div role="status">
        <Group gap="lg">
          <Text className="import-count">
            <IconCircleCheck size={20} aria-hidden />
            {t('web-import:sound', { count: all.length - wrong.length })}
          </Text>
          {wrong.length > 0 && (
            <Text className="import-count wrong">
              <IconAlertTriangle size={20} aria-hidden />
              {t('web-import:wrong', { count: wrong.length })}
            </Text>
          )}
        </Group>
        {wrong.length > 0 && <Text mt="xs">{t('web-import:mend')}</Text>}
      </div>
      {wrong.length > 0 && (
        <Group justify="space-between">
          <Switch
            size="md"
            checked={onlyProblems}
            label={t('web-import:onlyProblems')}
            onChange={(event) => {
              setOnlyProblems(event.currentTarget.checked);
              setFrom(0);
            }}
          />
          <Button
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
            onClick={() => saveProblems(problems, `${fileName.replace(/\.\w+$/, '')}-problems.csv`, t)}
          >
            {t('web-import:saveProblems')}
          </Button>
        </Group>
      )}
      <ul className="import-rows">
        {page.map(({ row, sound: taken, problems: here }) => (
          <li key={row}>
            <span className="quiet number">{t('web-import:row', { row })}</span>
            <Stack gap={2}>
              {taken && <span>{textOf(taken)}</span>}
              {here.map(({ address, column, what }) => (
                <span key={address + what} className="wrong import-count">
                  <IconAlertTriangle size={18} aria-hidden />
                  {column === '' ? what : t('web-import:problemAt', { column: columnAt(column, address, row), what })}
                </span>
              ))}
            </Stack>
          </li>
        ))}
      </ul>
      {shown.length > pageRows && (
        <Group justify="space-between">
          <Button variant="default" disabled={from === 0} onClick={() => setFrom(from - pageRows)}>
            {t('web-import:earlier')}
          </Button>
          <Text size="sm">
            {t('web-import:pageOf', {
              from: format.number(from + 1),
              to: format.number(Math.min(from + pageRows, shown.length)),
              all: format.number(shown.length),
            })}
          </Text>
          <Button variant="default" disabled={from + pageRows >= shown.length} onClick={() => setFrom(from + pageRows)}>
            {t('web-import:later')}
          </Button>
        </Group>
      )}
    </Section>
  );
};
