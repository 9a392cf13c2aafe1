/** An act as it is drawn up: a reason, the goods by scan or by name, photos; kept on the device until it is sent. */
import { isControlled } from '@darmon/domain/medicine';
import { tashkentDay } from '@darmon/domain/time';
import { maxWriteOffLines, maxWriteOffPhotos, writeOffReasons } from '@darmon/domain/write-off';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { keyOf } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { type KeptCall, useKeptCall } from '../shared/kept-call.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { Empty, FailureAlert, type Note, Said, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import {
  type ActDraft,
  addUnits,
  asTheyLie,
  bodyOf,
  type DraftLine,
  isSameLot,
  type Lot,
  needsOf,
  worthOf,
} from './draft.ts';
import { LineCard } from './line-card.tsx';

/** Lots offered at a time. */
const offered = 12;

const shelfReasons = writeOffReasons.filter((one) => one !== 'lost-in-transit');

interface Props {
  readonly site: string;
  /** What lies where the act is about. */
  readonly stock: readonly Lot[];
  /** What a new act begins with. */
  readonly empty: ActDraft;
  /** Names it among what the device keeps. */
  readonly name: string;
  /** Goods that are on their way with it, which nobody can scan. */
  readonly transfer?: string;
}

/** Waits for what the device kept of it. */
export const ActForm = (props: Props) => {
  const { site, name, empty } = props;
  const kept = useKeptCall(routes.requestWriteOff, { site }, { name, layout: 1, empty });
  return kept.draft ? <Form {...props} kept={kept} draft={kept.draft} /> : <Waiting />;
};

type Kept = KeptCall<typeof routes.requestWriteOff, ActDraft>;

const Form = ({ site, stock, transfer, kept, draft }: Props & { readonly kept: Kept; readonly draft: ActDraft }) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { reason, photos, note, earlier } = draft;
  const lines = asTheyLie(draft.lines, stock);
  const set = (next: Partial<ActDraft>) => kept.change((before) => ({ ...before, ...next }));
  const [said, setSaid] = useState<Note | undefined>();
  const today = tashkentDay(Date.now());
  const frozen = kept.pending || kept.uncertain;
  const errorAt = (pointer: string) => kept.errorsOf(pointer)[0];
  const nameOf = (lot: Lot) => `${formulary.name(lot.medicine)}, ${lot.lot}`;
  const unitsOf = (lot: Lot, units: number) =>
    quantityText(units, formulary.byCode(lot.medicine)?.unit ?? 'piece', language);

  const add = (lot: Lot, units: number, serial?: string) => {
    const added = addUnits(asTheyLie(kept.current().lines, stock), lot, units, reason, serial);
    if (added.kind === 'same-pack')
      return setSaid({ good: false, text: t('web-write-offs:samePack', { serial: serial ?? '' }) });
    if (added.kind === 'none-free')
      return setSaid({ good: false, text: t('web-write-offs:noneFree', { what: nameOf(lot) }) });
    if (added.kind === 'too-many')
      return setSaid({ good: false, text: t('web-write-offs:tooMany', { max: maxWriteOffLines }) });
    set({ lines: added.lines });
    setSaid({ good: true, text: t('web-write-offs:added', { what: `${nameOf(lot)}, ${unitsOf(lot, units)}` }) });
  };

  const scan = (raw: string) => {
    if (frozen) return;
    const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return setSaid({ good: false, text: t(read.word) });
    const { gtin, lot, serial } = read.pack;
    const ofGtin = stock.filter((one) => one.gtin === gtin && one.free > 0);
    const [only] = ofGtin;
    const found =
      lot === undefined ? (ofGtin.length === 1 ? only : undefined) : stock.find((one) => isSameLot(one, { gtin, lot }));
    const medicine = formulary.byGtin(gtin);
    const what = [medicine ? formulary.name(medicine.code) : gtin, lot].filter(Boolean).join(', ');
    if (found) return add(found, Math.min(found.packUnits, found.free), serial);
    setSaid({
      good: false,
      text: t(lot === undefined && ofGtin.length > 1 ? 'web-write-offs:chooseLot' : 'web-write-offs:notHere', { what }),
    });
  };

  const find = (text: string) => {
    const typed = text.trim().toLowerCase();
    const codes = new Set(formulary.search(text, 40).map(({ code }) => code));
    return stock
      .filter((lot) => lot.free > 0 && (codes.has(lot.medicine) || lot.lot.toLowerCase().startsWith(typed)))
      .slice(0, offered)
      .map((lot) => ({
        value: `${lot.gtin}#${lot.lot}`,
        label: nameOf(lot),
        detail: (
          <Text size="sm">
            {t('web-write-offs:until', { day: format.day(lot.expiryDate) })} ·{' '}
            {t('web-write-offs:freeOf', { units: unitsOf(lot, lot.free) })}
          </Text>
        ),
      }));
  };

  const change = (at: number, line: DraftLine) => set({ lines: lines.map((one, i) => (i === at ? line : one)) });
  const value = lines.reduce((sum, line) => sum + worthOf(line), 0);
  const isUnfinished =
    lines.length === 0 ||
    lines.some((line) => needsOf(line, today).length > 0) ||
    (note.trim() !== '' && note.trim().length < 3) ||
    (earlier !== null && (earlier.day === '' || earlier.reason.trim().length < 3));

  const finish = async (act: { id: string } | undefined) => {
    if (!act) return;
    await Promise.all(
      [
        routes.listStock,
        routes.proposeWriteOffs,
        routes.listOpenWriteOffs,
        routes.listWriteOffs,
        routes.readTransfer,
      ].map((route) => queries.invalidateQueries({ queryKey: keyOf(route) })),
    );
    await navigate({ to: '/write-offs/$id', params: { id: act.id }, search: { sent: true } });
  };
  const send = () => {
    if (isUnfinished) return;
    void kept.send(bodyOf(lines, { photos, note, earlier, transfer })).then(finish);
  };

  const reasons = transfer === undefined ? shelfReasons : writeOffReasons;
  return (
    <Stack gap="md">
      {kept.isOld && (
        <Group className="note" justify="space-between">
          <Text>{t('web-write-offs:kept')}</Text>
          <Button variant="default" mih={44} disabled={frozen} onClick={kept.clear}>
            {t('web-write-offs:startAgain')}
          </Button>
        </Group>
      )}
      <Section id="reason" title={t('web-write-offs:reasonFirst')}>
        <fieldset className="plain" aria-labelledby="reason" disabled={frozen}>
          <div className="usual-row">
            {reasons.map((one) => (
              <button
                key={one}
                type="button"
                className="usual"
                aria-pressed={one === reason}
                onClick={() => set({ reason: one })}
              >
                {t(`write-off:reason.${one}`)}
              </button>
            ))}
          </div>
        </fieldset>
        <Text size="sm" className="quiet">
          {t('web-write-offs:reasonHint')}
        </Text>
      </Section>
      <Section id="goods" title={t('web-write-offs:goods')}>
        {transfer === undefined && (
          <ScanField
            label={t('web-write-offs:packField')}
            hint={t('web-write-offs:packHint')}
            submit={t('web-scan:add')}
            variant="compact"
            stayOpen
            note={said?.text ?? ''}
            onScan={scan}
          />
        )}
        <SearchField
          label={t(transfer === undefined ? 'web-write-offs:find' : 'web-write-offs:findOnWay')}
          busy={formulary.isPending}
          disabled={frozen}
          find={find}
          resembles={formulary.resembles}
          onChoose={(value) => {
            const lot = stock.find((one) => `${one.gtin}#${one.lot}` === value);
            if (lot) add(lot, Math.min(lot.packUnits, lot.free));
          }}
        />
        <Said note={said} />
        {lines.length === 0 ? (
          <Empty title={t('web-write-offs:nothingAdded')}>
            <Text>{t('web-write-offs:nothingAddedText')}</Text>
          </Empty>
        ) : (
          <ul className="plain-list act-lines">
            {lines.map((line, at) => (
              <li key={`${line.lot.gtin}#${line.lot.lot}`}>
                <LineCard
                  line={line}
                  today={today}
                  disabled={frozen}
                  reasons={reasons}
                  serverError={errorAt(`/lines/${at}`)}
                  isControlled={isControlled(formulary.byCode(line.lot.medicine)?.class ?? 'otc')}
                  onChange={(next) => change(at, next)}
                  onRemove={() => set({ lines: lines.filter((_, i) => i !== at) })}
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section id="proof" title={t('web-write-offs:proof')}>
        <PhotoPicker
          site={site}
          photos={photos}
          max={maxWriteOffPhotos}
          disabled={frozen}
          onChange={(next) => set({ photos: next })}
        />
        <TextInput
          label={`${t('write-off:note')} (${t('common:optional')})`}
          description={t('web-write-offs:noteHint')}
          value={note}
          maxLength={300}
          disabled={frozen}
          error={errorAt('/note')}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
        <Checkbox
          label={t('web-write-offs:earlier')}
          checked={earlier !== null}
          disabled={frozen}
          onChange={(event) => set({ earlier: event.currentTarget.checked ? { day: '', reason: '' } : null })}
        />
        {earlier && (
          <div className="earlier">
            <DayField
              label={t('web-write-offs:earlierDay')}
              value={earlier.day}
              disabled={frozen}
              error={errorAt('/backdated/day')}
              onChange={(day) => set({ earlier: { ...earlier, day } })}
            />
            <TextInput
              label={t('web-write-offs:earlierWhy')}
              value={earlier.reason}
              maxLength={300}
              disabled={frozen}
              error={errorAt('/backdated/reason')}
              onChange={(event) => set({ earlier: { ...earlier, reason: event.currentTarget.value } })}
            />
          </div>
        )}
      </Section>
      <FailureAlert failure={kept.failure} uncertain={kept.uncertain} onRetry={() => void kept.retry().then(finish)} />
      {lines.length > 0 && (
        <div className="act-bar">
          <Text role="status">
            {t('web-write-offs:summary', { count: lines.length, value: soumText(value, language) })}
          </Text>
          <Button
            size="lg"
            className="act-main"
            loading={kept.pending}
            disabled={isUnfinished || kept.uncertain}
            leftSection={<IconSend size={22} aria-hidden />}
            onClick={send}
          >
            {t('web-write-offs:send')}
          </Button>
        </div>
      )}
    </Stack>
  );
};
