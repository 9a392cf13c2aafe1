/** One site's plan: what is at risk, what to order, the worst first, in parts. */
import { type StockRisk, stockRisks } from '@darmon/domain/requisition';
import { routes } from '@darmon/function-procurement/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, isProblem, Page, Waiting } from '../shared/parts.tsx';
import { PlanSums, RiskCounts } from './marks.tsx';
import { PlanLines } from './plan-lines.tsx';

type Answer = AnswerOf<typeof routes.readPlan>;
type Show = StockRisk | 'all' | 'order';

export const PlanPage = () => {
  const { site } = useParams({ from: '/signed-in/procure/$site' });
  return <SitePlan site={site} key={site} />;
};

export const SitePlan = ({ site }: { readonly site: string }) => {
  const t = useT();
  const { data: me } = useMe();
  const [show, setShow] = useState<Show>('all');
  const [parts, setParts] = useState(1);
  const formulary = useFormulary();
  const query = {
    ...(show === 'order' && { order: 'yes' as const }),
    ...(show !== 'order' && show !== 'all' && { risk: show }),
  };
  const first = useAnswer(routes.readPlan, { params: { site }, query });
  const isUnplanned = isProblem(first.error, 'not-found');
  const name = first.data?.plan.name ?? site;
  return (
    <Page
      title={t('web-plan:planTitle', { site: name })}
      action={me?.roles.includes('planner') && <PlanAgain site={site} />}
    >
      {me && !me.roles.some((role) => role === 'warehouse' || role === 'pharmacist') && (
        <Link className="tap no-print" to="/procure">
          {t('web-plan:country')}
        </Link>
      )}
      {me?.roles.some((role) => role === 'warehouse' || role === 'pharmacist') && (
        <Link className="tap no-print" to="/procure/past-use">
          {t('web-past:link')}
        </Link>
      )}
      {(first.isPending || formulary.isPending) && <Waiting />}
      {!isUnplanned && <FailureAlert failure={first.error} onRetry={() => void first.refetch()} />}
      {isUnplanned && (
        <Empty title={t('web-plan:noPlan')}>
          <Text>{t('web-plan:noPlanText')}</Text>
        </Empty>
      )}
      {first.data && !formulary.isPending && (
        <Stack gap="md">
          <Head answer={first.data} />
          <NativeSelect
            className="no-print"
            label={t('web-plan:show')}
            maw={420}
            value={show}
            data={[
              { value: 'all', label: t('web-plan:all') },
              { value: 'order', label: t('web-plan:toOrder') },
              ...stockRisks.map((risk) => ({ value: risk, label: t(`web-plan:risk.${risk}`) })),
            ]}
            onChange={(event) => {
              setShow(event.currentTarget.value as Show);
              setParts(1);
            }}
          />
          {first.data.of === 0 && (
            <Empty title={t('web-plan:noLines')}>
              <Text>{t('web-plan:noLinesText')}</Text>
            </Empty>
          )}
          {Array.from({ length: parts }, (_, part) => (
            // parts stand one below the other and never change places
            <Part key={`${show}.${part * partLines}`} site={site} from={part * partLines} query={query} />
          ))}
          {parts * partLines < first.data.of && (
            <Button className="no-print" variant="default" maw={320} onClick={() => setParts(parts + 1)}>
              {t('web-plan:more')} ({t('web-plan:shown', { count: parts * partLines, of: first.data.of })})
            </Button>
          )}
        </Stack>
      )}
    </Page>
  );
};

/** As many lines as an answer has. */
const partLines = 100;

const Part = ({ site, from, query }: { readonly site: string; readonly from: number; readonly query: object }) => {
  const t = useT();
  const part = useAnswer(routes.readPlan, { params: { site }, query: { ...query, ...(from > 0 && { from }) } });
  if (part.isPending) return <Waiting />;
  if (!part.data) return <FailureAlert failure={part.error} onRetry={() => void part.refetch()} />;
  return <PlanLines site={site} lines={part.data.lines} label={t('web-plan:ownPlan')} />;
};

const Head = ({ answer: { plan } }: { readonly answer: Answer }) => {
  const t = useT();
  const format = useFormat();
  return (
    <div>
      <Text className="quiet" size="sm">
        {t('web-plan:madeAt', { at: format.instant(plan.at) })} · {t('web-plan:errorNote', { name: 'WAPE' })}
      </Text>
      <RiskCounts counts={plan.counts} />
      <PlanSums plan={plan} />
    </div>
  );
};

const PlanAgain = ({ site }: { readonly site: string }) => {
  const t = useT();
  const queries = useQueryClient();
  const plan = useCall(routes.planNow);
  const run = async () => {
    if (!(await plan.run({ params: { site }, body: {} }))) return;
    await queries.invalidateQueries({ queryKey: keyOf(routes.readPlan) });
    await queries.invalidateQueries({ queryKey: keyOf(routes.readPlanLine) });
    await queries.invalidateQueries({ queryKey: keyOf(routes.listPlans) });
  };
  return (
    <Stack gap="xs" className="no-print">
      <Button
        variant="default"
        loading={plan.pending}
        leftSection={<IconRefresh size={20} aria-hidden />}
        onClick={() => void run()}
      >
        {t('web-plan:planAgain')}
      </Button>
      <FailureAlert failure={plan.failure} />
    </Stack>
  );
};
