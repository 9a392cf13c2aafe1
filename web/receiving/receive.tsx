/** Receiving: packs scanned one after the other into a running list, what is missing beside its field, one button. */
import { tashkentDay } from '@darmon/domain/time';
import { maxPacks, maxReceiptLines } from '@darmon/function-inventory/receipt-routes';
import { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf } from '@darmon/http/route';
import { quantityText } from '@darmon/i18n/dosage';
import { ActionIcon, Alert, Button, Group, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconCircleCheck, IconMinus, IconPackageImport, IconPlus, IconPrinter, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { keyOf, UncertainError, useCall } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, type Note, numberOf, Page, Said, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import {
  addByHand,
  bodyOf,
  changeLine,
  type Draft,
  type DraftLine,
  emptyDraft,
  needsOf,
  readExpiry,
  removeLine,
  takePack,
} from './receipt.ts';

type Receipt = AnswerOf<typeof routes.receiveStock>;

export const ReceivePage = () => {
  const t = useT();
  const formulary = useFormulary();
  const [receipt, setReceipt] = useState<Receipt | undefined>();
  return (
    <Page title={t('web-warehouse:receiveTitle')}>
      {formulary.isPending && <Waiting />}
      {formulary.failed && <FailureAlert failure={new UncertainError()} onRetry={formulary.retry} />}
      {/* Without the formulary every pack would be called unknown. */}
      {formulary.medicines.length > 0 &&
        (receipt ? (
          <Received receipt={receipt} onNext={() => setReceipt(undefined)} />
        ) : (
          <Receive onDone={setReceipt} />
        ))}
    </Page>
  );
};

const Receive = ({ onDone }: { readonly onDone: (receipt: Receipt) => void }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const queries = useQueryClient();
  const { data: me } = useMe();
  const receive = useCall(routes.receiveStock);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [document, setDocument] = useState({ supplier: '', number: '' });
  const [note, setNote] = useState<Note | undefined>();
  const nextKey = useRef(0);
  const today = tashkentDay(Date.now());
  const frozen = receive.pending || receive.uncertain;
  const newKey = () => {
    nextKey.current += 1;
    return String(nextKey.current);
  };

  const scan = (raw: string) => {
    if (frozen) return;
    const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return setNote({ good: false, text: t(read.word) });
    const { pack } = read;
    const medicine = formulary.byGtin(pack.gtin);
    if (!medicine) return setNote({ good: false, text: t('web-warehouse:unknownGtin', { gtin: pack.gtin }) });
    const taken = takePack(draft, pack, newKey(), today);
    if (taken.kind === 'same-serial') return setNote({ good: false, text: t('web-warehouse:sameSerial') });
    if (taken.kind === 'too-many')
      return setNote({ good: false, text: t('web-warehouse:tooMany', { max: maxReceiptLines }) });
    if (taken.kind === 'expiry-conflict') {
      const { lot, first, second } = taken;
      return setNote({
        good: false,
        text: t('web-warehouse:expiryConflict', { lot, first: format.day(first), second: format.day(second) }),
      });
    }
    setDraft(taken.draft);
    const name = formulary.name(medicine.code);
    setNote(
      taken.kind === 'needs'
        ? { good: false, text: t('web-warehouse:addedNeeds', { name }) }
        : {
            good: true,
            text: t('web-warehouse:added', { name: `${name}, ${taken.line.lot}`, packs: taken.line.packs ?? 0 }),
          },
    );
  };

  const findPacks = (text: string) =>
    formulary.search(text, 8).flatMap((medicine) =>
      medicine.packs.map((pack) => ({
        value: pack.gtin,
        label: formulary.name(medicine.code),
        detail: (
          <Text size="sm">
            {t('web-warehouse:packSize', {
              brand: pack.brand,
              units: quantityText(pack.units, medicine.unit, language),
            })}
          </Text>
        ),
      })),
    );
  const choose = (gtin: string) => {
    const next = addByHand(draft, gtin, newKey());
    if (next) setDraft(next);
    else setNote({ good: false, text: t('web-warehouse:tooMany', { max: maxReceiptLines }) });
  };

  const missing = draft.lines.filter((line) => needsOf(line, today).length > 0).length;
  const halfDocument = (document.supplier.trim() === '') !== (document.number.trim() === '');
  const blocked = draft.lines.length === 0 || missing > 0 || halfDocument || !me;
  const finish = async (sent: Promise<Receipt | undefined>) => {
    const receipt = await sent;
    if (!receipt) return;
    void queries.invalidateQueries({ queryKey: keyOf(routes.listStock) });
    onDone(receipt);
  };
  const send = () => {
    if (!blocked) void finish(receive.run({ params: { site: me.site }, body: bodyOf(draft, document) }));
  };
  const packs = draft.lines.reduce((sum, line) => sum + (line.packs ?? 0), 0);

  return (
    <Stack gap="md">
      <ScanField
        label={t('web-warehouse:packField')}
        hint={t('web-warehouse:packHint')}
        submit={t('web-scan:add')}
        stayOpen
        note={note?.text}
        onScan={scan}
      />
      <Said note={note} />
      {draft.lines.length === 0 ? (
        <Empty title={t('web-warehouse:emptyTitle')}>
          <Text>{t('web-warehouse:emptyText')}</Text>
        </Empty>
      ) : (
        <>
          <Title order={2}>{t('web-warehouse:lines')}</Title>
          <ul className="plain-list">
            {draft.lines.map((line, at) => (
              <li key={line.key}>
                <Line
                  line={line}
                  today={today}
                  disabled={frozen}
                  serverError={
                    receive.fieldError(`/lines/${at}`) ??
                    receive.fieldError(`/lines/${at}/expiryDate`) ??
                    receive.fieldError(`/lines/${at}/lot`)
                  }
                  onChange={(next) => setDraft(changeLine(draft, next))}
                  onRemove={() => setDraft(removeLine(draft, line.key))}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <SearchField
        label={t('web-warehouse:byHand')}
        placeholder={t('web-warehouse:findMedicine')}
        busy={formulary.isPending}
        disabled={frozen}
        find={findPacks}
        resembles={formulary.resembles}
        onChoose={choose}
      />
      <div className="two-fields">
        <TextInput
          label={t('web-warehouse:supplier')}
          value={document.supplier}
          maxLength={60}
          disabled={frozen}
          error={receive.fieldError('/document/supplier')}
          onChange={(event) => setDocument({ ...document, supplier: event.currentTarget.value })}
        />
        <TextInput
          label={t('web-warehouse:documentNumber')}
          value={document.number}
          maxLength={40}
          disabled={frozen}
          error={halfDocument ? t('web-warehouse:documentBoth') : receive.fieldError('/document/number')}
          onChange={(event) => setDocument({ ...document, number: event.currentTarget.value })}
        />
      </div>
      <Text size="sm" className="quiet">
        {t('web-warehouse:documentHint')}
      </Text>
      <FailureAlert
        failure={receive.failure}
        uncertain={receive.uncertain}
        onRetry={() => void finish(receive.retry())}
      />
      {draft.lines.length > 0 && (
        <div className="act-bar">
          <Text role="status">
            {missing > 0
              ? t('web-warehouse:missing', { count: missing })
              : t('web-warehouse:postSummary', { lines: draft.lines.length, packs })}
          </Text>
          <Button
            size="lg"
            className="act-main"
            loading={receive.pending}
            disabled={blocked || receive.uncertain}
            leftSection={<IconPackageImport size={24} aria-hidden />}
            onClick={send}
          >
            {t('web-warehouse:post')}
          </Button>
        </div>
      )}
    </Stack>
  );
};

const Line = ({
  line,
  today,
  disabled,
  serverError,
  onChange,
  onRemove,
}: {
  readonly line: DraftLine;
  readonly today: string;
  readonly disabled: boolean;
  readonly serverError: string | undefined;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove: () => void;
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const medicine = formulary.byGtin(line.gtin);
  const pack = medicine?.packs.find((one) => one.gtin === line.gtin);
  const name = medicine ? formulary.name(medicine.code) : line.gtin;
  const needs = needsOf(line, today);
  // A field that was not touched yet is asked for, not blamed.
  const wrong = (...of: readonly (typeof needs)[number][]) => {
    const need = needs.find((one) => of.includes(one));
    return need && t(`web-warehouse:need.${need}`);
  };
  const expiry = readExpiry(line.expiry);
  const units = (pack?.units ?? 0) * (line.packs ?? 0);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={650}>{name}</Text>
          {pack && medicine && (
            <Text size="sm" className="quiet">
              {pack.brand} · {quantityText(pack.units, medicine.unit, language)} · GTIN {line.gtin}
            </Text>
          )}
        </div>
        <ActionIcon
          aria-label={t('web-warehouse:removeLine', { name, lot: line.lot })}
          disabled={disabled}
          onClick={onRemove}
        >
          <IconTrash size={22} aria-hidden />
        </ActionIcon>
      </Group>
      <div className="receipt-fields">
        <TextInput
          label={t('web-warehouse:lot')}
          description={line.fromCode.lot ? t('web-warehouse:fromCode') : ' '}
          value={line.lot}
          readOnly={line.fromCode.lot}
          disabled={disabled}
          maxLength={20}
          autoComplete="off"
          spellCheck={false}
          error={wrong('lot', 'lot-form')}
          onChange={(event) => onChange({ ...line, lot: event.currentTarget.value })}
        />
        <TextInput
          label={t('web-warehouse:expiry')}
          description={line.fromCode.expiry ? t('web-warehouse:fromCode') : t('web-warehouse:expiryHint')}
          value={line.fromCode.expiry && expiry ? format.day(expiry) : line.expiry}
          readOnly={line.fromCode.expiry}
          disabled={disabled}
          maxLength={10}
          inputMode="decimal"
          autoComplete="off"
          error={wrong('expiry', 'expiry-form', 'expired')}
          onChange={(event) => onChange({ ...line, expiry: event.currentTarget.value })}
        />
        <NumberInput
          label={t('web-warehouse:packs')}
          description={
            medicine && units > 0
              ? t('web-warehouse:unitsTotal', { units: quantityText(units, medicine.unit, language) })
              : ' '
          }
          value={line.packs ?? ''}
          min={1}
          max={maxPacks}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          hideControls
          disabled={disabled}
          error={wrong('packs')}
          onChange={(value) => onChange({ ...line, packs: numberOf(value) })}
        />
        <Group gap={4} wrap="nowrap" className="pack-steps">
          <ActionIcon
            variant="default"
            aria-label={t('web-warehouse:lessPack', { name })}
            disabled={disabled || (line.packs ?? 0) <= 1}
            onClick={() => onChange({ ...line, packs: (line.packs ?? 2) - 1 })}
          >
            <IconMinus size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t('web-warehouse:addPack', { name })}
            disabled={disabled}
            onClick={() => onChange({ ...line, packs: (line.packs ?? 0) + 1 })}
          >
            <IconPlus size={20} aria-hidden />
          </ActionIcon>
        </Group>
      </div>
      {serverError && <Text className="wrong">{serverError}</Text>}
    </Paper>
  );
};

const Received = ({ receipt, onNext }: { readonly receipt: Receipt; readonly onNext: () => void }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  return (
    <Stack gap="md">
      <Alert
        role="status"
        color="green"
        variant="light"
        icon={<IconCircleCheck aria-hidden />}
        title={t('web-warehouse:received')}
      >
        <Stack gap="sm">
          <Text size="sm">
            {t('web-warehouse:receivedNo')}: <span className="number">{receipt.id}</span>
          </Text>
          <ul className="plain-list">
            {receipt.lines.map((line) => {
              const unit = formulary.byCode(line.medicine)?.unit ?? 'piece';
              return (
                <li key={`${line.gtin}#${line.lot}`}>
                  <strong>{formulary.name(line.medicine)}</strong>: {quantityText(line.quantity, unit, language)}
                  <Text size="sm" className="quiet">
                    {t('common:lot')} <span className="number">{line.lot}</span>, {format.day(line.expiryDate)}
                  </Text>
                </li>
              );
            })}
          </ul>
        </Stack>
      </Alert>
      <Group gap="sm" className="no-print">
        <Button size="lg" leftSection={<IconPackageImport size={22} aria-hidden />} onClick={onNext}>
          {t('web-warehouse:receiveNext')}
        </Button>
        <Button size="lg" variant="default" component={Link} to="/warehouse/stock">
          {t('web-warehouse:toStock')}
        </Button>
        <Button
          size="lg"
          variant="default"
          leftSection={<IconPrinter size={22} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('common:print')}
        </Button>
      </Group>
    </Stack>
  );
};
