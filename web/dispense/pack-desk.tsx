/** Packs beside a prescription: the field they are scanned into, what came of the last one, and what it asks for. */
import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBarcode } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { wantPack } from '../scan/meaning.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { DayField } from '../shared/day-field.tsx';
import { useFormulary } from '../shared/formulary.ts';
import { useFormat, useT } from '../shared/language.ts';
import { type Note, Said } from '../shared/parts.tsx';
import { judgePack, type PackVerdict, type TakenPack, type Target } from './packs.ts';
import { type SetAside, SetAsideButton } from './set-aside.tsx';

type Question = Extract<PackVerdict, { kind: 'needs-lot' }>;

/** What the last scan left: a note, a question, or a pack in doubt. */
export type Matter =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'doubt'; readonly text: string; readonly pack: TakenPack };

export interface PackDesk {
  readonly matter: Matter | undefined;
  /** Takes a raw scan; false where it is no pack. */
  take(raw: string): boolean;
  /** Takes a pack whose lot a person read from it. */
  answer(pack: TakenPack): void;
  say(matter: Matter | undefined): void;
}

/** Judges packs against the lines; `onTaken` gets the line's packs with the new one, and whether its lot was to be taken. */
export const usePackDesk = (
  targets: readonly Target[],
  today: string,
  onTaken: (target: Target, packs: readonly TakenPack[], lot: { gtin: string; lot: string }) => 'planned' | 'other',
): PackDesk => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const [matter, setMatter] = useState<Matter | undefined>();
  const wrong = (text: string) => setMatter({ kind: 'note', note: { good: false, text } });

  const judge = (pack: TakenPack) => {
    const verdict = judgePack(pack, targets, (gtin) => formulary.byGtin(gtin)?.code, today);
    switch (verdict.kind) {
      case 'taken': {
        const { target, packs, lot } = verdict;
        const name = formulary.name(target.line.medicine);
        const found = onTaken(target, packs, { gtin: pack.gtin, lot });
        const word = found === 'planned' ? 'web-dispense:packRightLot' : 'web-dispense:packOtherLot';
        return setMatter({ kind: 'note', note: { good: true, text: t(word, { name, lot }) } });
      }
      case 'needs-lot':
        return setMatter({ kind: 'question', question: verdict });
      case 'foreign': {
        const medicine = formulary.byGtin(pack.gtin);
        return wrong(
          medicine
            ? t('web-dispense:packForeignNamed', { name: formulary.name(medicine.code) })
            : t('web-dispense:packForeign'),
        );
      }
      case 'repeated':
        return wrong(t('web-dispense:packRepeated'));
      case 'not-needed':
        return wrong(t('web-dispense:packNotNeeded', { name: formulary.name(verdict.target.line.medicine) }));
      case 'other-brand': {
        const prescribed = verdict.target.line.brand ?? '';
        return wrong(t('web-dispense:packOtherBrand', { brand: verdict.brand, prescribed }));
      }
      case 'contradicts':
        return setMatter({
          kind: 'doubt',
          pack,
          text: t('web-dispense:packContradicts', {
            pack: pack.expiryDate === undefined ? '?' : format.day(pack.expiryDate),
            shelf: format.day(verdict.shelf),
          }),
        });
      case 'lot-unknown':
        return setMatter({ kind: 'doubt', pack, text: t('web-dispense:packLotUnknown', { lot: pack.lot ?? '?' }) });
    }
  };

  return {
    matter,
    say: setMatter,
    answer: judge,
    take: (raw) => {
      const read = wantPack(raw, today, (gtin) => formulary.byGtin(gtin) !== undefined);
      if (read.kind === 'no') {
        if (read.isPack) wrong(t(read.word));
        return read.isPack ?? false;
      }
      judge({ ...read.pack, raw });
      return true;
    },
  };
};

/** A pack that names no lot: one of the shelf's, or what is printed on it. */
const WhichLot = ({
  question,
  onAnswer,
  onLeave,
}: {
  readonly question: Question;
  readonly onAnswer: (pack: TakenPack) => void;
  readonly onLeave: () => void;
}) => {
  const t = useT();
  const format = useFormat();
  const formulary = useFormulary();
  const [lot, setLot] = useState('');
  const [expiryDate, setExpiryDate] = useState('');
  const { pack, lots, target } = question;
  const group = useRef<HTMLDivElement>(null);
  // The group and no button of it: a scanner that ends with two Enters must not choose a lot.
  useEffect(() => group.current?.focus(), []);
  return (
    <Paper ref={group} tabIndex={-1} withBorder p="md" role="group" aria-label={t('web-dispense:whichLot')}>
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <IconBarcode size={24} aria-hidden />
          <div>
            <Text fw={600}>{t('web-dispense:whichLot')}</Text>
            <Text size="sm" className="quiet">
              {formulary.name(target.line.medicine)}. {t('web-dispense:whichLotHint')}
            </Text>
          </div>
        </Group>
        <Group gap="xs">
          {lots.map((row) => (
            <Button key={row.lot} variant="default" onClick={() => onAnswer({ ...pack, lot: row.lot })}>
              {row.lot}, {t('web-dispense:until', { date: format.day(row.expiryDate) })}
            </Button>
          ))}
        </Group>
        <form
          className="lot-choice"
          onSubmit={(event) => {
            event.preventDefault();
            if (lot !== '' && expiryDate !== '') onAnswer({ ...pack, lot, expiryDate });
          }}
        >
          <TextInput
            label={t('web-dispense:lotOnPack')}
            value={lot}
            maxLength={20}
            autoComplete="off"
            onChange={(event) => setLot(event.currentTarget.value.trim())}
          />
          <DayField label={t('web-dispense:expiryOnPack')} value={expiryDate} onChange={setExpiryDate} />
          <Button type="submit" variant="default" disabled={lot === '' || expiryDate === ''}>
            {t('web-dispense:compareLot')}
          </Button>
          <Button variant="subtle" onClick={onLeave}>
            {t('web-dispense:packLeave')}
          </Button>
        </form>
      </Stack>
    </Paper>
  );
};

/** A pack that nobody may hand over as it stands. */
const Doubt = ({
  text,
  pack,
  onSetAside,
  onLeave,
}: {
  readonly text: string;
  readonly pack: TakenPack;
  readonly onSetAside: (done: SetAside) => void;
  readonly onLeave: () => void;
}) => {
  const t = useT();
  return (
    <div role="alert" className="doubt">
      <Group gap="sm" justify="space-between">
        <Group gap="xs" wrap="nowrap" align="flex-start" className="grow">
          <IconAlertTriangle size={24} aria-hidden />
          <Text fw={600}>{text}</Text>
        </Group>
        <Group gap="xs">
          <SetAsideButton pack={pack} onDone={onSetAside} />
          <Button variant="default" onClick={onLeave}>
            {t('web-dispense:packLeave')}
          </Button>
        </Group>
      </Group>
    </div>
  );
};

/** The field for packs and, under it, what came of the last one. */
export const PackDeskView = ({
  desk,
  disabled,
  onOther,
  onLeave,
  onSetAside,
}: {
  readonly desk: PackDesk;
  readonly disabled: boolean;
  /** What was scanned is no pack. */
  readonly onOther: (raw: string) => void;
  /** A pack in doubt goes back to the shelf. */
  readonly onLeave: (pack: TakenPack) => void;
  readonly onSetAside: (pack: TakenPack, done: SetAside) => void;
}) => {
  const t = useT();
  const { matter } = desk;
  const [round, setRound] = useState(0);
  const leave = (next: Matter | undefined) => {
    desk.say(next);
    setRound(round + 1);
  };
  return (
    <Stack gap="xs">
      <ScanField
        label={t('web-dispense:packField')}
        hint={t('web-dispense:packFieldHint')}
        submit={t('web-dispense:checkPack')}
        variant="compact"
        stayOpen
        focusRound={round}
        note={matter?.kind === 'note' ? matter.note.text : matter && t('web-dispense:packLook')}
        onScan={(raw) => {
          if (!disabled && !desk.take(raw)) onOther(raw);
        }}
      />
      <Said note={matter?.kind === 'note' ? matter.note : undefined} />
      {matter?.kind === 'question' && (
        <WhichLot
          key={matter.question.pack.raw}
          question={matter.question}
          onLeave={() => leave(undefined)}
          onAnswer={(pack) => {
            setRound(round + 1);
            desk.answer(pack);
          }}
        />
      )}
      {matter?.kind === 'doubt' && (
        <Doubt
          text={matter.text}
          pack={matter.pack}
          onLeave={() => {
            leave(undefined);
            onLeave(matter.pack);
          }}
          onSetAside={(done) => {
            const word = done.quarantined === 'lot' ? 'web-dispense:setAsideLot' : 'web-dispense:setAsidePack';
            leave({ kind: 'note', note: { good: true, text: t(word, { lot: done.lot ?? '' }) } });
            onSetAside(matter.pack, done);
          }}
        />
      )}
    </Stack>
  );
};
