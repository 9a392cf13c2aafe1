/** Which pharmacies of a region hold what is still to be collected; never how much, and never a controlled medicine. */
import { routes } from '@darmon/function-patient/routes';
import { regions } from '@darmon/i18n/words/regions';
import { NativeSelect, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Failure, failureOf, keyOf } from '../shared/client.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { FailureAlert, Section, Waiting } from '../shared/parts.tsx';
import { medicineName, type PageMedicine, type PatientPage } from './medicine-card.tsx';

type Region = keyof typeof regions;
const regionCodes = Object.keys(regions) as Region[];

const isOpen = ({ status }: PageMedicine): boolean =>
  status === 'to-dispense' || status === 'partially-dispensed' || status === 'owed';

const useHolders = (region: string, medicines: readonly string[]) =>
  useQuery<Awaited<ReturnType<typeof call<typeof routes.findHolders>>>, Failure>({
    queryKey: [...keyOf(routes.findHolders), region, medicines],
    queryFn: async ({ signal }) => {
      try {
        return await call(routes.findHolders, { body: { region, medicines: [...medicines] } }, { signal });
      } catch (error) {
        throw failureOf(error);
      }
    },
    enabled: medicines.length > 0,
    retry: false,
    // what a patient takes stays in memory no longer than the page
    gcTime: 0,
  });

export const Pharmacies = ({ page }: { readonly page: PatientPage }) => {
  const t = useT();
  const language = useLanguage();
  const [region, setRegion] = useState<string>(page.region);
  const open = page.medicines.filter(isOpen);
  const wanted = open.filter((one) => !one.controlled);
  const holders = useHolders(
    region,
    wanted.map((one) => one.medicine),
  );
  if (open.length === 0) return null;
  return (
    <Section title={t('web-patient:pharmacies')} id="pharmacies">
      {wanted.length > 0 && (
        <NativeSelect
          className="no-print"
          size="lg"
          label={t('web-patient:region')}
          value={region}
          data={regionCodes.map((code) => ({ value: code, label: t(`regions:${code}`) }))}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
      )}
      {wanted.length > 0 && holders.isPending && <Waiting />}
      <FailureAlert failure={holders.error} onRetry={() => void holders.refetch()} />
      {open.map((medicine) => {
        const found = holders.data?.items.find((one) => one.medicine === medicine.medicine)?.pharmacies;
        return (
          <div key={medicine.line}>
            <Title order={3} fz="1.1rem">
              {medicineName(medicine, language)}
            </Title>
            {medicine.controlled && <Text>{t('web-patient:controlled')}</Text>}
            {found && found.length === 0 && <Text>{t('web-patient:noPharmacies')}</Text>}
            <ul className="plain-list">
              {found?.map(({ name, address }) => (
                <li key={name + address}>
                  <Text fw={600}>{name}</Text>
                  {address !== undefined && <Text>{address}</Text>}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {holders.data && <Text>{t('web-patient:pharmaciesNote')}</Text>}
    </Section>
  );
};
