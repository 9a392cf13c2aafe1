/** Trails that begin elsewhere than at one prescription: days of a site or a person, a doctor's prescriptions, a lot. */
import type { EventType } from '@darmon/domain/event';
import { formatNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { trailRoutes } from '@darmon/function-compliance/trail-routes';
import { webAudit } from '@darmon/i18n/words/web-audit';
import { Button, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCalendarSearch, IconPill, IconSearch, IconStethoscope, IconUserSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { findSites, useAll, useSites } from '../shared/all-pages.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useNames } from '../shared/names.ts';
import { Empty, FailureAlert, Page, PrescriptionMark, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { ToAudit } from './patient-trail.tsx';
import { TimeLine } from './trail.tsx';
import { FilesOf, TrailFiles } from './trail-files.tsx';

const ways = [
  { to: '/trails/patient', word: 'patient', Icon: IconUserSearch },
  { to: '/trails/days', word: 'days', Icon: IconCalendarSearch },
  { to: '/trails/prescriber', word: 'prescriber', Icon: IconStethoscope },
  { to: '/trails/lot', word: 'lot', Icon: IconPill },
] as const;

export const MoreTrails = () => {
  const t = useT();
  return (
    <section className="no-print">
      <Title order={2} mb="sm">
        {t('web-trails:more')}
      </Title>
      <ul className="trail-ways">
        {ways.map(({ to, word, Icon }) => (
          <li key={to}>
            <Link to={to} className="trail-way">
              <Icon size={24} aria-hidden />
              <span>
                <strong>{t(`web-trails:${word}`)}</strong>
                <span className="quiet">{t(`web-trails:${word}Lead`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

const types = Object.keys(webAudit).flatMap((key) => (key.startsWith('event.') ? [key.slice(6) as EventType] : []));

interface Asked {
  readonly from: string;
  readonly through: string;
  readonly site?: string;
  readonly person?: string;
  readonly type?: EventType;
}

export const DaysTrailPage = () => {
  const t = useT();
  const sites = useSites();
  const today = tashkentDay(Date.now());
  const [site, setSite] = useState<string>();
  const [person, setPerson] = useState('');
  const [from, setFrom] = useState(today);
  const [through, setThrough] = useState(today);
  const [type, setType] = useState('');
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const name = person.trim().toLowerCase();
  const isMissing = site === undefined && name === '';
  const chosen = sites.data?.find((one) => one.id === site);
  const show = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isMissing || from === '' || through === '') return;
    setAsked({
      from,
      through,
      ...(site !== undefined && { site }),
      ...(name !== '' && { person: name }),
      ...(type !== '' && { type: type as EventType }),
    });
  };
  const kinds = types
    .map((one) => ({ value: one as string, label: t(`web-audit:event.${one}`) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Page title={t('web-trails:days')} action={<ToAudit />}>
      <Paper withBorder p="md" component="form" onSubmit={show} className="no-print">
        <div className="trail-form">
          <div>
            <SearchField
              label={t('web-audit:site')}
              placeholder={t('web-audit:siteHint')}
              busy={sites.isPending}
              error={tried && isMissing ? t('web-trails:siteOrPerson') : undefined}
              find={(text) =>
                findSites(sites.data, text).map((one) => ({
                  value: one.id,
                  label: one.name,
                  detail: <Text size="sm">{one.id}</Text>,
                }))
              }
              onChoose={setSite}
            />
            {chosen && (
              <Text mt={4} fw={600} role="status">
                {t('web-audit:chosenSite', { name: chosen.name, id: chosen.id })}
              </Text>
            )}
          </div>
          <TextInput
            label={t('web-trails:person')}
            description={t('web-trails:personHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={person}
            autoComplete="off"
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
          <DayField label={t('web-trails:from')} value={from} max={today} required onChange={setFrom} />
          <DayField label={t('web-trails:through')} value={through} max={today} required onChange={setThrough} />
          <NativeSelect
            label={t('web-trails:type')}
            value={type}
            data={[{ value: '', label: t('web-trails:anyType') }, ...kinds]}
            onChange={(event) => setType(event.currentTarget.value)}
          />
          <Button type="submit" leftSection={<IconSearch size={20} aria-hidden />} className="trail-show">
            {t('web-trails:show')}
          </Button>
        </div>
      </Paper>
      {asked && <Days key={JSON.stringify(asked)} asked={asked} />}
    </Page>
  );
};

const Days = ({ asked }: { readonly asked: Asked }) => {
  const t = useT();
  const trail = useAll(trailRoutes.readDaysTrail, { query: asked });
  const events = trail.data ?? [];
  return (
    <section>
      {trail.isPending && <Waiting label={t('web-trails:loading', { count: trail.loaded })} />}
      <FailureAlert failure={trail.error} onRetry={() => void trail.refetch()} />
      {trail.data && events.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-trails:none')}</Empty>}
      {events.length > 0 && (
        <Stack gap="sm">
          <Text role="status" size="sm" className="quiet">
            {t('web-audit:eventsCount', { count: events.length })} · {t('web-audit:local')}
          </Text>
          <TrailFiles
            events={events}
            name={['trail', asked.site, asked.person, asked.from, asked.through].filter(Boolean).join('-')}
          />
          <TimeLine events={events} linked />
        </Stack>
      )}
    </section>
  );
};

/** One text that is asked for, and what is shown for it. */
const AskOne = ({
  title,
  fields,
  children,
}: {
  readonly title: string;
  readonly fields: readonly string[];
  children(values: readonly string[]): ReactNode;
}) => {
  const t = useT();
  const [values, setValues] = useState(() => fields.map(() => ''));
  const [asked, setAsked] = useState<readonly string[]>();
  const show = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = values.map((value) => value.trim());
    if (trimmed.every((value) => value !== '')) setAsked(trimmed);
  };
  return (
    <Page title={title} action={<ToAudit />}>
      <Paper withBorder p="md" component="form" onSubmit={show} className="no-print">
        <div className="trail-form">
          {fields.map((label, i) => (
            <TextInput
              key={label}
              label={label}
              value={values[i] ?? ''}
              autoComplete="off"
              required
              onChange={(event) => {
                const { value } = event.currentTarget;
                setValues((before) => before.map((one, at) => (at === i ? value : one)));
              }}
            />
          ))}
          <Button type="submit" leftSection={<IconSearch size={20} aria-hidden />} className="trail-show">
            {t('web-trails:show')}
          </Button>
        </div>
      </Paper>
      {asked && <section key={asked.join(' ')}>{children(asked)}</section>}
    </Page>
  );
};

export const PrescriberPage = () => {
  const t = useT();
  return (
    <AskOne title={t('web-trails:prescriber')} fields={[t('web-trails:person')]}>
      {([person = '']) => <Prescribed person={person.toLowerCase()} />}
    </AskOne>
  );
};

const Prescribed = ({ person }: { readonly person: string }) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const names = useNames([person]);
  const all = useAll(trailRoutes.listPrescribed, { params: { person } });
  const rows = () => [
    [t('web-trails:column.at'), t('web-audit:change.number'), t('web-audit:change.status'), t('web-trails:lines')],
    ...(all.data ?? []).map((p) => [
      format.instant(p.issuedAt),
      formatNumber(p.number),
      t(`medicine:prescription.${p.status}`),
      p.lines.map((l) => `${l.medicine} ${l.dispensed}/${l.quantity}`).join(', '),
    ]),
  ];
  return (
    <>
      {all.isPending && <Waiting label={t('web-trails:loading', { count: all.loaded })} />}
      <FailureAlert failure={all.error} onRetry={() => void all.refetch()} />
      {all.data?.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-trails:noneOfDoctor')}</Empty>}
      {all.data && all.data.length > 0 && (
        <Stack gap="sm">
          <Title order={2}>
            {names(person)} · {t('web-trails:prescriptions', { count: all.data.length })}
          </Title>
          <FilesOf name={`prescriber-${person}`} rows={rows} json={all.data} />
          <ul className="plain-list">
            {all.data.map((p) => (
              <li key={p.id} className="row-between">
                <span>
                  <Link to="/audit/$id" params={{ id: p.id }} className="trail-link number">
                    {formatNumber(p.number)}
                  </Link>
                  <br />
                  {format.instant(p.issuedAt)} · {p.clinic}
                  {p.served.length > 0 && ` · ${t('web-trails:servedAt')} ${p.served.join(', ')}`}
                  <br />
                  {p.lines.map((l) => `${formulary.name(l.medicine)}: ${l.dispensed}/${l.quantity}`).join(' · ')}
                </span>
                <PrescriptionMark status={p.status} />
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </>
  );
};

export const LotTrailPage = () => {
  const t = useT();
  return (
    <AskOne title={t('web-trails:lot')} fields={[t('web-trails:gtin'), t('web-trails:ofLot')]}>
      {([gtin = '', lot = '']) => <LotTrail gtin={gtin.padStart(14, '0')} lot={lot} />}
    </AskOne>
  );
};

const LotTrail = (params: { readonly gtin: string; readonly lot: string }) => {
  const t = useT();
  const format = useFormat();
  const all = useAll(trailRoutes.readLotTrail, { params });
  const names = useNames(all.data?.map(({ person }) => person) ?? []);
  const columns = (['at', 'site', 'movement', 'quantity', 'person', 'document'] as const).map((column) =>
    t(`web-trails:column.${column}`),
  );
  const rows = () => [
    columns,
    ...(all.data ?? []).map((m) => [
      format.instant(m.at),
      m.site,
      t(`web-warehouse:kind.${m.kind}`),
      m.quantity,
      m.person,
      m.reference,
    ]),
  ];
  return (
    <>
      {all.isPending && <Waiting label={t('web-trails:loading', { count: all.loaded })} />}
      <FailureAlert failure={all.error} onRetry={() => void all.refetch()} />
      {all.data?.length === 0 && <Empty title={t('common:nothingFound')}>{t('web-trails:noneOfLot')}</Empty>}
      {all.data && all.data.length > 0 && (
        <Stack gap="sm">
          <Text role="status" size="sm" className="quiet">
            {t('web-trails:movements', { count: all.data.length })} · {t('web-audit:local')}
          </Text>
          <FilesOf name={`lot-${params.gtin}-${params.lot}`} rows={rows} json={all.data} />
          <ul className="plain-list">
            {all.data.map((m) => (
              <li key={m.movement} className="row-between">
                <span>
                  <strong>{t(`web-warehouse:kind.${m.kind}`)}</strong> · {m.site}
                  <br />
                  {format.instant(m.at)} · {names(m.person)}
                  {m.prescription !== undefined && (
                    <>
                      <br />
                      <Link to="/audit/$id" params={{ id: m.prescription }} className="trail-link">
                        {t('web-audit:trailTitle')}
                      </Link>
                    </>
                  )}
                </span>
                <strong className="number">
                  {m.quantity > 0 ? '+' : ''}
                  {format.number(m.quantity)}
                </strong>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </>
  );
};
