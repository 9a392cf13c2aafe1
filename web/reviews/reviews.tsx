/** `/reviews`: who looked at patients at a site, whether anything was done for them, and what an auditor makes of it. */
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { reviewRoutes as routes } from '@darmon/function-oversight/review-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, NativeSelect, Paper, Text } from '@mantine/core';
import { IconEyeSearch } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { findSites, useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { Looks } from './looks.tsx';

type Looker = AnswerOf<typeof routes.listLooks>['people'][number];

interface Asked {
  readonly site: string;
  readonly from: string;
  readonly to: string;
}
const only = ['open', 'without', 'all'] as const;

export const ReviewsPage = () => {
  const t = useT();
  const sites = useSites();
  const today = tashkentDay(Date.now());
  // a case leads to the day of its look
  const { site: wanted = '', day, person: looker } = useSearch({ strict: false });
  const [site, setSite] = useState(wanted);
  const [from, setFrom] = useState(day ?? tashkentDay(dayStart(today) - 6 * dayMs));
  const [to, setTo] = useState(day ?? today);
  const [asked, setAsked] = useState<Asked | undefined>(
    day === undefined ? undefined : { site: wanted, from: day, to: day },
  );
  const [tried, setTried] = useState(false);
  const chosen = sites.data?.find(({ id }) => id === site);
  const isTooLong = from !== '' && to !== '' && (to < from || dayStart(to) - dayStart(from) > 6 * dayMs);
  const show = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (site !== '' && from !== '' && to !== '' && !isTooLong) setAsked({ site, from, to });
  };
  return (
    <Page title={t('web-reviews:title')}>
      <Text>{t('web-reviews:note')}</Text>
      <Paper withBorder p="md" component="form" onSubmit={show} className="no-print">
        <div className="review-fields">
          <div>
            <SearchField
              label={t('web-reviews:site')}
              placeholder={t('web-reviews:chooseSite')}
              busy={sites.isPending}
              error={tried && site === '' ? t('web-reviews:chooseSite') : undefined}
              find={(text) =>
                findSites(sites.data, text).map((one) => ({ value: one.id, label: one.name, detail: one.id }))
              }
              onChoose={setSite}
            />
            {chosen && (
              <Text mt={4} fw={600} role="status">
                {chosen.name} ({chosen.id})
              </Text>
            )}
          </div>
          <DayField label={t('web-reviews:from')} value={from} max={today} onChange={setFrom} />
          <DayField
            label={t('web-reviews:to')}
            value={to}
            max={today}
            error={isTooLong ? t('web-reviews:atMost') : undefined}
            onChange={setTo}
          />
        </div>
        <Button type="submit" mt="md" leftSection={<IconEyeSearch size={20} aria-hidden />}>
          {t('web-reviews:show')}
        </Button>
        <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      </Paper>
      {asked && <Found key={JSON.stringify(asked)} asked={asked} {...(looker !== undefined && { looker })} />}
    </Page>
  );
};

const Found = ({ asked, looker }: { readonly asked: Asked; readonly looker?: string }) => {
  const t = useT();
  const [which, setWhich] = useState<(typeof only)[number]>(looker === undefined ? 'open' : 'all');
  const [person, setPerson] = useState(looker ?? '');
  const query = {
    ...asked,
    ...(which !== 'all' && { only: which }),
    ...(person !== '' && { person }),
  };
  const found = useAnswer(routes.listLooks, { query });
  const everybody = useAnswer(routes.listLooks, { query: { ...asked, only: 'open' } });
  const people = everybody.data?.people ?? [];
  const nameOf = useNames(people.map((one) => one.person));
  if (everybody.isPending) return <Waiting />;
  if (everybody.error) return <FailureAlert failure={everybody.error} onRetry={() => void everybody.refetch()} />;
  if (people.length === 0)
    return (
      <Empty title={t('web-reviews:empty')}>
        <Text>{t('web-reviews:emptyNext')}</Text>
      </Empty>
    );
  return (
    <>
      <Section title={t('web-reviews:people')} id="review-people">
        <Lookers people={people} nameOf={nameOf} />
      </Section>
      <Section title={t('web-reviews:looks')} id="review-looks">
        <div className="review-fields no-print">
          <NativeSelect
            label={t('web-reviews:show_which')}
            value={which}
            data={only.map((value) => ({ value, label: t(`web-reviews:only.${value}`) }))}
            onChange={(event) => setWhich(only.find((one) => one === event.currentTarget.value) ?? 'open')}
          />
          <NativeSelect
            label={t('web-reviews:person')}
            value={person}
            data={[
              { value: '', label: t('web-reviews:everybody') },
              ...people.map((one) => ({ value: one.person, label: nameOf(one.person) })),
            ]}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
        </div>
        {found.isPending && <Waiting />}
        <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
        {found.data && <Looks found={found.data} nameOf={nameOf} />}
      </Section>
    </>
  );
};

const Lookers = ({
  people,
  nameOf,
}: {
  readonly people: readonly Looker[];
  readonly nameOf: (person: string) => string;
}) => {
  const t = useT();
  const format = useFormat();
  const columns = ['without', 'reviewed', 'looks', 'missed'] as const;
  return (
    <table className="review-people" aria-labelledby="review-people">
      <thead>
        <tr>
          <th scope="col">{t('web-reviews:person')}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`web-reviews:${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {people.map((one) => (
          <tr key={one.person}>
            <th scope="row">{nameOf(one.person)}</th>
            {columns.map((column) => (
              <td key={column}>{format.number(one[column])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
