/** `/requisitions`: for a site its own, for those who decide what waits in each state, the urgent first. */
import type { RequisitionState } from '@darmon/domain/requisition';
import { budgetRoutes } from '@darmon/function-procurement/budget-routes';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowRight, IconBolt, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { type Me, useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { isApprover, isKeeper, isPlanner, type RequisitionSummary } from './draft.ts';
import { EmergencyMark, StateMark, useMoney, useSiteName, Warned } from './parts.tsx';

const decided = ['submitted', 'authorised', 'approved', 'draft', 'site'] as const;
type Show = (typeof decided)[number];

/** Where those begin who decide: what waits for them. */
const firstOf = (me: Me): Show => (isApprover(me) ? 'authorised' : 'submitted');

export const RequisitionsPage = () => {
  const t = useT();
  const me = useMe();
  const mayAsk = me.data !== undefined && (isKeeper(me.data) || isPlanner(me.data));
  return (
    <Page
      title={t('web-requisitions:title')}
      action={
        mayAsk && (
          <Group gap="sm">
            <Button component={Link} to="/requisitions/new" leftSection={<IconPlus size={20} aria-hidden />}>
              {t('web-requisitions:new')}
            </Button>
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/requisitions/new" search={{ urgent: true }} />}
              leftSection={<IconBolt size={20} aria-hidden />}
            >
              {t('web-requisitions:newEmergency')}
            </Button>
          </Group>
        )
      }
    >
      <FailureAlert failure={me.error} onRetry={() => void me.refetch()} />
      {me.data && (isKeeper(me.data) ? <OfSite site={me.data.site} me={me.data} /> : <Inbox me={me.data} />)}
    </Page>
  );
};

const Inbox = ({ me }: { readonly me: Me }) => {
  const t = useT();
  const [show, setShow] = useState<Show>(firstOf(me));
  return (
    <>
      <SegmentedControl
        size="md"
        fullWidth
        className="segments"
        aria-label={t('web-requisitions:show')}
        value={show}
        data={decided.map((one) => ({ value: one, label: t(`web-requisitions:show.${one}`) }))}
        onChange={(value) => setShow(value as Show)}
      />
      {isApprover(me) && show === 'authorised' && <Urgent me={me} />}
      {show === 'site' ? <ChosenSite me={me} /> : <InState key={show} state={show} me={me} />}
    </>
  );
};

/** What is urgent needs nobody's authorising, so approvers see it beside what was authorised. */
const Urgent = ({ me }: { readonly me: Me }) => {
  const submitted = useAnswer(requisitionRoutes.listRequisitions, { query: { state: 'submitted', limit: 50 } });
  const urgent = submitted.data?.items.filter(({ kind }) => kind === 'emergency') ?? [];
  return urgent.length === 0 ? null : <Rows items={urgent} me={me} />;
};

const InState = ({ state, me }: { readonly state: RequisitionState; readonly me: Me }) => {
  const t = useT();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const page = useAnswer(requisitionRoutes.listRequisitions, {
    query: { state, limit: 25, ...(cursor !== undefined && { cursor }) },
  });
  if (page.isPending) return <Waiting />;
  if (page.error) return <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />;
  return (
    <Stack gap="sm">
      {page.data.items.length === 0 && (
        <Empty title={t('web-requisitions:nothingWaits')}>
          <Text>{t('web-requisitions:nothingWaitsNext')}</Text>
        </Empty>
      )}
      <Rows items={page.data.items} me={me} />
      <Pager
        isFirst={cursors.length === 1}
        next={page.data.next}
        onBack={() => setCursors(cursors.slice(0, -1))}
        onNext={(next) => setCursors([...cursors, next])}
      />
    </Stack>
  );
};

const ChosenSite = ({ me }: { readonly me: Me }) => {
  const t = useT();
  const sites = useSites();
  const [site, setSite] = useState('');
  const keeping = (sites.data ?? []).filter(({ kind }) => kind === 'pharmacy' || kind === 'warehouse');
  return (
    <>
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      <NativeSelect
        label={t('web-requisitions:site')}
        maw={480}
        value={site}
        data={[
          { value: '', label: t('web-requisitions:chooseSite') },
          ...keeping.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
        ]}
        onChange={(event) => setSite(event.currentTarget.value)}
      />
      {site !== '' && <OfSite key={site} site={site} me={me} />}
    </>
  );
};

const OfSite = ({ site, me }: { readonly site: string; readonly me: Me }) => {
  const t = useT();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors.at(-1);
  const page = useAnswer(requisitionRoutes.listRequisitions, {
    query: { site, limit: 25, ...(cursor !== undefined && { cursor }) },
  });
  if (page.isPending) return <Waiting />;
  if (page.error) return <FailureAlert failure={page.error} onRetry={() => void page.refetch()} />;
  return (
    <Stack gap="sm">
      {page.data.items.length === 0 && cursors.length === 1 && (
        <Empty title={t('web-requisitions:none')}>
          <Text>{t('web-requisitions:noneText')}</Text>
        </Empty>
      )}
      <Rows items={page.data.items} me={me} />
      <Pager
        isFirst={cursors.length === 1}
        next={page.data.next}
        onBack={() => setCursors(cursors.slice(0, -1))}
        onNext={(next) => setCursors([...cursors, next])}
      />
    </Stack>
  );
};

const Pager = ({
  isFirst,
  next,
  onBack,
  onNext,
}: {
  readonly isFirst: boolean;
  readonly next: string | undefined;
  readonly onBack: () => void;
  readonly onNext: (next: string) => void;
}) => {
  const t = useT();
  return (
    <Group gap="sm">
      {!isFirst && (
        <Button variant="default" onClick={onBack}>
          {t('common:back')}
        </Button>
      )}
      {next !== undefined && (
        <Button variant="default" onClick={() => onNext(next)}>
          {t('common:next')}
        </Button>
      )}
    </Group>
  );
};

const Rows = ({ items, me }: { readonly items: readonly RequisitionSummary[]; readonly me: Me }) => (
  <ul className="plain-list">
    {items.map((one) => (
      <Row key={one.id} one={one} me={me} />
    ))}
  </ul>
);

const Row = ({ one, me }: { readonly one: RequisitionSummary; readonly me: Me }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = useSiteName();
  const money = useMoney();
  const { id, number, site, kind, week, state, at, lines, value, changed, unpriced, overLimit } = one;
  const isForMe = isApprover(me) && (state === 'authorised' || (state === 'submitted' && kind === 'emergency'));
  return (
    <li>
      <Link className="requisition-row" to="/requisitions/$id" params={{ id }} data-urgent={kind === 'emergency'}>
        <Stack gap={4} className="grow">
          <Text fw={650}>{nameOf(site)}</Text>
          <Text size="sm" className="quiet">
            <span className="number">{number}</span> · {format.instant(at)} ·{' '}
            {week === undefined ? t(`web-requisitions:kind.${kind}`) : t('web-requisitions:week', { week })} ·{' '}
            {t('web-requisitions:lineCount', { count: lines })}
          </Text>
          <Group gap="xs">
            <StateMark state={state} />
            {kind === 'emergency' && <EmergencyMark />}
          </Group>
        </Stack>
        <Stack gap={2} className="requisition-sum">
          <Text fw={650}>{money(value)}</Text>
          {changed > 0 && <Text size="sm">{t('web-requisitions:changedCount', { count: changed })}</Text>}
          {unpriced > 0 && <Warned>{t('web-requisitions:unpriced', { count: unpriced })}</Warned>}
          {overLimit > 0 && <Warned>{t('web-requisitions:overLimit', { sum: money(overLimit) })}</Warned>}
          {isForMe && <Leaves id={id} />}
        </Stack>
        <IconArrowRight size={20} aria-hidden />
      </Link>
    </li>
  );
};

/** What approving it would leave of the year's money. */
const Leaves = ({ id }: { readonly id: string }) => {
  const t = useT();
  const money = useMoney();
  const { data } = useAnswer(budgetRoutes.readApproval, { params: { id } });
  if (!data) return null;
  if (data.leaves === undefined)
    return (
      <Text size="sm" className="quiet">
        {t('web-requisitions:noBudget')}
      </Text>
    );
  if (data.leaves < 0) return <Warned>{t('web-requisitions:leavesLess', { sum: money(-data.leaves) })}</Warned>;
  return <Text size="sm">{t('web-requisitions:leaves', { sum: money(data.leaves) })}</Text>;
};
