/** The planner's board: every site, the one with the most at risk first, and this week's run. Sites see their own plan. */
import { routes } from '@darmon/function-procurement/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconCalendarCog } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call, type Failure, failureOf, keyOf, useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { PlanSums, RiskCounts } from './marks.tsx';
import { Moves } from './moves.tsx';
import { PlanLines } from './plan-lines.tsx';
import { SitePlan } from './site-plan.tsx';

type Board = AnswerOf<typeof routes.listPlans>;
type Plan = Board['items'][number];

/** Whoever keeps one site sees its plan, the others all of them. */
export const PlansPage = () => {
  const { data: me } = useMe();
  if (!me) return <Waiting />;
  const isKeeper = me.roles.some((role) => role === 'warehouse' || role === 'pharmacist');
  return isKeeper ? <SitePlan site={me.site} /> : <BoardPage isPlanner={me.roles.includes('planner')} />;
};

const BoardPage = ({ isPlanner }: { readonly isPlanner: boolean }) => {
  const t = useT();
  const board = useAnswer(routes.listPlans, {});
  const formulary = useFormulary();
  return (
    <Page title={t('web-plan:boardTitle')} action={isPlanner && <RunWeek />}>
      {isPlanner && (
        <Link className="tap no-print" to="/procure/past-use">
          {t('web-past:link')}
        </Link>
      )}
      {(board.isPending || formulary.isPending) && <Waiting />}
      <FailureAlert failure={board.error} onRetry={() => void board.refetch()} />
      {board.data && !formulary.isPending && <Sites board={board.data} />}
    </Page>
  );
};

/** Works on the run until it is through, some seconds at a time, and says how far it is. */
const RunWeek = () => {
  const t = useT();
  const queries = useQueryClient();
  const [at, setAt] = useState<{ done: number; of: number } | undefined>();
  const [failure, setFailure] = useState<Failure | undefined>();
  const run = async () => {
    setFailure(undefined);
    setAt({ done: 0, of: 0 });
    try {
      for (let before = -1, more = true; more; ) {
        const step = await call(routes.workOnPlans, { body: {} });
        setAt(step);
        // what failed rests for some minutes: nobody waits for it here
        more = step.done < step.of && step.done > before;
        before = step.done;
      }
    } catch (error) {
      setFailure(failureOf(error));
    }
    await queries.invalidateQueries({ queryKey: keyOf(routes.listPlans) });
    setAt(undefined);
  };
  return (
    <Group className="no-print" gap="sm">
      <Button
        loading={at !== undefined}
        leftSection={<IconCalendarCog size={20} aria-hidden />}
        onClick={() => void run()}
      >
        {t('web-plan:runNow')}
      </Button>
      <Text role="status">{at && at.of > 0 && t('web-plan:running', { done: at.done, of: at.of })}</Text>
      <FailureAlert failure={failure} />
    </Group>
  );
};

const Sites = ({ board: { items, run } }: { readonly board: Board }) => {
  const t = useT();
  if (items.length === 0)
    return (
      <Empty title={t('web-plan:noPlans')}>
        <Text>{t('web-plan:noPlansText')}</Text>
      </Empty>
    );
  return (
    <Stack gap="md">
      <div>
        <Text>{t('web-plan:boardNote')}</Text>
        {run.of > 0 && (
          <Text className="quiet" size="sm">
            {t('web-plan:run', { week: run.week, done: run.done, of: run.of })}
          </Text>
        )}
        {run.failed > 0 && (
          <Text className="wrong" role="alert">
            {t('web-plan:runFailed', { count: run.failed })}
          </Text>
        )}
      </div>
      {items.map((plan) => (
        <SiteCard key={plan.site} plan={plan} />
      ))}
      <Moves among={[...new Set(items.map(({ region }) => region))]} />
    </Stack>
  );
};

const SiteCard = ({ plan }: { readonly plan: Plan }) => {
  const t = useT();
  const format = useFormat();
  return (
    <Section title={`${plan.name} (${plan.site})`} id={`plan-${plan.site}`}>
      <RiskCounts counts={plan.counts} />
      <PlanSums plan={plan} />
      {plan.worst.length > 0 && <PlanLines site={plan.site} lines={plan.worst} label={t('web-plan:worst')} />}
      <div className="row-between">
        <Text className="quiet" size="sm">
          {t('web-plan:madeAt', { at: format.instant(plan.at) })}
        </Text>
        <Link className="tap no-print" to="/procure/$site" params={{ site: plan.site }}>
          {t('web-plan:open')}
          <VisuallyHidden>: {plan.name}</VisuallyHidden>
        </Link>
      </div>
    </Section>
  );
};
