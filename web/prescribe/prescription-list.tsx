/** The doctor's own prescriptions, newest first, with what became of each. */
import { foldSpelling } from '@darmon/domain/cyrillic';
import { formatNumber } from '@darmon/domain/number';
import { isOpen } from '@darmon/domain/prescription';
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconRepeat, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, type Failure, keyOf } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { Drafts } from './drafts.tsx';

type Listed = AnswerOf<typeof routes.listPrescriptions>;
type Summary = Listed['items'][number];
const pageSize = 30;

const Row = ({ one }: { readonly one: Summary }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  return (
    <Paper component="li" withBorder p="sm" className="row">
      <div className="row-head">
        <Link to="/prescribe/$id" params={{ id: one.id }} className="row-link">
          {one.patient?.fullName ?? formatNumber(one.number)}
        </Link>
        <Text size="sm" className="quiet">
          {formatNumber(one.number)} · {t('web-prescribe:list-issued')} {format.instant(one.issuedAt)}
          {!one.patient && ` · ${t('web-shared:patient-erased')}`}
        </Text>
      </div>
      <div>
        <ul className="row-lines">
          {one.lines.map((line) => (
            <li key={line.medicine}>
              {formulary.name(line.medicine)}{' '}
              <span className="quiet">
                {t('web-prescribe:dispensed-of', { dispensed: line.dispensed, quantity: line.quantity })}
                {isOpen(one.status) &&
                  line.owed &&
                  ` · ${t('web-prescribe:owed-until', { day: format.day(line.owed.on), site: line.owed.site })}`}
                {line.notDispensed &&
                  ` · ${t('web-prescribe:refused-because', {
                    reason: t(`counter-papers:reason.${line.notDispensed.reason}`),
                  })}`}
              </span>
            </li>
          ))}
        </ul>
        {one.repeat && (
          <Text size="sm">
            {t('web-prescribe:repeat')}: {one.repeat.current} / {one.repeat.issues}
          </Text>
        )}
        {one.servedAt.length > 0 && (
          <Text size="sm">
            {t('web-prescribe:served-at', { sites: one.servedAt.map(({ name }) => name).join(', ') })}
          </Text>
        )}
        {one.cancelRequested && (
          <Text size="sm" className="warn">
            {t('web-prescribe:cancel-requested')}
          </Text>
        )}
      </div>
      <Group justify="space-between" gap="xs">
        <PrescriptionMark status={one.status} />
        {!one.controlled && (
          <Button
            renderRoot={(props) => <Link to="/prescribe/new" search={{ from: one.id }} {...props} />}
            variant="default"
            size="sm"
            leftSection={<IconRepeat size={18} aria-hidden />}
            aria-label={`${t('web-prescribe:renew')}: ${one.patient?.fullName ?? formatNumber(one.number)}`}
          >
            {t('web-prescribe:renew')}
          </Button>
        )}
      </Group>
    </Paper>
  );
};

const filters = ['all', 'open', 'waiting', 'finished', 'cancelled'] as const;
type Filter = (typeof filters)[number];

const isUnder = (one: Summary, filter: Filter): boolean => {
  const open = isOpen(one.status);
  if (filter === 'open') return open;
  if (filter === 'waiting')
    return (
      open &&
      (one.cancelRequested || one.lines.some(({ status }) => status === 'owed' || status === 'partially-dispensed'))
    );
  if (filter === 'finished') return one.status === 'completed' || one.status === 'expired';
  return filter === 'all' || one.status === 'cancelled';
};

/** Only what is loaded is searched: a name never leaves the device as a question. */
const isNamed = (one: Summary, text: string): boolean => {
  const wanted = foldSpelling(text.trim());
  const number = one.number.toLowerCase();
  return (
    wanted === '' ||
    foldSpelling(one.patient?.fullName ?? '').includes(wanted) ||
    number.startsWith(text.trim().replaceAll('-', '').toLowerCase())
  );
};

/** `/prescribe`. */
export const PrescriptionsPage = () => {
  const t = useT();
  const list = useInfiniteQuery<Listed, Failure, { pages: Listed[] }, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(routes.listPrescriptions)],
    queryFn: ({ pageParam, signal }) =>
      call(routes.listPrescriptions, { query: { mine: '1', limit: pageSize, cursor: pageParam } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next,
    refetchInterval: 60_000,
    retry: false,
  });
  const [filter, setFilter] = useState<Filter>('all');
  const [text, setText] = useState('');
  const all = list.data?.pages.flatMap((page) => page.items) ?? [];
  const items = all.filter((one) => isUnder(one, filter) && isNamed(one, text));
  const patients = (
    <Button component={Link} to="/prescribe/patient" variant="default" leftSection={<IconUser size={20} aria-hidden />}>
      {t('web-patient-record:patient-page')}
    </Button>
  );
  const write = (
    <Button component={Link} to="/prescribe/new" leftSection={<IconPlus size={20} aria-hidden />}>
      {t('web-prescribe:new')}
    </Button>
  );
  return (
    <Page
      title={t('web-prescribe:title')}
      action={
        <Group gap="xs">
          {patients}
          {write}
        </Group>
      }
    >
      {list.isPending && <Waiting />}
      <FailureAlert failure={list.error} onRetry={() => void list.refetch()} />
      <Drafts />
      {all.length > 0 && (
        <Group gap="md" align="flex-end">
          <TextInput
            className="grow"
            label={t('web-prescribe:list-search')}
            description={t('web-prescribe:list-search-hint')}
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group gap={4} role="group" aria-label={t('web-prescribe:list-filter')}>
            {filters.map((one) => (
              <button
                key={one}
                type="button"
                className="usual"
                aria-pressed={one === filter}
                onClick={() => setFilter(one)}
              >
                {t(`web-prescribe:filter-${one}`)}
              </button>
            ))}
          </Group>
        </Group>
      )}
      {all.length > 0 && !items.length && <Text role="status">{t('web-prescribe:list-none')}</Text>}
      {list.isSuccess && !all.length && <Empty title={t('web-prescribe:list-empty')}>{write}</Empty>}
      {items.length > 0 && (
        <Stack component="ul" gap="xs" className="rows">
          {items.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </Stack>
      )}
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </Group>
      )}
    </Page>
  );
};
