/** `/requisitions/needs`: what all sites ask for, product by product, each pack with the site it is for. */
import { openRequisitionStates } from '@darmon/domain/requisition';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import type { AnswerOf } from '@darmon/http/route';
import { NativeSelect, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useAnswer } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Empty, FailureAlert, Page, Waiting } from '../shared/parts.tsx';
import { EmergencyMark, useMoney, usePackName, usePlaceName, useSiteName, Warned } from './parts.tsx';

type Needs = AnswerOf<typeof requisitionRoutes.readNeeds>;

export const NeedsPage = () => {
  const t = useT();
  const money = useMoney();
  const placeOf = usePlaceName();
  const sites = useSites();
  const [state, setState] = useState<(typeof openRequisitionStates)[number]>('approved');
  const [region, setRegion] = useState('');
  const needs = useAnswer(requisitionRoutes.readNeeds, { query: { state, ...(region !== '' && { region }) } });
  const regions = [...new Set((sites.data ?? []).map((site) => site.region))].sort();
  return (
    <Page title={t('web-requisitions:needs')}>
      <Text>{t('web-requisitions:needsText')}</Text>
      <div className="requisition-fields">
        <NativeSelect
          label={t('web-requisitions:inState')}
          value={state}
          data={openRequisitionStates.map((one) => ({ value: one, label: t(`web-requisitions:state.${one}`) }))}
          onChange={(event) => setState(event.currentTarget.value as typeof state)}
        />
        <NativeSelect
          label={t('web-requisitions:region')}
          value={region}
          data={[
            { value: '', label: t('web-requisitions:everywhere') },
            ...regions.map((one) => ({ value: one, label: placeOf(one) })),
          ]}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
      </div>
      {needs.isPending && <Waiting />}
      <FailureAlert failure={needs.error} onRetry={() => void needs.refetch()} />
      {needs.data && (
        <Stack gap="sm">
          <Text fw={650} role="status">
            {t('web-requisitions:needsSum', {
              requisitions: needs.data.requisitions,
              sites: needs.data.sites,
              value: money(needs.data.value),
            })}
          </Text>
          {needs.data.more && <Warned>{t('web-requisitions:needsMore')}</Warned>}
          {needs.data.items.length === 0 && <Empty title={t('web-requisitions:noNeeds')} />}
          <ul className="plain-list requisition-lines">
            {needs.data.items.map((item) => (
              <Need key={item.gtin} item={item} />
            ))}
          </ul>
        </Stack>
      )}
    </Page>
  );
};

const Need = ({ item }: { readonly item: Needs['items'][number] }) => {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const nameOf = useSiteName();
  const packName = usePackName();
  const formulary = useFormulary();
  const sites = new Set(item.requisitions.map(({ site }) => site)).size;
  return (
    <li className="requisition-need">
      <details>
        <summary>
          <span className="requisition-need-name">
            <strong>{formulary.name(item.medicine)}</strong>{' '}
            <span className="quiet">{packName(item.medicine, item.gtin, item.packUnits)}</span>{' '}
            {item.urgent && <EmergencyMark />}
          </span>
          <span className="requisition-need-sum">
            <strong>{t('web-requisitions:packsCount', { count: item.packs })}</strong> ·{' '}
            {t('web-requisitions:forSites', { count: sites })} · {money(item.value)}
          </span>
        </summary>
        <ul className="plain-list requisition-need-parts">
          {item.requisitions.map((part) => (
            <li key={`${part.id} ${part.line}`}>
              <Link to="/requisitions/$id" params={{ id: part.id }}>
                {nameOf(part.site)}
              </Link>
              : {format.number(part.packs)}
              {part.packPrice !== undefined && <span className="quiet"> × {money(part.packPrice)}</span>}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
};
