/** A price of one pack, with what goes with it. */
import { listCurrencies } from '@darmon/domain/sheet-prices';
import { homeCurrency, WantedPrice } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { minorDigits } from '@darmon/i18n/money';
import { Button, Group, NativeSelect, NumberInput, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usePackSearch } from '../orders/new-order.tsx';
import { keyOf, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert, numberOf } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';

export const PriceDialog = ({
  supplier,
  onClose,
  onSaved,
}: {
  readonly supplier: string;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const formulary = useFormulary();
  const find = usePackSearch(formulary);
  const save = useCall(supplierRoutes.savePrices);
  const [gtin, setGtin] = useState('');
  const [currency, setCurrency] = useState<string>(homeCurrency);
  const [price, setPrice] = useState<number>();
  const [rate, setRate] = useState<number>();
  const [minPacks, setMinPacks] = useState<number | undefined>(1);
  const [multiple, setMultiple] = useState<number | undefined>(1);
  const [leadDays, setLeadDays] = useState<number | undefined>(7);
  const [validFrom, setFrom] = useState(tashkentDay(Date.now()));
  const [validUntil, setUntil] = useState('');
  const medicine = formulary.byGtin(gtin);
  const pack = medicine?.packs.find((p) => p.gtin === gtin);
  const entry = WantedPrice.safeParse({
    gtin,
    packPrice: price === undefined ? undefined : Math.round(price * 10 ** minorDigits(currency)),
    currency,
    ...(currency !== homeCurrency && { rate: rate === undefined ? undefined : Math.round(rate * 100) }),
    minPacks,
    multiple,
    leadDays,
    validFrom,
    ...(validUntil !== '' && { validUntil }),
  });
  const submit = async () => {
    if (!entry.success) return;
    if (!(await save.run({ params: { id: supplier }, body: { prices: [entry.data] } }))) return;
    for (const route of [supplierRoutes.readSupplier, supplierRoutes.compareQuotes])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    onSaved();
  };
  const whole = (
    label: string,
    value: number | undefined,
    set: (value: number | undefined) => void,
    min: number,
    max: number,
  ) => (
    <NumberInput
      label={label}
      value={value ?? ''}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={(next) => set(numberOf(next))}
    />
  );
  return (
    <Dialog
      opened
      size="lg"
      onClose={() => !save.pending && !save.uncertain && onClose()}
      title={t('web-orders:addPrice')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <SearchField
            label={t('web-orders:findPack')}
            busy={formulary.isPending}
            find={find}
            resembles={formulary.resembles}
            onChoose={setGtin}
          />
          {medicine && (
            <Text fw={650}>
              {formulary.name(medicine.code)}, {pack?.brand}
            </Text>
          )}
          <div className="order-fields">
            <NumberInput
              label={t('web-orders:price')}
              value={price ?? ''}
              min={0}
              decimalScale={minorDigits(currency)}
              thousandSeparator=" "
              required
              error={save.fieldError('/prices/0/packPrice')}
              onChange={(value) => setPrice(numberOf(value))}
            />
            <NativeSelect
              label={t('web-orders:currency')}
              value={currency}
              data={[...listCurrencies]}
              onChange={(event) => setCurrency(event.currentTarget.value)}
            />
            {currency !== homeCurrency && (
              <NumberInput
                label={t('web-orders:rateField')}
                value={rate ?? ''}
                min={0}
                decimalScale={2}
                thousandSeparator=" "
                required
                onChange={(value) => setRate(numberOf(value))}
              />
            )}
            {whole(t('web-orders:minPacks'), minPacks, setMinPacks, 1, 1_000_000)}
            {whole(t('web-orders:multiple'), multiple, setMultiple, 1, 1_000_000)}
            {whole(t('web-orders:leadDays'), leadDays, setLeadDays, 0, 730)}
            <DayField label={t('web-orders:validFrom')} value={validFrom} required onChange={setFrom} />
            <DayField label={t('web-orders:validUntil')} value={validUntil} min={validFrom} onChange={setUntil} />
          </div>
          <FailureAlert failure={save.failure} uncertain={save.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={save.pending || save.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={save.pending} disabled={!entry.success || save.uncertain}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
