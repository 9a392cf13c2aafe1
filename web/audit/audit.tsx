/** Where an audit begins: one prescription by its number or code, or one day of one site. */
import { parseNumber } from '@darmon/domain/number';
import { tashkentDay } from '@darmon/domain/time';
import { routes } from '@darmon/function-compliance/routes';
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCalendarSearch, IconPrinter } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { checkCode } from '../dispense/check.ts';
import type { Check } from '../dispense/judge.ts';
import { RefusedCode } from '../dispense/verdict.tsx';
import { wantPrescription } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { findSites, useAll, useSites } from '../shared/all-pages.ts';
import { call, type Failure, failureOf } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { type T, useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { MoreTrails } from './more-trails.tsx';
import { TimeLine } from './trail.tsx';

type Finding =
  | { readonly at: 'idle' | 'looking' }
  | { readonly at: 'unwanted'; readonly word: Parameters<T>[0] }
  | { readonly at: 'refused'; readonly check: Extract<Check, { kind: 'refused' }> }
  | { readonly at: 'failed'; readonly failure: Failure; readonly raw: string };

export const AuditPage = () => {
  const t = useT();
  return (
    <Page title={t('web-audit:title')}>
      <FindTrail />
      <SiteDay />
      <MoreTrails />
    </Page>
  );
};

const FindTrail = () => {
  const t = useT();
  const navigate = useNavigate();
  const [finding, setFinding] = useState<Finding>({ at: 'idle' });
  const latest = useRef(0);

  const find = async (raw: string) => {
    latest.current += 1;
    const mine = latest.current;
    const settle = (next: Finding) => mine === latest.current && setFinding(next);
    const open = (id: string) => navigate({ to: '/audit/$id', params: { id } });
    const wanted = wantPrescription(raw, tashkentDay(Date.now()));
    if (wanted.kind === 'no') return settle({ at: 'unwanted', word: wanted.word });
    if (wanted.kind === 'pinfl' || wanted.kind === 'maybe-pinfl')
      return settle({ at: 'unwanted', word: 'web-audit:noPinfl' });
    settle({ at: 'looking' });
    try {
      let number = wanted.kind === 'number' ? wanted.number : undefined;
      if (wanted.kind === 'code') {
        const check = await checkCode(wanted.code, Date.now());
        const credential = check.kind === 'unknown' ? undefined : check.verification.credential;
        // A false code names nothing that could be trusted, so nothing is opened by it.
        if (check.kind === 'refused' && !credential) return settle({ at: 'refused', check });
        number = credential?.number;
      }
      const reading = parseNumber(number ?? '');
      if (reading.kind === 'refused') return settle({ at: 'unwanted', word: `scan:${reading.code}` });
      const { id } = await call(routes.findPrescription, { params: { number: reading.number } });
      if (mine === latest.current) await open(id);
    } catch (error) {
      settle({ at: 'failed', failure: failureOf(error), raw });
    }
  };

  return (
    <Stack gap="md">
      <ScanField
        label={t('web-audit:field')}
        hint={t('web-audit:fieldHint')}
        submit={t('web-scan:find')}
        pending={finding.at === 'looking'}
        error={finding.at === 'unwanted' ? t(finding.word) : undefined}
        onScan={(raw) => void find(raw)}
      />
      <div aria-live="polite">
        {finding.at === 'looking' && <Waiting label={t('web-audit:looking')} />}
        {finding.at === 'refused' && <RefusedCode check={finding.check} />}
        {finding.at === 'failed' && <FailureAlert failure={finding.failure} onRetry={() => void find(finding.raw)} />}
      </div>
    </Stack>
  );
};

interface Asked {
  readonly site: string;
  readonly day: string;
}

const SiteDay = () => {
  const t = useT();
  const sites = useSites();
  const today = tashkentDay(Date.now());
  // a report leads here with both
  const led = useSearch({ from: '/signed-in/audit' });
  const [site, setSite] = useState(led.site);
  const [day, setDay] = useState(led.day ?? today);
  const [asked, setAsked] = useState<Asked | undefined>(
    led.site !== undefined && led.day !== undefined ? { site: led.site, day: led.day } : undefined,
  );
  const [missing, setMissing] = useState(false);
  const chosen = sites.data?.find((one) => one.id === site);
  const show = (event: FormEvent) => {
    event.preventDefault();
    setMissing(site === undefined);
    if (site !== undefined && day !== '') setAsked({ site, day });
  };
  const find = (text: string) =>
    findSites(sites.data, text).map((one) => ({
      value: one.id,
      label: one.name,
      detail: (
        <Text size="sm">
          {one.id} · {t(`common:kind.${one.kind}`)}
        </Text>
      ),
    }));
  return (
    <Stack gap="md">
      <Paper withBorder p="md" component="form" onSubmit={show} className="no-print">
        <Title order={2} mb="sm">
          {t('web-audit:siteTitle')}
        </Title>
        <div className="audit-fields">
          <div>
            <SearchField
              label={t('web-audit:site')}
              placeholder={t('web-audit:siteHint')}
              busy={sites.isPending}
              error={missing ? t('web-audit:chooseSite') : undefined}
              find={find}
              onChoose={(id) => {
                setSite(id);
                setMissing(false);
              }}
            />
            {chosen && (
              <Text mt={4} fw={600} role="status">
                {t('web-audit:chosenSite', { name: chosen.name, id: chosen.id })}
              </Text>
            )}
          </div>
          <DayField label={t('web-audit:day')} value={day} max={today} required onChange={setDay} />
          <Button type="submit" leftSection={<IconCalendarSearch size={20} aria-hidden />} className="audit-show">
            {t('web-audit:show')}
          </Button>
        </div>
        <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      </Paper>
      {asked && <DayTrail key={`${asked.site}${asked.day}`} asked={asked} />}
    </Stack>
  );
};

const DayTrail = ({ asked }: { readonly asked: Asked }) => {
  const t = useT();
  const format = useFormat();
  const trail = useAll(routes.readSiteTrail, { params: { site: asked.site }, query: { day: asked.day } });
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{t('web-audit:dayOf', { site: asked.site, day: format.day(asked.day) })}</Title>
        <Button
          variant="default"
          className="no-print"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
      </Group>
      {trail.isPending && <Waiting />}
      <FailureAlert failure={trail.error} onRetry={() => void trail.refetch()} />
      {trail.data && trail.data.length === 0 && (
        <Empty title={t('common:nothingFound')}>{t('web-audit:emptyDay')}</Empty>
      )}
      {trail.data && trail.data.length > 0 && (
        <>
          <Text role="status" size="sm" className="quiet">
            {t('web-audit:eventsCount', { count: trail.data.length })} · {t('web-audit:local')}
          </Text>
          <TimeLine events={trail.data} linked />
        </>
      )}
    </section>
  );
};
