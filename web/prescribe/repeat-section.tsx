/** Repeats for a chronic treatment: how often, and the days on which each issue can be collected. */
import { type RepeatWanted, repeatView } from '@darmon/domain/repeat';
import { instant, validUntil } from '@darmon/domain/time';
import { Group, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormat, useT } from '../shared/language.ts';
import { numberOf } from '../shared/parts.tsx';

const presets: readonly RepeatWanted[] = [
  { issues: 2, everyDays: 30 },
  { issues: 3, everyDays: 30 },
  { issues: 6, everyDays: 15 },
  { issues: 12, everyDays: 7 },
];

const same = (a: RepeatWanted | undefined, b: RepeatWanted | undefined): boolean =>
  a?.issues === b?.issues && a?.everyDays === b?.everyDays;

/** First and last day of each issue. `collected` says what was handed over in each, where anything could be. */
export const Windows = ({
  windows,
  current,
}: {
  readonly windows: readonly {
    readonly issue: number;
    readonly from: string;
    readonly until: string;
    readonly said?: string;
  }[];
  readonly current?: number;
}) => {
  const t = useT();
  const format = useFormat();
  return (
    <ol className="windows">
      {windows.map(({ issue, from, until, said }) => (
        <li key={issue} aria-current={issue === current ? 'step' : undefined}>
          <Text component="span" fw={issue === current ? 650 : undefined}>
            {t('web-prescribe:repeat-window', { from: format.day(from), until: format.day(until) })}
          </Text>
          {issue === current && <Text component="span"> · {t('web-prescribe:repeat-now')}</Text>}
          {said && (
            <Text component="span" className="quiet">
              {' '}
              · {said}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
};

export const RepeatSection = ({
  repeat,
  onChange,
  error,
}: {
  readonly repeat: RepeatWanted | undefined;
  readonly onChange: (repeat: RepeatWanted | undefined) => void;
  readonly error?: string | undefined;
}) => {
  const t = useT();
  const [own, setOwn] = useState(false);
  const [issuedAt] = useState(() => Date.now());
  const preset = presets.some((one) => same(one, repeat));
  const shown = repeat && {
    issuedAt: instant(issuedAt),
    validUntil: instant(validUntil(issuedAt, repeat.issues * repeat.everyDays)),
  };
  const choice = (key: string, pressed: boolean, text: string, choose: () => void) => (
    <button key={key} type="button" className="usual" aria-pressed={pressed} onClick={choose}>
      {text}
    </button>
  );
  return (
    <Stack gap="sm">
      <Group gap={4} role="group" aria-labelledby="repeat">
        {choice('once', !repeat && !own, t('web-prescribe:repeat-once'), () => {
          setOwn(false);
          onChange(undefined);
        })}
        {presets.map((one) =>
          choice(
            `${one.issues}x${one.everyDays}`,
            !own && same(one, repeat),
            t('web-prescribe:repeat-preset', { issues: one.issues, days: one.everyDays }),
            () => {
              setOwn(false);
              onChange(one);
            },
          ),
        )}
        {choice('own', own || (repeat !== undefined && !preset), t('web-prescribe:repeat-own'), () => {
          setOwn(true);
          onChange(repeat ?? { issues: 3, everyDays: 30 });
        })}
      </Group>
      {repeat && (own || !preset) && (
        <Group gap="sm" align="flex-end">
          <NumberInput
            label={t('web-prescribe:repeat-issues')}
            value={repeat.issues}
            min={2}
            max={12}
            allowDecimal={false}
            onChange={(value) => {
              const issues = numberOf(value);
              if (issues !== undefined && issues >= 2 && issues <= 12) onChange({ ...repeat, issues });
            }}
          />
          <NumberInput
            label={t('web-prescribe:repeat-days')}
            value={repeat.everyDays}
            min={1}
            max={90}
            allowDecimal={false}
            onChange={(value) => {
              const everyDays = numberOf(value);
              if (everyDays !== undefined && everyDays >= 1 && everyDays <= 90) onChange({ ...repeat, everyDays });
            }}
          />
        </Group>
      )}
      {error && (
        <Text className="bad" role="alert">
          {error}
        </Text>
      )}
      {repeat && shown && (
        <>
          <Text size="sm" className="quiet">
            {t('web-prescribe:repeat-hint')}
          </Text>
          <Windows windows={repeatView(shown, { ...repeat, current: 1, past: [] }, []).windows} />
        </>
      )}
    </Stack>
  );
};
