/** Whom a pharmacy has to tell: its own patients who got the lot, what came of telling each, and letters to print. */

import type { RecallPaper } from '@darmon/documents/recall-letter';
import { formatNumber } from '@darmon/domain/number';
import { callOutcomes } from '@darmon/domain/recall';
import { recallRoutes as calls } from '@darmon/function-dispensing/recall-routes';
import { recallRoutes } from '@darmon/function-inventory/recall-routes';
import type { AnswerOf } from '@darmon/http/route';
import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconFileText, IconPrinter } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Dialog, Empty, FailureAlert, Mark, numberOf, Page, Waiting } from '../shared/parts.tsx';
import { makePaper } from './papers.ts';
import { type RecallItem, usePart, useUnits } from './parts.tsx';

type Patient = AnswerOf<typeof calls.listRecallCalls>['items'][number];

export const CallsPage = () => {
  const t = useT();
  const { id } = useParams({ strict: false }) as { id: string };
  const recall = useAnswer(recallRoutes.readRecall, { params: { id } });
  return (
    <Page title={t('web-recalls:callsTitle')}>
      {recall.isPending && <Waiting />}
      <FailureAlert failure={recall.error} onRetry={() => void recall.refetch()} />
      {recall.data && <Calls recall={recall.data} />}
    </Page>
  );
};

/** What a paper says of the recall; nothing while the formulary or the sites are not there. */
const usePaper = (recall: RecallItem): RecallPaper | undefined => {
  const formulary = useFormulary();
  const sites = useSites();
  const { me } = usePart();
  const medicine = formulary.byCode(recall.medicine);
  const site = sites.data?.find((one) => one.id === me?.site);
  if (!medicine || !site) return undefined;
  return {
    medicine,
    brand: recall.brand,
    lot: recall.lot,
    expiryDate: recall.expiryDate,
    ...(recall.serials && { serials: recall.serials }),
    pharmacy: { name: site.name, address: site.address },
    at: new Date().toISOString(),
  };
};

const Calls = ({ recall }: { readonly recall: RecallItem }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const paper = usePaper(recall);
  const [cursor, setCursor] = useState<string | undefined>();
  // Not read again by itself: each reading is told to every patient on the page.
  const list = useAnswer(
    calls.listRecallCalls,
    { params: { id: recall.id }, query: { limit: 50, cursor } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const next = list.data?.next;
  const queries = useQueryClient();
  // Nobody's name is kept when the page is left, and what was noted since is read anew.
  useEffect(() => () => queries.removeQueries({ queryKey: keyOf(calls.listRecallCalls) }), [queries]);
  const [failed, setFailed] = useState(false);
  const make = (patient?: RecallPaper['patient']) => {
    if (!paper) return;
    setFailed(false);
    const whole = { ...paper, ...(patient && { patient }) };
    makePaper(whole, language, `recall-${recall.lot}`).catch(() => setFailed(true));
  };
  return (
    <Stack gap="md">
      <Text fw={600}>{t('web-recalls:lotOf', { name: formulary.name(recall.medicine), lot: recall.lot })}</Text>
      <Text>{t('web-recalls:callsText')}</Text>
      <Group>
        <Button
          variant="default"
          disabled={!paper}
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => make()}
        >
          {t('web-recalls:poster')}
        </Button>
      </Group>
      {failed && (
        <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t('web-recalls:paperFailed')} />
      )}
      {list.isPending && <Waiting />}
      <FailureAlert failure={list.error} onRetry={() => void list.refetch()} />
      {list.data?.items.length === 0 && next === undefined && cursor === undefined && (
        <Empty title={t('web-recalls:callsNone')} />
      )}
      <ul className="recall-calls">
        {list.data?.items.map((patient) => (
          <Row
            key={patient.dispense}
            recall={recall}
            patient={patient}
            onLetter={paper && (() => make({ fullName: patient.fullName, number: patient.number, gotAt: patient.at }))}
          />
        ))}
      </ul>
      {next !== undefined && (
        <Group>
          <Button variant="default" onClick={() => setCursor(next)}>
            {t('common:next')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

const Row = ({
  recall,
  patient: read,
  onLetter,
}: {
  readonly recall: RecallItem;
  readonly patient: Patient;
  readonly onLetter: (() => void) | undefined;
}) => {
  const t = useT();
  const format = useFormat();
  const units = useUnits(recall.medicine);
  const queries = useQueryClient();
  const record = useCall(calls.recordRecallCall);
  const [returning, setReturning] = useState(false);
  const [said, setSaid] = useState<AnswerOf<typeof calls.recordRecallCall> | undefined>();
  const patient = { ...read, ...said };
  const name = patient.fullName ?? t('web-recalls:erased');
  const answered = (done: AnswerOf<typeof calls.recordRecallCall> | undefined) => {
    if (!done) return;
    setReturning(false);
    setSaid(done);
    void queries.invalidateQueries({ queryKey: keyOf(recallRoutes.readRecall) });
  };
  const say = (outcome: (typeof callOutcomes)[number], returned?: number) =>
    record
      .run({
        params: { id: recall.id },
        body: { dispense: patient.dispense, outcome, ...(returned !== undefined && { returned }) },
      })
      .then(answered);
  return (
    <li>
      <Stack gap={2}>
        <Text fw={600}>{name}</Text>
        {patient.birthDate !== undefined && (
          <Text size="sm" className="quiet">
            {t('common:birthDate')}: {format.day(patient.birthDate)}
          </Text>
        )}
        <Text size="sm">
          {t('web-recalls:got', { at: format.day(patient.at), units: units(patient.quantity) })} ·{' '}
          <span className="number">{t('web-recalls:number', { number: formatNumber(patient.number) })}</span>
        </Text>
        {patient.meant !== 'yes' && <Text size="sm">{t(`web-recalls:meant.${patient.meant}`)}</Text>}
        {patient.outcome && (
          <div role="status">
            <Mark
              color={patient.outcome === 'not-reached' ? 'orange' : 'green'}
              Icon={patient.outcome === 'not-reached' ? IconAlertTriangle : IconCircleCheck}
            >
              {t(`web-recalls:outcome.${patient.outcome}`)}
            </Mark>
            {(patient.returned ?? 0) > 0 && (
              <Text size="sm">{t('web-recalls:returnedUnits', { units: units(patient.returned ?? 0) })}</Text>
            )}
          </div>
        )}
      </Stack>
      <Stack gap="xs">
        <Group gap="xs" role="group" aria-label={t('web-recalls:outcomeOf', { name })}>
          {callOutcomes.map((outcome) => (
            <Button
              key={outcome}
              variant={patient.outcome === outcome ? 'filled' : 'default'}
              aria-pressed={patient.outcome === outcome}
              disabled={record.pending || record.uncertain}
              onClick={() => (outcome === 'returned' ? setReturning(true) : void say(outcome))}
            >
              {t(`web-recalls:outcome.${outcome}`)}
            </Button>
          ))}
          <Button
            variant="subtle"
            disabled={!onLetter}
            leftSection={<IconFileText size={20} aria-hidden />}
            aria-label={t('web-recalls:letterOf', { name })}
            onClick={onLetter}
          >
            {t('web-recalls:letter')}
          </Button>
        </Group>
        {!returning && (
          <FailureAlert
            failure={record.failure}
            uncertain={record.uncertain}
            onRetry={() => void record.retry().then(answered)}
          />
        )}
      </Stack>
      {returning && (
        <Return
          name={name}
          most={patient.quantity - (patient.returned ?? 0)}
          unitsText={units}
          record={record}
          onSend={(quantity) => void say('returned', quantity === 0 ? undefined : quantity)}
          onAnswered={answered}
          onClose={() => setReturning(false)}
        />
      )}
    </li>
  );
};

const Return = ({
  name,
  most,
  unitsText,
  record,
  onSend,
  onAnswered,
  onClose,
}: {
  readonly name: string;
  readonly most: number;
  readonly unitsText: (n: number) => string;
  readonly record: ReturnType<typeof useCall<typeof calls.recordRecallCall>>;
  readonly onSend: (quantity: number) => void;
  readonly onAnswered: (done: AnswerOf<typeof calls.recordRecallCall> | undefined) => void;
  readonly onClose: () => void;
}) => {
  const t = useT();
  const [quantity, setQuantity] = useState<string | number>('');
  const value = numberOf(quantity);
  return (
    <Dialog opened onClose={() => !record.pending && onClose()} title={t('web-recalls:returnTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== undefined) onSend(value);
        }}
      >
        <Stack gap="md">
          <Text fw={600}>{name}</Text>
          <NumberInput
            label={`${t('web-recalls:returnField')} (≤ ${unitsText(most)})`}
            description={t('web-recalls:returnHint')}
            value={quantity}
            min={0}
            max={most}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            inputMode="numeric"
            data-autofocus
            disabled={record.uncertain}
            error={record.fieldError('/returned')}
            onChange={setQuantity}
          />
          <FailureAlert
            failure={record.failure}
            uncertain={record.uncertain}
            onRetry={() => void record.retry().then(onAnswered)}
          />
          <Group justify="flex-end">
            <Button variant="default" disabled={record.pending} onClick={onClose}>
              {t('common:close')}
            </Button>
            <Button type="submit" loading={record.pending} disabled={value === undefined || record.uncertain}>
              {t('common:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
};
