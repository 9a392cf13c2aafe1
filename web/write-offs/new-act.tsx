/** `/write-offs/new`: a reason, the goods by scan or by name, photos, and off to be signed. */
import { isControlled } from '@darmon/domain/medicine';
import { tashkentDay } from '@darmon/domain/time';
import { maxWriteOffLines, maxWriteOffPhotos, type WriteOffReason, writeOffReasons } from '@darmon/domain/write-off';
import { routes } from '@darmon/function-inventory/routes';
import { quantityText } from '@darmon/i18n/dosage';
import { soumText } from '@darmon/i18n/money';
import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { useAll } from '../shared/all-pages.ts';
import { keyOf, useAnswer, useCall } from '../shared/client.ts';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Empty, FailureAlert, type Note, Page, Said, Section, Waiting } from '../shared/parts.tsx';
import { SearchField } from '../shared/search-field.tsx';
import {
  addUnits,
  bodyOf,
  type DraftLine,
  isSameLot,
  type Lot,
  linesOfProposals,
  lotOf,
  needsOf,
  worthOf,
} from './draft.ts';
import { LineCard } from './line-card.tsx';

export const NewActPage = () => {
  const t = useT();
  const me = useMe();
  const formulary = useFormulary();
  const { expired } = useSearch({ strict: false }) as { expired?: boolean };
  const site = me.data?.site ?? '';
  const enabled = me.data !== undefined;
  const stock = useAll(routes.listStock, { params: { site } }, { enabled, staleTime: 0 });
  const proposals = useAnswer(
    routes.proposeWriteOffs,
    { params: { site } },
    { enabled: enabled && expired === true, staleTime: 0 },
  );
  const isReady = stock.data && formulary.medicines.length > 0 && (!expired || proposals.data);
  return (
    <Page title={t('web-write-offs:newTitle')}>
      {!isReady && !stock.error && !proposals.error && <Waiting />}
      <FailureAlert failure={stock.error} onRetry={() => void stock.refetch()} />
      <FailureAlert failure={proposals.error} onRetry={() => void proposals.refetch()} />
      {isReady && (
        <NewAct
          site={site}
          stock={stock.data.map((item) =>
            lotOf(item, formulary.byGtin(item.gtin)?.packs.find(({ gtin }) => gtin === item.gtin)?.divisibleBy),
          )}
          first={linesOfProposals(proposals.data?.items ?? [])}
        />
      )}
    </Page>
  );
};

/** Lots offered at a time. */
const offered = 12;

const NewAct = ({
  site,
  stock,
  first,
}: {
  readonly site: string;
  readonly stock: readonly Lot[];
  readonly first: readonly DraftLine[];
}) => {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const formulary = useFormulary();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const request = useCall(routes.requestWriteOff);
  const [reason, setReason] = useState<WriteOffReason>(first.length > 0 ? 'expired' : 'damaged');
  const [lines, setLines] = useState(first);
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [earlier, setEarlier] = useState<{ day: string; reason: string } | undefined>();
  const [said, setSaid] = useState<Note | undefined>();
  const today = tashkentDay(Date.now());
  const frozen = request.pending || request.uncertain;
  const nameOf = (lot: Lot) => `${formulary.name(lot.medicine)}, ${lot.lot}`;
  const unitsOf = (lot: Lot, units: number) =>
    quantityText(units, formulary.byCode(lot.medicine)?.unit ?? 'piece', language);

  const add = (lot: Lot, units: number) => {
    const added = addUnits(lines, lot, units, reason);
    if (added.kind === 'none-free')
      return setSaid({ good: false, text: t('web-write-offs:noneFree', { what: nameOf(lot) }) });
    if (added.kind === 'too-many')
      return setSaid({ good: false, text: t('web-write-offs:tooMany', { max: maxWriteOffLines }) });
    setLines(added.lines);
    setSaid({ good: true, text: t('web-write-offs:added', { what: `${nameOf(lot)}, ${unitsOf(lot, units)}` }) });
  };

  const scan = (raw: string) => {
    if (frozen) return;
    const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return setSaid({ good: false, text: t(read.word) });
    const { gtin, lot } = read.pack;
    const ofGtin = stock.filter((one) => one.gtin === gtin && one.free > 0);
    const [only] = ofGtin;
    const found =
      lot === undefined ? (ofGtin.length === 1 ? only : undefined) : stock.find((one) => isSameLot(one, { gtin, lot }));
    const medicine = formulary.byGtin(gtin);
    const what = [medicine ? formulary.name(medicine.code) : gtin, lot].filter(Boolean).join(', ');
    if (found) return add(found, Math.min(found.packUnits, found.free));
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

  const change = (at: number, line: DraftLine) => setLines(lines.map((one, i) => (i === at ? line : one)));
  const value = lines.reduce((sum, line) => sum + worthOf(line), 0);
  const isUnfinished =
    lines.length === 0 ||
    lines.some((line) => needsOf(line, today).length > 0) ||
    (note.trim() !== '' && note.trim().length < 3) ||
    (earlier !== undefined && (earlier.day === '' || earlier.reason.trim().length < 3));

  const finish = async (act: { id: string } | undefined) => {
    if (!act) return;
    await Promise.all(
      [routes.listStock, routes.proposeWriteOffs, routes.listOpenWriteOffs, routes.listWriteOffs].map((route) =>
        queries.invalidateQueries({ queryKey: keyOf(route) }),
      ),
    );
    await navigate({ to: '/write-offs/$id', params: { id: act.id }, search: { sent: true } });
  };
  const send = () => {
    if (isUnfinished) return;
    void request.run({ params: { site }, body: bodyOf(lines, { photos, note, earlier }) }).then(finish);
  };

  return (
    <Stack gap="md">
      <Section id="reason" title={t('web-write-offs:reasonFirst')}>
        <fieldset className="plain" aria-labelledby="reason" disabled={frozen}>
          <div className="usual-row">
            {writeOffReasons.map((one) => (
              <button
                key={one}
                type="button"
                className="usual"
                aria-pressed={one === reason}
                onClick={() => setReason(one)}
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
        <ScanField
          label={t('web-write-offs:packField')}
          hint={t('web-write-offs:packHint')}
          submit={t('web-scan:add')}
          variant="compact"
          stayOpen
          note={said?.text ?? ''}
          onScan={scan}
        />
        <SearchField
          label={t('web-write-offs:find')}
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
                  serverError={['', '/quantity', '/reason', '/note']
                    .map((part) => request.fieldError(`/lines/${at}${part}`))
                    .find((text) => text !== undefined)}
                  isControlled={isControlled(formulary.byCode(line.lot.medicine)?.class ?? 'otc')}
                  onChange={(next) => change(at, next)}
                  onRemove={() => setLines(lines.filter((_, i) => i !== at))}
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section id="proof" title={t('web-write-offs:proof')}>
        <PhotoPicker site={site} photos={photos} max={maxWriteOffPhotos} disabled={frozen} onChange={setPhotos} />
        <TextInput
          label={`${t('write-off:note')} (${t('common:optional')})`}
          description={t('web-write-offs:noteHint')}
          value={note}
          maxLength={300}
          disabled={frozen}
          error={request.fieldError('/note')}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Checkbox
          label={t('web-write-offs:earlier')}
          checked={earlier !== undefined}
          disabled={frozen}
          onChange={(event) => setEarlier(event.currentTarget.checked ? { day: '', reason: '' } : undefined)}
        />
        {earlier && (
          <div className="earlier">
            <DayField
              label={t('web-write-offs:earlierDay')}
              value={earlier.day}
              disabled={frozen}
              error={request.fieldError('/backdated/day')}
              onChange={(day) => setEarlier({ ...earlier, day })}
            />
            <TextInput
              label={t('web-write-offs:earlierWhy')}
              value={earlier.reason}
              maxLength={300}
              disabled={frozen}
              error={request.fieldError('/backdated/reason')}
              onChange={(event) => setEarlier({ ...earlier, reason: event.currentTarget.value })}
            />
          </div>
        )}
      </Section>
      <FailureAlert
        failure={request.failure}
        uncertain={request.uncertain}
        onRetry={() => void request.retry().then(finish)}
      />
      {lines.length > 0 && (
        <div className="act-bar">
          <Text role="status">
            {t('web-write-offs:summary', { count: lines.length, value: soumText(value, language) })}
          </Text>
          <Button
            size="lg"
            className="act-main"
            loading={request.pending}
            disabled={isUnfinished || request.uncertain}
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
