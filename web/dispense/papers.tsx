/** What is printed after a dispense: labels and the receipt, in the patient's language, from this very device. */
import { initialsOf } from '@darmon/credential/payload';
import type { CounterPapers, HandedOverLine } from '@darmon/documents/counter-papers';
import type { Medicine } from '@darmon/domain/medicine';
import type { Site } from '@darmon/domain/standing';
import { type Language, languageNames, languages } from '@darmon/i18n/language';
import { Button, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconReceipt, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { useMe } from '../shared/me.ts';
import { Waiting } from '../shared/parts.tsx';
import { canPrint, download, print } from '../shared/print.ts';
import { openAfter } from './after.ts';
import { type Dispensed, openedAs, type Prescription } from './find.ts';

type Kind = 'roll' | 'sheet' | 'receipt';

const remembered = 'darmon.labels';

/** Which labels this device's printer takes. */
const labelKind = (): 'roll' | 'sheet' => {
  try {
    return localStorage.getItem(remembered) === 'sheet' ? 'sheet' : 'roll';
  } catch {
    return 'roll';
  }
};

const rememberLabels = (kind: 'roll' | 'sheet'): void => {
  try {
    localStorage.setItem(remembered, kind);
  } catch {
    return;
  }
};

/** Initials of the patient, as far as this device was told whose prescription it is. */
const initialsFor = (prescription: Prescription): string => {
  const opened = openedAs(prescription.id);
  if (opened?.patient) return initialsOf(opened.patient.fullName);
  const check = opened?.check;
  return check?.kind === 'authentic' ? check.verification.credential.patient.initials : '';
};

/** What the papers say; undefined where a medicine is not in the formulary of this device. */
const papersOf = (
  prescription: Prescription,
  dispensed: Dispensed,
  byCode: (code: string) => Medicine | undefined,
  pharmacy: Pick<Site, 'id' | 'name' | 'address'>,
): CounterPapers | undefined => {
  const open = openAfter(prescription, dispensed);
  const lines: HandedOverLine[] = [];
  for (const line of prescription.lines) {
    const handed = dispensed.lines.find((one) => one.line === line.line);
    const withheld = dispensed.notDispensed?.find((one) => one.line === line.line);
    if (!handed && !withheld) continue;
    const medicine = byCode(line.medicine);
    if (!medicine) return undefined;
    const { inn, innRu, innUz, form, strength } = medicine;
    const [first] = handed?.lots ?? [];
    const left = open.find((one) => one.line.line === line.line)?.units ?? 0;
    lines.push({
      inn,
      innRu,
      innUz,
      form,
      strength,
      unit: line.unit,
      dosage: line.dosage,
      quantity: handed?.quantity ?? 0,
      lots: handed?.lots ?? [],
      brand: medicine.packs.find((pack) => pack.gtin === first?.gtin)?.brand,
      substitution: handed?.substitution,
      notDispensed: withheld?.reason,
      ...(left > 0 && { rest: { quantity: left, on: handed?.owedOn ?? withheld?.owedOn } }),
    });
  }
  const { id, name, address } = pharmacy;
  return {
    number: prescription.number,
    at: prescription.dispenses.find((one) => one.id === dispensed.id)?.at ?? new Date().toISOString(),
    pharmacy: { id, name, address },
    patient: initialsFor(prescription),
    lines,
    receipt: dispensed.receipt,
    host: location.host,
  };
};

/** Draws in a chunk of its own: the drawing and its fonts are larger than the rest of the app. */
const draw = async (kind: Kind, papers: CounterPapers, language: Language): Promise<Uint8Array> => {
  const [documents, { paperFonts }] = await Promise.all([
    import('@darmon/documents/counter-papers'),
    import('../shared/paper-fonts.ts'),
  ]);
  const make = { roll: documents.labelsPdf, sheet: documents.labelSheetPdf, receipt: documents.receiptPdf }[kind];
  return make(papers, language, await paperFonts());
};

export const Papers = ({
  prescription,
  dispensed,
}: {
  readonly prescription: Prescription;
  readonly dispensed: Dispensed;
}) => {
  const t = useT();
  const page = useLanguage();
  const formulary = useFormulary();
  const { data: me } = useMe();
  const sites = useSites();
  const [chosen, setChosen] = useState<Language>();
  const [labels, setLabels] = useState(labelKind);
  const [state, setState] = useState<'ready' | 'making' | 'failed'>('ready');
  const language = chosen ?? page;
  const isOwed = [...dispensed.lines, ...(dispensed.notDispensed ?? [])].some((one) => one.owedOn !== undefined);
  const hasLabels = dispensed.lines.length > 0;

  const make = async (kind: Kind) => {
    if (state === 'making' || !me) return;
    setState('making');
    try {
      const known = sites.data ?? (await sites.refetch({ throwOnError: true })).data;
      const site = known?.find((one) => one.id === me.site) ?? { id: me.site, name: me.site };
      const papers = papersOf(prescription, dispensed, formulary.byCode, site);
      if (!papers) throw new Error('a medicine of this prescription is not in the formulary of this device');
      const pdf = await draw(kind, papers, language);
      if (canPrint()) await print(pdf);
      else
        download(
          pdf,
          `${t(kind === 'receipt' ? 'web-dispense:receiptFile' : 'web-dispense:labelsFile')}-${dispensed.id}.pdf`,
        );
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={t('web-dispense:papers')}>
      <Stack gap="sm">
        <div className="papers">
          <NativeSelect
            label={t('web-dispense:paperLanguage')}
            value={language}
            data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
            onChange={(event) => setChosen(event.currentTarget.value as Language)}
          />
          {hasLabels && (
            <NativeSelect
              label={t('web-dispense:labelPaper')}
              value={labels}
              data={[
                { value: 'roll', label: t('web-dispense:labelRoll') },
                { value: 'sheet', label: t('web-dispense:labelSheet') },
              ]}
              onChange={(event) => {
                const kind = event.currentTarget.value === 'sheet' ? 'sheet' : 'roll';
                setLabels(kind);
                rememberLabels(kind);
              }}
            />
          )}
          {hasLabels && (
            <Button
              variant="default"
              disabled={state === 'making' || formulary.isPending}
              leftSection={<IconTags size={20} aria-hidden />}
              onClick={() => void make(labels)}
            >
              {t('web-dispense:printLabels')}
            </Button>
          )}
          <Button
            variant={isOwed ? 'filled' : 'default'}
            disabled={state === 'making' || formulary.isPending}
            leftSection={<IconReceipt size={20} aria-hidden />}
            onClick={() => void make('receipt')}
          >
            {t(isOwed ? 'web-dispense:printSlip' : 'web-dispense:printReceipt')}
          </Button>
        </div>
        {state === 'making' && <Waiting label={t('web-dispense:making')} />}
        {state === 'failed' && (
          <Text role="alert" className="bad">
            {t('web-dispense:papersFailed')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};
