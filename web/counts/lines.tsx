/** The lines of a count in the order of a walk along the shelves: what is left, what differs, what moved under it. */
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconListNumbers,
  IconRefresh,
  IconSearch,
} from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Formulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Mark } from '../shared/parts.tsx';
import {
  type Count,
  countsByFilter,
  type Filter,
  filters,
  type Line,
  nameOfLot,
  shownLines,
  walkOrder,
} from './count-view.ts';
import { useUnits } from './parts.tsx';

const firstLines = 40;

export const CountLines = ({
  count,
  lines,
  waiting,
  formulary,
  filter,
  onFilter,
  takesFocus,
  onCount,
}: {
  readonly count: Count;
  readonly lines: readonly Line[];
  /** Names of lots whose entry is not sent yet. */
  readonly waiting: ReadonlySet<string>;
  readonly formulary: Formulary;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  /** Somebody was led here: the focus goes to the first line that can be counted, else to the list. */
  readonly takesFocus: boolean;
  /** Nothing where the count is closed, or somebody only reads it. */
  readonly onCount: ((line: Line) => void) | undefined;
}) => {
  const t = useT();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (takesFocus) (list.current?.querySelector('button') ?? list.current)?.focus();
  }, [takesFocus]);
  const [text, setText] = useState('');
  const [most, setMost] = useState(firstLines);
  const sorted = useMemo(() => walkOrder(lines, formulary.name), [lines, formulary]);
  const counts = useMemo(() => countsByFilter(lines, waiting), [lines, waiting]);
  const shown = shownLines(sorted, { filter, text, waiting, name: formulary.name });
  return (
    <Stack gap="sm" className="no-print">
      <TextInput
        label={t('web-counts:find')}
        value={text}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        leftSection={<IconSearch size={20} aria-hidden />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <SegmentedControl
        size="md"
        fullWidth
        className="segments"
        aria-label={t('web-counts:filter')}
        value={filter}
        data={filters.map((one) => ({ value: one, label: t(`web-counts:filter.${one}`, { count: counts[one] }) }))}
        onChange={(value) => {
          onFilter(value as Filter);
          setMost(firstLines);
        }}
      />
      {count.blind && count.state === 'open' && (
        <Text size="sm" className="quiet">
          {t('web-counts:hidden')}
        </Text>
      )}
      {shown.length === 0 && <Text role="status">{t('web-counts:noLines')}</Text>}
      <ul className="plain-list" ref={list} tabIndex={-1}>
        {shown.slice(0, most).map((line) => (
          <li key={nameOfLot(line)}>
            <LineView
              line={line}
              isWaiting={waiting.has(nameOfLot(line))}
              name={formulary.name(line.medicine)}
              onCount={onCount}
            />
          </li>
        ))}
      </ul>
      {shown.length > most && (
        <Button variant="default" onClick={() => setMost(most + 4 * firstLines)}>
          {t('web-counts:moreLines', { count: shown.length - most })}
        </Button>
      )}
    </Stack>
  );
};

const StandingMark = ({ line, isWaiting }: { readonly line: Line; readonly isWaiting: boolean }) => {
  const t = useT();
  const units = useUnits();
  if (isWaiting)
    return (
      <Mark color="violet" Icon={IconClock}>
        {t('web-counts:sending')}
      </Mark>
    );
  if (line.recount)
    return (
      <Mark color="orange" Icon={IconRefresh}>
        {t(`web-counts:recount.${line.recount}`)}
      </Mark>
    );
  if (line.counted === undefined)
    return (
      <Mark color="gray" Icon={IconCircleDashed}>
        {t('web-counts:notCounted')}
      </Mark>
    );
  if (line.difference === undefined) return null;
  if (line.difference === 0)
    return (
      <Mark color="green" Icon={IconCircleCheck}>
        {t('web-counts:noDifference')}
      </Mark>
    );
  return (
    <Mark color="red" Icon={IconAlertTriangle}>
      {t('web-counts:difference')} {units(line.medicine, line.difference, true)}
    </Mark>
  );
};

const LineView = ({
  line,
  isWaiting,
  name,
  onCount,
}: {
  readonly line: Line;
  readonly isWaiting: boolean;
  readonly name: string;
  readonly onCount: ((line: Line) => void) | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const units = useUnits();
  const nameOf = useNames([line.countedBy]);
  const place = [line.zone, line.shelf].filter(Boolean).join(' · ');
  return (
    <div className="count-line">
      <div className="grow">
        <Text fw={600}>{name}</Text>
        <Text size="sm">
          {line.brand} · {t('web-counts:lotOf', { lot: line.lot })} ·{' '}
          {t('web-counts:until', { day: format.day(line.expiryDate) })}
          {place !== '' && ` · ${t('web-counts:place', { place })}`}
        </Text>
        <Group gap="xs" my={4}>
          <StandingMark line={line} isWaiting={isWaiting} />
          {line.added && (
            <Mark color="blue" Icon={IconListNumbers}>
              {t('web-counts:added')}
            </Mark>
          )}
        </Group>
        <dl className="count-figures">
          {line.book !== undefined && (
            <div>
              <dt>{t('web-counts:book')}</dt>
              <dd>{units(line.medicine, line.bookThen ?? line.book)}</dd>
            </div>
          )}
          {line.counted !== undefined && (
            <div>
              <dt>{t('web-counts:counted')}</dt>
              <dd>{units(line.medicine, line.counted)}</dd>
            </div>
          )}
        </dl>
        {line.countedAt !== undefined && (
          <Text size="sm" className="quiet">
            {t('web-counts:countedBy', { person: nameOf(line.countedBy ?? ''), at: format.instant(line.countedAt) })}
          </Text>
        )}
        {(line.moved !== 0 || (line.movedAfter ?? 0) !== 0 || line.movements.length > 0) && <Moved line={line} />}
        {line.reason && (
          <Text size="sm">
            {t(`web-counts:reason.${line.reason}`)}
            {line.note && `: ${line.note}`}
          </Text>
        )}
      </div>
      {onCount && (
        <Button
          variant="default"
          aria-label={t('web-counts:countLine', { name, lot: line.lot })}
          onClick={() => onCount(line)}
        >
          {t('web-counts:count')}
        </Button>
      )}
    </div>
  );
};

/** What came and went under the count: how much, of which kind, and by whom. */
const Moved = ({ line }: { readonly line: Line }) => {
  const t = useT();
  const format = useFormat();
  const units = useUnits();
  const nameOf = useNames(line.movements.map(({ person }) => person));
  return (
    <div className="count-moved">
      <Text size="sm" fw={600}>
        <IconArrowsExchange size={16} aria-hidden />{' '}
        {t('web-counts:movedUnder', { units: units(line.medicine, line.moved, true) })}
        {(line.movedAfter ?? 0) !== 0 &&
          ` · ${t('web-counts:movedAfter', { units: units(line.medicine, line.movedAfter ?? 0, true) })}`}
      </Text>
      {line.movements.map((movement) => (
        <Text key={movement.id} size="sm">
          {t('web-counts:movement', {
            at: format.time(movement.at),
            kind: t(`web-warehouse:kind.${movement.kind}`),
            units: units(line.medicine, movement.quantity, true),
            person: nameOf(movement.person),
          })}
        </Text>
      ))}
    </div>
  );
};
