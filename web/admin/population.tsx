/** How many people live where: the year that counts now, those before it, and entering another. */
import { type Population, yearOf } from '@darmon/domain/population';
import { routes } from '@darmon/function-identity/routes';
import { regions } from '@darmon/i18n/words/regions';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useState } from 'react';
import { call, useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import { FailureAlert, Said, Section, Waiting } from '../shared/parts.tsx';
import {
  type PopulationForm,
  populationBody,
  populationFaults,
  populationForm,
  type RegionCode,
} from './population-form.ts';
import { FormFoot, useRecordForm } from './records.tsx';

const regionCodes = Object.keys(regions) as RegionCode[];

export const PopulationSection = () => {
  const t = useT();
  const population = useAnswer(routes.readPopulation, {});
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState('');
  return (
    <Section title={t('web-policy:population')} id="policy-population">
      <Text className="quiet">{t('web-policy:populationNote')}</Text>
      <Said note={said ? { good: true, text: said } : undefined} />
      {population.isPending && <Waiting />}
      <FailureAlert failure={population.error} onRetry={() => void population.refetch()} />
      {population.data && !changing && (
        <>
          <Years population={population.data} />
          <Button
            variant="default"
            leftSection={<IconEdit size={20} aria-hidden />}
            onClick={() => {
              setSaid('');
              setChanging(true);
            }}
          >
            {t('web-policy:populationEnter')}
          </Button>
        </>
      )}
      {population.data && changing && (
        <YearForm
          population={population.data}
          onClose={() => setChanging(false)}
          onSaved={(year) => {
            setChanging(false);
            setSaid(t('web-policy:populationSaved', { year }));
          }}
        />
      )}
    </Section>
  );
};

const Years = ({ population }: { readonly population: Population }) => {
  const t = useT();
  const format = useFormat();
  const now = yearOf(population, new Date().toISOString().slice(0, 7));
  return (
    <>
      {population.years.map((one) => {
        const known = regionCodes.filter((code) => one.inhabitants[code] !== undefined);
        const all = known.reduce((sum, code) => sum + (one.inhabitants[code] ?? 0), 0);
        return (
          <details key={one.year} className="policy-details" open={one.year === now.year}>
            <summary>
              {t('web-policy:populationYear', { year: one.year, all: format.number(all), source: one.source })}
            </summary>
            <dl className="policy-facts">
              {known.map((code) => (
                <div key={code}>
                  <dt>{t(`regions:${code}`)}</dt>
                  <dd>{format.number(one.inhabitants[code] ?? 0)}</dd>
                </div>
              ))}
            </dl>
          </details>
        );
      })}
    </>
  );
};

const YearForm = ({
  population,
  onClose,
  onSaved,
}: {
  readonly population: Population;
  readonly onClose: () => void;
  readonly onSaved: (year: number) => void;
}) => {
  const t = useT();
  const saving = useCall(routes.savePopulation);
  const thisYear = new Date().getFullYear();
  const edit = useRecordForm<Population, PopulationForm, string>({
    record: population,
    fieldsOf: (read) => populationForm(read ?? population, thisYear),
    faultsOf: populationFaults,
    saving,
    send: async (form, base) => {
      const body = { ...populationBody(form), version: (base ?? population).version };
      const saved = await saving.run({ body });
      if (saved) onSaved(body.year);
      return saved;
    },
    reread: () => call(routes.readPopulation, {}).catch(() => undefined),
    list: routes.readPopulation,
    onSaved: () => {},
  });
  const { fields, set, wrong, frozen } = edit;
  return (
    <form onSubmit={edit.onSubmit} noValidate>
      <Stack gap="md">
        <div className="policy-grid">
          <TextInput
            label={t('web-policy:populationOf')}
            value={fields.year}
            inputMode="numeric"
            maxLength={4}
            required
            data-autofocus
            disabled={frozen}
            error={wrong('year') ? t('web-policy:populationYearWrong') : saving.fieldError('/year')}
            onChange={(event) => set({ year: event.currentTarget.value })}
          />
          <TextInput
            label={t('web-policy:populationSource')}
            description={t('web-policy:populationSourceHint')}
            value={fields.source}
            maxLength={200}
            required
            disabled={frozen}
            error={wrong('source') ? t('web-policy:populationSourceWrong') : saving.fieldError('/source')}
            onChange={(event) => set({ source: event.currentTarget.value })}
          />
        </div>
        <div className="policy-grid">
          {regionCodes.map((code) => (
            <TextInput
              key={code}
              label={t(`regions:${code}`)}
              value={fields.inhabitants[code] ?? ''}
              inputMode="numeric"
              maxLength={13}
              disabled={frozen}
              error={wrong(code) ? t('web-policy:populationNumberWrong') : saving.fieldError(`/inhabitants/${code}`)}
              onChange={(event) => set({ inhabitants: { ...fields.inhabitants, [code]: event.currentTarget.value } })}
            />
          ))}
        </div>
        {wrong('none') && (
          <Text role="alert" c="red.8">
            {t('web-policy:populationNone')}
          </Text>
        )}
        <TextInput
          label={t('web-policy:reason')}
          value={fields.reason}
          maxLength={300}
          required
          disabled={frozen}
          error={wrong('reason') ? t('web-policy:populationReasonWrong') : saving.fieldError('/reason')}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <FormFoot form={edit} onClose={onClose} />
      </Stack>
    </form>
  );
};
