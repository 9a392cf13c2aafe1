/** One recall: its sum, how far it is, what every place has found, what escaped, and for a site what it has to do. */
import { Reason } from '@darmon/domain/event';
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPhone, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useAll } from '../shared/all-pages.ts';
import { call, keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Dialog, Empty, FailureAlert, Page, Section, Waiting } from '../shared/parts.tsx';
import { FoundHere } from './found.tsx';
import { FoundBar, StateMark, usePart, usePlaceName, useUnits } from './parts.tsx';
import { Sum } from './sum.tsx';

type Whole = AnswerOf<typeof recallRoutes.readRecall>;

export const RecallPage = () => {
  const t = useT();
  const formulary = useFormulary();
  const { id } = useParams({ strict: false }) as { id: string };
  const recall = useAnswer(recallRoutes.readRecall, { params: { id } });
  const { refetch } = recall;
  const onChanged = useCallback(() => void refetch(), [refetch]);
  const name = recall.data
    ? t('web-recalls:lotOf', { name: formulary.name(recall.data.medicine), lot: recall.data.lot })
    : t('web-recalls:title');
  return (
    <Page
      title={name}
      action={
        <Button
          className="no-print"
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
      }
    >
      {recall.isPending && <Waiting />}
      <FailureAlert failure={recall.error} onRetry={() => void recall.refetch()} />
      {recall.data && <Open recall={recall.data} onChanged={onChanged} />}
    </Page>
  );
};

/** How often a count that goes on is looked at; one that waits is looked at when it may begin, and now and then. */
const lookMs = 2_000;
const longestMs = 15_000;

/** Goes on with the count while somebody looks. */
const useWork = (recall: Whole, onChanged: () => void): void => {
  const queries = useQueryClient();
  const { id, passes, counting } = recall;
  const { leads, keeps } = usePart();
  const mayWork = leads || keeps;
  // A new object with every answer, so that each answer sets the next look.
  useEffect(() => {
    if (!counting) return;
    const wait = Math.min(longestMs, Math.max(lookMs, Date.parse(counting.notBefore) - Date.now() + 500));
    const timer = setTimeout(() => {
      const step = mayWork ? call(recallRoutes.workRecall, { params: { id } }) : Promise.resolve();
      step.then(onChanged, onChanged);
    }, wait);
    return () => clearTimeout(timer);
  }, [counting, mayWork, id, onChanged]);
  useEffect(() => {
    if (passes > 0) void queries.invalidateQueries({ queryKey: keyOf(recallRoutes.listRecallPlaces) });
  }, [passes, queries]);
};

const Open = ({ recall, onChanged }: { readonly recall: Whole; readonly onChanged: () => void }) => {
  const t = useT();
  const format = useFormat();
  const units = useUnits(recall.medicine);
  const { me, leads, keeps, pharmacist, reads } = usePart();
  useWork(recall, onChanged);
  const { totals, counting } = recall;
  return (
    <Stack gap="md">
      <dl className="recall-head">
        <dt>{t('common:status')}</dt>
        <dd>
          <StateMark state={recall.state} />
        </dd>
        <dt>{t('web-recalls:class')}</dt>
        <dd>{t(`web-recalls:class.${recall.class}`)}</dd>
        <dt>{t('web-recalls:reason')}</dt>
        <dd>{recall.reason}</dd>
        {recall.serials && (
          <>
            <dt>{t('web-recalls:serials')}</dt>
            <dd className="number">
              {recall.serials.from} – {recall.serials.to}
            </dd>
          </>
        )}
        <dt>{t('web-recalls:gtin')}</dt>
        <dd className="number">
          {recall.gtin} · {recall.brand} · {format.day(recall.expiryDate)}
        </dd>
        <dt>{t('web-recalls:frozen')}</dt>
        <dd>
          {t('web-recalls:since', { at: format.instant(recall.at) })}
          {recall.closed && ` · ${t('web-recalls:closed', { at: format.instant(recall.closed.at) })}`}
        </dd>
      </dl>
      {keeps && me && <FoundHere recall={recall} site={me.site} />}
      {pharmacist && (
        <Group>
          <Button
            renderRoot={(props) => <Link {...props} to="/recalls/$id/calls" params={{ id: recall.id }} />}
            leftSection={<IconPhone size={20} aria-hidden />}
          >
            {t('web-recalls:openCalls')}
          </Button>
        </Group>
      )}
      <Section title={t('web-recalls:sumTitle')} id="sum">
        {totals ? <Sum totals={totals} units={units} /> : <Text>{t('web-recalls:sumPending')}</Text>}
        <div role="status">
          {recall.asOf !== undefined && (
            <Text size="sm" className="quiet">
              {t('web-recalls:passes', { count: recall.passes, at: format.instant(recall.asOf) })}
            </Text>
          )}
          {counting && (
            <Text size="sm">
              {counting.places === 0 && recall.passes > 0
                ? t('web-recalls:waits', { pass: counting.pass, at: format.time(counting.notBefore) })
                : t('web-recalls:counting', { pass: counting.pass, places: counting.places })}{' '}
              {t('web-recalls:twoEqual')}
            </Text>
          )}
        </div>
        {totals && (
          <>
            <Text fw={600}>{t('web-recalls:progress')}</Text>
            <FoundBar found={recall.found} due={totals.due} label={t('web-recalls:progress')} />
            <Text size="sm">
              {t('web-recalls:told')}:{' '}
              {t('web-recalls:toldOf', {
                of: totals.dispenses,
                reached: recall.calls.reached,
                returned: recall.calls.returned,
                not: recall.calls.notReached,
              })}
            </Text>
          </>
        )}
        {leads && recall.state === 'complete' && !counting && <Lead recall={recall} onChanged={onChanged} />}
      </Section>
      <EscapedList recall={recall} />
      {reads && <Places recall={recall} />}
    </Stack>
  );
};

const EscapedList = ({ recall }: { readonly recall: Whole }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = usePlaceName();
  const units = useUnits(recall.medicine);
  return (
    <Section title={t('web-recalls:escapedTitle')} id="escaped">
      {recall.escaped.length === 0 ? (
        <Text>{t('web-recalls:escapedNone')}</Text>
      ) : (
        <>
          <Text>{t('web-recalls:escapedText')}</Text>
          <ul>
            {recall.escaped.map((one) => (
              <li key={`${one.place} ${one.dispense}`}>
                {t('web-recalls:escapedLine', {
                  site: nameOf(one.place),
                  at: format.instant(one.at),
                  units: units(one.quantity),
                })}
                {one.underWay && <span className="quiet"> · {t('web-recalls:underWay')}</span>}
                {one.undoneAt !== undefined && <span className="quiet"> · {t('web-recalls:takenBack')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
};

const Places = ({ recall }: { readonly recall: Whole }) => {
  const t = useT();
  const format = useFormat();
  const nameOf = usePlaceName();
  const places = useAll(recallRoutes.listRecallPlaces, { params: { id: recall.id } });
  return (
    <Section title={t('web-recalls:placesTitle')} id="places">
      {places.isPending && <Waiting />}
      <FailureAlert failure={places.error} onRetry={() => void places.refetch()} />
      {places.data?.length === 0 && <Empty title={t('web-recalls:noPlaces')} />}
      {places.data && places.data.length > 0 && (
        <Table className="recall-places">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('web-recalls:place')}</Table.Th>
              <Table.Th>{t('web-recalls:dispensed')}</Table.Th>
              <Table.Th>{t('web-recalls:there')}</Table.Th>
              <Table.Th>{t('web-recalls:foundHead')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {places.data.map((place) => (
              <Table.Tr key={place.place}>
                <Table.Td>
                  {nameOf(place.place)}
                  {place.note !== undefined && (
                    <Text size="sm" className="quiet">
                      {place.note}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td className="number">
                  <span className="recall-cell">{t('web-recalls:dispensed')}</span> {format.number(place.dispensed)}
                </Table.Td>
                <Table.Td className="number">
                  <span className="recall-cell">{t('web-recalls:there')}</span> {format.number(place.onHand)}
                </Table.Td>
                <Table.Td>
                  <FoundBar
                    found={place.found}
                    due={place.due}
                    label={`${t('web-recalls:progress')}: ${nameOf(place.place)}`}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
};

/** What only who leads a recall may do: count once more, and close it. */
const Lead = ({ recall, onChanged }: { readonly recall: Whole; readonly onChanged: () => void }) => {
  const t = useT();
  const units = useUnits(recall.medicine);
  const work = useCall(recallRoutes.workRecall);
  const end = useCall(recallRoutes.endRecall);
  const [closing, setClosing] = useState(false);
  const [reason, setReason] = useState('');
  const open = Math.max(0, (recall.totals?.due ?? 0) - recall.found);
  const isWhole = open === 0 || Reason.safeParse(reason).success;
  const ended = (done: unknown) => {
    if (!done) return;
    setClosing(false);
    onChanged();
  };
  const close = () => {
    const body = reason.trim() === '' ? {} : { reason: reason.trim() };
    return end.run({ params: { id: recall.id }, body }).then(ended);
  };
  return (
    <>
      <Group className="no-print">
        <Button
          variant="default"
          loading={work.pending}
          leftSection={<IconRefresh size={20} aria-hidden />}
          onClick={() => void work.run({ params: { id: recall.id } }).then(onChanged)}
        >
          {t('web-recalls:again')}
        </Button>
        <Button variant="default" onClick={() => setClosing(true)}>
          {t('web-recalls:closeTitle')}
        </Button>
      </Group>
      <FailureAlert failure={work.failure} onRetry={() => void work.retry().then(onChanged)} />
      <Dialog opened={closing} onClose={() => !end.pending && setClosing(false)} title={t('web-recalls:closeTitle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole) void close();
          }}
        >
          <Stack gap="md">
            <Text>{t('web-recalls:closeText')}</Text>
            {open > 0 && <Text fw={600}>{t('web-recalls:closeOpen', { units: units(open) })}</Text>}
            <TextInput
              label={t('web-recalls:reason')}
              required={open > 0}
              data-autofocus
              value={reason}
              maxLength={300}
              disabled={end.uncertain}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <FailureAlert
              failure={end.failure}
              uncertain={end.uncertain}
              onRetry={() => void end.retry().then(ended)}
            />
            <Group justify="flex-end">
              <Button variant="default" disabled={end.pending} onClick={() => setClosing(false)}>
                {t('common:close')}
              </Button>
              <Button type="submit" loading={end.pending} disabled={!isWhole || end.uncertain}>
                {t('web-recalls:closeTitle')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
};
