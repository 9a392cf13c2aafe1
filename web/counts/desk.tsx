/** Counting scan by scan: the lot in front of somebody, large, one pack more by each scan, and the next. */
import { tashkentDay } from '@darmon/domain/time';
import { Button, Group, NumberInput, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconPlus, IconRefresh, IconX } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { groupSeparator, type KeyDoubt, makeBurst, meaningOf, typedOf } from '../scan/keys.ts';
import { type ScannedPack, wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { DayField } from '../shared/day-field.tsx';
import type { Formulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { Dialog, Mark, type Note, numberOf, Said } from '../shared/parts.tsx';
import { countAnew, entryOf, type Line, nameOfLot, type Open, onePackMore, openLot, unitsOf } from './count-view.ts';
import { useUnits } from './parts.tsx';
import type { Counting } from './use-count.ts';

const maxPacks = 100_000;

/** Longer pauses than a scanner's begin something new. */
const restartMs = 300;
/** No number of packs is that long, and no code is shorter. */
const leastScanned = 8;
/** So much in one go is a code, however slowly an old machine hears the keys. */
const surelyScanned = 14;

/**
 * Hands over what a hand scanner types while a number has the focus, and puts back what stood there before: else a code
 * would be taken for a very large number of packs.
 */
const useScanIntoNumber = (
  now: () => Open | undefined,
  putBack: (open: Open) => void,
  onScan: (raw: string) => void,
  onDoubt: (doubt: KeyDoubt) => void,
) => {
  const burst = useRef(makeBurst());
  const typed = useRef<{ text: string; last: number; before: Open | undefined }>({
    text: '',
    last: 0,
    before: undefined,
  });
  return (event: KeyboardEvent) => {
    const at = performance.now();
    if (at - typed.current.last > restartMs) typed.current = { text: '', last: at, before: now() };
    typed.current.last = at;
    const meaning = meaningOf(event);
    if (meaning === 'other') {
      if (event.key.length !== 1) return;
      burst.current.press(at, typedOf(event));
      typed.current.text += event.key;
      return;
    }
    const { text, before } = typed.current;
    if (text.length < leastScanned) return;
    if (text.length < surelyScanned && !burst.current.isScanner(at)) return;
    event.preventDefault();
    event.stopPropagation();
    if (meaning === 'separator') {
      burst.current.press(at);
      typed.current.text += groupSeparator;
      return;
    }
    typed.current = { text: '', last: 0, before: undefined };
    if (before) putBack(before);
    const doubt = burst.current.doubtOf(text);
    if (doubt) onDoubt(doubt);
    else onScan(text);
  };
};

/** What a lot is called: the medicine and its number. */
const useLotName = (formulary: Formulary) => (lot: { readonly gtin: string; readonly lot: string }) =>
  `${formulary.name(formulary.byGtin(lot.gtin)?.code ?? lot.gtin)}, ${lot.lot}`;

export interface Desk {
  /** Opens a line of the list, to type its number. */
  openLine(line: Line): void;
  /** Saves what is open; false where something is missing. */
  save(): boolean;
}

export const CountDesk = ({
  counting,
  formulary,
  desk,
}: {
  readonly counting: Counting;
  readonly formulary: Formulary;
  /** Filled in with what the list may ask of the desk. */
  readonly desk: React.RefObject<Desk | undefined>;
}) => {
  const t = useT();
  const units = useUnits();
  const lotName = useLotName(formulary);
  const [note, setNote] = useState<Note | undefined>();
  const [asked, setAsked] = useState<ScannedPack | undefined>();
  const [round, setRound] = useState(0);
  const today = tashkentDay(Date.now());
  const wrong = (text: string) => setNote({ good: false, text });

  const packOf = (gtin: string) => formulary.byGtin(gtin)?.packs.find((pack) => pack.gtin === gtin);
  const waitingOf = (lot: { readonly gtin: string; readonly lot: string }) =>
    counting.current().queue.findLast((one) => nameOfLot(one.entry) === nameOfLot(lot) && !one.refused);
  const begin = (
    lot: { readonly gtin: string; readonly lot: string; readonly expiryDate?: string | undefined },
    packs: number | undefined,
    serial?: string,
  ) => {
    const line = counting.lineOf(lot);
    const pack = packOf(lot.gtin) ?? { units: line?.packUnits ?? 1, divisibleBy: line?.divisibleBy };
    const known = { line, waiting: waitingOf(lot) };
    counting.setOpen(openLot(lot, pack, known, { packs, serial, now: counting.now() }));
  };

  const save = (): boolean => {
    const { open } = counting.current();
    if (!open) return true;
    const entry = entryOf(open, counting.lineOf(open));
    if (!entry) {
      wrong(t('web-counts:notSaved', { name: lotName(open) }));
      return false;
    }
    const medicine = formulary.byGtin(open.gtin)?.code ?? '';
    setNote({
      good: true,
      text: t('web-counts:saved', { name: lotName(open), units: units(medicine, entry.counted) }),
    });
    counting.enter(entry);
    return true;
  };

  const takeLot = (pack: ScannedPack & { readonly lot: string }) => {
    const { open } = counting.current();
    if (open && nameOfLot(open) === nameOfLot(pack)) {
      const more = onePackMore(open, pack.serial);
      if (!more) return wrong(t('web-counts:sameSerial'));
      setNote(undefined);
      return counting.setOpen(more);
    }
    if (!save()) return;
    if (!open) setNote(undefined);
    begin(pack, 1, pack.serial);
  };
  const scan = (raw: string) => {
    const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
    if (read.kind === 'no') return wrong(t(read.word));
    const { pack } = read;
    if (!formulary.byGtin(pack.gtin)) return wrong(t('web-counts:unknownGtin', { gtin: pack.gtin }));
    const { open } = counting.current();
    // packs of the national marking have no lot: whoever is counting one is still at it
    if (pack.lot === undefined && open?.gtin === pack.gtin) return takeLot({ ...pack, lot: open.lot });
    if (pack.lot === undefined) return setAsked(pack);
    return takeLot({ ...pack, lot: pack.lot });
  };
  const onKey = useScanIntoNumber(
    () => counting.current().open,
    counting.setOpen,
    scan,
    (doubt) => wrong(t(`web-scan:keys.${doubt}`)),
  );
  useEffect(() => {
    desk.current = {
      save,
      openLine: (line) => {
        if (!save()) return;
        begin(line, undefined);
        setRound((n) => n + 1);
      },
    };
  });

  return (
    <Stack gap="sm" className="no-print">
      <ScanField
        label={t('web-counts:scan')}
        hint={t('web-counts:scanHint')}
        submit={t('web-counts:count')}
        stayOpen
        variant="compact"
        note={note?.text}
        focusRound={counting.open ? 0 : round}
        onScan={scan}
      />
      <Said note={note} />
      {counting.open ? (
        <OpenLot
          key={nameOfLot(counting.open)}
          open={counting.open}
          line={counting.lineOf(counting.open)}
          formulary={formulary}
          onChange={counting.setOpen}
          onKey={onKey}
          onSave={() => {
            if (save()) setRound((n) => n + 1);
          }}
          onAnew={() => {
            const { open } = counting.current();
            if (open) counting.setOpen(countAnew(open, counting.now()));
          }}
        />
      ) : (
        <Text className="quiet">{t('web-counts:idle')}</Text>
      )}
      {asked && (
        <WhichLot
          pack={asked}
          counting={counting}
          formulary={formulary}
          onClose={() => setAsked(undefined)}
          onLot={(lot, expiryDate) => {
            setAsked(undefined);
            takeLot({ ...asked, lot, ...(expiryDate !== undefined && { expiryDate }) });
          }}
        />
      )}
    </Stack>
  );
};

const OpenLot = ({
  open,
  line,
  formulary,
  onChange,
  onSave,
  onAnew,
  onKey,
}: {
  readonly onKey: (event: KeyboardEvent) => void;
  readonly open: Open;
  readonly line: Line | undefined;
  readonly formulary: Formulary;
  readonly onChange: (open: Open | undefined) => void;
  readonly onSave: () => void;
  readonly onAnew: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const units = useUnits();
  const packs = useRef<HTMLInputElement>(null);
  const isTyped = open.packs === undefined;
  useEffect(() => {
    // chosen from the list, there is nothing to scan: the number is typed
    if (isTyped) packs.current?.focus();
  }, [isTyped]);
  const medicine = formulary.byGtin(open.gtin)?.code ?? line?.medicine ?? '';
  const place = [line?.zone, line?.shelf].filter(Boolean).join(' · ');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  const step = (by: number) => onChange({ ...open, packs: Math.max(0, (open.packs ?? 0) + by) });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="open-lot" className="count-open">
      <form onSubmit={submit} onKeyDownCapture={onKey}>
        <Stack gap="sm">
          <div>
            <Text size="sm" className="quiet">
              {t('web-counts:now')}
            </Text>
            <Title order={2} id="open-lot">
              {formulary.name(medicine)}
            </Title>
            <Text>
              {t('web-counts:lotOf', { lot: open.lot })}
              {open.expiryDate !== undefined && ` · ${t('web-counts:until', { day: format.day(open.expiryDate) })}`}
            </Text>
            {place !== '' && <Text>{t('web-counts:place', { place })}</Text>}
          </div>
          {!line && (
            <Mark color="orange" Icon={IconAlertTriangle}>
              {t('web-counts:strange')}
            </Mark>
          )}
          {line?.recount && (
            <Mark color="orange" Icon={IconRefresh}>
              {t('web-counts:again')}
            </Mark>
          )}
          <div className="count-figure" role="status">
            {units(medicine, unitsOf(open))}
          </div>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <Button variant="default" size="lg" px="sm" aria-label={t('web-counts:less')} onClick={() => step(-1)}>
              <IconMinus size={24} aria-hidden />
            </Button>
            <NumberInput
              ref={packs}
              className="grow"
              size="lg"
              label={t('web-counts:packs')}
              value={open.packs ?? ''}
              min={0}
              max={maxPacks}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              inputMode="numeric"
              onFocus={(event) => event.currentTarget.select()}
              onChange={(value) => onChange({ ...open, packs: numberOf(value) })}
            />
            <Button variant="default" size="lg" px="sm" aria-label={t('web-counts:more')} onClick={() => step(1)}>
              <IconPlus size={24} aria-hidden />
            </Button>
          </Group>
          {open.packUnits > 1 && (
            <NumberInput
              label={t('web-counts:loose')}
              description={t('web-counts:inPack', { units: units(medicine, open.packUnits) })}
              value={open.loose}
              min={0}
              max={open.packUnits * 100}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              inputMode="numeric"
              maw={240}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(value) => onChange({ ...open, loose: numberOf(value) ?? 0 })}
            />
          )}
          {!line && (
            <DayField
              label={t('web-counts:expiry')}
              value={open.expiryDate ?? ''}
              onChange={(day) => {
                const { expiryDate: _, ...rest } = open;
                onChange(day === '' ? rest : { ...rest, expiryDate: day });
              }}
            />
          )}
          {open.added && (
            <Group gap="sm">
              <Text size="sm">{t('web-counts:goesOn')}</Text>
              <Button variant="default" leftSection={<IconRefresh size={18} aria-hidden />} onClick={onAnew}>
                {t('web-counts:anew')}
              </Button>
            </Group>
          )}
          <Group gap="xs">
            <Button type="submit" size="lg" className="grow" leftSection={<IconCheck size={24} aria-hidden />}>
              {t('web-counts:saveNext')}
            </Button>
            <Button
              variant="default"
              size="lg"
              leftSection={<IconX size={20} aria-hidden />}
              onClick={() => onChange(undefined)}
            >
              {t('web-counts:leave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
};

/** A code without a lot: the lots of the pack that are in the count, or another that is typed. */
const WhichLot = ({
  pack,
  counting,
  formulary,
  onClose,
  onLot,
}: {
  readonly pack: ScannedPack;
  readonly counting: Counting;
  readonly formulary: Formulary;
  readonly onClose: () => void;
  readonly onLot: (lot: string, expiryDate: string | undefined) => void;
}) => {
  const t = useT();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const lots = counting.loaded?.lines.filter((line) => line.gtin === pack.gtin) ?? [];
  return (
    <Dialog opened onClose={onClose} title={t('web-counts:whichLot')}>
      <Stack gap="md">
        <Text fw={600}>{formulary.name(formulary.byGtin(pack.gtin)?.code ?? pack.gtin)}</Text>
        <Text>{t('web-counts:whichLotText')}</Text>
        {lots.map((line) => (
          <Button key={line.lot} variant="default" size="lg" onClick={() => onLot(line.lot, line.expiryDate)}>
            {line.lot} · {t('web-counts:until', { day: format.day(line.expiryDate) })}
          </Button>
        ))}
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            const lot = typed.trim().toUpperCase();
            if (lot !== '') onLot(lot, pack.expiryDate);
          }}
        >
          <TextInput
            label={t('web-counts:otherLot')}
            value={typed}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={typed.trim() === ''}>
            {t('web-counts:takeLot')}
          </Button>
        </form>
      </Stack>
    </Dialog>
  );
};
