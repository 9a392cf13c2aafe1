/** How something that came differs: what kind, of which lot, how many units, in words and photos. */
import type { Discrepancy } from '@darmon/domain/receiving';
import { Button, NativeSelect, NumberInput, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { PhotoPicker } from '../photos/photo-picker.tsx';
import type { Formulary } from '../shared/formulary.ts';
import { useT } from '../shared/language.ts';
import { Dialog, numberOf } from '../shared/parts.tsx';
import { lotKey } from './arrival-draft.ts';
import type { TransferLot } from './transfer-view.ts';

const kinds = ['damaged', 'wrong-lot', 'wrong-expiry', 'unknown', 'cold-chain'] as const;
type Kind = (typeof kinds)[number];

export const TellDifference = ({
  site,
  lots,
  formulary,
  onClose,
  onTold,
}: {
  readonly site: string;
  readonly lots: readonly TransferLot[];
  readonly formulary: Formulary;
  readonly onClose: () => void;
  readonly onTold: (told: Discrepancy) => void;
}) => {
  const t = useT();
  const [kind, setKind] = useState<Kind>('damaged');
  const [key, setKey] = useState(lots[0] ? lotKey(lots[0]) : '');
  const [units, setUnits] = useState<number | undefined>();
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<readonly string[]>([]);
  const lot = lots.find((one) => lotKey(one) === key);
  const isUnknown = kind === 'unknown';
  const said = note.trim();
  const isReady = isUnknown ? said !== '' : lot !== undefined && (kind !== 'damaged' || (units ?? 0) > 0);
  const tell = () =>
    onTold({
      kind,
      ...(!isUnknown && lot && { gtin: lot.gtin, lot: lot.lot }),
      ...(units !== undefined && { received: units }),
      ...(said !== '' && { note: said }),
      ...(photos.length > 0 && { photos: [...photos] }),
    });
  return (
    <Dialog opened onClose={onClose} size="lg" title={t('web-transfers:tell')}>
      <Stack gap="md">
        <Radio.Group
          label={t('web-transfers:toldWhat')}
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'damaged')}
        >
          <div className="choices">
            {kinds.map((one) => (
              <Radio key={one} className="tap" value={one} label={t(`web-transfers:kind.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        {!isUnknown && (
          <NativeSelect
            label={t('web-transfers:whichLot')}
            value={key}
            data={lots.map((one) => ({ value: lotKey(one), label: `${formulary.name(one.medicine)}, ${one.lot}` }))}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
        <NumberInput
          label={t('web-transfers:units')}
          required={kind === 'damaged'}
          min={1}
          max={10_000_000}
          allowDecimal={false}
          value={units ?? ''}
          onChange={(value) => setUnits(numberOf(value))}
        />
        <Textarea
          label={t('web-transfers:note')}
          required={isUnknown}
          value={note}
          maxLength={300}
          autosize
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <PhotoPicker site={site} photos={photos} max={6} disabled={false} onChange={setPhotos} />
        <Text size="sm" className="quiet">
          {t('web-transfers:reasonHint')}
        </Text>
        <Button size="md" disabled={!isReady} onClick={tell}>
          {t('web-transfers:confirm')}
        </Button>
      </Stack>
    </Dialog>
  );
};
