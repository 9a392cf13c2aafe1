/** Telling what is wrong with a delivery: which kind, how many packs, a note and photos that the device makes small. */

import type { DiscrepancyKind } from '@darmon/domain/receiving';
import { ActionIcon, Button, Group, NumberInput, Paper, Radio, Stack, Text, Textarea } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCalendarX,
  IconFileX,
  type IconFlag,
  IconPackageOff,
  IconQuestionMark,
  IconTag,
  IconTemperature,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import type { Formulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { Dialog, Mark, numberOf, Section } from '../shared/parts.tsx';
import type { Draft, DraftLine, Told } from './draft.ts';

/** Of one line, or of something that nobody knows. */
export type Telling =
  | { readonly kind: Exclude<DiscrepancyKind, 'unknown'>; readonly line: DraftLine }
  | { readonly kind: 'unknown'; readonly line?: undefined };

const mostPhotos = 6;
const ofLine = ['damaged', 'cold-chain', 'wrong-expiry'] as const;

const marks: Record<DiscrepancyKind, { color: string; Icon: typeof IconFlag }> = {
  short: { color: 'orange', Icon: IconArrowDown },
  over: { color: 'red', Icon: IconArrowUp },
  damaged: { color: 'red', Icon: IconPackageOff },
  'wrong-lot': { color: 'orange', Icon: IconTag },
  'wrong-expiry': { color: 'orange', Icon: IconCalendarX },
  unknown: { color: 'violet', Icon: IconQuestionMark },
  'cold-chain': { color: 'blue', Icon: IconTemperature },
  'not-ordered': { color: 'red', Icon: IconFileX },
};

/** Kind of a discrepancy, by icon, word and colour. */
export const KindMark = ({ kind }: { readonly kind: DiscrepancyKind }) => {
  const t = useT();
  return <Mark {...marks[kind]}>{t(`web-receiving:kind.${kind}`)}</Mark>;
};

export const TellDialog = ({
  site,
  of,
  formulary,
  onClose,
  onTold,
}: {
  readonly site: string;
  readonly of: Telling;
  readonly formulary: Formulary;
  readonly onClose: () => void;
  readonly onTold: (told: Told) => void;
}) => {
  const t = useT();
  const [kind, setKind] = useState<DiscrepancyKind>(of.kind);
  const [packs, setPacks] = useState<number | undefined>();
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const { line } = of;
  const asksPacks = kind === 'damaged' || kind === 'unknown';
  const isCount = packs !== undefined && Number.isInteger(packs) && packs >= 1;
  const isTold = kind === 'unknown' ? note.trim() !== '' : kind !== 'damaged' || isCount;

  const save = () =>
    onTold({
      key: crypto.randomUUID(),
      kind,
      ...(line && { gtin: line.gtin, lot: line.lot.trim() }),
      ...(asksPacks && isCount && { packs }),
      note,
      photos,
    });
  const medicine = line && formulary.byGtin(line.gtin);
  return (
    <Dialog opened onClose={onClose} title={t('web-receiving:tellTitle')}>
      <Stack gap="md">
        {line && (
          <Text>
            <strong>{medicine ? formulary.name(medicine.code) : line.gtin}</strong>, {t('common:lot')}{' '}
            <span className="number">{line.lot}</span>
          </Text>
        )}
        {line && (
          <Radio.Group
            label={t('web-receiving:tellTitle')}
            value={kind}
            onChange={(value) => setKind(value as DiscrepancyKind)}
          >
            <Stack gap="xs" mt="xs">
              {ofLine.map((one) => (
                <Radio
                  key={one}
                  size="md"
                  value={one}
                  label={t(`web-receiving:kind.${one}`)}
                  description={t(`web-receiving:kindText.${one}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {asksPacks && (
          <NumberInput
            label={t('web-receiving:howMany')}
            value={packs ?? ''}
            min={1}
            max={line?.packs === undefined || line.packs === 0 ? 10_000 : line.packs}
            clampBehavior="blur"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            size="md"
            required={kind === 'damaged'}
            onChange={(value) => setPacks(numberOf(value))}
          />
        )}
        <Textarea
          label={t('web-receiving:note')}
          description={kind === 'unknown' ? t('web-receiving:noteUnknown') : undefined}
          value={note}
          maxLength={300}
          autosize
          minRows={2}
          required={kind === 'unknown'}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <PhotoPicker site={site} photos={photos} max={mostPhotos} disabled={false} onChange={setPhotos} />
        <Button size="lg" disabled={!isTold} onClick={save}>
          {t('common:save')}
        </Button>
      </Stack>
    </Dialog>
  );
};

/** What was told of this delivery so far. */
export const ToldList = ({
  draft,
  formulary,
  disabled,
  onTell,
  onUntell,
}: {
  readonly draft: Draft;
  readonly formulary: Formulary;
  readonly disabled: boolean;
  readonly onTell: () => void;
  readonly onUntell: (key: string) => void;
}) => {
  const t = useT();
  const tellOther = (
    <Button
      variant="default"
      disabled={disabled}
      leftSection={<IconQuestionMark size={20} aria-hidden />}
      onClick={onTell}
    >
      {t('web-receiving:tellOther')}
    </Button>
  );
  if (draft.told.length === 0) return <div>{tellOther}</div>;
  return (
    <Section title={t('web-receiving:told')} id="told">
      <ul className="plain-list">
        {draft.told.map((told) => {
          const medicine = told.gtin === undefined ? undefined : formulary.byGtin(told.gtin);
          const name = medicine ? formulary.name(medicine.code) : (told.gtin ?? t('web-receiving:kind.unknown'));
          return (
            <li key={told.key}>
              <Paper withBorder p="sm">
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <div>
                    <KindMark kind={told.kind} />
                    <Text>
                      {name}
                      {told.lot !== undefined && `, ${told.lot}`}
                      {told.packs !== undefined && `: ${told.packs}`}
                    </Text>
                    {told.note && <Text size="sm">{told.note}</Text>}
                    {told.photos.length > 0 && (
                      <Text size="sm" className="quiet">
                        {t('web-receiving:photos', { count: told.photos.length })}
                      </Text>
                    )}
                  </div>
                  <ActionIcon
                    aria-label={t('web-receiving:untell', { kind: t(`web-receiving:kind.${told.kind}`), name })}
                    disabled={disabled}
                    onClick={() => onUntell(told.key)}
                  >
                    <IconTrash size={22} aria-hidden />
                  </ActionIcon>
                </Group>
              </Paper>
            </li>
          );
        })}
      </ul>
      {tellOther}
    </Section>
  );
};
