/** What a report is asked: its days, its place, and whatever else it takes. All of it stands in the address. */
import type { ReportField, ReportOffer } from '@darmon/domain/report-query';
import { tashkentDay } from '@darmon/domain/time';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { DayField } from '../shared/day-field.tsx';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert } from '../shared/parts.tsx';
import type { Asked } from './load.ts';

/** As an address has it: texts, which the API judges. */
export type Search = { readonly [K in keyof Asked]?: string };

const offeredMonths = 24;

const monthsBack = (today: string): string[] => {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: offeredMonths }, (_, i) => {
    const n = year * 12 + month - 1 - i;
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
  });
};
const written = (month: string): string => month.split('-').reverse().join('.');

type Text = Exclude<ReportField, 'site' | 'region' | 'months'>;
const isText = (field: ReportField): field is Text => field !== 'site' && field !== 'region' && field !== 'months';

/** Months that a report may be of together; the first is what it is of when nobody says. */
const periods = ['1', '3', '6', '12'] as const;

/** A report of one's own site has no other to choose. */
export const useIsOwn = (): boolean | undefined => {
  const { data: me } = useMe();
  return me && !me.roles.some((role) => role === 'auditor' || role === 'chief');
};

export const Questions = ({
  offer,
  search,
  onAsk,
}: {
  readonly offer: ReportOffer;
  readonly search: Search;
  readonly onAsk: (search: Search) => void;
}) => {
  const t = useT();
  const sites = useSites();
  const isOwn = useIsOwn();
  const today = tashkentDay(Date.now());
  const known = [...offer.needs, ...offer.takes];
  const texts = known.filter(isText);
  const months = monthsBack(today);
  const byDays = search.from !== undefined || search.through !== undefined;
  const without = (...fields: (keyof Search)[]): Search =>
    Object.fromEntries(Object.entries(search).filter(([name]) => !fields.includes(name as keyof Search)));
  const change = (field: keyof Search, value: string) =>
    onAsk({ ...without(field), ...(value !== '' && { [field]: value }) });
  const regions = [...new Set((sites.data ?? []).map(({ region }) => region))].sort();
  const chosenMonth = search.month ?? months[0] ?? '';
  return (
    <div className="report-questions no-print">
      {offer.span !== 'now' && (
        <NativeSelect
          label={t('web-reports:month')}
          value={byDays ? 'days' : chosenMonth}
          data={[
            ...(months.includes(chosenMonth) ? [] : [{ value: chosenMonth, label: written(chosenMonth) }]),
            ...months.map((month) => ({ value: month, label: written(month) })),
            ...(offer.span === 'days' ? [{ value: 'days', label: t('web-reports:days') }] : []),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onAsk(
              value === 'days'
                ? { ...without('month'), from: `${today.slice(0, 8)}01`, through: today }
                : { ...without('from', 'through'), month: value },
            )
          }
        />
      )}
      {known.includes('months') && (
        <NativeSelect
          label={t('web-reports:period')}
          value={search.months ?? '1'}
          data={periods.map((many) => ({ value: many, label: t('web-reports:periodMonths', { count: Number(many) }) }))}
          onChange={({ currentTarget: { value } }) => change('months', value === '1' ? '' : value)}
        />
      )}
      {byDays && <Days key={`${search.from} ${search.through}`} search={search} onAsk={onAsk} today={today} />}
      {known.includes('region') && isOwn === false && (
        <NativeSelect
          label={t('web-reports:region')}
          value={search.region ?? ''}
          data={[
            { value: '', label: t('web-reports:all') },
            ...regions.map((region) => ({ value: region, label: t(`regions:${region}` as 'regions:UZ-TK') })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onAsk({ ...without('region', 'site'), ...(value !== '' && { region: value }) })
          }
        />
      )}
      {known.includes('site') && isOwn === false && (
        <NativeSelect
          label={t('web-reports:site')}
          value={search.site ?? ''}
          data={[
            { value: '', label: offer.needs.includes('site') ? t('web-reports:choose') : t('web-reports:all') },
            ...(sites.data ?? [])
              .filter(({ region }) => search.region === undefined || region === search.region)
              .map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
          ]}
          onChange={({ currentTarget: { value } }) => change('site', value)}
        />
      )}
      {texts.length > 0 && (
        <Narrow
          key={texts.map((field) => search[field] ?? '').join(' ')}
          fields={texts}
          isOpen={texts.some((field) => search[field] !== undefined || offer.needs.includes(field))}
          search={search}
          onAsk={onAsk}
        />
      )}
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
    </div>
  );
};

const Days = ({
  search,
  onAsk,
  today,
}: {
  readonly search: Search;
  readonly onAsk: (search: Search) => void;
  readonly today: string;
}) => {
  const t = useT();
  const [from, setFrom] = useState(search.from ?? '');
  const [through, setThrough] = useState(search.through ?? today);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (from !== '' && through !== '') onAsk({ ...search, from, through });
  };
  return (
    <form className="report-days" onSubmit={ask}>
      <DayField label={t('web-reports:from')} value={from} max={today} onChange={setFrom} />
      <DayField label={t('web-reports:through')} value={through} max={today} onChange={setThrough} />
      <Button type="submit" variant="default" disabled={from === '' || through === '' || from > through}>
        {t('web-reports:show')}
      </Button>
    </form>
  );
};

/** Fields that few people use, and that links from other reports fill in. */
const Narrow = ({
  fields,
  isOpen,
  search,
  onAsk,
}: {
  readonly fields: readonly Text[];
  readonly isOpen: boolean;
  readonly search: Search;
  readonly onAsk: (search: Search) => void;
}) => {
  const t = useT();
  const [typed, setTyped] = useState<Partial<Record<Text, string>>>({});
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const next: Record<string, string> = { ...search } as Record<string, string>;
    for (const field of fields) {
      const value = (typed[field] ?? search[field] ?? '').trim();
      if (value === '') delete next[field];
      else next[field] = value;
    }
    onAsk(next);
  };
  return (
    <details className="report-narrow" open={isOpen}>
      <summary>{t('web-reports:filters')}</summary>
      <form onSubmit={ask} className="report-days">
        {fields.map((field) => (
          <TextInput
            key={field}
            label={t(`web-reports:field.${field}`)}
            value={typed[field] ?? search[field] ?? ''}
            autoComplete="off"
            maxLength={40}
            onChange={({ currentTarget: { value } }) => setTyped({ ...typed, [field]: value })}
          />
        ))}
        <Button type="submit" variant="default">
          {t('web-reports:show')}
        </Button>
      </form>
    </details>
  );
};
