/** A transfer that arrives: packs scanned or counted against what is on its way, what differs told, and one button. */
import type { Discrepancy } from '@darmon/domain/receiving';
import { tashkentDay } from '@darmon/domain/time';
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { ActionIcon, Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChecks,
  IconCircleCheck,
  IconCircleDashed,
  IconFlag,
  IconPackageImport,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { memo, useCallback, useEffect, useState } from 'react';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { useCall } from '../shared/client.ts';
import { keepWork, keptWork } from '../shared/device-store.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, Mark, type Note, numberOf, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import {
  type ArrivalDraft,
  arrivalBody,
  type Counted,
  count,
  countAll,
  countPack,
  emptyArrival,
  expectedLots,
  lotKey,
} from './arrival-draft.ts';
import { Difference } from './arrivals.tsx';
import { useAmount, useTransfer } from './parts.tsx';
import { TellDifference } from './tell-difference.tsx';
import { differenceOf, type TransferDetail, type TransferLot } from './transfer-view.ts';

export const ReceiveTransferPage = () => {
  const t = useT();
  const { id } = useParams({ from: '/signed-in/transfers/$id/receive' });
  const { transfer, refresh } = useTransfer(id);
  const formulary = useFormulary();
  const { data: me } = useMe();
  return (
    <Page title={t('web-transfers:receiveTitle', { number: transfer.data?.number ?? '' })}>
      {(transfer.isPending || formulary.isPending || !me) && <Waiting />}
      <FailureAlert failure={transfer.error} onRetry={() => void transfer.refetch()} />
      {transfer.data && me && formulary.medicines.length > 0 && (
        <Kept transfer={transfer.data} site={me.site} formulary={formulary} refresh={refresh} />
      )}
    </Page>
  );
};

interface Props {
  readonly transfer: TransferDetail;
  readonly site: string;
  readonly formulary: Formulary;
  readonly refresh: () => Promise<unknown>;
}

/** What was counted before the page was loaded again. */
const Kept = (props: Props) => {
  const name = `transfer-${props.transfer.id}`;
  const [kept, setKept] = useState<ArrivalDraft | null | undefined>();
  useEffect(() => {
    void keptWork<ArrivalDraft>(name).then((before) => setKept(before ?? null));
  }, [name]);
  if (kept === undefined) return <Waiting />;
  return <Receive {...props} name={name} kept={kept} />;
};

const Receive = ({
  transfer,
  site,
  formulary,
  refresh,
  name,
  kept,
}: Props & { readonly name: string; readonly kept: ArrivalDraft | null }) => {
  const t = useT();
  const navigate = useNavigate();
  const receive = useCall(transferRoutes.receiveTransfer);
  const [draft, setDraft] = useState<ArrivalDraft>(kept ?? emptyArrival);
  const [note, setNote] = useState<Note | undefined>();
  const [telling, setTelling] = useState(false);
  const [shown, setShown] = useState(rowsAtOnce);
  const lots = expectedLots(transfer.lots);
  const frozen = receive.pending || receive.uncertain;
  const change = (next: ArrivalDraft) => setDraft(next);
  useEffect(() => {
    if (draft !== (kept ?? emptyArrival)) void keepWork(name, draft);
  }, [name, draft, kept]);
  const onCount = useCallback((key: string, next: Counted) => setDraft((before) => count(before, key, next)), []);
  const wrong = (text: string) => setNote({ good: false, text });
  const scan = (raw: string) => {
    if (frozen) return;
    const read = wantPack(raw, tashkentDay(Date.now()), (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return wrong(t(read.word));
    const scanned = countPack(draft, read.pack, raw, transfer.lots);
    if (scanned.kind !== 'counted') return wrong(t(`web-transfers:${scanned.kind}`));
    change(scanned.draft);
    const units = scanned.draft.counted[lotKey(scanned.lot)]?.units ?? 0;
    const isOver = units > scanned.lot.inTransit;
    return setNote({
      good: !isOver,
      text: `${formulary.name(scanned.lot.medicine)}, ${scanned.lot.lot}: ${units} / ${scanned.lot.inTransit}`,
    });
  };
  const isCold = lots.some(
    (lot) =>
      (draft.counted[lotKey(lot)]?.units ?? 0) > 0 && (formulary.byCode(lot.medicine)?.storage ?? 'room') !== 'room',
  );
  const different = lots.filter((lot) => {
    const difference = differenceOf(lot.inTransit, draft.counted[lotKey(lot)]?.units);
    return difference !== 'same';
  }).length;
  const body = arrivalBody(draft, transfer.lots);
  const isEmpty = body.lines.length === 0 && draft.told.length === 0 && !draft.final;
  const finish = async (sending: ReturnType<typeof receive.run>) => {
    if (!(await sending)) return;
    await keepWork(name, undefined);
    await refresh();
    await navigate({ to: '/transfers/$id', params: { id: transfer.id } });
  };
  return (
    <Stack gap="md">
      {kept && <Text className="note">{t('web-transfers:kept')}</Text>}
      <ScanField
        label={t('web-transfers:receiveField')}
        hint={t('web-transfers:receiveHint')}
        submit={t('web-scan:add')}
        variant="compact"
        stayOpen
        note={note?.text}
        onScan={scan}
      />
      <Said note={note} />
      <Group>
        <Button
          variant="default"
          disabled={frozen}
          leftSection={<IconChecks size={20} aria-hidden />}
          onClick={() => change(countAll(draft, transfer.lots))}
        >
          {t('web-transfers:allCame')}
        </Button>
      </Group>
      <Section title={t('web-transfers:lots')} id="came-lots">
        <ul className="rows transfer-lines">
          {lots.slice(0, shown).map((lot) => (
            <li key={lotKey(lot)}>
              <CameRow
                lot={lot}
                name={formulary.name(lot.medicine)}
                counted={draft.counted[lotKey(lot)] ?? notCounted}
                disabled={frozen}
                onChange={onCount}
              />
            </li>
          ))}
        </ul>
        {lots.length > shown && (
          <Button variant="default" onClick={() => setShown((n) => n + rowsAtOnce)}>
            {t('common:more')}
          </Button>
        )}
      </Section>
      <Section title={t('web-transfers:told')} id="came-told">
        {draft.told.map((told, at) => (
          <div key={`${told.kind}#${told.lot}#${told.note}`} className="row-between">
            <Difference told={told} />
            <ActionIcon
              size={44}
              variant="default"
              disabled={frozen}
              aria-label={t('web-transfers:remove', { name: t(`web-transfers:kind.${told.kind}`) })}
              onClick={() => change({ ...draft, told: draft.told.filter((_, i) => i !== at) })}
            >
              <IconTrash size={20} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Group>
          <Button
            variant="default"
            disabled={frozen}
            leftSection={<IconFlag size={20} aria-hidden />}
            onClick={() => setTelling(true)}
          >
            {t('web-transfers:tell')}
          </Button>
        </Group>
      </Section>
      {isCold && (
        <NumberInput
          required
          maw={420}
          label={t('web-transfers:celsius')}
          description={t('web-transfers:celsiusHint')}
          min={-90}
          max={60}
          decimalScale={1}
          disabled={frozen}
          value={draft.celsius ?? ''}
          error={receive.fieldError('/arrival/celsius')}
          onChange={(value) => change({ ...draft, celsius: numberOf(value) })}
        />
      )}
      <Checkbox
        className="tap"
        checked={draft.final}
        disabled={frozen}
        label={t('web-transfers:final')}
        description={t('web-transfers:finalHint')}
        onChange={(event) => change({ ...draft, final: event.currentTarget.checked })}
      />
      <FailureAlert
        failure={receive.failure}
        uncertain={receive.uncertain}
        onRetry={() => void finish(receive.retry())}
      />
      <div className="act-bar">
        <Text role="status">{t('web-transfers:takeInSummary', { count: lots.length, short: different })}</Text>
        <Button
          size="lg"
          className="act-main"
          loading={receive.pending}
          disabled={isEmpty || (isCold && draft.celsius === undefined) || receive.uncertain}
          leftSection={<IconPackageImport size={24} aria-hidden />}
          onClick={() => void finish(receive.run({ params: { id: transfer.id }, body }))}
        >
          {t('web-transfers:takeIn')}
        </Button>
      </div>
      {telling && (
        <TellDifference
          site={site}
          lots={lots}
          formulary={formulary}
          onClose={() => setTelling(false)}
          onTold={(told: Discrepancy) => {
            setTelling(false);
            change({ ...draft, told: [...draft.told, told] });
          }}
        />
      )}
    </Stack>
  );
};

/** As many rows as a phone draws without a pause; a scan counts a lot of the others too. */
const rowsAtOnce = 50;
const notCounted: Counted = {};

const differences = {
  same: { color: 'green', Icon: IconCircleCheck },
  none: { color: 'gray', Icon: IconCircleDashed },
  short: { color: 'orange', Icon: IconAlertTriangle },
  over: { color: 'red', Icon: IconAlertTriangle },
} as const;

/** Drawn again only where its own lot changed. */
const CameRow = memo(function CameRow({
  lot,
  name,
  counted,
  disabled,
  onChange,
}: {
  readonly lot: TransferLot;
  readonly name: string;
  readonly counted: Counted;
  readonly disabled: boolean;
  readonly onChange: (key: string, next: Counted) => void;
}) {
  const t = useT();
  const format = useFormat();
  const amountOf = useAmount();
  const key = lotKey(lot);
  const { units, zone, shelf } = counted;
  const difference = differenceOf(lot.inTransit, units);
  const by = amountOf(lot.medicine, Math.abs(lot.inTransit - (units ?? 0)), lot.packUnits);
  return (
    <div className="came">
      <div>
        <Text fw={600}>{name}</Text>
        <Text size="sm" className="number">
          {t('web-transfers:lotOf', { lot: lot.lot, day: format.day(lot.expiryDate) })}
        </Text>
        <Text size="sm">
          {t('web-transfers:expected', { units: amountOf(lot.medicine, lot.inTransit, lot.packUnits) })}
        </Text>
        <Mark {...differences[difference]}>{t(`web-transfers:diff.${difference}`, { units: by })}</Mark>
      </div>
      <NumberInput
        size="md"
        label={t('web-transfers:units')}
        aria-label={t('web-transfers:cameOf', { name, lot: lot.lot })}
        min={0}
        max={10_000_000}
        step={lot.packUnits}
        allowDecimal={false}
        allowNegative={false}
        disabled={disabled}
        value={units ?? ''}
        onChange={(value) => onChange(key, { units: numberOf(value) })}
      />
      <Button
        variant="default"
        mih={44}
        px="xs"
        size="sm"
        disabled={disabled}
        aria-label={t('web-transfers:allCameOf', { name, lot: lot.lot })}
        onClick={() => onChange(key, { units: lot.inTransit })}
      >
        {t('web-transfers:allCame')}
      </Button>
      {(units ?? 0) > 0 && (
        <div className="came-place">
          <TextInput
            label={t('web-transfers:zone')}
            value={zone ?? ''}
            maxLength={20}
            disabled={disabled}
            onChange={(event) => onChange(key, { zone: event.currentTarget.value })}
          />
          <TextInput
            label={t('web-transfers:shelf')}
            value={shelf ?? ''}
            maxLength={20}
            disabled={disabled || !zone}
            onChange={(event) => onChange(key, { shelf: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
});
