/** `/requisitions/budgets`: a year's money of regions and sites: promised, spent and left; a chief sets it. */
import { yearOf } from '@darmon/domain/budget';
import { budgetRoutes } from '@darmon/function-procurement/budget-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, NativeSelect, NumberInput, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll, useSites } from '../shared/all-pages.ts';
import { call, keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, type Note, numberOf, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { isApprover, isPlanner } from './draft.ts';
import { useMoney, usePlaceName } from './parts.tsx';

type Budget = AnswerOf<typeof budgetRoutes.listBudgets>['items'][number];

export const BudgetsPage = () => {
  const t = useT();
  const me = useMe();
  const thisYear = yearOf(Date.now());
  const [year, setYear] = useState(thisYear);
  // what was received since somebody last looked is spent by now; where it cannot be told, the figures of then are shown
  const maySettle = me.data !== undefined && (isApprover(me.data) || isPlanner(me.data));
  const settled = useQuery({
    queryKey: keyOf(budgetRoutes.settleBudgets),
    queryFn: ({ signal }) => call(budgetRoutes.settleBudgets, {}, { signal }),
    enabled: maySettle,
    retry: false,
  });
  const budgets = useAll(
    budgetRoutes.listBudgets,
    { query: { year } },
    { enabled: me.data !== undefined && !(maySettle && settled.isPending) },
  );
  return (
    <Page title={t('web-requisitions:budgets')}>
      <NativeSelect
        label={t('web-requisitions:year')}
        maw={200}
        value={String(year)}
        data={[thisYear - 1, thisYear, thisYear + 1].map(String)}
        onChange={(event) => setYear(Number(event.currentTarget.value))}
      />
      {budgets.isPending && <Waiting />}
      <FailureAlert failure={budgets.error} onRetry={() => void budgets.refetch()} />
      {budgets.data?.length === 0 && (
        <Empty title={t('web-requisitions:noBudgets')}>
          <Text>{t('web-requisitions:noBudgetsText')}</Text>
        </Empty>
      )}
      {budgets.data && budgets.data.length > 0 && <Table budgets={budgets.data} />}
      {me.data?.roles.includes('chief') && budgets.data && <SetBudget key={year} year={year} budgets={budgets.data} />}
    </Page>
  );
};

const Table = ({ budgets }: { readonly budgets: readonly Budget[] }) => {
  const t = useT();
  const money = useMoney();
  const placeOf = usePlaceName();
  const parts = ['money', 'committed', 'spent', 'left'] as const;
  return (
    <table className="budget-table">
      <thead>
        <tr>
          <th scope="col">{t('web-requisitions:place')}</th>
          {parts.map((part) => (
            <th key={part} scope="col" className="is-number">
              {t(`web-requisitions:budget.${part}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {budgets.map((budget) => {
          const share = (part: number) => `${Math.min(100, (100 * part) / Math.max(1, budget.money))}%`;
          const percent = Math.round((100 * (budget.committed + budget.spent)) / Math.max(1, budget.money));
          return (
            <tr key={budget.place}>
              <th scope="row">
                {placeOf(budget.place)}
                <div className="requisition-meter" aria-hidden>
                  <span data-part="spent" style={{ width: share(budget.spent) }} />
                  <span data-part="committed" style={{ width: share(budget.committed) }} />
                </div>
                <Text size="sm" className="quiet">
                  {t('web-requisitions:used', { percent })}
                </Text>
              </th>
              {parts.map((part) => (
                <td key={part} className="is-number" data-label={t(`web-requisitions:budget.${part}`)}>
                  {money(budget[part])}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const SetBudget = ({ year, budgets }: { readonly year: number; readonly budgets: readonly Budget[] }) => {
  const t = useT();
  const placeOf = usePlaceName();
  const queries = useQueryClient();
  const sites = useSites();
  const set = useCall(budgetRoutes.setBudget);
  const [place, setPlace] = useState('');
  const [soum, setSoum] = useState<number | undefined>();
  const [note, setNote] = useState<Note | undefined>();
  const before = budgets.find((budget) => budget.place === place);
  const keeping = (sites.data ?? []).filter(({ kind }) => kind === 'pharmacy' || kind === 'warehouse');
  const regions = [...new Set(keeping.map(({ region }) => region))].sort();
  const finish = (sending: ReturnType<typeof set.run>) =>
    void sending.then((done) => {
      if (!done) return;
      setNote({ good: true, text: t('web-requisitions:saved') });
      setSoum(undefined);
      void queries.invalidateQueries({ queryKey: keyOf(budgetRoutes.listBudgets) });
    });
  const send = () => {
    if (soum === undefined) return;
    const money = Math.round(soum * 100);
    finish(set.run({ body: { year, place, money, ...(before && { was: before.money }) } }));
  };
  return (
    <Section title={t('web-requisitions:setBudget')} id="set-budget">
      <form
        className="requisition-fields"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <NativeSelect
          label={t('web-requisitions:place')}
          required
          disabled={set.uncertain}
          value={place}
          error={set.fieldError('/place')}
          data={[
            { value: '', label: t('web-requisitions:choosePlace') },
            ...regions.map((region) => ({ value: region, label: placeOf(region) })),
            ...keeping.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
          ]}
          onChange={(event) => {
            setPlace(event.currentTarget.value);
            setNote(undefined);
          }}
        />
        <NumberInput
          label={t('web-requisitions:yearMoney')}
          required
          min={0}
          max={10_000_000_000_000}
          allowNegative={false}
          decimalScale={0}
          thousandSeparator=" "
          hideControls
          disabled={set.uncertain}
          value={soum ?? ''}
          placeholder={before && (before.money / 100).toLocaleString('ru')}
          error={set.fieldError('/money')}
          onChange={(value) => setSoum(numberOf(value))}
        />
        <Button type="submit" loading={set.pending} disabled={place === '' || soum === undefined || set.uncertain}>
          {t('web-requisitions:setBudget')}
        </Button>
      </form>
      <FailureAlert failure={set.failure} uncertain={set.uncertain} onRetry={() => finish(set.retry())} />
      <Said note={note} />
    </Section>
  );
};
