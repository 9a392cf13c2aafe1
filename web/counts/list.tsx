/** The counts of a site, and beginning one. */
import { abcClasses } from '@darmon/domain/abc';
import type { CountScope } from '@darmon/domain/count';
import { countRoutes } from '@darmon/function-inventory/count-routes';
import { Button, Checkbox, Group, Paper, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconClipboardList, IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { ChooseSite, useWhichSite } from '../shared/choose-site.tsx';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { useNames } from '../shared/names.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import type { Count } from './count-view.ts';
import { CountProgress, StateMark, useScopeText } from './parts.tsx';

export const CountsPage = () => {
  const t = useT();
  const { data: me } = useMe();
  const { site, isElsewhere, choose } = useWhichSite();
  const keeps = me !== undefined && !isElsewhere;
  const counts = useAll(countRoutes.listCounts, { params: { site: site ?? '' } }, { enabled: site !== undefined });
  const running = counts.data?.some(({ state }) => state === 'open' || state === 'freezing' || state === 'posting');
  return (
    <Page title={t('web-counts:title')}>
      {isElsewhere && <ChooseSite site={site} onChoose={choose} />}
      {counts.isPending && <Waiting />}
      <FailureAlert failure={counts.error} onRetry={() => void counts.refetch()} />
      {counts.data && counts.data.length === 0 && (
        <Empty title={t('web-counts:none')}>{keeps && <Text>{t('web-counts:noneText')}</Text>}</Empty>
      )}
      {counts.data && counts.data.length > 0 && site && <CountList counts={counts.data} site={site} />}
      {counts.data && keeps && site && !running && <Begin site={site} />}
    </Page>
  );
};

const CountList = ({ counts, site }: { readonly counts: readonly Count[]; readonly site: string }) => {
  const t = useT();
  const format = useFormat();
  const scopeText = useScopeText();
  const nameOf = useNames(counts.map(({ person }) => person));
  return (
    <ul className="plain-list">
      {counts.map((count) => (
        <li key={count.id}>
          <Paper withBorder p="md">
            <div className="row-between">
              <Stack gap={4}>
                <Group gap="sm">
                  <Text fw={600}>{t('web-counts:number', { number: count.number })}</Text>
                  <StateMark state={count.state} />
                </Group>
                <Text>{scopeText(count)}</Text>
                <Text size="sm" className="quiet">
                  {t('web-counts:begun', { at: format.instant(count.at), person: nameOf(count.person) })}
                  {count.blind && ` · ${t('web-counts:blind')}`}
                </Text>
                {(count.state === 'open' || count.state === 'posted') && <CountProgress count={count} />}
              </Stack>
              <Button
                renderRoot={(props) => <Link to="/counts/$id" params={{ id: count.id }} search={{ site }} {...props} />}
                variant={count.state === 'open' ? 'filled' : 'default'}
                leftSection={<IconClipboardList size={20} aria-hidden />}
                aria-label={`${t('web-counts:open')}: ${t('web-counts:number', { number: count.number })}`}
              >
                {t('web-counts:open')}
              </Button>
            </div>
          </Paper>
        </li>
      ))}
    </ul>
  );
};

const kinds = ['full', 'zone', 'class', 'medicines'] as const;
type Kind = (typeof kinds)[number];

/** Zones as they are typed: apart by commas, each once. */
const zonesOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((zone) => zone.trim())
      .filter((zone) => zone !== ''),
  ),
];

const Begin = ({ site }: { readonly site: string }) => {
  const t = useT();
  const formulary = useFormulary();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = useCall(countRoutes.startCount);
  const [kind, setKind] = useState<Kind>('full');
  const [zones, setZones] = useState('');
  const [classes, setClasses] = useState<readonly (typeof abcClasses)[number][]>(['A']);
  const [medicines, setMedicines] = useState<readonly string[]>([]);
  const [blind, setBlind] = useState(true);
  const disabled = start.pending || start.uncertain;
  const scope: CountScope | undefined =
    kind === 'full'
      ? { kind }
      : kind === 'zone'
        ? { kind, zones: zonesOf(zones) }
        : kind === 'class'
          ? { kind, classes: [...classes] }
          : { kind, medicines: [...medicines] };
  const isMissing =
    (kind === 'zone' && zonesOf(zones).length === 0) ||
    (kind === 'class' && classes.length === 0) ||
    (kind === 'medicines' && medicines.length === 0);
  const finish = async (sent: Promise<Count | undefined>) => {
    const count = await sent;
    if (!count) return;
    void queries.invalidateQueries({ queryKey: keyOf(countRoutes.listCounts) });
    await navigate({ to: '/counts/$id', params: { id: count.id }, search: { site } });
  };
  const find = (text: string) =>
    formulary.search(text, 8).map((medicine) => ({ value: medicine.code, label: formulary.name(medicine.code) }));
  return (
    <Section title={t('web-counts:begin')} id="begin-count">
      <Text>{t('web-counts:beginText')}</Text>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isMissing) void finish(start.run({ params: { site }, body: { scope, blind } }));
        }}
      >
        <Radio.Group label={t('web-counts:scope')} value={kind} onChange={(value) => setKind(value as Kind)}>
          <div className="choices">
            {kinds.map((one) => (
              <Radio key={one} value={one} label={t(`web-counts:scope.${one}`)} disabled={disabled} />
            ))}
          </div>
        </Radio.Group>
        {kind === 'zone' && (
          <TextInput
            label={t('web-counts:zones')}
            description={t('web-counts:zonesHint')}
            value={zones}
            maxLength={200}
            disabled={disabled}
            maw={420}
            error={start.fieldError('/scope/zones/0')}
            onChange={(event) => setZones(event.currentTarget.value)}
          />
        )}
        {kind === 'class' && (
          <Checkbox.Group
            label={t('web-counts:classes')}
            description={t('web-counts:classHint')}
            value={[...classes]}
            onChange={(values) => setClasses(abcClasses.filter((one) => values.includes(one)))}
          >
            <div className="choices">
              {abcClasses.map((one) => (
                <Checkbox key={one} value={one} label={t(`web-counts:class.${one}`)} disabled={disabled} />
              ))}
            </div>
          </Checkbox.Group>
        )}
        {kind === 'medicines' && (
          <Stack gap="xs">
            {medicines.length > 0 && (
              <ul className="plain-list" aria-label={t('web-counts:medicines')}>
                {medicines.map((code) => (
                  <li key={code}>
                    <Group justify="space-between" wrap="nowrap">
                      <Text>{formulary.name(code)}</Text>
                      <Button
                        variant="subtle"
                        disabled={disabled}
                        aria-label={t('web-counts:removeMedicine', { name: formulary.name(code) })}
                        onClick={() => setMedicines(medicines.filter((one) => one !== code))}
                      >
                        <IconX size={20} aria-hidden />
                      </Button>
                    </Group>
                  </li>
                ))}
              </ul>
            )}
            <SearchField
              label={t('web-counts:addMedicine')}
              busy={formulary.isPending}
              disabled={disabled}
              find={find}
              resembles={formulary.resembles}
              onChoose={(code) => setMedicines([...new Set([...medicines, code])])}
            />
          </Stack>
        )}
        <Checkbox
          label={t('web-counts:blind')}
          description={t('web-counts:blindHint')}
          checked={blind}
          disabled={disabled}
          onChange={(event) => setBlind(event.currentTarget.checked)}
        />
        <FailureAlert failure={start.failure} uncertain={start.uncertain} onRetry={() => void finish(start.retry())} />
        <Button
          type="submit"
          size="lg"
          loading={start.pending}
          disabled={isMissing || start.uncertain}
          leftSection={<IconPlus size={22} aria-hidden />}
        >
          {t('web-counts:begin')}
        </Button>
      </form>
    </Section>
  );
};
