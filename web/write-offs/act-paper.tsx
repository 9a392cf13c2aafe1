/** The act on paper, in a language of choice, drawn on this very device with its photos. */
import type { PrintedWriteOff } from '@darmon/documents/write-off-act';
import { shortNumber } from '@darmon/domain/ledger';
import type { Medicine } from '@darmon/domain/medicine';
import type { Site } from '@darmon/domain/standing';
import { photoRoutes } from '@darmon/function-inventory/photo-routes';
import { type Language, languageNames, languages } from '@darmon/i18n/language';
import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { call } from '../shared/client.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Waiting } from '../shared/parts.tsx';
import { canPrint, download, print } from '../shared/print.ts';
import type { Act } from './act-marks.tsx';

/** What the paper says; a medicine that this device's formulary lacks is named by its code. */
const printedOf = (
  act: Act,
  siteOf: (id: string) => Site | undefined,
  byCode: (code: string) => Medicine | undefined,
  photos: PrintedWriteOff['photos'],
): PrintedWriteOff => {
  const { number, state, value, note, backdated, needed, signatures, closed, actHash, transfer } = act;
  return {
    number,
    state,
    site: { id: act.site, name: siteOf(act.site)?.name ?? act.site, address: siteOf(act.site)?.address },
    transfer: transfer && {
      number: shortNumber(transfer.id),
      from: siteOf(transfer.from)?.name ?? transfer.from,
      to: siteOf(transfer.to)?.name ?? transfer.to,
    },
    author: { name: act.author.name, role: act.author.role, at: act.at },
    lines: act.lines.map((line) => {
      const known = byCode(line.medicine);
      return {
        inn: known?.inn ?? line.medicine,
        innRu: known?.innRu ?? line.medicine,
        innUz: known?.innUz ?? line.medicine,
        strength: known?.strength ?? '',
        unit: known?.unit ?? 'piece',
        brand: line.brand,
        lot: line.lot,
        expiryDate: line.expiryDate,
        quantity: line.quantity,
        value: line.packPrice === undefined ? undefined : line.value,
        reason: line.reason,
        note: line.note,
        controlled: line.controlled,
        serials: line.serials,
      };
    }),
    value,
    note,
    backdated,
    photos,
    needed,
    signatures,
    closed,
    actHash,
  };
};

/** Draws in a chunk of its own: the drawing and its fonts are larger than the rest of the app. */
const drawPdf = async (
  act: Act,
  siteOf: (id: string) => Site | undefined,
  byCode: (code: string) => Medicine | undefined,
  language: Language,
): Promise<Uint8Array> => {
  const [{ writeOffActPdf }, { paperFonts }, ...photos] = await Promise.all([
    import('@darmon/documents/write-off-act'),
    import('../shared/paper-fonts.ts'),
    ...act.photos.map((id) => call(photoRoutes.readPhoto, { params: { id } })),
  ]);
  return writeOffActPdf(printedOf(act, siteOf, byCode, photos), language, await paperFonts());
};

export const ActPaper = ({ act }: { readonly act: Act }) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const sites = useSites();
  const [chosen, setChosen] = useState<Language>();
  const [state, setState] = useState<'ready' | 'making' | 'failed'>('ready');
  const paperLanguage = chosen ?? language;
  const printable = canPrint();
  const make = async (use: (pdf: Uint8Array) => Promise<void> | void) => {
    if (state === 'making') return;
    setState('making');
    try {
      const siteOf = (of: string) => sites.data?.find(({ id }) => id === of);
      await use(await drawPdf(act, siteOf, formulary.byCode, paperLanguage));
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  const save = (pdf: Uint8Array) => download(pdf, `${t('web-write-offs:file-name')}-${act.number}.pdf`);
  const busy = state === 'making' || formulary.isPending;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={t('web-write-offs:paperLanguage')}
            value={paperLanguage}
            data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
            onChange={(event) => setChosen(event.currentTarget.value as Language)}
          />
          {printable && (
            <Button
              variant="default"
              disabled={busy}
              leftSection={<IconPrinter size={20} aria-hidden />}
              onClick={() => void make(print)}
            >
              {t('web-write-offs:printAct')}
            </Button>
          )}
          <Button
            variant="default"
            disabled={busy}
            leftSection={<IconDownload size={20} aria-hidden />}
            onClick={() => void make(save)}
          >
            {t('web-write-offs:downloadAct')}
          </Button>
        </Group>
        {state === 'making' && <Waiting label={t('web-write-offs:making')} />}
        {state === 'failed' && (
          <Text role="alert" className="bad">
            {t('web-write-offs:failed')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};
