/** What this pharmacy handed over on a day, with undo while it is possible, and the packs that were set aside. */
import { formatNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-dispensing/routes';
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconBoxOff, IconCircleCheck, IconEye } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { keyOf } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, Page, Section, Waiting } from '../shared/parts.tsx';
import { HandedOver } from './done.tsx';
import { UndoButton } from './undo.tsx';

export const TodayPage = () => {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const today = tashkentDay(Date.now());
  const [day, setDay] = useState(today);
  const [undone, setUndone] = useState(false);
  const site = me?.site ?? '';
  const dispenses = useAll(
    routes.listDispenses,
    { params: { site }, query: { day } },
    { enabled: site !== '' && day !== '', staleTime: 5_000 },
  );
  return (
    <Page
      title={t('web-dispense:today')}
      action={
        <Button component={Link} to="/dispense" variant="default">
          {t('web-dispense:emptyTitle')}
        </Button>
      }
    >
      <DayField label={t('web-dispense:day')} value={day} max={today} maw={220} onChange={setDay} />
      {undone && (
        <Alert role="status" color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
          {t('web-dispense:undone')}
        </Alert>
      )}
      {dispenses.isPending && day !== '' && <Waiting />}
      <FailureAlert failure={dispenses.error} onRetry={() => void dispenses.refetch()} />
      {dispenses.data?.length === 0 && (
        <Empty title={t('web-dispense:noneToday')}>
          <Text>{t('web-dispense:noneTodayText')}</Text>
        </Empty>
      )}
      <ul className="plain-list" aria-label={t('web-dispense:today')}>
        {dispenses.data?.map((item) => (
          <li key={item.id}>
            <Paper withBorder p="md">
              <div className="row-between">
                <Stack gap={4}>
                  <Group gap="xs">
                    <Text fw={600}>
                      {format.time(item.at)} · <span className="number">{formatNumber(item.number)}</span>
                    </Text>
                    {item.undone && (
                      <Mark color="gray" Icon={IconArrowBackUp}>
                        {t('web-dispense:historyUndone')}
                      </Mark>
                    )}
                  </Group>
                  <HandedOver
                    lines={item.lines}
                    notDispensed={item.notDispensed}
                    medicineOf={(line) => item.lines.find((one) => one.line === line)?.medicine}
                  />
                  {item.undoableUntil && (
                    <Text size="sm" className="quiet">
                      {t('web-dispense:undo')}:{' '}
                      {t('web-dispense:undoUntil', { at: format.instant(item.undoableUntil) })}
                    </Text>
                  )}
                </Stack>
                <Group gap="sm">
                  <Button
                    component={Link}
                    to={`/dispense/${item.prescription}`}
                    variant="default"
                    leftSection={<IconEye size={20} aria-hidden />}
                  >
                    {t('web-dispense:open')}
                  </Button>
                  {item.undoableUntil && (
                    <UndoButton
                      dispense={item.id}
                      until={item.undoableUntil}
                      onUndone={() => {
                        setUndone(true);
                        void queries.invalidateQueries({ queryKey: keyOf(routes.listDispenses) });
                      }}
                    />
                  )}
                </Group>
              </div>
            </Paper>
          </li>
        ))}
      </ul>
      {site !== '' && <SetAsideList site={site} />}
    </Page>
  );
};

const SetAsideList = ({ site }: { readonly site: string }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const packs = useAll(routes.listSetAside, { params: { site } }, { staleTime: 5_000 });
  if (packs.error) return <FailureAlert failure={packs.error} onRetry={() => void packs.refetch()} />;
  if (!packs.data || packs.data.length === 0) return null;
  return (
    <Section title={t('web-dispense:setAsideList')} id="set-aside">
      <ul className="plain-list">
        {packs.data.map((item) => (
          <li key={item.id}>
            <Group gap="xs">
              <Mark color="red" Icon={IconBoxOff}>
                {t(item.quarantined === 'lot' ? 'web-dispense:blockedLot' : 'web-dispense:blockedPack')}
              </Mark>
              <Text fw={600}>{formulary.name(item.medicine)}</Text>
            </Group>
            <Text size="sm">
              {format.instant(item.at)}
              {item.lot !== undefined && ` · ${t('common:lot')} ${item.lot}`}
              {item.expiryDate !== undefined && `, ${t('web-dispense:until', { date: format.day(item.expiryDate) })}`}
              {item.serial !== undefined && ` · ${t('web-dispense:serial', { serial: item.serial })}`} · {item.note}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
};
