/** Temperatures: written down in a moment, judged by the rules, drawn place by place against the limits. */
import { type Storage, storages } from '@darmon/domain/medicine';
import { isOutside } from '@darmon/domain/temperature';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ChooseSite, useWhichSite } from '../shared/choose-site.tsx';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormat, useT } from '../shared/language.ts';
import {
  Empty,
  FailureAlert,
  isProblem,
  Mark,
  type Note,
  numberOf,
  Page,
  Said,
  Section,
  Waiting,
} from '../shared/parts.tsx';
import { usePolicy } from '../shared/policy.ts';
import { Line } from './charts.tsx';

type Reading = AnswerOf<typeof routes.listTemperatures>['items'][number];

export const TemperaturesPage = () => {
  const t = useT();
  const { site, isElsewhere, choose } = useWhichSite();
  const readings = useAnswer(
    routes.listTemperatures,
    { params: { site: site ?? '' }, query: { limit: 100 } },
    { enabled: site !== undefined },
  );
  return (
    <Page title={t('web-stock-views:temperaturesTitle')}>
      {isElsewhere && <ChooseSite site={site} onChoose={choose} />}
      {site && !isElsewhere && <WriteDown site={site} />}
      {readings.isPending && <Waiting />}
      <FailureAlert failure={readings.error} onRetry={() => void readings.refetch()} />
      {readings.data && <Readings readings={readings.data.items} />}
    </Page>
  );
};

const WriteDown = ({ site }: { readonly site: string }) => {
  const t = useT();
  const format = useFormat();
  const queries = useQueryClient();
  const policy = usePolicy();
  const change = useCall(routes.recordTemperature);
  const [storage, setStorage] = useState<Storage>('cold');
  const [zone, setZone] = useState('');
  const [celsius, setCelsius] = useState<number | undefined>();
  const [done, setDone] = useState('');
  const [said, setSaid] = useState<Note | undefined>();
  const limits = policy.warehouse.storage[storage];
  const asksWhat = isProblem(change.failure, 'reason-missing') || (celsius !== undefined && isOutside(celsius, limits));
  const send = async () => {
    if (celsius === undefined) return;
    const body = {
      storage,
      celsius,
      ...(zone.trim() !== '' && { zone: zone.trim() }),
      ...(asksWhat && done.trim() !== '' && { done: done.trim() }),
    };
    const reading = await change.run({ params: { site }, body });
    if (!reading) return;
    setSaid({ good: true, text: t('web-stock-views:recorded', { celsius: format.number(reading.celsius) }) });
    setCelsius(undefined);
    setDone('');
    await queries.invalidateQueries({ queryKey: keyOf(routes.listTemperatures) });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <div className="temperature-fields">
          <NativeSelect
            label={t('web-stock-views:storage')}
            value={storage}
            disabled={change.uncertain}
            data={storages.map((one) => ({ value: one, label: t(`medicine:storage.${one}`) }))}
            onChange={({ currentTarget: { value } }) => setStorage(storages.find((one) => one === value) ?? 'cold')}
          />
          <TextInput
            label={t('web-stock-views:zoneOptional')}
            value={zone}
            maxLength={20}
            autoComplete="off"
            disabled={change.uncertain}
            error={change.fieldError('/zone')}
            onChange={(event) => setZone(event.currentTarget.value)}
          />
          <NumberInput
            label={t('web-stock-views:celsius')}
            description={
              limits && t('web-stock-views:limits', { from: format.number(limits.from), to: format.number(limits.to) })
            }
            value={celsius ?? ''}
            decimalScale={1}
            allowedDecimalSeparators={['.', ',']}
            hideControls
            autoFocus
            required
            disabled={change.uncertain}
            error={change.fieldError('/celsius')}
            onChange={(typed) => setCelsius(numberOf(typed))}
          />
        </div>
        {asksWhat && (
          <TextInput
            label={t('web-stock-views:done')}
            description={t('web-stock-views:doneHint')}
            value={done}
            maxLength={300}
            required
            autoComplete="off"
            disabled={change.uncertain}
            error={change.fieldError('/done')}
            onChange={(event) => setDone(event.currentTarget.value)}
          />
        )}
        <FailureAlert failure={change.failure} uncertain={change.uncertain} onRetry={() => void send()} />
        <Said note={said} />
        <Group>
          <Button
            type="submit"
            loading={change.pending}
            disabled={celsius === undefined || (asksWhat && done.trim().length < 3)}
          >
            {t('web-stock-views:record')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Readings = ({ readings }: { readonly readings: readonly Reading[] }) => {
  const t = useT();
  if (readings.length === 0)
    return (
      <Empty title={t('web-stock-views:noReadings')}>
        <Text>{t('web-stock-views:noReadingsText')}</Text>
      </Empty>
    );
  const places = Map.groupBy(readings, ({ storage, zone = '' }) => `${storage}#${zone}`);
  return [...places].sort().map(([key, own]) => <Place key={key} id={key} newestFirst={own} />);
};

const Place = ({ id, newestFirst }: { readonly id: string; readonly newestFirst: readonly Reading[] }) => {
  const t = useT();
  const format = useFormat();
  const [last] = newestFirst;
  if (!last) return null;
  const textOf = (value: number) => `${format.number(value)} °C`;
  const name = `${t(`medicine:storage.${last.storage}`)}${last.zone ? ` · ${last.zone}` : ''}`;
  return (
    <Section title={name} id={`place-${id.replace(/[^\w-]/g, '_')}`}>
      <Group gap="sm">
        <strong>{textOf(last.celsius)}</strong>
        {last.isOutside ? (
          <Mark color="red" Icon={IconAlertTriangle}>
            {t('web-stock-views:outside')}
          </Mark>
        ) : (
          <Mark color="green" Icon={IconCircleCheck}>
            {t('web-stock-views:inside')}
          </Mark>
        )}
        <Text className="quiet">{format.instant(last.at)}</Text>
      </Group>
      <Line
        label={name}
        points={newestFirst
          .toReversed()
          .map((one) => ({ key: one.id, name: format.instant(one.at), value: one.celsius }))}
        textOf={textOf}
        limits={last}
        table={<ReadingTable readings={newestFirst} textOf={textOf} />}
      />
    </Section>
  );
};

const ReadingTable = ({
  readings,
  textOf,
}: {
  readonly readings: readonly Reading[];
  readonly textOf: (celsius: number) => string;
}) => {
  const t = useT();
  const format = useFormat();
  return (
    <table className="view-table">
      <thead>
        <tr>
          <th scope="col">{t('web-warehouse:when')}</th>
          <th scope="col">{t('web-stock-views:temperature')}</th>
          <th scope="col">{t('web-stock-views:done')}</th>
        </tr>
      </thead>
      <tbody>
        {readings.map((one) => (
          <tr key={one.id}>
            <th scope="row">{format.instant(one.at)}</th>
            <td>
              {textOf(one.celsius)}
              {one.isOutside && ` (${t('web-stock-views:outside')})`}
            </td>
            <td>{one.done ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
