/** `/suppliers/$id/prices`: a supplier's whole list of prices from a file. */
import { maxPrices, supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { amountText } from '@darmon/i18n/money';
import { Button, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Page } from '../shared/parts.tsx';
import { PriceImport, type PriceRow } from '../shared/price-import.tsx';

export const PriceListPage = () => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const queries = useQueryClient();
  const formulary = useFormulary();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useAnswer(supplierRoutes.readSupplier, { params: { id } });
  const save = useCall(supplierRoutes.savePrices);
  const textOf = ({ gtin, packPrice, currency, minPacks = 1, multiple = 1, leadDays, ...days }: PriceRow<'prices'>) => {
    const medicine = formulary.byGtin(gtin);
    const name = medicine ? formulary.name(medicine.code) : gtin;
    const terms = t('web-orders:terms', { min: minPacks, multiple, days: leadDays });
    const since = t('web-orders:since', { day: format.day(days.validFrom) });
    const until =
      days.validUntil === undefined ? '' : ` ${t('web-orders:until', { day: format.day(days.validUntil) })}`;
    return `${name} · ${amountText(packPrice, currency, language)} · ${terms} · ${since}${until}`;
  };
  return (
    <Page
      title={t('web-orders:priceListOf', { name: found.data?.supplier.name ?? id })}
      action={
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/suppliers/$id" params={{ id }} />}
          leftSection={<IconArrowLeft size={20} aria-hidden />}
        >
          {t('web-orders:toSupplier')}
        </Button>
      }
    >
      <FailureAlert failure={found.error} onRetry={() => void found.refetch()} />
      <Text>{t('web-orders:priceListText')}</Text>
      <PriceImport
        kind="prices"
        most={maxPrices}
        textOf={textOf}
        sending={save}
        send={async (rows) => {
          const prices = rows.map(({ row: _, ...price }) => price);
          if (!(await save.run({ params: { id }, body: { prices } }))) return false;
          for (const route of [supplierRoutes.readSupplier, supplierRoutes.compareQuotes])
            void queries.invalidateQueries({ queryKey: keyOf(route) });
          return true;
        }}
      />
    </Page>
  );
};
