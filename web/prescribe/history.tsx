/** A patient's prescriptions, newest first: what was prescribed, and what was really handed over, where and when. */
import { formatNumber } from '@darmon/domain/number';
import { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { dosageSentence, quantityText } from '@darmon/i18n/dosage';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPackage, IconRefresh } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call, type Failure, keyOf } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, LineMark, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { diagnosisTitle } from './diagnosis.ts';

type Listed = AnswerOf<typeof routes.readPatientHistory>;
type Item = Listed['items'][number];

const pageSize = 20;

const Lines = ({ item }: { readonly item: Item }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  return (
    <ul className="bare-list">
      {item.lines.map((line) => (
        <li key={line.line}>
          <Group justify="space-between" align="flex-start" gap="xs">
            <Text fw={600} className="grow">
              {formulary.name(line.medicine)}
            </Text>
            <LineMark status={line.status} />
          </Group>
          <Text className="quiet">
            {dosageSentence(line.dosage, language)} {quantityText(line.quantity, line.unit, language)}
          </Text>
          {line.owed && <Text>{t('web-patient-record:owed-on', { day: format.day(line.owed.on) })}</Text>}
        </li>
      ))}
    </ul>
  );
};

const Served = ({ item }: { readonly item: Item }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const lineOf = new Map(item.lines.map((line) => [line.line, line]));
  if (item.served.length === 0) return <Text className="quiet">{t('web-patient-record:not-given')}</Text>;
  return (
    <ul className="bare-list">
      {item.served.map((one) => (
        <li key={`${one.site}${one.day}${JSON.stringify(one.lines)}`}>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <IconPackage size={20} aria-hidden className="good" />
            <div>
              <Text fw={600}>{t('web-patient-record:given-at', { day: format.day(one.day), site: one.siteName })}</Text>
              {one.lines.map((given) => {
                const line = lineOf.get(given.line);
                return (
                  line && (
                    <Text key={given.line}>
                      {[formulary.name(line.medicine), ...given.brands].join(' · ')}:{' '}
                      {quantityText(given.quantity, line.unit, language)}
                    </Text>
                  )
                );
              })}
            </div>
          </Group>
        </li>
      ))}
    </ul>
  );
};

const Row = ({ item }: { readonly item: Item }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const { diagnosis, own } = item;
  return (
    <Paper component="li" withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <div>
            <Text fw={650}>{format.instant(item.issuedAt)}</Text>
            <Text size="sm" className="quiet">
              {formatNumber(item.number)} · {item.clinicName}
            </Text>
          </div>
          <PrescriptionMark status={item.status} />
        </Group>
        {diagnosis && (
          <Text>
            {diagnosis.icd10} {diagnosisTitle(diagnosis.icd10, language)}
          </Text>
        )}
        <Lines item={item} />
        <Served item={item} />
        {own ? (
          <Group gap="xs">
            <Button
              renderRoot={(props) => <Link to="/prescribe/new" search={{ from: item.id }} {...props} />}
              variant="light"
              leftSection={<IconRefresh size={18} aria-hidden />}
            >
              {t('web-patient-record:renew')}
            </Button>
            <Button
              renderRoot={(props) => <Link to="/prescribe/$id" params={{ id: item.id }} {...props} />}
              variant="default"
            >
              {t('web-patient-record:open')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" className="quiet">
            {t('web-patient-record:other-clinic')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};

/** Every look is recorded, so nothing is asked for again by itself. */
export const History = ({ patient }: { readonly patient: string }) => {
  const t = useT();
  const list = useInfiniteQuery<Listed, Failure, { pages: Listed[] }, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(routes.readPatientHistory), patient],
    queryFn: ({ pageParam, signal }) =>
      call(
        routes.readPatientHistory,
        { params: { id: patient }, query: { limit: pageSize, ...(pageParam !== undefined && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap="sm">
      <Text size="sm" className="quiet">
        {t('web-patient-record:history-recorded')}
      </Text>
      {list.isPending && <Waiting />}
      <FailureAlert failure={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && items.length === 0 && <Empty title={t('web-patient-record:history-empty')} />}
      {items.length > 0 && (
        <Stack component="ul" gap="sm" className="rows">
          {items.map((item) => (
            <Row key={item.id} item={item} />
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
    </Stack>
  );
};
