/** The doctor's own prescriptions, newest first, with what became of each. */
import { formatNumber } from '@darmon/domain/number';
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlus, IconUser } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call, type Failure, keyOf } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';

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
        </Text>
      </div>
      <ul className="row-lines">
        {one.lines.map((line) => (
          <li key={line.medicine}>
            {formulary.name(line.medicine)}{' '}
            <span className="quiet">
              {t('web-prescribe:dispensed-of', { dispensed: line.dispensed, quantity: line.quantity })}
            </span>
          </li>
        ))}
      </ul>
      <PrescriptionMark status={one.status} />
    </Paper>
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
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
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
      {list.isSuccess && !items.length && <Empty title={t('web-prescribe:list-empty')}>{write}</Empty>}
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
