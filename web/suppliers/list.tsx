/** `/suppliers`: who sells, found by code or name. */
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import { Button, Group, Paper, Text, TextInput } from '@mantine/core';
import { IconBuildingStore, IconLock, IconPlus, IconScale } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, Mark, Page, Waiting } from '../shared/parts.tsx';
import { SupplierDialog } from './supplier-dialog.tsx';

export const SuppliersPage = () => {
  const t = useT();
  const me = useMe();
  const suppliers = useAll(supplierRoutes.listSuppliers, {}, { staleTime: 0 });
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState('');
  const keeps = me.data?.roles.some((r) => r === 'planner' || r === 'admin') ?? false;
  const typed = text.trim().toLowerCase();
  const shown = (suppliers.data ?? []).filter((s) => `${s.id} ${s.name}`.toLowerCase().includes(typed));
  return (
    <Page
      title={t('web-orders:suppliers')}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            component={Link}
            to="/suppliers/quotes"
            leftSection={<IconScale size={20} aria-hidden />}
          >
            {t('web-orders:quotes')}
          </Button>
          {keeps && (
            <Button leftSection={<IconPlus size={20} aria-hidden />} onClick={() => setAdding(true)}>
              {t('web-orders:newSupplier')}
            </Button>
          )}
        </Group>
      }
    >
      <TextInput
        label={t('web-orders:whichSupplier')}
        maw={420}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {suppliers.isPending && <Waiting />}
      <FailureAlert failure={suppliers.error} onRetry={() => void suppliers.refetch()} />
      {suppliers.data && shown.length === 0 && <Empty title={t('web-orders:noSuppliers')} />}
      <ul className="plain-list">
        {shown.map((supplier) => (
          <li key={supplier.id}>
            <Paper withBorder p="sm" className="order-row">
              <div className="row-between">
                <div>
                  <Link to="/suppliers/$id" params={{ id: supplier.id }} className="order-link">
                    {supplier.name}
                  </Link>
                  <Text size="sm" className="quiet">
                    <span className="number">{supplier.id}</span> · {supplier.country}
                    {supplier.address !== undefined && ` · ${supplier.address}`}
                  </Text>
                </div>
                <ActiveMark active={supplier.active} />
              </div>
            </Paper>
          </li>
        ))}
      </ul>
      {adding && <SupplierDialog onClose={() => setAdding(false)} onSaved={() => setAdding(false)} />}
    </Page>
  );
};

export const ActiveMark = ({ active }: { readonly active: boolean }) => {
  const t = useT();
  return active ? (
    <Mark color="green" Icon={IconBuildingStore}>
      {t('web-orders:openSupplier')}
    </Mark>
  ) : (
    <Mark color="gray" Icon={IconLock}>
      {t('web-orders:closedSupplier')}
    </Mark>
  );
};
