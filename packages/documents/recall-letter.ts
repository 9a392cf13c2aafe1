/**
 * What a recall says on paper: a letter to a patient who got the lot, and a poster without anybody's name for the
 * pharmacy's door. A4, one page each, in the language asked for.
 */
import type { Medicine } from '@darmon/domain/medicine';
import { formatNumber } from '@darmon/domain/number';
import type { SerialRange } from '@darmon/domain/recall';
import { dateText, dayText } from '@darmon/i18n/dates';
import type { Language } from '@darmon/i18n/language';
import { formText, innText } from '@darmon/i18n/medicine';
import { translatorOf } from '@darmon/i18n/translator';
import { recallLetter } from '@darmon/i18n/words/recall-letter';
import type { Content } from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm, type Pdf } from './pdf.ts';

const translator = translatorOf({ 'recall-letter': recallLetter });

export interface RecallPaper {
  readonly medicine: Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'form' | 'strength'>;
  readonly brand: string;
  readonly lot: string;
  /** A day. */
  readonly expiryDate: string;
  readonly serials?: SerialRange | undefined;
  readonly pharmacy: { readonly name: string; readonly address?: string | undefined };
  /** An instant: when the paper is drawn. */
  readonly at: string;
  /** Of a letter: who gets it, and the hand-over; a poster is for anybody. */
  readonly patient?:
    | { readonly fullName?: string | undefined; readonly number: string; readonly gotAt: string }
    | undefined;
}

const steps = ['step.stop', 'step.bring', 'step.continue', 'step.doctor'] as const;

/** A letter where the paper names a patient, else a poster in large letters. The same input makes the same bytes. */
export const recallPdf = (paper: RecallPaper, language: Language, fonts: DocumentFonts): Promise<Pdf> => {
  const t = translator(language);
  const { patient, medicine, pharmacy, serials } = paper;
  const size = patient ? 11 : 16;
  const name = `${innText(medicine, language)} ${medicine.strength}, ${formText(medicine.form, language)} (${paper.brand})`;
  const facts: [string, string][] = [
    [t('recall-letter:medicine'), name],
    [t('recall-letter:lot'), paper.lot],
    [t('recall-letter:expiry'), dayText(paper.expiryDate)],
    ...(serials
      ? [[t('recall-letter:serials'), t('recall-letter:serialRange', { ...serials })] as [string, string]]
      : []),
    ...(patient ? [[t('recall-letter:number'), formatNumber(patient.number)] as [string, string]] : []),
  ];
  const greeting =
    patient?.fullName === undefined
      ? t('recall-letter:dearAnybody')
      : t('recall-letter:dear', { name: patient.fullName });
  const opening = patient ? t('recall-letter:got', { day: dateText(patient.gotAt) }) : t('recall-letter:anybody');
  const content: Content[] = [
    ...(patient
      ? [
          { text: pharmacy.name, bold: true },
          ...(pharmacy.address === undefined ? [] : [{ text: pharmacy.address }]),
          { text: dateText(paper.at), margin: [0, 0, 0, size] as [number, number, number, number] },
        ]
      : []),
    { text: t('recall-letter:title'), bold: true, fontSize: size * 1.8, margin: [0, 0, 0, size] },
    { text: greeting, margin: [0, 0, 0, size * 0.6] },
    { text: opening, margin: [0, 0, 0, size] },
    {
      table: { widths: ['auto', '*'], body: facts.map(([label, value]) => [label, { text: value, bold: true }]) },
      layout: { hLineWidth: () => 0.7, vLineWidth: () => 0, paddingTop: () => 5, paddingBottom: () => 5 },
      margin: [0, 0, 0, size],
    },
    { text: t('recall-letter:what'), bold: true, fontSize: size * 1.25, margin: [0, 0, 0, size * 0.5] },
    { ol: steps.map((step) => ({ text: t(`recall-letter:${step}`), margin: [0, 0, 0, size * 0.5] })) },
    ...(patient
      ? []
      : [
          {
            text: `${t('recall-letter:pharmacy')}: ${pharmacy.name}${pharmacy.address === undefined ? '' : `, ${pharmacy.address}`}`,
            margin: [0, size, 0, 0] as [number, number, number, number],
          },
        ]),
  ];
  return drawPdf(
    {
      info: { title: t('recall-letter:title'), creationDate: new Date(paper.at) },
      pageSize: 'A4',
      pageMargins: mm(22),
      defaultStyle: { font: fontFamily, fontSize: size, lineHeight: 1.25 },
      language,
      content,
    },
    fonts,
  );
};
