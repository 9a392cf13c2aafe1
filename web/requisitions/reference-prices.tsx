/** `/requisitions/prices`: the registered prices of packs, with those to come; an administrator brings in a list. */
import type { ReferencePrice } from '@darmon/domain/price-control';
import { tashkentDay } from '@darmon/domain/time';
import { budgetRoutes, maxReferencePrices } from '@darmon/function-procurement/budget-routes';
import { Button, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { keyOf, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { PriceImport, type PriceRow } from '../shared/price-import.tsx';
import { useMoney } from './parts.tsx';

export const ReferencePricesPage = () => {
  const t = useT();
  const me = useMe();
  return (
    <Page title={t('web-requisitions:prices')}>
      <Text>{t('web-requisitions:pricesText')}</Text>
      {me.data?.roles.includes('admin') && <BringIn />}
      <Registered />
    </Page>
  );
};

const isSource = (text: string): boolean => text.trim().length >= 3;

const BringIn = () => {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  const queries = useQueryClient();
  const formulary = useFormulary();
  const save = useCall(budgetRoutes.saveReferencePrices);
  const [source, setSource] = useState('');
  const textOf = ({ gtin, packPrice, from, source: own }: PriceRow<'references'>) => {
    const medicine = formulary.byGtin(gtin);
    const name = medicine ? formulary.name(medicine.code) : gtin;
    const since = t('web-requisitions:priceSince', { day: format.day(from) });
    return [name, money(packPrice), since, ...(own === undefined ? [] : [own])].join(' · ');
  };
  return (
    <PriceImport
      kind="references"
      most={maxReferencePrices}
      textOf={textOf}
      sending={save}
      ready={isSource(source)}
      send={async (rows) => {
        const prices = rows.map(({ row: _, source: own, ...price }) => ({ ...price, source: own ?? source.trim() }));
        if (!(await save.run({ body: { prices } }))) return false;
        void queries.invalidateQueries({ queryKey: keyOf(budgetRoutes.listReferencePrices) });
        return true;
      }}
    >
      <TextInput
        label={t('web-requisitions:priceSource')}
        description={t('web-requisitions:priceSourceHint')}
        maw={640}
        required
        maxLength={120}
        value={source}
        disabled={save.uncertain}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
    </PriceImport>
  );
};

const pageRows = 30;

/** By pack; the one that holds today first, then those to come and those that were. */
const Registered = () => {
  const t = useT();
  const formulary = useFormulary();
  const prices = useAll(budgetRoutes.listReferencePrices, {});
  const [text, setText] = useState('');
  const [shown, setShown] = useState(pageRows);
  const today = tashkentDay(Date.now());
  const byPack = Map.groupBy(prices.data ?? [], ({ gtin }) => gtin);
  const wanted = text.trim().toLowerCase();
  const packs = [...byPack]
    .map(([gtin, own]) => {
      const medicine = formulary.byGtin(gtin);
      const brand = medicine?.packs.find((pack) => pack.gtin === gtin)?.brand ?? '';
      return { gtin, own, name: medicine ? formulary.name(medicine.code) : gtin, brand };
    })
    .filter(({ gtin, name, brand }) => `${name} ${brand} ${gtin}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Section id="registered-prices" title={t('web-requisitions:pricesRegistered')}>
      {prices.isPending && <Waiting />}
      <FailureAlert failure={prices.error} onRetry={() => void prices.refetch()} />
      {prices.data?.length === 0 && (
        <Empty title={t('web-requisitions:noPrices')}>
          <Text>{t('web-requisitions:noPricesText')}</Text>
        </Empty>
      )}
      {byPack.size > pageRows && (
        <TextInput
          label={t('web-requisitions:priceFind')}
          maw={420}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setShown(pageRows);
          }}
        />
      )}
      <ul className="plain-list">
        {packs.slice(0, shown).map(({ gtin, own, name, brand }) => (
          <li key={gtin} className="price-row">
            <div>
              <Text fw={650}>{name}</Text>
              <Text size="sm">
                {brand} · <span className="number">{gtin}</span>
              </Text>
            </div>
            <ul className="plain-list">
              {own.map((price) => (
                <Registration key={price.from} price={price} now={holds(own, today) === price} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {packs.length > shown && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + 10 * pageRows)}>
            {t('common:next')} ({packs.length - shown})
          </Button>
        </div>
      )}
    </Section>
  );
};

/** They come the newest first. */
const holds = (own: readonly ReferencePrice[], today: string) => own.find(({ from }) => from <= today);

const Registration = ({ price, now }: { readonly price: ReferencePrice; readonly now: boolean }) => {
  const t = useT();
  const format = useFormat();
  const money = useMoney();
  return (
    <li>
      <Text fw={now ? 650 : 400} className={now ? undefined : 'quiet'}>
        {money(price.packPrice)}
      </Text>
      <Text size="sm" className="quiet">
        {t('web-requisitions:priceSince', { day: format.day(price.from) })} · {price.source}
      </Text>
    </li>
  );
};
