/** Adding a supplier, or changing the version that was read. */
import { OrderAddress, type Supplier, SupplierId } from '@darmon/domain/supplier';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keyOf, useCall } from '../shared/client.ts';
import { useT } from '../shared/language.ts';
import { Dialog, FailureAlert } from '../shared/parts.tsx';

export const SupplierDialog = ({
  supplier,
  onClose,
  onSaved,
}: {
  /** Absent: a new one. */
  readonly supplier?: Supplier;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) => {
  const t = useT();
  const queries = useQueryClient();
  const save = useCall(supplierRoutes.saveSupplier);
  const [form, setForm] = useState({
    id: supplier?.id ?? '',
    name: supplier?.name ?? '',
    taxId: supplier?.taxId ?? '',
    country: supplier?.country ?? 'UZ',
    address: supplier?.address ?? '',
    webhook: supplier?.webhook ?? '',
    active: supplier?.active ?? true,
  });
  const change = (next: Partial<typeof form>) => setForm((before) => ({ ...before, ...next }));
  const id = form.id.trim().toUpperCase();
  const said = (name: 'taxId' | 'address' | 'webhook') => form[name].trim();
  const ready =
    SupplierId.safeParse(id).success &&
    form.name.trim() !== '' &&
    /^[A-Z]{2}$/.test(form.country) &&
    (said('webhook') === '' || OrderAddress.safeParse(said('webhook')).success);
  const submit = async () => {
    const saved = await save.run({
      params: { id },
      body: {
        name: form.name.trim(),
        country: form.country,
        active: form.active,
        ...(said('taxId') !== '' && { taxId: said('taxId') }),
        ...(said('address') !== '' && { address: said('address') }),
        ...(said('webhook') !== '' && { webhook: said('webhook') }),
        ...(supplier?.gln !== undefined && { gln: supplier.gln }),
        ...(supplier && { version: supplier.version }),
      },
    });
    if (!saved) return;
    for (const route of [supplierRoutes.listSuppliers, supplierRoutes.readSupplier])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    onSaved();
  };
  return (
    <Dialog
      opened
      onClose={() => !save.pending && !save.uncertain && onClose()}
      title={t(supplier ? 'web-orders:editSupplier' : 'web-orders:newSupplier')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {!supplier && (
            <TextInput
              label={t('web-orders:supplierId')}
              description={t('web-orders:supplierIdHint')}
              value={form.id}
              maxLength={16}
              required
              data-autofocus
              error={save.fieldError('/id')}
              onChange={(event) => change({ id: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={t('web-orders:name')}
            value={form.name}
            maxLength={120}
            required
            error={save.fieldError('/name')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('purchase-order:taxId')}
            value={form.taxId}
            maxLength={20}
            error={save.fieldError('/taxId')}
            onChange={(event) => change({ taxId: event.currentTarget.value })}
          />
          <TextInput
            label={t('web-orders:country')}
            description={t('web-orders:countryHint')}
            value={form.country}
            maxLength={2}
            required
            error={save.fieldError('/country')}
            onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })}
          />
          <TextInput
            label={t('web-orders:address')}
            value={form.address}
            maxLength={200}
            onChange={(event) => change({ address: event.currentTarget.value })}
          />
          <TextInput
            label={t('web-orders:webhook')}
            description={t('web-orders:webhookHint')}
            value={form.webhook}
            maxLength={300}
            inputMode="url"
            error={save.fieldError('/webhook')}
            onChange={(event) => change({ webhook: event.currentTarget.value })}
          />
          <Checkbox
            label={t('web-orders:isActive')}
            checked={form.active}
            onChange={(event) => change({ active: event.currentTarget.checked })}
          />
          <FailureAlert failure={save.failure} uncertain={save.uncertain} onRetry={() => void submit()} />
          <Group justify="flex-end">
            <Button variant="default" disabled={save.pending || save.uncertain} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={save.pending} disabled={!ready || save.uncertain}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
