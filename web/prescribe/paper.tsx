/** What the patient takes along: the code on the screen, and the same on an A5 paper in a language of choice. */

import type { PrintedPrescription } from '@darmon/documents/prescription';
import { qrSvg } from '@darmon/documents/qr';
import { isControlled, type Medicine } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import type { routes } from '@darmon/function-prescribing/routes';
import type { AnswerOf } from '@darmon/http/route';
import { type Language, languageNames, languages } from '@darmon/i18n/language';
import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSites } from '../shared/all-pages.ts';
import { useFormulary } from '../shared/formulary.ts';
import { useLanguage, useT } from '../shared/language.ts';
import { Waiting } from '../shared/parts.tsx';
import { canPrint, download, print } from '../shared/print.ts';

type Prescription = AnswerOf<typeof routes.readPrescription>;

/**
 * What the paper says; undefined where a medicine is not in the formulary of this device or the reader may not see the
 * patient. A licence is the clinic's, where it has one.
 */
const printedOf = (
  prescription: Prescription,
  byCode: (code: string) => Medicine | undefined,
  licence: string | undefined,
): PrintedPrescription | undefined => {
  const { number, code, issuedAt, validUntil, patient, diagnosis } = prescription;
  if (!code || !patient || !diagnosis) return undefined;
  const lines: PrintedPrescription['lines'][number][] = [];
  for (const line of prescription.lines) {
    const { medicine, unit, dosage, quantity, substitutionAllowed, brand } = line;
    const known = byCode(medicine);
    if (!known) return undefined;
    const { inn, innRu, innUz, form, strength } = known;
    lines.push({
      inn,
      innRu,
      innUz,
      form,
      strength,
      unit,
      dosage,
      quantity,
      substitutionAllowed,
      brand,
      inWords: isControlled(line.class),
    });
  }
  return {
    number,
    code,
    issuedAt,
    validUntil,
    clinic: { name: prescription.clinicName, licence },
    prescriber: { name: prescription.prescriberName, licence: prescription.prescriberLicence },
    patient: {
      ...patient,
      document: patient.pinfl
        ? { kind: 'pinfl', number: patient.pinfl }
        : patient.passport
          ? { kind: 'passport', number: patient.passport }
          : undefined,
    },
    boardDecision: prescription.boardDecision,
    windows: prescription.repeat?.windows,
    diagnosis,
    lines,
    host: location.host,
  };
};

/** Draws in a chunk of its own: the drawing and its fonts are larger than the rest of the app. */
const drawPdf = async (printed: PrintedPrescription, language: Language): Promise<Uint8Array> => {
  const [{ prescriptionPdf }, { paperFonts }] = await Promise.all([
    import('@darmon/documents/prescription'),
    import('../shared/paper-fonts.ts'),
  ]);
  return prescriptionPdf(printed, language, await paperFonts());
};

/** Dimmed where the prescription can no longer be dispensed, so that nobody hands out a dead code. */
const CodePicture = ({ code, usable }: { readonly code: string; readonly usable: boolean }) => {
  const t = useT();
  const source = useMemo(() => `data:image/svg+xml,${encodeURIComponent(qrSvg(code))}`, [code]);
  return <img className="code-picture" data-usable={usable} src={source} alt={t('web-prescribe:qr-alt')} />;
};

/** The code, the number, and the buttons of the paper. */
export const TakeAlong = ({
  prescription,
  code,
  usable,
}: {
  readonly prescription: Prescription;
  readonly code: string;
  readonly usable: boolean;
}) => {
  const t = useT();
  const language = useLanguage();
  const formulary = useFormulary();
  const [chosen, setChosen] = useState<Language>();
  const [state, setState] = useState<'ready' | 'making' | 'failed'>('ready');
  const paperLanguage = chosen ?? language;
  const sites = useSites();
  const printable = canPrint();

  const make = async (use: (pdf: Uint8Array) => Promise<void> | void) => {
    if (state === 'making') return;
    setState('making');
    try {
      const known = sites.data ?? (await sites.refetch({ throwOnError: true })).data;
      const licence = known?.find((site) => site.id === prescription.clinic)?.licence?.number;
      const printed = printedOf(prescription, formulary.byCode, licence);
      if (!printed) throw new Error('a medicine of this prescription is not in the formulary of this device');
      await use(await drawPdf(printed, paperLanguage));
      setState('ready');
    } catch {
      setState('failed');
    }
  };
  const save = (pdf: Uint8Array) => download(pdf, `${t('web-prescribe:file-name')}-${prescription.number}.pdf`);
  const busy = state === 'making' || formulary.isPending;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <CodePicture code={code} usable={usable} />
        <Text ta="center" fz="1.5rem" fw={700} className="number">
          {formatNumber(prescription.number)}
        </Text>
        {usable && <Text ta="center">{t('web-prescribe:qr-hint')}</Text>}
        <NativeSelect
          label={t('web-prescribe:paper-language')}
          value={paperLanguage}
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          onChange={(event) => setChosen(event.currentTarget.value as Language)}
        />
        <Group grow preventGrowOverflow={false}>
          {printable && (
            <Button
              disabled={busy}
              leftSection={<IconPrinter size={20} aria-hidden />}
              onClick={() => void make(print)}
            >
              {t('web-prescribe:print-paper')}
            </Button>
          )}
          <Button
            variant={printable ? 'default' : 'filled'}
            disabled={busy}
            leftSection={<IconDownload size={20} aria-hidden />}
            onClick={() => void make(save)}
          >
            {t('web-prescribe:download-pdf')}
          </Button>
        </Group>
        {state === 'making' && <Waiting label={t('web-prescribe:making-pdf')} />}
        {state === 'failed' && (
          <Text role="alert" className="bad">
            {t('web-prescribe:pdf-failed')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
};
