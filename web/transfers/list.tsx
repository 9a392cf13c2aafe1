/** Transfers of a site: what it has to send, what it will receive, and what is done, each with its next step. */
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconBolt, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ScanField } from '../scan/scan-field.tsx';
import { useAll, useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, Page, Waiting } from '../shared/parts.tsx';
import { StateMark, useSiteName } from './parts.tsx';
import { doneOf, isTurnOf, openOf, type Side, stepOf, type TransferSummary, transferOfScan } from './transfer-view.ts';

const shows = ['send', 'receive', 'done'] as const;
type Show = (typeof shows)[number];

const mayKeep = (roles: readonly string[] | undefined): boolean =>
  roles?.some((role) => role === 'warehouse' || role === 'pharmacist') ?? false;

/** The last hundred at once; older ones when somebody asks for them. */
const useTransfers = (site: string | undefined, role: Side, all: boolean) => {
  const query = { role, ...(site !== undefined && { site }) };
  const enabled = site !== undefined;
  const last = useAnswer(transferRoutes.listTransfers, { query: { ...query, limit: 100 } }, { enabled });
  const every = useAll(transferRoutes.listTransfers, { query }, { enabled: enabled && all });
  return {
    items: (all ? every.data : undefined) ?? last.data?.items ?? [],
    isPending: last.isPending,
    error: last.error ?? every.error,
    hasOlder: !all && last.data?.next !== undefined,
    refetch: () => void last.refetch(),
  };
};

export const TransfersPage = () => {
  const t = useT();
  const navigate = useNavigate();
  const { data: me } = useMe();
  const [other, setOther] = useState<string | undefined>();
  const [show, setShow] = useState<Show | undefined>();
  const [all, setAll] = useState(false);
  const [unknown, setUnknown] = useState(false);
  const keeps = mayKeep(me?.roles);
  const site = other ?? me?.site;
  const sent = useTransfers(site, 'sender', all);
  const received = useTransfers(site, 'receiver', all);
  const lists: Readonly<Record<Show, readonly TransferSummary[]>> = {
    send: openOf(sent.items, 'sender'),
    receive: openOf(received.items, 'receiver'),
    done: doneOf(sent.items, received.items),
  };
  const turns = { send: 'sender', receive: 'receiver' } as const;
  const waiting = (one: 'send' | 'receive') => lists[one].filter((x) => isTurnOf(x.state, turns[one])).length;
  // the list in which somebody waits for this site comes first
  const shown = show ?? (waiting('send') === 0 && waiting('receive') > 0 ? 'receive' : 'send');
  const isPending = sent.isPending || received.isPending;
  const open = (raw: string) => {
    const found = transferOfScan(raw, [...sent.items, ...received.items]);
    setUnknown(!found);
    if (found) void navigate({ to: '/transfers/$id', params: { id: found.id } });
  };
  return (
    <Page
      title={t('web-transfers:title')}
      action={
        keeps && (
          <Button component={Link} to="/transfers/new" leftSection={<IconPlus size={20} aria-hidden />}>
            {t('web-transfers:ask')}
          </Button>
        )
      }
    >
      {me && !keeps && <ChooseSite site={site} onChoose={setOther} />}
      <ScanField
        variant="compact"
        label={t('web-transfers:find')}
        hint={t('web-transfers:findHint')}
        submit={t('web-transfers:open')}
        onScan={open}
        error={unknown ? t('web-transfers:notFound') : undefined}
      />
      <SegmentedControl
        size="md"
        fullWidth
        className="segments"
        aria-label={t('web-transfers:shown')}
        value={shown}
        data={shows.map((one) => ({
          value: one,
          label:
            one === 'done' ? t('web-transfers:show.done') : `${t(`web-transfers:show.${one}`)} (${lists[one].length})`,
        }))}
        onChange={(value) => setShow(value as Show)}
      />
      {isPending && <Waiting />}
      <FailureAlert failure={sent.error ?? received.error} onRetry={sent.refetch} />
      {!isPending && lists[shown].length === 0 && (
        <Empty title={t('web-transfers:none')}>{keeps && <Text>{t('web-transfers:noneText')}</Text>}</Empty>
      )}
      <ul className="rows transfer-rows">
        {lists[shown].map((one) => (
          <Row key={one.id} transfer={one} side={one.from === site ? 'sender' : 'receiver'} mayAct={keeps} />
        ))}
      </ul>
      {(sent.hasOlder || received.hasOlder) && (
        <Button variant="default" onClick={() => setAll(true)}>
          {t('web-transfers:older')}
        </Button>
      )}
    </Page>
  );
};

const ChooseSite = ({
  site,
  onChoose,
}: {
  readonly site: string | undefined;
  readonly onChoose: (site: string) => void;
}) => {
  const t = useT();
  const sites = useSites();
  const keeping = (sites.data ?? []).filter(({ kind }) => kind === 'pharmacy' || kind === 'warehouse');
  return (
    <NativeSelect
      label={t('web-transfers:sender')}
      maw={420}
      value={site ?? ''}
      data={[
        ...(keeping.some((one) => one.id === site)
          ? []
          : [{ value: site ?? '', label: t('web-transfers:chooseSite') }]),
        ...keeping.map((one) => ({ value: one.id, label: `${one.name} (${one.id})` })),
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
};

const Row = ({
  transfer,
  side,
  mayAct,
}: {
  readonly transfer: TransferSummary;
  readonly side: Side;
  readonly mayAct: boolean;
}) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useSiteName();
  const { id, number, from, to, state, at, lines, urgent } = transfer;
  const isTurn = mayAct && isTurnOf(state, side);
  return (
    <li>
      <Link className="transfer-row" to="/transfers/$id" params={{ id }} data-turn={isTurn}>
        <Stack gap={4} className="grow">
          <Text fw={650}>{nameOf(side === 'sender' ? to : from)}</Text>
          <Text size="sm" className="quiet">
            <span className="number">{number}</span> · {format.instant(at)} ·{' '}
            {t('web-transfers:lineCount', { count: lines })}
          </Text>
          <Group gap="xs">
            <StateMark state={state} />
            {urgent && (
              <Mark color="red" Icon={IconBolt}>
                {t('web-transfers:urgent')}
              </Mark>
            )}
          </Group>
        </Stack>
        <span className="transfer-step">
          {isTurn && <IconAlertTriangle size={20} aria-hidden />}
          <span>
            {isTurn && <strong className="transfer-turn">{t('web-transfers:yourTurn')}</strong>}
            {t(`web-transfers:step.${stepOf(state, side)}`)}
          </span>
          <IconArrowRight size={20} aria-hidden />
        </span>
      </Link>
    </li>
  );
};
