/** `/orders/new`: from approved requisitions of many sites and from lines by hand, one order for each supplier. */
import { approvalValue } from '@darmon/domain/requisition';
import { addDays } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import { orderRoutes } from '@darmon/function-procurement/order-routes';
import { requisitionRoutes } from '@darmon/function-procurement/requisition-routes';
import { supplierRoutes } from '@darmon/function-procurement/supplier-routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { ActionIcon, Button, Checkbox, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconFilePlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAll, useSites } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { type Formulary, useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, type Note, numberOf, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import { overApproval, Raise } from './raise.tsx';

interface Line {
  readonly gtin: string;
  readonly packs: number | undefined;
  /** Empty: the best is chosen. */
  readonly supplier: string;
}

/** Packs that the words find, for a search field. */
export const usePackSearch = (formulary: Formulary) => {
  const t = useT();
  const language = useLanguage();
  return (text: string) =>
    formulary.search(text, 8).flatMap((medicine) =>
      medicine.packs.map((pack) => ({
        value: pack.gtin,
        label: formulary.name(medicine.code),
        detail: (
          <Text size="sm">
            {pack.brand}, {t('web-orders:packOf', { quantity: quantityText(pack.units, medicine.unit, language) })}
          </Text>
        ),
      })),
    );
};

export const NewOrderPage = () => {
  const t = useT();
  const formulary = useFormulary();
  const sites = useSites();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = useCall(orderRoutes.openOrders);
  const stores = (sites.data ?? []).filter(({ kind }) => kind === 'warehouse' || kind === 'pharmacy');
  const [chosenSite, setSite] = useState<string>();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [due, setDue] = useState('');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState<Note | undefined>();
  const find = usePackSearch(formulary);
  const approved = useApproved();
  const site = chosenSite ?? stores.find(({ kind }) => kind === 'warehouse')?.id ?? stores[0]?.id;
  const frozen = open.pending || open.uncertain;
  const over = overApproval(open.failure);
  const dear = approved.data?.find(({ id }) => id === over?.requisition);
  const ready = lines.every((l) => (l.packs ?? 0) > 0) && (ticked.size > 0 || lines.length > 0);
  const change = (gtin: string, next: Partial<Line>) =>
    setLines(lines.map((l) => (l.gtin === gtin ? { ...l, ...next } : l)));
  const submit = async () => {
    if (site === undefined) return;
    const chosen = lines.filter((l) => l.supplier !== '');
    const answer = await open.run({
      body: {
        site,
        ...(ticked.size > 0 && { requisitions: [...ticked] }),
        ...(lines.length > 0 && { lines: lines.map(({ gtin, packs = 0 }) => ({ gtin, packs })) }),
        ...(chosen.length > 0 && { choose: chosen.map(({ gtin, supplier }) => ({ gtin, supplier })) }),
        ...(due !== '' && { due }),
        ...(note.trim() !== '' && { note: note.trim() }),
      },
    });
    if (!answer) return;
    for (const route of [orderRoutes.listOrders, requisitionRoutes.listRequisitions])
      void queries.invalidateQueries({ queryKey: keyOf(route) });
    const [only, more] = answer.orders;
    if (only && !more) await navigate({ to: '/orders/$id', params: { id: only.id } });
    else await navigate({ to: '/orders' });
  };
  return (
    <Page title={t('web-orders:newTitle')}>
      {(sites.isPending || formulary.isPending) && <Waiting />}
      <FailureAlert failure={sites.error} onRetry={() => void sites.refetch()} />
      {site !== undefined && (
        <NativeSelect
          label={t('web-orders:deliverTo')}
          maw={480}
          value={site}
          disabled={frozen}
          error={open.fieldError('/site')}
          data={stores.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))}
          onChange={(event) => setSite(event.currentTarget.value)}
        />
      )}
      <Said note={said} />
      <Requisitions approved={approved} ticked={ticked} disabled={frozen} onTick={setTicked} />
      <Section id="by-hand" title={t('web-orders:byHand')}>
        <SearchField
          label={t('web-orders:findPack')}
          busy={formulary.isPending}
          disabled={frozen}
          find={find}
          resembles={formulary.resembles}
          onChoose={(gtin) => {
            if (!lines.some((l) => l.gtin === gtin)) setLines([...lines, { gtin, packs: undefined, supplier: '' }]);
          }}
        />
        {lines.map((line, i) => (
          <HandLine
            key={line.gtin}
            line={line}
            formulary={formulary}
            disabled={frozen}
            error={open.fieldError(`/lines/${i}/gtin`)}
            by={due}
            onChange={(next) => change(line.gtin, next)}
            onRemove={() => setLines(lines.filter((l) => l.gtin !== line.gtin))}
          />
        ))}
        {lines.length === 0 && ticked.size === 0 && (
          <Empty title={t('web-orders:nothingYet')}>
            <Text>{t('web-orders:nothingYetText')}</Text>
          </Empty>
        )}
      </Section>
      <div className="order-fields">
        <DayField
          label={t('web-orders:dueField')}
          value={due}
          min={tashkentDay(Date.now())}
          max={addDays(tashkentDay(Date.now()), 730)}
          disabled={frozen}
          error={open.fieldError('/due')}
          onChange={setDue}
        />
        <TextInput
          label={t('web-orders:noteField')}
          value={note}
          maxLength={300}
          disabled={frozen}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <FailureAlert failure={open.failure} uncertain={open.uncertain} onRetry={() => void submit()} />
      {over && dear && (
        <Raise
          key={over.requisition}
          requisition={{ id: dear.id, version: dear.version, text: approved.textOf(dear) }}
          cost={over.cost}
          onDone={() => {
            setTicked(new Set([...ticked].filter((id) => id !== dear.id)));
            open.reset();
            setSaid({ good: true, text: t('web-orders:raised') });
            void queries.invalidateQueries({ queryKey: keyOf(requisitionRoutes.listRequisitions) });
          }}
        />
      )}
      <div className="act-bar">
        <Text>{t('web-orders:openHint')}</Text>
        <Button
          size="lg"
          className="act-main"
          loading={open.pending}
          disabled={!ready || open.uncertain}
          leftSection={<IconFilePlus size={22} aria-hidden />}
          onClick={() => void submit()}
        >
          {t('web-orders:open')}
        </Button>
      </div>
    </Page>
  );
};

type ApprovedOne = AnswerOf<typeof requisitionRoutes.listRequisitions>['items'][number];

/** Requisitions that wait to be ordered, with a line that names each. */
const useApproved = () => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const sites = useSites();
  const all = useAll(requisitionRoutes.listRequisitions, { query: { state: 'approved' } }, { staleTime: 0 });
  const textOf = (one: ApprovedOne): string => {
    const text = t('web-orders:requisitionOf', {
      site: sites.data?.find(({ id }) => id === one.site)?.name ?? one.site,
      day: format.day(one.at),
      value: soumText(approvalValue(one), language),
    });
    return one.rest ? t('web-orders:restOf', { text }) : text;
  };
  return { ...all, textOf };
};

const Requisitions = ({
  approved,
  ticked,
  disabled,
  onTick,
}: {
  readonly approved: ReturnType<typeof useApproved>;
  readonly ticked: ReadonlySet<string>;
  readonly disabled: boolean;
  readonly onTick: (next: ReadonlySet<string>) => void;
}) => {
  const t = useT();
  return (
    <Section id="requisitions" title={t('web-orders:fromRequisitions')}>
      {approved.isPending && <Waiting />}
      <FailureAlert failure={approved.error} onRetry={() => void approved.refetch()} />
      {approved.data?.length === 0 && <Text>{t('web-orders:noRequisitions')}</Text>}
      {(approved.data ?? []).map((one) => (
        <Checkbox
          key={one.id}
          checked={ticked.has(one.id)}
          disabled={disabled}
          label={approved.textOf(one)}
          onChange={(event) => {
            const next = new Set(ticked);
            if (event.currentTarget.checked) next.add(one.id);
            else next.delete(one.id);
            onTick(next);
          }}
        />
      ))}
    </Section>
  );
};

/** One pack with its quotes: the best stands first and is taken unless a person takes another. */
const HandLine = ({
  line,
  formulary,
  disabled,
  error,
  by,
  onChange,
  onRemove,
}: {
  readonly line: Line;
  readonly formulary: Formulary;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly by: string;
  readonly onChange: (next: Partial<Line>) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const medicine = formulary.byGtin(line.gtin);
  const pack = medicine?.packs.find((p) => p.gtin === line.gtin);
  const name = `${medicine ? formulary.name(medicine.code) : line.gtin}, ${pack?.brand ?? ''}`;
  const { packs } = line;
  const quotes = useAnswer(
    supplierRoutes.compareQuotes,
    { query: { gtin: line.gtin, packs: packs ?? 1, ...(by !== '' && { by }) } },
    { enabled: (packs ?? 0) > 0, staleTime: 60_000 },
  );
  const offered = (quotes.data?.items ?? []).filter((q) => q.price !== undefined);
  return (
    <Stack gap="xs" className="order-line">
      <Text fw={650}>{name}</Text>
      <div className="order-fields">
        <NumberInput
          label={t('purchase-order:packs')}
          aria-label={t('web-orders:packsField', { name })}
          value={packs ?? ''}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          disabled={disabled}
          error={error}
          onChange={(value) => onChange({ packs: numberOf(value) })}
        />
        <NativeSelect
          label={t('purchase-order:supplier')}
          aria-label={t('web-orders:choose', { name })}
          value={line.supplier}
          disabled={disabled || offered.length === 0}
          data={[
            { value: '', label: t('web-orders:chooseBest') },
            ...offered.map((q) => ({
              value: q.supplier,
              label: t('web-orders:quoteOption', {
                name: q.name,
                packs: q.packs ?? 0,
                value: soumText(q.value ?? 0, language),
                day: format.day(q.arrives ?? ''),
              }),
            })),
          ]}
          onChange={(event) => onChange({ supplier: event.currentTarget.value })}
        />
        <div>
          <ActionIcon
            size={44}
            variant="default"
            disabled={disabled}
            aria-label={t('web-orders:remove', { name })}
            onClick={onRemove}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </div>
      </div>
      <FailureAlert failure={quotes.error} onRetry={() => void quotes.refetch()} />
    </Stack>
  );
};
