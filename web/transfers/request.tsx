/** A new transfer: asked of another site, or sent to one; medicine by medicine, counted in packs as people think. */
import type { Medicine } from '@darmon/domain/medicine';
import type { Site } from '@darmon/domain/standing';
import { transferRoutes } from '@darmon/function-inventory/transfer-routes';
import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, Radio, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowRight, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { keyOf, UncertainError, useCall } from '../shared/client.ts';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { FailureAlert, numberOf, Page, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { useAmount } from './parts.tsx';

interface Line {
  readonly medicine: string;
  readonly amount: number | undefined;
  /** Units that one of the amount is. */
  readonly size: number;
}

export const NewTransferPage = () => {
  const t = useT();
  const formulary = useFormulary();
  const sites = useSites();
  const { data: me } = useMe();
  return (
    <Page title={t('web-transfers:ask')}>
      {(formulary.isPending || sites.isPending || !me) && <Waiting />}
      {formulary.failed && <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} />}
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      {sites.data && me && formulary.medicines.length > 0 && (
        <Request own={me.site} sites={sites.data} formulary={formulary} />
      )}
    </Page>
  );
};

/** The pack that most often goes: the first of the formulary, or single units. */
const sizesOf = (medicine: Medicine | undefined): readonly number[] => [
  ...new Set((medicine?.packs ?? []).map((pack) => pack.units)),
];

const newLine = (formulary: Formulary, medicine: string): Line => ({
  medicine,
  amount: undefined,
  size: sizesOf(formulary.byCode(medicine))[0] ?? 1,
});

const offeredSites = (sites: readonly Site[], own: string): readonly Site[] => {
  const region = sites.find((s) => s.id === own)?.region;
  return sites
    .filter((s) => s.active && s.id !== own && (s.kind === 'pharmacy' || s.kind === 'warehouse'))
    .sort(
      (a, b) =>
        Number(b.kind === 'warehouse') - Number(a.kind === 'warehouse') ||
        Number(b.region === region) - Number(a.region === region) ||
        a.name.localeCompare(b.name),
    );
};

const Request = ({
  own,
  sites,
  formulary,
}: {
  readonly own: string;
  readonly sites: readonly Site[];
  readonly formulary: Formulary;
}) => {
  const t = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = useSearch({ from: '/signed-in/transfers/new' });
  const request = useCall(transferRoutes.requestTransfer);
  const [direction, setDirection] = useState<'ask' | 'send'>(search.to === undefined ? 'ask' : 'send');
  const offered = offeredSites(sites, own);
  const [other, setOther] = useState(search.from ?? search.to ?? '');
  const [lines, setLines] = useState<readonly Line[]>(
    search.medicine !== undefined && formulary.byCode(search.medicine) ? [newLine(formulary, search.medicine)] : [],
  );
  const [urgent, setUrgent] = useState(false);
  const [reason, setReason] = useState('');
  const kindOf = (id: string) => sites.find((s) => s.id === id)?.kind;
  const between = kindOf(own) === 'pharmacy' && kindOf(other) === 'pharmacy';
  const isUrgent = urgent || between;
  const frozen = request.pending || request.uncertain;
  const unfinished = lines.length === 0 || lines.some((l) => !l.amount) || other === '';
  const blocked = unfinished || (isUrgent && reason.trim().length < 3);

  const add = (code: string) =>
    setLines((all) => (all.some((l) => l.medicine === code) ? all : [...all, newLine(formulary, code)]));
  const change = (code: string, next: Partial<Line>) =>
    setLines((all) => all.map((l) => (l.medicine === code ? { ...l, ...next } : l)));
  const finish = async (sending: ReturnType<typeof request.run>) => {
    const made = await sending;
    if (!made) return;
    void queries.invalidateQueries({ queryKey: keyOf(transferRoutes.listTransfers) });
    if (direction === 'send') await navigate({ to: '/transfers/$id/pick', params: { id: made.id } });
    else await navigate({ to: '/transfers/$id', params: { id: made.id } });
  };
  const send = () => {
    const [from, to] = direction === 'ask' ? [other, own] : [own, other];
    void finish(
      request.run({
        body: {
          from,
          to,
          lines: lines.map((l) => ({ medicine: l.medicine, quantity: (l.amount ?? 0) * l.size })),
          ...(reason.trim() !== '' && { reason: reason.trim() }),
          ...(isUrgent && { urgent: true as const }),
          ...(search.returns !== undefined && { returns: search.returns }),
        },
      }),
    );
  };
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('web-transfers:direction')}
        value={direction}
        onChange={(value) => setDirection(value === 'send' ? 'send' : 'ask')}
      >
        <div className="choices">
          {(['ask', 'send'] as const).map((one) => (
            <Radio
              key={one}
              className="tap"
              value={one}
              disabled={frozen}
              label={t(`web-transfers:direction.${one}`)}
            />
          ))}
        </div>
      </Radio.Group>
      <NativeSelect
        size="md"
        maw={520}
        required
        disabled={frozen}
        label={t(direction === 'ask' ? 'web-transfers:whichFrom' : 'web-transfers:whichTo')}
        value={other}
        error={request.fieldError('/from') ?? request.fieldError('/to')}
        data={[
          { value: '', label: t('web-transfers:chooseSite') },
          ...offered.map((s) => ({ value: s.id, label: `${s.name} (${s.id})` })),
        ]}
        onChange={(event) => setOther(event.currentTarget.value)}
      />
      <Section title={t('web-transfers:lines')} id="transfer-lines">
        <SearchField
          label={t('web-transfers:addMedicine')}
          placeholder={t('web-transfers:findMedicine')}
          disabled={frozen}
          find={(text) => formulary.search(text, 8).map((m) => ({ value: m.code, label: formulary.name(m.code) }))}
          resembles={formulary.resembles}
          onChoose={add}
        />
        {lines.length === 0 && <Text className="quiet">{t('web-transfers:noLines')}</Text>}
        <div>
          {lines.map((line, at) => (
            <LineFields
              key={line.medicine}
              line={line}
              formulary={formulary}
              disabled={frozen}
              error={request.fieldError(`/lines/${at}/quantity`) ?? request.fieldError(`/lines/${at}`)}
              onChange={(next) => change(line.medicine, next)}
              onRemove={() => setLines((all) => all.filter((l) => l !== line))}
            />
          ))}
        </div>
      </Section>
      <Checkbox
        className="tap"
        checked={isUrgent}
        disabled={frozen || between}
        label={t('web-transfers:isUrgent')}
        description={between ? t('web-transfers:isUrgentHint') : undefined}
        onChange={(event) => setUrgent(event.currentTarget.checked)}
      />
      <Textarea
        label={t('web-transfers:reason')}
        description={t('web-transfers:reasonHint')}
        required={isUrgent}
        disabled={frozen}
        value={reason}
        maxLength={300}
        autosize
        error={request.fieldError('/reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FailureAlert
        failure={request.failure}
        uncertain={request.uncertain}
        onRetry={() => void finish(request.retry())}
      />
      <Button
        size="lg"
        className="act-main"
        loading={request.pending}
        disabled={blocked || request.uncertain}
        rightSection={<IconArrowRight size={22} aria-hidden />}
        onClick={send}
      >
        {t(direction === 'ask' ? 'web-transfers:sendRequest' : 'web-transfers:startSending')}
      </Button>
    </Stack>
  );
};

const LineFields = ({
  line,
  formulary,
  disabled,
  error,
  onChange,
  onRemove,
}: {
  readonly line: Line;
  readonly formulary: Formulary;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onChange: (next: Partial<Line>) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const amountOf = useAmount();
  const name = formulary.name(line.medicine);
  const sizes = sizesOf(formulary.byCode(line.medicine));
  return (
    <div className="transfer-line transfer-asked">
      <Stack gap={0}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" className="quiet">
          {line.amount ? t('web-transfers:total', { units: amountOf(line.medicine, line.amount * line.size) }) : ''}
        </Text>
      </Stack>
      <NumberInput
        size="md"
        aria-label={t('web-transfers:amountOf', { name })}
        min={1}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        disabled={disabled}
        value={line.amount ?? ''}
        error={error}
        onChange={(value) => onChange({ amount: numberOf(value) })}
      />
      <NativeSelect
        size="md"
        aria-label={t('web-transfers:inWhat', { name })}
        disabled={disabled}
        value={String(line.size)}
        data={[
          ...sizes
            .filter((size) => size > 1)
            .map((size) => ({
              value: String(size),
              label: t('web-transfers:packOf', { units: amountOf(line.medicine, size) }),
            })),
          { value: '1', label: t('web-transfers:single') },
        ]}
        onChange={(event) => onChange({ size: Number(event.currentTarget.value) })}
      />
      <ActionIcon
        size={44}
        variant="default"
        disabled={disabled}
        aria-label={t('web-transfers:remove', { name })}
        onClick={onRemove}
      >
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
    </div>
  );
};
